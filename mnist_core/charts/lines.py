"""Line charts of studies: named lines with points, a band, and marks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.charts.figure import Figure, figure, hover, line, upright
from mnist_core.charts.palette import BAND, OKABE_ITO, TEST

Line = tuple[str, Sequence[float], Sequence[float]]  # name, x, y


@dataclass(frozen=True)
class Lines:
    """A line with points for each of `lines`; shares 0..1 as percentages where `percent` is set.

    `band` is x, lowest and highest; `marks` are places on the x axis, each with a word. With `last` the axes are fixed,
    up to that x and to 100 %, so that a growing line keeps its shape; `wide_first` draws the first line broad and pale,
    to be seen under another that covers it.
    """

    lines: Sequence[Line]
    across: str
    up: str
    log: bool = False
    percent: bool = True
    marks: Sequence[tuple[float, str]] = ()
    band: tuple[Sequence[float], Sequence[float], Sequence[float]] | None = None
    last: float | None = None
    wide_first: bool = False

    def figure(self, *, dark: bool, height: int = 320) -> Figure:
        """The chart for a page of that theme."""
        chart = figure(height, dark, self.across, self.up)
        if self.band:
            chart["data"].append(self._band(*self.band))
        chart["data"] += [self._line(number, dark) for number in range(len(self.lines))]
        layout = chart["layout"]
        layout["shapes"] = [upright(place, dark) for place, _ in self.marks]
        layout["annotations"] = [self._mark(place, words, dark) for place, words in self.marks]
        layout["showlegend"] = len(self.lines) > 1
        layout["legend"] = {"orientation": "h", "y": 1.12}
        if self.log:
            layout["xaxis"] |= {"type": "log", "dtick": 1}
        if self.percent:
            layout["yaxis"] |= {"ticksuffix": " %"}
        if self.last is not None:
            layout["xaxis"] |= {"range": [-0.1, math.log10(self.last) + 0.1] if self.log else [0, self.last]}
            layout["yaxis"] |= {"range": [0, 102]}
        return chart

    def _scaled(self, values: Sequence[float]) -> list[float]:
        return [100 * value if self.percent else value for value in values]

    def _line(self, number: int, dark: bool) -> Figure:
        name, x, y = self.lines[number]
        wide = self.wide_first and number == 0
        drawn = line(x, self._scaled(y), OKABE_ITO[number % len(OKABE_ITO)], 9 if wide else 2)
        drawn |= hover(f"{name}, %{{x:,}}: %{{y:.4g}}{' %' if self.percent else ''}")
        opacity = (0.75 if dark else 0.45) if wide else 1
        return drawn | {"mode": "lines+markers", "name": name, "marker": {"size": 5}, "opacity": opacity}

    def _band(self, x: Sequence[float], low: Sequence[float], high: Sequence[float]) -> Figure:
        edge = line([*x, *reversed(x)], self._scaled([*high, *reversed(low)]), width=0)
        return edge | {"fill": "toself", "fillcolor": BAND, "showlegend": False}

    def _mark(self, place: float, words: str, dark: bool) -> Figure:
        return {
            "x": math.log10(place) if self.log else place,
            "y": 1,
            "yref": "paper",
            "text": words,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "top",
            "xshift": 4,
            "font": {"color": TEST[dark]},
        }


def probabilities(steps: Sequence[int], lines: Sequence[tuple[str, NDArray[np.float32]]], *, dark: bool) -> Figure:
    """A line for each name: probabilities 0..1 over the steps, on a logarithmic axis that has a 0."""
    chart = figure(260, dark, "step", "")
    for number, (name, shares) in enumerate(lines):
        drawn = line(np.log1p(steps), 100 * shares, OKABE_ITO[number % len(OKABE_ITO)])
        drawn |= hover(f"{name}, step %{{customdata:,}}: %{{y:.1f}} %")
        chart["data"].append(drawn | {"mode": "lines+markers", "name": name, "customdata": list(steps)})
    shown = [step for step in steps if step in (0, 1, 2, 5, 10, 20, 50, steps[-1])]
    ticks = {"tickvals": np.log1p(shown).tolist(), "ticktext": [f"{step:,}" for step in shown], "tickangle": 0}
    chart["layout"]["showlegend"] = True
    chart["layout"]["xaxis"] |= ticks
    chart["layout"]["yaxis"] |= {"range": [0, 102], "ticksuffix": " %"}
    return chart
