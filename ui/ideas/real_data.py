"""Parts of the Ideas page that look at the real thing: a slice of MNIST's loss, and one digit through the model."""

import numpy as np
import streamlit as st

from mnist_core import dataset, model
from mnist_core.charts import ideas as idea_charts
from mnist_core.explain import landscape
from mnist_core.formatting import a_digit, number, probability, signed
from mnist_core.plan import Plan
from mnist_core.training.run import Run
from ui import browser, chart, current_run, digit_grid, live_view, model_choice, resources
from ui.live_view import messages
from ui.session import Slot
from ui.train.dashboard import TICK

LOSS_OF = 1_000  # training images
SIDE = 25  # points of the map, each way
_INDEX = Slot("through_index", int)


def real_loss() -> None:
    """The loss of real digits on a plane through a run's states, with the run's way on it."""
    st.markdown(
        "The real loss depends on 7,850 numbers, not on one. But a run only ever walks one way through them; here is a "
        "flat slice that holds its first step, its last step and the bend between them. As under Gradient descent, "
        "each step goes against the slope, here that of the loss of its own batch of images; for other images it may "
        "lead up."
    )
    run = current_run.control().run
    states = list(run.snapshots)
    if len(states) < 3 or run.plan.model != "linear" or run.plan.double_softmax:
        if not current_run.control().running:
            st.info(
                "This needs your latest run to be one of a linear model with a single softmax, of two steps or more. "
                "The classic one, 1,000 steps of 100 images at rate 0.5, takes a few seconds."
            )
            st.button("Train the classic run", key="train_for_slice", type="primary", on_click=_classic)
        _wait_for_run()
        return
    plane, a, b, losses, on_the_way = _slice(run)
    chart.show(
        idea_charts.loss_slice(plane, a, b, losses, [state.step for state in states], dark=browser.is_dark()),
        key="slice_chart",
    )
    st.caption(
        f"Loss on the first {LOSS_OF:,} training images: {on_the_way[0]:.3f} at step {states[0].step:,} (left), "
        f"{on_the_way[-1]:.3f} at step {states[-1].step:,} (right); {up_or_down(on_the_way)} Each dot is one of the "
        "steps that the run keeps. Only its first, its last and its most distant step lie in this plane; of the others "
        "one sees the shadow."
    )
    _wait_for_run()


def up_or_down(losses: landscape.Numbers) -> str:
    """Whether a run's kept losses rose or fell from each one to the next, counted."""
    ups, downs = landscape.ups_and_downs(losses)
    each = "from each dot to the next it went"
    if len(losses) - 1 in (ups, downs):
        return f"{each} {'up' if ups else 'down'}."
    return f"from one dot to the next it went down {_times(downs)} and up {_times(ups)}."


def one_digit() -> None:
    """A digit's way through the linear model: pixel x weight, sum, bias, softmax, prediction."""
    reader = model_choice.choose("Which model", "through_reader", "linear")
    left, right = st.columns([1, 2], gap="medium")
    test = dataset.load_test()
    with left:
        index = digit_grid.choose_index(_INDEX, len(test))
        if index is None:
            return
        pixels = np.asarray(test.images[index])
        scores = model.logits(reader.parameters, pixels)
        shares = model.softmax(scores)
        digits = list(range(model.CLASSES))
        digit = st.selectbox(
            "Follow the score of", digits, int(test.labels[index]), key=f"through_digit_{index}", width=140
        )
    weights, bias = reader.parameters[0]
    evidence = model.evidence(reader.parameters, pixels)
    votes = evidence[:, digit]
    with right, st.container(key="through_pictures"):
        both = np.stack([weights[:, digit], votes])
        parts = st.columns([1, 2])
        with parts[0]:
            digit_grid.of_images(
                "through", pixels[np.newaxis], [f"1. pixels, {a_digit(test.labels[index])}"], columns=1
            )
        with parts[1]:
            live_view.show(
                messages.pictures(
                    both,
                    [f"2. weights of {digit}", "3. pixel x weight"],
                    caption="One scale for both.",
                    alt="Weights and votes.",
                    words=messages.OF_DIGITS,
                ),
                key="through_votes",
            )
    place = int(np.abs(votes).argmax())
    total = float(votes.sum(dtype=np.float64))
    with st.container(key="through_words"):
        st.markdown(
            f"**One pixel**, row {place // 28}, column {place % 28}: ink {pixels[place] / 255:.3f} x weight "
            f"{signed(float(weights[place, digit]), 4)} = {signed(float(votes[place]), 4)}. **All 784** add up to "
            f"{signed(total, 4)}; with the bias {signed(float(bias[digit]), 4)} that is the score "
            f"**{signed(float(scores[digit]), 4)}** of {digit}."
        )
    top = float(scores.max())
    powers = np.exp(scores.astype(np.float64) - top)  # as they are, those of a model that overshot are infinite
    sums = evidence.sum(axis=0, dtype=np.float64)
    columns = {
        "digit": [str(k) for k in digits],
        "sum of votes": [signed(float(value), 3) for value in sums],
        "+ bias": [signed(float(value), 3) for value in bias],
        "= score z": [signed(float(value), 3) for value in scores],
        f"e^(z - {top:.2f})": [number(float(value)) for value in powers],
        "probability": [probability(float(value)) for value in shares],
    }
    if browser.on_phone():  # no room for six: what the score is made of is said above
        columns = {name: cells for name, cells in columns.items() if name not in ("sum of votes", "+ bias")}
    lines = ["| " + " | ".join(columns) + " |", "|" + " --: |" * len(columns)]
    for k, row in enumerate(zip(*columns.values(), strict=True)):
        mark = "**" if k == int(scores.argmax()) else ""
        lines.append("| " + " | ".join(f"{mark}{cell}{mark}" for cell in row) + " |")
    with st.container(key="through_table"):
        st.markdown("\n".join(lines))
    best = int(scores.argmax())
    st.markdown(
        f"The largest score is taken from all ten, which changes no probability and keeps the powers small. They "
        f"add up to {number(powers.sum())}; each divided by that is a probability. The largest belongs to "
        f"**{best}**, so that is what the model reads{', rightly' if best == test.labels[index] else ', wrongly'}."
    )


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _classic() -> None:
    current_run.train_plan(Plan())


def _wait_for_run() -> None:
    """While a run is under way, take its chunks, and draw the page again when it is through."""
    if not current_run.control().running:
        return

    def tick() -> None:
        control = current_run.take_chunk()
        done = control.run.state.step
        st.progress(done / max(control.run.plan.steps, 1), f"Step {done:,}")
        if not control.running:
            st.rerun()

    st.fragment(run_every=TICK)(tick)()


def _slice(
    run: Run,
) -> tuple[landscape.Slice, landscape.Numbers, landscape.Numbers, landscape.Numbers, landscape.Numbers]:
    """The map of a run, made once for each state of it."""
    states = list(run.snapshots)
    steps, last = tuple(state.step for state in states), resources.digest(states[-1].parameters)
    return resources.loss_slice(run.plan.to_text(), steps, last, states, LOSS_OF, SIDE)
