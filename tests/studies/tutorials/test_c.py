"""Tutorial C's figures, to their digits."""

from mnist_core import training
from mnist_core.studies.tutorials import c
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings


def test_every_figure_of_c_is_had_again(measured):
    found, shares = measured
    table = c.rows(found["C"])
    assert all(row.agrees for row in table), [row for row in table if not row.agrees]
    assert max(row.agreement for row in table[:12]) < 1e-3
    assert shares == [0.0, 0.5], "one run for C, one for E"


def test_an_untrained_model_agrees_with_none_of_them():
    assert not any(row.agrees for row in c.rows(Findings({PUBLISHED: {2_501: training.start(c.PLAN)}})))
