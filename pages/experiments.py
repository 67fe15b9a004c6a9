"""Experiments: questions that are answered by doing."""

import streamlit as st

from ui import navigation
from ui.experiments import five_by_heart, honest, how_fast, how_many, move, optimiser, shapes

QUESTIONS = {
    "How many examples?": how_many.draw,
    "How fast to learn?": how_fast.draw,
    "Is the test honest?": honest.draw,
    "Move the digit": move.draw,
    "Does it see shapes?": shapes.draw,
    "Five digits by heart": five_by_heart.draw,
    "Be the optimiser": optimiser.draw,
}


def render() -> None:
    """One question at a time; what has been found stays."""
    question = st.segmented_control(
        "Question",
        list(QUESTIONS),
        key="question",
        default="How many examples?",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    QUESTIONS[question]()


navigation.show(render)
