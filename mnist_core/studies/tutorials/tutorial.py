"""What a tutorial is made of: its words, its runs, what many runs of it measure, and the table of its figures.

What is measured comes in parts, each a list of tasks that can be done anywhere and in any order: a trial's states at
its stops, accuracies over many shuffles, or a run's accuracies under several seeds. `rows` compares what there is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from mnist_core import dataset, metrics, training
from mnist_core.plan import Plan
from mnist_core.studies import seeds
from mnist_core.studies.comparison import Row
from mnist_core.studies.seeds import Shares
from mnist_core.studies.tasks import Task, map_tasks
from mnist_core.training import State

PUBLISHED = "As published"  # the trial that does what the tutorial did

States = Mapping[int, State]  # by step


@dataclass(frozen=True)
class Trial:
    """One run of a tutorial; `stops` are the steps after which it looks at what has been learned."""

    name: str
    plan: Plan
    stops: tuple[int, ...]

    def tasks(self) -> list[Task]:
        """One task: its states."""
        return map_tasks(self.name, states_at, [(self.plan, self.stops)])


@dataclass(frozen=True)
class Shuffles:
    """A part: test accuracy after each of the `stops`, in many shuffles of a plan, `block` of them a task."""

    name: str
    plan: Plan
    stops: tuple[int, ...]
    many: int
    block: int = seeds.BLOCK

    def tasks(self) -> list[Task]:
        """A task for each block."""
        blocks = (range(at, at + self.block) for at in range(0, self.many, self.block))
        return map_tasks(self.name, seeds.accuracies, ((self.plan, block, self.stops) for block in blocks))


@dataclass(frozen=True)
class SeedRun:
    """A plan with its seed, and the accuracies of its run on training and test images at the end, 0..1."""

    plan: Plan
    train_accuracy: float
    test_accuracy: float


@dataclass(frozen=True)
class Seeds:
    """A part: each of the plans under several seeds."""

    name: str
    plans: tuple[Plan, ...]
    many: int

    def tasks(self) -> list[Task]:
        """A task for each seed and plan."""
        plans = (replace(plan, seed=seed) for seed in range(self.many) for plan in self.plans)
        return map_tasks(self.name, seed_run, ((plan,) for plan in plans))


@dataclass(frozen=True)
class Findings:
    """What has been measured of a tutorial so far.

    `states` are a trial's, by its name; `shuffles` a part's accuracies `(shuffles, stops)`, by its name; `seeds` are
    the runs of all its seeds.
    """

    states: Mapping[str, States] = field(default_factory=dict)
    shuffles: Mapping[str, Shares] = field(default_factory=dict)
    seeds: tuple[SeedRun, ...] = ()

    def published(self) -> States:
        """The states of the run as published; none where it has not been done."""
        return self.states.get(PUBLISHED, {})

    def after(self, part: Shuffles, stop: int) -> Shares | None:
        """Accuracies after one stop, `(shuffles,)`; None where there are none."""
        accuracies = self.shuffles.get(part.name)
        return None if accuracies is None else accuracies[:, part.stops.index(stop)]

    def extent(self) -> tuple[object, ...]:
        """How much there is: equal where nothing new has been found."""
        return (*self.states, *((name, len(values)) for name, values in self.shuffles.items()), len(self.seeds))


@dataclass(frozen=True)
class Tutorial:
    """One tutorial: `tells` in a few sentences what it does, `teaches` in one what it is remembered for."""

    letter: str
    title: str
    source: str
    tells: str
    teaches: str
    trials: tuple[Trial, ...]
    parts: tuple[Shuffles | Seeds, ...]
    further: tuple[tuple[str, str], ...]  # a page of ours, and what its reader can do there
    rows: Callable[[Findings], list[Row]]  # the table of its figures, from what has been found so far

    def tasks(self) -> list[Task]:
        """All that has to be measured to compare its figures with ours."""
        return [task for each in (*self.trials, *self.parts) for task in each.tasks()]

    def findings(self, results: Mapping[str, Sequence[Any]]) -> Findings:
        """What the results of its tasks say, given by part, or name of a trial; others are left alone."""
        some = {name: found for name, found in results.items() if found}
        return Findings(
            {trial.name: some[trial.name][0] for trial in self.trials if trial.name in some},
            {name: np.concatenate(some[name]) for name in self._names(Shuffles) if name in some},
            tuple(run for name in self._names(Seeds) for run in some.get(name, ())),
        )

    def _names(self, kind: type[Shuffles] | type[Seeds]) -> list[str]:
        return [part.name for part in self.parts if isinstance(part, kind)]


def states_at(plan: Plan, stops: Sequence[int]) -> dict[int, State]:
    """The states of a run after each of its stops, and at its end."""
    state, found = training.start(plan), {}
    for stop in sorted({*stops, plan.steps}):
        state = training.reach(plan, state, stop)
        found[stop] = state
    return found


def seed_run(plan: Plan) -> SeedRun:
    """The run of a plan to its end, and its accuracies there."""
    state = training.reach(plan, training.start(plan), plan.steps)
    return SeedRun(plan, *accuracies(plan, state))


def accuracies(plan: Plan, state: State) -> tuple[float, float]:
    """Accuracy on the plan's training images and on the test set, 0..1."""
    sets = dataset.load(plan.split).training[: plan.train_size], dataset.load_test()
    training_set, test = (metrics.evaluate(state.parameters, digits).accuracy for digits in sets)
    return training_set, test


def accuracy_of(state: State | None) -> float | None:
    """Accuracy on the test set, 0..1; None where there is no state."""
    return None if state is None else metrics.evaluate(state.parameters, dataset.load_test()).accuracy
