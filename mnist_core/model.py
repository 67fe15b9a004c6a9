"""The model in NumPy, for one digit or for a whole test set: logits, probabilities, prediction, evidence.

A model is a tuple of layers. The linear one has a single layer: z = x W + b, p = softmax(z). The MLP (multilayer
perceptron) has one hidden layer before it: h = tanh(x V + c), z = h W + b.
"""

import math
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from mnist_core.dataset import PIXELS

Floats = NDArray[np.float32]
AnyFloats = TypeVar("AnyFloats", NDArray[np.float32], NDArray[np.float64])
CLASSES = 10


class Layer(NamedTuple):
    """Weights `(inputs, units) float32` and bias `(units,) float32` of one fully connected layer."""

    weights: Floats
    bias: Floats


Parameters = tuple[Layer, ...]  # of a whole model: one hidden layer or none, then the layer of the ten digits


class Change(NamedTuple):
    """The weight of a layer that differs most between two models: from which input to which unit, by how much."""

    layer: int
    source: int
    unit: int
    size: float


def zeros() -> Parameters:
    """The untrained linear model: every weight and bias zero, so that every digit is equally likely."""
    return (Layer(np.zeros((PIXELS, CLASSES), np.float32), np.zeros(CLASSES, np.float32)),)


def glorot(hidden_units: int, seed: int) -> Parameters:
    """The untrained MLP: weights drawn uniformly from +-sqrt(6 / (inputs + units)), biases zero.

    Were they all zero, every hidden unit would stay like every other. Source: X. Glorot, Y. Bengio, "Understanding
    the difficulty of training deep feedforward neural networks", 2010, equation 16.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))  # a stream apart from the batches'
    parameters = []
    for inputs, units in ((PIXELS, hidden_units), (hidden_units, CLASSES)):
        limit = math.sqrt(6 / (inputs + units))
        parameters.append(
            Layer(rng.uniform(-limit, limit, (inputs, units)).astype(np.float32), np.zeros(units, np.float32))
        )
    return tuple(parameters)


def hidden(parameters: Parameters, images: NDArray[np.generic]) -> Floats:
    """What the last layer gets to see of images `(..., 784)`: tanh(x V + c) of the hidden layer, or x itself."""
    values = as_input(images)
    for layer in parameters[:-1]:
        values = np.tanh(values @ layer.weights + layer.bias)
    return values


def as_input(images: NDArray[np.generic]) -> Floats:
    """Images as the model reads them: bytes 0..255 become float32 0..1; floats stay as they are."""
    if images.dtype == np.uint8:
        floats: Floats = np.multiply(images, np.float32(1 / 255), dtype=np.float32)  # in one go: no copy in between
        return floats
    return images.astype(np.float32, copy=False)


def logits(parameters: Parameters, images: NDArray[np.generic]) -> Floats:
    """Scores `(..., 10)` of images `(..., 784)`, uint8 or floats in 0..1: z = h W + b."""
    scores: Floats = hidden(parameters, images) @ parameters[-1].weights + parameters[-1].bias
    return scores


def softmax(scores: AnyFloats) -> AnyFloats:
    """Probabilities of scores along the last axis: p_k = exp(z_k) / sum_j exp(z_j)."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))  # a constant added to all z changes nothing
    shares: AnyFloats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def probabilities(parameters: Parameters, images: NDArray[np.generic]) -> Floats:
    """Probabilities `(..., 10)` of images `(..., 784)`."""
    return softmax(logits(parameters, images))


def predict(parameters: Parameters, images: NDArray[np.generic]) -> NDArray[np.intp]:
    """The most probable digit `(...)` of images `(..., 784)`; on a tie, the smallest."""
    digits: NDArray[np.intp] = logits(parameters, images).argmax(axis=-1)
    return digits


def gradient(parameters: Parameters, x: Floats, y: NDArray[np.integer]) -> Parameters:
    """dL/dW and dL/db of each layer, for L the mean cross-entropy of inputs x `(n, 784)` with labels y `(n,)`.

    At the logits dL/dz = (p - onehot(y)) / n; below them it goes back through the weights, and through tanh, whose
    slope is 1 - tanh².
    """
    inputs = [x]
    for layer in parameters[:-1]:
        inputs.append(np.tanh(inputs[-1] @ layer.weights + layer.bias))
    dz = softmax(inputs[-1] @ parameters[-1].weights + parameters[-1].bias)
    dz[np.arange(len(y)), y] -= 1
    dz /= len(y)
    gradients = [Layer(inputs[-1].T @ dz, dz.sum(axis=0))]
    for layer, values, below in zip(parameters[:0:-1], inputs[:0:-1], inputs[-2::-1], strict=True):
        dz = (dz @ layer.weights.T) * (1 - values**2)
        gradients.append(Layer(below.T @ dz, dz.sum(axis=0)))
    return tuple(reversed(gradients))


def updated(parameters: Parameters, gradients: Parameters, learning_rate: float) -> Parameters:
    """The parameters after one step of gradient descent: theta - learning_rate * dL/dtheta."""
    rate = np.float32(learning_rate)
    return tuple(
        Layer(layer.weights - rate * down.weights, layer.bias - rate * down.bias)
        for layer, down in zip(parameters, gradients, strict=True)
    )


def evidence(parameters: Parameters, image: NDArray[np.generic]) -> Floats:
    """What each pixel, or in an MLP each hidden unit, says of one image `(784,)` for each digit: h_i W_ik.

    Shape `(784, 10)` or `(hidden units, 10)`. The column of digit k and the bias b_k sum to its logit:
    sum_i h_i W_ik + b_k = z_k.
    """
    votes: Floats = hidden(parameters, image)[:, np.newaxis] * parameters[-1].weights
    return votes


def largest_changes(old: Parameters, new: Parameters) -> list[Change]:
    """In each layer of two models of one shape, the weight that differs most, and its difference, new less old."""
    found = []
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        change = after.weights - before.weights
        source, unit = (int(at) for at in np.unravel_index(np.abs(change).argmax(), change.shape))
        found.append(Change(number, source, unit, float(change[source, unit])))
    return found
