"""The Train page without a browser: runs, their buttons, and the choices of the next one."""

import json
import math
import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from mnist_core import training
from mnist_core.formatting import percent
from mnist_core.plan import Plan, read_params
from tests.command import run
from tests.visit import control, metric, opened, press, sound, trained, until, words
from ui import resources

PUNCTUATION = r"[!-/:-@\[-`{-~]"
pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


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


@pytest.mark.parametrize(
    "foreign",
    ["![p](http://a.b/c.png)", "[in](http://a.b)", "http://a.b www.a.b", "$x^2$ :red[a]", "# a\n- b", "<b>a</b> `c`"],
)
def test_words_of_a_link_are_shown_as_they_are(foreign):
    app = opened(split=foreign)
    (warning,) = [each.value for each in app.warning]
    assert not re.search(PUNCTUATION, re.sub(rf"\\{PUNCTUATION}", "", warning)), "all is escaped"
    assert f"split is {foreign!r}" in words(app)
