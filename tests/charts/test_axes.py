"""Thinned losses are raw points, and axes end at round numbers above them."""

import math

import numpy as np
import pytest

from mnist_core.charts import axes


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("count", [0, 1, 480, 5_000, 100_000])
def test_thinned_losses_are_raw_points_with_the_extremes_among_them(count, log):
    losses = np.random.default_rng(0).gamma(2, size=count).astype(np.float32)
    steps, values = axes.thinned(losses, log=log, last=100_000)
    assert len(steps) <= 2 * axes.BINS
    assert steps == sorted(set(steps))
    assert values == losses[steps].tolist()
    if count:
        assert {float(losses.max()), float(losses.min())} <= set(values)


def test_losses_that_are_not_finite_are_left_out():
    steps, values = axes.thinned(np.array([1, np.inf, 2, np.nan], np.float32), log=True, last=4)
    assert (steps, values) == ([0, 2], [1.0, 2.0])


@pytest.mark.parametrize("highest", [0.1, 2.3, 2.6, 9.9, 41, 647, 12_345])
def test_the_loss_axis_ends_above_every_loss(highest):
    top = axes.loss_top([highest, math.inf])
    assert highest <= top <= max(3 * highest, 3)
    assert axes.ticks(top)[-1][0] == top


@pytest.mark.parametrize(
    ("top", "labels"),
    [
        (2.5, "0 0.5 1 1.5 2 2.5"),
        (3, "0 1 2 3"),
        (1_000, "0 250 500 750 1,000"),
        (5_000, "0 1,000 2,000 3,000 4,000 5,000"),
    ],
)
def test_ticks_are_round_numbers_as_people_write_them(top, labels):
    assert " ".join(label for _, label in axes.ticks(top)) == labels
