"""What becomes of a model when the digits are not where it learned them: accuracy for every shift of the test digits.

Shifting all images is the same as shifting the weights the other way: sum_yx image[y - dy, x - dx] W[y, x] =
sum_yx image[y, x] W[y + dy, x + dx]. So a linear model meets the unmoved images once, with the weights of many shifts.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mnist_core import metrics
from mnist_core.dataset import PIXELS, SIDE, Digits
from mnist_core.formatting import counted
from mnist_core.model import Layer, Parameters
from mnist_core.preprocess import CENTRE
from mnist_core.training.sweep import evaluate

FARTHEST = 8  # pixels

Images = TypeVar("Images", NDArray[np.uint8], NDArray[np.float32], NDArray[np.uint8] | NDArray[np.float32])


def shift_accuracy(parameters: Parameters, moves: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Test accuracy `(moves,)` with all test digits moved by each (down, right), in pixels; ink that leaves is gone."""
    return np.array([score.accuracy for score in evaluate([moved_weights(parameters, *move) for move in moves])])


def moved_weights(parameters: Parameters, down: int, right: int) -> Parameters:
    """The model that reads unmoved images as this one reads those moved by (down, right)."""
    first = parameters[0].weights
    images = moved(np.ascontiguousarray(first.T), -down, -right)
    return (Layer(np.ascontiguousarray(images.T), parameters[0].bias), *parameters[1:])


def moved(images: Images, down: int, right: int) -> Images:
    """Images `(n, 784)` moved by whole pixels; what leaves is gone, what comes in is zero."""
    squares = images.reshape(-1, SIDE, SIDE)
    result = np.zeros_like(squares)
    to_rows, from_rows = _overlap(down)
    to_columns, from_columns = _overlap(right)
    result[:, to_rows, to_columns] = squares[:, from_rows, from_columns]
    return result.reshape(images.shape)


def centred_accuracy(parameters: Parameters, digits: Digits, moves: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """The same for `digits`, each put back by whole pixels before it is read: its centre of mass in the middle."""
    found = []
    for down, right in moves:
        images = moved(digits.images, down, right)
        back = centring(images)
        for places, offset in _groups(back):
            images[places] = moved(images[places], *offset)
        found.append(metrics.evaluate(parameters, Digits(images, digits.labels)).accuracy)
    return np.array(found)


def centring(images: NDArray[np.generic]) -> NDArray[np.int64]:
    """By how many whole pixels (down, right) each image `(n, 784)` is off the middle: `(n, 2)`, to be added."""
    ink = images.astype(np.float32)
    rows, columns = np.indices((SIDE, SIDE)).reshape(2, PIXELS).astype(np.float32)
    mass = ink.sum(axis=1)
    centre = np.stack([ink @ rows, ink @ columns], axis=1) / np.maximum(mass, 1)[:, np.newaxis]
    offsets: NDArray[np.int64] = np.round(CENTRE - centre).astype(np.int64)
    offsets[mass == 0] = 0
    return offsets


def _groups(offsets: NDArray[np.int64]) -> list[tuple[NDArray[np.intp], tuple[int, int]]]:
    distinct, which = np.unique(offsets, axis=0, return_inverse=True)
    return [(np.flatnonzero(which.ravel() == k), (int(down), int(right))) for k, (down, right) in enumerate(distinct)]


def _overlap(by: int) -> tuple[slice, slice]:
    """Where a row or column goes, and where it comes from."""
    by = max(-SIDE, min(SIDE, by))
    return slice(max(by, 0), SIDE + min(by, 0)), slice(max(-by, 0), SIDE + min(-by, 0))


def row_of_moves(down: int) -> list[tuple[int, int]]:
    """All moves to either side with one move down."""
    return [(down, right) for right in range(-FARTHEST, FARTHEST + 1)]


def two_pixels_say(still: float, moved: float) -> str:
    """What two pixels to the right do to an accuracy, both 0..1."""
    lost = round(100 * (still - moved))  # points
    if lost == 0:
        return "Two pixels change that by less than a point."
    if lost < 0:
        return f"Two pixels bring {counted(-lost, 'point')}."
    knows = ": it knows places, not shapes" if lost > 5 else ""
    return f"Two pixels cost {counted(lost, 'point')}{knows}."
