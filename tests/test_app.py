"""What holds on all pages, without a browser: whatever was trained, each of them answers."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.visit import control, opened, press, sound, trained, until, words
from ui import resources

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


@pytest.mark.parametrize("params", [
    {"train_size": "1", "steps": "5"}, {"steps": "0"}, {"steps": "1"}, {"split": "full", "train_size": "60000", "steps": "3"},
    {"learning_rate": "100", "steps": "40"}, {"learning_rate": "1e-06", "steps": "5"}, {"batch_size": "1", "steps": "20"},
    {"seed": "4294967295", "steps": "2"}, {"model": "mlp", "hidden_units": "512", "steps": "4"},
    {"model": "mlp", "hidden_units": "1", "steps": "9", "double_softmax": "true", "batch_order": "file"}, {"train_size": "7", "batch_size": "7", "steps": "9"},
])  # fmt: skip
def test_the_ends_of_every_range(params):
    app = opened(**params)
    if params["steps"] == "0":
        assert control(app).run.finished
    else:
        until(press(app, "train"), lambda app: control(app).run.finished)
    sound(app.switch_page("pages/draw.py").run())


def test_draw_names_the_model_that_reads():
    app = opened()
    sound(app.switch_page("pages/draw.py").run())
    assert app.selectbox(key="reader_linear").options == ["Pretrained Linear"]
    assert app.selectbox(key="reader_mlp").options == ["Pretrained MLP"]
    app = trained(steps="20", train_size="500")
    sound(app.switch_page("pages/draw.py").run())
    assert app.selectbox(key="reader_linear").value == "Your latest run"
    assert "Nothing to read yet" in words(app)


PAGES = ("draw", "weights", "mistakes", "tutorials")


def every_view(app: AppTest) -> None:
    """Each page, and on it each of its views and each model."""
    for page in PAGES:
        sound(app.switch_page(f"pages/{page}.py").run())
        views = {"mistakes": "mistakes_view", "tutorials": "tutorial"}.get(page)
        if views:
            labels = [getattr(option, "content", option) for option in app.button_group(key=views).options]
            assert len(labels) >= 3
            for label in labels:
                sound(app.button_group(key=views).set_value(label.split(" · ")[0]).run())
        for box in [each.key for each in app.selectbox if each.key in ("weights_reader", "mistakes_reader")]:
            for name in app.selectbox(key=box).options:
                sound(app.selectbox(key=box).set_value(name).run())


def test_every_page_answers_without_a_run():
    app = opened()
    every_view(app)
    sound(app.switch_page("pages/weights.py").run())
    assert "Only this one step is kept" in words(app)


@pytest.mark.parametrize("params", [
    {"steps": "0"}, {"learning_rate": "100", "steps": "60", "batch_size": "10"}, {"model": "mlp", "steps": "30", "hidden_units": "3"},
])  # fmt: skip
def test_every_page_answers_with_a_run_of_no_steps_one_that_overshoots_and_an_mlp(params):
    app = opened(**params)
    if params["steps"] != "0":
        until(press(app, "train"), lambda app: control(app).run.finished)
    every_view(app)


def test_a_visitor_who_clears_streamlits_caches_leaves_the_engine_alone():
    opened()
    before = resources.engine()
    st.cache_resource.clear()  # as Streamlit does for any client that sends `clear_cache`
    opened()
    assert resources.engine() is before


def test_a_run_survives_a_visit_to_another_page():
    app = trained(steps="20", train_size="500")
    before = control(app).run
    sound(app.switch_page("pages/draw.py").run())
    sound(app.switch_page("pages/train.py").run())
    assert control(app).run is before
