"""Parts of the Data page: sets and shapes, one digit as numbers, labels as vectors, rows of pixels, grids, means."""

import numpy as np
import streamlit as st

from mnist_core import dataset
from mnist_core.charts import studies as study_charts
from mnist_core.dataset import PIXELS, SIDE, Digits
from mnist_core.formatting import a_digit
from mnist_core.metrics import Counts
from mnist_core.model import CLASSES
from ui import browser, chart, digit_grid, live_view, model_choice, resources
from ui.live_view import messages
from ui.one_of import one_of
from ui.session import Slot

SETS = ("Training", "Validation", "Test")
FLAT = 400  # images
_INDEX = Slot("data_index", int)
_TURN = Slot("grid_turn", int)  # how often others were asked for


def shapes() -> None:
    """How many images each set has, and how its arrays are shaped."""
    lines = ["| set | images | as numbers | labels |", "| :-- | --: | --: | --: |"]
    for name in SETS:
        digits = _set(name)
        lines.append(f"| {name} | {len(digits):,} | {len(digits):,} x {PIXELS} | {len(digits):,} |")
    st.markdown("\n".join(lines))
    st.markdown(
        f"Each image is {SIDE} x {SIDE} = {PIXELS} pixels, each a number from 0 (no ink) to 255 (full ink). The model "
        "reads them divided by 255, as 0 to 1. It learns from the training set only; the test set says how well."
    )


def one_digit() -> None:
    """A digit by its index or at random, with its 784 numbers."""
    left, right = st.columns([1, 2], gap="medium")
    with left:
        name = _choose_set("data_set")
        digits = _set(name)
        index = digit_grid.choose_index(_INDEX, len(digits))
        if index is None:
            return
        pixels, label = digits.images[index], int(digits.labels[index])
    with right, st.container(key="data_one"):
        digit_grid.of_images("data", pixels[np.newaxis], [f"label {label}"], columns=1)
        inked = int((pixels > 0).sum())
        st.markdown(f"{name} image {index:,} is **{a_digit(label)}**: {inked} of its {PIXELS} pixels have ink.")
    with st.container(key="numbers"):
        live_view.show(messages.numbers(np.asarray(pixels, np.uint8)), key="numbers_view")


def labels() -> None:
    """One-hot encoding: a label becomes a vector, and argmax brings it back."""
    st.markdown(
        "A model has ten outputs, so a label is written as ten numbers too: **1** at the place of the digit and **0** "
        "elsewhere. That is *one-hot*. **argmax**, the place of the largest number, brings the label back."
    )
    label = one_of("Label", list(range(CLASSES)), key="one_hot", default=7)
    vector = np.eye(CLASSES, dtype=int)[label]
    st.markdown(f"{label} → **[{' '.join(map(str, vector))}]** → argmax → **{int(vector.argmax())}**")
    st.markdown("The first five test digits:")
    test = dataset.load_test()
    first = np.eye(CLASSES, dtype=int)[test.labels[:5]]
    lines = ["| label | one-hot | argmax |", "| --: | :-- | --: |"]
    lines += [
        f"| {label} | [{' '.join(map(str, row))}] | {int(row.argmax())} |"
        for label, row in zip(test.labels[:5], first, strict=True)
    ]
    with st.container(key="first_labels"):
        st.markdown("\n".join(lines))
    digit_grid.of_images("first_five", test.images[:5], [str(label) for label in test.labels[:5]], columns=5)


def flattened() -> None:
    """Images as the model gets them: each a row of 784 pixels."""
    st.markdown(
        f"The model knows no rows and columns: it gets each image as one row of {PIXELS} pixels. Here are {FLAT} "
        "training images, one row each. Point at a row or tap it to see its image."
    )
    digits = _set("Training")
    first = st.number_input(
        "First image", 0, len(digits) - FLAT, 0, FLAT, key="flat_first", persist_state="session", width=160
    )
    shown = np.flatnonzero(digits.images[first : first + FLAT].any(axis=0))
    with st.container(key="flat_words"):
        st.markdown(stripes_say(PIXELS - len(shown), PIXELS - int(resources.inked_pixels().sum()), len(digits)))
    with st.container(key="flat"):
        live_view.show(messages.flat(digits[first : first + FLAT], first), key="flat_view")


def stripes_say(empty: int, always_empty: int, images: int) -> str:
    """What the dark stripes are: pixels without ink in all rows shown, and how many of them in all `images` too."""
    return (
        f"Each column is one place in the image. {empty} of the {PIXELS} are dark from top to bottom: no digit shown "
        f"here has ink there. Were all {images:,} training images shown, {always_empty} would stay dark."
    )


def grids() -> None:
    """Nine or twenty-five digits with their labels, all or of one kind."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = _choose_set("grid_set")
        size = one_of("Grid", ["3 x 3", "5 x 5"], key="grid_size", default="5 x 5")
        kind = st.selectbox(
            "Digit", ["any", *map(str, range(CLASSES))], key="grid_digit", persist_state="session", width=110
        )
        turn = _TURN.get()
        st.button("Others", key="grid_others", on_click=lambda: _TURN.set(turn + 1))
    digits, side = _set(name), int(size[0])
    among = np.flatnonzero(digits.labels == int(kind)) if kind != "any" else np.arange(len(digits))
    chosen = (
        among[: side * side] if turn == 0 else np.random.default_rng(turn).choice(among, side * side, replace=False)
    )
    with st.container(width=90 * side, key="grid"):
        digit_grid.of_images(
            "grid", digits.images[chosen], [str(label) for label in digits.labels[chosen]], columns=side
        )
    rows = digits.labels[chosen].reshape(side, side)
    head = "| " + " | ".join(f"column {column}" for column in range(side)) + " |"
    lines = [head, "| " + " | ".join(["--:"] * side) + " |"]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    with st.expander("The labels as a table"):
        st.markdown("\n".join(lines))


def counts() -> None:
    """How many of each digit a set has."""
    name = _choose_set("count_set")
    digits = _set(name)
    found = np.bincount(digits.labels, minlength=CLASSES)
    chart.show(
        study_charts.bars(
            [str(digit) for digit in range(CLASSES)],
            found.tolist(),
            across="digit",
            up="images",
            dark=browser.is_dark(),
        ),
        key="counts_chart",
    )
    with st.container(key="count_words"):
        st.markdown(constant_says(found))


def constant_says(found: Counts) -> str:
    """The best answer without looking: the digit that is most frequent in a set, `found` `(10,)` times each."""
    most, of = int(found.argmax()), int(found.sum())
    also = [str(digit) for digit in np.flatnonzero(found == found[most])[1:]]
    equals = f" (or always {' or '.join(also)})" if also else ""
    return (
        f"A model that always says {most}{equals} reads {found[most]:,} of these {of:,} right, "
        f"**{100 * found[most] / of:.2f} %**: no other constant answer does better. One that reads no more than that "
        "is no better than one that never looks at the image."
    )


def means() -> None:
    """The mean image of each digit, beside its weight image, and how alike they are."""
    reader = model_choice.choose("Whose weights", "means_reader", "linear")
    means, labels = resources.mean_images(), [str(digit) for digit in range(CLASSES)]
    weights = reader.parameters[0].weights.T
    alike = [float(np.corrcoef(mean, weight)[0, 1]) for mean, weight in zip(means, weights, strict=True)]
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="means"):
        st.markdown("**The mean of all training images of a digit**")
        digit_grid.of_images("means", means, labels, columns=5)
    with right:
        st.markdown("**What the model looks for**")
        live_view.show(
            messages.pictures(
                np.ascontiguousarray(weights, np.float32),
                [f"{digit}: {value:+.2f}" for digit, value in enumerate(alike)],
                columns=5,
                caption="Over each: how alike it is to its mean image, as a correlation from -1 to +1.",
                alt="Weight images with their correlation to the mean images.",
                words=messages.OF_DIGITS,
            ),
            key="means_weights",
        )
    most, least = int(np.argmax(alike)), int(np.argmin(alike))
    st.markdown(
        f"The weights are no mean images: most alike is {most} with {alike[most]:+.2f}, least {least} with "
        f"{alike[least]:+.2f}. A weight image says where ink tells a digit from the **other nine**; a mean image says "
        "only where the digit has ink."
    )


def _set(name: str) -> Digits:
    data = dataset.load()
    return {"Training": data.training, "Validation": data.validation, "Test": data.test}[name]


def _choose_set(key: str) -> str:
    return one_of("Set", SETS, key=key, default="Test")
