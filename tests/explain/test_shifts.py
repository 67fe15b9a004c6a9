"""Moved weights against moved images, and published accuracies of moved digits."""

import numpy as np
import pytest

from mnist_core import dataset, metrics, model
from mnist_core.explain import shifts
from mnist_core.training import checkpoint


@pytest.fixture(scope="module")
def models():
    return [checkpoint.load(file)[1].parameters for file in (checkpoint.PRETRAINED, checkpoint.PRETRAINED_MLP)]


def moved_by_hand(image: np.ndarray, down: int, right: int) -> np.ndarray:
    square, result = image.reshape(28, 28), np.zeros((28, 28), image.dtype)
    for y in range(28):
        for x in range(28):
            if 0 <= y - down < 28 and 0 <= x - right < 28:
                result[y, x] = square[y - down, x - right]
    return result.ravel()


@pytest.mark.parametrize("move", [(0, 0), (3, -8), (-1, 2), (8, 8), (28, 0), (-40, 3)])
def test_moved_is_moved_pixel_by_pixel(move):
    images = dataset.load_test().images[:3]
    assert [image.tolist() for image in shifts.moved(images, *move)] == [
        moved_by_hand(image, *move).tolist() for image in images
    ]


@pytest.mark.parametrize("which", [0, 1], ids=["linear", "mlp"])
def test_moving_the_weights_is_moving_the_images(models, which):
    layers, test = models[which], dataset.load_test()
    moves = [(0, 0), (0, 1), (-2, 5), (8, -8)]
    found = shifts.shift_accuracy(layers, moves)
    for move, accuracy in zip(moves, found, strict=True):
        images = shifts.moved(test.images, *move)
        assert accuracy == pytest.approx(
            metrics.evaluate(layers, dataset.Digits(images, test.labels)).accuracy, abs=2e-4
        )
    scores = model.logits(shifts.moved_weights(layers, -2, 5), test.images[:50])
    assert scores == pytest.approx(model.logits(layers, shifts.moved(test.images[:50], -2, 5)), abs=1e-3)


def test_accuracy_falls_to_the_right_as_a_numpy_check_found(models):
    """Of a model of 92.3 %: 86.7, 66.0, 44.2, 24.2 % for one to four pixels to the right, to three points."""
    found = 100 * shifts.shift_accuracy(models[0], [(0, right) for right in range(5)])
    assert found == pytest.approx([92.3, 86.7, 66.0, 44.2, 24.2], abs=3)


def test_centring_undoes_a_shift_that_loses_no_ink(models):
    digits = dataset.load_test()[:500]
    plain = metrics.evaluate(models[0], digits).accuracy
    found = shifts.centred_accuracy(models[0], digits, [(0, 0), (2, -3), (-4, 4)])
    assert found == pytest.approx([plain] * 3, abs=0.02)


def test_centring_of_an_empty_image_and_of_a_corner():
    images = np.zeros((2, 784), np.uint8)
    images[1, 0] = 255
    assert shifts.centring(images).tolist() == [[0, 0], [14, 14]]
