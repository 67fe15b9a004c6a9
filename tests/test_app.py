"""Every page from app.py, without a browser: what it says, and that nothing a user can set breaks it."""

import json
import math
import re
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mnist_core import metrics, model, training
from mnist_core.dataset import load, load_test
from mnist_core.explain.misread import only_one_right
from mnist_core.formatting import a_digit, number, percent
from mnist_core.plan import Plan, read_params
from mnist_core.studies.tutorials import TUTORIALS
from mnist_core.training import checkpoint
from tests.test_command_line import run
from ui import live_view, resources

MODELS = {"linear": checkpoint.PRETRAINED, "mlp": checkpoint.PRETRAINED_MLP}
pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


def opened(**params: str) -> AppTest:
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.session_state["painted"] = True  # there is no browser to wait for
    for name, value in params.items():
        app.query_params[name] = value
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [each.message for each in app.exception]
    return app


def control(app: AppTest):
    return app.session_state["run_control"]


def until(app: AppTest, condition: Callable[[AppTest], bool], seconds: float = 60) -> AppTest:
    end = time.monotonic() + seconds
    while not condition(app):
        assert time.monotonic() < end, f"not within {seconds} s"
        sound(app.run())
    return app


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def trained(**params: str) -> AppTest:
    return until(press(opened(**params), "train"), lambda app: control(app).run.finished)


def metric(app: AppTest, label: str) -> str:
    return next(each.value for each in app.metric if each.label.startswith(label))


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.markdown, *app.caption, *app.warning, *app.info, *app.error))


def test_before_any_step_the_page_says_why_it_scores_what_it_scores():
    app = opened()
    assert metric(app, "Test accuracy") == "9.8 %"
    assert metric(app, "Misread") == "9,020"
    assert metric(app, "Loss before training") == "2.303"
    assert "980 of the 10,000 test digits are zeros" in words(app)


def test_a_run_ends_with_the_numbers_of_the_function():
    app = trained(steps="60", train_size="1000", seed="3")
    plan = Plan(train_size=1_000, steps=60, seed=3)
    state, log = training.advance(plan, training.start(plan), 60)
    assert control(app).run.plan == plan
    assert control(app).run.state.parameters[0].weights.tobytes() == state.parameters[0].weights.tobytes()
    assert metric(app, "Test accuracy") == percent(log.evaluations[-1].test.accuracy)
    assert metric(app, "Training loss, all images") == f"{log.evaluations[-1].training.loss:.3f}"


def test_pause_resume_and_single_steps():
    app = until(press(opened(steps="100000"), "train"), lambda app: control(app).run.state.step > 0)
    press(app, "pause")
    paused = control(app).run.state.step
    assert not control(app).running
    sound(app.run())
    assert control(app).run.state.step == paused, "a paused run stays where it is"
    until(press(app, "step1"), lambda app: not control(app).running)
    assert control(app).run.state.step == paused + 1
    until(press(app, "step10"), lambda app: not control(app).running)
    assert control(app).run.state.step == paused + 11
    until(press(app, "pause"), lambda app: control(app).run.state.step > paused + 11)
    press(app, "reset")  # Stop
    assert control(app).phase.value == "stopped"
    press(app, "reset")
    assert control(app).run.state.step == 0
    assert control(app).earlier[0].steps[-1] > paused + 11, "the run that was reset stays to compare with"


def test_nothing_is_trained_that_nobody_looks_at(monkeypatch):
    """A page asks for the next chunk when it takes one: a closed tab takes none."""
    app = until(press(opened(steps="100000"), "train"), lambda app: control(app).run.state.step > 0)
    engine, asked = resources.engine(), []
    ask = type(engine).ask_for_chunk
    monkeypatch.setattr(
        type(engine), "ask_for_chunk", lambda *args, **options: asked.append(args) or ask(*args, **options)
    )
    end = time.monotonic() + 60
    while engine.waiting():
        assert time.monotonic() < end, "the chunk that was under way"
        time.sleep(0.02)
    assert not asked
    until(app, lambda app: asked)
    press(app, "pause")


def test_step_from_the_untrained_model_takes_one_step_of_the_sidebars_plan():
    app = until(press(opened(learning_rate="0.2"), "step1"), lambda app: not control(app).running)
    assert control(app).run.state.step == 1
    assert control(app).run.plan.learning_rate == 0.2


@pytest.mark.parametrize(
    ("params", "sentences"),
    [
        ({"train_size": "-3", "learning_rate": "abc"},
         ["train_size is -3; allowed: whole numbers from 1 to 55,000. The page goes on with 55,000.",
          "learning_rate is 'abc'; allowed: numbers from 0.000001 to 100. The page goes on with 0.5."]),
        ({"split": "none", "seed": "1.5"}, ["split is 'none'", "seed is '1.5'"]),
        ({"steps": "", "batch_size": "\N{SNOWMAN}", "model": "cnn"}, ["steps is ''", "batch_size is", "model is 'cnn'"]),
    ],
)  # fmt: skip
def test_nonsense_in_the_link_is_a_sentence_each(params, sentences):
    app = opened(**params)
    assert len(app.warning) == len(sentences)
    for sentence in sentences:
        assert sentence in words(app)


def test_choices_go_into_the_link_and_come_back_from_it():
    app = opened(train_size="5500", learning_rate="0.1", batch_size="all")
    assert app.number_input(key="train_size_box").value == 5_500
    assert app.select_slider(key="learning_rate_scale").value == 0.1
    sound(app.select_slider(key="train_size_scale").set_value(10).run())
    sound(app.number_input(key="steps_box").set_value(77).run())
    link = {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}
    assert read_params(link) == (Plan(train_size=10, learning_rate=0.1, batch_size="all", steps=77), [])
    assert app.number_input(key="train_size_box").value == 10, "slider and box show the same"


def batch(app: AppTest) -> str:
    return app.selectbox(key="batch_size_box").value


def test_a_batch_of_all_that_only_few_images_forced_goes_back_and_a_chosen_one_stays():
    app = opened(train_size="10")
    assert batch(app) == "all"
    assert "All, with fewer than 100 images." in words(app)
    assert "batch_size" not in app.query_params, "nobody chose it"
    sound(app.select_slider(key="train_size_scale").set_value(55_000).run())
    assert batch(app) == "100"
    assert "All, with fewer" not in words(app)
    assert app.query_params["batch_size"] in ("100", ["100"])
    sound(app.selectbox(key="batch_size_box").set_value("1000").run())
    sound(app.number_input(key="train_size_box").set_value(999).run())
    assert batch(app) == "all"
    assert "All, with fewer than 1,000 images." in words(app)
    sound(app.number_input(key="train_size_box").set_value(1_000).run())
    assert batch(app) == "1000"
    sound(app.selectbox(key="batch_size_box").set_value("all").run())
    sound(app.number_input(key="train_size_box").set_value(10).run())
    assert "All, with fewer" not in words(app)
    sound(app.number_input(key="train_size_box").set_value(55_000).run())
    assert batch(app) == "all"


def test_a_link_that_names_the_batch_of_all_keeps_it():
    app = opened(train_size="10", batch_size="all")
    sound(app.number_input(key="train_size_box").set_value(55_000).run())
    assert batch(app) == "all"


@pytest.mark.parametrize("params", [{}, {"train_size": "500"}])
def test_the_full_split_means_as_many_images_in_a_link_in_the_sidebar_and_on_the_command_line(params):
    expected = int(params.get("train_size", 60_000))
    options = [f"--{name.replace('_', '-')}={value}" for name, value in params.items()]
    printed = run("train", "--split=full", "--steps=0", "--json", *options).stdout
    assert json.loads(printed)["plan"]["train_size"] == expected
    assert read_params({"split": "full", **params})[0].train_size == expected
    linked, chosen = opened(split="full", **params), opened(**params)
    assert linked.number_input(key="train_size_box").value == expected
    before = chosen.number_input(key="train_size_box").value
    sound(chosen.selectbox(key="split_box").set_value("full").run())
    assert chosen.number_input(key="train_size_box").value == expected
    sound(chosen.selectbox(key="split_box").set_value("tutorial").run())
    assert chosen.number_input(key="train_size_box").value == before


def test_too_large_a_rate_is_told_though_a_double_softmax_hides_it_in_the_loss():
    app = trained(learning_rate="20", steps="150", double_softmax="true")
    assert control(app).run.log.batch_losses.max() < math.log(math.e + 9) + 1e-5
    assert "the cross-entropy of its predictions was above 2.30, that of pure guessing, in" in words(app)


def test_too_large_a_rate_is_told_and_both_ways_out_work():
    app = trained(learning_rate="20", steps="150")
    best = control(app).run.best
    assert "Learning rate 20 overshoots" in words(app)
    assert percent(best.score.accuracy) in words(app)
    press(app, "best")
    assert control(app).run.state is best
    assert not control(app).running
    press(app, "tenth")
    assert control(app).run.plan.learning_rate == 2
    assert app.number_input(key="learning_rate_box").value == 2


def test_earlier_runs_stay_and_say_what_differs():
    app = trained(steps="30", train_size="500")
    sound(app.number_input(key="learning_rate_box").set_value(0.05).run())
    assert "The settings have changed" in words(app)
    until(press(app, "train"), lambda app: control(app).run.finished)
    (earlier,) = control(app).earlier
    assert earlier.plan.learning_rate == 0.5
    assert control(app).run.plan.learning_rate == 0.05


def test_display_choices_never_touch_the_run():
    app = trained(steps="30", train_size="500")
    before = control(app).run
    sound(app.button_group(key="step_axis").set_value("linear").run())
    sound(app.toggle(key="paced").set_value(False).run())
    assert control(app).run is before


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


def test_a_tutorial_runs_on_its_page_and_fills_its_table():
    app = opened()
    sound(app.switch_page("pages/tutorials.py").run())
    sound(app.button_group(key="tutorial").set_value("E").run())
    assert "| test accuracy after epoch 9 | — | — |  |" in words(app)
    until(press(app, "run_0"), lambda app: control(app).run.finished)
    plan = TUTORIALS["E"].trials[0].plan
    assert control(app).run.plan == plan
    state, _ = training.advance(plan, training.start(plan), 9 * 550)
    accuracy = 100 * training.test_score(plan, state).accuracy
    sound(app.run())
    assert f"| test accuracy after epoch 9 | — | {accuracy:.2f} % | ✓ " in words(app)
    sound(app.select_slider(key="stop_E_As published").set_value(550).run())
    assert "After **step 550**" in words(app)


@pytest.mark.parametrize(("order", "letter"), [("file_first", "A"), ("shuffled", "B")])
def test_a_run_of_the_train_page_counts_for_the_tutorial_that_has_its_plan(order, letter):
    app = trained(batch_order=order)
    sound(app.switch_page("pages/tutorials.py").run())
    sound(app.button_group(key="tutorial").set_value(letter).run())
    assert f"| {100 * control(app).run.scores[-1][1].accuracy:.2f} % |" in words(app)


def test_a_tutorials_run_on_the_train_page_is_kept_when_it_finishes_whatever_follows():
    plan = TUTORIALS["E"].trials[0].plan
    app = trained(**plan.to_params())
    states = {state.step: state for state in control(app).run.snapshots}
    accuracy = metrics.evaluate(states[9 * 550].parameters, load_test()).accuracy
    sound(app.number_input(key="steps_box").set_value(3).run())
    until(press(app, "train"), lambda app: control(app).run.finished)
    assert control(app).run.plan != plan
    sound(app.switch_page("pages/tutorials.py").run())
    sound(app.button_group(key="tutorial").set_value("E").run())
    assert f"| test accuracy after epoch 9 | — | {100 * accuracy:.2f} % | ✓ " in words(app)
    sound(app.select_slider(key="stop_E_As published").set_value(550).run())
    assert "After **step 550**" in words(app)


def test_a_run_that_finishes_on_the_ideas_page_is_kept_too():
    app = opened()
    sound(app.switch_page("pages/ideas.py").run())
    sound(app.button_group(key="idea").set_value("The real loss").run())
    until(press(app, "train_for_slice"), lambda app: control(app).run.finished)
    accuracy = control(app).run.scores[-1][1].accuracy
    sound(app.switch_page("pages/train.py").run())
    press(app, "reset")
    sound(app.switch_page("pages/tutorials.py").run())
    sound(app.button_group(key="tutorial").set_value("B").run())
    assert f"| {100 * accuracy:.2f} % |" in words(app)


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


def test_a_job_stops_half_way_goes_on_and_keeps_its_results():
    app = opened()
    sound(app.switch_page("pages/tutorials.py").run())
    sound(app.button_group(key="tutorial").set_value("B").run())
    press(app, "start_shuffles")
    until(app, lambda app: len(app.session_state["job_shuffles"].results) >= 2)
    press(app, "stop_shuffles")
    job = app.session_state["job_shuffles"]
    assert not job.active and not job.finished
    sound(app.switch_page("pages/train.py").run())
    sound(app.switch_page("pages/tutorials.py").run())
    assert app.session_state["job_shuffles"] is job, "a visit elsewhere changes nothing"
    press(app, "start_shuffles")
    until(app, lambda app: len(app.session_state["job_shuffles"].results) > len(job.results))
    after = app.session_state["job_shuffles"]
    assert all(old is new for old, new in zip(job.results, after.results, strict=False))
    press(app, "stop_shuffles")


def test_a_finished_experiment_runs_again():
    app = opened()
    sound(app.switch_page("pages/experiments.py").run())
    sound(app.button_group(key="question").set_value("Is the test honest?").run())
    (start,) = [button.key for button in app.button if button.key.startswith("start_subsets_")]
    name = start.removeprefix("start_")
    press(app, start)
    until(app, lambda app: app.session_state[f"job_{name}"].finished)
    first = app.session_state[f"job_{name}"]
    assert "Subsets of 100 say anything from" in words(app)
    press(app, f"again_{name}")
    until(app, lambda app: app.session_state[f"job_{name}"].finished)
    second = app.session_state[f"job_{name}"]
    assert not {part[100].tobytes() for part in first.results} & {part[100].tobytes() for part in second.results}


def test_models_of_different_shape_cannot_be_subtracted_and_are_told_so():
    app = opened()
    sound(app.switch_page("pages/weights.py").run())
    sound(app.selectbox(key="to_model_Pretrained Linear").set_value("Pretrained MLP").run())
    assert "one is linear, the other an MLP" in words(app)


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


def test_labels_and_counts_are_those_of_the_data():
    app = opened()
    sound(app.switch_page("pages/data.py").run())
    sound(app.button_group(key="data_view").set_value("Labels as vectors").run())
    for label in (7, 2, 1, 0, 4):
        vector = " ".join("1" if digit == label else "0" for digit in range(10))
        assert f"| {label} | [{vector}] | {label} |" in words(app)
    sound(app.button_group(key="data_view").set_value("Rows of pixels").run())
    for first in (0, 800):
        sound(app.number_input(key="flat_first").set_value(first).run())
        empty = 784 - np.count_nonzero(load().training.images[first : first + 400].max(axis=0))
        assert f"{empty} of the 784 are dark from top to bottom" in words(app)
    sound(app.button_group(key="data_view").set_value("How many of each").run())
    ones = sum(1 for label in load_test().labels if label == 1)
    assert f"always says 1 reads {ones:,} of these 10,000 right, **{ones / 100:.2f} %**" in words(app)


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


def test_a_run_survives_a_visit_to_another_page():
    app = trained(steps="20", train_size="500")
    before = control(app).run
    sound(app.switch_page("pages/draw.py").run())
    sound(app.switch_page("pages/train.py").run())
    assert control(app).run is before


def test_two_runs_of_a_tutorial_at_one_step_show_two_pictures():
    """Each is a stream of its own, so that the browser does not go on with the pictures and the scale of the other."""
    published, single = TUTORIALS["D"].trials[:2]
    shown, app = [], opened()
    app.session_state["trials"] = {
        ("D", trial.name): {step: training.start(replace(trial.plan, seed=seed)) for step in (0, 9_375)}
        for seed, trial in enumerate((published, single))
    }
    sound(app.switch_page("pages/tutorials.py").run())
    sound(app.button_group(key="tutorial").set_value("D").run())
    for trial in (published, single):
        sound(app.button_group(key="stops_of_D").set_value(trial.name).run())
        (packed,) = [each.proto.bytes for each in app.get("bidi_component") if "weights" in each.proto.id]
        shown.append(json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")]))
    assert shown[0]["frames"][0]["step"] == shown[1]["frames"][0]["step"]
    assert shown[0]["stream"] != shown[1]["stream"]
