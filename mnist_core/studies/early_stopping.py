"""Early stopping: a run on few images, watched at every step, and the step at which its validation loss is lowest.

That step is chosen on the validation images, which the run does not learn from. A test set that helped to choose would
flatter what it chose, so the test set is only asked afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_core import dataset, model, training
from mnist_core.dataset import Digits
from mnist_core.plan import ALL, Plan
from mnist_core.studies.tasks import Task, fold_tasks
from mnist_core.training import State
from mnist_core.training.sweep import evaluate

PLAN = Plan(train_size=300, learning_rate=0.5, batch_size=ALL, steps=2_000)
STOPS = (10, 20, 50, 100, 150, *range(200, PLAN.steps + 1, 100))

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Watched:
    """A run so far, step 0 first: its training loss and accuracy and its validation loss at each step `(steps + 1,)`.

    `best` is the state with the lowest validation loss, the earliest of equals. `test_losses` are those at the stops
    and at the best: reported, and used for nothing.
    """

    state: State
    train_losses: Numbers
    train_accuracies: Numbers
    validation_losses: Numbers
    best: State
    test_losses: dict[int, float]

    @property
    def by_heart_since(self) -> int | None:
        """The step from which on every training image is read right at every step; None where one is misread now."""
        missed = np.flatnonzero(self.train_accuracies < 1)
        first = int(missed[-1]) + 1 if len(missed) else 0
        return first if first < len(self.train_accuracies) else None


def tasks() -> list[Task]:
    """The run from stop to stop, each task a few tenths of a second."""
    return fold_tasks("early stopping", watch, untrained, STOPS, keep="last")


def untrained() -> Watched:
    """The run before its first step."""
    state = training.start(PLAN)
    train_losses, train_accuracies, validation_losses = _curves([state])
    return Watched(state, train_losses, train_accuracies, validation_losses, state, {0: _test_loss(state)})


def watch(before: Watched, stop: int) -> Watched:
    """The run taken to a stop, looked at after each step."""
    states = _states(before.state, stop)
    train_losses, train_accuracies, losses = _curves(states)
    best = before.best if before.validation_losses.min() <= losses.min() else states[int(losses.argmin())]
    kept = {step: loss for step, loss in before.test_losses.items() if step in (0, *STOPS, best.step)}
    asked = {state.step: _test_loss(state) for state in (best, states[-1]) if state.step not in kept}
    return Watched(
        state=states[-1],
        train_losses=np.concatenate([before.train_losses, train_losses]),
        train_accuracies=np.concatenate([before.train_accuracies, train_accuracies]),
        validation_losses=np.concatenate([before.validation_losses, losses]),
        best=best,
        test_losses=dict(sorted((kept | asked).items())),
    )


def _curves(states: Sequence[State]) -> tuple[Numbers, Numbers, Numbers]:
    """Training loss and accuracy, and validation loss, of each of the states: `(states,)` each."""
    models = [state.parameters for state in states]
    train, validation = evaluate(models, _training_digits()), evaluate(models, _validation_digits())
    return (
        np.array([score.loss for score in train]),
        np.array([score.accuracy for score in train]),
        np.array([score.loss for score in validation]),
    )


def _states(state: State, stop: int) -> list[State]:
    """The states after each further step up to a stop."""
    states = []
    while state.step < stop:
        state = training.descend(PLAN, state, 1)[0]
        states.append(state)
    return states


def _test_loss(state: State) -> float:
    return training.test_score(PLAN, state).loss


@lru_cache(maxsize=1)
def _training_digits() -> Digits:
    few = dataset.load(PLAN.split).training[: PLAN.train_size]
    return Digits(model.as_input(few.images), few.labels)


@lru_cache(maxsize=1)
def _validation_digits() -> Digits:
    """The validation images as floats, made once: 2,000 models are scored on them."""
    digits = dataset.load(PLAN.split).validation
    return Digits(model.as_input(digits.images), digits.labels)
