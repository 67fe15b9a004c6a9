"""What the live view is told: plain numbers packed into bytes, made without Streamlit."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core import model
from mnist_core.dataset import SIDE, Digits
from mnist_core.film import Frame
from mnist_core.model import Floats
from mnist_core.series import Chart

LARGEST_TILE = 150  # pixels of the screen
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
    of = (
        ""
        if linear
        else f" of {count} of the {units} hidden units"
        if count < units
        else f" of the {units} hidden units"
    )
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
) -> Message:
    """Still pictures `(n, side * side)` beside each other, each with a label: signed on one symmetric scale where
    `words` say what its colours mean, else grey 0..255."""
    film = zlib.crc32(np.ascontiguousarray(images).tobytes())
    return _tiles(film, [0], [images], labels, columns=columns or len(labels), caption=caption, alt=alt, words=words)


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


def bars(values: Floats) -> Message:
    """Probabilities `(10,)` of one digit."""
    shares = [float(value) for value in values]
    return Message({"film": 0, "frames": [{"step": 0}], "values": shares, "chosen": int(values.argmax())})


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
