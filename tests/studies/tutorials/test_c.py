"""Tutorial C's figures, to their digits."""

import pytest

from mnist_core import dataset, metrics, model, training
from mnist_core.plan import ALL, Plan
from mnist_core.studies.tutorials import TUTORIALS, c, measure
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings
from tests.test_readme import told_of

PUBLISHED_C = [
    2.12480136e-05, 1.16469264e-05, 8.96317810e-02, 1.92015115e-02, 8.20863759e-04,
    1.25168199e-05, 3.85381973e-05, 8.53746116e-01, 6.91888575e-03, 2.95970142e-02,
]  # fmt: skip


@pytest.fixture(scope="module")
def measured() -> tuple[dict[str, Findings], list[float]]:
    """C, and E beside it, as `reproduce` measures them, and the shares done that it told of on the way."""
    shares: list[float] = []
    return measure(["C", "E"], shares.append), shares


def test_every_figure_of_c_is_had_again(measured):
    found, shares = measured
    table = c.rows(found["C"])
    assert all(row.agrees for row in table), [row for row in table if not row.agrees]
    assert max(row.agreement for row in table[:12]) < 1e-3
    assert shares == [0.0, 0.5], "one run for C, one for E"


def test_tutorial_c_to_the_published_digits(measured):
    plan = Plan(train_size=5_500, learning_rate=0.1, batch_size=ALL, steps=2_501)
    assert plan == TUTORIALS["C"].trials[0].plan
    state, data = measured[0]["C"].published()[plan.steps], dataset.load()
    assert model.probabilities(state.parameters, data.training.images[0]) == pytest.approx(PUBLISHED_C, rel=1e-3)
    assert model.predict(state.parameters, data.training.images[2]) == 9
    assert data.training.labels[2] == 4
    assert metrics.evaluate(state.parameters, data.test[:100]).accuracy == 0.94
    _, log = training.advance(plan, training.start(plan), 1)
    assert log.evaluations[0].test.accuracy == 0.098


@pytest.mark.parametrize("letter", ["C", "E"])
def test_the_readme_tells_what_was_measured(measured, letter):
    row = TUTORIALS[letter].rows(measured[0][letter])[-1]
    assert told_of(row) == pytest.approx(100 * row.measured, abs=0.1)


def test_an_untrained_model_agrees_with_none_of_them():
    assert not any(row.agrees for row in c.rows(Findings({PUBLISHED: {2_501: training.start(c.PLAN)}})))
