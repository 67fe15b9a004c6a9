"""The digits where TensorFlow has them, made once; imported late, as the graphs are."""

from functools import lru_cache

from mnist_core import dataset, model
from mnist_core.dataset import Split
from mnist_core.plan import ALL, Plan
from mnist_core.training.batches import training_images
from mnist_core.training.graphs import Tensor, tf

Tensors = tuple[Tensor, Tensor]  # images and labels


@lru_cache(maxsize=1)
def training_bytes(split: Split) -> Tensors:
    """All training images as they are, `(n, 784) uint8`, and their labels; batches become floats one at a time."""
    digits = dataset.load(split).training
    return tf.constant(digits.images), tf.constant(digits.labels, tf.int32)


def whole_batch(plan: Plan) -> Tensors:
    """All of a plan's training images as floats: gathering them anew costs more than the step itself."""
    return _whole_batch(plan.split, plan.train_size, plan.sample, plan.seed if plan.sample == "random" else 0)


@lru_cache(maxsize=1)
def _whole_batch(split: Split, size: int, sample: str, seed: int) -> Tensors:
    digits = dataset.load(split).training
    chosen = training_images(Plan(split=split, train_size=size, sample=sample, seed=seed, batch_size=ALL))
    images = digits.images[:size] if sample == "first" else digits.images[chosen]
    return tf.constant(model.as_input(images)), tf.constant(digits.labels[chosen], tf.int32)


@lru_cache(maxsize=1)
def test_bytes() -> Tensors:
    """The test images as they are, `(10000, 784) uint8`, and their labels."""
    test = dataset.load_test()
    return tf.constant(test.images), tf.constant(test.labels, tf.int32)


@lru_cache(maxsize=1)
def test_floats() -> Tensors:
    """The test images as floats, `(10000, 784) float32`, and their labels."""
    test = dataset.load_test()
    return tf.constant(model.as_input(test.images)), tf.constant(test.labels, tf.int32)
