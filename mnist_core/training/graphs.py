"""The compiled graphs of training and evaluation, and the one file that imports TensorFlow.

The import takes seconds, so this module is imported in turn only inside the functions that need it. All shapes are
open: one graph serves every batch, chunk and width.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from mnist_core.dataset import PIXELS
from mnist_core.model import CLASSES


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Send what native code writes to stderr nowhere; an exception still carries its own words."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # spares the import of Keras, which nothing here needs
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
with _quiet_stderr():  # it greets everybody there, before any log level counts
    import tensorflow as tf

# One step's operations wait for each other anyway: on two cores, spreading them took 10.6 s of processor time for
# 60,000 steps of 100 images, and one thread 6.3 s, no slower by the clock. Large products still use all cores.
tf.config.threading.set_inter_op_parallelism_threads(1)

__all__ = ["Descent", "Graph", "Tensor", "as_input", "compiled", "descent", "evaluation", "tf"]

BLOCK = 1_000  # images that are floats at a time in an evaluation; a divisor of 10,000, 55,000 and 60,000
Tensor = Any  # TensorFlow ships without types
Graph = Callable[..., Any]


def compiled(function: Graph, *signature: Tensor, by_xla: bool = False) -> Graph:
    """The function as one graph for tensors, or NumPy's arrays, of this signature.

    It is traced at once and called as it is: to look for a trace that fits would cost each call 0.3 ms.
    """
    graph = tf.function(function, autograph=False, input_signature=signature, jit_compile=by_xla or None)
    concrete = graph.get_concrete_function()
    return lambda *values: concrete(*map(tf.convert_to_tensor, values))


def as_input(images: Tensor) -> Tensor:
    """Bytes 0..255 as the model reads them: float32 0..1."""
    return tf.cast(images, tf.float32) * (1 / 255)


@dataclass(frozen=True)
class Descent:
    """Gradient descent as two loops; each gives (steps taken, losses, cross-entropies, *parameters).

    `on_batches(images uint8, labels, indices (steps, batch), learning rate, *parameters)` gathers each step's images;
    `on_all(images float32, labels, steps, learning rate, *parameters)` takes them all. Parameters are weights and bias
    of each layer in turn. A step whose loss or parameters would not be finite is not taken, and ends the loop.
    """

    on_batches: Graph
    on_all: Graph


@lru_cache(maxsize=4)
def descent(layers: int, double_softmax: bool) -> Descent:
    """The loops for a model of so many layers."""
    spec = tf.TensorSpec
    rest = [spec([]), *_parameter_specs(layers)]

    def on_batches(
        images: Tensor, labels: Tensor, indices: Tensor, learning_rate: Tensor, *parameters: Tensor
    ) -> Tensor:
        def batch(step: Tensor) -> tuple[Tensor, Tensor]:
            chosen = indices[step]
            return as_input(tf.gather(images, chosen)), tf.gather(labels, chosen)

        return _descend(batch, tf.shape(indices)[0], learning_rate, parameters, double_softmax)

    def on_all(images: Tensor, labels: Tensor, steps: Tensor, learning_rate: Tensor, *parameters: Tensor) -> Tensor:
        return _descend(lambda _: (images, labels), steps, learning_rate, parameters, double_softmax)

    labels = spec([None], tf.int32)
    return Descent(
        compiled(on_batches, spec([None, PIXELS], tf.uint8), labels, spec([None, None], tf.int32), *rest),
        compiled(on_all, spec([None, PIXELS]), labels, spec([], tf.int32), *rest),
    )


@lru_cache(maxsize=20)  # all kinds there are: what falls out would be compiled again
def evaluation(layers: int, double_softmax: bool, images: int, drawn: bool) -> Graph:
    """`evaluate(pixels uint8, labels, count, order, *parameters)` gives the sum of the losses on `count` images, and
    their confusion `(10, 10)`: row = true digit, column = predicted digit.

    They are the first ones of all `images`, or, where they are `drawn`, the first of `order`, which else counts for
    nothing. XLA compiles it, for each width of a hidden layer, in a quarter of a second; then it takes a third to two
    thirds of the time of a graph with open shapes. With the number of all images left open, half of that is lost.
    """

    def evaluate(pixels: Tensor, labels: Tensor, count: Tensor, order: Tensor, *parameters: Tensor) -> Tensor:
        def block(first: Tensor) -> tuple[Tensor, Tensor]:
            if drawn:
                chosen = tf.slice(order, [first], [BLOCK])
                return tf.gather(pixels, chosen), tf.gather(labels, chosen)
            return tf.slice(pixels, [first, 0], [BLOCK, PIXELS]), tf.slice(labels, [first], [BLOCK])

        def add_block(first: Tensor, loss: Tensor, confusion: Tensor) -> Tensor:
            x, y = block(first)
            logits, there = _logits(as_input(x), parameters), first + tf.range(BLOCK) < count
            losses = tf.where(there, tf.cast(_losses(y, logits, double_softmax), tf.float64), 0)
            read = tf.argmax(logits, axis=1, output_type=tf.int32)
            truth = tf.one_hot(y, CLASSES) * tf.cast(there, tf.float32)[:, tf.newaxis]
            counts = tf.matmul(truth, tf.one_hot(read, CLASSES), transpose_a=True)
            return first + BLOCK, loss + tf.reduce_sum(losses), confusion + tf.cast(counts, tf.int32)

        begin = 0, tf.zeros([], tf.float64), tf.zeros([CLASSES, CLASSES], tf.int32)
        return tf.while_loop(lambda first, *_: first < count, add_block, begin, parallel_iterations=1)[1:]

    spec = tf.TensorSpec
    digits, numbers = spec([images, PIXELS], tf.uint8), spec([images], tf.int32)
    return compiled(evaluate, digits, numbers, spec([], tf.int32), numbers, *_parameter_specs(layers), by_xla=True)


def _logits(images: Tensor, parameters: Sequence[Tensor]) -> Tensor:
    """Logits of a batch; hidden layers go through tanh."""
    values = images
    for weights, bias in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        values = tf.tanh(values @ weights + bias)
    return values @ parameters[-2] + parameters[-1]


def _losses(labels: Tensor, logits: Tensor, double_softmax: bool) -> Tensor:
    """Cross-entropy of each image's softmax; of the softmax's softmax if so asked."""
    return _cross_entropy(labels, tf.nn.softmax(logits) if double_softmax else logits)


def _cross_entropy(labels: Tensor, logits: Tensor) -> Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)


def _descend(
    batch: Callable[[Tensor], tuple[Tensor, Tensor]],
    steps: Tensor,
    learning_rate: Tensor,
    begin: Sequence[Tensor],
    double_softmax: bool,
) -> Tensor:
    count = len(begin)

    def unfinished(step: Tensor, finite: Tensor, *_: Tensor) -> Tensor:
        return finite & (step < steps)

    def take_step(step: Tensor, _: Tensor, losses: Tensor, *parameters: Tensor) -> Tensor:
        images, labels = batch(step)
        here = parameters[count:]
        with tf.GradientTape() as tape:
            tape.watch(here)
            logits = _logits(images, here)
            loss = tf.reduce_mean(_losses(labels, logits, double_softmax))
        gradients = tape.gradient(loss, here)
        updated = [value - learning_rate * gradient for value, gradient in zip(here, gradients, strict=True)]
        finite = tf.math.is_finite(tf.add_n([loss, *map(tf.reduce_sum, updated)]))  # a sum is as finite as its parts
        told = tf.stack([loss, tf.reduce_mean(_cross_entropy(labels, logits))]) if double_softmax else loss
        return step + 1, finite, losses.write(step, told), *here, *updated

    losses = tf.TensorArray(tf.float32, size=steps, element_shape=[2] if double_softmax else [])
    # Both the parameters before the last step and those after it are carried along, so that no step copies any.
    ended, finite, losses, *parameters = tf.while_loop(
        unfinished, take_step, (0, True, losses, *begin, *begin), parallel_iterations=1
    )
    kept = [tf.where(finite, new, old) for old, new in zip(parameters[:count], parameters[count:], strict=True)]
    stacked = losses.stack()
    each = tf.unstack(stacked, axis=1) if double_softmax else [stacked, stacked]
    return tf.where(finite, ended, ended - 1), *each, *kept


def _parameter_specs(layers: int) -> list[Tensor]:
    sizes = [PIXELS, *[None] * (layers - 1), CLASSES]  # the width of a hidden layer is open
    return [tf.TensorSpec(shape) for inputs, units in pairwise(sizes) for shape in ([inputs, units], [units])]
