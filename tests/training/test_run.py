"""A run as it grows: what it keeps, its best, and the way back to it."""

import pytest

from mnist_core import metrics
from mnist_core.dataset import load_test
from mnist_core.plan import Plan, milestones
from mnist_core.training import overshoot, run
from mnist_core.training.chunk import SHOWN, train_chunk
from tests.training.runs import played


def test_snapshots_carry_their_own_score():
    shown = played(Plan(steps=20))
    for snapshot in shown.snapshots[::5]:
        expected = metrics.evaluate(snapshot.parameters, load_test())
        assert snapshot.score.loss == pytest.approx(expected.loss)
        assert snapshot.score.confusion.tolist() == expected.confusion.tolist()
    assert shown.state.step == 20


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
    assert back.state.parameters[0].weights.tobytes() == shown.state.parameters[0].weights.tobytes()


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
