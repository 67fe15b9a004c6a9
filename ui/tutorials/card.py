"""Parts of the Tutorials page: the runs of a tutorial, what they gave, and published figures beside measured ones."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, Literal

import streamlit as st

from mnist_core.fields import FIELD
from mnist_core.formatting import short
from mnist_core.studies import comparison
from mnist_core.studies.comparison import Row
from mnist_core.studies.tutorials.tutorial import Findings, Trial, Tutorial
from ui import browser, current_run, job_view
from ui.run_control import Phase
from ui.session import Slot
from ui.tutorials import finished_trials

VERDICTS = {True: "✓", False: "✗", None: ""}
JOBS = ("shuffles", "later_shuffles", "seeds")


def findings(tutorial: Tutorial) -> Findings:
    """What has been measured of a tutorial in this visit."""
    results: dict[str, Sequence[Any]] = {name: (states,) for name, states in finished_trials.of(tutorial).items()}
    for name in JOBS:
        job = job_view.job(name)
        results |= {} if job is None else job.found()
    return tutorial.findings(results)


def settings(trial: Trial) -> str:
    """A trial's settings in a line."""
    plan = trial.plan
    kind = "linear" if plan.model == "linear" else f"784-{plan.hidden_units}-10, tanh"
    batch = "all at once" if plan.batch_size == "all" else f"{plan.batch_size} at a time"
    shuffled = plan.batch_size == "all" or plan.batch_order == "shuffled"
    order = "" if shuffled else f", {FIELD['batch_order'].in_words(plan.batch_order)}"
    return (
        f"{kind} · {plan.train_size:,} training images, {batch}{order} · learning rate {short(plan.learning_rate)} · "
        f"{plan.steps:,} steps{' · double softmax' if plan.double_softmax else ''}"
    )


def buttons(tutorial: Tutorial) -> None:
    """One button for each run of the tutorial, and one that stops it."""
    shown = current_trial(tutorial)
    with st.container(horizontal=True, key="trials"):
        for number, trial in enumerate(tutorial.trials):
            name = "Run it" if len(tutorial.trials) == 1 else trial.name
            kind: Literal["primary", "secondary"] = "primary" if trial == (shown or tutorial.trials[0]) else "secondary"
            st.button(name, key=f"run_{number}", type=kind, on_click=current_run.train_plan, args=(trial.plan,))
        if current_run.control().phase is Phase.RUNNING:
            st.button("Stop", key="stop_trial", on_click=current_run.stop)
    if shown:
        st.caption(
            f"Shown: **{shown.name}**, {settings(shown)}. These settings are those of the Train page now; change them "
            "there and train again to compare."
        )


def current_trial(tutorial: Tutorial) -> Trial | None:
    """The tutorial's run that is the latest of this visit, under way or through."""
    control = current_run.control()
    if control.untrained:
        return None
    return next((trial for trial in tutorial.trials if trial.plan == control.run.plan), None)


def table(tutorial: Tutorial) -> None:
    """Published and measured, row by row: a table, or on a phone, which has no room for four columns, a list."""
    lines = ["| what | published | measured here | how they compare |", "| :-- | --: | --: | :-- |"]
    for row in _rows(tutorial):
        theirs, ours = comparison.written(row)
        if row.form == "probability":
            ours = _alike(theirs, ours)
        sign, says = ("", "") if row.measured is None else (VERDICTS[row.agrees], row.says)
        if browser.on_phone():
            compared = f":small[:gray[{says}]]" if says else ""
            lines.append(f"**{row.what}**  \npublished {theirs}  \nmeasured {f'{ours} {sign} {compared}'.rstrip()}\n")
        else:
            lines.append(f"| {row.what} | {theirs} | {ours} | {f'{sign} {says}'.strip()} |")
    with st.container(key="published"):
        st.markdown("\n".join(lines[2:] if browser.on_phone() else lines))


def _rows(tutorial: Tutorial) -> list[Row]:
    """The table, made anew only when there is something new to put in it."""
    found = findings(tutorial)
    made = Slot[tuple[object, list[Row]]](f"rows_{tutorial.letter}", lambda: (None, []))
    if made.get()[0] != found.extent():
        made.set((found.extent(), tutorial.rows(found)))
    return made.get()[1]


def _alike(theirs: str, ours: str) -> str:
    """Our figure with the digits that it shares with theirs in bold."""
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(theirs, ours, strict=False))))
    return f"**{ours[:shared]}**{ours[shared:]}" if shared else ours
