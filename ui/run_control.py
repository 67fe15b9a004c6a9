"""RunControl: a run as buttons drive it. Each function takes one and gives a new one; none knows Streamlit."""

from dataclasses import dataclass, replace
from enum import Enum

from mnist_core.charts.run_charts import Earlier
from mnist_core.training import State
from mnist_core.training.chunk import Chunk
from mnist_core.training.run import Run, back_to_best, extend
from mnist_core.training.worker import Engine, Request
from ui import requests

MOST_EARLIER = 4  # runs to compare with


class Phase(Enum):
    """Where a run stands: what its buttons offer and what its progress says."""

    FRESH = "fresh"  # no step has been taken
    RUNNING = "running"  # a chunk is on its way
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"  # no step is left; so is a run of 0 steps from the start


@dataclass(frozen=True)
class RunControl:
    """A run, what was asked of the engine for it, and the runs before it.

    `streams_begun` counts the starts and jumps: where it changes, what a view shows begins anew.
    """

    run: Run
    number: int = 1
    streams_begun: int = 0
    frames: tuple[State, ...] = ()
    request: Request[Chunk] | None = None
    until: int = 0
    earlier: tuple[Earlier, ...] = ()
    stopped: bool = False
    problem: str = ""

    @property
    def phase(self) -> Phase:
        """The one place where it is decided."""
        if self.request is not None:
            return Phase.RUNNING
        if self.run.finished:
            return Phase.FINISHED
        if self.run.state.step == 0:
            return Phase.FRESH
        return Phase.STOPPED if self.stopped else Phase.PAUSED

    @property
    def running(self) -> bool:
        """Whether a chunk is on its way."""
        return self.phase is Phase.RUNNING

    @property
    def untrained(self) -> bool:
        """Whether the model is as it was before the first step, and none is on its way."""
        return self.run.state.step == 0 and not self.running


def begun(old: RunControl, run: Run) -> RunControl:
    """Control of a new run, the old one among the earlier ones if it took a step."""
    old = halted(old)
    began = old.run.state.step > 0
    earlier = ((_earlier(old), *old.earlier) if began else old.earlier)[:MOST_EARLIER]
    return RunControl(run, old.number + began, old.streams_begun + 1, (run.state,), earlier=earlier)


def asked(before: RunControl, engine: Engine, until: int, *, paced: bool) -> RunControl:
    """The same with the next chunk asked for, up to step `until`, unless there is nothing left to do."""
    if before.run.finished:
        return before
    until = min(until, before.run.plan.steps)
    answer = requests.asked(lambda: engine.ask_for_chunk(before.run, until, paced=paced))
    if answer.problem:
        return replace(before, problem=answer.problem)
    return replace(before, request=answer.result, until=until, stopped=False, problem="")


def advanced(before: RunControl, engine: Engine, *, timeout: float, paced: bool) -> RunControl:
    """The same with its chunk taken, if that is ready within `timeout` seconds, and the next one asked for."""
    if before.request is None:
        return before
    answer = requests.polled(
        before.request, timeout, failed="Training could not go on", kept="Your run is kept as it was."
    )
    if answer.problem:
        return replace(before, request=None, problem=answer.problem)
    chunk = answer.result
    if chunk is None:
        return before
    after = replace(before, run=extend(before.run, chunk), frames=chunk.states, request=None)
    return asked(after, engine, before.until, paced=paced) if after.run.state.step < before.until else after


def halted(before: RunControl) -> RunControl:
    """The same without its request; the chunk under way is forgotten, and loses nothing."""
    if before.request is not None:
        before.request.abandon()
    return replace(before, request=None)


def stopped(before: RunControl) -> RunControl:
    """The same, ended where it is."""
    return replace(halted(before), stopped=True)


def at_its_best(before: RunControl) -> RunControl:
    """The same with its run put back to the step with the highest test accuracy."""
    halt = halted(before)
    run = back_to_best(halt.run)
    return replace(halt, run=run, streams_begun=halt.streams_begun + 1, frames=(run.state,), stopped=False)


def _earlier(old: RunControl) -> Earlier:
    steps, scores = zip(*old.run.scores, strict=True)
    return Earlier(old.number, old.run.plan, steps, scores, old.run.state)
