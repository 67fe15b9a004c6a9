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


def compile_totals(tf: Any, layers: int, double_softmax: bool, block: int) -> Any:
    """`totals(images uint8, labels, *parameters)`: the sum of all losses, and how many digits are read right."""
    spec = tf.TensorSpec

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False,
        input_signature=[spec([None, PIXELS], tf.uint8), spec([None], tf.int32), *_parameter_specs(tf, layers)],
    )
    def totals(images: Any, labels: Any, *parameters: Any) -> Any:
        def add_block(first: Any, loss: Any, right: Any) -> Any:
            x = tf.cast(images[first : first + block], tf.float32) * (1 / 255)
            y = labels[first : first + block]
            scores = _scores(tf, x, parameters)
            losses = _losses(tf, y, scores, double_softmax)
            correct = tf.equal(tf.argmax(scores, axis=1, output_type=tf.int32), y)
            return (
                first + block,
                loss + tf.reduce_sum(tf.cast(losses, tf.float64)),
                right + tf.reduce_sum(tf.cast(correct, tf.int32)),
            )

        begin = (0, tf.zeros([], tf.float64), 0)
        return tf.while_loop(lambda first, *_: first < tf.shape(labels)[0], add_block, begin, parallel_iterations=1)[1:]

    return totals


def _scores(tf: Any, images: Any, parameters: Tensors) -> Any:
    """Logits of a batch; hidden layers go through tanh."""
    values = images
    for weights, bias in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
        values = tf.tanh(values @ weights + bias)
    return values @ parameters[-2] + parameters[-1]


def _losses(tf: Any, labels: Any, scores: Any, double_softmax: bool) -> Any:
    """Cross-entropy of each image's softmax; of the softmax's softmax if so asked."""
    scores = tf.nn.softmax(scores) if double_softmax else scores
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores)


def _descend(
    tf: Any, batch: Callable[[Any], tuple[Any, Any]], steps: Any, rate: Any, begin: Tensors, double_softmax: bool
) -> Any:
    count = len(begin)

    def unfinished(step: Any, finite: Any, *_: Any) -> Any:
        return finite & (step < steps)

    def step_down(step: Any, _: Any, losses: Any, *parameters: Any) -> Any:
        images, labels = batch(step)
        here = parameters[count:]
        with tf.GradientTape() as tape:
            tape.watch(here)
            loss = tf.reduce_mean(_losses(tf, labels, _scores(tf, images, here), double_softmax))
        slopes = tape.gradient(loss, here)
        moved = [value - rate * slope for value, slope in zip(here, slopes, strict=True)]
        finite = tf.math.is_finite(tf.add_n([loss, *map(tf.reduce_sum, moved)]))  # a sum is as finite as its parts
        return step + 1, finite, losses.write(step, loss), *here, *moved

    losses = tf.TensorArray(tf.float32, size=steps, element_shape=[])
    # Both the parameters before the last step and those after it are carried along, so that no step copies any.
    ended, finite, losses, *parameters = tf.while_loop(
        unfinished, step_down, (0, True, losses, *begin, *begin), parallel_iterations=1
    )
    kept = [tf.where(finite, new, old) for old, new in zip(parameters[:count], parameters[count:], strict=True)]
    return tf.where(finite, ended, ended - 1), losses.stack(), *kept


def _parameter_specs(tf: Any, layers: int) -> list[Any]:
    sizes = [PIXELS, *[None] * (layers - 1), CLASSES]  # the width of a hidden layer is open
    return [tf.TensorSpec(shape) for inputs, units in pairwise(sizes) for shape in ([inputs, units], [units])]
