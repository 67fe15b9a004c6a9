"""Parts of the Ideas page: softmax and cross-entropy."""

from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core import model
from mnist_core.charts import ideas as idea_charts
from mnist_core.explain.landscape import Numbers
from mnist_core.formatting import ceiling, number, probability
from mnist_core.model import CLASSES
from ui import browser, chart, live_view
from ui.live_view import messages
from ui.one_of import one_of
from ui.session import Slot

SCORES = (0.1, 0.005, 2.0)  # tutorial C's example
GUESS = (0.03, 0.03, 0.01, 0.9, 0.01, 0.01, 0.0025, 0.0025, 0.0025, 0.0025)  # tutorial C's j
TRUTH = 3
_TRUTH = Slot("ce_truth", lambda: TRUTH)
NARROW = 164  # pixels: two sliders beside each other on a phone


def softmax() -> None:
    """Scores become probabilities: three of them, or ten; a constant added to all; a temperature."""
    st.markdown("A model gives each digit a **score**, any number. **Softmax** makes probabilities of scores.")
    controls, picture = side_by_side([1, 1])
    with controls:
        many = one_of("How many scores", [3, 10], key="softmax_count")
        starts = SCORES if many == 3 else (*SCORES, *[0.0] * 7)
        scores = _sliders(
            [
                (f"Score {place}", -5.0, 5.0, 0.005, Slot(f"score_{many}_{place}", partial(float, start)), "%.3f")
                for place, start in enumerate(starts)
            ]
        )
        constant = st.slider("Add to all of them", -5.0, 5.0, 0.0, 0.5, key="softmax_constant")
        temperature = st.slider("Temperature, divides all of them", 0.1, 5.0, 1.0, 0.1, key="softmax_temperature")
    heated = (scores + constant) / temperature
    shares = model.softmax(heated)
    with picture:
        with st.container(key="softmax_bars"):
            live_view.show(messages.bars(shares), key="softmax_view")
        best = int(shares.argmax())
        terms = " + ".join(_e_to_the(value) for value in heated[:3]) + (r" + \dots" if many == 10 else "")
        st.latex(
            rf"p_{best} = \frac{{{_e_to_the(heated[best])}}}{{{terms}}} = "
            rf"\frac{{{_power(np.exp(heated[best]))}}}{{{_power(np.exp(heated).sum())}}} {_equals(float(shares[best]))}"
        )
        plain = model.softmax(scores / temperature)
        if constant:
            st.markdown(
                f"Adding {constant:+g} to every score has changed {_change(float(np.abs(plain - shares).max()))}: only "
                "differences between scores count."
            )
        if temperature != 1:
            st.markdown(_heat(temperature, float(model.softmax(scores)[best]), float(shares[best])))
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
        "is costly."
    )
    controls, picture = side_by_side([1, 1])
    with controls:
        truth = st.selectbox(
            "The truth is", list(range(CLASSES)), key=_TRUTH.widget_key(), persist_state="session", width=140
        )
        raw = _sliders(
            [(f"Probability of {digit}", 0.0, 1.0, 0.0025, _guessed(digit), "%.4f") for digit in range(CLASSES)]
        )
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
            st.markdown(f"The truth, {truth}, has p = {number(p)}. It costs -ln p = **{_cost(cost)}**.")
            other = 2 if truth != 2 else 3
            st.markdown(f"Were {other} the truth, it would cost {_cost(_log(shares[other]))}.")
        chart.show(
            idea_charts.cost_curve(p, dark=browser.is_dark(), height=height(300)),
            key="cost_chart",
        )


def side_by_side(shares: list[int]) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Columns for controls and their picture; on a phone the picture comes first, or it moves where nobody sees it."""
    if browser.on_phone():
        picture, controls = st.columns(shares[::-1], gap="medium")
    else:
        controls, picture = st.columns(shares, gap="medium")
    return controls, picture


def height(pixels: int) -> int:
    """Of a chart: on a phone lower, so that its controls are on the screen with it."""
    return round(0.7 * pixels) if browser.on_phone() else pixels


def _sliders(each: list[tuple[str, float, float, float, Slot[float], str]]) -> Numbers:
    """Sliders in reading order, many of them as close as there is room: label, ends, step, what it shows, format."""
    many = len(each) > 3
    with st.container(horizontal=many, gap="small"):
        return np.array(
            [
                st.slider(
                    label,
                    low,
                    high,
                    step=step,
                    key=shown.widget_key(),
                    format=form,
                    width=NARROW if many else "stretch",
                )
                for label, low, high, step, shown, form in each
            ]
        )


def _reset_guess() -> None:
    for digit, start in enumerate(GUESS):
        _guessed(digit).set(start)
    _TRUTH.set(TRUTH)


def _guessed(digit: int) -> Slot[float]:
    return Slot(f"ce_{digit}", partial(float, GUESS[digit]))


def _e_to_the(score: float) -> str:
    """A power for a formula; its exponent without what rounding has left, such as 5.6e-17."""
    return f"e^{{{number(round(float(score), 6))}}}"


def _power(value: float) -> str:
    """A number for a formula: 7.389, or 2.7 x 10^43."""
    digits, _, exponent = f"{value:.4g}".partition("e")
    return rf"{digits} \times 10^{{{int(exponent)}}}" if exponent else digits


def _equals(share: float) -> str:
    """A probability at the end of a formula, which is 1 only where it is."""
    return "> 0.9999" if 0.9999 < share < 1 else f"= {share:.4f}"


def _heat(temperature: float, before: float, after: float) -> str:
    """What the temperature has done to the largest probability."""
    if probability(before) == probability(after):
        return (
            f"Temperature {temperature:g} has changed the largest probability, {probability(after)}, by less than a "
            "tenth of a percent."
        )
    return (
        f"Temperature {temperature:g} has made {probability(before)} into {probability(after)}: "
        f"{'hot flattens' if temperature > 1 else 'cold sharpens'}."
    )


def _log(share: float) -> float:
    return float(0 - np.log(share)) if share else float("inf")


def _change(most: float) -> str:
    return f"no probability by more than {ceiling(most)}" if most else "no probability at all"


def _cost(value: float) -> str:
    return f"{value:.6f}" if np.isfinite(value) else "infinity"
