"""How good a model is on many digits: accuracy, cross-entropy, confusion."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core import model
from mnist_core.dataset import Digits

BLOCK = 5_000  # rows turned into floats at a time: 16 MB, whatever the size of the set


class Score(NamedTuple):
    """Mean cross-entropy in nats, and the share of digits read right, 0..1."""

    loss: float
    accuracy: float


def score(layers: model.Layers, digits: Digits) -> Score:
    """Loss and accuracy of a model on digits."""
    loss, right = 0.0, 0
    for scores, labels in _blocks(layers, digits):
        loss += float(cross_entropy(scores, labels).sum(dtype=np.float64))
        right += int((scores.argmax(axis=1) == labels).sum())
    return Score(loss / len(digits), right / len(digits))


def confusion(layers: model.Layers, digits: Digits) -> NDArray[np.int64]:
    """Counts `(10, 10)`: row = true digit, column = predicted digit."""
    counts = np.zeros((model.CLASSES, model.CLASSES), np.int64)
    for scores, labels in _blocks(layers, digits):
        np.add.at(counts, (labels, scores.argmax(axis=1)), 1)
    return counts


def cross_entropy(scores: model.Floats, labels: NDArray[np.uint8]) -> model.Floats:
    """-log p of the true digit for scores `(n, 10)`: log(sum_j exp(z_j)) - z_true, `(n,)` nats."""
    top = scores.max(axis=1)
    log_sum = np.log(np.exp(scores - top[:, np.newaxis]).sum(axis=1))
    losses: model.Floats = log_sum + (top - scores[np.arange(len(labels)), labels])
    return losses


def _blocks(layers: model.Layers, digits: Digits) -> Iterator[tuple[model.Floats, NDArray[np.uint8]]]:
    for first in range(0, len(digits), BLOCK):
        block = digits[first : first + BLOCK]
        yield model.logits(layers, block.images), block.labels
