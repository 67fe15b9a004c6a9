"""The only reader and writer of the session: the plan in the sidebar, the desk of the Train page, the drawing.

Nothing held here is ever changed in place; each action assigns a new value once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from mnist_core import film
from mnist_core.engine import Request
from mnist_core.errors import MnistLabError, PlanError
from mnist_core.plan import PARSERS, Plan, changed, read_params
from mnist_core.run import Run, back_to_best, begin, extend
from mnist_core.series import Earlier
from ui import resources

MOST_EARLIER = 4  # runs to compare with
PATIENCE = 0.12  # seconds that a tick waits for a chunk that is nearly there, rather than let the worker idle a tick


@dataclass(frozen=True)
class Desk:
    """The Train page's run, what was asked of the engine for it, and the runs before it.

    `reel` counts the starts and jumps, so that a view knows a new film from the next scene of the old one.
    """

    run: Run
    number: int = 1
    reel: int = 0
    frames: tuple[film.Frame, ...] = ()
    request: Request[film.Chunk] | None = None
    until: int = 0
    earlier: tuple[Earlier, ...] = ()
    stopped: bool = False
    problem: str = ""

    @property
    def active(self) -> bool:
        """Whether a chunk is on its way."""
        return self.request is not None

    @property
    def still(self) -> bool:
        """Whether nothing moves for now: before the first step, at the last one, or stopped by hand."""
        return not self.active and (self.run.state.step == 0 or self.run.finished or self.stopped)


def set_up() -> None:
    """Called by app.py at each run; the first one gives the session its plan and its desk."""
    if not is_set_up():
        st.session_state["plan"], st.session_state["problems"] = Plan(), ()
        st.session_state["desk"] = Desk(begin(Plan(), resources.untrained_score()))


def is_set_up() -> bool:
    """Whether app.py has seen this session."""
    return "desk" in st.session_state


def plan() -> Plan:
    """What the sidebar says; a new run begins with it."""
    current: Plan = st.session_state["plan"]
    return current


def problems() -> tuple[PlanError, ...]:
    """Choices that had to be passed over: those of a link, or one just made."""
    errors: tuple[PlanError, ...] = st.session_state["problems"]
    return errors


def follow_link() -> None:
    """Let the sidebar follow the address bar, and the address bar the sidebar."""
    params = {name: text for name, text in st.query_params.items() if name in PARSERS}
    if params and params != st.session_state.get("link"):
        st.session_state["plan"], st.session_state["problems"] = read_params(params)
    if params or "link" in st.session_state:
        write_link()


def match_plan() -> None:
    """Let an untouched desk show the plan of the sidebar."""
    if desk().run.state.step == 0 and not desk().active and desk().run.plan != plan():
        st.session_state["desk"] = _begun()


def write_link() -> None:
    """Put the sidebar's plan into the address bar."""
    st.session_state["link"] = plan().to_params()
    st.query_params.update(plan().to_params())


def choose(field: str, value: Any) -> None:
    """Change one choice of the plan; one that is out of range leaves the plan as it was, and is told."""
    try:
        st.session_state["plan"], st.session_state["problems"] = changed(plan(), field, value), ()
        write_link()
    except PlanError as error:
        st.session_state["problems"] = (error,)


def desk() -> Desk:
    """The Train page's desk."""
    current: Desk = st.session_state["desk"]
    return current


def take_chunk() -> Desk:
    """Take the chunk that is ready, if there is one, and ask for the next before anything is drawn."""
    before = desk()
    if before.request is not None:
        st.session_state["desk"] = _advanced(before, before.request, timeout=PATIENCE)
    return desk()


def train() -> None:
    """Begin a new run with the sidebar's plan; the one before stays to compare with."""
    st.session_state["problems"] = ()
    fresh = _begun()
    st.session_state["desk"] = _asked(fresh, fresh.run.plan.steps)


def pause() -> None:
    """Stop asking for chunks; the one under way is forgotten, and loses nothing."""
    st.session_state["desk"] = _halted(desk())


def resume() -> None:
    """Go on from the same step."""
    st.session_state["desk"] = _asked(desk(), desk().run.plan.steps)


def step(count: int) -> None:
    """Take `count` steps; where there is no run under way, begin one."""
    halted = _halted(desk()) if desk().run.state.step else _begun()
    asked = _asked(halted, halted.run.state.step + count)
    if asked.request is not None:
        asked = _advanced(asked, asked.request, timeout=0.3)  # a few steps are mostly quicker than a tick
    st.session_state["desk"] = asked


def stop() -> None:
    """End the run where it is."""
    st.session_state["desk"] = replace(_halted(desk()), stopped=True)


def reset() -> None:
    """Go back to the untrained model; the run stays to compare with."""
    st.session_state["desk"] = _begun()


def go_back_to_best() -> None:
    """Put the run back to the step with the highest test accuracy; Resume goes on from there."""
    halted = _halted(desk())
    run = back_to_best(halted.run)
    st.session_state["desk"] = replace(halted, run=run, reel=halted.reel + 1, frames=(run.latest,), stopped=False)


def train_with(field: str, value: Any) -> None:
    """Change one choice and begin a new run with it."""
    choose(field, value)
    train()


def remembered(key: str, make: Callable[[], Any]) -> Any:
    """A value of one page that outlives a visit to another."""
    if key not in st.session_state:
        st.session_state[key] = make()
    return st.session_state[key]


def remember(key: str, value: Any) -> None:
    """Keep a value that `remembered` gives back."""
    st.session_state[key] = value


def _begun() -> Desk:
    """A desk with a new run of the sidebar's plan, the old run among the earlier ones."""
    old = _halted(desk())
    run = begin(plan(), resources.untrained_score())
    began = old.run.state.step > 0
    earlier = ((_earlier(old), *old.earlier) if began else old.earlier)[:MOST_EARLIER]
    return Desk(run, old.number + began, old.reel + 1, (run.latest,), earlier=earlier)


def _asked(before: Desk, until: int) -> Desk:
    """The desk with the next chunk asked for, unless there is nothing left to do."""
    if before.run.finished:
        return before
    until = min(until, before.run.plan.steps)
    try:
        request = resources.engine().ask_for_chunk(before.run, until, paced=paced())
    except MnistLabError as error:
        return replace(before, problem=str(error))
    return replace(before, request=request, until=until, stopped=False, problem="")


def _advanced(before: Desk, request: Request[film.Chunk], timeout: float) -> Desk:
    """The desk with the chunk taken, if it is ready, and the next one asked for."""
    try:
        chunk = request.poll(timeout)
    except MnistLabError as error:
        return replace(before, request=None, problem=str(error))
    if chunk is None:
        return before
    after = replace(before, run=extend(before.run, chunk), frames=chunk.frames, request=None)
    return _asked(after, before.until) if after.run.state.step < before.until else after


def _halted(before: Desk) -> Desk:
    if before.request is not None:
        before.request.abandon()
    return replace(before, request=None)


def _earlier(old: Desk) -> Earlier:
    scores = tuple(frame.test for frame in old.run.kept if frame.test is not None)
    return Earlier(old.number, old.run.plan, tuple(frame.state.step for frame in old.run.kept), scores)


def paced() -> bool:
    """Whether the first steps are shown in slow motion."""
    return bool(st.session_state.get("paced", True))


def is_dark() -> bool:
    """Whether the page is shown in its dark theme."""
    kind: str | None = st.context.theme.type
    return kind == "dark"


def log_axis() -> bool:
    """Whether steps are drawn on a logarithmic axis."""
    return bool(st.session_state.get("step_axis", "log") != "linear")
