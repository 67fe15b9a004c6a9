"""Gradient descent on curves against what is known of them; the loss slice against the loss function."""

import numpy as np
import pytest

from mnist_core import dataset, landscape, metrics, training
from mnist_core.landscape import CURVES
from mnist_core.plan import Plan


@pytest.mark.parametrize("name", CURVES)
def test_slopes_are_those_of_the_curves(name):
    curve = CURVES[name]
    x = np.linspace(*curve.range, 41)
    assert curve.slope(x) == pytest.approx((curve.value(x + 1e-6) - curve.value(x - 1e-6)) / 2e-6, abs=1e-6)


@pytest.mark.parametrize(("rate", "factor"), [(0.1, 0.8), (0.5, 0.0), (0.9, -0.8), (1.0, -1.0), (1.1, -1.2)])
def test_on_a_parabola_each_step_multiplies_by_one_less_twice_the_rate(rate, factor):
    path = landscape.descend(CURVES["x²"], 2.0, rate, 6)
    assert path == pytest.approx(2.0 * factor ** np.arange(7))


def test_a_path_that_explodes_ends():
    path = landscape.descend(CURVES["two valleys"], 2.0, 3.0, 500)
    assert len(path) < 30
    assert np.isfinite(path).all()


@pytest.fixture(scope="module")
def plane():
    plan, states = Plan(train_size=500, steps=40), []
    state = training.start(plan)
    for step in (0, 1, 3, 8, 20, 40):
        state, _ = training.advance(plan, state, step - state.step)
        states.append(state)
    return landscape.through(states), states


def test_the_slice_agrees_with_the_loss_function_at_random_points(plane):
    sliced, _ = plane
    digits, rng = dataset.load_test()[:800], np.random.default_rng(0)
    for _ in range(20):
        a, b = rng.uniform(-0.5, 1.5, 2)
        found = landscape.losses(sliced, digits, np.array([a]), np.array([b]))[0, 0]
        assert found == pytest.approx(metrics.score(sliced.at(a, b), digits).loss, rel=1e-4)


def test_the_slice_goes_through_first_last_and_farthest_state(plane):
    sliced, states = plane
    assert sliced.path[0] == pytest.approx([0, 0], abs=1e-6)
    assert sliced.path[-1] == pytest.approx([1, 0], abs=1e-6)
    farthest = int(np.argmax(sliced.path[:, 1]))
    assert sliced.path[farthest, 1] == pytest.approx(1, abs=1e-6)
    for which in (0, farthest, len(states) - 1):
        there = sliced.at(*sliced.path[which])[0].weights
        assert np.abs(there - states[which].layers[0].weights).max() < 1e-5
