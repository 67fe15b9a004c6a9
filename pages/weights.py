"""Weights: the images that a model has learned, large, and through all of its run."""

import streamlit as st

from mnist_core.formatting import some_of
from ui import canvas, live_view, model_choice, navigation, weights
from ui.live_view import messages
from ui.live_view.scrubber import scrubber
from ui.model_choice import Reader


def render() -> None:
    """A model, its run to move through, the difference between two, and files to take away."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        reader = model_choice.choose("Whose weights", "weights_reader")
    with right:
        columns = weights.choose_columns(reader)
    _history(reader, columns)
    st.subheader("What changed between two of them", anchor=False)
    st.fragment(weights.difference)(reader, columns)
    st.subheader("To take away", anchor=False)
    weights.downloads(reader, columns)


def _history(reader: Reader, columns: int) -> None:
    frames = weights.frames_of(reader)
    if reader.plan.model == "mlp":
        units = reader.plan.hidden_units
        which = some_of(min(messages.MOST_IMAGES, units), units, "hidden unit")
        st.markdown(
            f"Here {'is' if units == 1 else 'are'} {which}: each looks for a pattern of its own, with ink where its "
            "image is red and none where it is blue. The ten digits then listen to the units, not to the pixels."
        )
    else:
        st.markdown(
            "Ten images, one for each digit: a pixel that is **red** speaks for the digit when there is ink on it, a "
            "**blue** one against it, and a white one has no say. All ten share one scale."
        )
    if len(frames) == 1:
        st.info(
            "Only this one step is kept. Train a model on the **Train** page, and its whole run, from the first step "
            "on, can be played and scrubbed here.",
            icon=":material/movie:",
        )
        st.page_link("pages/train.py", label="To the Train page", icon=":material/play_circle:")
    with st.container(key="scrubber"):
        live_view.show(
            scrubber(
                weights.name_of(reader), frames, columns=columns, stops=weights.STOPS, pixels=canvas.last_pixels()
            ),
            key="scrubber_view",
        )


navigation.show(render)
