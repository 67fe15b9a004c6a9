"""Data: what the model gets to see, as pictures and as the numbers that they are."""

import streamlit as st

from ui import data_views, navigation

VIEWS = {
    "Sets": data_views.shapes,
    "A digit as numbers": data_views.one_digit,
    "Labels as vectors": data_views.labels,
    "Rows of pixels": data_views.flattened,
    "Grids": data_views.grids,
    "How many of each": data_views.counts,
    "Mean images": data_views.means,
}


def render() -> None:
    """One view at a time."""
    view = st.segmented_control(
        "Look at", list(VIEWS), key="data_view", default="Sets", required=True, persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip
    VIEWS[view]()


navigation.show(render)
