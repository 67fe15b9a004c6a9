"""Numbers in words, by example."""

import math

import numpy as np
import pytest

from mnist_core import formatting


def test_percent_rounds_and_at_least_does_not():
    assert formatting.percent(0.99887) == "99.9 %"
    assert formatting.at_least(0.99887) == "99.8 %"
    assert formatting.at_least(1.0) == formatting.percent(1.0) == "100.0 %"


@pytest.mark.parametrize("decimals", [0, 1])
def test_a_probability_is_written_as_certain_or_impossible_only_where_it_is(decimals):
    least = 10 ** -(2 + decimals)
    for share in (*np.geomspace(1e-30, 1, 3_001)[:-1], *(1 - np.geomspace(1e-16, 0.5, 3_001)), 0.0, 1.0):
        text = formatting.probability(float(share), decimals)
        value = float(text.strip("<>% ")) / 100
        if text.startswith(">"):
            assert value < share < 1
        elif text.startswith("<"):
            assert 0 < share < value
        else:
            assert value == pytest.approx(share, abs=0.5001 * least)
            assert (value == 1) == (share == 1) and (value == 0) == (share == 0)


@pytest.mark.parametrize(
    ("share", "text", "whole"),
    [(0.853746, "85.4 %", "85 %"), (0.9996, "> 99.9 %", "> 99 %"), (0.99, "99.0 %", "99 %"), (1.0, "100.0 %", "100 %"),
     (1e-12, "< 0.1 %", "< 1 %"), (0.004, "0.4 %", "< 1 %"), (0.0, "0.0 %", "0 %")],
)  # fmt: skip
def test_probabilities(share, text, whole):
    assert (formatting.probability(share), formatting.probability(share, 0)) == (text, whole)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (2.4, "2.4"), (-1.6021234, "-1.602"), (6.347e-5, "0.00006347"), (1e-6, "0.000001"),
     (2.767e-42, "2.767 · 10⁻⁴²"), (1e-9, "10⁻⁹"), (-1e-9, "-10⁻⁹"), (99_999, "100,000"), (1_258_291.2, "1,258,000"),
     (1.58e12, "1.58 · 10¹²"), (9_999_999, "10⁷"), (0.00099999, "0.001"), (math.inf, "infinity"), (-math.inf, "-infinity")],
)  # fmt: skip
def test_numbers_are_written_as_people_write_them(value, text):
    assert formatting.number(value) == text


def test_a_number_is_right_to_its_digits_and_has_no_e():
    for value in (*np.geomspace(1e-30, 1e30, 1_201), *-np.geomspace(1e-30, 1e30, 1_201)):
        for digits in (1, 3, 6):
            text = formatting.number(float(value), digits)
            assert "e" not in text
            assert read(text) == pytest.approx(value, rel=0.501 * 10 ** (1 - digits))
    assert [formatting.number(value, plus=True) for value in (0.5, -0.5, 0)] == ["+0.5", "-0.5", "0"]


def read(text: str) -> float:
    """The number behind -6.3 · 10⁻⁹, 10⁹ or 1,235."""
    plain = text.replace(",", "").replace(" · ", "*")
    for sign, digit in zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True):
        plain = plain.replace(f"10{sign}", f"1e{digit}").replace(sign, digit)
    first, _, power = plain.rpartition("*")
    return float(power.replace("-1e", "1e")) * float(first or ("-1" if power.startswith("-1e") else "1"))


def test_a_sign_where_there_is_something_to_sign():
    assert [formatting.signed(value, 2) for value in (1.2, -0.347, 0.004, -0.004, 0, -0.0, -0.006)] == [
        "+1.20", "-0.35", "0.00", "0.00", "0.00", "0.00", "-0.01",
    ]  # fmt: skip


def test_no_more_than_is_never_rounded_down():
    values = (0.00013, 1e-6, 0.95, 1.1e-16)
    assert [formatting.ceiling(value) for value in values] == ["0.0002", "0.000001", "1", "2 · 10⁻¹⁶"]


def test_how_many_times_as_probable():
    assert [formatting.as_probable(lead) for lead in (0.0, 0.01, 2.0, 13.0, 30.0, 900.0)] == [
        "about as probable", "about 1.01 times as probable", "about 7.39 times as probable",
        "about 442,000 times as probable", "about 10¹³ times as probable", "about 10³⁹¹ times as probable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [(5_500, "5,500"), (0.05, "0.05"), (1e-4, "0.0001"), (1e-6, "0.000001"), (0.123456, "0.123456"), (100.0, "100"), ("all", "all"), ("mlp", "MLP"), (True, "on")],
)  # fmt: skip
def test_short(value, text):
    assert formatting.short(value) == text


def test_articles_and_plurals():
    assert [formatting.a_digit(digit) for digit in (1, 7, 8)] == ["a 1", "a 7", "an 8"]
    assert [formatting.counted(count, "step") for count in (0, 1, 1_000)] == ["0 steps", "1 step", "1,000 steps"]
    assert [formatting.of_digit(*each) for each in ((73, 4), (1, 6), (0, 6), (1_010, 9))] == [
        "73 fours", "1 six", "0 sixes", "1,010 nines",
    ]  # fmt: skip
    assert [formatting.some_of(*each, "unit") for each in ((16, 64), (16, 16), (1, 1))] == [
        "16 of the 64 units", "all 16 units", "the one unit",
    ]  # fmt: skip


def test_ordinals():
    assert [formatting.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 81, 85, 100, 111, 122)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "81st", "85th", "100th", "111th", "122nd",
    ]  # fmt: skip
