"""What each view is told: plain numbers packed into bytes, made without Streamlit."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_core import metrics, model
from mnist_core.charts import palette
from mnist_core.charts.run_charts import Chart, legend
from mnist_core.dataset import SIDE, Digits
from mnist_core.formatting import some_of
from mnist_core.metrics import Counts
from mnist_core.model import Floats
from mnist_core.studies.seeds import Shares
from mnist_core.training import State
from ui.live_view.message import Header, Message, Stream

LARGEST_TILE = 150  # pixels of the screen
CURVE_HEIGHT, HISTOGRAM_HEIGHT = 184, 210
MOST_IMAGES = 64  # of a first layer, where it is shown whole
SHOWN_UNITS, UNITS_IN_A_ROW = 24, 12  # of an MLP's hidden layer, while it trains
# What the three colours say, in words: of a digit's weight, a hidden unit's, a vote, a difference.
OF_DIGITS = ("ink here speaks against the digit", "no say", "for it")
OF_UNITS = ("ink here pulls the unit down", "no say", "pushes it up")
VOTES = ("against the digit", "no say", "for it")
DIFFERENCES = ("weight has fallen", "unchanged", "has risen")
RIGHT_AND_WRONG = {"right": palette.BLUE, "wrong": palette.MISREAD}

Words = tuple[str, str, str]
Bits = Literal[8, 16]


def weights(stream: str, frames: Sequence[State], *, moving: bool) -> Stream:
    """The weight images of each frame's first layer, each frame on one symmetric scale: its largest weight.

    A weight is told to a 254th of the scale while they are `moving`, and to a 65,534th when they are at rest.
    """
    linear = len(frames[-1].parameters) == 1
    units = frames[-1].parameters[0].weights.shape[1]
    count = units if linear else min(units, SHOWN_UNITS)
    stacks = [frame.parameters[0].weights.T[:count] for frame in frames]
    scales = [float(np.abs(stack).max()) for stack in stacks]
    bits: Bits = 8 if moving else 16
    of = "" if linear else f" of {some_of(count, units, 'hidden unit')}"
    return Stream(
        "tiles",
        _tiles(
            [str(number) for number in range(count)],
            columns=5 if linear else UNITS_IN_A_ROW,
            caption=f"Weights{of} after step {{step}}. One scale for all.",
            alt="Weight images.",
            words=OF_DIGITS if linear else OF_UNITS,
        )
        | {"bits": bits, "reads": "digit" if linear else "unit"},
        b"".join(quantise(stack, scale, bits) for stack, scale in zip(stacks, scales, strict=True)),
        stream=stream,
        frames=[{"step": frame.step, "scale": scale} for frame, scale in zip(frames, scales, strict=True)],
    )


def pictures(
    images: Floats,
    labels: Sequence[str],
    *,
    caption: str,
    alt: str,
    columns: int | None = None,
    words: Words | None = None,
    least: int = 0,
    picks: bool = False,
) -> Message:
    """Still pictures `(n, side * side)` in a grid, each with a label: signed on one symmetric scale where `words` say
    what its colours mean, else grey 0..255. Columns give way until each picture is `least` pixels of the screen wide;
    where it `picks`, a tap tells which picture it met."""
    scale = float(np.abs(images).max()) if words else 255.0
    header = _tiles(labels, columns=columns or len(labels), caption=caption, alt=alt, words=words)
    side = round(images.shape[1] ** 0.5)
    return Message(
        "tiles", header | {"side": side, "scale": scale, "least": least, "picks": picks}, quantise(images, scale)
    )


def curves(stream: str, frames: Sequence[State], charts: Sequence[Chart], *, last: int, log: bool) -> Stream:
    """Charts whose lines are drawn up to each frame's step, on a step axis from 0 to `last`."""
    return Stream(
        "curves",
        {
            "charts": [chart.to_json() for chart in charts],
            "legend": legend(charts),
            "height": CURVE_HEIGHT,
            "stops": step_ticks(last, log),
            "last": last,
            "log": log,
        },
        stream=stream,
        frames=[{"step": frame.step} for frame in frames],
    )


def wall(stream: str, frames: Sequence[State], digits: Digits, png: bytes, in_a_row: int) -> Stream:
    """What each frame's model reads on a wall of digits; `png` shows them, so many in a row."""
    return Stream(
        "wall",
        {"labels": digits.labels.tolist(), "side": SIDE, "in_a_row": in_a_row},
        png,
        stream=stream,
        frames=[
            {"step": frame.step, "read": model.predict(frame.parameters, digits.images).tolist()} for frame in frames
        ],
    )


def matrix(counts: Counts, *, shares: bool, chosen: tuple[int, int] | None) -> Message:
    """A confusion matrix with recall and precision in its margins, in counts or in percent of the row."""
    margins = {
        name: [None if np.isnan(value) else float(value) for value in values]
        for name, values in (("precision", metrics.precision(counts)), ("recall", metrics.recall(counts)))
    }
    header = {"counts": counts.tolist(), "shares": shares, "chosen": chosen, "colours": RIGHT_AND_WRONG}
    return Message("matrix", header | margins)


def histogram(values: Shares, marks: Sequence[tuple[float, str]], *, caption: str) -> Message:
    """How often shares 0..1 were found, in at most 60 bins that also hold the marks."""
    places = [value for value, _ in marks]
    low, high = min([*places, *values]), max([*places, *values])
    width = next(width for width in (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02) if (high - low) / width <= 58)
    first, last = math.floor(low / width) - 1, math.ceil(high / width) + 1
    counts, _ = np.histogram(values, bins=last - first, range=(first * width, last * width))
    steps = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
    between = next(step for step in steps if (last - first) * width / step <= 7)
    ticks = np.arange(math.ceil(first * width / between), last * width / between) * between
    return Message(
        "histogram",
        {
            "counts": counts.tolist(),
            "range": [first * width, last * width],
            "ticks": [[float(tick), f"{100 * tick:.3g} %"] for tick in ticks],
            "marks": [[float(value), words] for value, words in marks],
            "caption": caption,
            "height": HISTOGRAM_HEIGHT,
            "colour": palette.BLUE,
        },
    )


def bars(values: Floats | Shares) -> Message:
    """Probabilities `(10,)` of one digit, the largest one marked."""
    chosen = int(values.argmax()) if values.any() else -1
    return Message("bars", {"values": [float(value) for value in values], "chosen": chosen, "colour": palette.BLUE})


def numbers(pixels: NDArray[np.uint8]) -> Message:
    """One image `(784,)`, byte by byte."""
    return Message("numbers", {"side": SIDE}, pixels.tobytes())


def flat(digits: Digits, first: int) -> Message:
    """Digits as rows of bytes; `first` is the number of the first one in its set."""
    return Message("flat", {"side": SIDE, "labels": digits.labels.tolist(), "first": first}, digits.images.tobytes())


def step_ticks(last: int, log: bool) -> list[int]:
    """Steps to write under the axis: 0, 1, 10, 100, ... or five even ones."""
    if log:
        return sorted({0, *(10**power for power in range(6) if 10**power < last), last})
    return sorted({round(last * part / 5) for part in range(6)})


def _tiles(labels: Sequence[str], *, columns: int, caption: str, alt: str, words: Words | None) -> Header:
    """What all grids of pictures have in common."""
    return {
        "labels": list(labels),
        "columns": columns,
        "side": SIDE,
        "palette": palette.SEISMIC if words else palette.INK,
        "words": words,
        "largest": LARGEST_TILE,
        "caption": caption,
        "alt": alt,
    }


def quantise(values: NDArray[np.float32], scale: float, bits: Bits = 8) -> bytes:
    """Values in -scale..scale as whole numbers, int8 -127..127 or int16 -32,767..32,767 little-endian, rounded."""
    most, kind = (127, "<i1") if bits == 8 else (32_767, "<i2")
    return np.round(values * (most / (scale or 1.0))).astype(kind).tobytes()
