"""Part of the Ideas page: gradient descent on curves of one number."""

import streamlit as st

from mnist_core.charts import ideas as idea_charts
from mnist_core.explain import curves
from mnist_core.explain.curves import CURVES
from mnist_core.formatting import counted, number, some_of
from ui import browser, chart
from ui.ideas.softmax_and_cross_entropy import height, side_by_side
from ui.session import Slot

MOST_STEPS = 60
_STEPS = Slot("gd_steps", lambda: 1)
LARGEST_RATE = 1.5
PLACES = {
    "bottom": "this is the bottom of a valley",
    "top": "this is the top of a hill",
    "plain": "this is a plain",
}


def descent() -> None:
    """The curve, the steps taken on it, and what they say."""
    st.markdown(
        "Training walks downhill. At each step the **slope** says how steep the ground is and which way is down; the "
        "step goes the other way, slope times **learning rate** long."
    )
    controls, picture = side_by_side([1, 2])
    with controls:
        name = st.selectbox("Curve", list(CURVES), key="gd_curve", persist_state="session")
        curve = CURVES[name]
        low, high = curve.range
        start = st.slider("Start at x =", low, high, 0.8 * high, 0.05, key=f"gd_start_{name}")
        rate = st.slider("Learning rate", 0.01, LARGEST_RATE, 0.1, 0.01, key="gd_rate", persist_state="session")
        steps = st.slider("Steps taken", 0, MOST_STEPS, key=_STEPS.widget_key(), persist_state="session")
        with st.container(horizontal=True):
            st.button("Step", key="gd_step", type="primary", on_click=_more_steps, args=(1,))
            st.button("Ten steps", key="gd_ten", on_click=_more_steps, args=(10,))
            st.button("Back to the start", key="gd_reset", on_click=lambda: _STEPS.set(0))
    path = curves.descend(curve, start, rate, steps)
    with picture:
        chart.show(
            idea_charts.way_down(curve, path, dark=browser.is_dark(), height=height(350)),
            key="gd_chart",
        )
        with st.container(key="gd_words"):
            st.markdown(_where(curve, path, rate, steps))
            st.markdown(how_it_goes(curve, path, largest_rate=rate == LARGEST_RATE))


def _where(curve: curves.Curve, path: curves.Numbers, rate: float, asked: int) -> str:
    """Where the steps have led, and where the next one will."""
    taken, here = len(path) - 1, float(path[-1])
    y, slope = float(curve.value(path[-1])), float(curve.slope(path[-1]))
    words = f"**{curve.formula}**. After {counted(taken, 'step')}: x = {number(here)}, y = {number(y)}"
    if abs(here) > curves.FAR:
        rest = f", though the slider says {asked}" if asked > taken else ""
        return f"{words}. That is more than a million from 0, so it is followed no further{rest}."
    factor = f"({number(slope)})" if slope < 0 else number(slope)
    return (
        f"{words}, slope {number(slope)}. The next step goes by -{rate:g} · {factor} = "
        f"**{number(-rate * slope, plus=True)}**."
    )


def how_it_goes(curve: curves.Curve, path: curves.Numbers, *, largest_rate: bool = False) -> str:
    """The verdict on a path in words; at the largest rate that can be chosen, none larger is recommended."""
    found, values = curves.judge(curve, path), [number(float(y)) for y in curve.value(path)]
    bottom = "the bottom" if len(curve.bottoms) == 1 else "the bottom of a valley"
    jumped = f"in {some_of(found.jumps, found.steps, 'step')} it jumped over {bottom}"
    rose = ""
    if found.rises and values[-1] != values[-2]:  # else it goes to and fro between two places of one height
        rose = f"; its last step led up, from y = {values[-2]} to {values[-1]}"
    match found.kind:
        case "explodes":
            steps = f"each of its last {found.rises} steps" if found.rises < found.steps else "each step"
            words = f"It **explodes**: {steps} led up, and y has gone from {values[0]} to {values[-1]}."
        case "level":
            words = f"The slope is almost 0, so the next step hardly moves it: {PLACES[found.place]}"
            words += f", after it jumped over {bottom}." if found.jumps else "."
        case "start":
            words = "The red line is the tangent: its slope says which way is down. Take a step."
        case "overshoots":
            words = f"It **overshoots**: {jumped}{rose}."
        case "crawls":
            words = (
                f"It **crawls**: {found.steps} steps have gone {number(found.gone, 3)} of the {number(found.way, 3)} "
                f"to {bottom}.{'' if largest_rate else ' Try a larger rate.'}"
            )
        case "descends":
            words = f"It is on its way down{f'; {jumped}' if found.jumps else _pace(found)}."
    outside = not curve.range[0] <= path[-1] <= curve.range[1]
    return words + (" It is outside the picture by now." if outside else "")


def _pace(found: curves.Verdict) -> str:
    """How long its steps were, which is the learning rate times the slope where each began."""
    match found.pace:
        case "shorter":
            return ": each step was shorter than the one before, as the ground got flatter"
        case "longer":
            return ": each step was longer than the one before, as the ground got steeper"
        case "longer, then shorter":
            return f": its steps got longer up to step {found.longest}, shorter from there, as the ground got flatter"
    return ""


def _more_steps(count: int) -> None:
    _STEPS.set(min(MOST_STEPS, _STEPS.get() + count))
