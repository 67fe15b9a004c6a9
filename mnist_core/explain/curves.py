"""Gradient descent on curves of one number, and a verdict on how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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
        "y = x⁴/4 - x² + x/4",
        lambda x: x**4 / 4 - x**2 + x / 4,
        lambda x: x**3 - 2 * x + 0.25,
        (-2.4, 2.4),
        (_LEFT, _RIGHT),
        (_TOP,),
    ),
    "a plain and a pit": Curve(
        "y = 1 - exp(-x²)", lambda x: 1 - np.exp(-(x**2)), lambda x: 2 * x * np.exp(-(x**2)), (-3.0, 3.0)
    ),
}


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
