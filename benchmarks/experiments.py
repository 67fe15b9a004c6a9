"""The experiments beside doing the same one by one, in one process and in turn: python -m benchmarks.experiments

- 16 learning rates of 1,000 steps together, against 16 single runs
- the training-size ladder, 12 sizes x 3 seeds of 500 steps, against its 36 runs one by one
- both again, against nothing but the steps and test scores of those runs, without their evaluations on training images
- accuracy for 289 shifts, against moving the images 289 times and evaluating them
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.training import compare
from mnist_core import dataset, metrics, training
from mnist_core.explain import shifts
from mnist_core.model import Parameters
from mnist_core.plan import Plan, milestones
from mnist_core.studies.learning_rates import RATES
from mnist_core.studies.seeds import Shares
from mnist_core.studies.training_sizes import plan_for
from mnist_core.training import checkpoint, sweep

SIZES = (1, 2, 5, 10, 20, 50, 100, 500, 1_000, 5_500, 20_000, 55_000)


def one_by_one(plans: Sequence[Plan]) -> list[training.State]:
    """Each plan as a run of its own, as the command line trains it."""
    return [training.advance(plan, training.start(plan), plan.steps)[0] for plan in plans]


def bare(plans: Sequence[Plan]) -> list[training.State]:
    """Each plan alone, its steps and its scores on the test set at the stops of the sweep, and nothing else."""
    ends = []
    for plan in plans:
        state = training.start(plan)
        for stop in milestones(plan.steps):
            state = training.reach(plan, state, stop)
            training.test_score(plan, state)
        ends.append(state)
    return ends


def shifted_images(layers: Parameters) -> Shares:
    """The map as one would make it without the trick: move all images, evaluate, 289 times."""
    test, found = dataset.load_test(), []
    for down in range(-shifts.FARTHEST, shifts.FARTHEST + 1):
        for _, right in shifts.row_of_moves(down):
            images = shifts.moved(test.images, down, right)
            found.append(metrics.evaluate(layers, dataset.Digits(images, test.labels)).accuracy)
    return np.array(found)


def shifted_weights(layers: Parameters) -> Shares:
    """The map as the product makes it, row by row."""
    rows = range(-shifts.FARTHEST, shifts.FARTHEST + 1)
    return np.concatenate([shifts.shift_accuracy(layers, shifts.row_of_moves(down)) for down in rows])


def main() -> None:
    """Measure and print everything."""
    rates = [Plan(learning_rate=rate) for rate in RATES]
    ladder = [plan_for(size, seed, steps=500) for size in SIZES for seed in range(3)]
    compare("16 rates x 1,000 steps", lambda: sweep.sweep(rates), lambda: one_by_one(rates), "at most 0.33")
    compare("12 sizes x 3 seeds x 500 steps", lambda: sweep.sweep(ladder), lambda: one_by_one(ladder), "at most 0.5")
    compare("16 rates, bare", lambda: sweep.sweep(rates), lambda: bare(rates), "no limit set")
    compare("12 sizes x 3 seeds, bare", lambda: sweep.sweep(ladder), lambda: bare(ladder), "no limit set")
    layers = checkpoint.load(checkpoint.PRETRAINED)[1].parameters
    compare("289 shifts", lambda: shifted_weights(layers), lambda: shifted_images(layers), "at most 0.33")
    apart = np.abs(shifted_weights(layers) - shifted_images(layers)).max()
    print(f"largest difference between the two maps: {10_000 * apart:.0f} of 10,000 digits")


if __name__ == "__main__":
    main()
