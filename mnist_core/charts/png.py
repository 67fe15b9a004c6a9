"""Weights as picture files: the seismic colours of the screen, for handouts."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

from mnist_core.charts.palette import SEISMIC
from mnist_core.dataset import SIDE
from mnist_core.model import Floats

PIXEL = 6  # pixels of the picture for each of a weight image
GAP, HEAD = 8, 16


def seismic(values: Floats, scale: float) -> NDArray[np.uint8]:
    """Values `(...)` in -scale..scale as colours `(..., 3)`: blue, white at zero, red."""
    colours, places = [ImageColor.getrgb(name) for name in SEISMIC], np.linspace(0, 1, len(SEISMIC))
    at = np.clip(values / (2 * (scale or 1.0)) + 0.5, 0, 1)
    channels = [np.interp(at, places, [colour[channel] for colour in colours]) for channel in range(3)]
    return np.round(np.stack(channels, axis=-1)).astype(np.uint8)


def weights_png(weights: Floats, columns: int) -> bytes:
    """The images of weights `(784, n)` in a numbered grid on one symmetric scale, as a PNG file."""
    count, size = weights.shape[1], SIDE * PIXEL
    rows = -(-count // columns)
    sheet = Image.new("RGB", (columns * (size + GAP) + GAP, rows * (size + HEAD + GAP) + GAP), "white")
    pen, colours = ImageDraw.Draw(sheet), seismic(weights.T, float(np.abs(weights).max()))
    for number, image in enumerate(colours.reshape(count, SIDE, SIDE, 3)):
        left, top = GAP + number % columns * (size + GAP), GAP + number // columns * (size + HEAD + GAP)
        pen.text((left, top), str(number), fill="black")
        large = Image.fromarray(image).resize((size, size), Image.Resampling.NEAREST)
        sheet.paste(large, (left, top + HEAD))
        pen.rectangle((left - 1, top + HEAD - 1, left + size, top + HEAD + size), outline="#888888")
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()
