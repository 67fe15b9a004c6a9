"""How many examples does it take? One to all training images, five models of each size."""

from dataclasses import dataclass

import numpy as np

from mnist_core import dataset, metrics, model
from mnist_core.plan import ALL, Plan
from mnist_core.studies.tasks import Task, map_tasks
from mnist_core.training import State, sweep
from mnist_core.training.batches import training_images

SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_500, 10_000, 20_000, 55_000)
SEEDS = range(5)
STEPS, EPOCHS = 500, 5  # as many steps, or more where it takes more to see each image five times


@dataclass(frozen=True)
class SizeResult:
    """One training size: each seed's test accuracy, 0..1; the first seed's model, and how often it saw each digit."""

    size: int
    accuracies: tuple[float, ...]
    state: State
    score: metrics.Score
    seen: tuple[int, ...]


def tasks() -> list[Task]:
    """A task for each size."""
    return map_tasks("training sizes", train_size, ((size,) for size in SIZES))


def steps_for(size: int) -> int:
    """How many steps a training size gets: 500, or as many as see each image five times in batches of 100."""
    return max(STEPS, -(-EPOCHS * size // 100))


def plan_for(size: int, seed: int, steps: int | None = None) -> Plan:
    """A run on `size` images that the seed draws, in batches of 100, or all of them where there are no more."""
    steps = steps_for(size) if steps is None else steps
    return Plan(train_size=size, sample="random", batch_size=100 if size > 100 else ALL, steps=steps, seed=seed)


def train_size(size: int) -> SizeResult:
    """Train all seeds of a size side by side."""
    plans = [plan_for(size, seed) for seed in SEEDS]
    tracks = sweep.sweep(plans, ()).tracks
    labels = dataset.load(plans[0].split).training.labels[training_images(plans[0])]
    seen = np.bincount(labels, minlength=model.CLASSES)
    accuracies = tuple(track.scores[-1][1].accuracy for track in tracks)
    return SizeResult(size, accuracies, tracks[0].state, tracks[0].scores[-1][1], tuple(int(count) for count in seen))
