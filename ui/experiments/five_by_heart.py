"""Five digits by heart: tutorial D's overfit."""

import streamlit as st

from mnist_core.studies import five_by_heart
from mnist_core.studies.tutorials.d import BY_HEART
from ui import job_view
from ui.jobs import Job
from ui.tutorials.looks import by_heart


def draw() -> None:
    """Tutorial D's five digits over 200 steps."""
    st.markdown(
        "An MLP (multilayer perceptron) with 64 hidden units sees five images and nothing else, 200 times. How long "
        "until it is certain of them, and what does it know of other digits then?"
    )
    job_view.draw("by_heart", five_by_heart.tasks(), "Run", _five)


def _five(job: Job) -> None:
    states = job.results[0]
    step = st.select_slider("After step", list(states), max(states), key="heart_step")
    by_heart(BY_HEART, states, step)
