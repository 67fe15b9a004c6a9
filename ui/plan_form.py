"""The sidebar of the Train page: every choice of a Plan, on a scale and exactly, each with a sentence of help."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from mnist_core.dataset import SPLITS, TRAINING_SIZES
from mnist_core.plan import ALL, BATCH_ORDERS, HIDDEN_UNITS, LEARNING_RATES, MOST_STEPS, SAMPLES, SEEDS, Plan
from mnist_core.series import NAMES
from mnist_core.words import short
from ui import session
from ui.readers import SHORT

SIZES = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_500, 10_000, 20_000, 55_000]
RATES = [digit * 10.0**power for power in range(-6, 2) for digit in (1, 2, 5)] + [100.0]
STEPS = [0, 1, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]
MORE = ("seed", "split", "sample", "batch_order", "double_softmax")  # folded away, and named when they are set
UNITS = [1, 2, 5, 10, 16, 32, 64, 128, 256, 512]
BATCHES = [1, 10, 32, 100, 1_000, 10_000]


def sidebar() -> None:
    """Draw the form; each change goes to the plan at once, and to the address bar."""
    plan = session.plan()
    most = TRAINING_SIZES[plan.split]
    with st.sidebar:
        _model(plan)
        _scale(
            "train_size", "Training images", [size for size in SIZES if size < most] + [most], plan.train_size,
            "How many of the first training images the model may look at. With 10 it learns them by heart.",
            {"min_value": 1, "max_value": most, "step": 1},
        )  # fmt: skip
        _scale(
            "learning_rate", "Learning rate", [float(f"{rate:.0e}") for rate in RATES], plan.learning_rate,
            "How far each step follows the slope of the loss. Too small crawls, too large overshoots.",
            {"min_value": LEARNING_RATES[0], "max_value": LEARNING_RATES[1], "step": 0.01, "format": "%g"},
        )  # fmt: skip
        _scale(
            "steps", "Steps", STEPS, plan.steps,
            "How many times the weights are changed before the run ends.",
            {"min_value": 0, "max_value": MOST_STEPS, "step": 1},
        )  # fmt: skip
        _batch(plan)
        changed = [NAMES.get(name, name) for name in MORE if getattr(plan, name) != getattr(Plan(), name)]
        with st.expander(" · ".join(["More choices", *changed]), key="more"):
            _more(plan)
        st.divider()
        st.caption("Only for the eye: these never change a run.")
        st.segmented_control(
            "Step axis", ["log", "linear"], key="step_axis", default="log", required=True, persist_state="session",
            help="log gives the first ten steps as much room as the last nine hundred: most happens there.",
        )  # fmt: skip
        st.toggle(
            "Slow motion at the start", key="paced", value=True, persist_state="session",
            help="Shows the first steps one by one, which takes a run about three seconds. Off: as fast as it goes.",
        )  # fmt: skip


def _model(plan: Plan) -> None:
    session.remember("model_box", plan.model)
    st.segmented_control(
        "Model", list(SHORT), format_func=lambda kind: SHORT[kind], key="model_box", required=True,
        on_change=_take, args=("model", "model_box"),
        help="Linear: each digit has one weight for each pixel. MLP: a layer of hidden units looks at the pixels "
        "first, and the digits look at those.",
    )  # fmt: skip
    if plan.model == "mlp":
        _scale(
            "hidden_units", "Hidden units", UNITS, plan.hidden_units,
            "How many patterns of its own the MLP may look for. More read better, and take longer.",
            {"min_value": HIDDEN_UNITS[0], "max_value": HIDDEN_UNITS[1], "step": 1},
        )  # fmt: skip


def _more(plan: Plan) -> None:
    _box(
        "seed", "Seed", plan.seed,
        "Decides the order in which the images are seen, and an MLP's first weights; the same seed gives the same run, "
        "bit for bit.",
        {"min_value": SEEDS[0], "max_value": SEEDS[1], "step": 1},
    )  # fmt: skip
    _select("split", "Split", SPLITS, plan.split,
            "tutorial: the first 5,000 of 60,000 images are set aside. full: all of them train.")  # fmt: skip
    _select("sample", "Which images", SAMPLES, plan.sample,
            "first: the first ones of the split. random: as many that the seed draws from all of it.")  # fmt: skip
    _select("batch_order", "Order of the images", BATCH_ORDERS, plan.batch_order,
            "shuffled: in a new order each time all have been seen. file: always as they come. file_first: as they "
            "come until all have been seen, then shuffled, as TensorFlow 0.12 did (tutorial A).")  # fmt: skip
    session.remember("double_softmax_box", plan.double_softmax)
    st.toggle(
        "Double softmax", key="double_softmax_box", on_change=_take, args=("double_softmax", "double_softmax_box"),
        help="A published mistake (tutorial D), repeated on purpose: the loss takes the softmax of probabilities that "
        "went through it already. It still learns, more slowly.",
    )  # fmt: skip


def _select(field: str, label: str, choices: Sequence[str], value: str, help: str) -> None:
    session.remember(f"{field}_box", value)
    st.selectbox(label, choices, key=f"{field}_box", on_change=_take, args=(field, f"{field}_box"), help=help)


def _scale(field: str, label: str, stops: Sequence[Any], value: Any, help: str, limits: dict[str, Any]) -> None:
    """A slider over stops that are far apart, and beside it a box for any exact number."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        session.remember(f"{field}_scale", value)
        st.select_slider(
            label, sorted({*stops, value}), key=f"{field}_scale", format_func=short,
            on_change=_take, args=(field, f"{field}_scale"), help=help,
        )  # fmt: skip
    with right:
        _box(field, f"{label}, exactly", value, None, limits, hidden=True)


def _box(field: str, label: str, value: Any, help: str | None, limits: dict[str, Any], hidden: bool = False) -> None:
    session.remember(f"{field}_box", value)
    st.number_input(
        label, key=f"{field}_box", help=help, label_visibility="collapsed" if hidden else "visible",
        on_change=_take, args=(field, f"{field}_box"), **limits,
    )  # fmt: skip


def _batch(plan: Plan) -> None:
    fitting = [size for size in BATCHES if size < plan.train_size]
    choices = [ALL, *map(str, sorted({*fitting, *([] if plan.batch_size == ALL else [plan.batch_size])}))]
    session.remember("batch_size_box", str(plan.batch_size))
    st.selectbox(
        "Batch size", choices, key="batch_size_box", accept_new_options=True, on_change=_take_batch,
        help="How many images are looked at before each step: few make quick, noisy steps; all make slow, smooth ones. "
        "Type any number.",
    )  # fmt: skip


def _take(field: str, key: str) -> None:
    value = session.recalled(key)
    if value is not None:  # a box that was emptied falls back to what it held
        session.choose(field, value)


def _take_batch() -> None:
    text = str(session.recalled("batch_size_box") or "").replace(",", "").strip()
    if text:
        session.choose("batch_size", int(text) if text.isdecimal() else text)
