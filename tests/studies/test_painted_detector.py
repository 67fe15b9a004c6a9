"""A painted detector against scikit-learn's area under the curve and the slope of its loss."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from mnist_core import dataset
from mnist_core.plan import Plan
from mnist_core.studies import painted_detector
from mnist_core.studies.tasks import results_of
from mnist_core.training.batches import batch_indices


def test_ranked_above_is_the_area_under_the_curve():
    rng = np.random.default_rng(3)
    mine = rng.random(500) < 0.2
    for scores in (rng.normal(size=500), np.round(rng.normal(size=500)), np.zeros(500)):
        found = painted_detector.ranked_above(scores.astype(np.float32), mine)
        assert found == pytest.approx(roc_auc_score(mine, scores.astype(np.float32)))


def test_gradient_descent_improves_a_painted_picture():
    test = dataset.load_test()
    painted = np.zeros(784, np.float32)
    painted[300:500] = 1
    found = results_of(painted_detector.tasks(painted, 3))
    assert [each.step for each in found] == [0, *painted_detector.STOPS]
    assert np.array_equal(found[0].weights, painted)
    assert found[0].ranked < found[4].ranked < found[-1].ranked
    assert found[-1].ranked > 0.95
    scores = test.images / 255 @ found[-1].weights
    assert found[-1].ranked == pytest.approx(roc_auc_score(test.labels == 3, scores), abs=1e-6)
    at_once = painted_detector.improved(found[0], painted_detector.STOPS[-1])
    assert np.array_equal(at_once.weights, found[-1].weights), "stops on the way change nothing"
    assert at_once.bias == found[-1].bias


def test_a_step_of_a_detector_follows_the_slope_of_its_loss():
    painted = np.random.default_rng(0).normal(0, 0.1, 784).astype(np.float32)
    before, after = results_of(painted_detector.tasks(painted, 8)[:2])
    (batch,) = batch_indices(Plan(steps=1_000, seed=8), 0, 1)
    digits = dataset.load().training
    x, y = digits.images[batch] / 255, np.where(digits.labels[batch] == 8, 1, -1)

    def loss(weights, bias):
        return np.log1p(np.exp(-y * (x @ weights + bias))).mean()

    for pixel in (407, 350, 500):
        nudge = np.zeros(784)
        nudge[pixel] = 1e-5
        slope = (loss(painted + nudge, 0) - loss(painted - nudge, 0)) / 2e-5
        assert before.weights[pixel] - after.weights[pixel] == pytest.approx(0.5 * slope, abs=1e-5)
    assert before.bias - after.bias == pytest.approx(
        0.5 * (loss(painted, 1e-5) - loss(painted, -1e-5)) / 2e-5, abs=1e-5
    )
