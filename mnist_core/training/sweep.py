"""Many plans at once: those that differ in rate, seed or images train side by side, with the weights of each alone.

A sweep is a value like a run's state: it advances in chunks, can stop anywhere, and can be asked for again. Linear
models with small batches and steady rates train together; the others, an MLP or one that overshoots, one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core import metrics, model, training
from mnist_core.dataset import PIXELS, Digits
from mnist_core.metrics import Score
from mnist_core.model import Floats
from mnist_core.plan import Plan, milestones
from mnist_core.training import EMPTY_LOG, Log, State
from mnist_core.training.batches import batch_indices

MOST_IMAGES = 4_000_000  # handed over as image numbers at a time: 16 MB
MOST_TOGETHER = 16_000_000  # bytes of images as floats in one step of a stack
EVALUATED_TOGETHER = 50  # models: 20 MB of logits
WHOLE_SETS = 1_000  # images; a larger batch that is everything trains alone, without gathering it
SMALL = 50  # images; batches up to here are filled up to the same size and go together
MAX_STACKED_RATE = 1.0  # a run that overshoots doubles every rounding, and keeps its weights only when alone


@dataclass(frozen=True)
class Track:
    """One plan's way so far: its log, and its scores on the test set at the stops it has passed."""

    plan: Plan
    state: State
    log: Log = EMPTY_LOG
    scores: tuple[tuple[int, Score], ...] = ()


@dataclass(frozen=True)
class Sweep:
    """Plans that advance together, in the order in which they were given; `stops` are where they are scored."""

    tracks: tuple[Track, ...]
    stops: tuple[int, ...]

    @property
    def step(self) -> int:
        """Steps taken: the same for all, but for plans that have come to their end."""
        return max(track.state.step for track in self.tracks)

    @property
    def steps(self) -> int:
        """Steps of the longest plan."""
        return max(track.plan.steps for track in self.tracks)

    @property
    def finished(self) -> bool:
        """Whether every plan has taken all its steps."""
        return all(track.state.step >= track.plan.steps for track in self.tracks)


def sweep(plans: Sequence[Plan], stops: Sequence[int] | None = None) -> Sweep:
    """Train all plans to their ends."""
    current = begin(plans, stops)
    return advance(current, current.steps)


def begin(plans: Sequence[Plan], stops: Sequence[int] | None = None) -> Sweep:
    """A sweep before its first step; without `stops` the milestones of the longest plan."""
    longest = max(plan.steps for plan in plans)
    tracks = tuple(Track(plan, training.start(plan)) for plan in plans)
    chosen = tuple(sorted({*(milestones(longest) if stops is None else stops)}))
    return _scored(Sweep(tracks, chosen), {0})


def advance(before: Sweep, steps: int) -> Sweep:
    """Take up to `steps` more steps, none beyond its plan's own; a cut anywhere changes weights by rounding at most."""
    last = before.step + steps
    while before.step < last and not before.finished:
        here = before.step
        ends = {track.plan.steps for track in before.tracks}
        goal = min(last, *(stop for stop in {*before.stops, *ends, last} if stop > here))
        before = _scored(_advanced(before, goal), {goal})
    return before


def groups(plans: Sequence[Plan]) -> list[list[int]]:
    """Places of the plans that can train together: steady linear ones of one split and batch size."""
    found: dict[Any, list[int]] = {}
    for place, plan in enumerate(plans):
        simple = plan.model == "linear" and not plan.double_softmax
        together = simple and plan.images_per_step <= WHOLE_SETS and plan.learning_rate <= MAX_STACKED_RATE
        key = (plan.split, max(plan.images_per_step, SMALL)) if together else place
        found.setdefault(key, []).append(place)
    return list(found.values())


def _advanced(before: Sweep, goal: int) -> Sweep:
    tracks = list(before.tracks)
    active = [place for place, track in enumerate(tracks) if track.state.step < min(goal, track.plan.steps)]
    for group in groups([tracks[place].plan for place in active]):
        places = [active[number] for number in group]
        for part in _parts(places, max(tracks[place].plan.images_per_step for place in places)):
            for place, track in zip(part, _together([tracks[place] for place in part], goal), strict=True):
                tracks[place] = track
    return replace(before, tracks=tuple(tracks))


def _parts(places: list[int], batch: int) -> list[list[int]]:
    size = max(1, MOST_TOGETHER // (batch * PIXELS * 4))
    return [places[at : at + size] for at in range(0, len(places), size)]


def _together(tracks: Sequence[Track], goal: int) -> list[Track]:
    """Tracks of one group, all at the same step, taken to `goal`."""
    if len(tracks) == 1:
        return [_alone(tracks[0], goal)]
    from mnist_core.training import tensors
    from mnist_core.training.stacked_graphs import stack

    plans, digits = [track.plan for track in tracks], tensors.training_bytes(tracks[0].plan.split)
    learning_rates = np.array([plan.learning_rate for plan in plans], np.float32)
    parameters: Sequence[Any] = _stacked([track.state.parameters for track in tracks])
    shared = len({replace(plan, learning_rate=1.0, steps=0) for plan in plans}) == 1  # they see the same batches
    step, parts, batch = tracks[0].state.step, list[Floats](), max(plan.images_per_step for plan in plans)
    while step < goal:
        steps = min(goal - step, max(1, MOST_IMAGES // (len(plans) * batch)))
        if shared:
            indices, descend = batch_indices(plans[0], step, steps), stack().on_shared
        else:
            indices, descend = _filled([batch_indices(plan, step, steps) for plan in plans]), stack().on_own
        *parameters, losses = descend(*digits, indices, learning_rates, *parameters)
        parts.append(losses.numpy())
        step += steps
    weights, bias = (each.numpy() for each in parameters)
    arrived = zip(tracks, weights, bias[:, 0], np.concatenate(parts).T, strict=True)
    return [_arrived(track, goal, model.Layer(w, b), losses) for track, w, b, losses in arrived]


def _filled(batches: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Batches `(steps, batch)` of plans side by side, `(steps, plans, largest batch)`; -1 where one is smaller."""
    widest = max(indices.shape[1] for indices in batches)
    full = [np.pad(each, ((0, 0), (0, widest - each.shape[1])), constant_values=-1) for each in batches]
    return np.stack(full, axis=1)


def _arrived(track: Track, goal: int, layer: model.Layer, losses: Floats) -> Track:
    if track.log.diverged_at is not None or not (np.isfinite(losses).all() and np.isfinite(layer.weights).all()):
        return _alone(track, goal)  # which knows how to stop at the last finite step
    return replace(track, state=State(goal, (layer,)), log=track.log + Log(losses))


def _alone(track: Track, goal: int) -> Track:
    state, log = track.state, track.log
    while state.step < goal and log.diverged_at is None:
        state, more = training.descend(track.plan, state, goal - state.step)
        log += more
    return replace(track, state=replace(state, step=goal), log=log)  # weights of one that diverged stay as they were


def _scored(after: Sweep, steps: set[int]) -> Sweep:
    """The sweep with those tracks scored that have just come to a stop, or to their end."""
    places = [
        place
        for place, track in enumerate(after.tracks)
        if track.state.step in steps and (track.state.step in after.stops or track.state.step == track.plan.steps)
    ]
    if not places:
        return after
    tracks = list(after.tracks)
    for place, score in zip(places, evaluate([tracks[place].state.parameters for place in places]), strict=True):
        track = tracks[place]
        tracks[place] = replace(track, scores=(*track.scores, (track.state.step, score)))
    return replace(after, tracks=tuple(tracks))


def evaluate(models: Sequence[model.Parameters], digits: Digits | None = None) -> list[Score]:
    """The scores of many models on `digits`, whose images are floats 0..1, or on the test set; no double softmax."""
    from mnist_core.training import tensors
    from mnist_core.training.stacked_graphs import stack

    if any(len(parameters) > 1 for parameters in models):
        if digits is None:
            return [training.test_score(Plan(), State(0, parameters)) for parameters in models]
        return [metrics.evaluate(parameters, digits) for parameters in models]
    found: list[Score] = []
    images, labels = tensors.test_floats() if digits is None else (digits.images, digits.labels.astype(np.int32))
    for at in range(0, len(models), EVALUATED_TOGETHER):
        losses, counts = stack().evaluate(images, labels, *_stacked(models[at : at + EVALUATED_TOGETHER]))
        found += [Score(*each) for each in zip(losses.numpy().tolist(), counts.numpy(), strict=True)]
    return found


def _stacked(models: Sequence[model.Parameters]) -> tuple[Floats, Floats]:
    """Weights `(runs, 784, 10)` and bias `(runs, 1, 10)` of linear models."""
    weights, bias = (np.stack(parts) for parts in zip(*(parameters[0] for parameters in models), strict=True))
    return weights, bias[:, np.newaxis]
