"""How much luck is in a figure: test accuracy over many seeds of the same plan, and where a figure stands among them.

Early accuracy depends on which images the first batches happen to hold. The seeds train side by side.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnist_core.plan import Plan
from mnist_core.training.sweep import sweep

BLOCK = 50  # seeds side by side: with batches of 100, 16 MB of images a step

Shares = NDArray[np.float64]  # each 0..1


def accuracies(plan: Plan, seeds: Sequence[int], stops: Sequence[int]) -> Shares:
    """Test accuracy of a linear plan under each seed after each number of steps: `(seeds, stops)`, 0..1."""
    plans = [replace(plan, seed=seed, steps=max(stops)) for seed in seeds]
    tracks = sweep(plans, stops).tracks
    return np.array([[dict(track.scores)[stop].accuracy for stop in stops] for track in tracks])


def percentile(values: Shares, value: float) -> float:
    """Where a value stands in a distribution: the percentage of its values below it, ties counted half."""
    return float(100 * ((values < value).mean() + (values == value).mean() / 2))
