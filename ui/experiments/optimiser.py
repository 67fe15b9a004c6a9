"""Be the optimiser: a weight image painted by hand, and gradient descent from there."""

import numpy as np
import streamlit as st

from mnist_core.dataset import PIXELS, SIDE
from mnist_core.formatting import a_digit, percent
from mnist_core.model import Floats
from mnist_core.studies import painted_detector
from mnist_core.studies.painted_detector import Detector
from ui import canvas, job_view, live_view, resources
from ui.jobs import Job
from ui.live_view import messages

BRUSH = 18  # pixels of the screen
BRUSHES = {"red: ink here speaks for it": "#ff0000", "blue: against it": "#0000ff"}


def draw() -> None:
    """Paint the weights of one digit, see what they are worth, and let gradient descent go on from there."""
    st.markdown(
        "Be the optimiser: paint what to look for in one digit. Your picture scores every test digit, and is good when "
        "it scores that digit above the others. Then let gradient descent go on from where you stopped."
    )
    left, right = st.columns([1, 2], gap="medium")
    with left:
        digit = st.selectbox(
            "Paint the weights of", list(range(10)), 3, key="paint_digit", persist_state="session", width=160
        )
        brush = st.radio("Brush", list(BRUSHES), key="paint_brush", persist_state="session")
        painted = _painted(BRUSHES[brush], digit)
    with right:
        if painted is None:
            st.info(
                f"Paint {a_digit(digit)} on the white sheet in red, then in blue the places where it has no ink.",
                icon=":material/brush:",
            )
            return
        yours = painted_detector.detector(painted, digit)
        with st.container(key="paint_score"):
            st.markdown(
                f"By your picture, a random {digit} scores above a random other digit in **{percent(yours.ranked)}** "
                "of all pairs; half would be luck."
            )
        name = f"paint_{digit}_{resources.digest_of(painted)[:12]}"
        job_view.draw(name, painted_detector.tasks(painted, digit), "Let gradient descent go on", _improvement)


def _improvement(job: Job) -> None:
    found: list[Detector] = list(job.results)
    stops = [each.step for each in found]
    step = stops[-1]
    if job.finished:
        step = st.select_slider("After step", stops, step, key="paint_steps")
    yours, after = found[0], found[stops.index(step)]
    images = [each.weights / (np.abs(each.weights).max() or 1) for each in (yours, after)]
    with st.container(key="paint_result"):
        live_view.show(
            messages.pictures(
                np.stack(images),
                ["yours", f"after {step:,} step{'s' * (step != 1)} from there"],
                caption="Each on its own scale.",
                alt="Your weights and those after gradient descent.",
                words=messages.OF_DIGITS,
            ),
            key="paint_tiles",
        )
        lowest = min(found[: stops.index(step)], key=lambda each: each.ranked, default=yours)
        dips = percent(lowest.ranked) not in (percent(yours.ranked), percent(after.ranked))
        fell = f" On the way it fell to {percent(lowest.ranked)}, at step {lowest.step:,}." if dips else ""
        st.markdown(
            f"Yours: {percent(yours.ranked)} of all pairs. After {step:,} step{'s' * (step != 1)} of gradient descent "
            f"from it: **{percent(after.ranked)}**.{fell}"
        )


def _painted(colour: str, digit: int) -> Floats | None:
    """The sheet as weights `(784,)`: red +1, blue -1, white 0; None where nothing is painted."""
    picture = canvas.paint(f"paint_{digit}", colour, BRUSH)
    if picture is None:
        return None
    sheet = picture[..., :3].astype(np.float32) / 255
    block = canvas.SIDE // SIDE
    signed = (sheet[..., 0] - sheet[..., 2]).reshape(SIDE, block, SIDE, block).mean(axis=(1, 3))
    return signed.reshape(PIXELS).astype(np.float32) if np.abs(signed).max() > 0.02 else None
