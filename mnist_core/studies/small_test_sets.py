"""Is the test honest? What smaller test sets would have said: random subsets of the test set."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.studies.seeds import Shares
from mnist_core.studies.tasks import Task, map_tasks

SIZES, SUBSETS, PARTS = (10, 100, 1_000), 100, 10


def tasks(right: NDArray[np.bool_], seed: int) -> list[Task]:
    """A tenth of the subsets at a time; `right` says which test digits are read right."""
    return map_tasks("small test sets", some_subsets, ((right, seed + part) for part in range(PARTS)))


def some_subsets(right: NDArray[np.bool_], seed: int) -> dict[int, Shares]:
    """Accuracies on a few subsets of each size."""
    return {size: subset_accuracies(right, size, SUBSETS // PARTS, seed) for size in SIZES}


def subset_accuracies(right: NDArray[np.bool_], size: int, count: int, seed: int) -> Shares:
    """Accuracy on `count` random subsets of a test set, drawn without replacement: `(count,)` 0..1."""
    if size == len(right):
        return np.full(count, right.mean())
    order = np.random.default_rng((seed, size)).random((count, len(right)), np.float32)
    chosen = np.argpartition(order, size, axis=1)[:, :size]
    accuracies: Shares = right[chosen].mean(axis=1)
    return accuracies
