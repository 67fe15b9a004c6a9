"""Weight images as PNG: the colours of the weights, where they belong."""

import io

import numpy as np
from PIL import Image

from mnist_core.charts import png
from mnist_core.training import checkpoint


def test_colours_are_seismic():
    colours = png.seismic(np.array([-2, -1, 0, 1, 2], np.float32), 2)
    assert colours.tolist() == [[0, 0, 77], [0, 0, 255], [255, 255, 255], [255, 0, 0], [128, 0, 0]]
    assert png.seismic(np.zeros(1, np.float32), 0).tolist() == [[255, 255, 255]]


def test_the_picture_holds_every_weight():
    weights = checkpoint.load(checkpoint.PRETRAINED)[1].parameters[0].weights
    sheet = np.asarray(Image.open(io.BytesIO(png.weights_png(weights, 4))))
    size = 28 * png.PIXEL
    expected = png.seismic(weights, float(np.abs(weights).max()))
    for digit in (0, 3, 4, 9):
        left = png.GAP + digit % 4 * (size + png.GAP)
        top = png.GAP + digit // 4 * (size + png.HEAD + png.GAP) + png.HEAD
        shown = sheet[top + 3 : top + size : png.PIXEL, left + 3 : left + size : png.PIXEL]
        assert (shown.reshape(784, 3) == expected[:, digit]).all()
