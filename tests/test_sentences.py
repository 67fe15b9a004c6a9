"""Sentences that pages make of numbers, against the numbers."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core import model
from mnist_core.explain import curves
from mnist_core.explain.curves import CURVES
from ui.ideas.gradient_descent import how_it_goes
from ui.ideas.real_data import up_or_down
from ui.weights import what_moved

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


@pytest.mark.parametrize(
    ("name", "start", "rate", "steps", "sentence"),
    [
        ("x²", 2.4, 0.1, 0, "The red line is the tangent: its slope says which way is down. Take a step."),
        ("x²", 2.4, 0.1, 1, "It is on its way down."),
        ("x²", 2.4, 0.1, 9, "It is on its way down: each step was shorter than the one before, as the ground got flatter."),
        ("x²", 2.4, 0.01, 20, "It **crawls**: 20 steps have gone 0.798 of the 2.4 to the bottom. Try a larger rate."),
        ("x²", 2.4, 0.8, 3, "It **overshoots**: in all 3 steps it jumped over the bottom."),
        ("x²", 2.0, 1.1, 1, "It **overshoots**: in the one step it jumped over the bottom; its last step led up, from y = 4 to 5.76."),
        ("x²", 2.0, 1.5, 2, "It **explodes**: each step led up, and y has gone from 4 to 64. It is outside the picture by now."),
        ("x²", 2.4, 0.8, 60, "The slope is almost 0, so the next step hardly moves it: this is the bottom of a valley, after it jumped over the bottom."),
        ("two valleys", 0.15, 0.1, 60, "The slope is almost 0, so the next step hardly moves it: this is the bottom of a valley."),
        ("a plain and a pit", 3.0, 0.1, 0, "The slope is almost 0, so the next step hardly moves it: this is a plain."),
    ],
)  # fmt: skip
def test_how_a_descent_goes_in_words(name, start, rate, steps, sentence):
    assert how_it_goes(CURVES[name], curves.descend(CURVES[name], start, rate, steps)) == sentence


def test_steps_that_grew_and_shrank_are_told_by_the_longest():
    curve = CURVES["two valleys"]
    path = curves.descend(curve, 0.15, 0.1, 26)
    found = re.search(r"its steps got longer up to step (\d+), shorter from there", how_it_goes(curve, path))
    moves = np.abs(np.diff(path))
    assert found and int(found[1]) == 1 + int(moves.argmax())
    assert 1 < int(found[1]) < 26


def test_no_larger_rate_is_recommended_where_there_is_none():
    path = curves.descend(CURVES["a plain and a pit"], 2.7, 1.5, 8)
    assert how_it_goes(CURVES["a plain and a pit"], path).endswith("to the bottom. Try a larger rate.")
    assert how_it_goes(CURVES["a plain and a pit"], path, largest_rate=True).endswith("to the bottom.")


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ([3, 2, 1], "from each dot to the next it went down."),
        ([1, 2, 3], "from each dot to the next it went up."),
        ([3, 2, 2.5, 2.5, 1, 0.5], "from one dot to the next it went down 3 times and up once."),
        ([2, 2, 1], "from one dot to the next it went down once and up never."),
    ],
)
def test_a_run_that_rises_is_told_so(losses, words):
    assert up_or_down(np.array(losses, float)) == words


def test_the_largest_change_is_said_wherever_it_is():
    old = tuple(
        model.Layer(np.zeros(sizes, np.float32), np.zeros(sizes[1], np.float32)) for sizes in ((784, 80), (80, 10))
    )
    new = tuple(model.Layer(layer.weights.copy(), layer.bias) for layer in old)
    new[0].weights[3 * 28 + 5, 70] = 0.105  # a unit that is not shown
    new[1].weights[42, 3] = -0.256
    words = what_moved(old, new)
    assert words.startswith("Shown: 64 of the 80 hidden units.")
    assert "unit 70, row 3, column 5, by +0.105;" in words
    assert words.endswith("unit 42 to digit 3, by -0.256.")
    linear = (model.Layer(np.eye(784, 10, dtype=np.float32), np.zeros(10, np.float32)),)
    assert what_moved(linear, model.zeros()) == "The weight that moved most: digit 0, row 0, column 0, by -1."


def test_a_tie_is_told_as_the_model_reads_it():
    def script():
        import numpy as np

        from mnist_core import model
        from ui import prediction

        prediction.show("linear", np.array([0.0004, 0.9996, *[0] * 8], np.float32))
        weights, bias = model.zeros()[0]
        prediction.evidence((model.Layer(weights, bias - np.float32(0.001)),), np.zeros(784, np.uint8))

    app = AppTest.from_function(script).run()
    assert not app.exception
    words = "\n".join(each.value for each in (*app.markdown, *app.caption))
    assert "Sure: > 99.9 %" in words
    assert "- All votes for **0**: 0.00, with its bias 0.00 a score of **0.00**\n- All votes for **1**" in words
    assert "A lead of 0.00 makes 0 **about as probable** as 1" in words
