"""Films against the run they show: whatever the cutting, the same bits."""

import numpy as np
import pytest

from mnist_core import film, metrics, model, run, training
from mnist_core.dataset import load_test
from mnist_core.plan import ALL, Plan, milestones

UNTRAINED = metrics.evaluate(model.zeros(), load_test())


def played(plan: Plan, **options) -> run.Run:
    current = run.begin(plan, UNTRAINED)
    while not current.finished:
        chunk = film.shoot(plan, current.state, until=plan.steps, step_seconds=current.step_seconds, **options)
        current = run.extend(current, chunk)
    return current


@pytest.mark.parametrize("options", [{}, {"pictures": None}, {"seconds": 0.01}, {"pictures": 1}])
@pytest.mark.parametrize("plan", [Plan(steps=150), Plan(train_size=700, batch_size=ALL, steps=60)])
def test_a_film_ends_with_the_weights_of_the_run(plan, options):
    whole, log = training.advance(plan, training.start(plan), plan.steps)
    shown = played(plan, **options)
    assert shown.state.layers[0].weights.tobytes() == whole.layers[0].weights.tobytes()
    assert shown.log.batch_losses.tobytes() == log.batch_losses.tobytes()
    assert [e.test.loss for e in shown.log.evaluations] == [e.test.loss for e in log.evaluations]
    assert [frame.state.step for frame in shown.kept] == film.kept_steps(plan)


def test_kept_frames_carry_their_own_score():
    shown = played(Plan(steps=20))
    for frame in shown.kept[::5]:
        expected = metrics.evaluate(frame.state.layers, load_test())
        assert frame.test.loss == pytest.approx(expected.loss)
        assert frame.test.confusion.tolist() == expected.confusion.tolist()
    assert shown.latest.state is shown.state


def test_a_chunk_stops_where_it_is_told_to():
    plan = Plan(steps=1_000)
    chunk = film.shoot(plan, training.start(plan), until=3, seconds=60)
    assert [frame.state.step for frame in chunk.frames] == [1, 2, 3]
    assert chunk.state.step == 3


def test_a_chunk_takes_no_more_pictures_than_asked_for():
    plan = Plan(steps=1_000)
    assert len(film.shoot(plan, training.start(plan), until=1_000, seconds=60, pictures=7).frames) == 7


@pytest.mark.parametrize("steps", [0, 1, 20, 1_000, 100_000])
def test_kept_steps(steps):
    kept = film.kept_steps(Plan(steps=steps))
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1]) == (0, steps)
    assert set(milestones(steps)) <= set(kept)
    assert len(kept) <= film.SHOWN + len(milestones(steps))


def test_best_and_the_way_back_to_it():
    plan = Plan(train_size=200, batch_size=20, learning_rate=5, steps=120)
    shown = played(plan)
    scores = {frame.state.step: run.accuracy(frame) for frame in shown.kept}
    assert run.accuracy(shown.best) == max(scores.values())
    back = run.back_to_best(shown)
    assert back.state is shown.best.state
    assert len(back.log.batch_losses) == back.state.step
    while not back.finished:
        back = run.extend(back, film.shoot(plan, back.state, until=plan.steps))
    assert back.state.layers[0].weights.tobytes() == shown.state.layers[0].weights.tobytes()


def test_the_best_of_all_scored_states_is_kept_though_few_are():
    plan = Plan(model="mlp", hidden_units=64, learning_rate=5, steps=400)
    shown = played(plan)
    scores = {step: score.accuracy for step, score in shown.scores}
    assert len(shown.kept) < len(scores) / 2
    best = max(scores, key=lambda step: scores[step])
    assert best not in film.kept_steps(plan), "else this shows nothing"
    assert (shown.best.state.step, run.accuracy(shown.best)) == (best, scores[best])
    assert run.overshoot(shown).highest_accuracy == scores[best]
    assert run.back_to_best(shown).state.step == best


@pytest.mark.parametrize("rate", [20, 100])
def test_overshoot_is_told_in_the_runs_own_numbers(rate):
    shown = played(Plan(learning_rate=rate, steps=200))
    found = run.overshoot(shown)
    losses = shown.log.batch_losses[20:]
    assert found.above == sum(losses > np.log(10)) > 100
    assert (found.means, found.images) == (180, 100)
    assert found.highest_loss == losses.max() > 10
    assert found.lowest_accuracy < found.highest_accuracy == run.accuracy(found.best)


@pytest.mark.parametrize("plan", [Plan(steps=400), Plan(steps=400, batch_size=10), Plan(steps=50, batch_size=ALL),
                                  Plan(train_size=10, batch_size=ALL, steps=200), Plan(train_size=300, steps=300)])  # fmt: skip
def test_rate_one_half_never_overshoots(plan):
    assert run.overshoot(played(plan)) is None


def test_a_run_that_stopped_being_finite_is_an_overshoot():
    begun = run.begin(Plan(), UNTRAINED)
    log = training.Log(training.NO_LOSSES, diverged_at=1)
    stopped = run.extend(begun, film.Chunk(begun.state, log, (begun.latest,), 0.01))
    assert stopped.finished
    assert run.overshoot(stopped).means == 0


def test_small_batches_are_judged_by_means_over_a_hundred_images():
    shown = played(Plan(learning_rate=2, batch_size=10, steps=300))
    found = run.overshoot(shown)
    losses = shown.log.batch_losses[20:].astype(float)
    means = [losses[at : at + 10].mean() for at in range(len(losses) - 9)]
    assert (found.means, found.images) == (len(means), 100)
    assert found.above == sum(mean > np.log(10) for mean in means)
