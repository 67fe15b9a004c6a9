"""Which digits a model reads as what: selections from its probabilities, surest first."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.model import Floats

Indices = NDArray[np.intp]
Labels = NDArray[np.uint8]


def select(probabilities: Floats, labels: Labels, truth: int | None = None, read: int | None = None) -> Indices:
    """Which digits of true class `truth` are read as `read`, the surest first; None stands for any.

    `probabilities` is `(n, 10)`. Digits read right are among them only where both are given and are the same.
    """
    found = probabilities.argmax(axis=1)
    chosen = np.ones(len(labels), bool) if truth is not None and truth == read else found != labels
    if truth is not None:
        chosen &= labels == truth
    if read is not None:
        chosen &= found == read
    return surest_first(probabilities, np.flatnonzero(chosen))


def only_one_right(probabilities: Floats, others: Floats, labels: Labels) -> Indices:
    """Which digits a model reads right and the other one misreads, those first of which the other is surest."""
    right, wrong = probabilities.argmax(axis=1) == labels, others.argmax(axis=1) != labels
    return surest_first(others, np.flatnonzero(right & wrong))


def surest_first(probabilities: Floats, indices: Indices) -> Indices:
    """Indices in the order of the largest probability; equals in the order they came."""
    order = np.argsort(-probabilities[indices].max(axis=1), kind="stable")
    return indices[order]
