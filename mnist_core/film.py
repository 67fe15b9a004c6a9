"""Training as a film: a few tenths of a second of it at a time, with the states on the way as pictures.

Because chunks never change a bit, a film is free to cut a run wherever a picture is wanted.
"""

import time
from dataclasses import dataclass

import numpy as np

from mnist_core import metrics, training
from mnist_core.plan import Plan, milestones
from mnist_core.training import EMPTY_LOG, Log, State

SECONDS = 0.4  # of training in one chunk
PICTURES = 8  # in one chunk: with a chunk every 0.4 s, 20 a second
KEPT = 100  # states that a run keeps, at the most and beside its milestones: 3 MB


@dataclass(frozen=True)
class Frame:
    """A state on the way; those that a run keeps, and each chunk's last, are scored on the test set."""

    state: State
    test: metrics.Score | None


@dataclass(frozen=True)
class Chunk:
    """A stretch of a run: where it ends, what happened, its frames in order, and what a step took, in seconds."""

    state: State
    log: Log
    frames: tuple[Frame, ...]
    step_seconds: float


def kept_steps(steps: int) -> list[int]:
    """Steps, evenly spaced on a logarithmic scale, at which a run of this length keeps its state: 0 and the last
    included, all milestones among them."""
    even = np.expm1(np.linspace(0, np.log1p(steps), KEPT))
    return sorted({*np.round(even).astype(int).tolist(), *milestones(steps)})


def shoot(
    plan: Plan,
    state: State,
    *,
    until: int,
    seconds: float = SECONDS,
    pictures: int | None = PICTURES,
    step_seconds: float = 0.0,
) -> Chunk:
    """Train for about `seconds`, not beyond step `until` and for at most `pictures` pictures (None: no limit).

    A picture is taken at each step that the run keeps and, where those are far apart, in time for the next one to
    follow a tenth of the chunk later. `step_seconds` is what the last chunk said of itself, 0 when unknown.
    """
    began = time.perf_counter()
    kept = kept_steps(plan.steps)
    log, frames = EMPTY_LOG, list[Frame]()
    until = min(until, plan.steps)
    while True:
        goal = min([until, *(step for step in kept if step > state.step)])
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
        frames.append(Frame(state, _score(state, more) if over or state.step in kept else None))
        if over:
            return Chunk(state, log, tuple(frames), step_seconds)


def _score(state: State, log: Log) -> metrics.Score:
    """The state's score on the test set, from the log where it has just been evaluated."""
    if log.evaluations and log.evaluations[-1].step == state.step:
        return metrics.Score(log.evaluations[-1].test_loss, log.evaluations[-1].test_accuracy)
    return training.test_score(state)
