"""Is the test honest? Small test sets, and overfitting."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core import dataset, metrics
from mnist_core.charts import studies as study_charts
from mnist_core.charts.lines import Lines
from mnist_core.charts.studies import Numbers, Row
from mnist_core.formatting import percent
from mnist_core.studies import early_stopping, small_test_sets
from mnist_core.studies.early_stopping import Watched
from ui import browser, chart, job_view, model_choice, resources
from ui.jobs import Job


def draw() -> None:
    """Small test sets flatter or slander; training loss and validation loss part."""
    reader = model_choice.choose("Whose accuracy", "honest_reader")
    right = resources.readings(reader.parameters).argmax(axis=1) == dataset.load_test().labels
    st.markdown(
        f"Measured on all 10,000 test digits, this model reads {percent(right.mean())} right. Had the test set been "
        f"smaller, what would it have said? {small_test_sets.SUBSETS} random subsets of each of these sizes: "
        f"{', '.join(f'{size:,}' for size in small_test_sets.SIZES)}. A dot is a subset."
    )
    name = f"subsets_{resources.digest(reader.parameters)[:12]}"
    before = job_view.job(name)
    seed = 0 if before is None else before.tasks[-1].args[-1] + 1  # other subsets each time
    job_view.draw(name, small_test_sets.tasks(right, seed), "Run", _subsets)
    st.subheader("When learning turns into overfitting", anchor=False)
    plan = early_stopping.PLAN
    st.markdown(
        f"A model learns from {plan.train_size} images only, all of them at each of {plan.steps:,} steps. When should "
        f"it have stopped? That is decided by {dataset.VALIDATION_SIZE:,} *validation* images, which it does not learn "
        "from. The test set must not decide: it would flatter what it helped to choose. It is asked afterwards."
    )
    job_view.draw("parting", early_stopping.tasks(), "Run", _parting)


def _subsets(job: Job) -> None:
    right: NDArray[np.bool_] = job.tasks[0].args[0]
    found = {size: np.concatenate([part[size] for part in job.results]) for size in small_test_sets.SIZES}
    bars = {size: metrics.central_interval(int(right.sum()), len(right), size) for size in found}
    groups: list[Row] = [
        (f"{size:,} digits", values, (bars[size][0] / size, bars[size][1] / size)) for size, values in found.items()
    ]
    groups.append((f"all {len(right):,}", np.array([right.mean()]), None))
    chart.show(
        study_charts.rows_of_dots(groups, dark=browser.is_dark(), mark=float(right.mean())),
        key="subsets_chart",
    )
    st.caption(bars_say(found, bars))
    if job.finished:
        with st.container(key="honest_words"):
            st.markdown(hundreds_say(right, found[100]))


def bars_say(found: dict[int, Numbers], bars: dict[int, tuple[int, int]]) -> str:
    """What the dotted line and the bars are, and how many of the dots lie on their bars, ends included."""
    on_bar = {size: _on_bar(values, size, bars[size]) for size, values in found.items()}
    each = [f"{count} of the {len(found[size])} subsets of {size:,}" for size, count in on_bar.items()]
    return (
        "Dotted: the accuracy on all. Grey bars: the central 95 % of all subsets of that size that there are; fewer "
        f"than 2.5 % of them lie below, at most 2.5 % above. On the bars lie {', '.join(each[:-1])} and {each[-1]}."
    )


def _on_bar(values: Numbers, size: int, bar: tuple[int, int]) -> int:
    counts = np.round(values * size)
    return int(((bar[0] <= counts) & (counts <= bar[1])).sum())


def hundreds_say(right: NDArray[np.bool_], hundred: Numbers) -> str:
    """The first hundred test digits among the random hundreds, and how often Wilson's interval holds the truth."""
    first, everything = float(right[:100].mean()), float(right.mean())
    low, high = metrics.wilson(int(right[:100].sum()), 100)
    intervals = [metrics.wilson(round(100 * value), 100) for value in hundred]
    inside = sum(a <= everything <= b for a, b in intervals)
    return (
        f"Subsets of 100 say anything from {percent(hundred.min())} to {percent(hundred.max())}. **The first 100** "
        f"test digits say {percent(first)}: more than {(hundred < first).sum()} of the {len(hundred)} random hundreds "
        f"do. From 100 digits drawn at random of which {percent(first)} are read right, Wilson's 95 % interval for the "
        f"accuracy on all goes from {percent(low)} to {percent(high)}. Do such intervals keep their word? Of the "
        f"{len(hundred)} random hundreds, {inside} have one that holds the accuracy on all {len(right):,}."
    )


def _parting(job: Job) -> None:
    run: Watched = job.results[-1]
    steps = [step for step in run.test_losses if step > 0]  # a log axis has no 0
    if steps:
        chart.show(
            Lines(
                [
                    ("validation loss", steps, run.validation_losses[steps].tolist()),
                    ("test loss", steps, [run.test_losses[step] for step in steps]),
                    ("training loss", steps, run.train_losses[steps].tolist()),
                ],
                across="step",
                up="loss",
                log=True,
                percent=False,
                wide_first=True,
                marks=[(run.best.step, "stop here")] if run.best.step < run.state.step else [],
            ).figure(dark=browser.is_dark()),
            key="parting_chart",
        )
    with st.container(key="parting_words"):
        st.markdown(parting_says(run))


def parting_says(run: Watched) -> str:
    """Where a run should have stopped, what the test set says of that, and since when it knows its images by heart."""
    step, best, validation, train = run.state.step, run.best.step, run.validation_losses, run.train_losses
    if best == step:
        return f"Validation loss was never lower than at step {step:,}, the latest: {validation[best]:.3f}."
    words = [
        f"**Validation loss is lowest at step {best:,}** of {step:,}: {validation[best]:.3f}. The test set, "
        f"asked only now, says {run.test_losses[best]:.3f} there."
    ]
    if validation[step] > validation[best] and train[step] < train[best]:
        words.append(
            f"By step {step:,} training loss has fallen further, from {train[best]:.3f} to {train[step]:.3f}, but "
            f"validation loss has risen to {validation[step]:.3f}; test loss is {run.test_losses[step]:.3f}. That is "
            "**overfitting**. To stop where validation loss is lowest is called *early stopping*."
        )
    if run.by_heart_since is not None:
        words.append(
            f"From step {run.by_heart_since:,} on, not one of the {early_stopping.PLAN.train_size} training images is "
            "misread: the model knows them **by heart**."
        )
    return " ".join(words)
