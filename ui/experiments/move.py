"""Move the digit: accuracy for every shift, and one digit to push around."""

import numpy as np
import streamlit as st

from mnist_core import dataset, model
from mnist_core.charts import studies as study_charts
from mnist_core.dataset import PIXELS, SIDE
from mnist_core.explain import shifts
from mnist_core.formatting import percent
from mnist_core.studies import shift_map
from ui import browser, canvas, chart, digit_grid, job_view, model_choice, prediction, resources
from ui.jobs import Job
from ui.model_choice import KINDS, SHORT, Reader
from ui.session import Slot

_DOWN, _RIGHT = Slot("push_down", int), Slot("push_right", int)


def draw() -> None:
    """Accuracy for every shift of the test digits, linear beside MLP, and one digit to push around."""
    st.markdown(
        "A model knows nothing of shapes, only of pixels. So what if all test digits move? Each cell of a map is the "
        "accuracy of a linear model, or of an MLP (multilayer perceptron), when they are all moved so far down and to "
        "the right."
    )
    centred = st.toggle("Centre each digit again before it is read", key="shift_centred", persist_state="session")
    if centred:
        st.caption(f"On the first {shift_map.CENTRED:,} test digits. The Draw page does the same with your drawing.")
    chosen = []
    for kind, column in zip(KINDS, st.columns(2, gap="medium"), strict=True):
        with column:
            reader = model_choice.choose(f"Map of {SHORT[kind]}", f"shift_{kind}", kind)
            chosen.append(reader)
            name = f"shifts_{kind}_{resources.digest(reader.parameters)[:12]}_{centred}"
            job_view.draw(name, shift_map.tasks(reader.parameters, centred), "Run", _map)
    st.subheader("Push one around", anchor=False)
    _push(chosen)


def _map(job: Job) -> None:
    rows = [np.asarray(row) for row in job.results]
    side, middle = 2 * shifts.FARTHEST + 1, shifts.FARTHEST
    values = np.full((side, side), np.nan)
    values[: len(rows)] = np.stack(rows)
    here = _DOWN.get(), _RIGHT.get()
    kind = "linear" if len(job.tasks[0].args[0]) == 1 else "mlp"
    chart.show(
        study_charts.shift_map(values, middle, here, dark=browser.is_dark()),
        key=f"map_{kind}_{job.tasks[0].part}",
    )
    if np.isnan(values[middle]).any():
        return
    still, *moved = (float(value) for value in values[middle, middle : middle + 5])
    if job.tasks[0].part == "centred":
        layers = job.tasks[0].args[0]
        read = resources.readings(layers)[: shift_map.CENTRED].argmax(axis=1)
        plain = float((read == dataset.load_test().labels[: shift_map.CENTRED]).mean())
        conclusion = (
            f"Centred again, a shift costs next to nothing, as long as no ink is lost. Read as they are, it gets "
            f"{percent(plain)} of these {shift_map.CENTRED:,} right."
        )
    else:
        conclusion = shifts.two_pixels_say(still, moved[1])
    with st.container(key=f"map_words_{kind}"):
        st.markdown(
            f"Unmoved: **{percent(still)}**. One, two, three, four pixels to the right: "
            f"{', '.join(percent(value) for value in moved)}. " + conclusion
        )


def _push(chosen: list[Reader]) -> None:
    """One digit, moved by hand: the last drawing, or a 1."""
    drawn = canvas.last_pixels()
    pixels = _stroke() if drawn is None else drawn
    left, *columns = st.columns([2, 1, 1], gap="medium")
    with left:
        words = "A stroke like a 1; draw on the Draw page to push your own." if drawn is None else "Your last drawing."
        st.caption(f"{words} The ring on the maps is where it is.")
        least, most = -shifts.FARTHEST, shifts.FARTHEST
        right = st.slider("To the right", least, most, key=_RIGHT.widget_key(), persist_state="session")
        down = st.slider("Down", least, most, key=_DOWN.widget_key(), persist_state="session")
        moved = shifts.moved(pixels[np.newaxis], down, right)
        with st.container(key="pushed"):
            digit_grid.of_images("pushed", moved, [""], columns=1)
    for reader, column in zip(chosen, columns, strict=True):
        with column:
            prediction.show(reader.plan.model, model.probabilities(reader.parameters, moved[0]))


def _stroke() -> np.ndarray:
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[4:24, 13:16] = 255
    return image.reshape(PIXELS)
