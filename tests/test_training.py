"""Training against a NumPy loop, finite differences, published figures and itself cut differently."""

import numpy as np
import pytest

from mnist_core import dataset, metrics, model, saved, training
from mnist_core.plan import ALL, Plan

PUBLISHED_C = [
    2.12480136e-05, 1.16469264e-05, 8.96317810e-02, 1.92015115e-02, 8.20863759e-04,
    1.25168199e-05, 3.85381973e-05, 8.53746116e-01, 6.91888575e-03, 2.95970142e-02,
]  # fmt: skip


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


@pytest.mark.parametrize("cut_seed", range(3))
@pytest.mark.parametrize(
    "plan",
    [
        Plan(steps=300),
        Plan(train_size=101, batch_size=37, steps=200, learning_rate=20),
        Plan(train_size=5_500, batch_size=ALL, steps=40),
        Plan(train_size=55_000, batch_size=ALL, steps=6),
        Plan(train_size=20_000, batch_size=7_000, steps=25),
    ],
)
def test_cutting_a_run_never_changes_a_bit(plan, cut_seed):
    whole, whole_log = training.advance(plan, training.start(plan), plan.steps)
    rng = np.random.default_rng(cut_seed)
    state, log = training.start(plan), training.EMPTY_LOG
    while state.step < plan.steps:
        state, more = training.advance(plan, state, int(rng.integers(0, plan.steps // 3)))
        log += more
    assert state.step == whole.step
    for cut, uncut in zip(state.layers[0], whole.layers[0], strict=True):
        assert cut.tobytes() == uncut.tobytes()
    assert log.batch_losses.tobytes() == whole_log.batch_losses.tobytes()
    figures = [
        [(e.step, e.train_loss, e.test_loss, e.test_accuracy) for e in each.evaluations] for each in (log, whole_log)
    ]
    assert figures[0] == figures[1]


def test_large_batches_are_handed_over_in_parts_that_change_nothing(monkeypatch):
    plan = Plan(train_size=500, batch_size=50, steps=20)
    whole, _ = training.advance(plan, training.start(plan), 20)
    monkeypatch.setattr(training, "MOST_INDICES", 150)
    parts, _ = training.advance(plan, training.start(plan), 20)
    assert parts.layers[0].weights.tobytes() == whole.layers[0].weights.tobytes()


def test_one_step_follows_the_slope_that_finite_differences_find():
    plan = Plan(train_size=50, batch_size=ALL, steps=2, learning_rate=1.0)
    digits = dataset.load().training[:50]
    first, _ = training.advance(plan, training.start(plan), 1)
    second, _ = training.advance(plan, first, 1)
    weights, bias = (value.astype(np.float64) for value in first.layers[0])

    def loss(weights):
        scores = (digits.images / 255) @ weights + bias
        return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(50), digits.labels])

    for pixel, digit in [(350, 3), (406, 7), (212, 0)]:
        nudge = np.zeros_like(weights)
        nudge[pixel, digit] = 1e-5
        slope = (loss(weights + nudge) - loss(weights - nudge)) / 2e-5
        step = second.layers[0].weights[pixel, digit] - first.layers[0].weights[pixel, digit]
        assert step == pytest.approx(-slope, abs=1e-5)


def test_batches_cover_each_epoch_once_in_a_new_order():
    plan = Plan(train_size=100, batch_size=30, seed=5)
    stream = training.batch_indices(plan, 0, 10).reshape(3, 100)
    assert all(sorted(epoch) == list(range(100)) for epoch in stream)
    assert len({tuple(epoch) for epoch in stream}) == 3
    assert np.array_equal(training.batch_indices(plan, 4, 3), training.batch_indices(plan, 0, 10)[4:7])


def test_tutorial_c_to_the_published_digits():
    plan = Plan(train_size=5_500, learning_rate=0.1, batch_size=ALL, steps=2_501)
    state, log = training.advance(plan, training.start(plan), plan.steps)
    data = dataset.load()
    assert model.probabilities(state.layers, data.training.images[0]) == pytest.approx(PUBLISHED_C, rel=1e-3)
    assert model.predict(state.layers, data.training.images[2]) == 9
    assert data.training.labels[2] == 4
    assert metrics.score(state.layers, data.test[:100]).accuracy == 0.94
    assert log.evaluations[0].test_accuracy == 0.098


def test_the_classic_run():
    plan = Plan()
    state, log = training.advance(plan, training.start(plan), plan.steps)
    assert [e.step for e in log.evaluations] == [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]
    assert 0.91 <= log.evaluations[-1].test_accuracy <= 0.925
    assert state.step == 1_000
    assert training.advance(plan, state, 10) == (state, training.EMPTY_LOG), "a finished run stays as it is"


def test_no_steps_at_all_still_evaluates_the_untrained_model():
    plan = Plan(steps=0)
    state, log = training.advance(plan, training.start(plan), 5)
    assert state.step == 0
    assert [(e.step, e.test_accuracy) for e in log.evaluations] == [(0, 0.098)]


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
    assert state.layers[0].weights.tobytes() == weights.tobytes()


def test_pretrained_weights_are_what_their_plan_gives():
    plan, shipped = saved.load(saved.PRETRAINED)
    assert plan == saved.PRETRAINED_PLAN
    state, log = training.advance(plan, training.start(plan), plan.steps)
    assert shipped.step == plan.steps
    assert np.abs(shipped.layers[0].weights - state.layers[0].weights).max() < 2e-3
    images = dataset.load_test().images
    agreement = (model.predict(shipped.layers, images) == model.predict(state.layers, images)).mean()
    assert agreement > 0.998
    assert log.evaluations[-1].test_accuracy > 0.92
