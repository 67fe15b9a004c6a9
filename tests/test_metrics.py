"""Metrics against scikit-learn, and the interval against what an interval promises."""

import numpy as np
import pytest
from scipy.stats import hypergeom
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss, precision_score, recall_score

from mnist_core import dataset, metrics, model
from mnist_core.training import checkpoint


@pytest.fixture(scope="module")
def layers():
    return checkpoint.load(checkpoint.PRETRAINED)[1].parameters


def test_every_figure_agrees_with_scikit_learn(layers):
    test = dataset.load_test()[:3_000]
    exact = model.softmax(model.logits(layers, test.images).astype(np.float64))  # sums to one, as it asks
    read = exact.argmax(axis=1)
    score = metrics.evaluate(layers, test)
    counts = score.confusion
    assert counts.tolist() == confusion_matrix(test.labels, read).tolist()
    assert score.accuracy == accuracy_score(test.labels, read)
    assert score.loss == pytest.approx(log_loss(test.labels, exact), rel=1e-4)
    assert metrics.precision(counts) == pytest.approx(precision_score(test.labels, read, average=None))
    assert metrics.recall(counts) == pytest.approx(recall_score(test.labels, read, average=None))


def test_a_digit_that_is_never_read_has_no_precision():
    counts = metrics.evaluate(model.zeros(), dataset.load_test()).confusion
    assert metrics.precision(counts)[0] == 0.098
    assert np.isnan(metrics.precision(counts)[1:]).all()
    assert metrics.recall(counts).tolist() == [1.0] + [0.0] * 9


def test_the_double_softmax_loss_is_the_cross_entropy_of_the_softmaxs_softmax(layers):
    test = dataset.load_test()[:500]
    shares = model.probabilities(layers, test.images).astype(np.float64)
    twice = np.exp(shares) / np.exp(shares).sum(axis=1, keepdims=True)
    expected = -np.log(twice[np.arange(500), test.labels]).mean()
    assert metrics.evaluate(layers, test, double_softmax=True).loss == pytest.approx(expected, rel=1e-5)


def test_wilson_on_a_textbook_case_and_at_the_ends():
    assert metrics.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
    assert metrics.wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)  # the same
    assert metrics.wilson(5, 5)[1] == 1.0


def test_wilson_covers_the_true_share_as_often_as_it_says():
    rng, true = np.random.default_rng(0), 0.92
    draws = rng.binomial(100, true, 5_000)
    covered = np.mean([low <= true <= high for low, high in (metrics.wilson(int(right), 100) for right in draws)])
    assert covered == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize("right", [0, 1, 4_520, 9_245, 9_743, 9_999, 10_000])
@pytest.mark.parametrize("drawn", [1, 10, 100, 1_000, 5_000, 10_000])
def test_the_central_interval_is_scipys(right, drawn):
    subsets = hypergeom(10_000, right, drawn)
    low, high = metrics.central_interval(right, 10_000, drawn)
    assert (low, high) == (subsets.ppf(0.025), subsets.ppf(0.975))
    assert subsets.cdf(low - 1) < 0.025 and subsets.sf(high) <= 0.025


def test_the_central_interval_holds_the_subsets_that_are_drawn():
    right = np.arange(10_000) < 9_245
    rng = np.random.default_rng(0)
    for size in (10, 100, 1_000):
        low, high = metrics.central_interval(9_245, 10_000, size)
        found = np.array([rng.choice(right, size, replace=False).sum() for _ in range(1_000)])
        assert ((low <= found) & (found <= high)).mean() >= 0.93


def test_wilson_is_no_interval_for_the_next_draw():
    rng, of = np.random.default_rng(1), 10_000
    first, second = rng.binomial(of, 0.92, (2, 5_000))
    intervals = [metrics.wilson(int(right), of) for right in first]
    truth = np.mean([low <= 0.92 <= high for low, high in intervals])
    again = np.mean([low <= right / of <= high for (low, high), right in zip(intervals, second, strict=True)])
    assert truth == pytest.approx(0.95, abs=0.01)
    assert again == pytest.approx(0.834, abs=0.02), "two draws differ by the square root of two times as much"
