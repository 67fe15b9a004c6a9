"""Run: all that a screen knows of one training run, grown chunk by chunk and never changed in place."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_core import film, metrics, training
from mnist_core.model import Floats
from mnist_core.plan import Plan
from mnist_core.training import EMPTY_LOG, Log, State

KNOWS_NOTHING = math.log(10)  # the loss of ten equal probabilities, in nats
FIRST_STEPS = 20  # a start may be rough: from zero weights, the first steps are long ones
AGAIN_AND_AGAIN = 5
SMOOTHED_OVER = 100  # images; a single image's loss says little about the step


@dataclass(frozen=True)
class Run:
    """A run so far, in the order of its steps, the untrained model first.

    `kept` are scored frames with their states; `scores` has a score for each step shown, its state kept or not.
    `stops` are steps that somebody wants to look at, beside those that every run keeps.
    """

    plan: Plan
    state: State
    log: Log
    kept: tuple[film.Frame, ...]
    scores: tuple[tuple[int, metrics.Score], ...]
    stops: tuple[int, ...] = ()
    step_seconds: float = 0.0

    @property
    def finished(self) -> bool:
        """Whether no further step can be taken."""
        return self.state.step >= self.plan.steps or self.log.diverged_at is not None

    @property
    def latest(self) -> film.Frame:
        """The newest scored frame: always that of the present state."""
        return self.kept[-1]

    @property
    def best(self) -> film.Frame:
        """The frame with the highest test accuracy of all that were scored; the earliest of equals."""
        return max(self.kept, key=accuracy)

    def at(self, step: int) -> film.Frame | None:
        """The frame kept at a step, if there is one."""
        return next((frame for frame in self.kept if frame.state.step == step), None)

    @property
    def images_seen(self) -> int:
        """How many images the steps looked at, each time counted."""
        return self.state.step * self.plan.images_per_step


@dataclass(frozen=True)
class Overshoot:
    """Why a learning rate is too large, in this run's own numbers."""

    above: int  # of these means, those above ln 10
    means: int  # means of the loss over `images` images, one for each step after the first ones that ends one
    images: int
    highest_loss: float  # of a single step
    lowest_accuracy: float  # of the scored states since the first steps
    highest_accuracy: float
    best: film.Frame


def begin(plan: Plan, untrained: metrics.Score, stops: tuple[int, ...] = ()) -> Run:
    """A run before its first step; `untrained` is the score of its first state on the test set."""
    state = training.start(plan)
    return Run(plan, state, EMPTY_LOG, (film.Frame(state, untrained),), ((0, untrained),), stops)


def extend(run: Run, chunk: film.Chunk) -> Run:
    """The run with a chunk added; states that are neither on the list to keep, the newest, nor the best of the steps
    shown are dropped."""
    shown, steps = set(film.shown_steps(run.plan, run.stops)), set(film.kept_steps(run.plan, run.stops))
    scored = {frame.state.step: frame for frame in (*run.kept, *chunk.frames) if frame.test is not None}
    scores = dict(run.scores) | {step: frame.test for step, frame in scored.items() if frame.test is not None}
    last, best = chunk.state.step, max((scored[step] for step in sorted(shown & scored.keys())), key=accuracy)
    return replace(
        run,
        state=chunk.state,
        log=run.log + chunk.log,
        kept=tuple(frame for step, frame in sorted(scored.items()) if step in steps or step == last or frame is best),
        scores=tuple((step, score) for step, score in sorted(scores.items()) if step in shown or step == last),
        step_seconds=chunk.step_seconds,
    )


def back_to_best(run: Run) -> Run:
    """The run as it was when its test accuracy was highest, ready to go on from there."""
    state = run.best.state
    log = run.log.until(state.step)
    kept = tuple(frame for frame in run.kept if frame.state.step <= state.step)
    scores = tuple((step, score) for step, score in run.scores if step <= state.step)
    return replace(run, state=state, log=log, kept=kept, scores=scores)


def overshoot(run: Run) -> Overshoot | None:
    """What to say of a learning rate that is too large, or None.

    It is too large when, after the first 20 steps, the training loss (a mean over at least 100 images) is above
    ln 10, the loss of a model that knows nothing, again and again, or when it is not finite any more.
    """
    losses = run.log.batch_losses[FIRST_STEPS:]
    window = _window(run.plan.images_per_step)
    exceeds = exceedances(run.log.batch_losses, run.plan.images_per_step)
    above = int(exceeds.sum())
    if above < AGAIN_AND_AGAIN and run.log.diverged_at is None:
        return None
    accuracies = [score.accuracy for step, score in run.scores if step >= FIRST_STEPS] or [accuracy(run.latest)]
    highest = float(losses.max()) if len(losses) else math.inf
    images = window * run.plan.images_per_step
    return Overshoot(above, len(exceeds), images, highest, min(accuracies), max(accuracies), run.best)


def exceedances(losses: Floats, images_per_step: int) -> NDArray[np.bool_]:
    """Whether the loss was above ln 10, for each step after the first 20 that ends a mean over at least 100 images."""
    exceeds: NDArray[np.bool_] = _means(losses[FIRST_STEPS:], _window(images_per_step)) > KNOWS_NOTHING
    return exceeds


def accuracy(frame: film.Frame) -> float:
    """Test accuracy of a scored frame, 0..1."""
    assert frame.test is not None, "kept frames are scored"
    return frame.test.accuracy


def _window(images_per_step: int) -> int:
    """How many steps look at 100 images or more."""
    return max(1, -(-SMOOTHED_OVER // images_per_step))


def _means(values: Floats, window: int) -> NDArray[np.float64]:
    """Means of `window` neighbours."""
    if len(values) < window:
        return np.zeros(0)
    sums = np.cumsum(np.concatenate([[0.0], values.astype(np.float64)]))
    means: NDArray[np.float64] = (sums[window:] - sums[:-window]) / window
    return means
