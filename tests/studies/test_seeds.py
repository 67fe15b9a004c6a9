"""Many seeds side by side, against each of them alone and a NumPy loop."""

import numpy as np
import pytest

from mnist_core import dataset, training
from mnist_core.plan import Plan
from mnist_core.studies import seeds
from mnist_core.training import sweep


@pytest.mark.parametrize("seed", [0, 3, 49])
def test_a_seed_among_many_is_the_run_alone(seed):
    plan = Plan(train_size=2_000, batch_size=50, learning_rate=0.3, seed=seed, steps=30)
    together = seeds.accuracies(plan, [seed, 7, 8], (0, 1, 10, 30))
    for column, stop in enumerate((0, 1, 10, 30)):
        alone, _ = training.advance(plan, training.start(plan), stop)
        assert together[0, column] == pytest.approx(training.test_score(plan, alone).accuracy, abs=2e-4)
    assert len(set(together[:, 1])) == 3


def test_blocks_and_parts_of_seeds_change_nothing(monkeypatch):
    whole = seeds.accuracies(Plan(), range(6), (1, 10))
    monkeypatch.setattr(sweep, "MOST_IMAGES", 700)
    blocks = np.concatenate([seeds.accuracies(Plan(), range(at, at + 2), (1, 10)) for at in (0, 2, 4)])
    assert blocks == pytest.approx(whole, abs=2e-4)


def test_one_step_of_a_few_seeds_by_numpy():
    """From zeros every probability is a tenth, so the first step is rate times the mean of x (y - 0.1)."""
    data, test, plan = dataset.load().training, dataset.load_test(), Plan()
    for seed, accuracy in zip(range(4), seeds.accuracies(plan, range(4), (1,))[:, 0], strict=True):
        batch = np.random.default_rng([seed, 0]).permutation(55_000)[:100]
        x, y = data.images[batch] / 255, np.eye(10)[data.labels[batch]]
        weights, bias = 0.5 * x.T @ (y - 0.1) / 100, 0.5 * (y - 0.1).mean(axis=0)
        read = (test.images / 255 @ weights + bias).argmax(axis=1)
        assert accuracy == pytest.approx((read == test.labels).mean(), abs=2e-4)


def test_percentile_counts_ties_half():
    assert seeds.percentile(np.array([1.0, 2.0, 2.0, 3.0]), 2.0) == 50
    assert seeds.percentile(np.array([1.0, 2.0]), 9.0) == 100
