"""Numbers to Plotly figures, as the plain dictionaries that Plotly reads: no import of Plotly needed."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.dataset import SIDE
from mnist_core.model import Floats
from mnist_core.series import Chart, Series

SEISMIC = [[0.0, "#00004d"], [0.25, "#0000ff"], [0.5, "#ffffff"], [0.75, "#ff0000"], [1.0, "#800000"]]
COLOURS = {  # on a light page and on a dark one, as in live_view/curves.js
    "test": ("#d62728", "#ff6b64"), "training": ("#2f6fde", "#7aa5ff"),
    "batch": ("rgba(47,111,222,.45)", "rgba(122,165,255,.5)"), "earlier": ("#8a8a8a", "#9a9a9a"),
}  # fmt: skip

# Okabe and Ito's colours, told apart by colour-blind eyes too.
OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442")

Figure = dict[str, Any]
GAP = 2  # pixels of a weight image, between two of them
LABEL, LABEL_OF_SMALL = 6, 13  # the same, above each for its number: much where there are many and each is small
OVER_CHART, UNDER_AXIS = 24, 22  # pixels: room for title and legend, and for the numbers of the steps


def curves(charts: Sequence[Chart], *, stops: Sequence[int], log: bool, dark: bool, chart_height: int) -> Figure:
    """The charts one above the other, `chart_height` pixels each, with step and value on hover and on tap."""
    height = chart_height * len(charts)
    figure: Figure = {"data": [], "layout": layout(height, dark, {"l": 44, "r": 24, "t": 0, "b": 0})}
    for number, chart in enumerate(charts):
        suffix, top = str(number + 1) if number else "", 1 - number / len(charts)
        figure["data"] += [_trace(each, suffix, log, dark) for each in chart.series if each.x]
        figure["layout"][f"xaxis{suffix}"] = {
            "tickvals": np.log1p(stops).tolist() if log else list(stops),
            "ticktext": [f"{step:,}" for step in stops],
            "range": [0, math.log1p(stops[-1]) if log else stops[-1]],
            "anchor": f"y{suffix}", "zeroline": False, "showgrid": False,
        }  # fmt: skip
        figure["layout"][f"yaxis{suffix}"] = {
            "domain": [top - (chart_height - UNDER_AXIS) / height, top - OVER_CHART / height],
            "range": list(chart.range), "anchor": f"x{suffix}", "zeroline": False, "gridcolor": "rgba(128,128,128,.3)",
            "tickvals": [value for value, _ in chart.ticks], "ticktext": [label for _, label in chart.ticks],
        }  # fmt: skip
        figure["layout"]["shapes"] += [_rule(value, suffix, dark) for value, _ in chart.rules]
        figure["layout"]["annotations"] += [_rule_words(value, words, suffix, dark) for value, words in chart.rules]
        figure["layout"]["annotations"].append(
            {"text": f"<b>{chart.title}</b>{_legend(chart, dark)}", "xref": "paper", "yref": "paper", "x": 0, "y": top,
             "xanchor": "left", "yanchor": "top", "showarrow": False, "font": {"size": 13}}
        )  # fmt: skip
    return figure


def probabilities(
    steps: Sequence[int], lines: Sequence[tuple[str, NDArray[np.float32]]], *, dark: bool, height: int
) -> Figure:
    """A line for each name: probabilities 0..1 over the steps, named at its end."""
    figure: Figure = {"data": [], "layout": layout(height, dark, {"l": 44, "r": 44, "t": 8, "b": 32})}
    for number, (name, shares) in enumerate(lines):
        figure["data"].append(
            {"type": "scatter", "mode": "lines+markers", "name": name, "x": np.log1p(steps).tolist(),
             "y": (100 * shares).tolist(), "customdata": list(steps),
             "line": {"width": 2, "color": OKABE_ITO[number % len(OKABE_ITO)]},
             "hovertemplate": f"{name}, step %{{customdata:,}}: %{{y:.1f}} %<extra></extra>"}
        )  # fmt: skip
    figure["layout"]["showlegend"] = True
    shown = [step for step in steps if step in (0, 1, 2, 5, 10, 20, 50, steps[-1])]
    figure["layout"]["xaxis"] = {
        "title": {"text": "step"}, "zeroline": False, "showgrid": False,
        "tickvals": np.log1p(shown).tolist(), "ticktext": [f"{step:,}" for step in shown], "tickangle": 0,
    }  # fmt: skip
    figure["layout"]["yaxis"] = {
        "range": [0, 102], "ticksuffix": " %", "zeroline": False, "gridcolor": "rgba(128,128,128,.3)",
    }  # fmt: skip
    return figure


def weight_images(weights: Floats, *, what: str = "digit", columns: int = 5, dark: bool, height: int) -> Figure:
    """The images of weights `(784, n)`, each of one `what`, on one symmetric scale, with its value at each pixel."""
    head = LABEL if columns <= 5 else LABEL_OF_SMALL
    across, down = SIDE + GAP, SIDE + head + GAP
    scale = float(np.abs(weights).max()) or 1.0
    images, labels, edges = [], [], []
    count = weights.shape[1]
    for digit in range(count):
        row, column = divmod(digit, columns)
        top, left = row * down + head, column * across
        images.append(
            {"type": "heatmap", "z": np.round(weights[:, digit], 4).reshape(SIDE, SIDE).tolist(),
             "x0": left, "y0": top, "zmin": -scale, "zmax": scale, "colorscale": SEISMIC, "showscale": False,
             "hovertemplate": f"{what} {digit}: weight %{{z:.3f}}<extra></extra>"}
        )  # fmt: skip
        edges.append(
            {"type": "rect", "x0": left - 0.5, "x1": left + SIDE - 0.5, "y0": top - 0.5, "y1": top + SIDE - 0.5,
             "line": {"color": COLOURS["earlier"][dark], "width": 0.5}}
        )  # fmt: skip
        labels.append(
            {"text": f"<b>{digit}</b>", "x": left, "y": top, "showarrow": False, "xanchor": "left", "yanchor": "bottom",
             "font": {"size": 13}}
        )  # fmt: skip
    frame = layout(height, dark, {"l": 0, "r": 0, "t": 0, "b": 0}) | {"annotations": labels, "shapes": edges}
    right, bottom = columns * across - GAP - 0.5, -(-count // columns) * down - GAP - 0.5
    frame["xaxis"] = {"visible": False, "range": [-0.5, right], "constrain": "domain", "constraintoward": "left"}
    frame["yaxis"] = {
        "visible": False, "range": [bottom, -0.5], "scaleanchor": "x", "constrain": "domain", "constraintoward": "top",
    }  # fmt: skip
    return {"data": images, "layout": frame}


def layout(height: int, dark: bool, margin: dict[str, int]) -> Figure:
    """What every figure has in common: a fixed height, no box, the theme's colour of text."""
    return {
        "height": height, "margin": {**margin, "pad": 4}, "annotations": [], "shapes": [],
        "hovermode": "closest", "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": "#fafafa" if dark else "#31333f", "size": 12, "family": "Source Sans, sans-serif"},
        "showlegend": False,
    }  # fmt: skip


def _legend(chart: Chart, dark: bool) -> str:
    """The chart's own series in one line beside its title, as in the film."""
    words = [
        (COLOURS[each.role][dark], "●" if each.dots else "━━", each.name)
        for each in chart.series
        if each.role != "earlier"
    ]
    return "".join(f"   <span style='color:{colour}'>{sign}</span> {name}" for colour, sign, name in words)


def _rule(value: float, suffix: str, dark: bool) -> Figure:
    return {
        "type": "line", "xref": f"x{suffix} domain", "yref": f"y{suffix}",
        "x0": 0, "x1": 1, "y0": value, "y1": value,
        "line": {"color": COLOURS["earlier"][dark], "width": 1, "dash": "dot"},
    }  # fmt: skip


def _rule_words(value: float, words: str, suffix: str, dark: bool) -> Figure:
    return {
        "text": words, "xref": f"x{suffix} domain", "yref": f"y{suffix}", "x": 1, "y": value, "showarrow": False,
        "xanchor": "right", "yanchor": "bottom", "font": {"color": COLOURS["earlier"][dark], "size": 12},
    }  # fmt: skip


def _trace(series: Series, suffix: str, log: bool, dark: bool) -> Figure:
    return {
        "type": "scatter", "mode": "markers" if series.dots else "lines",
        "x": np.log1p(series.x).tolist() if log else series.x, "y": series.y,
        "customdata": series.x, "hovertemplate": f"{series.name}<br>step %{{customdata:,}}: %{{y:.4g}}<extra></extra>",
        "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "line": {"color": COLOURS[series.role][dark], "width": 2.5 if series.role == "test" else 1.2,
                 "dash": ",".join(f"{each}px" for each in series.dash) or "solid"},
        "marker": {"color": COLOURS[series.role][dark], "size": 7},
    }  # fmt: skip
