"""Parts of the Experiments page: move the digit, does it see shapes, learn by heart, be the optimiser."""

import numpy as np
import streamlit as st
from streamlit_drawable_canvas import st_canvas

from mnist_core import dataset, experiments, model, plots, shifts
from mnist_core.dataset import PIXELS, SIDE
from mnist_core.experiments import Detector, PixelRun
from mnist_core.model import Floats
from mnist_core.tutorials import BY_HEART, TUTORIALS
from mnist_core.words import a_digit, percent
from ui import canvas, gallery, job_view, live_view, readers, reading, resources, session
from ui.board import PLOTLY
from ui.jobs import Job
from ui.live_view import messages
from ui.readers import KINDS, SHORT, Reader
from ui.tutorial_looks import by_heart

PAINT = 280  # pixels of the screen
BRUSHES = {"red: ink here speaks for it": "#ff0000", "blue: against it": "#0000ff"}


def move() -> None:
    """Accuracy for every shift of the test digits, linear beside MLP, and one digit to push around."""
    st.markdown(
        "A model knows nothing of shapes, only of pixels. So what if all test digits move? Each cell of a map is the "
        "accuracy on all 10,000 when they are moved so far down and to the right."
    )
    centred = st.toggle("Centre each digit again before it is read", key="shift_centred", persist_state="session")
    if centred:
        st.caption(f"On the first {experiments.CENTRED:,} test digits. The Draw page does the same with your drawing.")
    chosen = []
    for kind, column in zip(KINDS, st.columns(2, gap="medium"), strict=True):
        with column:
            reader = readers.choose(f"Map of {SHORT[kind]}", f"shift_{kind}", kind)
            chosen.append(reader)
            name = f"shifts_{kind}_{resources.digest(reader.layers)[:12]}_{centred}"
            job_view.draw(name, experiments.shift_tasks(reader.layers, centred), "Run", _map)
    st.subheader("Push one around", anchor=False)
    _push(chosen)


def shapes() -> None:
    """A shuffle of the pixels that the model does not mind; and how sure it is of nothing."""
    st.markdown(
        "Shuffle the 784 pixels of every image, always in the same way. People are lost. Is the model? It trains "
        "twice, on the images as they are and on shuffled ones."
    )
    test, order = dataset.load_test(), experiments.pixel_order()
    with st.container(key="shuffled_pictures"):
        gallery.of_images(
            "shuffled", np.concatenate([test.images[:5], test.images[:5][:, order]]),
            [a_digit(label) for label in test.labels[:5]] * 2, columns=5,
        )  # fmt: skip
    job_view.draw("pixels", experiments.shuffled_pixels_tasks(), "Run", _pixels)
    st.subheader("How sure is it of nothing?", anchor=False)
    reader = readers.choose("Who reads", "nothing_reader")
    rng = np.random.default_rng(0)
    nothing = {
        "no ink at all": np.zeros(PIXELS, np.uint8),
        "noise": rng.integers(0, 256, PIXELS).astype(np.uint8),
        "all ink": np.full(PIXELS, 255, np.uint8),
        "a square": _square(),
    }
    shares = [model.probabilities(reader.layers, pixels) for pixels in nothing.values()]
    words = [f"{name}: {int(p.argmax())}, {percent(float(p.max()))}" for name, p in zip(nothing, shares, strict=True)]
    with st.container(key="nothing"):
        gallery.of_images("nothing", np.stack(list(nothing.values())), words, columns=4)
    surest = int(np.argmax([p.max() for p in shares]))
    st.markdown(
        f"It has no way to say “this is no digit”: ten probabilities always add up to 1. Of "
        f"*{list(nothing)[surest]}* it is {percent(float(shares[surest].max()))} sure that it is "
        f"{a_digit(int(shares[surest].argmax()))}."
    )


def learn_by_heart() -> None:
    """Tutorial D's five digits over 200 steps."""
    st.markdown(
        "An MLP with 64 hidden units sees five images and nothing else, 200 times. How long until it is certain of "
        "them, and what does it know of other digits then?"
    )
    job_view.draw("by_heart", experiments.by_heart_tasks(), "Run", _five)


def optimiser() -> None:
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
            st.info("Paint on the white sheet. A red ring with blue inside makes a good 0.", icon=":material/brush:")
            return
        yours = experiments.detector(painted, digit)
        with st.container(key="paint_score"):
            st.markdown(
                f"By your picture, a random {digit} scores above a random other digit in **{percent(yours.ranked)}** "
                "of all pairs; half would be luck."
            )
        name = f"paint_{digit}_{resources.digest_of(painted)[:12]}"
        job_view.draw(name, experiments.paint_tasks(painted, digit), "Let gradient descent go on", _improvement)


def _map(job: Job) -> None:
    rows = [np.asarray(row) for row in job.results]
    side, middle = 2 * shifts.FARTHEST + 1, shifts.FARTHEST
    values = np.full((side, side), np.nan)
    values[: len(rows)] = np.stack(rows)
    here = session.remembered("push_down", int), session.remembered("push_right", int)
    kind = "linear" if len(job.tasks[0].args[0]) == 1 else "mlp"
    st.plotly_chart(
        plots.shift_map(values, middle, here, dark=session.is_dark()),
        key=f"map_{kind}_{job.tasks[0].part}", theme=None, config=PLOTLY,
    )  # fmt: skip
    if np.isnan(values[middle]).any():
        return
    still, *moved = (float(value) for value in values[middle, middle : middle + 5])
    lost = 100 * (still - moved[1])
    if job.tasks[0].part == "centred":
        conclusion = "Centred again, a shift costs next to nothing, as long as no ink is lost."
    elif lost > 5:
        conclusion = f"Two pixels cost {lost:.0f} points: it knows places, not shapes."
    else:
        conclusion = f"Two pixels cost {lost:.0f} points, of the few that it had."
    with st.container(key=f"map_words_{kind}"):
        st.markdown(
            f"Unmoved: **{percent(still)}**. One, two, three, four pixels to the right: "
            f"{', '.join(percent(value) for value in moved)}. "
            + conclusion
        )  # fmt: skip


def _push(chosen: list[Reader]) -> None:
    """One digit, moved by hand: the last drawing, or a 1."""
    session.remembered("push_down", int)
    session.remembered("push_right", int)
    drawn = canvas.last_pixels()
    pixels = _stroke() if drawn is None else drawn
    left, *columns = st.columns([2, 1, 1], gap="medium")
    with left:
        words = "A stroke like a 1; draw on the Draw page to push your own." if drawn is None else "Your last drawing."
        st.caption(f"{words} The ring on the maps is where it is.")
        right = st.slider("To the right", -shifts.FARTHEST, shifts.FARTHEST, key="push_right", persist_state="session")
        down = st.slider("Down", -shifts.FARTHEST, shifts.FARTHEST, key="push_down", persist_state="session")
        moved = shifts.moved(pixels[np.newaxis], down, right)
        with st.container(key="pushed"):
            gallery.of_images("pushed", moved, [""], columns=1)
    for reader, column in zip(chosen, columns, strict=True):
        with column:
            reading.prediction(reader.plan.model, model.probabilities(reader.layers, moved[0]))


def _pixels(job: Job) -> None:
    found = job.found()
    series = []
    for name, runs in found.items():
        all_runs: list[PixelRun] = list(runs)
        series.append((name, [run.state.step for run in all_runs], [run.accuracy for run in all_runs]))
    st.plotly_chart(
        plots.lines(series, across="step", up="test accuracy", dark=session.is_dark(), height=260, wide_first=True),
        key="pixels_chart", theme=None, config=PLOTLY,
    )  # fmt: skip
    if not job.finished:
        return
    plain, shuffled = (runs[-1] for runs in found.values())
    weights = shuffled.state.layers[0].weights
    back = np.empty_like(weights)
    back[experiments.pixel_order()] = weights
    apart = float(np.abs(back - plain.state.layers[0].weights).max())
    with st.container(key="pixels_words"):
        st.markdown(
            f"As they are: **{percent(plain.accuracy)}**. Shuffled: **{percent(shuffled.accuracy)}**. Put back in "
            f"order, the weights differ by no more than {apart:.7f}. To this model a pixel has no neighbours; it "
            "sees no shapes at all."
        )


def _five(job: Job) -> None:
    trial = next(trial for trial in TUTORIALS["D"].trials if trial.name == BY_HEART)
    states = job.results[0]
    step = st.select_slider("After step", list(states), max(states), key="heart_step")
    by_heart(trial, states, step)


def _improvement(job: Job) -> None:
    found: list[Detector] = list(job.results)
    stops = [each.step for each in found]
    step = stops[-1]
    if job.finished:
        step = st.select_slider("After step", stops, step, key="paint_steps")
    yours, after = found[0], found[stops.index(step)]
    images = [each.weights / (np.abs(each.weights).max() or 1) for each in (yours, after)]
    with st.container(key="paint_result"):
        live_view.tiles(
            messages.pictures(
                np.stack(images), ["yours", f"after {step:,} step{'s' * (step != 1)} from there"],
                caption="Each on its own scale.", alt="Your weights and those after gradient descent.",
                words=messages.OF_DIGITS,
            ),
            key="paint_tiles",
        )  # fmt: skip
        lowest = min(found[: stops.index(step)], key=lambda each: each.ranked, default=yours)
        dips = percent(lowest.ranked) not in (percent(yours.ranked), percent(after.ranked))
        fell = f" On the way it fell to {percent(lowest.ranked)}, at step {lowest.step:,}." if dips else ""
        st.markdown(
            f"Yours: {percent(yours.ranked)} of all pairs. After {step:,} step{'s' * (step != 1)} of gradient descent "
            f"from it: **{percent(after.ranked)}**.{fell}"
        )


def _painted(colour: str, digit: int) -> Floats | None:
    """The sheet as weights `(784,)`: red +1, blue -1, white 0; None where nothing is painted."""
    turn = session.remembered("paint_turn", int)
    result = st_canvas(
        stroke_width=18, stroke_color=colour, background_color="#ffffff", height=PAINT, width=PAINT,
        return_image_data=True, key=f"paint_{digit}_{turn}",
    )  # fmt: skip
    st.button(
        "Clear",
        key="paint_clear",
        on_click=lambda: session.remember("paint_turn", session.remembered("paint_turn", int) + 1),
    )
    if result.image_data is None:
        return None
    sheet = np.asarray(result.image_data, np.float32)[..., :3] / 255
    signed = (sheet[..., 0] - sheet[..., 2]).reshape(SIDE, PAINT // SIDE, SIDE, PAINT // SIDE).mean(axis=(1, 3))
    return signed.reshape(PIXELS).astype(np.float32) if np.abs(signed).max() > 0.02 else None


def _square() -> np.ndarray:
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[8:20, 8:20] = 255
    image[10:18, 10:18] = 0
    return image.reshape(PIXELS)


def _stroke() -> np.ndarray:
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[4:24, 13:16] = 255
    return image.reshape(PIXELS)
