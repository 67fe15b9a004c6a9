"""Draw: a digit of your own, how a linear model and an MLP read it, and what made them say so."""

import streamlit as st

from mnist_core import model, preprocess
from ui import canvas, model_choice, navigation, prediction
from ui.model_choice import KINDS, SHORT
from ui.one_of import one_of


def render() -> None:
    """One fragment: lifting the pen reads the digit anew, and nothing else of the page runs."""
    st.fragment(_drawing)()


def _drawing() -> None:
    left, *middle, right = st.columns([300, 200, 200, 400], gap="medium")
    with left:
        st.markdown("**Draw one digit, 0 to 9**")
        drawing = canvas.draw_digit()
        st.caption("A linear model and an MLP (multilayer perceptron) read it.")
    found = None if drawing is None else preprocess.prepare(drawing)
    canvas.remember_pixels(None if found is None else found.pixels)
    chosen = []
    for kind, column in zip(KINDS, middle, strict=True):
        with column:
            place = st.container(key=f"reading_{kind}")
            chosen.append(model_choice.choose(f"Who reads as {SHORT[kind]}", f"reader_{kind}", kind))
            with place:
                shares = None if found is None else model.probabilities(chosen[-1].parameters, found.pixels)
                prediction.show(kind, shares)
    if found is None:
        with right, st.container(key="prediction"):
            st.markdown("Nothing to read yet. Use the mouse, a pen or a finger; big and in one go works best.")
        return
    with right:
        st.markdown("**What the models see**")
        prediction.stages(found)
        why = one_of("Why", list(KINDS), key="why", shown=False, format_func=lambda kind: f"Why {SHORT[kind]} says so")
        with st.container(key="evidence"):
            prediction.evidence(chosen[list(KINDS).index(why)].parameters, found.pixels)


navigation.show(render)
