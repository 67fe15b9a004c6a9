"""Does it see shapes? Shuffled pixels, and pictures of nothing."""

import numpy as np
import streamlit as st

from mnist_core import dataset, model
from mnist_core.charts.lines import Lines
from mnist_core.dataset import PIXELS, SIDE
from mnist_core.formatting import a_digit, percent
from mnist_core.studies import shuffled_pixels
from mnist_core.studies.shuffled_pixels import PixelRun
from ui import browser, chart, digit_grid, job_view, model_choice
from ui.jobs import Job


def draw() -> None:
    """A shuffle of the pixels that the model does not mind; and how sure it is of nothing."""
    st.markdown(
        "Shuffle the 784 pixels of every image, always in the same way. People are lost. Is the model? It trains "
        "twice, on the images as they are and on shuffled ones."
    )
    test, order = dataset.load_test(), shuffled_pixels.pixel_order()
    with st.container(key="shuffled_pictures"):
        digit_grid.of_images(
            "shuffled",
            np.concatenate([test.images[:5], test.images[:5][:, order]]),
            [a_digit(label) for label in test.labels[:5]] * 2,
            columns=5,
        )
    job_view.draw("pixels", shuffled_pixels.tasks(), "Run", _pixels)
    st.subheader("How sure is it of nothing?", anchor=False)
    reader = model_choice.choose("Who reads", "nothing_reader")
    rng = np.random.default_rng(0)
    nothing = {
        "no ink at all": np.zeros(PIXELS, np.uint8),
        "noise": rng.integers(0, 256, PIXELS).astype(np.uint8),
        "all ink": np.full(PIXELS, 255, np.uint8),
        "a square": _square(),
    }
    shares = [model.probabilities(reader.parameters, pixels) for pixels in nothing.values()]
    words = [f"{name}: {int(p.argmax())}, {percent(float(p.max()))}" for name, p in zip(nothing, shares, strict=True)]
    with st.container(key="nothing"):
        digit_grid.of_images("nothing", np.stack(list(nothing.values())), words, columns=4)
    surest = int(np.argmax([p.max() for p in shares]))
    st.markdown(
        f"It has no way to say “this is no digit”: ten probabilities always add up to 1. Of "
        f"*{list(nothing)[surest]}* it is {percent(float(shares[surest].max()))} sure that it is "
        f"{a_digit(int(shares[surest].argmax()))}."
    )


def _pixels(job: Job) -> None:
    found = job.found()
    series = []
    for name, runs in found.items():
        all_runs: list[PixelRun] = list(runs)
        series.append((name, [run.state.step for run in all_runs], [run.accuracy for run in all_runs]))
    chart.show(
        Lines(series, across="step", up="test accuracy", wide_first=True).figure(dark=browser.is_dark(), height=260),
        key="pixels_chart",
    )
    if not job.finished:
        return
    plain, shuffled = (runs[-1] for runs in found.values())
    weights = shuffled.state.parameters[0].weights
    back = np.empty_like(weights)
    back[shuffled_pixels.pixel_order()] = weights
    apart = float(np.abs(back - plain.state.parameters[0].weights).max())
    with st.container(key="pixels_words"):
        st.markdown(
            f"As they are: **{percent(plain.accuracy)}**. Shuffled: **{percent(shuffled.accuracy)}**. Put back in "
            f"order, the weights differ by no more than {apart:.7f}. To this model a pixel has no neighbours; it "
            "sees no shapes at all."
        )


def _square() -> np.ndarray:
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[8:20, 8:20] = 255
    image[10:18, 10:18] = 0
    return image.reshape(PIXELS)
