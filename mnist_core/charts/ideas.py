"""Figures of the ideas: a way down a curve, the cost of a prediction, a slice of the real loss."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.charts.figure import Figure, dots, figure, hover, line
from mnist_core.charts.palette import GREY, RED, TEST
from mnist_core.explain.curves import Curve
from mnist_core.explain.landscape import Slice

Numbers = NDArray[np.float64]
COST_SHOWN = 7.5  # nats: the axis of the cost goes up to here, or to a higher cost
LOSSES_NAMED = (0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 20)


def way_down(curve: Curve, path: Numbers, *, dark: bool, height: int = 400) -> Figure:
    """A curve, the steps taken on it, and the tangent at the last one; steps out of the picture lead to its edge."""
    low, high = curve.range
    x = np.linspace(low, high, 241)
    y = curve.value(x)
    inside = np.pad((path >= low) & (path <= high), 1)
    seen = inside[1:-1] | inside[:-2] | inside[2:]  # a place outside too, where a step leads there from inside or back
    steps = [float(each) if shown else None for each, shown in zip(path, seen, strict=True)]
    heights = [None if each is None else float(curve.value(np.array(each))) for each in steps]
    way = line(steps, heights, GREY, 1) | hover("x = %{x:.4f}, y = %{y:.4f}") | {"mode": "lines+markers"}
    way["line"] |= {"dash": "dot"}
    chart = figure(height, dark, "x", "y")
    chart["data"] = [line(x, y), way | {"marker": {"color": RED, "size": 9}}]
    if len(path) and low <= path[-1] <= high:
        chart["data"].append(_tangent(curve, float(path[-1])))
    room = 0.08 * float(y.max() - y.min())
    chart["layout"]["xaxis"] |= {"range": [low, high]}
    chart["layout"]["yaxis"] |= {"range": [float(y.min()) - room, float(y.max()) + room]}
    return chart


def _tangent(curve: Curve, here: float) -> Figure:
    """A stretch of the tangent at a place, shorter where it is steep."""
    low, high = curve.range
    gradient = float(curve.slope(np.array(here)))
    reach = 0.18 * (high - low) / math.sqrt(1 + gradient**2 / 4)
    ends = np.array([here - reach, here + reach])
    return line(ends, float(curve.value(np.array(here))) + gradient * (ends - here), RED)


def cost_curve(probability: float, *, dark: bool, height: int = 300) -> Figure:
    """-ln p, and the point on it; for a probability of 0 an arrow at the top edge, as there is no such point."""
    cost = -math.log(probability) if probability else math.inf
    top = max(COST_SHOWN, 1.1 * cost) if probability else COST_SHOWN
    costs = np.linspace(0, top, 300)  # even steps of the cost: the curve is steep where p is small
    if probability:
        mark = dots([probability], [cost], RED, 12) | hover("p = %{x:.4f}, cost %{y:.4f}")
    else:
        mark = dots([0], [top], RED, 14) | hover("p = 0, cost infinity")
        mark["marker"] |= {"symbol": "triangle-up"}
        words = {"text": ["  infinity"], "textposition": "middle right", "textfont": {"color": TEST[dark]}}
        mark |= words | {"mode": "markers+text"}
    chart = figure(height, dark, "probability of the truth", "cost, -ln p")
    chart["data"] = [line(np.exp(-costs), costs), mark | {"cliponaxis": False}]
    chart["layout"]["xaxis"] |= {"range": [0, 1.02]}
    chart["layout"]["yaxis"] |= {"range": [0, top]}
    return chart


def loss_slice(
    plane: Slice, a: Numbers, b: Numbers, losses: Numbers, steps: Sequence[int], *, dark: bool, height: int = 460
) -> Figure:
    """The loss over a plane as a map, and a run's way on it."""
    named = [value for value in LOSSES_NAMED if losses.min() <= value <= losses.max()]
    names = {"tickvals": np.log(named).tolist(), "ticktext": [f"{value:g}" for value in named]}
    contour = {
        "type": "contour",
        "x": a.tolist(),
        "y": b.tolist(),
        "z": np.log(losses).tolist(),
        "customdata": np.round(losses, 4).tolist(),
        "colorscale": "Viridis",
        "ncontours": 24,
        "colorbar": {"title": {"text": "loss"}, "thickness": 12} | names,
    }
    way = line(plane.path[:, 0], plane.path[:, 1], "white") | hover("step %{customdata:,}")
    marker = {"color": RED, "size": 6, "line": {"color": "white", "width": 1}}
    chart = figure(height, dark, "from the first step to the last", "away from the straight way")
    chart["data"] = [
        contour | hover("loss %{customdata:.3f}"),
        way | {"mode": "lines+markers", "marker": marker, "customdata": list(steps)},
    ]
    return chart
