"""Gradient descent as compiled loops: the TensorFlow graphs that training runs. They get the module handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mnist_core.dataset import PIXELS
from mnist_core.model import CLASSES

Tensors = Sequence[Any]


@dataclass(frozen=True)
class Loops:
    """Loops over batches and over the whole set; each gives (steps taken, losses, *parameters)."""

    batches: Any
    whole: Any


def compile_loops(tf: Any, layers: int, double_softmax: bool) -> Loops:
    """The loops for a model of so many layers, with open shapes: one graph for every batch, chunk and width.

    `batches(images uint8, labels, indices (steps, batch), rate, *parameters)` gathers each step's images;
    `whole(images float32, labels, steps, rate, *parameters)` takes them all. Parameters are weights and bias of each
    layer in turn. A step whose loss or parameters would not be finite is not taken, and ends the loop.
    """
    spec = tf.TensorSpec
    labels = spec([None], tf.int32)
    rest = [spec([]), *_parameter_specs(tf, layers)]

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False, input_signature=[spec([None, PIXELS], tf.uint8), labels, spec([None, None], tf.int32), *rest]
    )
    def batches(images: Any, labels: Any, indices: Any, rate: Any, *parameters: Any) -> Any:
        def batch(step: Any) -> tuple[Any, Any]:
            chosen = indices[step]
            return tf.cast(tf.gather(images, chosen), tf.float32) * (1 / 255), tf.gather(labels, chosen)

        return _descend(tf, batch, tf.shape(indices)[0], rate, parameters, double_softmax)

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False, input_signature=[spec([None, PIXELS]), labels, spec([], tf.int32), *rest]
    )
    def whole(images: Any, labels: Any, steps: Any, rate: Any, *parameters: Any) -> Any:
        return _descend(tf, lambda _: (images, labels), steps, rate, parameters, double_softmax)

    return Loops(batches, whole)


def mean_loss(tf: Any, images: Any, labels: Any, parameters: Tensors, double_softmax: bool) -> Any:
    """The mean cross-entropy of a batch, hidden layers through tanh; of the softmax's softmax if so asked."""
    values = images
    for weights, bias in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        values = tf.tanh(values @ weights + bias)
    scores = values @ parameters[-2] + parameters[-1]
    if double_softmax:
        scores = tf.nn.softmax(scores)
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores))


def _descend(
    tf: Any, batch: Callable[[Any], tuple[Any, Any]], steps: Any, rate: Any, begin: Tensors, double_softmax: bool
) -> Any:
    def unfinished(step: Any, finite: Any, *_: Any) -> Any:
        return finite & (step < steps)

    def step_down(step: Any, _: Any, losses: Any, *parameters: Any) -> Any:
        images, labels = batch(step)
        with tf.GradientTape() as tape:
            tape.watch(parameters)
            loss = mean_loss(tf, images, labels, parameters, double_softmax)
        slopes = tape.gradient(loss, parameters)
        moved = [value - rate * slope for value, slope in zip(parameters, slopes, strict=True)]
        finite = tf.reduce_all([tf.reduce_all(tf.math.is_finite(value)) for value in (loss, *moved)])
        kept = [tf.where(finite, new, old) for new, old in zip(moved, parameters, strict=True)]
        return step + tf.cast(finite, tf.int32), finite, losses.write(step, loss), *kept

    losses = tf.TensorArray(tf.float32, size=steps, element_shape=[])
    taken, _, losses, *parameters = tf.while_loop(
        unfinished, step_down, (0, True, losses, *begin), parallel_iterations=1
    )
    return taken, losses.stack(), *parameters


def _parameter_specs(tf: Any, layers: int) -> list[Any]:
    sizes = [PIXELS, *[None] * (layers - 1), CLASSES]  # the width of a hidden layer is open
    return [tf.TensorSpec(shape) for inputs, units in pairwise(sizes) for shape in ([inputs, units], [units])]
