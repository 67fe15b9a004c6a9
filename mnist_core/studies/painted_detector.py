"""Be the optimiser: a weight image painted by hand, and gradient descent that goes on from it."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mnist_core import dataset, model
from mnist_core.model import Floats
from mnist_core.plan import Plan
from mnist_core.studies.tasks import Task, fold_tasks
from mnist_core.training.batches import batch_indices

STOPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)


@dataclass(frozen=True)
class Detector:
    """Weights `(784,)` and bias that tell one digit from all others; `ranked` is how often they rank it above one."""

    digit: int
    step: int
    weights: Floats
    bias: float
    ranked: float


def tasks(painted: Floats, digit: int) -> list[Task]:
    """Gradient descent from a painted weight image `(784,)` on, from stop to stop."""
    return fold_tasks("painted detector", improved, partial(detector, painted, digit), STOPS)


def detector(painted: Floats, digit: int, step: int = 0, bias: float = 0.0) -> Detector:
    """A weight image with its score on the test set."""
    test = dataset.load_test()
    scores = model.as_input(test.images) @ painted
    return Detector(digit, step, painted, bias, ranked_above(scores, test.labels == digit))


def improved(before: Detector, stop: int) -> Detector:
    """Gradient descent on "is it this digit?" up to a step: logistic regression, batches of 100.

    That is softmax regression of two classes, of which the first, "no", has a score of 0 throughout.
    """
    plan = Plan(steps=STOPS[-1], seed=before.digit)
    digits, no = dataset.load(plan.split).training, np.zeros(1, np.float32)
    weights, bias = before.weights, np.array([before.bias], np.float32)
    for batch in batch_indices(plan, before.step, stop - before.step):
        x, y = model.as_input(digits.images[batch]), (digits.labels[batch] == before.digit).astype(np.intp)
        both = model.Layer(np.stack([np.zeros_like(weights), weights], axis=1), np.concatenate([no, bias]))
        (down,) = model.gradient((both,), x, y)
        weights = weights - np.float32(plan.learning_rate) * down.weights[:, 1]
        bias = bias - np.float32(plan.learning_rate) * down.bias[1:]
    return detector(weights, before.digit, stop, float(bias[0]))


def ranked_above(scores: Floats, mine: NDArray[np.bool_]) -> float:
    """How often a random digit of mine scores above a random other one, ties counted half: 0..1.

    Source: J. Hanley, B. McNeil, 1982: the area under the ROC curve is this share of pairs (Mann and Whitney's U).
    """
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    values, which = np.unique(scores, return_inverse=True)
    ranks = (np.bincount(which, ranks) / np.bincount(which))[which] if len(values) < len(scores) else ranks
    own, others = int(mine.sum()), int((~mine).sum())
    return float((ranks[mine].sum() - own * (own + 1) / 2) / (own * others))
