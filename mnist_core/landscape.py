"""The loss as a landscape: gradient descent on curves of one number, and a slice of MNIST's real loss with a run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_core import metrics, model
from mnist_core.dataset import Digits
from mnist_core.model import Floats, Layer, Parameters
from mnist_core.training import State

Numbers = NDArray[np.float64]
FAR = 1e6  # a path that goes farther has exploded, and ends
LEVEL = 1e-3  # a slope smaller than this is almost 0
SAME = 1e-12  # two places closer than this are told apart by rounding only
A_WHILE = 5  # steps, before a path can be called slow


@dataclass(frozen=True)
class Curve:
    """A function of one number with its slope, `formula` for people, and the stretch of it worth looking at.

    `bottoms` are all places with a valley's bottom, `tops` those with a hill's top, from left to right.
    """

    formula: str
    value: Callable[[Numbers], Numbers]
    slope: Callable[[Numbers], Numbers]
    range: tuple[float, float]
    bottoms: tuple[float, ...] = (0.0,)
    tops: tuple[float, ...] = ()


_LEFT, _TOP, _RIGHT = (float(x) for x in np.sort(np.roots([1, 0, -2, 0.25]).real))  # where x³ - 2x + 1/4 is 0
CURVES = {
    "x²": Curve("y = x²", lambda x: x**2, lambda x: 2 * x, (-3.0, 3.0)),
    "two valleys": Curve(
        "y = x⁴/4 - x² + x/4", lambda x: x**4 / 4 - x**2 + x / 4, lambda x: x**3 - 2 * x + 0.25, (-2.4, 2.4),
        (_LEFT, _RIGHT), (_TOP,),
    ),
    "a plain and a pit": Curve(
        "y = 1 - exp(-x²)", lambda x: 1 - np.exp(-(x**2)), lambda x: 2 * x * np.exp(-(x**2)), (-3.0, 3.0)
    ),
}  # fmt: skip


def descend(curve: Curve, start: float, rate: float, steps: int) -> Numbers:
    """The way down, `(at most steps + 1,)`: x_0 and each x_(n+1) = x_n - rate * slope(x_n); stops beyond a million."""
    path = [float(start)]
    for _ in range(steps):
        if abs(path[-1]) > FAR:
            break
        path.append(path[-1] - rate * float(curve.slope(np.array(path[-1]))))
    return np.array(path)


@dataclass(frozen=True)
class Verdict:
    """How a path goes, and what its numbers say; each of them is true whatever the kind.

    The kinds: "explodes" is out of the picture, higher than it began, and rose in its last two steps or more; "level"
    is where the slope is almost 0; "start" has taken no step; "overshoots" jumped over a bottom in half of its steps,
    or did not get lower in the last; "crawls" has not gone half the way to its bottom; "descends" is all the rest.
    """

    kind: Literal["explodes", "level", "start", "overshoots", "crawls", "descends"]
    steps: int
    jumps: int  # steps that went over a bottom
    rises: int  # steps at the end, one after the other, that led up
    pace: Literal["", "shorter", "longer", "longer, then shorter"]  # of the steps, each against the one before
    longest: int  # the number of the longest step, from 1; 0 before any
    place: Literal["bottom", "top", "plain"]  # what is level here, if it is
    gone: float  # from the start, as the crow flies
    way: float  # from the start to the bottom that lies downhill of the last place


def judge(curve: Curve, path: Numbers) -> Verdict:
    """What a path that `descend` made says of its learning rate."""
    values, slopes = curve.value(path), curve.slope(path)
    steps, here = len(path) - 1, float(path[-1])
    slope, low, high = float(slopes[-1]), *curve.range
    falls = np.diff(values)[::-1] <= 0
    rises = int(falls.argmax()) if falls.any() else steps
    jumps = int(np.any([_jumped(path, bottom) for bottom in curve.bottoms], axis=0).sum())  # over two at once: one jump
    pace, longest = _pace(np.abs(slopes[:-1]))
    downhill = [x for x in curve.bottoms if (here - x) * slope > 0] or curve.bottoms
    way = abs(min(downhill, key=lambda x: abs(x - here)) - float(path[0]))
    gone = abs(here - float(path[0]))
    kind: Literal["explodes", "level", "start", "overshoots", "crawls", "descends"]
    if rises >= 2 and values[-1] > values[0] and not low <= here <= high:
        kind = "explodes"
    elif abs(slope) < LEVEL:
        kind = "level"
    elif not steps:
        kind = "start"
    elif 2 * jumps >= steps or values[-1] >= values[-2]:
        kind = "overshoots"
    elif steps >= A_WHILE and not jumps and gone < way / 2:
        kind = "crawls"
    else:
        kind = "descends"
    return Verdict(kind, steps, jumps, rises, pace, longest, _place(curve, here), gone, way)


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
    middle, across, up = (
        model.logits(parameters, digits.images) for parameters in (plane.middle, plane.across, plane.up)
    )
    found = np.zeros((len(b), len(a)))
    for row, y in enumerate(b):
        for column, x in enumerate(a):
            scores: Floats = middle + np.float32(x) * across + np.float32(y) * up
            found[row, column] = float(metrics.cross_entropy(scores, digits.labels).mean(dtype=np.float64))
    return found


def _jumped(path: Numbers, bottom: float) -> NDArray[np.bool_]:
    """Which steps `(len(path) - 1,)` began on one side of a bottom and ended on the other, by more than rounding."""
    side = np.where(np.abs(path - bottom) < SAME, 0, np.sign(path - bottom))
    jumped: NDArray[np.bool_] = side[1:] * side[:-1] < 0
    return jumped


def _pace(lengths: Numbers) -> tuple[Literal["", "shorter", "longer", "longer, then shorter"], int]:
    """Whether each step is shorter or longer than the one before it, and the longest of all."""
    if not len(lengths):
        return "", 0
    longest, growing = int(lengths.argmax()) + 1, np.diff(lengths) > 0
    shrinking = np.diff(lengths) < 0
    if not (growing[: longest - 1].all() and shrinking[longest - 1 :].all()) or len(lengths) == 1:
        return "", longest
    if longest == 1:
        return "shorter", longest
    return ("longer" if longest == len(lengths) else "longer, then shorter"), longest


def _place(curve: Curve, here: float) -> Literal["bottom", "top", "plain"]:
    """What is nearest, within a tenth; a plain where there is neither bottom nor top."""
    if min(abs(x - here) for x in curve.bottoms) < 0.1:
        return "bottom"
    return "top" if any(abs(x - here) < 0.1 for x in curve.tops) else "plain"


def ups_and_downs(losses: Numbers) -> tuple[int, int]:
    """How many of the losses are higher than the one before, and how many lower."""
    changes = np.diff(losses)
    return int((changes > 0).sum()), int((changes < 0).sum())


def _flat(parameters: Parameters) -> Floats:
    return np.concatenate([value.ravel() for layer in parameters for value in layer])


def _shaped(flat: Numbers, like: Parameters) -> Parameters:
    shaped, at = [], 0
    for layer in like:
        values = []
        for value in layer:
            values.append(flat[at : at + value.size].reshape(value.shape).astype(np.float32))
            at += value.size
        shaped.append(Layer(*values))
    return tuple(shaped)
