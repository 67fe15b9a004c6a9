"""The plan that the next run begins with, as the sidebar and the address bar say it."""

from typing import Any

import streamlit as st

from mnist_core.errors import PlanError
from mnist_core.fields import FIELD
from mnist_core.plan import Draft, Plan
from ui.session import Slot

_DRAFT = Slot("draft", Draft)
_PROBLEMS = Slot[tuple[PlanError, ...]]("problems", tuple)
_LINK = Slot[dict[str, str] | None]("link", lambda: None)  # as it was last written


def plan() -> Plan:
    """What the sidebar says; a new run begins with it."""
    return draft().plan


def draft() -> Draft:
    """The sidebar's plan with what it remembers of choices that wait."""
    return _DRAFT.get()


def problems() -> tuple[PlanError, ...]:
    """Choices that had to be passed over: those of a link, or one just made."""
    return _PROBLEMS.get()


def forget_problems() -> None:
    """Let them be: the run that begins says what was chosen instead."""
    _PROBLEMS.set(())


def follow_link() -> None:
    """Let the sidebar follow the address bar, and the address bar the sidebar."""
    params = {name: text for name, text in st.query_params.items() if name in FIELD}
    if params and params != _LINK.get():
        found, errors = Draft.from_params(params)
        _DRAFT.set(found)
        _PROBLEMS.set(tuple(errors))
    if params or _LINK.get() is not None:
        _write_link()


def choose(field: str, value: Any) -> None:
    """Change one choice of the plan; one that is out of range leaves the plan as it was, and is told."""
    try:
        _DRAFT.set(draft().changed(field, value))
        _PROBLEMS.set(())
        _write_link()
    except PlanError as error:
        _PROBLEMS.set((error,))


def choose_all(wanted: Plan) -> None:
    """Put a whole plan in the sidebar."""
    _DRAFT.set(Draft(wanted))


def _write_link() -> None:
    link = draft().to_params()
    _LINK.set(link)
    for name in FIELD.keys() - link.keys():
        st.query_params.pop(name, None)
    st.query_params.update(link)
