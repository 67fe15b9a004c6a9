"""How much luck is in few steps: test accuracy over many shuffles of the same plan, trained side by side.

Early accuracy depends on which images the first batches happen to hold. The runs of a block have the same shape, so
each of their steps is one product over all of them, and the test set meets all their weights in one wide product.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core import model, training
from mnist_core.batches import batch_indices
from mnist_core.dataset import PIXELS
from mnist_core.descent import SideBySide, compile_side_by_side
from mnist_core.plan import Plan

BLOCK = 50  # shuffles side by side: with batches of 100, 16 MB of images a step
MOST_IMAGES = 4_000_000  # handed over as image numbers at a time: 16 MB

Shares = NDArray[np.float64]


def accuracies(plan: Plan, seeds: Sequence[int], stops: Sequence[int]) -> Shares:
    """Test accuracy of a linear plan under each seed after each number of steps: `(seeds, stops)`, 0..1.

    The same weights as one run after the other, to rounding. Memory grows with the seeds: hand over `BLOCK` of them.
    """
    tf, side_by_side = training.tensorflow(), _compiled()
    images, labels = training.training_bytes(plan.split)
    weights = tf.zeros([len(seeds), PIXELS, model.CLASSES])
    bias = tf.zeros([len(seeds), 1, model.CLASSES])
    test, step, columns = _test_tensors(), 0, []
    for stop in stops:
        while step < stop:
            steps = min(stop - step, max(1, MOST_IMAGES // (len(seeds) * plan.images_per_step)))
            indices = np.stack([batch_indices(replace(plan, seed=seed), step, steps) for seed in seeds], axis=1)
            weights, bias = side_by_side.advance(images, labels, indices, np.float32(plan.learning_rate), weights, bias)
            step += steps
        columns.append(side_by_side.accuracy(*test, weights, bias).numpy())
    return np.stack(columns, axis=1).astype(np.float64)


def percentile(values: Shares, value: float) -> float:
    """Where a value stands in a distribution: the percentage of its values below it, ties counted half."""
    return float(100 * ((values < value).mean() + (values == value).mean() / 2))


@lru_cache(maxsize=1)
def _test_tensors() -> tuple[Any, Any]:
    tf, test = training.tensorflow(), training.test_floats()
    return tf.constant(test.images), tf.constant(test.labels, tf.int64)


@lru_cache(maxsize=1)
def _compiled() -> SideBySide:
    return compile_side_by_side(training.tensorflow())
