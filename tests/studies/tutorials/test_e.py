"""Tutorial E's figures, epoch by epoch."""

from mnist_core.studies.tutorials import e
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings


def test_accuracy_rises_to_that_of_an_independent_loop(measured):
    table = e.rows(measured[0]["E"])
    assert all(row.agrees for row in table), [row for row in table if not row.agrees]


def test_a_run_that_stops_learning_does_not_agree(measured):
    states = dict(measured[0]["E"].published())
    states[9 * e.EPOCH] = states[e.EPOCH]
    assert [row.agrees for row in e.rows(Findings({PUBLISHED: states}))] == [True] * 4 + [False]
