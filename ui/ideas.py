"""Parts of the Ideas page: softmax, cross-entropy, gradient descent on curves of one number."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core import landscape, model, plots
from mnist_core.landscape import CURVES
from mnist_core.model import CLASSES
from mnist_core.words import counted, percent
from ui import live_view, session
from ui.board import PLOTLY
from ui.live_view import messages

SCORES = (0.1, 0.005, 2.0)  # tutorial C's example
GUESS = (0.03, 0.03, 0.01, 0.9, 0.01, 0.01, 0.0025, 0.0025, 0.0025, 0.0025)  # tutorial C's j
MOST_STEPS = 60
NARROW = 164  # pixels: two sliders beside each other on a phone


def softmax() -> None:
    """Scores become probabilities: three of them, or ten; a constant added to all; a temperature."""
    st.markdown("A model gives each digit a **score**, any number. **Softmax** makes probabilities of scores.")
    controls, picture = _side_by_side([1, 1])
    with controls:
        many = st.segmented_control(
            "How many scores", [3, 10], key="softmax_count", default=3, required=True, persist_state="session"
        )
        starts = SCORES if many == 3 else (*SCORES, *[0.0] * 7)
        scores = _sliders([
            (f"Score {place}", -5.0, 5.0, start, 0.005, f"score_{many}_{place}", "%.3f")
            for place, start in enumerate(starts)
        ])  # fmt: skip
        constant = st.slider("Add to all of them", -5.0, 5.0, 0.0, 0.5, key="softmax_constant")
        temperature = st.slider("Temperature, divides all of them", 0.1, 5.0, 1.0, 0.1, key="softmax_temperature")
    heated = (scores + constant) / temperature
    shares = model.softmax(heated)
    with picture:
        with st.container(key="softmax_bars"):
            live_view.show(messages.bars(shares), key="softmax_view")
        best = int(shares.argmax())
        terms = " + ".join(f"e^{{{value:.3g}}}" for value in heated[:3]) + (r" + \dots" if many == 10 else "")
        st.latex(
            rf"p_{best} = \frac{{e^{{{heated[best]:.3g}}}}}{{{terms}}} = "
            rf"\frac{{{_power(np.exp(heated[best]))}}}{{{_power(np.exp(heated).sum())}}} = {shares[best]:.4f}"
        )
        plain = model.softmax(scores / temperature)
        if constant:
            st.markdown(
                f"Adding {constant:+g} to every score has changed {_change(np.abs(plain - shares).max())}: only "
                "differences between scores count."
            )
        if temperature != 1:
            sure = float(model.softmax(scores)[best])
            st.markdown(
                f"Temperature {temperature:g} has made {percent(sure)} into {percent(float(shares[best]))}: "
                f"{'hot flattens' if temperature > 1 else 'cold sharpens'}."
            )
        if not constant and temperature == 1:
            st.markdown(
                f"The probabilities add up to {shares.sum():.4f}. Move a score: one that is 1 higher is "
                f"{np.e:.2f} times as probable."
            )


def cross_entropy() -> None:
    """The cost of a prediction: minus the logarithm of the probability of the truth."""
    st.markdown(
        "How bad is a prediction? **Cross-entropy** looks at the probability *p* of the true digit only, and costs "
        "-ln *p*, minus its natural logarithm: nothing for *p* = 1, and without bound as *p* goes to 0. Sure and wrong "
        "is dear."
    )
    controls, picture = _side_by_side([1, 1])
    with controls:
        truth = st.selectbox(
            "The truth is", list(range(CLASSES)), 3, key="ce_truth", persist_state="session", width=140
        )
        raw = _sliders([
            (f"Probability of {digit}", 0.0, 1.0, start, 0.0025, f"ce_{digit}", "%.4f")
            for digit, start in enumerate(GUESS)
        ])  # fmt: skip
        st.button("Back to the start", key="ce_reset", on_click=_reset_guess)
    if raw.sum() == 0:
        with picture:
            st.warning("All ten are 0; give at least one digit a probability.", icon=":material/warning:")
        return
    shares = raw / raw.sum()
    p = float(shares[truth])
    cost = _log(p)
    with picture:
        if abs(raw.sum() - 1) > 1e-9:
            st.caption(f"The ten add up to {raw.sum():.4f}; divided by that, they add up to 1.")
        with st.container(key="cost"):
            st.markdown(f"The truth, {truth}, has p = {p:.4f}. It costs -ln {p:.4f} = **{_cost(cost)}**")
            other = 2 if truth != 2 else 3
            st.markdown(f"Were {other} the truth, it would cost {_cost(_log(shares[other]))}.")
        st.plotly_chart(
            plots.cost_curve(p, min(cost, 12.0), dark=session.is_dark(), height=_height(300)),
            key="cost_chart", theme=None, config=PLOTLY,
        )  # fmt: skip


def descent() -> None:
    """Gradient descent on a curve of one number, step by step."""
    st.markdown(
        "Training walks downhill. At each step the **slope** says how steep the ground is and which way is down; the "
        "step goes the other way, slope times **learning rate** long."
    )
    controls, picture = _side_by_side([1, 2])
    with controls:
        name = st.selectbox("Curve", list(CURVES), key="gd_curve", persist_state="session")
        curve = CURVES[name]
        low, high = curve.range
        start = st.slider("Start at x =", low, high, 0.8 * high, 0.05, key=f"gd_start_{name}")
        rate = st.slider("Learning rate", 0.01, 1.5, 0.1, 0.01, key="gd_rate", persist_state="session")
        session.remembered("gd_steps", lambda: 1)
        steps = st.slider("Steps taken", 0, MOST_STEPS, key="gd_steps", persist_state="session")
        with st.container(horizontal=True):
            st.button("Step", key="gd_step", type="primary", on_click=_more_steps, args=(1,))
            st.button("Ten steps", key="gd_ten", on_click=_more_steps, args=(10,))
            st.button("Back to the start", key="gd_reset", on_click=lambda: session.remember("gd_steps", 0))
    path = landscape.descend(curve, start, rate, steps)
    with picture:
        st.plotly_chart(
            plots.way_down(curve, path, dark=session.is_dark(), height=_height(400)),
            key="gd_chart", theme=None, config=PLOTLY,
        )  # fmt: skip
        here = float(path[-1])
        slope = float(curve.slope(np.array(here)))
        with st.container(key="gd_words"):
            st.markdown(
                f"**{curve.formula}**. After {counted(len(path) - 1, 'step')}: x = {here:.4g}, "
                f"y = {float(curve.value(np.array(here))):.4g}, slope {slope:.4g}. The next step goes by "
                f"-{rate:g} · {slope:.4g} = **{0 - rate * slope:+.4g}**."
            )
            outside = "" if curve.range[0] <= here <= curve.range[1] else " It is outside the picture by now."
            st.markdown(_how_it_goes(curve, path) + outside)


def _side_by_side(shares: list[int]) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Columns for controls and their picture; on a phone the picture comes first, or it moves where nobody sees it."""
    if session.on_phone():
        picture, controls = st.columns(shares[::-1], gap="medium")
    else:
        controls, picture = st.columns(shares, gap="medium")
    return controls, picture


def _height(pixels: int) -> int:
    """Of a chart: on a phone lower, so that its controls are on the screen with it."""
    return round(0.7 * pixels) if session.on_phone() else pixels


def _sliders(each: list[tuple[str, float, float, float, float, str, str]]) -> landscape.Numbers:
    """Sliders in reading order, many of them as close as there is room: label, ends, start, step, key, format."""
    many = len(each) > 3
    with st.container(horizontal=many, gap="small"):
        return np.array([
            st.slider(label, low, high, start, step, key=key, format=form, width=NARROW if many else "stretch")
            for label, low, high, start, step, key, form in each
        ])  # fmt: skip


def _how_it_goes(curve: landscape.Curve, path: landscape.Numbers) -> str:
    """What the path's own numbers say of the learning rate."""
    moves, slopes, values = np.abs(np.diff(path)), curve.slope(path), curve.value(path)
    if len(moves) == 0:
        return "The red line is the tangent: its slope says which way is down. Take a step."
    jumps = int((slopes[1:] * slopes[:-1] < 0).sum())
    low, high = curve.range
    if jumps and values[-1] > values[0] and not low <= path[-1] <= high:
        return f"It **explodes**: y has gone up from {values[0]:.4g} to {values[-1]:.4g}, each step jumps too far."
    if jumps and (values[-1] > values[0] or jumps >= len(moves) // 2):
        return f"It **overshoots**: in {jumps} of {counted(len(moves), 'step')} it jumped over the bottom."
    if abs(slopes[-1]) < 1e-3:
        return "The slope is almost 0, so it hardly moves any more: this is the bottom of a valley, or a plain."
    if len(moves) >= 5 and moves.sum() < 0.35 * abs(path[0] or 1):
        return f"It **crawls**: {len(moves)} steps have gone {moves.sum():.3g} in all. Try a larger rate."
    shorter = "shorter" if moves[-1] < moves[0] else "longer"
    steps = f"; its steps get {shorter}, as the slope gets {'smaller' if shorter == 'shorter' else 'larger'}"
    return f"It is on its way down{steps if len(moves) > 1 else ''}."


def _more_steps(count: int) -> None:
    steps: int = session.remembered("gd_steps", lambda: 1)
    session.remember("gd_steps", min(MOST_STEPS, steps + count))


def _reset_guess() -> None:
    for digit, start in enumerate(GUESS):
        session.remember(f"ce_{digit}", start)
    session.remember("ce_truth", 3)


def _power(value: float) -> str:
    """A number for a formula: 7.389, or 2.7 x 10^43."""
    digits, _, exponent = f"{value:.4g}".partition("e")
    return rf"{digits} \times 10^{{{int(exponent)}}}" if exponent else digits


def _log(share: float) -> float:
    return float(0 - np.log(share)) if share else float("inf")


def _change(most: float) -> str:
    return f"no probability by more than {most:.0e}" if most else "no probability at all"


def _cost(value: float) -> str:
    return f"{value:.6f}" if np.isfinite(value) else "infinity"
