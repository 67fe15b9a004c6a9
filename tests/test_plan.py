"""Plan: ranges, and text and links that bring back an equal Plan."""

import math

import pytest

from mnist_core.errors import PlanError
from mnist_core.plan import ALL, Draft, Plan, differences, milestones, read_params

UNUSUAL = Plan(
    model="mlp", hidden_units=512, split="full", train_size=59_999, learning_rate=1 / 3, batch_size="all",
    sample="random", batch_order="file", steps=0, seed=2**32 - 1, double_softmax=True,
)  # fmt: skip


@pytest.mark.parametrize("plan", [Plan(), UNUSUAL, Plan(learning_rate=1e-6), Plan(train_size=1, batch_size=1)])
def test_round_trips(plan):
    assert Plan.from_text(plan.to_text()) == plan
    assert read_params(plan.to_params()) == (plan, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model", "cnn"), ("split", "half"),
        ("train_size", 0), ("train_size", 55_001), ("train_size", 2.5), ("train_size", "7"), ("train_size", True),
        ("learning_rate", 0), ("learning_rate", 101), ("learning_rate", math.nan), ("learning_rate", "0.1"),
        ("learning_rate", None), ("batch_size", 0), ("batch_size", 55_001), ("batch_size", "some"),
        ("steps", -1), ("steps", 100_001), ("seed", -1), ("seed", 2**32),
        ("hidden_units", 0), ("hidden_units", 513), ("batch_order", "random"), ("sample", "last"), ("double_softmax", "yes"), ("double_softmax", 1),
    ],
)  # fmt: skip
def test_out_of_range_names_field_value_and_range(field, value):
    with pytest.raises(PlanError) as caught:
        Plan(**{field: value})
    assert (caught.value.field, caught.value.value) == (field, value)
    assert str(caught.value).startswith(f"{field} is {value!r}; allowed: ")


def test_batch_is_bounded_by_training_size():
    with pytest.raises(PlanError, match="batch_size is 100; allowed: whole numbers from 1 to 10"):
        Plan(train_size=10)


def test_full_split_has_more_images():
    assert Plan(split="full", train_size=60_000).train_size == 60_000


def test_nonsense_in_a_link_is_passed_over_one_error_each():
    plan, errors = read_params({"train_size": "-3", "learning_rate": "abc", "steps": "50", "utm_source": "x"})
    assert plan == Plan(steps=50)
    assert [error.field for error in errors] == ["train_size", "learning_rate"]


def test_a_link_with_few_images_uses_them_all():
    assert read_params({"train_size": "10"}) == (Plan(train_size=10, batch_size="all"), [])


def test_a_smaller_split_takes_the_training_size_with_it():
    plan = Plan(split="full", train_size=60_000)
    assert Draft(plan).changed("split", "tutorial").plan.train_size == 55_000


def test_all_images_stay_all_and_a_chosen_number_stays_that_number():
    there = Draft().changed("split", "full")
    assert there.plan == Plan(split="full", train_size=60_000)
    assert there.changed("split", "tutorial").plan == Plan()
    assert Draft(Plan(train_size=54_999)).changed("split", "full").plan.train_size == 54_999
    assert Draft(Plan(split="full", train_size=57_000)).changed("split", "tutorial").plan.train_size == 55_000


@pytest.mark.parametrize("text", ["split=full", "split=full&seed=0", "steps=1000&split=full"])
def test_a_text_with_the_full_split_means_60_000_images_unless_it_gives_a_size(text):
    assert Plan.from_text(text) == Plan(split="full", train_size=60_000)
    assert Plan.from_text(f"train_size=7000&{text}") == Plan(split="full", train_size=7_000)
    assert read_params({"train_size": "0", "split": "full"})[0].train_size == 60_000


@pytest.mark.parametrize("wanted", [1, 7, 100, 5_000, ALL])
def test_the_batch_is_what_was_asked_for_wherever_there_are_as_many_images(wanted):
    draft = Draft().changed("batch_size", wanted)
    for size in (10, 6, 99, 7, 100, 1, 4_999, 5_000, 55_000, 101):
        draft = draft.changed("train_size", size)
        fits = wanted == ALL or wanted <= size
        assert draft.plan.batch_size == (wanted if fits else ALL)
        assert draft.waiting_batch == (None if fits else wanted)
        assert draft.changed("steps", 5).waiting_batch == draft.waiting_batch, "other choices leave it waiting"


def test_all_as_a_choice_stays_though_a_number_was_waiting():
    few, _ = Draft.from_params({"train_size": "10"})
    assert few == Draft(Plan(train_size=10, batch_size=ALL), waiting_batch=100)
    assert few.changed("train_size", 55_000) == Draft()
    assert few.changed("batch_size", ALL).changed("train_size", 55_000) == Draft(Plan(batch_size=ALL))
    assert few.changed("batch_size", 4).changed("train_size", 55_000) == Draft(Plan(batch_size=4))
    named, errors = Draft.from_params({"train_size": "10", "batch_size": "all"})
    assert (named.changed("train_size", 55_000), errors) == (Draft(Plan(batch_size=ALL)), [])


def test_a_batch_that_is_asked_for_and_too_large_is_still_an_error():
    with pytest.raises(PlanError, match="batch_size is 11; allowed: whole numbers from 1 to 10"):
        Draft(Plan(train_size=10, batch_size=2)).changed("batch_size", 11)
    plan, errors = read_params({"train_size": "10", "batch_size": "100"})
    assert (plan, [error.field for error in errors]) == (Plan(train_size=10, batch_size=ALL), ["batch_size"])


@pytest.mark.parametrize("draft", [
    Draft(), Draft(UNUSUAL), Draft().changed("train_size", 10), Draft(Plan(train_size=10, batch_size=ALL)),
])  # fmt: skip
def test_a_draft_comes_back_from_its_link(draft):
    assert Draft.from_params(draft.to_params()) == (draft, [])
    assert read_params(draft.to_params()) == (draft.plan, [])


def test_unknown_field_in_text():
    with pytest.raises(PlanError, match="rate is '1'; allowed: no field of this name"):
        Plan.from_text("rate=1")


def test_differences():
    assert differences(Plan(), Plan(seed=3, learning_rate=0.1)) == {"learning_rate": (0.5, 0.1), "seed": (0, 3)}
    assert differences(Plan(), Plan(hidden_units=3)) == {}, "the linear model has none"
    assert differences(Plan(), Plan(model="mlp")) == {"model": ("linear", "mlp")}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(0, [0]), (1, [0, 1]), (7, [0, 1, 2, 5, 7]), (100, [0, 1, 2, 5, 10, 20, 50, 100]), (1_001, None)],
)
def test_milestones(steps, expected):
    found = milestones(steps)
    assert found == (expected or [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 1_001])
