"""A chunk of a run: a few tenths of a second of training, with the states on the way that are worth a look.

Because cutting never changes a bit, a chunk is free to stop wherever a picture is wanted.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from mnist_core import training
from mnist_core.metrics import Score
from mnist_core.plan import Plan, milestones
from mnist_core.training import EMPTY_LOG, Log, State

CHUNK_SECONDS = 0.4  # of training in one chunk
CHUNK_STATES = 8  # in one chunk: with a chunk every 0.4 s, 20 pictures a second
SHOWN = 100  # steps of a run that are shown and scored, however long it is, beside its stops


@dataclass(frozen=True)
class Snapshot(State):
    """A state with its score on the test set."""

    score: Score


@dataclass(frozen=True)
class Position:
    """Where a run stands, and all that its next chunk depends on: small, because it goes to the worker each time.

    `stops` are steps that somebody wants to look at, beside those that every run shows; `step_seconds` is what a step
    took in the chunk before, 0 when unknown.
    """

    plan: Plan
    state: State
    stops: tuple[int, ...] = ()
    step_seconds: float = 0.0


@dataclass(frozen=True)
class Chunk:
    """A stretch of a run: what happened, the states on the way in order, and what a step took, in seconds.

    Those at the run's shown steps are snapshots, and so is `last`, where it ends.
    """

    last: Snapshot
    log: Log
    states: tuple[State, ...]
    step_seconds: float


def shown_steps(plan: Plan, stops: Collection[int] = ()) -> list[int]:
    """Steps, evenly spaced on a logarithmic scale, at which a run is shown and scored: 0 and the last included, and
    all milestones and `stops` among them."""
    even = np.expm1(np.linspace(0, np.log1p(plan.steps), SHOWN))
    wanted = (stop for stop in stops if stop <= plan.steps)
    return sorted({*np.round(even).astype(int).tolist(), *milestones(plan.steps), *wanted})


def train_chunk(
    position: Position, until: int, *, seconds: float = CHUNK_SECONDS, most_states: int | None = CHUNK_STATES
) -> Chunk:
    """Train for about `seconds`, not beyond step `until`, with at most so many states on the way (None: no limit).

    There is a state at each of the run's shown steps and, where those are far apart, in time for the next one to
    follow an eighth of the chunk later.
    """
    plan, state, step_seconds = position.plan, position.state, position.step_seconds
    began, until = time.perf_counter(), min(until, plan.steps)
    shown = shown_steps(plan, position.stops)
    log, states, spacing = EMPTY_LOG, list[State](), seconds / CHUNK_STATES
    while True:
        goal = min([until, *(step for step in shown if step > state.step)])
        asked = min(goal - state.step, max(1, int(spacing / step_seconds)) if step_seconds else 1)
        before = time.perf_counter()
        state, more = training.advance(plan, state, asked)
        now = time.perf_counter()
        if asked:
            took = (now - before) / asked
            step_seconds = min(took, step_seconds or took) if more.evaluations else took  # evaluations are not steps
        log += more
        ended = state.step >= until or log.diverged_at is not None
        full = most_states is not None and len(states) + 1 >= most_states
        late = now - began + max(spacing, step_seconds) > seconds  # no time for another state
        if ended or full or late:
            last = _scored(plan, state, more)
            return Chunk(last, log, (*states, last), step_seconds)
        states.append(_scored(plan, state, more) if state.step in shown else state)


def _scored(plan: Plan, state: State, log: Log) -> Snapshot:
    """The state with its score on the test set, from the log where it has just been evaluated."""
    fresh = [evaluation.test for evaluation in log.evaluations if evaluation.step == state.step]
    return Snapshot(state.step, state.parameters, fresh[0] if fresh else training.test_score(plan, state))
