"""The Experiments page without a browser: what its questions come to."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mnist_core import metrics
from mnist_core.dataset import load_test
from mnist_core.training import checkpoint
from tests.visit import opened, press, sound, until, words

MODELS = {"linear": checkpoint.PRETRAINED, "mlp": checkpoint.PRETRAINED_MLP}
pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


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


def found(app: AppTest, job: str) -> AppTest:
    """The question's page with a job of it done to its end."""
    name = f"job_{job}"
    press(app, f"start_{job}")
    return until(app, lambda app: app.session_state[name].finished)


def asked(question: str) -> AppTest:
    app = opened()
    sound(app.switch_page("pages/experiments.py").run())
    return sound(app.button_group(key="question").set_value(question).run())


def test_how_many_images_are_enough_is_said_as_soon_as_it_is_found():
    app = press(asked("How many examples?"), "start_ladder")
    until(app, lambda app: "images are enough to read four digits in five" in words(app))
    job = app.session_state["job_ladder"]
    *fewer, enough = [np.mean(each.accuracies) for each in job.results]
    assert max(fewer) < 0.8 <= enough
    assert f"**{job.results[-1].size:,} images are enough" in words(app)
    press(app, "stop_ladder")


def test_shuffled_pixels_are_read_as_well():
    app = found(asked("Does it see shapes?"), "pixels")
    assert "a pixel has no neighbours" in words(app)


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("kind", MODELS)
def test_accuracy_falls_with_each_pixel_unless_the_digits_are_centred_again(kind, centred):
    app = asked("Move the digit")
    if centred:
        sound(app.toggle(key="shift_centred").set_value(True).run())
        assert "On the first 2,000 test digits" in words(app)
    (start,) = [button.key for button in app.button if button.key.startswith(f"start_shifts_{kind}")]
    said = words(found(app, start.removeprefix("start_")))
    (conclusion,) = [line for line in said.splitlines() if line.startswith("Unmoved: ")]
    accuracies = [float(each) for each in re.findall(r"([\d.]+) %", conclusion)]
    if centred:
        *again, as_they_are = accuracies
        assert again == pytest.approx([again[0]] * 5, abs=2)
        plain = metrics.evaluate(checkpoint.load(MODELS[kind])[1].parameters, load_test()[:2_000])
        assert as_they_are == pytest.approx(100 * plain.accuracy, abs=0.0501)
        assert "costs next to nothing" in conclusion
    else:
        assert "places, not shapes" in conclusion
        if kind == "linear":
            assert accuracies[:5] == pytest.approx([92.3, 86.7, 66.0, 44.2, 24.2], abs=3)
