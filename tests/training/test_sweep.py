"""Plans trained together against the same plans one by one."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_core import training
from mnist_core.plan import ALL, Plan
from mnist_core.training import sweep

RATES = [Plan(train_size=3_000, learning_rate=rate, steps=60, seed=2) for rate in (1e-4, 0.01, 0.5, 1.0, 20.0)]
SEEDS = [Plan(train_size=400, batch_size=50, steps=40, seed=seed) for seed in range(3)]
SIZES = [
    Plan(train_size=size, sample="random", batch_size=min(size, 100) if size > 100 else ALL, steps=30, seed=seed)
    for size in (1, 7, 100, 101, 2_000) for seed in (0, 5)
]  # fmt: skip
OTHERS = [
    Plan(model="mlp", hidden_units=4, train_size=200, batch_size=20, steps=25), Plan(train_size=5_500, batch_size=ALL, steps=8),
    Plan(train_size=200, batch_size=20, steps=25, double_softmax=True), Plan(train_size=200, batch_size=20, steps=13),
    Plan(train_size=200, batch_size=20, steps=0),
]  # fmt: skip


def alone(plan: Plan):
    return training.advance(plan, training.start(plan), plan.steps)


@pytest.mark.parametrize("plans", [RATES, SEEDS, SIZES, OTHERS], ids=["rates", "seeds", "sizes", "others"])
def test_together_is_one_by_one(plans):
    found = sweep.sweep(plans)
    assert found.finished
    assert [track.plan for track in found.tracks] == plans
    for plan, track in zip(plans, found.tracks, strict=True):
        state, log = alone(plan)
        assert track.state.step == plan.steps
        for one, other in zip(track.state.parameters, state.parameters, strict=True):
            assert np.abs(one.weights - other.weights).max() <= 1e-5 * max(1.0, np.abs(other.weights).max())
        assert np.abs(track.log.batch_losses - log.batch_losses).max(initial=0) < 1e-4 * max(
            1.0, log.batch_losses.max(initial=0)
        )
        told = {evaluation.step: evaluation.test.accuracy for evaluation in log.evaluations}
        assert {step: score.accuracy for step, score in track.scores} == pytest.approx(
            {step: told[step] for step, _ in track.scores}, abs=2e-4
        )
        assert track.scores[-1][0] == plan.steps


@pytest.mark.parametrize("seed", range(3))
def test_a_sweep_cut_anywhere_is_the_same_sweep(seed):
    plans = [*RATES[:3], *SEEDS[:2], OTHERS[3]]
    whole, rng = sweep.sweep(plans), np.random.default_rng(seed)
    cut = sweep.begin(plans)
    while not cut.finished:
        cut = sweep.advance(cut, int(rng.integers(1, 20)))
    for one, other in zip(cut.tracks, whole.tracks, strict=True):
        assert np.abs(one.state.parameters[0].weights - other.state.parameters[0].weights).max() < 1e-5
        assert [step for step, _ in one.scores] == [step for step, _ in other.scores]


def test_what_can_go_together_does():
    assert sweep.groups(RATES) == [[0, 1, 2, 3], [4]], "an overshooting rate goes alone"
    assert sweep.groups(SEEDS) == [[0, 1, 2]]
    assert sweep.groups(OTHERS[:3]) == [[0], [1], [2]]
    assert sweep.groups(SIZES) == [[0, 1, 2, 3], [4, 5, 6, 7, 8, 9]], "1 and 7 images, and batches of 100"


def test_a_run_that_stops_being_finite_keeps_its_last_weights():
    forged = np.zeros((784, 10), np.float32)
    forged[:, 1] = 3e38
    plan = Plan(train_size=200, batch_size=20, steps=9)
    begun = sweep.begin([plan, replace(plan, seed=1)])
    layer = begun.tracks[0].state.parameters[0]._replace(weights=forged)
    tracks = (replace(begun.tracks[0], state=training.State(0, (layer,))), begun.tracks[1])
    after = sweep.advance(replace(begun, tracks=tracks), 9)
    assert after.finished
    assert after.tracks[0].state.parameters[0].weights.tobytes() == forged.tobytes()
    state, _ = alone(replace(plan, seed=1))
    assert np.abs(after.tracks[1].state.parameters[0].weights - state.parameters[0].weights).max() < 1e-5


def test_large_stacks_are_handed_over_in_parts_that_change_nothing(monkeypatch):
    whole = sweep.sweep(SEEDS)
    monkeypatch.setattr(sweep, "MOST_IMAGES", 700)
    monkeypatch.setattr(sweep, "MOST_TOGETHER", 2 * 50 * 784 * 4)
    monkeypatch.setattr(sweep, "EVALUATED_TOGETHER", 2)
    for one, other in zip(sweep.sweep(SEEDS).tracks, whole.tracks, strict=True):
        assert np.abs(one.state.parameters[0].weights - other.state.parameters[0].weights).max() < 1e-6
        score, expected = one.scores[-1][1], other.scores[-1][1]
        assert score.loss == pytest.approx(expected.loss, abs=1e-6)
        assert score.confusion.tolist() == expected.confusion.tolist()
