"""The tutorials' published figures beside ours: rows of what, published, measured, and whether they agree."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mnist_core import dataset, metrics, model, shuffles
from mnist_core.training import State
from mnist_core.tutorials import (
    EPOCH_E,
    LATER_SHUFFLES,
    LONG_SHUFFLES,
    MANY,
    MANY_LONG,
    PUBLISHED,
    SEEDS,
    SHUFFLES,
    TUTORIALS,
    Findings,
    accuracies,
    test_accuracy,
)  # fmt: skip
from mnist_core.words import counted, percent

CLASSIC = {  # test accuracy by step
    "A": {0: 0.098, 1: 0.407, 10: 0.782, 1_000: 0.917},
    "B": {0: 0.098, 1: 0.505, 1_000: 0.918},
}
PROBABILITIES_C = (
    2.12480136e-05, 1.16469264e-05, 8.96317810e-02, 1.92015115e-02, 8.20863759e-04,
    1.25168199e-05, 3.85381973e-05, 8.53746116e-01, 6.91888575e-03, 2.95970142e-02,
)  # fmt: skip
TRAIN_D, TEST_D = 0.97026664, 0.9615
LAST_E = 0.902  # after epoch 9, by an implementation of its own; the tutorial printed none
POINTS, POINTS_E, POINTS_C = 0.007, 0.005, 0.01
EXACT = 0.001  # relative


@dataclass(frozen=True)
class Row:
    """One figure of a tutorial. `measured` and `agrees` are None while nothing has been measured.

    `form` says how to write it: a share as percent, a probability with its digits, a digit as it is. `kind` names the
    comparison and `agreement` is its outcome as a number: a relative difference, a percentile, a difference 0..1, or
    the lowest and highest of several seeds.
    """

    tutorial: str
    what: str
    published: float | None
    measured: float | None = None
    form: str = "share"
    kind: str = ""
    agreement: float | tuple[float, float] | None = None
    agrees: bool | None = None
    says: str = "not measured yet"

    def to_json(self) -> dict[str, Any]:
        """The row as JSON writes it."""
        return asdict(self)


def rows(letter: str, found: Findings) -> list[Row]:
    """The table of one tutorial from what has been found so far."""
    return _TABLES[letter](letter, found)


def markdown(table: Sequence[Row]) -> str:
    """The table as text, which is Markdown too."""
    verdicts = {True: "yes", False: "no", None: ""}
    lines = ["| what | published | measured | agrees | how |", "| --- | --- | --- | --- | --- |"]
    for row in table:
        lines.append(f"| {row.what} | {' | '.join(written(row))} | {verdicts[row.agrees]} | {row.says} |")
    return "\n".join(lines)


def written(row: Row) -> tuple[str, str]:
    """The published figure with the digits it was published with, and the measured one; a dash where there is none."""
    shares = "{:.4g} %", "{:.2f} %"
    forms = {"share": shares, "probability": ("{:.8e}",) * 2, "digit": ("{:.0f}",) * 2}[row.form]
    scale = 100 if row.form == "share" else 1
    published, measured = (
        "—" if value is None else form.format(scale * value)
        for form, value in zip(forms, (row.published, row.measured), strict=True)
    )
    return published, measured


def _a(letter: str, found: Findings) -> list[Row]:
    """After 0, 1 and 10 steps, in the order of the file; after 1,000, of which the later ones are shuffled."""
    table = []
    for step, row, measured in _by_step(letter, found):
        if step < 1_000:
            table.append(_printed(row, measured))
        else:
            table.append(_shuffled(row, measured, found.get(LATER_SHUFFLES, ()), MANY_LONG))
    return table


def _b(letter: str, found: Findings) -> list[Row]:
    """After 0, 1 and 1,000 steps; all depend on the shuffle, the last one hardly any more."""
    (_, before, untrained), (_, early, first), (_, late, last) = _by_step(letter, found)
    return [
        _printed(before, untrained),
        _shuffled(early, first, found.get(SHUFFLES, ()), MANY),
        _near(late, last, CLASSIC[letter][1_000], POINTS, found.get(LONG_SHUFFLES, ())),
    ]


def _by_step(letter: str, found: Findings) -> list[tuple[int, Row, float | None]]:
    """Each step after which A or B printed its test accuracy, the row for it, and what was measured there."""
    states = _states(found, PUBLISHED)
    return [
        (step, Row(letter, f"test accuracy after {counted(step, 'step')}", value),
         test_accuracy(states[step]) if step in states else None)
        for step, value in CLASSIC[letter].items()
    ]  # fmt: skip


def _c(letter: str, found: Findings) -> list[Row]:
    state = _states(found, PUBLISHED).get(TUTORIALS[letter].trials[0].plan.steps)
    table = [
        *(
            Row(letter, f"training image 0, a 7: probability of {digit}", value, form="probability")
            for digit, value in enumerate(PROBABILITIES_C)
        ),
        Row(letter, "training image 2, a 4, is read as", 9.0, form="digit"),
        Row(letter, "accuracy on the first 100 test images", 0.94),
        Row(letter, "test accuracy, “about 91 %”", 0.91),
    ]
    if state is None:
        return table
    images, test = dataset.load().training.images, dataset.load_test()
    exact = [
        *map(float, model.probabilities(state.layers, images[0])),
        float(model.predict(state.layers, images[2])),
        metrics.evaluate(state.layers, test[:100]).accuracy,
    ]
    *before, last = table
    return [
        *(_exact(row, value) for row, value in zip(before, exact, strict=True)),
        _near(last, test_accuracy(state), 0.91, POINTS_C, ()),
    ]


def _d(letter: str, found: Findings) -> list[Row]:
    table, seeds = [], found.get("seeds", ())
    for trial in TUTORIALS[letter].trials[:2]:
        state = _states(found, trial.name).get(trial.plan.steps)
        ours = (None, None) if state is None else accuracies(trial.plan, state)
        twice = trial.plan.double_softmax
        for place, (which, value) in enumerate((("training", TRAIN_D), ("test", TEST_D))):
            row = Row(letter, f"{which} accuracy, {'double' if twice else 'single'} softmax", value if twice else None)
            spread = [result[1 + place] for result in seeds if result[0] is twice]
            if twice:
                table.append(_among_seeds(row, ours[place], spread))
            else:
                double = [result[1 + place] for result in seeds if result[0]]
                table.append(_better(row, ours[place], spread, double))
    return table


def _e(letter: str, found: Findings) -> list[Row]:
    states, table = _states(found, PUBLISHED), list[Row]()
    before = metrics.evaluate(model.zeros(), dataset.load_test()).accuracy if states else 0.0
    for epoch in (1, 3, 5, 7, 9):
        state = states.get(epoch * EPOCH_E)
        row = Row(letter, f"test accuracy after epoch {epoch}", None)
        if state is not None:
            value = test_accuracy(state)
            rises, last = value > before, epoch == 9
            near = not last or abs(value - LAST_E) <= POINTS_E
            says = f"{'higher' if rises else 'not higher'} than {'before' if table else 'untrained'}" + (
                f"; {_points(value - LAST_E)} from an independent loop's {percent(LAST_E)}" if last else ""
            )
            row = _with(row, value, "rises", value - before, rises and near, says)
            before = value
        table.append(row)
    return table


def _exact(row: Row, measured: float | None) -> Row:
    if measured is None or row.published is None:
        return row
    off = abs(measured - row.published) / row.published
    says = "the same" if off < 1e-9 else f"{100 * off:.4f} % off"
    return _with(row, measured, "relative difference", off, off <= EXACT, says)


def _printed(row: Row, measured: float | None) -> Row:
    """A figure without chance, as its tutorial printed it: `"{0:.1%}".format` of a float32."""
    if measured is None or row.published is None:
        return row
    theirs, ours = f"{row.published:.1%}", f"{np.float32(measured):.1%}"
    says = f"no chance in it; prints as {ours.replace('%', ' %')}, {'as published' if ours == theirs else 'not so'}"
    return _with(row, measured, "printed", measured - row.published, ours == theirs, says)


def _near(row: Row, measured: float | None, target: float, within: float, blocks: Any) -> Row:
    if measured is None:
        return row
    off, says = measured - target, f"{_points(measured - target)}"
    if len(blocks):
        values = np.concatenate(blocks)[:, 0]
        says += f"; {len(values):,} shuffles give {percent(values.min())} to {percent(values.max())}"
    return _with(row, measured, "difference", off, abs(off) <= within, says)


def _shuffled(row: Row, measured: float | None, blocks: Any, many: int) -> Row:
    """A figure that one shuffle gave, in the distribution over `many` of them."""
    if measured is None or row.published is None:
        return row
    if not len(blocks):
        return _with(row, measured, "percentile", None, None, "depends on the shuffle: measure many to compare")
    values = np.concatenate(blocks)[:, 0]
    at = shuffles.percentile(values, row.published)
    says = f"published figure at percentile {at:.0f} of {len(values):,} shuffles, median {percent(np.median(values))}"
    return _with(row, measured, "percentile", at, 0.5 <= at <= 99.5 if len(values) >= many else None, says)


def _among_seeds(row: Row, measured: float | None, spread: list[float]) -> Row:
    if measured is None or row.published is None:
        return row
    if len(spread) < 2:
        return _with(row, measured, "range", None, None, "depends on the first weights: measure ten seeds to compare")
    low, high = min(spread), max(spread)
    says = f"{len(spread)} seeds give {100 * low:.2f} to {100 * high:.2f} %"
    if len(spread) < len(SEEDS):
        return _with(row, measured, "range", (low, high), None, says)
    return _with(row, measured, "range", (low, high), low <= row.published <= high, says)


def _better(row: Row, measured: float | None, single: list[float], double: list[float]) -> Row:
    if measured is None:
        return row
    if not single or not double:
        return _with(row, measured, "difference", None, None, "measure ten seeds to compare")
    seeds = min(len(single), len(double))
    all_in = seeds == len(SEEDS)
    gain = float(np.mean(single[:seeds]) - np.mean(double[:seeds]))
    says = f"{_points(gain)} against the double softmax, mean of {counted(seeds, 'seed')}"
    return _with(row, measured, "difference", gain, gain > 0 if all_in else None, says)


def _with(row: Row, measured: float, kind: str, agreement: Any, agrees: bool | None, says: str) -> Row:
    return Row(row.tutorial, row.what, row.published, measured, row.form, kind, agreement, agrees, says)


def _points(difference: float) -> str:
    return f"{100 * difference:+.2f} points"


def _states(found: Findings, trial: str) -> dict[int, State]:
    states: dict[int, State] = next(iter(found.get(trial, ())), {})
    return states


_TABLES: dict[str, Callable[[str, Findings], list[Row]]] = {"A": _a, "B": _b, "C": _c, "D": _d, "E": _e}
