"""A run as its buttons drive it, without a page and without a worker: its phases, and what a failure leaves."""

from dataclasses import dataclass
from typing import Any

import pytest

from mnist_core import metrics, training
from mnist_core.dataset import load_test
from mnist_core.plan import Plan
from mnist_core.training.chunk import Chunk, train_chunk
from mnist_core.training.run import Run, begin
from ui import run_control
from ui.run_control import Phase, RunControl


@dataclass
class Ready:
    """A request whose work is done when it is polled."""

    work: Any
    abandoned: bool = False

    def poll(self, timeout: float) -> Any:
        return self.work()

    def abandon(self) -> None:
        self.abandoned = True


class Here:
    """An engine that trains three steps a chunk in this process; or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def ask_for_chunk(self, run: Run, until: int, *, paced: bool) -> Ready:
        def work() -> Chunk:
            if self.error:
                raise self.error
            return train_chunk(run.position, min(until, run.state.step + 3), seconds=60)

        return Ready(work)


def fresh(**choices: Any) -> RunControl:
    plan = Plan(train_size=200, batch_size=10, **choices)
    return RunControl(begin(plan, metrics.evaluate(training.start(plan).parameters, load_test())))


def asked(control: RunControl, until: int) -> RunControl:
    return run_control.asked(control, Here(), until, paced=False)


def advanced(control: RunControl) -> RunControl:
    return run_control.advanced(control, Here(), timeout=0.0, paced=False)


def test_the_phases_of_a_run_from_its_start_to_its_end():
    control = fresh(steps=7)
    assert control.phase is Phase.FRESH and control.untrained
    control = asked(control, 7)
    assert control.phase is Phase.RUNNING and not control.untrained
    control = advanced(control)
    assert (control.phase, control.run.state.step) == (Phase.RUNNING, 3)
    request = control.request
    control = run_control.halted(control)
    assert (control.phase, control.run.state.step) == (Phase.PAUSED, 3)
    assert request.abandoned
    control = advanced(asked(control, 4))
    assert (control.phase, control.run.state.step) == (Phase.PAUSED, 4), "a single step ends where it was to end"
    control = run_control.stopped(asked(control, 7))
    assert (control.phase, control.run.state.step) == (Phase.STOPPED, 4)
    control = asked(control, 7)
    assert control.phase is Phase.RUNNING, "a stopped run can go on"
    control = advanced(control)
    assert (control.phase, control.run.state.step) == (Phase.FINISHED, 7)
    assert asked(control, 7) is control
    control = run_control.begun(control, fresh(steps=7).run)
    assert control.phase is Phase.FRESH and control.untrained
    assert [run.steps[-1] for run in control.earlier] == [7]


def test_a_run_of_no_steps_is_finished_and_untrained():
    control = fresh(steps=0)
    assert control.phase is Phase.FINISHED and control.untrained


def test_a_stop_before_the_first_step_leaves_a_fresh_run():
    assert run_control.stopped(asked(fresh(steps=7), 7)).phase is Phase.FRESH


@pytest.mark.parametrize("error", [ZeroDivisionError("no"), MemoryError("too much")])
def test_a_failure_is_told_and_pauses_the_run_where_it_was(error):
    control = advanced(asked(fresh(steps=7), 7))
    broken = run_control.asked(run_control.halted(control), Here(error), 7, paced=False)
    after = run_control.advanced(broken, Here(error), timeout=0.0, paced=False)
    assert after.phase is Phase.PAUSED and after.run is control.run
    assert after.problem == (f"Training could not go on ({type(error).__name__}: {error}). Your run is kept as it was.")
    assert not asked(after, 7).problem, "going on forgets it"
