"""Figures of the ideas and the experiments, as the plain dictionaries that Plotly reads."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.figures import Figure, layout
from mnist_core.landscape import Curve, Slice
from mnist_core.palette import BLUE, GREY, GRID, OKABE_ITO, RED, TEST

Numbers = NDArray[np.float64]
TIGHT = {"l": 56, "r": 16, "t": 12, "b": 44}


def lines(
    series: Sequence[tuple[str, Sequence[float], Sequence[float]]],
    *,
    across: str,
    up: str,
    dark: bool,
    height: int = 320,
    log: bool = False,
    percent: bool = True,
    marks: Sequence[tuple[float, str]] = (),
    band: tuple[Sequence[float], Sequence[float], Sequence[float]] | None = None,
    last: float | None = None,
    wide_first: bool = False,
) -> Figure:
    """A line with points for each (name, x, y); `band` is x, lowest, highest; `marks` are places on the x axis.

    With `last` the axes are fixed, up to that x and to 100 %, so that a growing line keeps its shape; `wide_first`
    draws the first line broad and pale, to be seen under another that covers it.
    """
    figure = _figure(height, dark, across, up)
    scale = 100 if percent else 1
    if band:
        x, low, high = band
        figure["data"].append(
            {"type": "scatter", "x": [*x, *reversed(x)], "y": [scale * v for v in (*high, *reversed(low))],
             "fill": "toself", "fillcolor": "rgba(47,111,222,.2)", "line": {"width": 0}, "hoverinfo": "skip",
             "showlegend": False}
        )  # fmt: skip
    for number, (name, x, y) in enumerate(series):
        unit = " %" if percent else ""
        figure["data"].append(
            {"type": "scatter", "mode": "lines+markers", "name": name, "x": list(x), "y": [scale * v for v in y],
             "line": {"width": 9 if wide_first and number == 0 else 2, "color": OKABE_ITO[number % len(OKABE_ITO)]},
             "opacity": (0.75 if dark else 0.45) if wide_first and number == 0 else 1, "marker": {"size": 5},
             "hovertemplate": f"{name}, %{{x:,}}: %{{y:.4g}}{unit}<extra></extra>"}
        )  # fmt: skip
    for place, words in marks:
        figure["layout"]["shapes"].append(
            {"type": "line", "yref": "paper", "x0": place, "x1": place, "y0": 0, "y1": 1,
             "line": {"color": TEST[dark], "width": 2, "dash": "dot"}}
        )  # fmt: skip
        figure["layout"]["annotations"].append(
            {"x": np.log10(place) if log else place, "y": 1, "yref": "paper", "text": words, "showarrow": False,
             "xanchor": "left", "yanchor": "top", "xshift": 4, "font": {"color": TEST[dark]}}
        )  # fmt: skip
    figure["layout"]["showlegend"] = len(series) > 1
    figure["layout"]["legend"] = {"orientation": "h", "y": 1.12}
    if log:
        figure["layout"]["xaxis"] |= {"type": "log", "dtick": 1}
    if percent:
        figure["layout"]["yaxis"] |= {"ticksuffix": " %"}
    if last is not None:
        figure["layout"]["xaxis"] |= {"range": [-0.1, np.log10(last) + 0.1] if log else [0, last]}
        figure["layout"]["yaxis"] |= {"range": [0, 102]}
    return figure


def dots(
    groups: Sequence[tuple[str, Numbers, tuple[float, float] | None]], *, dark: bool, mark: float, height: int = 340
) -> Figure:
    """Shares as dots, a row for each (name, shares, interval), the interval as a bar under them; a line at `mark`.

    A single share is a larger dot in the middle of its row.
    """
    figure = _figure(height, dark, "accuracy on the subset", "")
    rng = np.random.default_rng(0)  # spreads dots that would lie on each other; it moves none to the side
    for row, (name, values, interval) in enumerate(groups):
        if interval is not None:
            low, high = (100 * end for end in interval)
            figure["data"].append(
                {"type": "scatter", "mode": "lines", "x": [low, high], "y": [row - 0.38] * 2,
                 "line": {"color": GREY, "width": 5},
                 "hovertemplate": f"interval: {low:.1f} to {high:.1f} %<extra></extra>"}
            )  # fmt: skip
        spread = 0.28 if len(values) > 1 else 0
        figure["data"].append(
            {"type": "scatter", "mode": "markers", "name": name, "x": (100 * values).tolist(),
             "y": (row + rng.uniform(-spread, spread, len(values))).tolist(),
             "marker": {"size": 6 if len(values) > 1 else 11, "color": OKABE_ITO[row],
                        "opacity": 0.6 if len(values) > 1 else 1},
             "hovertemplate": f"{name}: %{{x:.1f}} %<extra></extra>"}
        )  # fmt: skip
    figure["layout"]["shapes"].append(
        {"type": "line", "yref": "paper", "x0": 100 * mark, "x1": 100 * mark, "y0": 0, "y1": 1,
         "line": {"color": TEST[dark], "width": 2, "dash": "dot"}}
    )  # fmt: skip
    figure["layout"]["xaxis"] |= {"ticksuffix": " %"}
    names = [name for name, _, _ in groups]
    figure["layout"]["yaxis"] |= {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False}
    figure["layout"]["margin"]["l"] = 120
    return figure


def shift_map(values: Numbers, farthest: int, here: tuple[int, int], *, dark: bool, height: int = 460) -> Figure:
    """Accuracies `(17, 17)` by moves down and right, NaN where not measured yet; a ring at the move `here`."""
    moves = list(range(-farthest, farthest + 1))
    figure = _figure(height, dark, "moved to the right, pixels", "moved down, pixels")
    shown = [[None if np.isnan(value) else round(100 * float(value), 1) for value in row] for row in values]
    figure["data"].append(
        {"type": "heatmap", "x": moves, "y": moves, "z": shown, "zmin": 0, "zmax": 100, "colorscale": "Viridis",
         "colorbar": {"ticksuffix": " %", "thickness": 12},
         "hovertemplate": "%{y} down, %{x} right: %{z:.1f} %<extra></extra>"}
    )  # fmt: skip
    down, right = here
    figure["data"].append(
        {"type": "scatter", "mode": "markers", "x": [right], "y": [down], "hoverinfo": "skip",
         "marker": {"symbol": "circle-open", "size": 18, "color": RED, "line": {"width": 3}}}
    )  # fmt: skip
    figure["layout"]["yaxis"] |= {"autorange": "reversed", "scaleanchor": "x", "constrain": "domain", "showgrid": False}
    figure["layout"]["xaxis"] |= {"constrain": "domain"}
    return figure


def way_down(curve: Curve, path: Numbers, *, dark: bool, height: int = 400) -> Figure:
    """A curve, the steps taken on it, and the tangent at the last one; steps out of the picture lead to its edge."""
    low, high = curve.range
    x = np.linspace(low, high, 241)
    y = curve.value(x)
    figure = _figure(height, dark, "x", "y")
    inside = np.pad((path >= low) & (path <= high), 1)
    seen = inside[1:-1] | inside[:-2] | inside[2:]  # a place outside too, where a step leads there from inside or back
    way = [
        (float(each), float(curve.value(each))) if shown else (None, None)
        for each, shown in zip(path, seen, strict=True)
    ]
    figure["data"] += [
        {"type": "scatter", "mode": "lines", "x": x.tolist(), "y": y.tolist(), "line": {"color": BLUE, "width": 2},
         "hoverinfo": "skip"},
        {"type": "scatter", "mode": "lines+markers", "x": [x for x, _ in way], "y": [y for _, y in way],
         "line": {"color": GREY, "width": 1, "dash": "dot"}, "marker": {"color": RED, "size": 9},
         "hovertemplate": "x = %{x:.4f}, y = %{y:.4f}<extra></extra>"},
    ]  # fmt: skip
    if len(path) and low <= path[-1] <= high:
        here, slope = path[-1], float(curve.slope(np.array(path[-1])))
        reach = 0.18 * (high - low) / np.sqrt(1 + slope**2 / 4)
        ends = np.array([here - reach, here + reach])
        tangent = float(curve.value(np.array(here))) + slope * (ends - here)
        figure["data"].append(
            {"type": "scatter", "mode": "lines", "x": ends.tolist(), "y": tangent.tolist(),
             "line": {"color": RED, "width": 2}, "hoverinfo": "skip"}
        )  # fmt: skip
    room = 0.08 * float(y.max() - y.min())
    figure["layout"]["xaxis"] |= {"range": [low, high]}
    figure["layout"]["yaxis"] |= {"range": [float(y.min()) - room, float(y.max()) + room]}
    return figure


def cost_curve(probability: float, *, dark: bool, height: int = 300) -> Figure:
    """-ln p, and the point on it; for a probability of 0 an arrow at the top edge, as there is no such point."""
    cost = -math.log(probability) if probability else math.inf
    top = max(7.5, 1.1 * cost) if probability else 7.5
    costs = np.linspace(0, top, 300)  # even steps of the cost: the curve is steep where p is small
    mark: Figure = {
        "x": [probability], "y": [cost], "mode": "markers", "marker": {"color": RED, "size": 12},
        "hovertemplate": "p = %{x:.4f}, cost %{y:.4f}<extra></extra>",
    }  # fmt: skip
    if not probability:
        mark = {
            "x": [0], "y": [top], "mode": "markers+text", "marker": {"color": RED, "size": 14, "symbol": "triangle-up"},
            "text": ["  infinity"], "textposition": "middle right", "textfont": {"color": TEST[dark]},
            "hovertemplate": "p = 0, cost infinity<extra></extra>",
        }  # fmt: skip
    figure = _figure(height, dark, "probability of the truth", "cost, -ln p")
    figure["data"] += [
        {"type": "scatter", "mode": "lines", "x": np.exp(-costs).tolist(), "y": costs.tolist(), "hoverinfo": "skip",
         "line": {"color": BLUE, "width": 2}},
        {"type": "scatter", "cliponaxis": False} | mark,
    ]  # fmt: skip
    figure["layout"]["xaxis"] |= {"range": [0, 1.02]}
    figure["layout"]["yaxis"] |= {"range": [0, top]}
    return figure


def loss_slice(
    plane: Slice, a: Numbers, b: Numbers, losses: Numbers, steps: Sequence[int], *, dark: bool, height: int = 460
) -> Figure:
    """The loss over a plane as a map, and a run's way on it."""
    figure = _figure(height, dark, "from the first step to the last", "away from the straight way")
    shown = [value for value in (0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 20) if losses.min() <= value <= losses.max()]
    figure["data"] += [
        {"type": "contour", "x": a.tolist(), "y": b.tolist(), "z": np.log(losses).tolist(),
         "customdata": np.round(losses, 4).tolist(), "colorscale": "Viridis", "ncontours": 24,
         "colorbar": {"title": {"text": "loss"}, "thickness": 12, "tickvals": np.log(shown).tolist(),
                      "ticktext": [f"{value:g}" for value in shown]},
         "hovertemplate": "loss %{customdata:.3f}<extra></extra>"},
        {"type": "scatter", "mode": "lines+markers", "x": plane.path[:, 0].tolist(), "y": plane.path[:, 1].tolist(),
         "line": {"color": "white", "width": 2},
         "marker": {"color": RED, "size": 6, "line": {"color": "white", "width": 1}},
         "customdata": list(steps), "hovertemplate": "step %{customdata:,}<extra></extra>"},
    ]  # fmt: skip
    return figure


def bars(
    names: Sequence[str], values: Sequence[float], *, across: str, up: str, dark: bool, height: int = 260
) -> Figure:
    """One bar for each name, with its value written on it."""
    figure = _figure(height, dark, across, up)
    figure["data"].append(
        {"type": "bar", "x": list(names), "y": list(values), "marker": {"color": BLUE}, "textposition": "outside",
         "text": [f"{value:,}" for value in values], "hovertemplate": "%{x}: %{y:,}<extra></extra>",
         "cliponaxis": False}
    )  # fmt: skip
    figure["layout"]["xaxis"] |= {"type": "category"}
    return figure


def _figure(height: int, dark: bool, across: str, up: str) -> dict[str, Any]:
    figure: Figure = {"data": [], "layout": layout(height, dark, dict(TIGHT))}
    figure["layout"]["xaxis"] = {"title": {"text": across}, "zeroline": False, "showgrid": False}
    figure["layout"]["yaxis"] = {"title": {"text": up}, "zeroline": False, "gridcolor": GRID}
    return figure
