"""Ideas: the four that a linear model is made of, to be moved by hand."""

import streamlit as st

from ui import navigation
from ui.ideas import gradient_descent, real_data, softmax_and_cross_entropy

VIEWS = {
    "Softmax": softmax_and_cross_entropy.softmax,
    "Cross-entropy": softmax_and_cross_entropy.cross_entropy,
    "Gradient descent": gradient_descent.descent,
    "The real loss": real_data.real_loss,
    "One digit through the model": real_data.one_digit,
}


def render() -> None:
    """One idea at a time."""
    view = st.segmented_control(
        "Idea",
        list(VIEWS),
        key="idea",
        default="Softmax",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    VIEWS[view]()


navigation.show(render)
