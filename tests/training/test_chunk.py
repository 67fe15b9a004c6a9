"""A run in chunks against the same run in one go: whatever the cutting, the same bits."""

import pytest

from mnist_core import training
from mnist_core.plan import ALL, Plan
from mnist_core.training import run
from mnist_core.training.chunk import Position, train_chunk
from tests.training.runs import played


@pytest.mark.parametrize("options", [{}, {"most_states": None}, {"seconds": 0.01}, {"most_states": 1}])
@pytest.mark.parametrize("plan", [Plan(steps=150), Plan(train_size=700, batch_size=ALL, steps=60)])
def test_chunks_end_with_the_weights_of_the_run(plan, options):
    whole, log = training.advance(plan, training.start(plan), plan.steps)
    shown = played(plan, **options)
    assert shown.state.parameters[0].weights.tobytes() == whole.parameters[0].weights.tobytes()
    assert shown.log.batch_losses.tobytes() == log.batch_losses.tobytes()
    assert [e.test.loss for e in shown.log.evaluations] == [e.test.loss for e in log.evaluations]
    assert [snapshot.step for snapshot in shown.snapshots] == run.kept_steps(plan)


def test_a_chunk_stops_where_it_is_told_to():
    plan = Plan(steps=1_000)
    chunk = train_chunk(Position(plan, training.start(plan)), 3, seconds=60)
    assert [state.step for state in chunk.states] == [1, 2, 3]
    assert chunk.last.step == 3


def test_a_chunk_shows_no_more_states_than_asked_for():
    plan = Plan(steps=1_000)
    begun = Position(plan, training.start(plan))
    assert len(train_chunk(begun, 1_000, seconds=60, most_states=7).states) == 7
