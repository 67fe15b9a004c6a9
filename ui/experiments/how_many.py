"""How many examples? Training sizes from one image to all of them."""

import numpy as np
import streamlit as st

from mnist_core import experiments
from mnist_core.charts.lines import Lines
from mnist_core.experiments import Rung
from mnist_core.training.chunk import Snapshot
from mnist_core.words import a_digit
from ui import chart, job_view, live_view, session
from ui.jobs import Job
from ui.live_view.scrubber import scrubber


def draw() -> None:
    """Accuracy against training size, several seeds; the weight images of each size."""
    st.markdown(
        f"How many examples does it take? {len(experiments.SIZES)} training sizes, from one image to all "
        f"{experiments.SIZES[-1]:,}; for each, {len(experiments.SEEDS)} models, each on random images of its own. "
        "Only of all there is no choice: there the models see the same images, each in an order of its own. Each model "
        f"takes {experiments.LADDER_STEPS} steps, or more where that is too few to see every image "
        f"{experiments.LADDER_EPOCHS} times: all {experiments.SIZES[-1]:,} take "
        f"{experiments.ladder_steps(experiments.SIZES[-1]):,}."
    )
    job_view.draw("ladder", experiments.ladder_tasks(), "Run", _ladder)


def _ladder(job: Job) -> None:
    rungs: list[Rung] = list(job.results)
    sizes, means = [rung.size for rung in rungs], [float(np.mean(rung.accuracies)) for rung in rungs]
    band = sizes, [min(rung.accuracies) for rung in rungs], [max(rung.accuracies) for rung in rungs]
    chart.show(
        Lines(
            [("mean of the seeds", sizes, means)],
            across="training images",
            up="test accuracy",
            log=True,
            band=band,
            last=experiments.SIZES[-1],
        ).figure(dark=session.is_dark()),
        key="ladder_chart",
    )
    st.caption("Blue band: from the worst to the best of the models of each size.")
    with st.container(key="ladder_words"):
        st.markdown(_ladder_says(rungs, means))
    if job.active:
        return
    frames = [_frame(rung) for rung in rungs]
    st.markdown("**What the first seed's model looks for, size by size**")
    live_view.show(
        scrubber(f"ladder of {len(rungs)}", frames, columns=5, stops=(1, 10, 100, 1_000, 10_000, 55_000),
                 noun="training images"),
        key="ladder_scrubber",
    )  # fmt: skip


def _ladder_says(rungs: list[Rung], means: list[float]) -> str:
    words = []
    for rung in rungs:
        missing = [digit for digit, count in enumerate(rung.seen) if count == 0]
        if rung.size in (10, 20) and missing:
            words.append(f"With {rung.size} images, one model has never seen {_any_of(missing)}.")
    enough = next((rung for rung, mean in zip(rungs, means, strict=True) if mean >= 0.8), None)
    if enough:
        words.append(f"**{enough.size:,} images are enough to read four digits in five.**")
    if len(rungs) > 1:
        gain = 100 * (means[-1] - means[-2])
        words.append(f"From {rungs[-2].size:,} to {rungs[-1].size:,} images: {gain:+.1f} points in the mean.")
    return " ".join(words)


def _any_of(digits: list[int]) -> str:
    """A 7; a 5, a 6 or a 9."""
    named = [a_digit(digit) for digit in digits]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _frame(rung: Rung) -> Snapshot:
    return Snapshot(rung.size, rung.state.layers, rung.score)
