"""Batches against the readers they repeat, and against themselves cut differently."""

import numpy as np

from mnist_core.plan import Plan
from mnist_core.training import batches


def test_no_steps_look_at_no_images():
    assert batches.batch_indices(Plan(train_size=10, batch_size=4), 3, 0).shape == (0, 4)


class Reader:
    """The MNIST reader of TensorFlow 0.12: the file first, then shuffled whenever an epoch is finished."""

    def __init__(self, size: int, seed: int) -> None:
        self.order, self.at, self.epoch, self.seed = np.arange(size), 0, 0, seed

    def next_batch(self, count: int) -> np.ndarray:
        if self.at + count > len(self.order):
            self.epoch, self.at = self.epoch + 1, 0
            self.order = np.random.default_rng([self.seed, self.epoch]).permutation(len(self.order))
        self.at += count
        return self.order[self.at - count : self.at]


def test_file_first_is_the_order_of_the_old_reader():
    plan, reader = Plan(train_size=60, batch_size=20, batch_order="file_first", seed=3), Reader(60, 3)
    expected = [reader.next_batch(20).tolist() for _ in range(12)]
    assert batches.batch_indices(plan, 0, 12).tolist() == expected
    assert batches.batch_indices(plan, 2, 5).tolist() == expected[2:7], "cut across the end of the first epoch"


def test_file_order_is_the_order_of_the_file():
    plan = Plan(train_size=10, batch_size=4, batch_order="file")
    assert batches.batch_indices(plan, 1, 3).tolist() == [[4, 5, 6, 7], [8, 9, 0, 1], [2, 3, 4, 5]]


def test_batches_cover_each_epoch_once_in_a_new_order():
    plan = Plan(train_size=100, batch_size=30, seed=5)
    stream = batches.batch_indices(plan, 0, 10).reshape(3, 100)
    assert all(sorted(epoch) == list(range(100)) for epoch in stream)
    assert len({tuple(epoch) for epoch in stream}) == 3
    assert np.array_equal(batches.batch_indices(plan, 4, 3), batches.batch_indices(plan, 0, 10)[4:7])
