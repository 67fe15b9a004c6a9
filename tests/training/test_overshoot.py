"""The rule for a learning rate that is too large: never for small ones, always for large ones, in the run's own numbers."""

import numpy as np
import pytest

from mnist_core import training
from mnist_core.plan import ALL, Plan
from mnist_core.training import overshoot, run
from mnist_core.training.chunk import Chunk
from tests.training.runs import UNTRAINED, played


@pytest.mark.parametrize("rate", [20, 100])
def test_overshoot_is_told_in_the_runs_own_numbers(rate):
    shown = played(Plan(learning_rate=rate, steps=200))
    found = overshoot.overshoot(shown)
    losses = shown.log.batch_losses[20:]
    assert found.exceedances.above == sum(losses > np.log(10)) > 100
    assert (found.exceedances.means, found.exceedances.images) == (180, 100)
    assert found.highest == losses.max() > 10
    assert found.lowest_accuracy < found.highest_accuracy == found.best.score.accuracy


STEPS = (30, 60, 100, 300)  # a shorter run is the beginning of a longer one


@pytest.mark.parametrize("double_softmax", [False, True])
@pytest.mark.parametrize("batch_size", [1, 10, 100])
@pytest.mark.parametrize("rate", [1e-6, 1e-3, 0.01, 0.05, 0.1])
def test_small_rates_never_overshoot(rate, batch_size, double_softmax):
    for size, seed in ((55_000, 5), (55_000, 1), (100, 0), (10, 3)):
        plan = Plan(learning_rate=rate, train_size=size, sample="random", batch_size=min(size, batch_size),
                    steps=STEPS[-1], seed=seed, double_softmax=double_softmax)  # fmt: skip
        _, log = training.descend(plan, training.start(plan), plan.steps)
        for steps in STEPS:
            assert not overshoot.exceedances(log.batch_cross_entropy[:steps], plan.images_per_step).too_large


@pytest.mark.parametrize(
    ("rate", "batch_size", "double_softmax"),
    [
        (5, 1, False),
        (10, 1, False),
        (20, 1, True),
        (20, 10, True),
        (20, 100, False),
        (20, 100, True),
        (100, 100, False),
    ],
)
def test_large_rates_always_overshoot(rate, batch_size, double_softmax):
    for seed in range(3):
        plan = Plan(learning_rate=rate, batch_size=batch_size, steps=300, seed=seed, double_softmax=double_softmax)
        _, log = training.descend(plan, training.start(plan), plan.steps)
        for steps in STEPS:
            assert overshoot.exceedances(log.batch_cross_entropy[:steps], batch_size).too_large


def test_of_fewer_than_ten_steps_after_the_first_ones_nothing_is_said():
    wild = np.full(40, 50, np.float32)
    assert not overshoot.exceedances(wild[:29], 100).too_large
    assert overshoot.exceedances(wild[:30], 100).too_large


def test_a_short_run_is_judged_by_means_over_half_of_it():
    losses = np.arange(60, dtype=np.float32)
    found = overshoot.exceedances(losses, 1)
    assert (found.means, found.images, found.highest) == (21, 20, losses[40:].mean())


@pytest.mark.parametrize("plan", [Plan(steps=400), Plan(steps=400, batch_size=10), Plan(steps=35, batch_size=ALL),
                                  Plan(train_size=10, batch_size=ALL, steps=200), Plan(train_size=300, steps=300)])  # fmt: skip
def test_rate_one_half_never_overshoots(plan):
    assert overshoot.overshoot(played(plan)) is None


def test_a_run_that_stopped_being_finite_is_an_overshoot():
    begun = run.begin(Plan(), UNTRAINED)
    log = training.Log(training.NO_LOSSES, diverged_at=1)
    stopped = run.extend(begun, Chunk(begun.state, log, (begun.state,), 0.01))
    assert stopped.finished
    assert overshoot.overshoot(stopped).exceedances.means == 0


def test_small_batches_are_judged_by_means_over_a_hundred_images():
    shown = played(Plan(learning_rate=2, batch_size=10, steps=300))
    found = overshoot.overshoot(shown).exceedances
    losses = shown.log.batch_losses[20:].astype(float)
    means = [losses[at : at + 10].mean() for at in range(len(losses) - 9)]
    assert (found.means, found.images) == (len(means), 100)
    assert found.above == sum(mean > np.log(10) for mean in means)
