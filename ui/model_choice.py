"""Who reads digits: the runs of this visit and the pretrained models, to choose from on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from mnist_core import dataset
from mnist_core.formatting import percent
from mnist_core.model import Parameters
from mnist_core.plan import Plan
from mnist_core.training import State
from mnist_core.training.run import Run
from ui import current_run, resources
from ui.session import Slot

KINDS = {"linear": "linear model", "mlp": "multilayer perceptron (MLP) with one hidden layer"}
SHORT = {"linear": "Linear", "mlp": "MLP"}


@dataclass(frozen=True)
class Reader:
    """A model with a name; `run` is the whole run where it is the latest one."""

    name: str
    plan: Plan
    state: State
    run: Run | None = None

    @property
    def parameters(self) -> Parameters:
        """Its parameters."""
        return self.state.parameters

    @property
    def accuracy(self) -> float:
        """Its share of test digits read right, 0..1."""
        read = resources.readings(self.parameters).argmax(axis=1)
        return float((read == dataset.load_test().labels).mean())

    @property
    def words(self) -> str:
        """What it is, in a line."""
        return f"{KINDS[self.plan.model]}, {percent(self.accuracy)} on the test set after step {self.state.step:,}"


def available(kind: str | None = None) -> list[Reader]:
    """The latest run, once it has taken a step, earlier ones, then the pretrained models; all, or those of a kind."""
    control = current_run.control()
    run = control.run
    found = [Reader("Your latest run", run.plan, run.state, run)] if run.state.step else []
    found += [Reader(f"Your run {old.number}", old.plan, old.state) for old in control.earlier]
    found += [Reader(f"Pretrained {SHORT[each]}", *resources.pretrained(each)) for each in KINDS]
    return [each for each in found if kind in (None, each.plan.model)]


def choose(label: str, key: str, kind: str | None = None) -> Reader:
    """A box to choose one, with a line on what it is; the choice outlives visits to other pages."""
    readers, chosen = available(kind), choice(key)
    if chosen.get() not in [each.name for each in readers]:  # none yet, or a run that has gone
        chosen.set(readers[0].name)
    name = st.selectbox(label, [each.name for each in readers], key=chosen.widget_key(), persist_state="session")
    reader = named(readers, name)
    st.caption(reader.words[0].upper() + reader.words[1:] + ".")
    return reader


def choice(key: str) -> Slot[str]:
    """The name that is chosen in the box of that key."""
    return Slot(key, str)


def named(readers: Sequence[Reader], name: str) -> Reader:
    """The reader of that name; the first where there is none."""
    return next((each for each in readers if each.name == name), readers[0])
