"""What the live view is told: plain numbers packed into bytes, made without Streamlit."""

import json
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core import metrics, model
from mnist_core.dataset import SIDE, Digits
from mnist_core.film import Frame
from mnist_core.metrics import Counts
from mnist_core.model import Floats
from mnist_core.series import Chart
from mnist_core.shuffles import Shares
from mnist_core.words import some_of

LARGEST_TILE, LARGEST_SCRUBBED = 150, 220  # pixels of the screen
MOST_IMAGES = 64  # of a first layer, where it is shown whole
FILMED_UNITS, UNITS_IN_A_ROW = 24, 12  # of an MLP's hidden layer, in the film
# What the three colours say, in words: of a digit's weight, a hidden unit's, a vote, a difference.
OF_DIGITS = ("ink here speaks against the digit", "no say", "for it")
OF_UNITS = ("ink here pulls the unit down", "no say", "pushes it up")
VOTES = ("against the digit", "no say", "for it")
DIFFERENCES = ("weight has fallen", "unchanged", "has risen")

Words = tuple[str, str, str]


@dataclass(frozen=True)
class Message:
    """A header that JSON can carry, and a blob; `film` and `frames` are what the player reads."""

    header: dict[str, Any]
    blob: bytes = b""

    def pack(self) -> bytes:
        """Length of the header (four bytes, little-endian), header, blob."""
        header = json.dumps(self.header, separators=(",", ":"), allow_nan=False).encode()
        return len(header).to_bytes(4, "little") + header + self.blob


def weights(film: int, frames: Sequence[Frame]) -> Message:
    """The weight images of each frame's first layer, each frame on one symmetric scale: its largest weight."""
    linear = len(frames[-1].state.layers) == 1
    units = frames[-1].state.layers[0].weights.shape[1]
    count = units if linear else min(units, FILMED_UNITS)
    stacks = [frame.state.layers[0].weights.T[:count] for frame in frames]
    of = "" if linear else f" of {some_of(count, units, 'hidden unit')}"
    return _tiles(
        film,
        [frame.state.step for frame in frames],
        stacks,
        [str(number) for number in range(count)],
        columns=5 if linear else UNITS_IN_A_ROW,
        caption=f"Weights{of} after step {{step}}. One scale for all.",
        alt="Weight images.",
        words=OF_DIGITS if linear else OF_UNITS,
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
    film = zlib.crc32(np.ascontiguousarray(images).tobytes() + "|".join(labels).encode())
    columns = columns or len(labels)
    message = _tiles(film, [0], [images], labels, columns=columns, caption=caption, alt=alt, words=words)
    return replace(message, header=message.header | {"least": least, "picks": picks})


def matrix(counts: Counts, *, shares: bool, chosen: tuple[int, int] | None) -> Message:
    """A confusion matrix with recall and precision in its margins, in counts or in percent of the row."""
    margins = {
        name: [None if np.isnan(value) else float(value) for value in values]
        for name, values in (("precision", metrics.precision(counts)), ("recall", metrics.recall(counts)))
    }
    header = {"film": 0, "frames": [{"step": 0}], "counts": counts.tolist(), "shares": shares, "chosen": chosen}
    return Message(header | margins)


def histogram(values: Shares, marks: Sequence[tuple[float, str]], *, caption: str) -> Message:
    """How often shares 0..1 were found, in at most 60 bins that also hold the marks, and so many of them."""
    places = [value for value, _ in marks]
    low, high = min([*places, *values]), max([*places, *values])
    width = next(width for width in (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02) if (high - low) / width <= 58)
    first, last = math.floor(low / width) - 1, math.ceil(high / width) + 1
    counts, _ = np.histogram(values, bins=last - first, range=(first * width, last * width))
    steps = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
    between = next(step for step in steps if (last - first) * width / step <= 7)
    ticks = np.arange(math.ceil(first * width / between), last * width / between) * between
    return Message(
        {
            "film": 0,
            "frames": [{"step": len(values)}],
            "counts": counts.tolist(),
            "range": [first * width, last * width],
            "ticks": [[float(tick), f"{100 * tick:.3g} %"] for tick in ticks],
            "marks": [[float(value), words] for value, words in marks],
            "caption": caption,
        }
    )


def scrubber(
    film: int,
    frames: Sequence[Frame],
    *,
    columns: int,
    stops: Sequence[int],
    pixels: NDArray[np.uint8] | None,
    noun: str = "step",
) -> Message:
    """Scored frames of one run, with what each reads of a drawing `pixels` `(784,)`, if there is one.

    Up to 64 images of the first layer, to a 32,767th of the frame's largest weight; `stops` are steps to jump to;
    `noun` says what a step is, where it is none.
    """
    steps = [frame.state.step for frame in frames]
    scored = [
        (frame.test, frame.confusion) for frame in frames if frame.test is not None and frame.confusion is not None
    ]
    stacks = [frame.state.layers[0].weights.T[:MOST_IMAGES] for frame in frames]
    scales = [float(np.abs(stack).max()) or 1.0 for stack in stacks]
    linear = len(frames[-1].state.layers) == 1
    readings = [] if pixels is None else [model.probabilities(frame.state.layers, pixels) for frame in frames]
    blob = b"".join(
        np.round(stack * (32_767 / scale)).astype("<i2").tobytes() for stack, scale in zip(stacks, scales, strict=True)
    ) + b"".join(counts.astype("<u2").tobytes() for _, counts in scored)
    return Message(
        {
            "film": film,
            "steps": steps,
            "scales": scales,
            "accuracies": [score.accuracy for score, _ in scored],
            "losses": [score.loss for score, _ in scored],
            "readings": [[round(float(share), 5) for share in each] for each in readings],
            "stops": [steps.index(stop) for stop in stops if stop in steps],
            "labels": [str(number) for number in range(len(stacks[-1]))],
            "noun": noun,
            "what": "digit" if linear else "unit",
            "words": OF_DIGITS if linear else OF_UNITS,
            "columns": columns,
            "side": SIDE,
            "palette": "seismic",
            "largest": LARGEST_SCRUBBED,
        },
        blob,
    )


def wall(film: int, frames: Sequence[Frame], digits: Digits, png: bytes) -> Message:
    """What each frame's model reads on a wall of digits; `png` shows them, ten to a row."""
    read = [model.predict(frame.state.layers, digits.images).tolist() for frame in frames]
    shots = [{"step": frame.state.step, "read": each} for frame, each in zip(frames, read, strict=True)]
    return Message({"film": film, "frames": shots, "labels": digits.labels.tolist()}, png)


def curves(film: int, frames: Sequence[Frame], charts: Sequence[Chart], *, last: int, log: bool) -> Message:
    """Charts whose lines are drawn up to each frame's step, on a step axis from 0 to `last`."""
    return Message(
        {
            "film": film,
            "frames": [{"step": frame.state.step} for frame in frames],
            "charts": [chart.to_json() for chart in charts],
            "stops": step_ticks(last, log),
            "last": last,
            "log": log,
        }
    )


def bars(values: Floats | Shares) -> Message:
    """Probabilities `(10,)` of one digit."""
    shares = [float(value) for value in values]
    return Message(
        {"film": 0, "frames": [{"step": 0}], "values": shares, "chosen": int(values.argmax()) if values.any() else -1}
    )


def numbers(pixels: NDArray[np.uint8]) -> Message:
    """One image `(784,)`, byte by byte."""
    return Message({"film": zlib.crc32(pixels.tobytes()), "frames": [{"step": 0}], "side": SIDE}, pixels.tobytes())


def flat(digits: Digits, first: int) -> Message:
    """Digits as rows of bytes; `first` is the number of the first one in its set."""
    header = {"film": first, "frames": [{"step": 0}], "side": SIDE, "labels": digits.labels.tolist(), "first": first}
    return Message(header, digits.images.tobytes())


def step_ticks(last: int, log: bool) -> list[int]:
    """Steps to write under the axis: 0, 1, 10, 100, ... or five even ones."""
    if log:
        return sorted({0, *(10**power for power in range(6) if 10**power < last), last})
    return sorted({round(last * part / 5) for part in range(6)})


def _tiles(
    film: int,
    steps: Sequence[int],
    stacks: Sequence[NDArray[np.float32]],
    labels: Sequence[str],
    *,
    columns: int,
    caption: str,
    alt: str,
    words: Words | None,
) -> Message:
    scales = [float(np.abs(stack).max()) if words else 255.0 for stack in stacks]
    blob = b"".join(quantise(stack, scale) for stack, scale in zip(stacks, scales, strict=True))
    side = round(stacks[0].shape[1] ** 0.5) if len(stacks) else SIDE
    return Message(
        {
            "film": film,
            "frames": [{"step": step, "scale": each} for step, each in zip(steps, scales, strict=True)],
            "labels": list(labels),
            "columns": columns,
            "side": side,
            "palette": "seismic" if words else "grey",
            "words": words,
            "largest": LARGEST_TILE,
            "caption": caption,
            "alt": alt,
        },
        blob,
    )


def quantise(values: NDArray[np.float32], scale: float) -> bytes:
    """Values in -scale..scale as int8 -127..127, rounded: a picture has no more than 255 colours to show."""
    return np.round(values * (127 / (scale or 1.0))).astype(np.int8).tobytes()
