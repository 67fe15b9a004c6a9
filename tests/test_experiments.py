"""The experiments' numbers against other ways of getting them."""

import itertools

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from mnist_core import dataset, experiments, metrics, model, saved, shifts, training
from mnist_core.batches import training_images
from mnist_core.tutorials import Task


def done(tasks: list[Task], count: int | None = None) -> list:
    """Results of tasks as a page gets them: a chained one is handed the result before it."""
    results = []
    for task in tasks[:count]:
        results.append(task.work(*(results[-1:] if task.chained else ()), *task.args))
    return results


def test_a_rung_is_five_runs_on_images_of_their_own():
    found = experiments.rung(7)
    labels = dataset.load().training.labels
    for seed in experiments.SEEDS:
        plan = experiments.ladder_plan(7, seed)
        _state, log = training.advance(plan, training.start(plan), plan.steps)
        assert found.accuracies[seed] == pytest.approx(log.evaluations[-1].test_accuracy, abs=2e-4)
    plan = experiments.ladder_plan(7, 0)
    assert found.seen == tuple(np.bincount(labels[training_images(plan)], minlength=10))
    assert sum(found.seen) == 7
    assert found.score.accuracy == pytest.approx(found.accuracies[0], abs=2e-4)
    assert metrics.accuracy(found.confusion) == found.score.accuracy


def test_more_images_read_better():
    means = [np.mean(experiments.rung(size).accuracies) for size in (1, 10, 200)]
    assert means[0] < 0.3 < means[1] < 0.65 < 0.75 < means[2]


def test_the_rates_are_a_sweep_in_chunks():
    results = done(experiments.rate_tasks(), 3)
    assert [sweep.step for sweep in results] == [0, 50, 100]
    track = results[-1].tracks[experiments.RATES.index(0.5)]
    plan = track.plan
    alone, _ = training.advance(plan, training.start(plan), 100)
    assert np.abs(track.state.layers[0].weights - alone.layers[0].weights).max() < 1e-5
    assert len(experiments.rate_tasks()) * 50 - 50 == experiments.RATE_STEPS


def test_subsets_are_subsets():
    right = np.arange(10_000) < 9_200
    for size in (10, 100, 1_000):
        found = experiments.subset_accuracies(right, size, 400, seed=1)
        assert np.allclose(found * size, np.round(found * size))
        assert found.mean() == pytest.approx(0.92, abs=4 * (0.92 * 0.08 / size / 400) ** 0.5)
        spread = (0.92 * 0.08 / size * (10_000 - size) / 9_999) ** 0.5  # without replacement
        assert found.std() == pytest.approx(spread, rel=0.2)
    assert experiments.subset_accuracies(right, 10_000, 3, seed=0).tolist() == [0.92] * 3


def test_training_and_test_loss_part():
    results = done(experiments.parting_tasks())
    test = [evaluation.test_loss for _, evaluation in results]
    train = [evaluation.train_loss for _, evaluation in results]
    lowest = int(np.argmin(test))
    assert 0 < lowest < len(test) - 1
    assert test[-1] > 1.1 * test[lowest]
    assert all(b < a for a, b in itertools.pairwise(train))
    plan = experiments.PARTING
    state, _ = training.advance(plan, training.start(plan), 100)
    assert (
        np.abs(dict((state.step, state) for state, _ in results)[100].layers[0].weights - state.layers[0].weights).max()
        < 1e-6
    )


def test_rows_of_the_shift_map():
    layers = saved.load(saved.PRETRAINED)[1].layers
    tasks = experiments.shift_tasks(layers, centred=False)
    assert len(tasks) == 17
    (middle,) = done(tasks[8:9])
    assert middle[8] == pytest.approx(metrics.score(layers, dataset.load_test()).accuracy, abs=1e-4)
    assert middle[9] == pytest.approx(shifts.shift_accuracy(layers, [(0, 1)])[0])
    (centred,) = done(experiments.shift_tasks(layers, centred=True)[8:9])
    assert centred[8] == pytest.approx(centred[5], abs=0.01), "centring undoes a shift"


def test_shuffled_pixels_make_no_difference():
    results = done(experiments.shuffled_pixels_tasks())
    plain, shuffled = results[10], results[21]
    assert not plain.shuffled and shuffled.shuffled
    assert plain.accuracy == pytest.approx(shuffled.accuracy, abs=1e-3)
    back = np.empty((784, 10))
    back[experiments.pixel_order()] = shuffled.state.layers[0].weights
    assert np.abs(back - plain.state.layers[0].weights).max() < 1e-4
    plan = training.Plan()
    state, _ = training.advance(plan, training.start(plan), 1_000)
    assert np.abs(plain.state.layers[0].weights - state.layers[0].weights).max() < 1e-4, "and it is the classic run"


def test_ranked_above_is_the_area_under_the_curve():
    rng = np.random.default_rng(3)
    mine = rng.random(500) < 0.2
    for scores in (rng.normal(size=500), np.round(rng.normal(size=500)), np.zeros(500)):
        found = experiments.ranked_above(scores.astype(np.float32), mine)
        assert found == pytest.approx(roc_auc_score(mine, scores.astype(np.float32)))


def test_gradient_descent_improves_a_painted_picture():
    test = dataset.load_test()
    mine, images = test.labels == 3, model.as_input(test.images)
    painted = np.zeros(784, np.float32)
    painted[300:500] = 1
    values = []
    for steps in (0, 10, 300):
        weights, _ = experiments.improve(painted, 0.0, 3, steps)
        values.append(experiments.ranked_above(images @ weights, mine))
    assert np.array_equal(experiments.improve(painted, 0.0, 3, 0)[0], painted)
    assert values[0] < values[1] < values[2]
    assert values[2] > 0.95
