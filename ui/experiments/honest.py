"""Is the test honest? Small test sets, and learning by heart."""

import numpy as np
import streamlit as st

from mnist_core import dataset, experiments, metrics, plots
from mnist_core.training import Evaluation, State
from mnist_core.words import percent
from ui import job_view, readers, resources, session
from ui.board import PLOTLY
from ui.jobs import Job


def draw() -> None:
    """Small test sets flatter or slander; training loss and test loss part."""
    reader = readers.choose("Whose accuracy", "honest_reader")
    right = resources.readings(reader.layers).argmax(axis=1) == dataset.load_test().labels
    st.markdown(
        f"Measured on all 10,000 test digits, this model reads {percent(right.mean())} right. Had the test set been "
        f"smaller, what would it have said? {experiments.SUBSETS} random subsets of each size, a dot each."
    )
    name = f"subsets_{resources.digest(reader.layers)[:12]}"
    before = session.job(name)
    seed = 0 if before is None else before.tasks[-1].args[-1] + 1  # other subsets each time
    job_view.draw(name, experiments.subset_tasks(right, seed), "Run", _subsets)
    st.subheader("When learning turns into learning by heart", anchor=False)
    plan = experiments.PARTING
    st.markdown(
        f"A model that sees only {plan.train_size} images, all at each step, {plan.steps:,} times. Its training loss "
        "falls for ever; its test loss does not."
    )
    job_view.draw("parting", experiments.parting_tasks(), "Run", _parting)


def _subsets(job: Job) -> None:
    right = job.tasks[0].args[0]
    found = {size: np.concatenate([part[size] for part in job.results]) for size in experiments.SUBSET_SIZES}
    groups = [
        (f"{size:,} digits", values, metrics.wilson(round(float(right.mean()) * size), size))
        for size, values in found.items()
    ]
    st.plotly_chart(
        plots.dots(groups, dark=session.is_dark(), mark=float(right.mean())),
        key="subsets_chart", theme=None, config=PLOTLY,
    )  # fmt: skip
    st.caption(
        "Dotted: the accuracy on all. Grey bars: Wilson's 95 % interval of a test of that size that comes out exactly "
        "as all 10,000 do."
    )
    if not job.finished:
        return
    first, hundred = float(right[:100].mean()), found[100]
    low, high = metrics.wilson(int(right[:100].sum()), 100)
    inside = float(np.mean([a <= right.mean() <= b for a, b in (metrics.wilson(round(100 * v), 100) for v in hundred)]))
    with st.container(key="honest_words"):
        st.markdown(
            f"Subsets of 100 say anything from {percent(hundred.min())} to {percent(hundred.max())}. **The first "
            f"100** test digits say {percent(first)}: more than {percent(float((hundred < first).mean()))} of the "
            f"random hundreds do. Wilson's interval for those 100 goes from {percent(low)} to {percent(high)}; of "
            f"the {len(hundred)} random hundreds, {percent(inside)} have intervals that hold the accuracy on all "
            "10,000."
        )


def _parting(job: Job) -> None:
    found: list[tuple[State, Evaluation]] = list(job.results)
    steps = [state.step for state, _ in found]
    evaluations = [evaluation for _, evaluation in found]
    test = [evaluation.test_loss for evaluation in evaluations]
    lowest = int(np.argmin(test))
    train = [e.train_loss for e in evaluations]
    st.plotly_chart(
        plots.lines(
            [("training loss", steps[1:], train[1:]), ("test loss", steps[1:], test[1:])],  # a log axis has no 0
            across="step", up="loss", dark=session.is_dark(), log=True, percent=False,
            marks=[(steps[lowest], "stop here")] if lowest < len(test) - 1 else [],
        ),
        key="parting_chart", theme=None, config=PLOTLY,
    )  # fmt: skip
    best, last = evaluations[lowest], evaluations[-1]
    with st.container(key="parting_words"):
        if lowest < len(test) - 1:
            st.markdown(
                f"**Test loss is lowest at step {steps[lowest]:,}**, {best.test_loss:.3f}; at step {steps[-1]:,} it is "
                f"{last.test_loss:.3f}, while the training loss has gone from {best.train_loss:.3f} to "
                f"{last.train_loss:.3f}. From there on the model learns its {experiments.PARTING.train_size} images by "
                "heart. To stop at the lowest is called *early stopping*."
            )
        else:
            st.markdown(f"So far both fall: at step {steps[-1]:,} test loss is {last.test_loss:.3f}.")
