"""What fits on a chart: thinned losses, where the loss axis ends, and its ticks."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.training.overshoot import CHANCE_LOSS

BINS = 240  # across the chart; of the steps that share one, the lowest and the highest loss are drawn


def thinned(losses: NDArray[np.float32], *, log: bool, last: int) -> tuple[list[int], list[float]]:
    """Step and loss of at most two steps for each of 240 bins across the chart, the extremes: raw points, never means.

    A loss that is not finite is left out.
    """
    steps = np.flatnonzero(np.isfinite(losses))
    if len(steps) > 2 * BINS:
        across = np.log1p(steps) / math.log1p(last) if log else steps / last
        edges = np.searchsorted(across, np.linspace(0, 1, BINS + 1)[1:-1])
        bins = [part for part in np.split(steps, edges) if len(part)]
        steps = np.unique([part[pick(losses[part])] for part in bins for pick in (np.argmin, np.argmax)])
    return steps.tolist(), losses[steps].astype(float).tolist()


def loss_top(values: Any) -> float:
    """The top of the loss axis: a round number above all values, and above ln 10."""
    highest = max([1.08 * CHANCE_LOSS, *(value for value in values if math.isfinite(value))])
    unit = 10.0 ** math.floor(math.log10(highest))
    return next(step * unit for step in (1, 2, 2.5, 3, 5, 10) if step * unit >= highest)


def ticks(top: float) -> list[tuple[float, str]]:
    """Even ticks at round numbers from 0 to a top that `loss_top` gives: 0, 0.5, 1, ... 2.5 or 0, 250, ... 1,000."""
    leading = top / 10.0 ** math.floor(math.log10(top))
    parts = {2.5: 5, 3: 3, 5: 5}.get(round(leading, 1), 4)
    return [(top * part / parts, f"{top * part / parts:,.3f}".rstrip("0").rstrip(".")) for part in range(parts + 1)]
