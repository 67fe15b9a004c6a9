"""How good a model is on many digits: loss, accuracy and its interval, confusion, precision and recall."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core import model
from mnist_core.dataset import Digits

BLOCK = 5_000  # rows turned into floats at a time: 16 MB, whatever the size of the set

Counts = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class Score:
    """How good a model is on some digits: its mean `loss` in nats, and the counts `(10, 10)` of its `confusion`: row =
    true digit, column = predicted digit."""

    loss: float
    confusion: Counts

    @property
    def accuracy(self) -> float:
        """The proportion of digits read right, 0..1: the diagonal of the confusion."""
        return int(np.trace(self.confusion)) / int(self.confusion.sum())


def evaluate(parameters: model.Parameters, digits: Digits, double_softmax: bool = False) -> Score:
    """The score of a model on digits; the loss is the one that `double_softmax` says it trains."""
    loss, counts = 0.0, np.zeros((model.CLASSES, model.CLASSES), np.int32)
    for first in range(0, len(digits), BLOCK):
        block = digits[first : first + BLOCK]
        logits = model.logits(parameters, block.images)
        losses = cross_entropy(model.softmax(logits) if double_softmax else logits, block.labels)
        loss += float(losses.sum(dtype=np.float64))
        counts += confusion(logits.argmax(axis=1), block.labels)
    return Score(loss / len(digits), counts)


def confusion(predicted: NDArray[np.intp], labels: NDArray[np.uint8]) -> Counts:
    """How often each digit `labels` `(n,)` was `predicted` `(n,)` as which: counts `(10, 10)`, row = true digit."""
    cells = np.bincount(labels.astype(np.intp) * model.CLASSES + predicted, minlength=model.CLASSES**2)
    return cells.reshape(model.CLASSES, model.CLASSES).astype(np.int32)


def precision(counts: Counts) -> NDArray[np.float64]:
    """Of those read as digit k, the proportion that are k, `(10,)` 0..1; NaN where none was read as k."""
    return _proportions(np.diag(counts), counts.sum(axis=0))


def recall(counts: Counts) -> NDArray[np.float64]:
    """Of those that are digit k, the proportion read as k, `(10,)` 0..1; NaN where none is k."""
    return _proportions(np.diag(counts), counts.sum(axis=1))


def wilson(right: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """An interval for the true proportion, given `right` of `of` drawn at random; with z = 1.96 about 95 % hold it.

    It says nothing of where the proportion of another draw would fall: that differs from the true one in its turn.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    proportion, z2 = right / of, z * z
    middle = (proportion + z2 / (2 * of)) / (1 + z2 / of)
    half = z / (1 + z2 / of) * math.sqrt(proportion * (1 - proportion) / of + z2 / (4 * of * of))
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


def cross_entropy(logits: model.Floats, labels: NDArray[np.uint8]) -> model.Floats:
    """-log p of the true digit for logits `(n, 10)`: log(sum_j exp(z_j)) - z_true, `(n,)` nats."""
    top = logits.max(axis=1)
    log_sum = np.log(np.exp(logits - top[:, np.newaxis]).sum(axis=1))
    losses: model.Floats = log_sum + (top - logits[np.arange(len(labels)), labels])
    return losses


def _log_choose(n: int, k: int) -> float:
    """ln of the number of ways to choose k of n: C(n, k) = n! / (k! (n - k)!)."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _proportions(parts: Counts, wholes: Counts) -> NDArray[np.float64]:
    proportions: NDArray[np.float64] = np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes > 0)
    return proportions
