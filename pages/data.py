"""Data: what the model gets to see, as pictures and as the numbers that they are."""

import streamlit as st

from ui import data, navigation

VIEWS = {
    "Sets": data.shapes,
    "A digit as numbers": data.one_digit,
    "Labels as vectors": data.labels,
    "Rows of pixels": data.flattened,
    "Grids": data.grids,
    "How many of each": data.counts,
    "Mean images": data.means,
}


def render() -> None:
    """One view at a time."""
    view = st.segmented_control(
        "Look at",
        list(VIEWS),
        key="data_view",
        default="Sets",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    VIEWS[view]()


navigation.show(render)
