"""Draw: a digit of your own, how the model reads it, and which pixels made it say so."""

import streamlit as st

from mnist_core import digit, model
from mnist_core.model import Layers
from mnist_core.run import accuracy
from mnist_core.series import percent
from ui import canvas, live_view, navigation, reading, resources, session
from ui.live_view import messages

LATEST, PRETRAINED = "Your latest run", "The pretrained model"


def render() -> None:
    """One fragment: lifting the pen reads the digit anew, and nothing else of the page runs."""
    st.fragment(_drawing)()


def _drawing() -> None:
    left, middle, right = st.columns([300, 320, 420], gap="medium")
    with left:
        st.markdown("**Draw one digit, 0 to 9**")
        drawing = canvas.draw_digit()
        layers = _chosen_model()
    found = None if drawing is None else digit.prepare(drawing)
    if found is None:
        with middle, st.container(key="prediction"):
            st.markdown("Nothing to read yet. Use the mouse, a pen or a finger; big and in one go works best.")
        return
    probabilities = model.probabilities(layers, found.pixels)
    with middle:
        reading.prediction(probabilities)
        with st.container(key="probabilities"):
            live_view.bars(messages.bars(probabilities), key="bars")
    with right:
        st.markdown("**What the model sees**")
        reading.stages(found)
        st.markdown("**Why: each inked pixel votes**")
        with st.container(key="evidence"):
            reading.evidence(layers, found.pixels)


def _chosen_model() -> Layers:
    """The parameters that answer: those of the latest run, or the pretrained ones, by the reader's choice."""
    run = session.desk().run
    _, ready = resources.pretrained()
    captions = (
        [f"{percent(accuracy(run.latest))} on the test set, after step {run.state.step:,}"] if run.state.step else []
    )
    captions.append(f"{percent(resources.pretrained_score().accuracy)} on the test set, after step {ready.step:,}")
    options = [LATEST, PRETRAINED] if run.state.step else [PRETRAINED]
    choice = st.radio("Who reads it", options, captions=captions, key="reader", persist_state="session")
    return run.state.layers if choice == LATEST else ready.layers


navigation.show(render)
