"""Gradient descent on curves against what is known of them; the loss slice against the loss function."""

import math
from itertools import pairwise

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


PLAIN = {  # the curves once more, in plain Python
    "x²": lambda x: x * x,
    "two valleys": lambda x: x**4 / 4 - x * x + x / 4,
    "a plain and a pit": lambda x: 1 - math.exp(-min(x * x, 700)),
}
ALL_STEPS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 19, 24, 40, 60)


def lowest(value, low, high):
    """Where a curve with one valley between two places is lowest: the third of the stretch that is higher goes."""
    for _ in range(80):
        left, right = (2 * low + high) / 3, (low + 2 * high) / 3
        low, high = (low, right) if value(left) < value(right) else (left, high)
    return low


def paths(name):
    """Paths from all over a curve, at rates from the least to the largest, short and long."""
    curve = CURVES[name]
    for start in np.arange(curve.range[0], curve.range[1] + 0.01, 0.15):
        for rate in (0.01, 0.02, 0.05, *np.arange(0.1, 1.51, 0.08), 0.5, 1.0, 1.5):
            whole = landscape.descend(curve, round(float(start), 2), round(float(rate), 2), max(ALL_STEPS))
            for steps in ALL_STEPS:
                yield whole[: steps + 1]


@pytest.mark.parametrize("name", CURVES)
def test_every_verdict_is_true_of_the_numbers_of_its_path(name):
    value, curve, seen = PLAIN[name], CURVES[name], set()
    bottoms = [lowest(value, *part) for part in ([(-2, 0), (0.5, 2)] if name == "two valleys" else [(-1, 2)])]
    assert curve.bottoms == pytest.approx(bottoms, abs=1e-6)
    for path in paths(name):
        found, x = landscape.judge(curve, path), path.tolist()
        y, steps = [value(each) for each in x], len(path) - 1
        slope = (value(x[-1] + 1e-6) - value(x[-1] - 1e-6)) / 2e-6 if abs(x[-1]) < 100 else math.inf
        jumps = [
            any(min(pair) < bottom - 1e-6 and max(pair) > bottom + 1e-6 for bottom in bottoms) for pair in pairwise(x)
        ]
        inside = curve.range[0] <= x[-1] <= curve.range[1]
        case = (name, found, x[0], x[-3:])
        seen.add(found.kind)
        if found.kind == "explodes":
            assert found.rises >= 2 and not inside and y[-1] > y[0], case
            assert all(b > a for a, b in pairwise(y[-found.rises - 1 :])), case
        if abs(x[-1]) > landscape.FAR:
            assert found.kind == "explodes", case
        if found.kind == "level":
            assert abs(slope) < 1.01e-3, case
            around = [value(x[-1] + side) - y[-1] for side in (-0.15, 0.15)]
            places = {"bottom": min(around) > 0, "top": max(around) < 0, "plain": max(map(abs, around)) < 2e-3}
            assert places[found.place], case
        else:
            assert abs(slope) > 0.99e-3, case
        if found.kind == "start":
            assert steps == 0, case
        if found.kind == "overshoots":
            assert found.jumps == sum(jumps) > 0, case
            assert 2 * sum(jumps) >= steps or y[-1] > y[-2] - 1e-12, case
            assert not found.rises or y[-1] > y[-2] - 1e-12, case
        if found.kind == "crawls":
            assert steps >= 5 and not any(jumps) and all(b < a for a, b in pairwise(y)), case
            assert found.gone == pytest.approx(abs(x[-1] - x[0])), case
            target = min((each for each in bottoms if (each - x[-1]) * slope < 0), key=lambda each: abs(each - x[-1]))
            assert found.way == pytest.approx(abs(target - x[0]), abs=1e-6), case
            assert abs(target - x[-1]) > found.way / 2, case
        if found.kind == "descends":
            assert steps and y[-1] < y[-2] and sum(jumps) == found.jumps < steps / 2, case
            if steps >= 5 and not any(jumps):
                assert found.gone >= found.way / 2, case
        if found.kind in ("crawls", "descends") and found.pace:
            moves = [abs(b - a) for a, b in pairwise(x)]
            up, down = moves[: found.longest], moves[found.longest - 1 :]
            assert all(b > a for a, b in pairwise(up)) and all(b < a for a, b in pairwise(down)), case
            assert (len(up) > 1) == found.pace.startswith("longer"), case
            assert (len(down) > 1) == found.pace.endswith("shorter"), case
    expected = {"level", "start", "overshoots", "crawls", "descends"}
    assert seen == expected | ({"explodes"} if name != "a plain and a pit" else set())


@pytest.mark.parametrize(
    ("name", "start", "rate", "steps", "kind"),
    [
        ("x²", 2.4, 0.05, 30, "descends"),  # 96 % of the way
        ("x²", 2.4, 0.1, 30, "descends"),
        ("x²", 2.4, 0.8, 60, "level"),  # jumps of 1e-13
        ("two valleys", 1.9, 0.2, 60, "level"),
        ("x²", 2.4, 1.05, 1, "overshoots"),
        ("two valleys", 2.4, 0.3, 1, "overshoots"),  # over a valley and the hill behind it, to a slope of the same sign
        ("x²", 0.0, 0.1, 0, "level"),
        ("a plain and a pit", 3.0, 0.1, 20, "level"),
    ],
)
def test_verdicts_that_are_easily_missed(name, start, rate, steps, kind):
    curve = CURVES[name]
    assert landscape.judge(curve, landscape.descend(curve, start, rate, steps)).kind == kind


def test_rounding_at_the_bottom_is_no_jump():
    curve = CURVES["two valleys"]
    path = landscape.descend(curve, -1.35, 0.2, 60)
    assert np.any(np.diff(np.sign(path - curve.bottoms[0]))), "it ends on either side of the bottom, 1e-16 away"
    assert landscape.judge(curve, path).jumps == 0


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
