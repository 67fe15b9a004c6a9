"""The tutorials' runs that have been through in this visit, kept as they finish, whatever page is open."""

from collections.abc import Mapping

from mnist_core.plan import Plan
from mnist_core.studies.tutorials import TUTORIALS
from mnist_core.studies.tutorials.tutorial import States, Trial, Tutorial
from mnist_core.training.run import Run
from ui.session import Slot

_FINISHED = Slot[Mapping[tuple[str, str], States]]("trials", dict)  # by letter and name


def stops_of(plan: Plan) -> tuple[int, ...]:
    """The steps at which a tutorial with this plan stops to look: a run of it keeps its states there."""
    return tuple(sorted({stop for _, trial in _with(plan) for stop in trial.stops}))


def keep(run: Run) -> None:
    """Keep what a run has given, where it is through, a tutorial's, and has been at all of its stops."""
    if not run.finished:
        return
    states = {snapshot.step: snapshot for snapshot in run.snapshots}
    for key, trial in _with(run.plan):
        wanted, found = {*trial.stops, trial.plan.steps}, _FINISHED.get()
        if wanted <= states.keys() and key not in found:
            _FINISHED.set({**found, key: {step: states[step] for step in sorted(wanted)}})


def of(tutorial: Tutorial) -> dict[str, States]:
    """The finished runs of a tutorial, by name."""
    return {name: states for (letter, name), states in _FINISHED.get().items() if letter == tutorial.letter}


def _with(plan: Plan) -> list[tuple[tuple[str, str], Trial]]:
    return [
        ((tutorial.letter, trial.name), trial)
        for tutorial in TUTORIALS.values()
        for trial in tutorial.trials
        if trial.plan == plan
    ]
