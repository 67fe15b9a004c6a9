"""Every widget of every page, in each of its views, is driven to its extremes: none of it may end in an exception."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from mnist_core import training
from mnist_core.plan import Plan
from mnist_core.studies.tutorials import TUTORIALS
from mnist_core.training import State
from mnist_core.training.worker import Engine
from tests.visit import opened, press, sound, trained, until

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test

VIEWS = {
    "train": (None, [None]),
    "draw": (None, [None]),
    "weights": (None, [None]),
    "mistakes": ("mistakes_view", ["Confusion", "One digit", "Linear against MLP"]),
    "data": ("data_view", [
        "Sets", "A digit as numbers", "Labels as vectors", "Rows of pixels", "Grids", "How many of each", "Mean images",
    ]),
    "ideas": ("idea", ["Softmax", "Cross-entropy", "Gradient descent", "The real loss", "One digit through the model"]),
    "experiments": ("question", [
        "How many examples?", "How fast to learn?", "Is the test honest?", "Move the digit", "Does it see shapes?",
        "Five digits by heart", "Be the optimiser",
    ]),
    "tutorials": ("tutorial", ["A", "B", "C", "D", "E"]),
}  # fmt: skip
WIDGETS = ("slider", "select_slider", "number_input", "selectbox", "multiselect", "radio", "toggle", "button_group")


def show(app: AppTest, page: str, view: str | None) -> AppTest:
    sound(app.switch_page(f"pages/{page}.py").run())
    key, _ = VIEWS[page]
    return sound(app.button_group(key=key).set_value(view).run()) if key else app


def quick(app: AppTest) -> AppTest:
    """A visit that has switched the slow motion off."""
    return sound(app.toggle(key="paced").set_value(False).run())


def number(words: str):
    """The value behind a stop of a scale as it is shown: 1,000 or 550 (epoch 1), 0.5, all; it may be no number."""
    text = words.split(" (")[0].replace(",", "")
    return (
        int(text)
        if text.lstrip("-").isdigit()
        else float(text)
        if text.replace(".", "").replace("e-", "").isdigit()
        else words
    )


def settings(kind: str, widget) -> list[Callable]:
    """Ways to set a widget to each end of what it takes, and back to where it was."""
    before = widget.value
    if kind == "selectbox":
        ends = range(len(widget.options)) if len(widget.options) < 4 else (0, len(widget.options) - 1)
        return [lambda each, end=end: each.select_index(end) for end in ends]
    if kind == "slider":
        values = [widget.min, widget.max, before]
    elif kind == "number_input":
        values = [-(10**6) if widget.min is None else widget.min, 10**6 if widget.max is None else widget.max, before]
    elif kind == "toggle":
        values = [not before, before]
    elif kind == "button_group":  # that none is chosen, only a forged message says
        values = [before, None, before]
    elif kind == "multiselect":
        values = [[], list(widget.options), before]
    elif kind == "select_slider":
        values = [number(widget.options[0]), number(widget.options[-1]), before]
    else:
        values = [widget.options[0], widget.options[-1], before]
    return [lambda each, value=value: each.set_value(value) for value in values]


def drive(app: AppTest) -> int:
    """Set each widget of the page that has a key to its extremes; how many there were."""
    found = [
        (kind, widget.key) for kind in WIDGETS for widget in getattr(app, kind) if widget.key and not widget.disabled
    ]
    for kind, key in found:
        if not there(app, kind, key):
            continue  # another widget's extreme has taken it away
        for put in settings(kind, getattr(app, kind)(key=key)):
            if there(app, kind, key):
                sound(put(getattr(app, kind)(key=key)).run())
    return len(found)


def there(app: AppTest, kind: str, key: str) -> bool:
    return key in [widget.key for widget in getattr(app, kind)]


@pytest.mark.parametrize("page", VIEWS)
def test_every_widget_at_its_extremes(page):
    """One visit that goes through all views of the page; each of them is told should it end in an exception."""
    app = opened()
    for view in VIEWS[page][1]:
        drive(show(app, page, view))


@pytest.mark.parametrize("page", ["weights", "mistakes", "ideas", "experiments", "draw"])
def test_the_same_with_a_small_mlp_that_was_trained(page):
    app = trained(model="mlp", hidden_units="3", steps="12", train_size="200")
    for view in VIEWS[page][1]:
        drive(show(app, page, view))


JOBS = [
    ("experiments", "How many examples?", "ladder"), ("experiments", "How fast to learn?", "rates"),
    ("experiments", "Is the test honest?", "subsets_"), ("experiments", "Is the test honest?", "parting"),
    ("experiments", "Move the digit", "shifts_linear"), ("experiments", "Does it see shapes?", "pixels"),
    ("experiments", "Five digits by heart", "by_heart"), ("tutorials", "A", "later_shuffles"), ("tutorials", "B", "shuffles"),
    ("tutorials", "D", "seeds"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "view", "job"), JOBS)
def test_every_widget_beside_results(page, view, job, monkeypatch):
    app = show(opened(), page, view)
    (start,) = [button.key for button in app.button if button.key and button.key.startswith(f"start_{job}")]
    press(app, start)
    job = f"job_{start.removeprefix('start_')}"
    enough = 1 if view in ("A", "D") else 2  # those take seconds each
    until(app, lambda app: app.session_state[job].finished or len(app.session_state[job].results) >= enough)
    for stop in [button.key for button in app.button if button.key and button.key.startswith("stop_")]:
        press(app, stop)
    assert app.session_state[job].results
    asked: list[tuple] = []
    monkeypatch.setattr(Engine, "ask", lambda *args, **options: asked.append(args))
    drive(app)
    assert not asked, "a display choice computes nothing anew"


@pytest.mark.parametrize("letter", ["A", "B", "E"])
def test_every_widget_beside_a_tutorial_that_ran(letter):
    app = quick(opened())
    press(show(app, "tutorials", letter), "run_0")
    until(app, lambda app: app.session_state["run_control"].run.finished)
    before = len(app.select_slider)
    drive(app)
    assert before, "a stop can be chosen"


@pytest.mark.parametrize("letter", ["C", "D"])
def test_every_widget_beside_states_of_a_tutorial(letter):
    """These run for long, so the beginning of each of their runs stands for all of it."""
    app = opened()
    app.session_state["trials"] = {
        (letter, trial.name): {step: beginning(trial.plan, step) for step in (*trial.stops, trial.plan.steps)}
        for trial in TUTORIALS[letter].trials
    }
    show(app, "tutorials", letter)
    for trial in TUTORIALS[letter].trials:
        if len(TUTORIALS[letter].trials) > 1:
            sound(app.button_group(key=f"stops_of_{letter}").set_value(trial.name).run())
        assert app.select_slider, "a stop can be chosen"
        drive(app)


def beginning(plan: Plan, step: int) -> State:
    """The state after a hundredth of the way to a step, told as that of the step."""
    return replace(training.reach(plan, training.start(plan), step // 100), step=step)


@pytest.mark.parametrize("page", VIEWS)
def test_every_button_once(page):
    app = quick(opened(steps="20", train_size="300"))
    for view in VIEWS[page][1]:
        show(app, page, view)
        for key in [button.key for button in app.button if button.key]:
            if key in [button.key for button in app.button if not button.disabled]:
                sound(app.button(key=key).click().run())
                for stop in [button.key for button in app.button if button.key.startswith("stop_")]:
                    sound(app.button(key=stop).click().run())


def test_there_was_something_to_drive():
    app = opened()
    assert drive(show(app, "ideas", "Cross-entropy")) >= 11
    assert drive(show(app, "experiments", "Move the digit")) >= 5
