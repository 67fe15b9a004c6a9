"""The slice of the loss against the loss function."""

import numpy as np
import pytest

from mnist_core import dataset, metrics, training
from mnist_core.explain import landscape
from mnist_core.plan import Plan


def test_ups_and_downs_of_losses():
    assert landscape.ups_and_downs(np.array([2.3, 1.0, 1.0, 1.5, 0.5, 0.4])) == (1, 3)


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
        assert found == pytest.approx(metrics.evaluate(sliced.at(a, b), digits).loss, rel=1e-4)


def test_the_slice_goes_through_first_last_and_farthest_state(plane):
    sliced, states = plane
    assert sliced.path[0] == pytest.approx([0, 0], abs=1e-6)
    assert sliced.path[-1] == pytest.approx([1, 0], abs=1e-6)
    farthest = int(np.argmax(sliced.path[:, 1]))
    assert sliced.path[farthest, 1] == pytest.approx(1, abs=1e-6)
    for which in (0, farthest, len(states) - 1):
        there = sliced.at(*sliced.path[which])[0].weights
        assert np.abs(there - states[which].parameters[0].weights).max() < 1e-5
