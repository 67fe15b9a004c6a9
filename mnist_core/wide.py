"""Many linear models of one shape trained together: the TensorFlow graphs. They get the module handed in.

Where all see the same batches, their weights lie beside each other and each step is one wide product. Where each has
batches of its own, each step is one product of stacks. The formulas are those of softmax regression: dL/dz = p - y.
"""

from dataclasses import dataclass
from typing import Any

from mnist_core.dataset import PIXELS
from mnist_core.model import CLASSES


@dataclass(frozen=True)
class Wide:
    """Compiled steps and scores of a stack of models, weights `(runs, 784, 10)` and bias `(runs, 1, 10)`.

    `same(images uint8, labels, indices (steps, batch), rates (runs,), weights, bias)` and `apart(..., indices (steps,
    runs, batch), ...)` give weights, bias and each step's losses `(steps, runs)`, before the step on its own batch; an
    index of -1 fills up a batch that is smaller than others.
    `score(images float32, labels, weights, bias)` gives the mean losses and the accuracies `(runs,)`.
    """

    same: Any
    apart: Any
    score: Any


def compile_wide(tf: Any) -> Wide:
    """The graphs, with open numbers of runs, steps and images."""
    spec = tf.TensorSpec
    digits = [spec([None, PIXELS], tf.uint8), spec([None], tf.int32)]
    stack = [spec([None, PIXELS, CLASSES]), spec([None, 1, CLASSES])]

    def loop(indices: Any, rates: Any, weights: Any, bias: Any, slopes: Any) -> Any:
        """Steps down along `slopes(chosen, weights, bias) -> (losses, weights' slope, bias' slope)`."""
        steps = tf.shape(indices)[0]

        def step_down(step: Any, losses: Any, weights: Any, bias: Any) -> Any:
            loss, down, shift = slopes(indices[step], weights, bias)
            return step + 1, losses.write(step, loss), weights - rates * down, bias - rates * shift

        losses = tf.TensorArray(tf.float32, size=steps, element_shape=[None])
        _, losses, weights, bias = tf.while_loop(
            lambda step, *_: step < steps, step_down, (0, losses, weights, bias), parallel_iterations=1
        )
        return weights, bias, losses.stack()

    def against(scores: Any, truth: Any) -> Any:
        """The losses of scores `(n, 10)`, and their slopes p - y."""
        return tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits(features=scores, labels=truth)

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False, input_signature=[*digits, spec([None, None], tf.int32), spec([None]), *stack]
    )
    def same(images: Any, labels: Any, indices: Any, rates: Any, weights: Any, bias: Any) -> Any:
        runs = tf.shape(weights)[0]

        def slopes(chosen: Any, weights: Any, bias: Any) -> Any:
            x = tf.cast(tf.gather(images, chosen), tf.float32) * (1 / 255)  # (batch, 784)
            batch, truth = tf.shape(x)[0], tf.repeat(tf.gather(labels, chosen), runs)
            scores = tf.reshape(x @ weights + bias, [-1, CLASSES])
            losses, slope = against(scores, truth)
            beside = tf.reshape(slope, [batch, runs * CLASSES]) * (1 / tf.cast(batch, tf.float32))
            mean = tf.reduce_mean(tf.reshape(losses, [batch, runs]), axis=0)
            return mean, tf.matmul(x, beside, transpose_a=True), tf.reduce_sum(beside, axis=0)

        beside = tf.reshape(tf.transpose(weights, [1, 0, 2]), [PIXELS, runs * CLASSES])
        each = tf.repeat(rates, CLASSES)
        beside, shifts, losses = loop(indices, each, beside, tf.reshape(bias, [-1]), slopes)
        stacked = tf.transpose(tf.reshape(beside, [PIXELS, runs, CLASSES]), [1, 0, 2])
        return stacked, tf.reshape(shifts, [runs, 1, CLASSES]), losses

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False, input_signature=[*digits, spec([None, None, None], tf.int32), spec([None]), *stack]
    )
    def apart(images: Any, labels: Any, indices: Any, rates: Any, weights: Any, bias: Any) -> Any:
        def slopes(chosen: Any, weights: Any, bias: Any) -> Any:
            there = tf.cast(chosen >= 0, tf.float32)  # (runs, batch)
            shares = there / tf.reduce_sum(there, axis=1, keepdims=True)
            chosen = tf.maximum(chosen, 0)
            x = tf.cast(tf.gather(images, chosen), tf.float32) * (1 / 255)  # (runs, batch, 784)
            truth = tf.reshape(tf.gather(labels, chosen), [-1])
            scores = x @ weights + bias
            losses, slope = against(tf.reshape(scores, [-1, CLASSES]), truth)
            apart = tf.reshape(slope, tf.shape(scores)) * shares[:, :, tf.newaxis]
            mean = tf.reduce_sum(tf.reshape(losses, tf.shape(shares)) * shares, axis=1)
            return mean, tf.matmul(x, apart, transpose_a=True), tf.reduce_sum(apart, axis=1, keepdims=True)

        each = rates[:, tf.newaxis, tf.newaxis]
        return loop(indices, each, weights, bias, slopes)

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False, input_signature=[spec([None, PIXELS]), spec([None], tf.int32), *stack]
    )
    def score(images: Any, labels: Any, weights: Any, bias: Any) -> Any:
        runs = tf.shape(weights)[0]
        beside = tf.reshape(tf.transpose(weights, [1, 0, 2]), [PIXELS, runs * CLASSES])
        scores = tf.reshape(images @ beside, [-1, runs, CLASSES]) + tf.transpose(bias, [1, 0, 2])
        truth = tf.repeat(labels[:, tf.newaxis], runs, axis=1)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=truth, logits=scores)
        right = tf.equal(tf.argmax(scores, axis=2, output_type=tf.int32), truth)
        return tf.reduce_mean(losses, axis=0), tf.reduce_mean(tf.cast(right, tf.float64), axis=0)

    return Wide(same, apart, score)
