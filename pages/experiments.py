"""Experiments: questions that are answered by doing."""

import streamlit as st

from ui import experiments, experiments_more, navigation

QUESTIONS = {
    "How many examples?": experiments.how_many,
    "How fast to learn?": experiments.how_fast,
    "Is the test honest?": experiments.is_it_honest,
    "Move the digit": experiments_more.move,
    "Does it see shapes?": experiments_more.shapes,
    "Five digits by heart": experiments_more.learn_by_heart,
    "Be the optimiser": experiments_more.optimiser,
}


def render() -> None:
    """One question at a time; what has been found stays."""
    question = st.segmented_control(
        "Question", list(QUESTIONS), key="question", default="How many examples?", required=True,
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    QUESTIONS[question]()


navigation.show(render)
