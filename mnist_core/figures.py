"""Numbers to Plotly figures, as the plain dictionaries that Plotly reads: no import of Plotly needed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.palette import GRID, OKABE_ITO, TEXT

Figure = dict[str, Any]


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
        "range": [0, 102], "ticksuffix": " %", "zeroline": False, "gridcolor": GRID,
    }  # fmt: skip
    return figure


def layout(height: int, dark: bool, margin: dict[str, int]) -> Figure:
    """What every figure has in common: a fixed height, no box, the theme's colour of text."""
    return {
        "height": height, "margin": {**margin, "pad": 4}, "annotations": [], "shapes": [],
        "hovermode": "closest", "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": TEXT[dark], "size": 12, "family": "Source Sans, sans-serif"},
        "showlegend": False,
    }  # fmt: skip
