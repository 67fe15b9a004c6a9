"""Data: what the model gets to see, as pictures and as the numbers that they are."""

from ui import data, navigation
from ui.one_of import one_of

VIEWS = {
    "Sets": data.shapes,
    "A digit as numbers": data.one_digit,
    "Labels as vectors": data.labels,
    "Rows of pixels": data.flattened,
    "Grids": data.grids,
    "How many of each": data.counts,
    "Mean images": data.means,
}


def render() -> None:
    """One view at a time."""
    VIEWS[one_of("Look at", list(VIEWS), key="data_view", shown=False)]()


navigation.show(render)
