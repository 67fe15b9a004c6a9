"""Part of the Mistakes page: any digit by its index or at random, and nine at once."""

import numpy as np
import streamlit as st

from mnist_core import dataset, model
from mnist_core.explain import misread
from mnist_core.formatting import a_digit, probability
from ui import digit_grid, prediction, resources
from ui.mistakes.choice import DIGIT_INDEX, DIGIT_SET, SETS
from ui.model_choice import Reader
from ui.one_of import one_of
from ui.session import Slot

_TURN = Slot("nine_turn", int)  # how often nine others were asked for


def draw(reader: Reader) -> None:
    """Any digit by its index or at random: what it is, what it is read as, and why; and nine at once."""
    left, middle, right = st.columns([300, 260, 420], gap="medium")
    with left:
        st.segmented_control(
            "Which set",
            list(SETS),
            format_func=lambda each: SETS[each],
            key=DIGIT_SET.widget_key(),
            required=True,
            persist_state="session",
        )
        name = DIGIT_SET.get()
        digits = dataset.load_test() if name == "test" else dataset.load().training
        index = digit_grid.choose_index(DIGIT_INDEX, len(digits))
    if index is None:
        return
    pixels, label = digits.images[index], int(digits.labels[index])
    probabilities = model.probabilities(reader.parameters, pixels)
    read = int(probabilities.argmax())
    with left, st.container(key="one_digit"):
        digit_grid.of_images("one", pixels[np.newaxis], [f"true {label}, read {read}"], columns=1)
        st.markdown(
            f"{SETS[name]}, image {index:,}: this is **{a_digit(label)}**, read as **{read}** "
            + ("— right." if read == label else f"— misread; {label} gets {probability(float(probabilities[label]))}.")
        )
    with middle:
        prediction.show(reader.plan.model, probabilities)
    with right:
        st.markdown("**Why**")
        prediction.evidence(reader.parameters, pixels)
    _nine(reader)


def _nine(reader: Reader) -> None:
    """Nine digits in a square with true and predicted class, as the tutorials print them."""
    st.markdown("**Nine at once**")
    with st.container(horizontal=True):
        which = one_of("Which nine", ["first", "at random", "misread at random"], key="nine", shown=False)
        turn = _TURN.get()
        if which != "first":
            st.button("Nine others", key="nine_others", on_click=lambda: _TURN.set(turn + 1))
    test, probabilities = dataset.load_test(), resources.readings(reader.parameters)
    among = misread.select(probabilities, test.labels) if which == "misread at random" else np.arange(len(test))
    rng = np.random.default_rng(turn)
    chosen = among[:9] if which == "first" else rng.choice(among, min(9, len(among)), replace=False)
    labels = [f"true {test.labels[i]}, read {probabilities[i].argmax()}" for i in chosen]
    with st.container(width=360):
        digit_grid.of_test_digits("nine", chosen, labels, columns=3)
