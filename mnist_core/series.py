"""The two charts of a run, loss and accuracy, as numbers: what the film draws and what Plotly shows afterwards."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mnist_core.metrics import Score
from mnist_core.plan import Plan, differences
from mnist_core.run import KNOWS_NOTHING, Run
from mnist_core.training import State
from mnist_core.words import short

Role = Literal["batch", "training", "test", "earlier"]
BINS = 240  # across the chart; of the steps that share one, the lowest and the highest loss are drawn
DASHES = ([6, 3], [2, 2], [10, 3, 2, 3], [14, 4])
MOST_NAMED = 3  # differences of an earlier run
DASHES_IN_WORDS = ("dashed", "dotted", "dash-dotted", "long dashes")
NAMES = {
    "train_size": "training size", "learning_rate": "learning rate", "batch_size": "batch size",
    "hidden_units": "hidden units", "batch_order": "order", "double_softmax": "double softmax",
}  # fmt: skip


@dataclass(frozen=True)
class Series:
    """One line, or dots: values `y` at steps `x`."""

    name: str
    role: Role
    x: list[int]
    y: list[float]
    dots: bool = False
    dash: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chart:
    """Series over the steps, with what stands around them; `rules` are horizontal lines with a word."""

    title: str
    alt: str
    range: tuple[float, float]
    ticks: list[tuple[float, str]]
    series: list[Series]
    rules: list[tuple[float, str]]

    def to_json(self) -> dict[str, Any]:
        """The chart for the film, its figures cut to what a screen can show."""
        chart = asdict(self)
        chart["series"] = [{**asdict(each), "y": [float(f"{v:.5g}") for v in each.y]} for each in self.series]
        chart["legend"] = [{"name": each.name, "role": each.role} for each in self.series if each.role != "earlier"]
        return chart


@dataclass(frozen=True)
class Earlier:
    """What stays of an earlier run: its plan, its scored steps and where it ended."""

    number: int
    plan: Plan
    steps: tuple[int, ...]
    scores: tuple[Score, ...]
    state: State


def charts(run: Run, earlier: Sequence[Earlier], *, log: bool) -> list[Chart]:
    """Loss and accuracy of a run, with the test curves of earlier ones to compare with."""
    steps, scores = [step for step, _ in run.scores], [score for _, score in run.scores]
    past = [(named(each, run.plan), each, DASHES[i % len(DASHES)]) for i, each in enumerate(earlier)]
    batch_steps, batch_losses = thinned(run.log.batch_losses, log=log, last=run.plan.steps)
    evaluations = run.log.evaluations
    loss = [
        *(
            Series(name, "earlier", list(old.steps), [s.loss for s in old.scores], dash=tuple(d))
            for name, old, d in past
        ),
        Series("each batch", "batch", batch_steps, batch_losses),
        Series(
            "training set", "training", [e.step for e in evaluations], [e.train_loss for e in evaluations], dots=True
        ),
        Series("test set", "test", steps, [score.loss for score in scores]),
    ]
    accuracy = [
        *(
            Series(name, "earlier", list(old.steps), [100 * s.accuracy for s in old.scores], dash=tuple(d))
            for name, old, d in past
        ),
        Series("test set", "test", steps, [100 * score.accuracy for score in scores]),
    ]
    top = loss_top(value for series in loss for value in series.y)
    return [
        Chart(
            "Loss",
            f"Loss by step; test loss now {scores[-1].loss:.2f}.",
            (0.0, top),
            ticks(top),
            list(reversed(loss)),
            [(KNOWS_NOTHING, "knows nothing: ln 10")] if top < 10 * KNOWS_NOTHING else [],
        ),
        Chart(
            "Accuracy",
            f"Test accuracy by step; now {scores[-1].accuracy:.1%}.",
            (0.0, 100.0),
            [(value, f"{value:.0f} %") for value in (0.0, 25.0, 50.0, 75.0, 100.0)],
            list(reversed(accuracy)),
            [],
        ),
    ]


def legend_of_earlier(earlier: Sequence[Earlier], plan: Plan) -> str:
    """Which grey line is which earlier run, and in what it differs."""
    return " · ".join(f"{DASHES_IN_WORDS[i % len(DASHES)]}: {named(old, plan)}" for i, old in enumerate(earlier))


def named(old: Earlier, plan: Plan) -> str:
    """An earlier run by what differs from the present plan."""
    changes = differences(old.plan, plan)
    if old.plan.model == "linear":
        changes.pop("hidden_units", None)  # it has none
    return f"run {old.number}: {describe(changes)}"


def describe(changes: dict[str, tuple[Any, Any]]) -> str:
    """Choices in words: "learning rate 0.05, batch size all"; or "same settings"."""
    words = [f"{NAMES.get(name, name)} {short(value)}" for name, (value, _) in changes.items()]
    return ", ".join([*words[:MOST_NAMED], *["..."] * (len(words) > MOST_NAMED)]) or "same settings"


def thinned(losses: NDArray[np.float32], *, log: bool, last: int) -> tuple[list[int], list[float]]:
    """Step and loss of at most two steps for each of 240 bins across the chart, the extremes: raw points, never means.

    A loss that is not finite is left out.
    """
    steps = np.flatnonzero(np.isfinite(losses))
    if len(steps) > 2 * BINS:
        across = np.log1p(steps) / math.log1p(last) if log else steps / last
        edges = np.searchsorted(across, np.linspace(0, 1, BINS + 1)[1:-1])
        bins = [part for part in np.split(steps, edges) if len(part)]
        steps = np.unique([part[pick(losses[part])] for part in bins for pick in (np.argmin, np.argmax)])
    return steps.tolist(), losses[steps].astype(float).tolist()


def loss_top(values: Any) -> float:
    """The top of the loss axis: a round number above all values, and above ln 10."""
    highest = max([1.08 * KNOWS_NOTHING, *(value for value in values if math.isfinite(value))])
    unit = 10.0 ** math.floor(math.log10(highest))
    return next(step * unit for step in (1, 2, 2.5, 3, 5, 10) if step * unit >= highest)


def ticks(top: float) -> list[tuple[float, str]]:
    """Five even ticks from 0 to the top."""
    return [(top * part / 4, f"{top * part / 4:.3g}") for part in range(5)]
