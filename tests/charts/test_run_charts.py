"""Charts as numbers: raw points, honest extremes, and figures that hold what the run holds."""

from dataclasses import replace

import pytest

from mnist_core import metrics, model
from mnist_core.charts import run_charts
from mnist_core.dataset import load_test
from mnist_core.plan import Plan
from mnist_core.training import run
from mnist_core.training.chunk import train_chunk

UNTRAINED = metrics.evaluate(model.zeros(), load_test())


@pytest.fixture(scope="module")
def trained():
    plan = Plan(train_size=500, steps=25)
    begun = run.begin(plan, UNTRAINED)
    return run.extend(begun, train_chunk(begun.position, 25, seconds=60, most_states=None))


def test_charts_hold_the_runs_own_numbers(trained):
    loss, accuracy = run_charts.charts(trained, [], log=False)
    by_role = {each.role: each for each in loss.series}
    assert by_role["batch"].y == trained.log.batch_losses.tolist()
    assert by_role["training"].x == [0, 1, 2, 5, 10, 20, 25]
    assert accuracy.series[0].y[-1] == 100 * trained.state.score.accuracy
    assert accuracy.series[0].y[0] == pytest.approx(9.8)


def test_earlier_runs_are_named_by_what_differs(trained):
    plan = trained.plan
    past = [
        run_charts.Earlier(
            1,
            Plan(train_size=5_500, learning_rate=0.05, batch_size="all", steps=25),
            (0,),
            (UNTRAINED,),
            trained.state,
        ),
        run_charts.Earlier(2, plan, (0,), (UNTRAINED,), trained.state),
    ]
    assert run_charts.legend_of_earlier(past, plan) == (
        "dashed: run 1: training size 5,500, learning rate 0.05, batch size all · dotted: run 2: same settings"
    )


def test_a_loss_of_another_kind_is_not_drawn_on_the_same_axis(trained):
    plan = trained.plan
    double = run_charts.Earlier(1, replace(plan, double_softmax=True), (0,), (UNTRAINED,), trained.state)
    single = run_charts.Earlier(2, replace(plan, seed=1), (0,), (UNTRAINED,), trained.state)
    loss, accuracy = run_charts.charts(trained, [double, single], log=True)
    assert [each.name for each in loss.series if each.role == "earlier"] == ["run 2: seed 1"]
    assert len([each for each in accuracy.series if each.role == "earlier"]) == 2
    assert "dashed: run 1: double softmax on (accuracy only" in run_charts.legend_of_earlier([double, single], plan)
    other = replace(trained, plan=double.plan)
    assert run_charts.charts(other, [], log=True)[0].title == "Loss of a double softmax" != loss.title == "Loss"


def test_the_legend_names_each_kind_of_line_once(trained):
    assert [each["name"] for each in run_charts.legend(run_charts.charts(trained, [], log=True))] == [
        "test set", "training set", "each batch",
    ]  # fmt: skip
