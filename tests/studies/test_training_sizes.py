"""Training sizes, five models each, against the same runs one by one."""

import numpy as np
import pytest

from mnist_core import dataset, metrics, training
from mnist_core.studies import training_sizes
from mnist_core.training.batches import batch_indices, training_images


def test_a_size_is_five_runs_on_images_of_their_own():
    found = training_sizes.train_size(7)
    labels = dataset.load().training.labels
    for seed in training_sizes.SEEDS:
        plan = training_sizes.plan_for(7, seed)
        _state, log = training.advance(plan, training.start(plan), plan.steps)
        assert found.accuracies[seed] == pytest.approx(log.evaluations[-1].test.accuracy, abs=2e-4)
    plan = training_sizes.plan_for(7, 0)
    assert found.seen == tuple(np.bincount(labels[training_images(plan)], minlength=10))
    assert sum(found.seen) == 7
    assert found.score.accuracy == pytest.approx(found.accuracies[0], abs=2e-4)
    score = metrics.evaluate(found.state.parameters, dataset.load_test())
    assert np.abs(found.score.confusion - score.confusion).max() <= 2, "but for ties to the last bit"


def test_more_images_read_better():
    means = [np.mean(training_sizes.train_size(size).accuracies) for size in (1, 10, 200)]
    assert means[0] < 0.3 < means[1] < 0.65 < 0.75 < means[2]


def test_every_size_sees_each_of_its_images_five_times():
    for size in training_sizes.SIZES:
        plan = training_sizes.plan_for(size, 0)
        seen = np.bincount(batch_indices(plan, 0, plan.steps).ravel(), minlength=55_000)
        assert np.count_nonzero(seen) == size
        assert seen[seen > 0].min() >= 5
    assert {training_sizes.steps_for(size) for size in training_sizes.SIZES if size <= 10_000} == {500}
    assert training_sizes.steps_for(55_000) == 2_750


def test_the_last_images_help_too():
    fewer, all_of_them = (np.mean(training_sizes.train_size(size).accuracies) for size in (20_000, 55_000))
    assert all_of_them - fewer > 0.003
