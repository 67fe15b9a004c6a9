"""Shuffled pixels against pixels in order, and against the classic run."""

import numpy as np
import pytest

from mnist_core import training
from mnist_core.plan import Plan
from mnist_core.studies import shuffled_pixels
from mnist_core.studies.tasks import results_of


def test_shuffled_pixels_make_no_difference():
    results = results_of(shuffled_pixels.tasks())
    plain, shuffled = results[10], results[21]
    assert not plain.shuffled and shuffled.shuffled
    assert plain.accuracy == pytest.approx(shuffled.accuracy, abs=1e-3)
    back = np.empty((784, 10))
    back[shuffled_pixels.pixel_order()] = shuffled.state.parameters[0].weights
    assert np.abs(back - plain.state.parameters[0].weights).max() < 1e-4
    plan = Plan()
    state, _ = training.advance(plan, training.start(plan), 1_000)
    assert np.abs(plain.state.parameters[0].weights - state.parameters[0].weights).max() < 1e-4, (
        "and it is the classic run"
    )
