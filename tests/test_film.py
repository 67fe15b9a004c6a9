"""A run in chunks against the same run in one go: whatever the cutting, the same bits."""

import numpy as np
import pytest

from mnist_core import metrics, model, overshoot, run, training
from mnist_core.dataset import load_test
from mnist_core.film import SHOWN, Chunk, Position, train_chunk
from mnist_core.plan import ALL, Plan, milestones

UNTRAINED = metrics.evaluate(model.zeros(), load_test())


def played(plan: Plan, **options) -> run.Run:
    current = run.begin(plan, UNTRAINED)
    while not current.finished:
        current = run.extend(current, train_chunk(current.position, plan.steps, **options))
    return current


@pytest.mark.parametrize("options", [{}, {"most_states": None}, {"seconds": 0.01}, {"most_states": 1}])
@pytest.mark.parametrize("plan", [Plan(steps=150), Plan(train_size=700, batch_size=ALL, steps=60)])
def test_chunks_end_with_the_weights_of_the_run(plan, options):
    whole, log = training.advance(plan, training.start(plan), plan.steps)
    shown = played(plan, **options)
    assert shown.state.layers[0].weights.tobytes() == whole.layers[0].weights.tobytes()
    assert shown.log.batch_losses.tobytes() == log.batch_losses.tobytes()
    assert [e.test.loss for e in shown.log.evaluations] == [e.test.loss for e in log.evaluations]
    assert [snapshot.step for snapshot in shown.snapshots] == run.kept_steps(plan)


def test_snapshots_carry_their_own_score():
    shown = played(Plan(steps=20))
    for snapshot in shown.snapshots[::5]:
        expected = metrics.evaluate(snapshot.layers, load_test())
        assert snapshot.score.loss == pytest.approx(expected.loss)
        assert snapshot.score.confusion.tolist() == expected.confusion.tolist()
    assert shown.state.step == 20


def test_a_chunk_stops_where_it_is_told_to():
    plan = Plan(steps=1_000)
    chunk = train_chunk(Position(plan, training.start(plan)), 3, seconds=60)
    assert [state.step for state in chunk.states] == [1, 2, 3]
    assert chunk.last.step == 3


def test_a_chunk_shows_no_more_states_than_asked_for():
    plan = Plan(steps=1_000)
    begun = Position(plan, training.start(plan))
    assert len(train_chunk(begun, 1_000, seconds=60, most_states=7).states) == 7


@pytest.mark.parametrize("steps", [0, 1, 20, 1_000, 100_000])
def test_kept_steps(steps):
    kept = run.kept_steps(Plan(steps=steps))
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1]) == (0, steps)
    assert set(milestones(steps)) <= set(kept)
    assert len(kept) <= SHOWN + len(milestones(steps))


def test_best_and_the_way_back_to_it():
    plan = Plan(train_size=200, batch_size=20, learning_rate=5, steps=120)
    shown = played(plan)
    scores = {snapshot.step: snapshot.score.accuracy for snapshot in shown.snapshots}
    assert shown.best.score.accuracy == max(scores.values())
    back = run.back_to_best(shown)
    assert back.state is shown.best
    assert len(back.log.batch_losses) == back.state.step
    while not back.finished:
        back = run.extend(back, train_chunk(back.position, plan.steps))
    assert back.state.layers[0].weights.tobytes() == shown.state.layers[0].weights.tobytes()


def test_the_best_of_all_scored_states_is_kept_though_few_are():
    plan = Plan(model="mlp", hidden_units=64, learning_rate=5, steps=400)
    shown = played(plan)
    scores = {step: score.accuracy for step, score in shown.scores}
    assert len(shown.snapshots) < len(scores) / 2
    best = max(scores, key=lambda step: scores[step])
    assert best not in run.kept_steps(plan), "else this shows nothing"
    assert (shown.best.step, shown.best.score.accuracy) == (best, scores[best])
    assert overshoot.overshoot(shown).highest_accuracy == scores[best]
    assert run.back_to_best(shown).state.step == best


@pytest.mark.parametrize("rate", [20, 100])
def test_overshoot_is_told_in_the_runs_own_numbers(rate):
    shown = played(Plan(learning_rate=rate, steps=200))
    found = overshoot.overshoot(shown)
    losses = shown.log.batch_losses[20:]
    assert found.exceedances.above == sum(losses > np.log(10)) > 100
    assert (found.exceedances.means, found.exceedances.images) == (180, 100)
    assert found.highest == losses.max() > 10
    assert found.lowest_accuracy < found.highest_accuracy == found.best.score.accuracy


@pytest.mark.parametrize("double_softmax", [False, True])
@pytest.mark.parametrize("steps", [30, 60, 100, 300])
@pytest.mark.parametrize("batch_size", [1, 10, 100])
@pytest.mark.parametrize("rate", [1e-6, 1e-3, 0.01, 0.05, 0.1])
def test_small_rates_never_overshoot(rate, batch_size, steps, double_softmax):
    for size, seed in ((55_000, 5), (55_000, 1), (100, 0), (10, 3)):
        plan = Plan(learning_rate=rate, train_size=size, sample="random", batch_size=min(size, batch_size),
                    steps=steps, seed=seed, double_softmax=double_softmax)  # fmt: skip
        _, log = training.descend(plan, training.start(plan), steps)
        assert not overshoot.exceedances(log.batch_cross_entropy, plan.images_per_step).too_large


@pytest.mark.parametrize("steps", [30, 60, 100, 300])
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
def test_large_rates_always_overshoot(rate, batch_size, steps, double_softmax):
    for seed in range(3):
        plan = Plan(learning_rate=rate, batch_size=batch_size, steps=steps, seed=seed, double_softmax=double_softmax)
        _, log = training.descend(plan, training.start(plan), steps)
        assert overshoot.exceedances(log.batch_cross_entropy, batch_size).too_large


def test_of_fewer_than_ten_steps_after_the_first_ones_nothing_is_said():
    wild = np.full(40, 50, np.float32)
    assert not overshoot.exceedances(wild[:29], 100).too_large
    assert overshoot.exceedances(wild[:30], 100).too_large


def test_a_short_run_is_judged_by_means_over_half_of_it():
    losses = np.arange(60, dtype=np.float32)
    found = overshoot.exceedances(losses, 1)
    assert (found.means, found.images, found.highest) == (21, 20, losses[40:].mean())


@pytest.mark.parametrize("plan", [Plan(steps=400), Plan(steps=400, batch_size=10), Plan(steps=50, batch_size=ALL),
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
