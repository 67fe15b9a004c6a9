"""The experiments: what each one trains or measures, as tasks for the training process, and what their numbers say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core import dataset, metrics, model, shifts, training, tutorials
from mnist_core.model import Floats, Layers
from mnist_core.plan import ALL, Plan
from mnist_core.training import State, sweep
from mnist_core.training.batches import batch_indices, training_images
from mnist_core.tutorials import BY_HEART, TUTORIALS, Task

SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_500, 10_000, 20_000, 55_000)
SEEDS = range(5)
LADDER_STEPS, LADDER_EPOCHS = 500, 5  # as many steps, or more where it takes more to see each image five times
RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
RATE_STEPS, RATE_CHUNKS = 1_000, 20
SUBSET_SIZES, SUBSETS, SUBSET_PARTS = (10, 100, 1_000), 100, 10
PAINT_STOPS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
CENTRED = 2_000  # of the test digits, in the map with centring: each of them is moved, twice, for each cell

Shares = NDArray[np.float64]


def ladder_steps(size: int) -> int:
    """How many steps a training size gets: 500, or as many as see each image five times in batches of 100."""
    return max(LADDER_STEPS, -(-LADDER_EPOCHS * size // 100))


def ladder_plan(size: int, seed: int, steps: int | None = None) -> Plan:
    """A run on `size` images that the seed draws, in batches of 100, or all of them where there are no more."""
    steps = ladder_steps(size) if steps is None else steps
    return Plan(train_size=size, sample="random", batch_size=100 if size > 100 else ALL, steps=steps, seed=seed)


@dataclass(frozen=True)
class Rung:
    """One training size: each seed's test accuracy, 0..1; the first seed's model, and how often it saw each digit."""

    size: int
    accuracies: tuple[float, ...]
    state: State
    score: metrics.Score
    seen: tuple[int, ...]


def ladder_tasks() -> list[Task]:
    """A task for each size."""
    return [Task("ladder", rung, (size,)) for size in SIZES]


def rung(size: int) -> Rung:
    """Train all seeds of a size side by side."""
    plans = [ladder_plan(size, seed) for seed in SEEDS]
    tracks = sweep.sweep(plans, ()).tracks
    labels = dataset.load(plans[0].split).training.labels[training_images(plans[0])]
    seen = np.bincount(labels, minlength=model.CLASSES)
    accuracies = tuple(track.scores[-1][1].accuracy for track in tracks)
    return Rung(size, accuracies, tracks[0].state, tracks[0].scores[-1][1], tuple(int(count) for count in seen))


def rate_tasks() -> list[Task]:
    """One sweep over all rates, a few steps at a time."""
    plans = tuple(Plan(learning_rate=rate, steps=RATE_STEPS) for rate in RATES)
    stops = tuple(range(0, RATE_STEPS + 1, RATE_STEPS // (2 * RATE_CHUNKS)))
    chunk = Task("rates", sweep.advance, (RATE_STEPS // RATE_CHUNKS,), chained=True, replaces=True)
    return [Task("rates", sweep.begin, (plans, (*stops, 1, 2, 5, 10))), *[chunk] * RATE_CHUNKS]


def subset_tasks(right: NDArray[np.bool_], seed: int) -> list[Task]:
    """Random subsets of the test set, a tenth of them at a time; `right` says which digits are read right."""
    return [Task("subsets", some_subsets, (right, seed + part)) for part in range(SUBSET_PARTS)]


def some_subsets(right: NDArray[np.bool_], seed: int) -> dict[int, Shares]:
    """Accuracies on a few subsets of each size."""
    return {size: subset_accuracies(right, size, SUBSETS // SUBSET_PARTS, seed) for size in SUBSET_SIZES}


def subset_accuracies(right: NDArray[np.bool_], size: int, count: int, seed: int) -> Shares:
    """Accuracy on `count` random subsets of a test set, drawn without replacement: `(count,)` 0..1."""
    if size == len(right):
        return np.full(count, right.mean())
    order = np.random.default_rng((seed, size)).random((count, len(right)), np.float32)
    chosen = np.argpartition(order, size, axis=1)[:, :size]
    shares: Shares = right[chosen].mean(axis=1)
    return shares


def shift_tasks(layers: Layers, centred: bool) -> list[Task]:
    """A task for each row of the map."""
    work = centred_row if centred else shift_row
    rows = range(-shifts.FARTHEST, shifts.FARTHEST + 1)
    return [Task("centred" if centred else "shifts", work, (layers, down)) for down in rows]


def shift_row(layers: Layers, down: int) -> Shares:
    """Accuracy for one move down and all moves to the sides, `(17,)`."""
    return shifts.shift_accuracy(layers, shifts.row_of_moves(down))


def centred_row(layers: Layers, down: int) -> Shares:
    """The same on the first 2,000 test digits, each centred again."""
    return shifts.centred_accuracy(layers, dataset.load_test()[:CENTRED], shifts.row_of_moves(down))


def pixel_order(seed: int = 0) -> NDArray[np.intp]:
    """A fixed shuffle of the 784 pixels."""
    order: NDArray[np.intp] = np.random.default_rng(seed).permutation(dataset.PIXELS)
    return order


def shuffled_pixels_tasks() -> list[Task]:
    """The classic run on images as they are, and on images with all pixels shuffled, in ten parts each."""
    plan = Plan()
    return [
        Task(name, pixel_run, (order, plan.steps * part // 10) if part == 0 else (plan.steps * part // 10,), part > 0)
        for name, order in (("as they are", False), ("shuffled", True)) for part in range(11)
    ]  # fmt: skip


@dataclass(frozen=True)
class PixelRun:
    """A run on pixels in one order or another, and its test accuracy."""

    shuffled: bool
    state: State
    accuracy: float


def pixel_run(before: "PixelRun | bool", stop: int) -> PixelRun:
    """The classic run taken to a stop; pixels are shuffled in training and test images alike."""
    shuffled = before if isinstance(before, bool) else before.shuffled
    plan = Plan()
    state = training.start(plan) if isinstance(before, bool) else before.state
    order = pixel_order() if shuffled else np.arange(dataset.PIXELS)
    training_digits, test = dataset.load(plan.split).training, dataset.load_test()
    layers = state.layers
    for batch in batch_indices(plan, state.step, stop - state.step):
        x, y = model.as_input(training_digits.images[batch][:, order]), training_digits.labels[batch]
        layers = model.updated(layers, model.gradient(layers, x, y), plan.learning_rate)
    state = State(stop, layers)
    score = metrics.evaluate(state.layers, dataset.Digits(test.images[:, order], test.labels))
    return PixelRun(shuffled, state, score.accuracy)


def by_heart_tasks() -> list[Task]:
    """Tutorial D's 200 steps on five images."""
    trial = next(trial for trial in TUTORIALS["D"].trials if trial.name == BY_HEART)
    return [Task(BY_HEART, tutorials.states_at, (trial.plan, trial.stops))]


def ranked_above(scores: Floats, mine: NDArray[np.bool_]) -> float:
    """How often a random digit of mine scores above a random other one, ties counted half: 0..1.

    Source: J. Hanley, B. McNeil, 1982: the area under the ROC curve is this share of pairs (Mann and Whitney's U).
    """
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    values, which = np.unique(scores, return_inverse=True)
    ranks = (np.bincount(which, ranks) / np.bincount(which))[which] if len(values) < len(scores) else ranks
    own, others = int(mine.sum()), int((~mine).sum())
    return float((ranks[mine].sum() - own * (own + 1) / 2) / (own * others))


@dataclass(frozen=True)
class Detector:
    """Weights `(784,)` and bias that tell one digit from all others; `ranked` is how often they rank it above one."""

    digit: int
    step: int
    weights: Floats
    bias: float
    ranked: float


def paint_tasks(painted: Floats, digit: int) -> list[Task]:
    """Gradient descent from a painted weight image `(784,)` on, from stop to stop."""
    first = Task("paint", detector, (painted, digit))
    return [first, *(Task("paint", improved, (stop,), chained=True) for stop in PAINT_STOPS[1:])]


def detector(painted: Floats, digit: int, step: int = 0, bias: float = 0.0) -> Detector:
    """A weight image with its score on the test set."""
    test = dataset.load_test()
    return Detector(
        digit, step, painted, bias, ranked_above(model.as_input(test.images) @ painted, test.labels == digit)
    )


def improved(before: Detector, stop: int) -> Detector:
    """Gradient descent on "is it this digit?" up to a step: logistic regression, batches of 100.

    That is softmax regression of two classes, of which the first, "no", has a score of 0 throughout.
    """
    plan = Plan(steps=PAINT_STOPS[-1], seed=before.digit)
    digits, no = dataset.load(plan.split).training, np.zeros(1, np.float32)
    weights, bias = before.weights, np.array([before.bias], np.float32)
    for batch in batch_indices(plan, before.step, stop - before.step):
        x, y = model.as_input(digits.images[batch]), (digits.labels[batch] == before.digit).astype(np.intp)
        both = model.Layer(np.stack([np.zeros_like(weights), weights], axis=1), np.concatenate([no, bias]))
        (down,) = model.gradient((both,), x, y)
        weights = weights - np.float32(plan.learning_rate) * down.weights[:, 1]
        bias = bias - np.float32(plan.learning_rate) * down.bias[1:]
    return detector(weights, before.digit, stop, float(bias[0]))
