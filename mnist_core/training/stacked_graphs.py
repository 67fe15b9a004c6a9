"""The compiled graphs of many linear models of one shape that train together: imported late, like those of one.

Where all see the same batches, their weights lie beside each other and each step is one wide product. Where each has
batches of its own, each step is one product of stacks. The formulas are those of softmax regression: dL/dz = p - y.
"""

from dataclasses import dataclass
from functools import lru_cache

from mnist_core.dataset import PIXELS
from mnist_core.model import CLASSES
from mnist_core.training.graphs import Graph, Tensor, as_input, compiled, tf


@dataclass(frozen=True)
class Stack:
    """Steps and evaluation of a stack of models, weights `(runs, 784, 10)` and bias `(runs, 1, 10)`.

    `on_shared(images uint8, labels, indices (steps, batch), learning rates (runs,), weights, bias)` and `on_own(...,
    indices (steps, runs, batch), ...)` give weights, bias and each step's losses `(steps, runs)`, before the step on
    its own batch; an index of -1 fills up a batch that is smaller than others.
    `evaluate(images float32, labels, weights, bias)` gives the mean losses `(runs,)`, summed up in float64, and
    confusions `(runs, 10, 10)`.
    """

    on_shared: Graph
    on_own: Graph
    evaluate: Graph


@lru_cache(maxsize=1)
def stack() -> Stack:
    """The graphs, with open numbers of runs, steps and images."""
    spec = tf.TensorSpec
    digits = spec([None, PIXELS], tf.uint8), spec([None], tf.int32)
    shared, own = spec([None, None], tf.int32), spec([None, None, None], tf.int32)
    weights, bias = spec([None, PIXELS, CLASSES]), spec([None, 1, CLASSES])
    return Stack(
        compiled(_on_shared, *digits, shared, spec([None]), weights, bias),
        compiled(_on_own, *digits, own, spec([None]), weights, bias),
        compiled(_evaluate, spec([None, PIXELS]), spec([None], tf.int32), weights, bias),
    )


def _on_shared(images: Tensor, labels: Tensor, indices: Tensor, rates: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    runs = tf.shape(weights)[0]

    def gradient(chosen: Tensor, wide: Tensor, bias: Tensor) -> Tensor:
        x, y = as_input(tf.gather(images, chosen)), tf.repeat(tf.gather(labels, chosen), runs)  # x: (batch, 784)
        batch = tf.shape(x)[0]
        losses, dz = _losses_and_dz(tf.reshape(x @ wide + bias, [-1, CLASSES]), y)
        dz = tf.reshape(dz, [batch, runs * CLASSES]) * (1 / tf.cast(batch, tf.float32))
        mean = tf.reduce_mean(tf.reshape(losses, [batch, runs]), axis=0)
        return mean, tf.matmul(x, dz, transpose_a=True), tf.reduce_sum(dz, axis=0)

    flat, each = tf.reshape(bias, [-1]), tf.repeat(rates, CLASSES)
    wide, flat, losses = _descend(indices, each, _beside(weights), flat, gradient)
    weights = tf.transpose(tf.reshape(wide, [PIXELS, runs, CLASSES]), [1, 0, 2])
    return weights, tf.reshape(flat, [runs, 1, CLASSES]), losses


def _on_own(images: Tensor, labels: Tensor, indices: Tensor, rates: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    def gradient(chosen: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
        there = tf.cast(chosen >= 0, tf.float32)  # (runs, batch)
        share = there / tf.reduce_sum(there, axis=1, keepdims=True)  # of each image in its run's mean
        chosen = tf.maximum(chosen, 0)
        x, y = as_input(tf.gather(images, chosen)), tf.reshape(tf.gather(labels, chosen), [-1])  # x: (runs, batch, 784)
        logits = x @ weights + bias
        losses, dz = _losses_and_dz(tf.reshape(logits, [-1, CLASSES]), y)
        dz = tf.reshape(dz, tf.shape(logits)) * share[:, :, tf.newaxis]
        mean = tf.reduce_sum(tf.reshape(losses, tf.shape(share)) * share, axis=1)
        return mean, tf.matmul(x, dz, transpose_a=True), tf.reduce_sum(dz, axis=1, keepdims=True)

    return _descend(indices, rates[:, tf.newaxis, tf.newaxis], weights, bias, gradient)


def _evaluate(images: Tensor, labels: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    runs = tf.shape(weights)[0]
    logits = tf.reshape(images @ _beside(weights), [-1, runs, CLASSES]) + tf.transpose(bias, [1, 0, 2])
    truth = tf.repeat(labels[:, tf.newaxis], runs, axis=1)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=truth, logits=logits)
    cells = CLASSES * truth + tf.argmax(logits, axis=2, output_type=tf.int32) + CLASSES**2 * tf.range(runs)
    counts = tf.math.bincount(tf.reshape(cells, [-1]), minlength=runs * CLASSES**2)
    return tf.reduce_mean(tf.cast(losses, tf.float64), axis=0), tf.reshape(counts, [runs, CLASSES, CLASSES])


def _descend(indices: Tensor, rates: Tensor, weights: Tensor, bias: Tensor, gradient: Graph) -> Tensor:
    """A step for each of the `indices`, down `gradient(chosen, weights, bias) -> (losses, dL/dweights, dL/dbias)`."""
    steps = tf.shape(indices)[0]

    def take_step(step: Tensor, losses: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
        loss, dw, db = gradient(indices[step], weights, bias)
        return step + 1, losses.write(step, loss), weights - rates * dw, bias - rates * db

    losses = tf.TensorArray(tf.float32, size=steps, element_shape=[None])
    _, losses, weights, bias = tf.while_loop(
        lambda step, *_: step < steps, take_step, (0, losses, weights, bias), parallel_iterations=1
    )
    return weights, bias, losses.stack()


def _losses_and_dz(logits: Tensor, labels: Tensor) -> Tensor:
    """The losses of logits z `(n, 10)`, and dL/dz = p - y."""
    return tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits(features=logits, labels=labels)


def _beside(weights: Tensor) -> Tensor:
    """Weights `(runs, 784, 10)` side by side: `(784, runs * 10)`."""
    return tf.reshape(tf.transpose(weights, [1, 0, 2]), [PIXELS, -1])
