"""Parts of the Tutorials page: what a run shows where it stops to look, and what many runs show together."""

import math

import numpy as np
import streamlit as st

from mnist_core import dataset, model
from mnist_core.charts.lines import probabilities
from mnist_core.formatting import a_digit, at_least, counted, ordinal, percent, probability
from mnist_core.studies.seeds import Shares, percentile
from mnist_core.studies.tutorials import a, b, d
from mnist_core.studies.tutorials.tutorial import States, Trial, Tutorial
from mnist_core.training import State
from ui import browser, chart, digit_grid, job_view, live_view, resources
from ui.jobs import Job
from ui.live_view import messages
from ui.one_of import one_of
from ui.tutorials.card import findings


def stops(tutorial: Tutorial) -> None:
    """What the tutorial looks at when it stops: accuracy, weight images, and nine test digits."""
    found = findings(tutorial)
    done = [trial for trial in tutorial.trials if trial.name in found.states]
    if not done:
        return
    st.subheader("Where it stops to look", anchor=False)
    trial = done[0]
    if len(done) > 1:
        name = one_of("Which run", [each.name for each in done], key=f"stops_of_{tutorial.letter}", persist=False)
        trial = next(each for each in done if each.name == name)
    states = found.states[trial.name]
    step = st.select_slider(
        "After step",
        list(states),
        value=max(states),
        format_func=lambda step: _step_in_words(trial, step),
        key=f"stop_{tutorial.letter}_{trial.name}",
    )
    if trial == d.BY_HEART:
        by_heart(trial, states, step)
    else:
        _look(states[step])


def _step_in_words(trial: Trial, step: int) -> str:
    """The step, with its epoch where one ends there: 1,650 (epoch 3)."""
    epochs, rest = divmod(step * trial.plan.images_per_step, trial.plan.train_size)
    whole = epochs and not rest and trial.plan.images_per_step < trial.plan.train_size
    return f"{step:,} (epoch {epochs})" if whole else f"{step:,}"


def luck() -> None:
    """B: accuracy over many shuffles, with the published figures on it."""
    st.subheader("How much of it is luck?", anchor=False)
    st.markdown(
        "After one step the model has seen 100 images and no more; which ones, the shuffle decides. So train from many "
        "shuffles, and see where the published figures fall. A's figures after 1 and 10 steps are no draw: its first "
        "images were those at the front of the file."
    )
    tasks = b.SHUFFLES.tasks() + b.LONG_SHUFFLES.tasks()
    job_view.draw("shuffles", tasks, f"Measure {b.SHUFFLES.many:,} shuffles", _distribution)


def later_luck() -> None:
    """A: accuracy after 1,000 steps over many shuffles of the later epochs, with the published figure on it."""
    st.subheader("How much of it is luck?", anchor=False)
    exact = a.PLAN.train_size // a.PLAN.images_per_step
    st.markdown(
        f"Up to step {exact:,} nothing is: the images come in the order of the file, so all runs take the same steps. "
        f"Only the last {a.PLAN.steps - exact:,} of the {a.PLAN.steps:,} steps are shuffled. Train from many shuffles "
        "of them, and see where the published figure falls."
    )
    part = a.LATER_SHUFFLES
    job_view.draw("later_shuffles", part.tasks(), f"Measure {part.many:,} shuffles", _later_distribution)


def seeds() -> None:
    """D: ten seeds with either softmax."""
    st.subheader("One softmax or two?", anchor=False)
    most = math.e / (math.e + 9)
    st.markdown(
        f"The published loss takes the softmax of probabilities that went through it already. So even a model that is "
        f"certain looks only {percent(most)} sure to its loss, which never falls below {-math.log(most):.2f}. Ten "
        "seeds with either loss show what the mistake costs."
    )
    job_view.draw("seeds", d.SEEDS.tasks(), "Run ten seeds of both", _spread)


def _distribution(job: Job) -> None:
    after = {"1 step": 1, "10 steps": 10, "1,000 steps": 1_000}
    name = one_of("Accuracy after", list(after), key="luck_after", persist=False)
    step = after[name]
    values = b.TUTORIAL.findings(job.found()).after(b.LONG_SHUFFLES if step == 1_000 else b.SHUFFLES, step)
    if values is None:
        st.caption("Not measured yet: these come last.")
        return
    exact = {"A, not shuffled": a.ACCURACIES[step]} if step < 1_000 else {}
    drawn = {"B": b.ACCURACIES[step]} if step in b.ACCURACIES else {}
    _histogram(values, drawn, exact, name)


def _later_distribution(job: Job) -> None:
    values = a.TUTORIAL.findings(job.found()).after(a.LATER_SHUFFLES, 1_000)
    if values is not None:
        _histogram(values, {"A": a.ACCURACIES[1_000]}, {}, "1,000 steps")


def _histogram(values: Shares, drawn: dict[str, float], exact: dict[str, float], after: str) -> None:
    """Accuracies of many shuffles, and published ones on the same axis: the `drawn` are told by their percentile."""
    marks = [(value, f"{name}: {percent(value)}") for name, value in (drawn | exact).items()]
    places = [
        f" {name}: {percent(value)} is at the {ordinal(round(percentile(values, value)))} percentile of them."
        for name, value in drawn.items()
    ]
    caption = (
        f"{len(values):,} shuffles, test accuracy after {after}: {percent(values.min())} to {percent(values.max())}, "
        f"half of them below {percent(float(np.median(values)))}.{''.join(places)}"
    )
    with st.container(key="luck"):
        live_view.show(messages.histogram(values, marks, caption=caption), key="luck_view")


def _spread(job: Job) -> None:
    found = d.TUTORIAL.findings(job.found())
    for twice, name in ((True, "Double"), (False, "Single")):
        tests = [100 * run.test_accuracy for run in found.seeds if run.plan.double_softmax is twice]
        if tests:
            st.markdown(
                f"- {name} softmax, {counted(len(tests), 'seed')}: test accuracy {min(tests):.2f} to "
                f"{max(tests):.2f} %, mean **{np.mean(tests):.2f} %**"
            )


def _look(state: State) -> None:
    """Accuracy, weight images and nine test digits, as the tutorials show them when they stop."""
    test = dataset.load_test()
    probabilities = resources.readings(state.parameters)
    read = probabilities.argmax(axis=1)
    left, right = st.columns([3, 2], gap="medium")
    linear = len(state.parameters) == 1
    with left:
        accuracy = float((read == test.labels).mean())
        st.markdown(f"After **step {state.step:,}**: {percent(accuracy)} of the test digits are read right.")
        with st.container(key="stop_weights"):
            live_view.show(
                messages.weights(resources.digest(state.parameters), (state,), moving=False),
                key="stop_weights_view",
            )
    with right:
        st.markdown("The first nine test digits, true and read")
        labels = [f"true {test.labels[i]}, read {read[i]}" for i in range(9)]
        with st.container(width=330, key="stop_nine"):
            digit_grid.of_images("stop", test.images[:9], labels, columns=3)
    if linear and state.step == 0:
        zeros = int((test.labels == 0).sum())
        st.caption(
            f"Every digit has probability 0.1. On a tie the model says 0, and {zeros} of {len(test):,} are zeros."
        )


def by_heart(trial: Trial, states: States, step: int) -> None:
    """The five images, and how sure the model is of each, step by step."""
    plan = trial.plan
    digits = dataset.load(plan.split).training[: plan.train_size]
    labels = digits.labels.astype(int)
    sure = np.stack([model.probabilities(state.parameters, digits.images) for state in states.values()])
    own = sure[:, np.arange(len(labels)), labels]  # (stops, images): probability of the true digit
    now = own[list(states).index(step)]
    test = float((resources.readings(states[step].parameters).argmax(axis=1) == dataset.load_test().labels).mean())
    words = [f"{a_digit(label)}: {probability(float(share))}" for label, share in zip(labels, now, strict=True)]
    digit_grid.of_images("by_heart", digits.images, words, columns=5)
    known = " Five images known by heart, and little of any other: **overfitting**." if now.min() > 0.9 else ""
    st.markdown(
        f"After step {step:,} the model gives each of its five digits {at_least(float(now.min()))} or more for what "
        f"it is. Of 10,000 digits that it has never seen, it reads {percent(test)} right.{known}"
    )
    lines = [(a_digit(label), own[:, place]) for place, label in enumerate(labels)]
    chart.show(
        probabilities(list(states), lines, dark=browser.is_dark()),
        key="by_heart_chart",
    )
