"""Run: all that a screen knows of one training run, grown chunk by chunk and never changed in place."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from mnist_core import training
from mnist_core.dataset import PIXELS
from mnist_core.metrics import Score
from mnist_core.model import CLASSES
from mnist_core.plan import Plan, milestones
from mnist_core.training import EMPTY_LOG, Log
from mnist_core.training.chunk import SHOWN, Chunk, Position, Snapshot, shown_steps

KEPT_BYTES = 3_200_000  # of states that a run keeps beside its stops: a hundred of the linear model's


@dataclass(frozen=True)
class Run:
    """A run so far, in the order of its steps, the untrained model first.

    `snapshots` are the states that are kept; `scores` has the test score of each step shown, its state kept or not;
    `stops` and `step_seconds` are those of a Position.
    """

    plan: Plan
    log: Log
    snapshots: tuple[Snapshot, ...]
    scores: tuple[tuple[int, Score], ...]
    stops: tuple[int, ...] = ()
    step_seconds: float = 0.0

    @property
    def state(self) -> Snapshot:
        """Where the run stands: the newest snapshot."""
        return self.snapshots[-1]

    @property
    def position(self) -> Position:
        """What the next chunk depends on."""
        return Position(self.plan, self.state, self.stops, self.step_seconds)

    @property
    def finished(self) -> bool:
        """Whether no further step can be taken."""
        return self.state.step >= self.plan.steps or self.log.diverged_at is not None

    @property
    def best(self) -> Snapshot:
        """The snapshot with the highest test accuracy of all that were scored; the earliest of equals."""
        return max(self.snapshots, key=_accuracy)

    def at(self, step: int) -> Snapshot | None:
        """The snapshot kept at a step, if there is one."""
        return next((snapshot for snapshot in self.snapshots if snapshot.step == step), None)

    @property
    def images_seen(self) -> int:
        """How many images the steps looked at, each time counted."""
        return self.state.step * self.plan.images_per_step


def begin(plan: Plan, untrained: Score, stops: tuple[int, ...] = ()) -> Run:
    """A run before its first step; `untrained` is the score of its first state on the test set."""
    return Run(plan, EMPTY_LOG, (Snapshot(0, training.start(plan).parameters, untrained),), ((0, untrained),), stops)


def extend(run: Run, chunk: Chunk) -> Run:
    """The run with a chunk added.

    States are dropped that are neither on the list to keep, nor the newest, nor the best of the steps shown.
    """
    shown, kept, last = shown_steps(run.plan, run.stops), kept_steps(run.plan, run.stops), chunk.last
    new = [state for state in chunk.states if isinstance(state, Snapshot)]
    snapshots = {snapshot.step: snapshot for snapshot in (*run.snapshots, *new)}
    scores = dict(run.scores) | {step: snapshot.score for step, snapshot in snapshots.items()}
    best = max((snapshots[step] for step in shown if step in snapshots), key=_accuracy)
    return replace(
        run,
        log=run.log + chunk.log,
        snapshots=tuple(
            snapshot
            for step, snapshot in sorted(snapshots.items())
            if step in kept or snapshot is last or snapshot is best
        ),
        scores=tuple((step, score) for step, score in sorted(scores.items()) if step in shown or step == last.step),
        step_seconds=chunk.step_seconds,
    )


def back_to_best(run: Run) -> Run:
    """The run as it was when its test accuracy was highest, ready to go on from there."""
    step = run.best.step
    return replace(
        run,
        log=run.log.until(step),
        snapshots=tuple(snapshot for snapshot in run.snapshots if snapshot.step <= step),
        scores=tuple(scored for scored in run.scores if scored[0] <= step),
    )


def kept_steps(plan: Plan, stops: Collection[int] = ()) -> list[int]:
    """The shown steps at which a run keeps its state: fewer where a state is large."""
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


def _accuracy(snapshot: Snapshot) -> float:
    return snapshot.score.accuracy
