"""Mistakes: which digits are misread, how surely, and why."""

import streamlit as st

from ui import mistakes, navigation, one_digit, readers

VIEWS = ("Confusion", "One digit", "Linear against MLP")


def render() -> None:
    """A model, and three ways of looking at what it gets wrong."""
    left, right = st.columns([1, 1], gap="medium", vertical_alignment="top")
    with right:
        view = st.segmented_control(
            "Look at", VIEWS, key="mistakes_view", default=VIEWS[0], required=True, persist_state="session"
        )
    if view == VIEWS[2]:
        with left:
            st.markdown("What does the one get wrong that the other gets right? Tap a digit to see why.")
        mistakes.against()
        return
    with left:
        reader = readers.choose("Who reads", "mistakes_reader")
    if view == VIEWS[0]:
        mistakes.confusion(reader)
    else:
        one_digit.draw(reader)


navigation.show(render)
