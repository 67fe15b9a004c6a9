"""Numbers in words, by example."""

import pytest

from mnist_core import words


def test_percent_rounds_and_at_least_does_not():
    assert words.percent(0.99887) == "99.9 %"
    assert words.at_least(0.99887) == "99.8 %"
    assert words.at_least(1.0) == words.percent(1.0) == "100.0 %"


@pytest.mark.parametrize(
    ("value", "text"),
    [(5_500, "5,500"), (0.05, "0.05"), (1e-4, "0.0001"), ("all", "all"), ("mlp", "MLP"), (True, "on")],
)
def test_short(value, text):
    assert words.short(value) == text


def test_articles_and_plurals():
    assert [words.a_digit(digit) for digit in (1, 7, 8)] == ["a 1", "a 7", "an 8"]
    assert [words.counted(count, "step") for count in (0, 1, 1_000)] == ["0 steps", "1 step", "1,000 steps"]
    assert [words.some_of(*each, "unit") for each in ((16, 64), (16, 16), (1, 1))] == [
        "16 of the 64 units", "all 16 units", "the one unit",
    ]  # fmt: skip


def test_ordinals():
    assert [words.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 81, 85, 100, 111, 122)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "81st", "85th", "100th", "111th", "122nd",
    ]  # fmt: skip
