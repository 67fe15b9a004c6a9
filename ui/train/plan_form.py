"""The sidebar of the Train page: every choice of a Plan, on a scale and exactly, each with a sentence of help."""

from typing import Any

import streamlit as st

from mnist_core.choices import Number, OneOf, OnOff, Whole
from mnist_core.fields import FIELDS, Field
from mnist_core.formatting import short
from mnist_core.plan import Plan
from ui import display, draft, session
from ui.session import Slot

STOPS: dict[str, list[float]] = {  # of the scales, far apart; those beyond the range of the moment are left out
    "hidden_units": [1, 2, 5, 10, 16, 32, 64, 128, 256, 512],
    "train_size": [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_500, 10_000, 20_000, 55_000],
    "learning_rate": [float(f"{digit}e{power}") for power in range(-6, 2) for digit in (1, 2, 5)],
    "batch_size": [1, 10, 32, 100, 1_000, 10_000],
    "steps": [0, 1, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000],
}


def sidebar() -> None:
    """Draw the form; each change goes to the plan at once, and to the address bar."""
    plan = draft.plan()
    here = [field for field in FIELDS if field.matters(plan.model)]
    folded = [field for field in here if field.shown == "folded"]
    changed = [field.words for field in folded if getattr(plan, field.name) != getattr(Plan(), field.name)]
    with st.sidebar:
        for field in here:
            if field not in folded:
                _widget(field, plan)
        with st.expander(" · ".join(["More choices", *changed]), key="more"):
            for field in folded:
                _widget(field, plan)
        st.divider()
        display.draw()


def _widget(field: Field, plan: Plan) -> None:
    """What suits a choice: a scale for numbers, buttons for words, a box for either where it is folded away."""
    match field.kind:
        case OneOf(labels) if field.shown == "folded":
            st.selectbox(field.label, list(labels), format_func=field.labelled, **_wired(field, plan, "box"))
        case OneOf(labels):
            capital, wired = lambda word: labels[word][0].upper() + labels[word][1:], _wired(field, plan, "box")
            st.segmented_control(field.label, list(labels), format_func=capital, required=True, **wired)
        case OnOff():
            st.toggle(field.label, **_wired(field, plan, "box"))
        case Whole(word=word) as kind if word:
            _typed(field, plan, word, _stops(field, *kind.range(plan)))
        case Whole() | Number() as kind if field.shown == "folded":
            st.number_input(field.label, **_limits(*kind.range(plan)), **_wired(field, plan, "box"))
        case Whole() | Number() as kind:
            _scale(field, plan, *kind.range(plan))


def _scale(field: Field, plan: Plan, low: float, high: float) -> None:
    """A slider over stops that are far apart, and beside it a box for any exact number."""
    stops = {low, high, getattr(plan, field.name), *_stops(field, low, high)}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.select_slider(field.label, sorted(stops), format_func=short, **_wired(field, plan, "scale"))
    with right:
        exactly = {**_limits(low, high), **_wired(field, plan, "box"), "help": None}
        st.number_input(f"{field.label}, exactly", label_visibility="collapsed", **exactly)


def _typed(field: Field, plan: Plan, word: str, stops: list[float]) -> None:
    """A box with a word and some numbers to choose from, that takes any other number too."""
    value = getattr(plan, field.name)
    numbers = sorted({*stops, value} - {word})
    wired = _wired(field, plan, "box", held=str(value))
    st.selectbox(field.label, [word, *map(str, numbers)], accept_new_options=True, **wired)
    waiting = draft.draft().waiting_batch
    if waiting:
        st.caption(f"All, with fewer than {waiting:,} images.")


def _stops(field: Field, low: float, high: float) -> list[float]:
    return [stop for stop in STOPS.get(field.name, []) if low <= stop < high]


def _limits(low: float, high: float) -> dict[str, Any]:
    """The range of a number as a box wants it."""
    steps = {"step": 1} if isinstance(low, int) else {"step": 0.01, "format": "%g"}
    return {"min_value": low, "max_value": high, **steps}


def _wired(field: Field, plan: Plan, kind: str, held: str | None = None) -> dict[str, Any]:
    """What makes a widget show the plan's value, explain itself and change the plan."""
    key = f"{field.name}_{kind}"
    value = getattr(plan, field.name) if held is None else held
    Slot(key, lambda: value).set(value)
    return {"key": key, "help": field.help, "on_change": _take, "args": (field, key)}


def _take(field: Field, key: str) -> None:
    value = session.widget_value(key)
    if isinstance(value, str):
        value = field.parsed(value.replace(",", "").strip())
    if value not in (None, ""):  # a box that was emptied falls back to what it held
        draft.choose(field.name, value)
