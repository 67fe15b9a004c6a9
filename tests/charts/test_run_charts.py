"""Charts as numbers: raw points, honest extremes, and figures that hold what the run holds."""

import math
from dataclasses import replace

import numpy as np
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


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("count", [0, 1, 480, 5_000, 100_000])
def test_thinned_losses_are_raw_points_with_the_extremes_among_them(count, log):
    losses = np.random.default_rng(0).gamma(2, size=count).astype(np.float32)
    steps, values = run_charts.thinned(losses, log=log, last=100_000)
    assert len(steps) <= 2 * run_charts.BINS
    assert steps == sorted(set(steps))
    assert values == losses[steps].tolist()
    if count:
        assert {float(losses.max()), float(losses.min())} <= set(values)


def test_losses_that_are_not_finite_are_left_out():
    steps, values = run_charts.thinned(np.array([1, np.inf, 2, np.nan], np.float32), log=True, last=4)
    assert (steps, values) == ([0, 2], [1.0, 2.0])


@pytest.mark.parametrize("highest", [0.1, 2.3, 2.6, 9.9, 41, 647, 12_345])
def test_the_loss_axis_ends_above_every_loss(highest):
    top = run_charts.loss_top([highest, math.inf])
    assert highest <= top <= max(3 * highest, 3)
    assert run_charts.ticks(top)[-1][0] == top


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


@pytest.mark.parametrize(
    ("top", "labels"),
    [
        (2.5, "0 0.5 1 1.5 2 2.5"),
        (3, "0 1 2 3"),
        (1_000, "0 250 500 750 1,000"),
        (5_000, "0 1,000 2,000 3,000 4,000 5,000"),
    ],
)
def test_ticks_are_round_numbers_as_people_write_them(top, labels):
    assert " ".join(label for _, label in run_charts.ticks(top)) == labels


def test_the_legend_names_each_kind_of_line_once(trained):
    assert [each["name"] for each in run_charts.legend(run_charts.charts(trained, [], log=True))] == [
        "test set", "training set", "each batch",
    ]  # fmt: skip
