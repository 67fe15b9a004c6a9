"""The Mistakes page without a browser."""

import pytest
import streamlit as st

from mnist_core import metrics, model
from mnist_core.dataset import load_test
from mnist_core.explain.misread import only_one_right
from mnist_core.formatting import a_digit
from mnist_core.training import checkpoint
from tests.visit import opened, press, sound, words
from ui import live_view

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


MODELS = {"linear": checkpoint.PRETRAINED, "mlp": checkpoint.PRETRAINED_MLP}


def test_an_index_out_of_range_is_a_sentence_and_the_page_goes_on():
    app = opened()
    sound(app.switch_page("pages/mistakes.py").run())
    sound(app.button_group(key="mistakes_view").set_value("One digit").run())
    sound(app.number_input(key="digit_index").set_value(10_000).run())
    assert "Index is 10000; allowed: whole numbers from 0 to 9,999." in words(app)
    sound(app.number_input(key="digit_index").set_value(-1).run())
    assert "Index is -1; allowed" in words(app)
    sound(app.number_input(key="digit_index").set_value(247).run())
    read = int(model.predict(checkpoint.load(checkpoint.PRETRAINED)[1].parameters, load_test().images[247]))
    assert f"this is **{a_digit(load_test().labels[247])}**, read as **{read}**" in words(app)
    before = app.number_input(key="digit_index").value
    press(app, "random_digit_index")
    assert app.number_input(key="digit_index").value != before
    sound(app.button_group(key="digit_set").set_value("training").run())
    sound(app.number_input(key="digit_index").set_value(54_999).run())
    assert "Training set, image 54,999" in words(app)


def test_filters_of_the_misread_digits():
    app = opened()
    sound(app.switch_page("pages/mistakes.py").run())
    test, shares = (
        load_test(),
        model.probabilities(checkpoint.load(checkpoint.PRETRAINED)[1].parameters, load_test().images),
    )
    read = shares.argmax(axis=1)
    assert f"{(read != test.labels).sum():,} digits read as another digit" in words(app)
    low, high = metrics.wilson(int((read == test.labels).sum()), 10_000)
    assert f"for the accuracy on **all of that kind** goes from {100 * low:.1f} % to {100 * high:.1f} %" in words(app)
    sound(app.selectbox(key="read_as").set_value("9").run())
    assert f"{((read == 9) & (test.labels != 9)).sum()} digits wrongly read as 9" in words(app)
    sound(app.selectbox(key="true_digit").set_value("9").run())
    assert f"{((read == 9) & (test.labels == 9)).sum()} nines read right" in words(app)
    sound(app.selectbox(key="read_as").set_value("any").run())
    assert f"{((read != 9) & (test.labels == 9)).sum()} nines read as another digit" in words(app)


def test_a_tap_on_a_digit_turns_the_mistakes_page_to_it(monkeypatch):
    def show(message, *, key, on_pick=None):
        if on_pick:
            st.button("Tap the first", key=f"tap_{key}", on_click=on_pick, args=(0,))

    monkeypatch.setattr(live_view, "show", show)  # what the browser would do
    app = opened()
    sound(app.switch_page("pages/mistakes.py").run())
    sound(app.button_group(key="mistakes_view").set_value("Linear against MLP").run())
    shares = {
        kind: model.probabilities(checkpoint.load(path)[1].parameters, load_test().images)
        for kind, path in MODELS.items()
    }
    (surest, *_) = only_one_right(shares["linear"], shares["mlp"], load_test().labels)
    press(app, "tap_gallery_only_linear")
    label, read = load_test().labels[surest], shares["mlp"][surest].argmax()
    assert f"Test set, image {surest:,}: this is **{a_digit(label)}**, read as **{read}** — misread" in words(app)
    assert app.selectbox(key="mistakes_reader").value == "Pretrained MLP"
