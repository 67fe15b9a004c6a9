"""How many examples? Training sizes from one image to all of them."""

import numpy as np
import streamlit as st

from mnist_core.charts.lines import Lines
from mnist_core.formatting import a_digit
from mnist_core.studies import training_sizes
from mnist_core.studies.training_sizes import SIZES, SizeResult
from mnist_core.training.chunk import Snapshot
from ui import browser, chart, job_view, live_view
from ui.jobs import Job
from ui.live_view.scrubber import scrubber


def draw() -> None:
    """Accuracy against training size, several seeds; the weight images of each size."""
    most = SIZES[-1]
    st.markdown(
        f"How many examples does it take? {len(SIZES)} training sizes, from one image to all {most:,}; for each, "
        f"{len(training_sizes.SEEDS)} models, each on random images of its own. Only of all there is no choice: there "
        "the models see the same images, each in an order of its own. Each model takes "
        f"{training_sizes.STEPS} steps, or more where that is too few to see every image "
        f"{training_sizes.EPOCHS} times: all {most:,} take {training_sizes.steps_for(most):,}."
    )
    job_view.draw("ladder", training_sizes.tasks(), "Run", _ladder)


def _ladder(job: Job) -> None:
    found: list[SizeResult] = list(job.results)
    sizes, means = [each.size for each in found], [float(np.mean(each.accuracies)) for each in found]
    band = sizes, [min(each.accuracies) for each in found], [max(each.accuracies) for each in found]
    chart.show(
        Lines(
            [("mean of the seeds", sizes, means)],
            across="training images",
            up="test accuracy",
            log=True,
            band=band,
            last=SIZES[-1],
        ).figure(dark=browser.is_dark()),
        key="ladder_chart",
    )
    st.caption("Blue band: from the worst to the best of the models of each size.")
    with st.container(key="ladder_words"):
        st.markdown(_ladder_says(found, means))
    if job.active:
        return
    frames = [_snapshot(each) for each in found]
    st.markdown("**What the first seed's model looks for, size by size**")
    live_view.show(
        scrubber(
            f"ladder of {len(found)}",
            frames,
            columns=5,
            stops=(1, 10, 100, 1_000, 10_000, 55_000),
            noun="training images",
        ),
        key="ladder_scrubber",
    )


def _ladder_says(found: list[SizeResult], means: list[float]) -> str:
    words = []
    for each in found:
        missing = [digit for digit, count in enumerate(each.seen) if count == 0]
        if each.size in (10, 20) and missing:
            words.append(f"With {each.size} images, one model has never seen {_any_of(missing)}.")
    enough = next((each for each, mean in zip(found, means, strict=True) if mean >= 0.8), None)
    if enough:
        words.append(f"**{enough.size:,} images are enough to read four digits in five.**")
    if len(found) > 1:
        gain = 100 * (means[-1] - means[-2])
        words.append(f"From {found[-2].size:,} to {found[-1].size:,} images: {gain:+.1f} points in the mean.")
    return " ".join(words)


def _any_of(digits: list[int]) -> str:
    """A 7; a 5, a 6 or a 9."""
    named = [a_digit(digit) for digit in digits]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _snapshot(result: SizeResult) -> Snapshot:
    return Snapshot(result.size, result.state.parameters, result.score)
