"""Mistakes: which digits are misread, how surely, and why."""

import streamlit as st

from ui import model_choice, navigation
from ui.mistakes import confusion, one_digit
from ui.mistakes.choice import AGAINST, CONFUSION, READER, VIEW, VIEWS


def render() -> None:
    """A model, and three ways of looking at what it gets wrong."""
    left, right = st.columns([1, 1], gap="medium", vertical_alignment="top")
    with right:
        st.segmented_control("Look at", VIEWS, key=VIEW.widget_key(), required=True, persist_state="session")
    view = VIEW.get()
    if view == AGAINST:
        with left:
            st.markdown(
                "An MLP (multilayer perceptron) has a layer of hidden units between pixels and digits. What does the "
                "one get wrong that the other gets right? Tap a digit to see why."
            )
        confusion.against()
        return
    with left:
        reader = model_choice.choose("Who reads", READER.key)
    if view == CONFUSION:
        confusion.confusion(reader)
    else:
        one_digit.draw(reader)


navigation.show(render)
