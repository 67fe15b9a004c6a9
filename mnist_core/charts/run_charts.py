"""The two charts of a run, loss and accuracy, as numbers: what the live view draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mnist_core.charts import palette
from mnist_core.charts.axes import loss_top, thinned, ticks
from mnist_core.charts.palette import Pair
from mnist_core.fields import FIELD
from mnist_core.metrics import Score
from mnist_core.plan import Plan, differences
from mnist_core.training import State
from mnist_core.training.overshoot import CHANCE_LOSS
from mnist_core.training.run import Run

Role = Literal["batch", "training", "test", "earlier"]
STYLES: dict[Role, tuple[Pair, float]] = {  # colour on a light page and on a dark one, width of the line in pixels
    "batch": (palette.BATCH, 1.2),
    "training": (palette.TRAINING, 1.2),
    "test": (palette.TEST, 2.5),
    "earlier": (palette.EARLIER, 1.2),
}
DASHES = ([6, 3], [2, 2], [10, 3, 2, 3], [14, 4])
MOST_NAMED = 3  # differences of an earlier run
DASHES_IN_WORDS = ("dashed", "dotted", "dash-dotted", "long dashes")


@dataclass(frozen=True)
class Series:
    """One line, or dots: values `y` at steps `x`."""

    name: str
    role: Role
    x: list[int]
    y: list[float]
    dots: bool = False
    dash: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The series as the live view draws it, its figures cut to what a screen can show.

        An earlier run is drawn `whole` at once; the steps of the one that `leads` can be asked for their values.
        """
        colours, width = STYLES[self.role]
        return {
            "name": self.name,
            "x": self.x,
            "y": [float(f"{value:.5g}") for value in self.y],
            "colours": colours,
            "width": width,
            "dots": self.dots,
            "dash": self.dash,
            "whole": self.role == "earlier",
            "leads": self.role == "test",
        }


@dataclass(frozen=True)
class Chart:
    """Series over the steps, with what stands around them; `rules` are horizontal lines with a word.

    `percents` says that the values are percentages, not nats.
    """

    title: str
    alt: str
    range: tuple[float, float]
    ticks: list[tuple[float, str]]
    series: list[Series]
    rules: list[tuple[float, str]]
    percents: bool = False

    def to_json(self) -> dict[str, Any]:
        """The chart as the live view draws it."""
        return {
            "title": self.title,
            "alt": self.alt,
            "range": self.range,
            "ticks": self.ticks,
            "series": [each.to_json() for each in self.series],
            "rules": self.rules,
            "percents": self.percents,
        }


@dataclass(frozen=True)
class Earlier:
    """What stays of an earlier run: its plan, its scored steps and where it ended."""

    number: int
    plan: Plan
    steps: tuple[int, ...]
    scores: tuple[Score, ...]
    state: State


def charts(run: Run, earlier: Sequence[Earlier], *, log: bool) -> list[Chart]:
    """Loss and accuracy of a run, with the test curves of earlier ones to compare with.

    A double softmax is another loss, on another scale: an earlier run with another one has its accuracy drawn only.
    """
    steps, scores = [step for step, _ in run.scores], [score for _, score in run.scores]
    past = [(named(each, run.plan), each, DASHES[i % len(DASHES)]) for i, each in enumerate(earlier)]
    batch_steps, batch_losses = thinned(run.log.batch_losses, log=log, last=run.plan.steps)
    evaluations = run.log.evaluations
    loss = [
        *(
            Series(name, "earlier", list(old.steps), [s.loss for s in old.scores], dash=tuple(d))
            for name, old, d in past
            if _same_loss(old.plan, run.plan)
        ),
        Series("each batch", "batch", batch_steps, batch_losses),
        Series(
            "training set", "training", [e.step for e in evaluations], [e.training.loss for e in evaluations], dots=True
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
            "Loss of a double softmax" if run.plan.double_softmax else "Loss",
            f"Loss by step; test loss now {scores[-1].loss:.2f}.",
            (0.0, top),
            ticks(top),
            list(reversed(loss)),
            [(CHANCE_LOSS, "knows nothing: ln 10")] if top < 10 * CHANCE_LOSS else [],
        ),
        Chart(
            "Accuracy",
            f"Test accuracy by step; now {scores[-1].accuracy:.1%}.",
            (0.0, 100.0),
            [(value, f"{value:.0f} %") for value in (0.0, 25.0, 50.0, 75.0, 100.0)],
            list(reversed(accuracy)),
            [],
            percents=True,
        ),
    ]


def legend(charts: Sequence[Chart]) -> list[dict[str, Any]]:
    """What each kind of line is, once for all charts: name, sign and colours."""
    lines = {each.role: each for chart in charts for each in chart.series if each.role != "earlier"}
    return [
        {"name": each.name, "sign": "●" if each.dots else "━", "colours": STYLES[each.role][0]}
        for each in lines.values()
    ]


def legend_of_earlier(earlier: Sequence[Earlier], plan: Plan) -> str:
    """Which grey line is which earlier run, and in what it differs."""
    lines = []
    for i, old in enumerate(earlier):
        only = "" if _same_loss(old.plan, plan) else " (accuracy only: its loss is of another kind)"
        lines.append(f"{DASHES_IN_WORDS[i % len(DASHES)]}: {named(old, plan)}{only}")
    return " · ".join(lines)


def _same_loss(plan: Plan, other: Plan) -> bool:
    return plan.double_softmax == other.double_softmax


def named(old: Earlier, plan: Plan) -> str:
    """An earlier run by what differs from the present plan."""
    changes = differences(old.plan, plan)
    changes = {name: pair for name, pair in changes.items() if FIELD[name].matters(old.plan.model)}
    return f"run {old.number}: {describe(changes)}"


def describe(changes: dict[str, tuple[Any, Any]]) -> str:
    """Choices in words: "learning rate 0.05, batch size all"; or "same settings"."""
    words = [FIELD[name].in_words(value) for name, (value, _) in changes.items()]
    return ", ".join([*words[:MOST_NAMED], *["..."] * (len(words) > MOST_NAMED)]) or "same settings"
