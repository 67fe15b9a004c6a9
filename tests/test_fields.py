"""The one table of a Plan's choices: what stands in it holds in checks, links, on the command line and on the screen."""

import pickle
from dataclasses import fields, replace

import pytest

from mnist_core.__main__ import cli
from mnist_core.charts.run_charts import describe
from mnist_core.errors import PlanError
from mnist_core.fields import FIELD, FIELDS
from mnist_core.plan import Draft, Plan, differences, read_params
from tests.visit import opened, sound, words

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test

MLP = Plan(model="mlp")
CASES = {  # another value than the default, the same in words, one that is not allowed, and what is
    "model": ("linear", "model linear", "cnn", "'linear' or 'mlp'"),
    "hidden_units": (1, "hidden units 1", 513, "whole numbers from 1 to 512"),
    "split": ("full", "split full", "half", "'tutorial' or 'full'"),
    "train_size": (1_234, "training size 1,234", 55_001, "whole numbers from 1 to 55,000"),
    "sample": ("random", "sample random", "last", "'first' or 'random'"),
    "learning_rate": (0.02, "learning rate 0.02", 100.5, "numbers from 0.000001 to 100"),
    "batch_size": ("all", "batch size all", 0, "whole numbers from 1 to 55,000 (the training size), or 'all'"),
    "batch_order": ("file_first", "order as in the file, then shuffled", "x", "'shuffled' or 'file' or 'file_first'"),
    "steps": (0, "steps 0", -1, "whole numbers from 0 to 100,000"),
    "seed": (2**32 - 1, "seed 4,294,967,295", 2**32, "whole numbers from 0 to 4,294,967,295"),
    "double_softmax": (True, "double softmax on", "maybe", "true or false"),
}


def sentence(name: str) -> str:
    _, _, wrong, allowed = CASES[name]
    return f"{name} is {wrong!r}; allowed: {allowed}."


def test_its_names_are_those_of_a_plan_in_the_same_order():
    assert [field.name for field in FIELDS] == [field.name for field in fields(Plan)] == list(FIELD) == list(CASES)


@pytest.mark.parametrize("name", CASES)
def test_it_checks_a_plan(name):
    with pytest.raises(PlanError) as caught:
        Plan(**{name: CASES[name][2]})
    assert str(caught.value) == sentence(name)


@pytest.mark.parametrize("name", CASES)
def test_it_reads_and_writes_links(name):
    other, _, wrong, _ = CASES[name]
    assert other != getattr(MLP, name)
    plan = replace(MLP, **{name: other})
    assert Plan.from_text(plan.to_text()) == plan == pickle.loads(pickle.dumps(plan))
    passed_over, errors = read_params({name: str(wrong)})
    assert (passed_over, [str(error) for error in errors]) == (Plan(), [sentence(name)])


@pytest.mark.parametrize("name", CASES)
def test_it_makes_the_options_of_the_command_line(name):
    command = cli.commands["train"]
    (option,) = [each for each in command.params if each.name == name]
    assert option.opts == ["--" + name.replace("_", "-")]
    assert option.help.startswith(FIELD[name].option)
    default = {"train_size": "all", "batch_size": "100, or all where there are fewer"}.get(name, getattr(Plan(), name))
    assert option.is_flag or option.help.endswith(f"  [default: {default}]")
    assert command.make_context("train", []).params[name] is None, "what is not given is left to the Plan"


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_differs(name):
    other, told, _, _ = CASES[name]
    assert describe(differences(replace(MLP, **{name: other}), MLP)) == told


def test_a_linear_model_has_no_hidden_units():
    assert [field.name for field in FIELDS if not field.matters("linear")] == ["hidden_units"]
    assert all(field.matters("mlp") for field in FIELDS)


def widgets(app, name):
    kinds = (app.number_input, app.selectbox, app.toggle, app.button_group, app.select_slider)
    return {each.key: each for kind in kinds for each in kind if each.key in (f"{name}_box", f"{name}_scale")}


def test_it_makes_the_sidebar():
    app = opened(model="mlp")
    for name in reversed(CASES):  # the model last: a linear one has no hidden units
        other, field = CASES[name][0], FIELD[name]
        found = widgets(app, name)
        assert found[f"{name}_box"].label in (field.label, f"{field.label}, exactly")
        assert [each.help for each in found.values() if each.help] == [field.help]
        assert (f"{name}_scale" in found) == (name in ("hidden_units", "train_size", "learning_rate", "steps"))
        before = app.session_state["draft"].plan
        sound(found[f"{name}_box"].set_value(other).run())
        plan = app.session_state["draft"].plan
        assert plan == Draft(before).changed(name, other).plan
        assert getattr(plan, name) == other
        assert not app.warning
    assert "hidden_units_box" not in widgets(app, "hidden_units"), "only with an MLP"


def put(app, typed: str) -> None:
    """Type a batch size that is not offered."""
    box = app.selectbox(key="batch_size_box")
    box.options.append(typed)  # the test's own copy: without it there is no typing
    sound(box.set_value(typed).run())


def test_a_choice_out_of_range_is_told_with_the_range_of_the_table():
    app = opened()
    for typed in ("0", "-5", "55001", "few"):
        put(app, typed)
        shown = typed if typed != "few" else "'few'"
        assert f"batch_size is {shown}; allowed: {CASES['batch_size'][3]}. The page goes on with 100." in words(app)
        assert app.selectbox(key="batch_size_box").value == "100"
    put(app, " 1,500 ")
    assert app.session_state["draft"].plan == Plan(batch_size=1_500)


@pytest.mark.parametrize("name", ["batch_size", "train_size", "seed", "learning_rate"])
@pytest.mark.parametrize("typed", ["9" * 4_300, "9" * 4_301, "5_0", "+5", " 5 ", "٣", "0x5", "nan", "inf", "1e999", ""])
def test_numbers_are_written_in_digits_and_within_bounds(name, typed):
    with pytest.raises(PlanError) as caught:
        Draft().changed(name, FIELD[name].parsed(typed))
    assert len(str(caught.value)) < 200
    assert len(read_params({name: typed})[1]) == 1
