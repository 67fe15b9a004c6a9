"""The experiments' numbers against other ways of getting them."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from mnist_core import dataset, experiments, metrics, shifts, training
from mnist_core.plan import Plan
from mnist_core.training import checkpoint
from mnist_core.training.batches import batch_indices, training_images
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
        assert found.accuracies[seed] == pytest.approx(log.evaluations[-1].test.accuracy, abs=2e-4)
    plan = experiments.ladder_plan(7, 0)
    assert found.seen == tuple(np.bincount(labels[training_images(plan)], minlength=10))
    assert sum(found.seen) == 7
    assert found.score.accuracy == pytest.approx(found.accuracies[0], abs=2e-4)
    score = metrics.evaluate(found.state.layers, dataset.load_test())
    assert np.abs(found.score.confusion - score.confusion).max() <= 2, "but for ties to the last bit"


def test_more_images_read_better():
    means = [np.mean(experiments.rung(size).accuracies) for size in (1, 10, 200)]
    assert means[0] < 0.3 < means[1] < 0.65 < 0.75 < means[2]


def test_every_rung_sees_each_of_its_images_five_times():
    for size in experiments.SIZES:
        plan = experiments.ladder_plan(size, 0)
        seen = np.bincount(batch_indices(plan, 0, plan.steps).ravel(), minlength=55_000)
        assert np.count_nonzero(seen) == size
        assert seen[seen > 0].min() >= 5
    assert {experiments.ladder_steps(size) for size in experiments.SIZES if size <= 10_000} == {500}
    assert experiments.ladder_steps(55_000) == 2_750


def test_the_last_images_help_too():
    fewer, all_of_them = (np.mean(experiments.rung(size).accuracies) for size in (20_000, 55_000))
    assert all_of_them - fewer > 0.003


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


def test_rows_of_the_shift_map():
    layers = checkpoint.load(checkpoint.PRETRAINED)[1].layers
    tasks = experiments.shift_tasks(layers, centred=False)
    assert len(tasks) == 17
    (middle,) = done(tasks[8:9])
    assert middle[8] == pytest.approx(metrics.evaluate(layers, dataset.load_test()).accuracy, abs=1e-4)
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
    plan = Plan()
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
    painted = np.zeros(784, np.float32)
    painted[300:500] = 1
    found = done(experiments.paint_tasks(painted, 3))
    assert [each.step for each in found] == list(experiments.PAINT_STOPS)
    assert np.array_equal(found[0].weights, painted)
    assert found[0].ranked < found[4].ranked < found[-1].ranked
    assert found[-1].ranked > 0.95
    scores = test.images / 255 @ found[-1].weights
    assert found[-1].ranked == pytest.approx(roc_auc_score(test.labels == 3, scores), abs=1e-6)
    at_once = experiments.improved(found[0], experiments.PAINT_STOPS[-1])
    assert np.array_equal(at_once.weights, found[-1].weights), "stops on the way change nothing"
    assert at_once.bias == found[-1].bias


def test_a_step_of_a_detector_follows_the_slope_of_its_loss():
    painted = np.random.default_rng(0).normal(0, 0.1, 784).astype(np.float32)
    before, after = done(experiments.paint_tasks(painted, 8), 2)
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


def test_subsets_come_in_parts_that_differ():
    right = np.arange(10_000) < 9_200
    parts = done(experiments.subset_tasks(right, seed=3))
    assert len(parts) * len(parts[0][100]) == experiments.SUBSETS
    assert len({part[100].tobytes() for part in parts}) == len(parts)
    again = done(experiments.subset_tasks(right, seed=3))
    assert all(np.array_equal(a[size], b[size]) for a, b in zip(parts, again, strict=True) for size in a)
