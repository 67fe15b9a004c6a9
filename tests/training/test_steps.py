"""Training against a NumPy loop, finite differences, published figures and itself cut differently."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core import dataset, metrics, model, training
from mnist_core.plan import ALL, Plan
from mnist_core.training import batches, steps


def numpy_losses(plan: Plan, steps: int) -> list[float]:
    """Softmax regression in ten lines, each batch's loss before its step."""
    digits = dataset.load(plan.split).training[: plan.train_size]
    weights, bias, losses = np.zeros((784, 10)), np.zeros(10), []
    stream = np.concatenate(
        [np.random.default_rng([plan.seed, epoch]).permutation(plan.train_size) for epoch in range(30)]
    )
    for step in range(steps):
        batch = slice(None) if plan.batch_size == ALL else stream[step * plan.batch_size :][: plan.batch_size]
        x, y = digits.images[batch] / 255, np.eye(10)[digits.labels[batch]]
        powers = np.exp(x @ weights + bias)
        p = powers / powers.sum(axis=1, keepdims=True)
        losses.append(-np.log((p * y).sum(axis=1)).mean())
        weights -= plan.learning_rate * x.T @ (p - y) / len(y)
        bias -= plan.learning_rate * (p - y).mean(axis=0)
    return losses


@pytest.mark.parametrize(
    "plan",
    [
        Plan(train_size=5_000, steps=100, seed=3),
        Plan(train_size=101, batch_size=37, steps=50, learning_rate=0.1),
        Plan(train_size=1_000, batch_size=ALL, steps=100, learning_rate=0.2),
        Plan(split="full", train_size=60_000, batch_size=10, steps=100, learning_rate=0.05),
    ],
)
def test_first_losses_agree_with_a_numpy_loop(plan):
    _, log = training.advance(plan, training.start(plan), plan.steps)
    assert np.abs(log.batch_losses - numpy_losses(plan, plan.steps)).max() < 1e-4


@pytest.mark.parametrize(
    "plan",
    [
        Plan(steps=300),
        Plan(train_size=101, batch_size=37, steps=200, learning_rate=20),
        Plan(train_size=5_500, batch_size=ALL, steps=40),
        Plan(train_size=55_000, batch_size=ALL, steps=6),
        Plan(train_size=20_000, batch_size=7_000, steps=25),
        Plan(train_size=500, batch_size=32, batch_order="file", steps=60, double_softmax=True),
        Plan(model="mlp", steps=120, seed=2),
        Plan(train_size=40, sample="random", batch_size=16, steps=70, seed=9),
        Plan(train_size=90, batch_size=25, batch_order="file_first", steps=40, seed=1),
        Plan(train_size=300, sample="random", batch_size=ALL, steps=40, seed=9),
        Plan(model="mlp", hidden_units=7, train_size=1_000, batch_size=ALL, steps=30, double_softmax=True),
        Plan(model="mlp", split="full", train_size=60_000, batch_size=32, batch_order="file", steps=90),
    ],
)
def test_cutting_a_run_never_changes_a_bit(plan):
    whole, whole_log = training.advance(plan, training.start(plan), plan.steps)
    for rng in map(np.random.default_rng, range(3)):
        state, log = training.start(plan), training.EMPTY_LOG
        while state.step < plan.steps:
            state, more = training.advance(plan, state, int(rng.integers(0, plan.steps // 3)))
            log += more
        assert state.step == whole.step
        for cut, uncut in zip(state.parameters, whole.parameters, strict=True):
            assert [value.tobytes() for value in cut] == [value.tobytes() for value in uncut]
        assert log.batch_losses.tobytes() == whole_log.batch_losses.tobytes()
        assert figures(log) == figures(whole_log)


def figures(log: training.Log) -> list[tuple[float, ...]]:
    return [(each.step, each.training.loss, each.test.loss, each.test.accuracy) for each in log.evaluations]


def test_large_batches_are_handed_over_in_parts_that_change_nothing(monkeypatch):
    plan = Plan(train_size=500, batch_size=50, steps=20)
    whole, _ = training.advance(plan, training.start(plan), 20)
    monkeypatch.setattr(steps, "MOST_INDICES", 150)
    parts, _ = training.advance(plan, training.start(plan), 20)
    assert parts.parameters[0].weights.tobytes() == whole.parameters[0].weights.tobytes()


def test_one_step_follows_the_slope_that_finite_differences_find():
    plan = Plan(train_size=50, batch_size=ALL, steps=2, learning_rate=1.0)
    digits = dataset.load().training[:50]
    first, _ = training.advance(plan, training.start(plan), 1)
    second, _ = training.advance(plan, first, 1)
    weights, bias = (value.astype(np.float64) for value in first.parameters[0])

    def loss(weights):
        scores = (digits.images / 255) @ weights + bias
        return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(50), digits.labels])

    for pixel, digit in [(350, 3), (406, 7), (212, 0)]:
        nudge = np.zeros_like(weights)
        nudge[pixel, digit] = 1e-5
        slope = (loss(weights + nudge) - loss(weights - nudge)) / 2e-5
        step = second.parameters[0].weights[pixel, digit] - first.parameters[0].weights[pixel, digit]
        assert step == pytest.approx(-slope, abs=1e-5)


def numpy_mlp(plan: Plan, steps: int) -> list[np.ndarray]:
    """One hidden layer in a dozen lines, with the gradients worked out by hand."""
    digits = dataset.load(plan.split).training[: plan.train_size]
    (v, c), (w, b) = ([value.astype(np.float64) for value in layer] for layer in training.start(plan).parameters)
    for step in range(steps):
        batch = np.arange(step * plan.batch_size, (step + 1) * plan.batch_size) % plan.train_size
        x, y = digits.images[batch] / 255, np.eye(10)[digits.labels[batch]]
        h = np.tanh(x @ v + c)
        p = np.exp(h @ w + b) / np.exp(h @ w + b).sum(axis=1, keepdims=True)
        dz = (p - y) / len(y)
        if plan.double_softmax:
            q = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)
            dp = (q - y) / len(y)
            dz = p * (dp - (p * dp).sum(axis=1, keepdims=True))
        da = (dz @ w.T) * (1 - h**2)
        for value, slope in ((v, x.T @ da), (c, da.sum(axis=0)), (w, h.T @ dz), (b, dz.sum(axis=0))):
            value -= plan.learning_rate * slope
    return [v, c, w, b]


@pytest.mark.parametrize("double_softmax", [False, True])
def test_ten_steps_of_an_mlp_agree_with_a_numpy_loop(double_softmax):
    plan = Plan(model="mlp", hidden_units=20, train_size=300, batch_size=32, batch_order="file", steps=10,
                double_softmax=double_softmax)  # fmt: skip
    state, _ = training.advance(plan, training.start(plan), 10)
    found = [value for layer in state.parameters for value in layer]
    assert max(np.abs(one - other).max() for one, other in zip(found, numpy_mlp(plan, 10), strict=True)) < 1e-4
    assert max(np.abs(one - other).max() for one, other in zip(found, numpy_mlp(plan, 0), strict=True)) > 1e-2


@pytest.mark.parametrize("double_softmax", [False, True])
def test_an_mlps_step_follows_the_slope_that_finite_differences_find(double_softmax):
    plan = Plan(model="mlp", hidden_units=6, train_size=50, batch_size=ALL, steps=1, learning_rate=1.0,
                double_softmax=double_softmax)  # fmt: skip
    digits, begun = dataset.load().training[:50], training.start(plan)
    after, _ = training.advance(plan, begun, 1)
    before = [value.astype(np.float64) for layer in begun.parameters for value in layer]

    def loss(v, c, w, b):
        shares = model.softmax(np.tanh((digits.images / 255) @ v + c) @ w + b)
        shares = model.softmax(shares) if double_softmax else shares
        return -np.log(shares[np.arange(50), digits.labels]).mean()

    for which, place in [(0, (350, 3)), (0, (406, 0)), (1, (2,)), (2, (4, 7)), (3, (9,))]:
        slopes = []
        for nudge in (1e-5, -1e-5):
            moved = [value.copy() for value in before]
            moved[which][place] += nudge
            slopes.append(loss(*moved))
        step = [value for layer in after.parameters for value in layer][which][place] - before[which][place]
        assert step == pytest.approx(-(slopes[0] - slopes[1]) / 2e-5, abs=1e-5)


def test_glorot_is_within_its_limit_and_follows_the_seed():
    first, second = model.glorot(64, 0)
    assert np.abs(first.weights).max() == pytest.approx((6 / (784 + 64)) ** 0.5, rel=1e-3)
    assert np.abs(second.weights).max() == pytest.approx((6 / 74) ** 0.5, rel=2e-2)
    assert not first.bias.any() and not second.bias.any()
    assert (
        first.weights.tobytes() == model.glorot(64, 0)[0].weights.tobytes() != model.glorot(64, 1)[0].weights.tobytes()
    )


@pytest.mark.parametrize("batch_size", [30, ALL])
def test_a_random_sample_is_drawn_by_the_seed_and_trained_on(batch_size):
    plan = Plan(train_size=60, sample="random", batch_size=batch_size, steps=1, seed=4)
    chosen = batches.training_images(plan)
    assert len(set(chosen.tolist())) == 60
    assert chosen.tolist() != list(range(60))
    assert batches.training_images(replace(plan, train_size=90))[:60].tolist() == chosen.tolist(), "more hold the fewer"
    assert batches.training_images(replace(plan, seed=5)).tolist() != chosen.tolist()
    digits = dataset.load().training
    state, log = training.advance(plan, training.start(plan), 1)
    batch = chosen if batch_size == ALL else batches.batch_indices(plan, 0, 1)[0]
    assert set(batch.tolist()) <= set(chosen.tolist())
    y = np.eye(10)[digits.labels[batch]]
    step = 0.5 * (digits.images[batch] / 255).T @ (y - 0.1) / len(batch)  # from zeros, every probability is a tenth
    assert np.abs(state.parameters[0].weights - step).max() < 1e-6
    score = metrics.evaluate(state.parameters, dataset.Digits(digits.images[chosen], digits.labels[chosen]))
    assert log.evaluations[-1].training.accuracy == pytest.approx(score.accuracy)
    assert log.evaluations[-1].training.loss == pytest.approx(score.loss, rel=1e-5)


def test_the_classic_run():
    plan = Plan()
    state, log = training.advance(plan, training.start(plan), plan.steps)
    assert [e.step for e in log.evaluations] == [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]
    assert 0.91 <= log.evaluations[-1].test.accuracy <= 0.925
    assert state.step == 1_000
    assert training.advance(plan, state, 10) == (state, training.EMPTY_LOG), "a finished run stays as it is"


def test_no_steps_at_all_still_evaluates_the_untrained_model():
    plan = Plan(steps=0)
    state, log = training.advance(plan, training.start(plan), 5)
    assert state.step == 0
    assert [(e.step, e.test.accuracy) for e in log.evaluations] == [(0, 0.098)]


@pytest.mark.parametrize("batch_size", [100, ALL])
@pytest.mark.parametrize("steps", [1, 7])
def test_a_run_stops_at_the_last_finite_state(batch_size, steps):
    plan = Plan(train_size=200, batch_size=batch_size)
    weights = np.zeros((784, 10), np.float32)
    weights[:, 1] = 3e38
    forged = training.State(41, (model.Layer(weights, np.zeros(10, np.float32)),))
    state, log = training.advance(plan, forged, steps)
    assert state.step == 41
    assert log.diverged_at == 42
    assert len(log.batch_losses) == 0
    assert state.parameters[0].weights.tobytes() == weights.tobytes()


@pytest.mark.parametrize(
    "plan",
    [
        Plan(train_size=6_001, steps=30, seed=3),
        Plan(train_size=700, sample="random", batch_size=ALL, steps=30, double_softmax=True),
        Plan(model="mlp", hidden_units=9, train_size=5_000, steps=30),
        Plan(split="full", train_size=60_000, sample="random", steps=30, seed=2),
        Plan(train_size=1, batch_size=ALL, steps=3),
    ],
)
def test_an_evaluation_counts_what_the_model_reads_on_both_sets(plan):
    state, _ = training.advance(plan, training.start(plan), plan.steps)
    found, digits = training.evaluate(plan, state), dataset.load(plan.split).training
    chosen, test = batches.training_images(plan), dataset.load_test()
    for score, images, labels in (
        (found.training, digits.images[chosen], digits.labels[chosen]),
        (found.test, test.images, test.labels),
    ):
        read = model.predict(state.parameters, images)
        expected = [[int(((labels == truth) & (read == digit)).sum()) for digit in range(10)] for truth in range(10)]
        assert np.abs(score.confusion - expected).max() <= 1, "but for ties to the last bit"
        assert score.confusion.sum() == len(labels)
        assert score.accuracy == pytest.approx((read == labels).mean(), abs=2 / len(labels))
        by_numpy = metrics.evaluate(state.parameters, dataset.Digits(images, labels), plan.double_softmax)
        assert score.loss == pytest.approx(by_numpy.loss, abs=1e-6)


@pytest.mark.parametrize("double_softmax", [False, True])
def test_the_log_holds_the_cross_entropy_of_the_predictions_whatever_the_loss(double_softmax):
    plan = Plan(train_size=300, batch_size=30, steps=25, double_softmax=double_softmax)
    state, digits = training.start(plan), dataset.load().training
    for step in range(0, 25, 6):
        state = training.reach(plan, state, step)
        _, log = training.advance(plan, state, 1)
        batch = batches.batch_indices(plan, step, 1)[0]
        p = model.probabilities(state.parameters, digits.images[batch])[np.arange(30), digits.labels[batch]]
        assert log.batch_cross_entropy == pytest.approx([-np.log(p).mean()], rel=1e-4)
        assert (log.batch_losses == log.batch_cross_entropy).all() != (double_softmax and step > 0)
    _, whole = training.advance(plan, training.start(plan), 25)
    assert len(whole.batch_cross_entropy) == len(whole.batch_losses) == 25
