"""Desk: a run as the Train page drives it. Each function takes a desk and gives a new one; none knows Streamlit."""

from dataclasses import dataclass, replace

from mnist_core.charts.run_charts import Earlier
from mnist_core.errors import MnistLabError
from mnist_core.training import State
from mnist_core.training.chunk import Chunk
from mnist_core.training.run import Run, back_to_best, extend
from mnist_core.training.worker import Engine, Request

MOST_EARLIER = 4  # runs to compare with


@dataclass(frozen=True)
class Desk:
    """A run, what was asked of the engine for it, and the runs before it.

    `reel` counts the starts and jumps: where it changes, what a view shows begins anew.
    """

    run: Run
    number: int = 1
    reel: int = 0
    frames: tuple[State, ...] = ()
    request: Request[Chunk] | None = None
    until: int = 0
    earlier: tuple[Earlier, ...] = ()
    stopped: bool = False
    problem: str = ""

    @property
    def active(self) -> bool:
        """Whether a chunk is on its way."""
        return self.request is not None


def begun(old: Desk, run: Run) -> Desk:
    """A desk with a new run on it, the old run among the earlier ones if it took a step."""
    old = halted(old)
    began = old.run.state.step > 0
    earlier = ((_earlier(old), *old.earlier) if began else old.earlier)[:MOST_EARLIER]
    return Desk(run, old.number + began, old.reel + 1, (run.state,), earlier=earlier)


def asked(before: Desk, engine: Engine, until: int, *, paced: bool) -> Desk:
    """The desk with the next chunk asked for, up to step `until`, unless there is nothing left to do."""
    if before.run.finished:
        return before
    until = min(until, before.run.plan.steps)
    try:
        request = engine.ask_for_chunk(before.run, until, paced=paced)
    except MnistLabError as error:
        return replace(before, problem=str(error))
    return replace(before, request=request, until=until, stopped=False, problem="")


def advanced(before: Desk, engine: Engine, *, timeout: float, paced: bool) -> Desk:
    """The desk with its chunk taken, if that is ready within `timeout` seconds, and the next one asked for."""
    if before.request is None:
        return before
    try:
        chunk = before.request.poll(timeout)
    except MnistLabError as error:
        return replace(before, request=None, problem=str(error))
    except Exception as error:  # whatever training may raise, the page stays usable and the run is kept
        words = f"Training could not go on ({type(error).__name__}: {error}). Your run is kept as it was."
        return replace(before, request=None, problem=words)
    if chunk is None:
        return before
    after = replace(before, run=extend(before.run, chunk), frames=chunk.states, request=None)
    return asked(after, engine, before.until, paced=paced) if after.run.state.step < before.until else after


def halted(before: Desk) -> Desk:
    """The desk without its request; the chunk under way is forgotten, and loses nothing."""
    if before.request is not None:
        before.request.abandon()
    return replace(before, request=None)


def at_its_best(before: Desk) -> Desk:
    """The desk with its run put back to the step with the highest test accuracy."""
    halt = halted(before)
    run = back_to_best(halt.run)
    return replace(halt, run=run, reel=halt.reel + 1, frames=(run.state,), stopped=False)


def _earlier(old: Desk) -> Earlier:
    steps, scores = zip(*old.run.scores, strict=True)
    return Earlier(old.number, old.run.plan, steps, scores, old.run.state)
