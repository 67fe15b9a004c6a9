"""The run of this visit, and what its buttons do with it; every page sees the same one."""

from typing import Any

from mnist_core.plan import Plan
from mnist_core.training.run import begin
from ui import display, draft, resources, run_control
from ui.run_control import RunControl
from ui.session import Slot
from ui.tutorials import finished_trials

PATIENCE = 0.12  # seconds that a tick waits for a chunk that is nearly there, rather than let the worker idle a tick
FEW_STEPS = 0.3  # seconds that a button waits for a few steps: mostly they are quicker than a tick

_CONTROL = Slot("run_control", lambda: RunControl(begin(Plan(), resources.untrained(Plan()))))


def control() -> RunControl:
    """The run, and where it stands."""
    return _CONTROL.get()


def match_plan() -> None:
    """Let a run without a step show the plan of the sidebar."""
    if control().untrained and control().run.plan != draft.plan():
        _put(_begun())


def take_chunk() -> RunControl:
    """Take the chunk that is ready, if there is one, and ask for the next before anything is drawn."""
    if control().running:
        _put(_advanced(control(), PATIENCE))
    return control()


def train() -> None:
    """Begin a new run with the sidebar's plan; the one before stays to compare with."""
    draft.forget_problems()
    fresh = _begun()
    _put(_asked(fresh, fresh.run.plan.steps))


def pause() -> None:
    """Stop asking for chunks; the one under way is forgotten, and loses nothing."""
    _put(run_control.halted(control()))


def resume() -> None:
    """Go on from the same step."""
    _put(_asked(control(), control().run.plan.steps))


def step(count: int) -> None:
    """Take `count` steps; where there is no run under way, begin one."""
    halted = run_control.halted(control()) if control().run.state.step else _begun()
    _put(_advanced(_asked(halted, halted.run.state.step + count), FEW_STEPS))


def stop() -> None:
    """End the run where it is."""
    _put(run_control.stopped(control()))


def reset() -> None:
    """Go back to the untrained model; the run stays to compare with."""
    _put(_begun())


def go_back_to_best() -> None:
    """Put the run back to the step with the highest test accuracy; Resume goes on from there."""
    _put(run_control.at_its_best(control()))


def train_plan(wanted: Plan) -> None:
    """Put a whole plan in the sidebar, and begin a run with it."""
    draft.choose_all(wanted)
    train()


def train_with(field: str, value: Any) -> None:
    """Change one choice and begin a new run with it."""
    draft.choose(field, value)
    train()


def _put(after: RunControl) -> None:
    finished_trials.keep(after.run)
    _CONTROL.set(after)


def _begun() -> RunControl:
    """A new run, which keeps its states wherever a tutorial with its plan stops to look."""
    plan = draft.plan()
    return run_control.begun(control(), begin(plan, resources.untrained(plan), finished_trials.stops_of(plan)))


def _asked(before: RunControl, until: int) -> RunControl:
    return run_control.asked(before, resources.engine(), until, paced=display.paced())


def _advanced(before: RunControl, seconds: float) -> RunControl:
    return run_control.advanced(before, resources.engine(), timeout=seconds, paced=display.paced())
