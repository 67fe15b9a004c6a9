"""The Ideas page without a browser: what it says is what the numbers are."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest

from mnist_core import metrics, model
from mnist_core.dataset import load
from mnist_core.formatting import number
from tests.visit import control, opened, press, sound, trained, words

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


def test_costs_of_the_tutorials_prediction_are_computed():
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    sound(app.button_group(key="idea").set_value("Cross-entropy").run())
    assert f"**{math.log(1 / 0.9):.6f}**" in words(app)  # 0.1053...
    assert "0.1053" in words(app) and "4.6051" in words(app)
    sound(app.selectbox(key="ce_truth").select_index(2).run())
    assert f"**{2 * math.log(10):.6f}**" in words(app)  # 4.6051...
    sound(app.slider(key="ce_2").set_value(1.0).run())
    sound(app.slider(key="ce_3").set_value(0.0).run())
    assert "it would cost infinity" in words(app)
    for digit in set(range(10)) - {2}:
        sound(app.slider(key=f"ce_{digit}").set_value(0.0).run())
    assert "has p = 1. It costs -ln p = **0.000000**" in words(app)
    press(app, "ce_reset")
    assert f"**{math.log(1 / 0.9):.6f}**" in words(app)


def test_softmax_of_the_tutorials_scores_and_of_a_constant_more():
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    powers = [math.exp(score) for score in (0.1, 0.005, 2)]
    assert f"= {powers[2] / sum(powers):.4f}" in "".join(each.value for each in app.latex)
    sound(app.slider(key="softmax_constant").set_value(3.0).run())
    assert f"= {powers[2] / sum(powers):.4f}" in "".join(each.value for each in app.latex)
    assert "only differences between scores count" in words(app)


@pytest.mark.parametrize(
    ("curve", "start", "rate", "steps", "verdict"),
    [("x²", 2.4, 1.3, 20, "explodes"), ("x²", 2.4, 0.9, 20, "overshoots"), ("x²", 2.4, 0.01, 20, "crawls"),
     ("a plain and a pit", -0.25, 1.23, 60, "overshoots")],
)  # fmt: skip
def test_how_a_descent_goes_is_told_by_its_path(curve, start, rate, steps, verdict):
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    sound(app.button_group(key="idea").set_value("Gradient descent").run())
    sound(app.selectbox(key="gd_curve").set_value(curve).run())
    app.slider(key=f"gd_start_{curve}").set_value(start)
    app.slider(key="gd_rate").set_value(rate)
    sound(app.slider(key="gd_steps").set_value(steps).run())
    assert f"It **{verdict}**" in words(app)


def test_a_path_that_is_followed_no_further_says_so():
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    sound(app.button_group(key="idea").set_value("Gradient descent").run())
    app.slider(key="gd_rate").set_value(1.5)
    sound(app.slider(key="gd_steps").set_value(60).run())
    start = app.slider(key="gd_start_x²").value
    steps = next(step for step in range(61) if abs(start * (-2) ** step) > 1e6)
    assert f"After {steps} steps: x = {number(start * (-2) ** steps)}" in words(app)
    assert "it is followed no further, though the slider says 60" in words(app)
    assert "The next step" not in words(app)
    sound(app.slider(key="gd_steps").set_value(steps).run())
    assert "it is followed no further." in words(app)


def test_a_constant_changes_no_probability_by_more_than_rounding():
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    for constant in (-5.0, -3.5, 1.5, 4.5):
        sound(app.slider(key="softmax_constant").set_value(constant).run())
        scores = np.array([0.1, 0.005, 2.0])
        most = np.abs(model.softmax(scores + constant) - model.softmax(scores)).max()
        found = re.search(r"no probability by more than (?:(\d) · )?10⁻(\S+):|no probability at all", words(app))
        assert found
        if found[2]:
            power = -int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(digit)) for digit in found[2]))
            assert most <= float(f"{found[1] or 1}e{power}") * 1.000001 < 1e-12
        else:
            assert most == 0
        assert not re.search(r"\de[-+]?\d", words(app) + app.latex[0].value)


def test_a_temperature_that_changes_nothing_claims_nothing():
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    for place in range(3):
        app.slider(key=f"score_3_{place}").set_value(1.0)
    sound(app.slider(key="softmax_temperature").set_value(3.0).run())
    assert "has changed the largest probability, 33.3 %, by less than a tenth of a percent" in words(app)
    sound(app.slider(key="score_3_0").set_value(5.0).run())
    assert "hot flattens" in words(app)
    sound(app.slider(key="softmax_temperature").set_value(0.3).run())
    assert "into > 99.9 %: cold sharpens" in words(app)
    assert "> 0.9999" in app.latex[0].value


def test_the_real_loss_says_how_often_the_run_went_up():
    app = trained(steps="60", learning_rate="2")
    sound(app.switch_page("pages/ideas.py").run())
    sound(app.button_group(key="idea").set_value("The real loss").run())
    digits = load().training[:1_000]
    losses = [metrics.evaluate(snapshot.parameters, digits).loss for snapshot in control(app).run.snapshots]
    ups = sum(after > before for before, after in pairwise(losses))
    downs = sum(after < before for before, after in pairwise(losses))
    assert min(ups, downs) > 2
    assert f"it went down {downs} times and up {ups} times." in words(app)
    assert "downhill, step by step" not in words(app)


@pytest.mark.parametrize(("rate", "steps", "told"), [
    (0.01, 20, "crawls"), (0.1, 3, "on its way down"), (0.8, 10, "overshoots"), (1.1, 10, "explodes"), (0.4, 60, "slope is almost 0"),
])  # fmt: skip
def test_gradient_descent_is_told_by_its_numbers(rate, steps, told):
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    sound(app.button_group(key="idea").set_value("Gradient descent").run())
    sound(app.slider(key="gd_rate").set_value(rate).run())
    sound(app.slider(key="gd_steps").set_value(steps).run())
    assert told in words(app)
    start = app.slider(key="gd_start_x²").value
    if told != "explodes":
        assert f"x = {number(start * (1 - 2 * rate) ** steps)}, y = " in words(app)
