"""Figures of the studies that are no line charts: dots, the map of moved digits, bars."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.charts.figure import Figure, dots, figure, hover, line, upright
from mnist_core.charts.palette import BLUE, GREY, OKABE_ITO, RED

Numbers = NDArray[np.float64]
Row = tuple[str, Numbers, tuple[float, float] | None]  # name, shares, interval


def rows_of_dots(rows: Sequence[Row], *, dark: bool, mark: float, height: int = 340) -> Figure:
    """Shares as dots, a row for each name, the interval as a bar under them; a line at `mark`.

    A single share is a larger dot in the middle of its row.
    """
    chart = figure(height, dark, "accuracy on the subset", "")
    rng = np.random.default_rng(0)  # spreads dots that would lie on each other; it moves none to the side
    for row, (name, shares, interval) in enumerate(rows):
        if interval is not None:
            low, high = (100 * end for end in interval)
            chart["data"].append(
                line([low, high], [row - 0.38] * 2, GREY, 5) | hover(f"interval: {low:.1f} to {high:.1f} %")
            )
        many = len(shares) > 1
        spread = 0.28 if many else 0
        drawn = dots(100 * shares, row + rng.uniform(-spread, spread, len(shares)), OKABE_ITO[row], 6 if many else 11)
        drawn["marker"]["opacity"] = 0.6 if many else 1
        chart["data"].append(drawn | {"name": name} | hover(f"{name}: %{{x:.1f}} %"))
    chart["layout"]["shapes"].append(upright(100 * mark, dark))
    chart["layout"]["xaxis"] |= {"ticksuffix": " %"}
    names = [name for name, _, _ in rows]
    chart["layout"]["yaxis"] |= {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False}
    chart["layout"]["margin"]["l"] = 120
    return chart


def shift_map(values: Numbers, farthest: int, here: tuple[int, int], *, dark: bool, height: int = 460) -> Figure:
    """Accuracies `(17, 17)` by moves down and right, NaN where not measured yet; a ring at the move `here`."""
    moves = list(range(-farthest, farthest + 1))
    chart = figure(height, dark, "moved to the right, pixels", "moved down, pixels")
    heat = {
        "type": "heatmap",
        "x": moves,
        "y": moves,
        "z": [[None if np.isnan(value) else round(100 * float(value), 1) for value in row] for row in values],
        "zmin": 0,
        "zmax": 100,
        "colorscale": "Viridis",
        "colorbar": {"ticksuffix": " %", "thickness": 12},
    }
    down, right = here
    ring = dots([right], [down], RED, 18)
    ring["marker"] |= {"symbol": "circle-open", "line": {"width": 3}}
    chart["data"] = [heat | hover("%{y} down, %{x} right: %{z:.1f} %"), ring]
    chart["layout"]["yaxis"] |= {"autorange": "reversed", "scaleanchor": "x", "constrain": "domain", "showgrid": False}
    chart["layout"]["xaxis"] |= {"constrain": "domain"}
    return chart


def bars(names: Sequence[str], values: Sequence[float], *, across: str, up: str, dark: bool) -> Figure:
    """One bar for each name, with its value written on it."""
    chart = figure(260, dark, across, up)
    drawn = {"type": "bar", "x": list(names), "y": list(values), "marker": {"color": BLUE}, "cliponaxis": False}
    written = {"text": [f"{value:,}" for value in values], "textposition": "outside"}
    chart["data"].append(drawn | written | hover("%{x}: %{y:,}"))
    chart["layout"]["xaxis"] |= {"type": "category"}
    return chart
