"""The Tutorials page without a browser: what runs, what is kept, and what the table says."""

import json
from dataclasses import replace

import pytest

from mnist_core import metrics, training
from mnist_core.dataset import load_test
from mnist_core.studies.tutorials import TUTORIALS
from tests.visit import control, opened, press, sound, trained, until, words

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


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
