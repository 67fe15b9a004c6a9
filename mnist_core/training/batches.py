"""Which images each step looks at: a function of the plan and the step alone, so that a run may be cut anywhere."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_core.dataset import TRAINING_SIZES
from mnist_core.plan import Plan


def batch_indices(plan: Plan, first: int, steps: int) -> NDArray[np.int32]:
    """Which training images the steps `first`, `first + 1`, ... look at: `(steps, batch) int32`.

    Each epoch is a new permutation of the training images or the order of the file, as `plan.batch_order` says; batches
    are cut from the epochs laid end to end, so a batch may reach into the next epoch. Sources: the MNIST reader of
    TensorFlow 1 (`DataSet.next_batch`) shuffles every epoch; that of TensorFlow 0.12 handed out the first one as in the
    file ("file_first") and shuffled the later ones.
    """
    batch, size, chosen = plan.images_per_step, plan.train_size, training_images(plan)
    begin, end = first * batch, (first + steps) * batch
    if steps == 0:
        return np.zeros((0, batch), np.int32)
    if plan.batch_order == "file":
        return chosen[np.arange(begin, end) % size].reshape(steps, batch)
    epochs = [
        _order(plan, epoch)[max(begin - epoch * size, 0) : end - epoch * size]
        for epoch in range(begin // size, -(-end // size))
    ]
    return chosen[np.concatenate(epochs)].reshape(steps, batch)


def _order(plan: Plan, epoch: int) -> NDArray[np.int32]:
    """The order of the training images in one epoch of a plan that shuffles, `(train_size,) int32`."""
    if plan.batch_order == "file_first" and epoch == 0:
        return np.arange(plan.train_size, dtype=np.int32)
    return permutation(plan.train_size, plan.seed, epoch)


def training_images(plan: Plan) -> NDArray[np.int32]:
    """Which images of the split train: the first ones, or as many that the seed draws, `(train_size,) int32`."""
    return all_images(plan)[: plan.train_size]


def all_images(plan: Plan) -> NDArray[np.int32]:
    """All training images of the split, those first that train: more of them hold the fewer."""
    size = TRAINING_SIZES[plan.split]
    return _drawn(size, plan.seed) if plan.sample == "random" else np.arange(size, dtype=np.int32)


@lru_cache(maxsize=4)
def _drawn(size: int, seed: int) -> NDArray[np.int32]:
    """All images of a split in the order in which a seed draws them."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(2,)))  # a stream apart from the epochs'
    return rng.permutation(size).astype(np.int32)


@lru_cache(maxsize=4)
def permutation(size: int, seed: int, epoch: int) -> NDArray[np.int32]:
    """The order of the images in one epoch, a function of (seed, epoch) alone: `(size,) int32`, read-only."""
    order = np.random.default_rng([seed, epoch]).permutation(size).astype(np.int32)
    order.flags.writeable = False
    return order
