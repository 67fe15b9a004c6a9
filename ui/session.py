"""The only reader and writer of the session: the plan in the sidebar, the desk of the Train page, what pages remember.

Nothing held here is ever changed in place; each action assigns a new value once.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from mnist_core.errors import PlanError
from mnist_core.fields import FIELD
from mnist_core.plan import Draft, Plan
from mnist_core.studies.tasks import Task
from mnist_core.training.run import begin
from ui import desk as desks
from ui import jobs, resources
from ui.desk import Desk
from ui.jobs import Job

PATIENCE = 0.12  # seconds that a tick waits for a chunk that is nearly there, rather than let the worker idle a tick


def set_up() -> None:
    """Called by app.py at each run; the first one gives the session its plan and its desk."""
    if not is_set_up():
        st.session_state["draft"], st.session_state["problems"] = Draft(), ()
        st.session_state["desk"] = Desk(begin(Plan(), resources.untrained(Plan())))


def is_set_up() -> bool:
    """Whether app.py has seen this session."""
    return "desk" in st.session_state


def plan() -> Plan:
    """What the sidebar says; a new run begins with it."""
    return draft().plan


def draft() -> Draft:
    """The sidebar's plan with what it remembers of choices that wait."""
    current: Draft = st.session_state["draft"]
    return current


def problems() -> tuple[PlanError, ...]:
    """Choices that had to be passed over: those of a link, or one just made."""
    errors: tuple[PlanError, ...] = st.session_state["problems"]
    return errors


def follow_link() -> None:
    """Let the sidebar follow the address bar, and the address bar the sidebar."""
    params = {name: text for name, text in st.query_params.items() if name in FIELD}
    if params and params != st.session_state.get("link"):
        st.session_state["draft"], st.session_state["problems"] = Draft.from_params(params)
    if params or "link" in st.session_state:
        write_link()


def match_plan() -> None:
    """Let an untouched desk show the plan of the sidebar."""
    if desk().run.state.step == 0 and not desk().active and desk().run.plan != plan():
        st.session_state["desk"] = _begun()


def write_link() -> None:
    """Put the sidebar's plan into the address bar."""
    link = st.session_state["link"] = draft().to_params()
    for name in FIELD.keys() - link.keys():
        st.query_params.pop(name, None)
    st.query_params.update(link)


def choose(field: str, value: Any) -> None:
    """Change one choice of the plan; one that is out of range leaves the plan as it was, and is told."""
    try:
        st.session_state["draft"], st.session_state["problems"] = draft().changed(field, value), ()
        write_link()
    except PlanError as error:
        st.session_state["problems"] = (error,)


def desk() -> Desk:
    """The Train page's desk."""
    current: Desk = st.session_state["desk"]
    return current


def take_chunk() -> Desk:
    """Take the chunk that is ready, if there is one, and ask for the next before anything is drawn."""
    if desk().active:
        st.session_state["desk"] = desks.advanced(desk(), resources.engine(), timeout=PATIENCE, paced=paced())
    return desk()


def train(stops: tuple[int, ...] = ()) -> None:
    """Begin a new run with the sidebar's plan; the one before stays to compare with.

    `stops` are steps to be kept and scored, beside those that every run keeps.
    """
    st.session_state["problems"] = ()
    fresh = _begun(stops)
    st.session_state["desk"] = _asked(fresh, fresh.run.plan.steps)


def pause() -> None:
    """Stop asking for chunks; the one under way is forgotten, and loses nothing."""
    st.session_state["desk"] = desks.halted(desk())


def resume() -> None:
    """Go on from the same step."""
    st.session_state["desk"] = _asked(desk(), desk().run.plan.steps)


def step(count: int) -> None:
    """Take `count` steps; where there is no run under way, begin one."""
    halted = desks.halted(desk()) if desk().run.state.step else _begun()
    asked = _asked(halted, halted.run.state.step + count)
    # a few steps are mostly quicker than a tick
    st.session_state["desk"] = desks.advanced(asked, resources.engine(), timeout=0.3, paced=paced())


def stop() -> None:
    """End the run where it is."""
    st.session_state["desk"] = replace(desks.halted(desk()), stopped=True)


def reset() -> None:
    """Go back to the untrained model; the run stays to compare with."""
    st.session_state["desk"] = _begun()


def go_back_to_best() -> None:
    """Put the run back to the step with the highest test accuracy; Resume goes on from there."""
    st.session_state["desk"] = desks.at_its_best(desk())


def train_plan(wanted: Plan, stops: tuple[int, ...] = ()) -> None:
    """Put a whole plan in the sidebar, and begin a run with it."""
    st.session_state["draft"] = Draft(wanted)
    train(stops)


def train_with(field: str, value: Any) -> None:
    """Change one choice and begin a new run with it."""
    choose(field, value)
    train()


def job(name: str) -> Job | None:
    """A job of this visit, if it was ever started."""
    current: Job | None = recalled(f"job_{name}")
    return current


def start_job(name: str, tasks: Sequence[Task]) -> None:
    """Begin a job, go on with it where it was stopped, or begin it again when it was finished."""
    before = job(name)
    todo = Job(tuple(tasks)) if before is None or before.finished else before
    st.session_state[f"job_{name}"] = jobs.begun(todo, resources.engine())


def take_results(name: str) -> Job | None:
    """Take a result that is ready, and ask for the next task before anything is drawn."""
    before = job(name)
    if before is not None and before.active:
        st.session_state[f"job_{name}"] = jobs.advanced(before, resources.engine(), PATIENCE)
    return job(name)


def stop_job(name: str) -> None:
    """Stop a job; what it has found stays, and it can go on later."""
    before = job(name)
    if before is not None:
        st.session_state[f"job_{name}"] = jobs.halted(before)


def value_of(key: str, name: str) -> Any:
    """What a view in the page has told of itself."""
    return getattr(recalled(key), name, None)


def remembered(key: str, make: Callable[[], Any]) -> Any:
    """A value of one page that outlives a visit to another."""
    if key not in st.session_state:
        st.session_state[key] = make()
    return st.session_state[key]


def remember(key: str, value: Any) -> None:
    """Keep a value that `remembered` gives back."""
    st.session_state[key] = value


def recalled(key: str) -> Any:
    """A value that was kept, or what a widget of that key is set to; None where there is none."""
    return st.session_state.get(key)


def forget(key: str) -> None:
    """Let go of a value, so that a widget of that key begins anew."""
    st.session_state.pop(key, None)


def _begun(stops: tuple[int, ...] = ()) -> Desk:
    return desks.begun(desk(), begin(plan(), resources.untrained(plan()), stops))


def _asked(before: Desk, until: int) -> Desk:
    return desks.asked(before, resources.engine(), until, paced=paced())


def paced() -> bool:
    """Whether the first steps are shown in slow motion."""
    return bool(st.session_state.get("paced", True))


def is_dark() -> bool:
    """Whether the page is shown in its dark theme."""
    kind: str | None = st.context.theme.type
    return kind == "dark"


def on_phone() -> bool:
    """Whether the browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def log_axis() -> bool:
    """Whether steps are drawn on a logarithmic axis."""
    return bool(st.session_state.get("step_axis", "log") != "linear")
