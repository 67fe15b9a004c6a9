"""The ways of comparing: when they agree, when they do not, and when they give no verdict yet."""

import json

import numpy as np
import pytest

from mnist_core.studies import comparison
from mnist_core.studies.comparison import Row

ROW = Row("A", "accuracy", 0.5)
MANY = np.linspace(0.4, 0.6, 1_001)


@pytest.mark.parametrize(
    ("row", "agrees"),
    [
        (comparison.to_digits(ROW, 0.5004), True),
        (comparison.to_digits(ROW, 0.5006), False),
        (comparison.as_printed(ROW, 0.5004), True),
        (comparison.as_printed(ROW, 0.5006), False),
        (comparison.nearby(ROW, 0.509, 0.01), True),
        (comparison.nearby(ROW, 0.489, 0.01), False),
        (comparison.among_shuffles(ROW, 0.3, MANY, 1_001), True),
        (comparison.among_shuffles(ROW, 0.3, MANY, 1_002), None),
        (comparison.among_shuffles(ROW, 0.5, MANY + 0.2, 1_001), False),
        (comparison.among_shuffles(ROW, 0.5, None, 0), None),
        (comparison.among_seeds(ROW, 0.3, [0.4, 0.5], 2), True),
        (comparison.among_seeds(ROW, 0.3, [0.4, 0.6], 3), None),
        (comparison.among_seeds(ROW, 0.5, [0.51, 0.6], 2), False),
        (comparison.among_seeds(ROW, 0.5, [0.5], 1), None),
        (comparison.better_than(ROW, 0.5, [0.6, 0.4], [0.5, 0.4], 2), True),
        (comparison.better_than(ROW, 0.5, [0.5, 0.4], [0.5, 0.4], 2), False),
        (comparison.better_than(ROW, 0.5, [0.6], [0.5, 0.4], 2), None),
        (comparison.better_than(ROW, 0.5, [], [0.5], 1), None),
    ],
)
def test_a_verdict_is_given_where_there_is_enough_for_one(row, agrees):
    assert row.agrees is agrees
    assert row.measured is not None and row.kind and row.says != ROW.says
    assert (row.tutorial, row.what, row.published) == ("A", "accuracy", 0.5)
    json.dumps(row.to_json(), allow_nan=False)


@pytest.mark.parametrize(
    "row",
    [
        comparison.to_digits(ROW, None),
        comparison.as_printed(ROW, None),
        comparison.nearby(ROW, None, 0.01, MANY),
        comparison.among_shuffles(ROW, None, MANY, 1),
        comparison.among_seeds(ROW, None, [0.4, 0.6], 1),
        comparison.better_than(ROW, None, [0.6], [0.5], 1),
    ],
)
def test_without_a_measured_figure_a_row_stays_as_it_was(row):
    assert row == ROW


def test_a_table_is_written_with_the_digits_that_were_published():
    rows = [comparison.nearby(ROW, 0.4961, 0.01), Row("C", "probability", 2.5e-5, 2.51e-5, "probability", agrees=False)]
    assert comparison.markdown([*rows, Row("C", "digit", 9.0, form="digit")]).splitlines()[2:] == [
        "| accuracy | 50 % | 49.61 % | yes | -0.39 points |",
        "| probability | 2.50000000e-05 | 2.51000000e-05 | no | not measured yet |",
        "| digit | 9 | — |  | not measured yet |",
    ]
