"""Part of the Mistakes page: any digit by its index or at random, and nine at once."""

import numpy as np
import streamlit as st

from mnist_core import dataset, mistakes, model
from mnist_core.words import a_digit, probability
from ui import gallery, reading, resources, session
from ui.readers import Reader

SETS = {"test": "Test set", "training": "Training set"}


def draw(reader: Reader) -> None:
    """Any digit by its index or at random: what it is, what it is read as, and why; and nine at once."""
    left, middle, right = st.columns([300, 260, 420], gap="medium")
    with left:
        name = st.segmented_control(
            "Which set", list(SETS), format_func=lambda each: SETS[each], key="digit_set", default="test",
            required=True, persist_state="session",
        )  # fmt: skip
        digits = dataset.load_test() if name == "test" else dataset.load().training
        index = gallery.choose_index("digit_index", len(digits))
    if index is None:
        return
    pixels, label = digits.images[index], int(digits.labels[index])
    probabilities = model.probabilities(reader.parameters, pixels)
    read = int(probabilities.argmax())
    with left, st.container(key="one_digit"):
        gallery.of_images("one", pixels[np.newaxis], [f"true {label}, read {read}"], columns=1)
        st.markdown(
            f"{SETS[name]}, image {index:,}: this is **{a_digit(label)}**, read as **{read}** "
            + ("— right." if read == label else f"— misread; {label} gets {probability(float(probabilities[label]))}.")
        )
    with middle:
        reading.prediction(reader.plan.model, probabilities)
    with right:
        st.markdown("**Why**")
        reading.evidence(reader.parameters, pixels)
    _nine(reader)


def _nine(reader: Reader) -> None:
    """Nine digits in a square with true and predicted class, as the tutorials print them."""
    st.markdown("**Nine at once**")
    with st.container(horizontal=True):
        which = st.segmented_control(
            "Which nine", ["first", "at random", "misread at random"], key="nine", default="first", required=True,
            persist_state="session", label_visibility="collapsed",
        )  # fmt: skip
        turn = session.remembered("nine_turn", int)
        if which != "first":
            st.button("Nine others", key="nine_others", on_click=lambda: session.remember("nine_turn", turn + 1))
    test, probabilities = dataset.load_test(), resources.readings(reader.parameters)
    among = mistakes.select(probabilities, test.labels) if which == "misread at random" else np.arange(len(test))
    rng = np.random.default_rng(turn)
    chosen = among[:9] if which == "first" else rng.choice(among, min(9, len(among)), replace=False)
    labels = [f"true {test.labels[i]}, read {probabilities[i].argmax()}" for i in chosen]
    with st.container(width=360):
        gallery.of_test_digits("nine", chosen, labels, columns=3)
