"""What all Plotly figures have in common, as the plain dictionaries that Plotly reads: no import of Plotly needed."""

from collections.abc import Iterable
from typing import Any

from mnist_core.charts.palette import BLUE, GRID, TEST, TEXT

Figure = dict[str, Any]
MARGIN = {"l": 56, "r": 16, "t": 12, "b": 44, "pad": 4}


def figure(height: int, dark: bool, across: str, up: str) -> Figure:
    """An empty figure of so many pixels, with a name for each axis, no box, and the theme's colour of text."""
    layout = {
        "height": height,
        "margin": dict(MARGIN),
        "annotations": [],
        "shapes": [],
        "hovermode": "closest",
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": TEXT[dark], "size": 12, "family": "Source Sans, sans-serif"},
        "showlegend": False,
        "xaxis": {"title": {"text": across}, "zeroline": False, "showgrid": False},
        "yaxis": {"title": {"text": up}, "zeroline": False, "gridcolor": GRID},
    }
    return {"data": [], "layout": layout}


def line(x: Iterable[float | None], y: Iterable[float | None], colour: str = BLUE, width: float = 2) -> Figure:
    """A line through points, silent until it has a hover text; more of Plotly's attributes are merged in by `|`."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _plain(x),
        "y": _plain(y),
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def dots(x: Iterable[float], y: Iterable[float], colour: str, size: float) -> Figure:
    """Points that are not joined."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": _plain(x),
        "y": _plain(y),
        "marker": {"color": colour, "size": size},
        "hoverinfo": "skip",
    }


def hover(words: str) -> Figure:
    """What a point says when it is pointed at or tapped: a template of Plotly's."""
    return {"hovertemplate": f"{words}<extra></extra>", "hoverinfo": "all"}


def upright(x: float, dark: bool) -> Figure:
    """A dotted vertical line at `x`, for the layout's shapes."""
    dotted = {"color": TEST[dark], "width": 2, "dash": "dot"}
    return {"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": dotted}


def _plain(values: Iterable[float | None]) -> list[float | None]:
    """Numbers that JSON can carry."""
    return [value if value is None else float(value) for value in values]
