"""The loss as a landscape: a slice of MNIST's real loss with a run's way on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core import metrics, model
from mnist_core.dataset import Digits
from mnist_core.model import Floats, Layer, Parameters
from mnist_core.training import State

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Slice:
    """The plane through three states of a run: point (a, b) is middle + a * across + b * up, each a whole model."""

    middle: Parameters
    across: Parameters
    up: Parameters
    path: Numbers  # (states, 2), where the run's states lie when dropped onto the plane

    def at(self, a: float, b: float) -> Parameters:
        """The model at a point."""
        return tuple(
            Layer(*(m + np.float32(a) * x + np.float32(b) * y for m, x, y in zip(*three, strict=True)))
            for three in zip(self.middle, self.across, self.up, strict=True)
        )


def through(states: Sequence[State]) -> Slice:
    """The plane through a run's first state, its last, and the one farthest from the straight way between them.

    `across` goes from the first to the last state; `up` is what remains of the farthest at a right angle to it.
    """
    flat = np.stack([_flat(state.parameters) for state in states]).astype(np.float64)
    first, last = flat[0], flat[-1]
    across = last - first
    length = float(across @ across) or 1.0
    aside = flat - first - ((flat - first) @ across / length)[:, np.newaxis] * across
    up = aside[int((aside**2).sum(axis=1).argmax())]
    tall = float(up @ up) or 1.0
    path = np.stack([(flat - first) @ across / length, (flat - first) @ up / tall], axis=1)
    shape = states[0].parameters
    return Slice(_shaped(first, shape), _shaped(across, shape), _shaped(up, shape), path)


def losses(plane: Slice, digits: Digits, a: Numbers, b: Numbers) -> Numbers:
    """The mean cross-entropy at each point of a grid, `(b, a)`. Linear: scores are sums of those of three models."""
    middle, across, up = (model.logits(layers, digits.images) for layers in (plane.middle, plane.across, plane.up))
    found = np.zeros((len(b), len(a)))
    for row, y in enumerate(b):
        for column, x in enumerate(a):
            scores: Floats = middle + np.float32(x) * across + np.float32(y) * up
            found[row, column] = float(metrics.cross_entropy(scores, digits.labels).mean(dtype=np.float64))
    return found


def ups_and_downs(losses: Numbers) -> tuple[int, int]:
    """How many of the losses are higher than the one before, and how many lower."""
    changes = np.diff(losses)
    return int((changes > 0).sum()), int((changes < 0).sum())


def _flat(layers: Parameters) -> Floats:
    return np.concatenate([value.ravel() for layer in layers for value in layer])


def _shaped(flat: Numbers, like: Parameters) -> Parameters:
    shaped, at = [], 0
    for layer in like:
        values = []
        for value in layer:
            values.append(flat[at : at + value.size].reshape(value.shape).astype(np.float32))
            at += value.size
        shaped.append(Layer(*values))
    return tuple(shaped)
