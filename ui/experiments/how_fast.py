"""How fast to learn? A strip of learning rates side by side."""

from itertools import takewhile

import numpy as np
import streamlit as st

from mnist_core import dataset, model
from mnist_core.charts.lines import Lines
from mnist_core.formatting import percent, short
from mnist_core.studies import learning_rates
from mnist_core.studies.learning_rates import RATES
from mnist_core.training.overshoot import CHANCE_LOSS, exceedances
from mnist_core.training.sweep import Sweep, Track
from ui import browser, chart, job_view, live_view
from ui.jobs import Job
from ui.live_view import messages

CERTAIN = 0.9995  # a probability that is written as 100.0 %
CRAWLS = 0.05  # a rate that is so far behind the best in accuracy after all its steps, and smaller, crawls


def draw() -> None:
    """A strip of learning rates that train at once."""
    st.markdown(
        f"{len(RATES)} learning rates from {short(RATES[0])} to {short(RATES[-1])} train side by side, "
        f"{learning_rates.STEPS:,} steps each, on the same images in the same order."
    )
    job_view.draw("rates", learning_rates.tasks(), "Run", _rates)


def _rates(job: Job) -> None:
    sweep: Sweep = job.results[-1]
    series = [
        (
            f"rate {short(track.plan.learning_rate)}",
            [step for step, _ in track.scores],
            [s.accuracy for _, s in track.scores],
        )
        for track in sweep.tracks
    ]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.multiselect(
            "Curves of",
            [name for name, _, _ in series],
            ["rate 0.0001", "rate 0.01", "rate 0.5", "rate 10"],
            key="rates_shown",
        )
        digit = st.selectbox("Weight image of", list(range(10)), 3, key="rates_digit", width=140)
    chosen = [each for each in series if each[0] in shown]
    if chosen:
        chart.show(
            Lines(chosen, across="step", up="test accuracy").figure(dark=browser.is_dark()),
            key="rates_chart",
        )
    else:
        st.info("No rate is chosen: choose one above to see its curve.", icon=":material/show_chart:")
    images = [track.state.parameters[0].weights[:, digit] for track in sweep.tracks]
    scaled = np.stack([image / (np.abs(image).max() or 1) for image in images]).astype(np.float32)
    with st.container(key="rates_strip"):
        live_view.show(
            messages.pictures(
                scaled,
                [
                    f"{short(track.plan.learning_rate)}: {percent(track.scores[-1][1].accuracy)}"
                    for track in sweep.tracks
                ],
                columns=8,
                least=84,
                alt=f"Weight images of {digit}, one for each learning rate.",
                caption=f"What each model looks for in digit {digit}, each on its own scale, with its test accuracy at "
                f"step {sweep.step:,}.",
                words=messages.OF_DIGITS,
            ),
            key="rates_tiles",
        )
    with st.container(key="rates_words"):
        st.markdown(rates_say(sweep))


def rates_say(sweep: Sweep) -> str:
    """Which rate is best so far, up to which it crawls, from which on it overshoots."""
    if sweep.step == 0:
        return "No step has been taken yet: every rate starts from the same untrained model."
    final = {track.plan.learning_rate: track.scores[-1][1] for track in sweep.tracks}
    best = max(final, key=lambda rate: final[rate].accuracy)
    words = [f"**Best at step {sweep.step:,}: rate {short(best)}, {percent(final[best].accuracy)}.**"]
    slow = list(
        takewhile(lambda rate: rate < best and final[rate].accuracy < final[best].accuracy - CRAWLS, sorted(final))
    )
    if slow:
        got = final[max(slow)].accuracy
        there = next(step for step, score in _track(sweep, best).scores if score.accuracy >= got)
        words.append(
            f"Up to {short(max(slow))} it **crawls**: {percent(got)} is as far as rate {short(best)} had come by "
            f"step {there:,}."
        )
    wild = list(takewhile(overshoots, sorted(sweep.tracks, key=lambda track: -track.plan.learning_rate)))
    if wild:
        worst, least = wild[0], wild[-1]
        from_here, to_there = short(least.plan.learning_rate), short(worst.plan.learning_rate)
        words.append(
            f"From {from_here} on it **overshoots**: at {to_there} the loss of a batch is as high as "
            f"{worst.log.batch_losses.max():,.1f}, where guessing costs {CHANCE_LOSS:.2f}."
        )
        if sweep.finished:
            words.append(_perceptron_says(worst))
    return " ".join(words)


def _track(sweep: Sweep, rate: float) -> Track:
    return next(track for track in sweep.tracks if track.plan.learning_rate == rate)


def overshoots(track: Track) -> bool:
    """Whether a rate is too large, by the rule of the Train page."""
    return exceedances(track.log.batch_cross_entropy, track.plan.images_per_step).too_large


def _perceptron_says(track: Track) -> str:
    """What so large a rate comes to: how many test digits it is certain of, and which rule that is."""
    certain = model.probabilities(track.state.parameters, dataset.load_test().images).max(axis=1) >= CERTAIN
    return (
        f"It ends with {percent(track.scores[-1][1].accuracy)} read right, and its weights are so large that it gives "
        f"{percent(float(certain.mean()))} of the test digits a probability that rounds to 100.0 %, be it right or "
        "wrong. Where all probabilities are 0 or 1, a digit read right changes nothing, and a misread digit's pixels "
        "are simply added to its weights and taken from the wrong one's. That is the *perceptron rule* of 1958."
    )
