"""Choices that are only for the eye: they never change a run."""

import streamlit as st

from ui.session import Slot

_AXIS = Slot[str]("step_axis", lambda: "log")
_PACED = Slot("paced", lambda: True)


def draw() -> None:
    """Draw them."""
    st.caption("Only for the eye: these never change a run.")
    axis = "log gives the first ten steps as much room as the last nine hundred: most happens there."
    st.segmented_control(
        "Step axis", ["log", "linear"], key=_AXIS.widget_key(), required=True, persist_state="session", help=axis
    )
    pace = "Shows the first steps one by one, which takes a run about three seconds. Off: as fast as it goes."
    st.toggle("Slow motion at the start", key=_PACED.widget_key(), persist_state="session", help=pace)


def log_axis() -> bool:
    """Whether steps are drawn on a logarithmic axis."""
    return _AXIS.get() != "linear"


def paced() -> bool:
    """Whether the first steps are shown in slow motion."""
    return _PACED.get()
