"""Does it see shapes? The classic run on images as they are, and on images with all pixels shuffled alike."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mnist_core import dataset, metrics, model, training
from mnist_core.plan import Plan
from mnist_core.studies.tasks import Task, fold_tasks
from mnist_core.training import State
from mnist_core.training.batches import batch_indices

PLAN = Plan()
STOPS = range(PLAN.steps // 10, PLAN.steps + 1, PLAN.steps // 10)
ORDERS = {"as they are": False, "shuffled": True}


@dataclass(frozen=True)
class PixelRun:
    """A run on pixels in one order or another, and its test accuracy."""

    shuffled: bool
    state: State
    accuracy: float


def tasks() -> list[Task]:
    """Both runs from stop to stop, one after the other."""
    both = [fold_tasks(name, pixel_run, partial(untrained, order), STOPS) for name, order in ORDERS.items()]
    return [task for each in both for task in each]


def pixel_order(shuffled: bool = True, seed: int = 0) -> NDArray[np.intp]:
    """The 784 pixels in a fixed shuffle, or in their own order."""
    own: NDArray[np.intp] = np.arange(dataset.PIXELS)
    return np.random.default_rng(seed).permutation(dataset.PIXELS) if shuffled else own


def untrained(shuffled: bool) -> PixelRun:
    """The run before its first step."""
    return _measured(shuffled, training.start(PLAN))


def pixel_run(before: PixelRun, stop: int) -> PixelRun:
    """The run taken to a stop; pixels are shuffled in training and test images alike."""
    order, digits = pixel_order(before.shuffled), dataset.load(PLAN.split).training
    parameters = before.state.parameters
    for batch in batch_indices(PLAN, before.state.step, stop - before.state.step):
        x, y = model.as_input(digits.images[batch][:, order]), digits.labels[batch]
        parameters = model.updated(parameters, model.gradient(parameters, x, y), PLAN.learning_rate)
    return _measured(before.shuffled, State(stop, parameters))


def _measured(shuffled: bool, state: State) -> PixelRun:
    test = dataset.load_test()
    images = test.images[:, pixel_order(shuffled)]
    return PixelRun(shuffled, state, metrics.evaluate(state.parameters, dataset.Digits(images, test.labels)).accuracy)
