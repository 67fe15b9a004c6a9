"""Is a learning rate too large? The rule that every page uses, and what it says of a run in the run's own numbers."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.model import CLASSES, Floats
from mnist_core.training.chunk import Snapshot
from mnist_core.training.run import Run

CHANCE_LOSS = math.log(CLASSES)  # the cross-entropy of ten equal probabilities, in nats
FIRST_STEPS = 20  # a start may be rough: from zero weights, the first steps are long ones
MIN_EXCEEDANCES = 5  # means above CHANCE_LOSS: fewer may be bad luck with a batch
MIN_JUDGED = 10  # steps after the first ones: of fewer, nothing is said
SMOOTHED_OVER = 100  # images; a single image's loss says little about the step
# How far the highest mean must be above CHANCE_LOSS, relative to it, times the images in a mean. Over 40 seeds, a rate
# of 0.1 with single images, which calms down, comes to 32 at most; rate 5 with them to 180 or more, 20 with 100 to 300.
MARGIN = 40


@dataclass(frozen=True)
class Exceedances:
    """How often a run was worse than chance: of the `means` of its cross-entropy over `images` images each, one for
    each step after the first ones that ends one, so many were `above` ln 10."""

    above: int
    means: int
    images: int
    highest: float  # of the means

    @property
    def too_large(self) -> bool:
        """Whether the learning rate is too large: often above chance, and once clearly; the fewer images in a mean, the
        more clearly."""
        return self.above >= MIN_EXCEEDANCES and self.highest > CHANCE_LOSS * (1 + MARGIN / self.images)


@dataclass(frozen=True)
class Overshoot:
    """Why a learning rate is too large, in this run's own numbers."""

    exceedances: Exceedances
    highest: float  # cross-entropy of a single step
    lowest_accuracy: float  # of the scored states since the first steps
    highest_accuracy: float
    best: Snapshot


def exceedances(cross_entropy: Floats, images_per_step: int) -> Exceedances:
    """The exceedances of a run whose steps had these mean cross-entropies `(steps,)` on their batches.

    The loss of a double softmax cannot tell: it never exceeds ln(e + 9) = 2.46.
    """
    later = cross_entropy[FIRST_STEPS:]
    window = min(-(-SMOOTHED_OVER // images_per_step), max(1, len(later) // 2))
    means = _means(later, window) if len(later) >= MIN_JUDGED else np.zeros(0)
    above = int((means > CHANCE_LOSS).sum())
    return Exceedances(above, len(means), window * images_per_step, float(means.max(initial=0.0)))


def overshoot(run: Run) -> Overshoot | None:
    """What to say of a learning rate that is too large, or None; it is so too where a run stopped being finite."""
    found = exceedances(run.log.batch_cross_entropy, run.plan.images_per_step)
    if not found.too_large and run.log.diverged_at is None:
        return None
    later = run.log.batch_cross_entropy[FIRST_STEPS:]
    accuracies = [score.accuracy for step, score in run.scores if step >= FIRST_STEPS] or [run.state.score.accuracy]
    highest = float(later.max()) if len(later) else math.inf
    return Overshoot(found, highest, min(accuracies), max(accuracies), run.best)


def _means(values: Floats, window: int) -> NDArray[np.float64]:
    """Means of `window` neighbours."""
    sums = np.cumsum(np.concatenate([[0.0], values.astype(np.float64)]))
    means: NDArray[np.float64] = (sums[window:] - sums[:-window]) / window
    return means
