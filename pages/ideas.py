"""Ideas: the four that a linear model is made of, to be moved by hand."""

import streamlit as st

from ui import ideas, ideas_of_mnist, ideas_of_one_number, navigation

VIEWS = {
    "Softmax": ideas.softmax,
    "Cross-entropy": ideas.cross_entropy,
    "Gradient descent": ideas_of_one_number.descent,
    "The real loss": ideas_of_mnist.real_loss,
    "One digit through the model": ideas_of_mnist.one_digit,
}


def render() -> None:
    """One idea at a time."""
    view = st.segmented_control(
        "Idea", list(VIEWS), key="idea", default="Softmax", required=True, persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip
    VIEWS[view]()


navigation.show(render)
