"""Numbers to Plotly figures, as the plain dictionaries that Plotly reads: no import of Plotly needed."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mnist_core.dataset import SIDE
from mnist_core.model import CLASSES, Floats
from mnist_core.series import Chart, Series

SEISMIC = [[0.0, "#00004d"], [0.25, "#0000ff"], [0.5, "#ffffff"], [0.75, "#ff0000"], [1.0, "#800000"]]
COLOURS = {"test": "#d62728", "training": "#2f6fde", "batch": "rgba(47,111,222,.45)", "earlier": "#8a8a8a"}

Figure = dict[str, Any]


def curves(charts: Sequence[Chart], *, stops: Sequence[int], log: bool, height: int) -> Figure:
    """The charts one above the other, each with the real step and value on hover and on tap."""
    figure: Figure = {"data": [], "layout": _layout(height, {"l": 44, "r": 10, "t": 24, "b": 22})}
    for number, chart in enumerate(charts):
        suffix = str(number + 1) if number else ""
        figure["data"] += [_trace(each, suffix, log, number == 0) for each in chart.series if each.x]
        top = 1 - number / len(charts)
        figure["layout"][f"xaxis{suffix}"] = {
            "tickvals": np.log1p(stops).tolist() if log else list(stops),
            "ticktext": [f"{step:,}" for step in stops],
            "anchor": f"y{suffix}", "zeroline": False, "showgrid": False,
        }  # fmt: skip
        figure["layout"][f"yaxis{suffix}"] = {
            "domain": [top - 1 / len(charts) + 0.07, top - 0.05],
            "range": list(chart.range), "anchor": f"x{suffix}", "zeroline": False,
            "tickvals": [value for value, _ in chart.ticks], "ticktext": [label for _, label in chart.ticks],
        }  # fmt: skip
        figure["layout"]["annotations"].append(
            {"text": f"<b>{chart.title}</b>", "xref": "paper", "yref": "paper", "x": 0, "y": top,
             "xanchor": "left", "yanchor": "top", "showarrow": False}
        )  # fmt: skip
    return figure


def weight_images(weights: Floats, *, columns: int = 5, height: int) -> Figure:
    """The images of weights `(784, 10)` in a grid on one symmetric scale, with its value at each pixel."""
    gap, rows = 2, -(-CLASSES // columns)
    sheet = np.full((rows * (SIDE + gap) - gap, columns * (SIDE + gap) - gap), np.nan)
    words = np.full(sheet.shape, "", dtype=object)
    annotations = []
    for digit in range(CLASSES):
        top, left = (place * (SIDE + gap) for place in divmod(digit, columns))
        sheet[top : top + SIDE, left : left + SIDE] = weights[:, digit].reshape(SIDE, SIDE)
        row, column = np.indices((SIDE, SIDE))
        words[top : top + SIDE, left : left + SIDE] = [
            [f"digit {digit}, row {r}, column {c}" for r, c in zip(*pair, strict=True)]
            for pair in zip(row, column, strict=True)
        ]
        annotations.append(
            {"text": f"<b>{digit}</b>", "x": left + 1, "y": top + 2, "showarrow": False, "font": {"color": "#222"},
             "bgcolor": "rgba(255,255,255,.75)"}
        )  # fmt: skip
    scale = float(np.abs(weights).max()) or 1.0
    heatmap = {
        "type": "heatmap", "z": np.round(sheet, 4).tolist(), "text": words.tolist(), "hoverongaps": False,
        "zmin": -scale, "zmax": scale, "colorscale": SEISMIC, "showscale": False,
        "hovertemplate": "%{text}<br>weight %{z:.3f}<extra></extra>",
    }  # fmt: skip
    layout = _layout(height, {"l": 0, "r": 0, "t": 0, "b": 0}) | {"annotations": annotations}
    layout["xaxis"] = {"visible": False, "constrain": "domain"}
    layout["yaxis"] = {"visible": False, "autorange": "reversed", "scaleanchor": "x", "constrain": "domain"}
    return {"data": [heatmap], "layout": layout}


def _layout(height: int, margin: dict[str, int]) -> Figure:
    return {
        "height": height, "margin": margin, "annotations": [], "hovermode": "closest", "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "font": {"size": 11}},
    }  # fmt: skip


def _trace(series: Series, suffix: str, log: bool, in_legend: bool) -> Figure:
    order = ["test", "training", "batch", "earlier"].index(series.role)
    return {
        "type": "scatter", "name": series.name, "mode": "markers" if series.dots else "lines",
        "x": np.log1p(series.x).tolist() if log else series.x, "y": series.y,
        "customdata": series.x, "hovertemplate": f"{series.name}<br>step %{{customdata:,}}: %{{y:.4g}}<extra></extra>",
        "xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "legendrank": order, "showlegend": in_legend,
        "line": {"color": COLOURS[series.role], "width": 2.5 if series.role == "test" else 1.2,
                 "dash": ",".join(f"{each}px" for each in series.dash) or "solid"},
        "marker": {"color": COLOURS[series.role], "size": 7},
    }  # fmt: skip
