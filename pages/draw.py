"""Draw: a digit of your own, and how the model reads it."""

import streamlit as st

from ui import navigation


def render() -> None:
    """Canvas, stages, prediction, evidence."""
    st.write("draw")


navigation.show(render)
