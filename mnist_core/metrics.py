"""How good a model is on many digits: loss, accuracy and its interval, confusion, precision and recall."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_core import model
from mnist_core.dataset import Digits

BLOCK = 5_000  # rows turned into floats at a time: 16 MB, whatever the size of the set

Counts = NDArray[np.int64]


class Score(NamedTuple):
    """Mean loss in nats, and the share of digits read right, 0..1."""

    loss: float
    accuracy: float


def assess(layers: model.Layers, digits: Digits, double_softmax: bool = False) -> tuple[Score, Counts]:
    """Loss, accuracy and confusion of a model on digits; the loss is the one that `double_softmax` says it trains."""
    loss, counts = 0.0, np.zeros((model.CLASSES, model.CLASSES), np.int64)
    for scores, labels in _blocks(layers, digits):
        losses = cross_entropy(model.softmax(scores) if double_softmax else scores, labels)
        loss += float(losses.sum(dtype=np.float64))
        counts += tally(scores.argmax(axis=1), labels)
    return Score(loss / len(digits), accuracy(counts)), counts


def score(layers: model.Layers, digits: Digits, double_softmax: bool = False) -> Score:
    """Loss and accuracy of a model on digits."""
    return assess(layers, digits, double_softmax)[0]


def confusion(layers: model.Layers, digits: Digits) -> Counts:
    """Counts `(10, 10)`: row = true digit, column = predicted digit."""
    return assess(layers, digits)[1]


def tally(read: NDArray[np.intp], labels: NDArray[np.uint8]) -> Counts:
    """Confusion of digits `read` `(n,)` with their labels `(n,)`: counts `(10, 10)`, row = true, column = predicted."""
    cells = np.bincount(labels.astype(np.intp) * model.CLASSES + read, minlength=model.CLASSES**2)
    return cells.reshape(model.CLASSES, model.CLASSES)


def accuracy(counts: Counts) -> float:
    """The share of digits read right, from a confusion matrix: its diagonal, 0..1."""
    return int(np.trace(counts)) / int(counts.sum())


def precision(counts: Counts) -> NDArray[np.float64]:
    """Of those read as digit k, the share that are k, `(10,)` 0..1; NaN where none was read as k."""
    return _shares(np.diag(counts), counts.sum(axis=0))


def recall(counts: Counts) -> NDArray[np.float64]:
    """Of those that are digit k, the share read as k, `(10,)` 0..1; NaN where none is k."""
    return _shares(np.diag(counts), counts.sum(axis=1))


def wilson(right: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """An interval for the true share, given `right` of `of` drawn at random; with z = 1.96 about 95 % hold it.

    It says nothing of where the share of another draw would fall: that differs from the true one in its turn.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    share, z2 = right / of, z * z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def central_interval(right: int, of: int, drawn: int, inside: float = 0.95) -> tuple[int, int]:
    """Where the number of right ones falls when `drawn` are drawn at random from `of`, `right` of them right.

    The lowest and the highest number of the central 95 %: fewer than 2.5 % of all subsets have less, at most 2.5 % have
    more. Without replacement, so by the hypergeometric distribution:
    P(k) = C(right, k) C(of - right, drawn - k) / C(of, drawn).
    """
    possible = range(max(0, drawn - (of - right)), min(drawn, right) + 1)
    logs = [_log_choose(right, k) + _log_choose(of - right, drawn - k) - _log_choose(of, drawn) for k in possible]
    at_most = np.cumsum(np.exp(logs))
    low, high = np.searchsorted(at_most, [(1 - inside) / 2, (1 + inside) / 2])
    return possible[int(low)], possible[int(high)]


def cross_entropy(scores: model.Floats, labels: NDArray[np.uint8]) -> model.Floats:
    """-log p of the true digit for scores `(n, 10)`: log(sum_j exp(z_j)) - z_true, `(n,)` nats."""
    top = scores.max(axis=1)
    log_sum = np.log(np.exp(scores - top[:, np.newaxis]).sum(axis=1))
    losses: model.Floats = log_sum + (top - scores[np.arange(len(labels)), labels])
    return losses


def _log_choose(n: int, k: int) -> float:
    """ln of the number of ways to choose k of n: C(n, k) = n! / (k! (n - k)!)."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _shares(parts: Counts, wholes: Counts) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes > 0)
    return shares


def _blocks(layers: model.Layers, digits: Digits) -> Iterator[tuple[model.Floats, NDArray[np.uint8]]]:
    for first in range(0, len(digits), BLOCK):
        block = digits[first : first + BLOCK]
        yield model.logits(layers, block.images), block.labels
