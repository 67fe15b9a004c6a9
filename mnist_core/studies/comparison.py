"""A published figure beside ours: a Row of a tutorial's table, the ways of comparing, and the table as text.

Each way takes a row and the figure that we measured, None where nothing has been, and gives the row filled in.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from mnist_core.formatting import counted, percent
from mnist_core.studies.seeds import Shares, percentile

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


def to_digits(row: Row, measured: float | None) -> Row:
    """A figure without chance, to many digits: within a thousandth of itself."""
    if measured is None or row.published is None:
        return row
    off = abs(measured - row.published) / row.published
    says = "the same" if off < 1e-9 else f"{100 * off:.4f} % off"
    kind = "relative difference"
    return replace(row, measured=measured, kind=kind, agreement=off, agrees=off <= EXACT, says=says)


def as_printed(row: Row, measured: float | None) -> Row:
    """A figure without chance, as its tutorial printed it: `"{0:.1%}".format` of a float32."""
    if measured is None or row.published is None:
        return row
    theirs, ours = f"{row.published:.1%}", f"{np.float32(measured):.1%}"
    says = f"no chance in it; prints as {ours.replace('%', ' %')}, {'as published' if ours == theirs else 'not so'}"
    off = measured - row.published
    return replace(row, measured=measured, kind="printed", agreement=off, agrees=ours == theirs, says=says)


def nearby(row: Row, measured: float | None, within: float, shuffles: Shares | None = None) -> Row:
    """A figure on which chance has little hold: `within` so much of the published one, both 0..1."""
    if measured is None or row.published is None:
        return row
    off = measured - row.published
    says = points(off)
    if shuffles is not None:
        says += f"; {len(shuffles):,} shuffles give {percent(shuffles.min())} to {percent(shuffles.max())}"
    return replace(row, measured=measured, kind="difference", agreement=off, agrees=abs(off) <= within, says=says)


def among_shuffles(row: Row, measured: float | None, shuffles: Shares | None, many: int) -> Row:
    """A figure that one shuffle gave, among the accuracies of others; a verdict needs `many` of them."""
    if measured is None or row.published is None:
        return row
    if shuffles is None:
        says = "depends on the shuffle: measure many to compare"
        return replace(row, measured=measured, kind="percentile", says=says)
    at = percentile(shuffles, row.published)
    median = percent(np.median(shuffles))
    says = f"published figure at percentile {at:.0f} of {len(shuffles):,} shuffles, median {median}"
    agrees = 0.5 <= at <= 99.5 if len(shuffles) >= many else None
    return replace(row, measured=measured, kind="percentile", agreement=at, agrees=agrees, says=says)


def among_seeds(row: Row, measured: float | None, seeds: Sequence[float], many: int) -> Row:
    """A figure that depends on the first weights, in the range of several seeds; a verdict needs `many` of them."""
    if measured is None or row.published is None:
        return row
    if len(seeds) < 2:
        says = "depends on the first weights: measure ten seeds to compare"
        return replace(row, measured=measured, kind="range", says=says)
    low, high = min(seeds), max(seeds)
    says = f"{len(seeds)} seeds give {100 * low:.2f} to {100 * high:.2f} %"
    agrees = low <= row.published <= high if len(seeds) >= many else None
    return replace(row, measured=measured, kind="range", agreement=(low, high), agrees=agrees, says=says)


def better_than(row: Row, measured: float | None, ours: Sequence[float], others: Sequence[float], many: int) -> Row:
    """A figure that nobody published, `ours` beside the `others` under the same seeds: it should be higher."""
    if measured is None:
        return row
    if not ours or not others:
        return replace(row, measured=measured, kind="difference", says="measure ten seeds to compare")
    seeds = min(len(ours), len(others))
    gain = float(np.mean(ours[:seeds]) - np.mean(others[:seeds]))
    says = f"{points(gain)} against the double softmax, mean of {counted(seeds, 'seed')}"
    agrees = gain > 0 if seeds >= many else None
    return replace(row, measured=measured, kind="difference", agreement=gain, agrees=agrees, says=says)


def points(difference: float) -> str:
    """A difference 0..1 in points: +0.12 points."""
    return f"{100 * difference:+.2f} points"


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
