"""Training as a film: a few tenths of a second of it at a time, with the states on the way as pictures.

Because chunks never change a bit, a film is free to cut a run wherever a picture is wanted.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from mnist_core import metrics, training
from mnist_core.dataset import PIXELS
from mnist_core.model import CLASSES
from mnist_core.plan import Plan, milestones
from mnist_core.training import EMPTY_LOG, Log, State

SECONDS = 0.4  # of training in one chunk
PICTURES = 8  # in one chunk: with a chunk every 0.4 s, 20 a second
SHOWN = 100  # steps of a run that are shown and scored, however long it is, beside its stops
KEPT_BYTES = 3_200_000  # of states that a run keeps beside its stops: a hundred of the linear model's


@dataclass(frozen=True)
class Frame:
    """A state on the way; those at the steps of `shown_steps`, and each chunk's last, are scored on the test set."""

    state: State
    test: metrics.Score | None


@dataclass(frozen=True)
class Chunk:
    """A stretch of a run: where it ends, what happened, its frames in order, and what a step took, in seconds."""

    state: State
    log: Log
    frames: tuple[Frame, ...]
    step_seconds: float


def shown_steps(plan: Plan, stops: Collection[int] = ()) -> list[int]:
    """Steps, evenly spaced on a logarithmic scale, at which a run is shown and scored: 0 and the last included, and
    all milestones and `stops` among them."""
    return _spread(plan.steps, SHOWN, stops)


def kept_steps(plan: Plan, stops: Collection[int] = ()) -> list[int]:
    """Those of them at which the run keeps its state: fewer where a state is large."""
    shown = shown_steps(plan, stops)
    count = KEPT_BYTES // _state_bytes(plan)
    if count >= SHOWN:
        return shown
    chosen = {shown[round(at)] for at in np.linspace(0, len(shown) - 1, count)} if count > 1 else set[int]()
    return sorted({*chosen, 0, plan.steps, *milestones(plan.steps), *(stop for stop in stops if stop <= plan.steps)})


def _state_bytes(plan: Plan) -> int:
    if plan.model == "linear":
        return 4 * (PIXELS + 1) * CLASSES
    return 4 * ((PIXELS + 1) * plan.hidden_units + (plan.hidden_units + 1) * CLASSES)


def _spread(steps: int, count: int, stops: Collection[int]) -> list[int]:
    even = np.expm1(np.linspace(0, np.log1p(steps), count))
    return sorted(
        {*np.round(even).astype(int).tolist(), *milestones(steps), *(stop for stop in stops if stop <= steps)}
    )


def shoot(
    plan: Plan,
    state: State,
    *,
    until: int,
    seconds: float = SECONDS,
    pictures: int | None = PICTURES,
    step_seconds: float = 0.0,
    stops: Collection[int] = (),
) -> Chunk:
    """Train for about `seconds`, not beyond step `until` and for at most `pictures` pictures (None: no limit).

    A picture is taken at each of the run's shown steps, `stops` among them, and, where those are far apart, in time
    for the next one to follow a tenth of the chunk later. `step_seconds` is what the last chunk said of itself, 0 when
    unknown.
    """
    began = time.perf_counter()
    shown = shown_steps(plan, stops)
    log, frames = EMPTY_LOG, list[Frame]()
    until = min(until, plan.steps)
    while True:
        goal = min([until, *(step for step in shown if step > state.step)])
        spacing = max(1, int(seconds / PICTURES / step_seconds)) if step_seconds else 1
        asked, before = min(goal - state.step, spacing), time.perf_counter()
        state, more = training.advance(plan, state, asked)
        now = time.perf_counter()
        if asked:
            took = (now - before) / asked
            step_seconds = min(took, step_seconds or took) if more.evaluations else took  # evaluations are not steps
        log += more
        over = (
            state.step >= until
            or log.diverged_at is not None
            or (pictures is not None and len(frames) + 1 >= pictures)
            or now - began + max(seconds / PICTURES, step_seconds) > seconds  # no time for another picture
        )
        frames.append(_scored(plan, state, more) if over or state.step in shown else Frame(state, None))
        if over:
            return Chunk(state, log, tuple(frames), step_seconds)


def _scored(plan: Plan, state: State, log: Log) -> Frame:
    """The state with its score on the test set, from the log where it has just been evaluated."""
    if log.evaluations and log.evaluations[-1].step == state.step:
        return Frame(state, log.evaluations[-1].test)
    return Frame(state, training.test_score(plan, state))
