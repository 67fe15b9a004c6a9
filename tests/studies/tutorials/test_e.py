"""Tutorial E's figures, epoch by epoch."""

import pytest

from mnist_core.studies.tutorials import e, measure
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings


@pytest.fixture(scope="module")
def found() -> Findings:
    return measure(["E"], lambda share: None)["E"]


def test_accuracy_rises_to_that_of_an_independent_loop(found):
    table = e.rows(found)
    assert all(row.agrees for row in table), [row for row in table if not row.agrees]


def test_a_run_that_stops_learning_does_not_agree(found):
    states = dict(found.published())
    states[9 * e.EPOCH] = states[e.EPOCH]
    assert [row.agrees for row in e.rows(Findings({PUBLISHED: states}))] == [True] * 4 + [False]
