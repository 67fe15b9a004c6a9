"""A drawing becomes an MNIST-like digit the way the originals were made, and every stage can be shown.

Source: Y. LeCun, C. Cortes, "The MNIST database": size-normalised into a 20 x 20 box with the aspect ratio kept,
then placed in 28 x 28 so that the centre of mass of the pixels is at the centre.
"""

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from mnist_core.dataset import PIXELS, SIDE
from mnist_core.errors import ImageError

BOX = 20
CENTRE = SIDE / 2  # the index the centre of mass goes to, by whole pixels
LEAST_CONTRAST = 0.08  # of full scale; below it a picture is empty paper
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
MOST_PIXELS = 16_000_000  # of a picture: a phone's photograph has 12 million; each takes 40 bytes on the way
LEAST_INK = 0.15  # of the strongest ink; below it a pixel is a smudge and does not widen the ink box

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Stages:
    """A drawing on its way to the model; ink is bright, as in MNIST: 0 background to 255 ink, uint8.

    `box` is the ink's (top, left, bottom, right) in the drawing, the last two exclusive.
    """

    ink: Bytes  # (height, width), the whole drawing
    box: tuple[int, int, int, int]
    cropped: Bytes  # the ink box alone
    fitted: Bytes  # (20, 20), longer side 20, aspect ratio kept
    centred: Bytes  # (28, 28), centre of mass in the middle

    @property
    def pixels(self) -> Bytes:
        """What the model reads: `(784,) uint8`."""
        return self.centred.reshape(PIXELS)


def prepare(drawing: NDArray[Any]) -> Stages | None:
    """Each stage of a drawing, or None when it is empty.

    `drawing` is `(height, width)` grey, `(height, width, 3)` RGB or `(height, width, 4)` RGBA, bytes 0..255, of any
    size, dark on light or light on dark, anywhere on the sheet, with any pen.
    """
    ink = _ink(drawing)
    if ink is None:
        return None
    top, left, bottom, right = box = _ink_box(ink)
    cropped = ink[top:bottom, left:right]
    small = _shrink(cropped)
    return Stages(ink, box, cropped, _place(small, BOX, BOX / 2, BOX / 2), _centre(small))


def read_image(path: Path) -> Bytes:
    """The picture in a file as RGBA bytes `(height, width, 4)`; ImageError when there is none to be read."""
    if path.exists() and not path.is_file():
        raise ImageError(f"{path} is no file; expected a picture file such as PNG or JPEG.")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size  # as it says itself: nothing is unpacked yet
            if width * height > MOST_PIXELS:
                raise ImageError(
                    f"{path} has {width:,} x {height:,} pixels; allowed: {MOST_PIXELS:,} in all. Make it smaller."
                )
            upright = ImageOps.exif_transpose(picture)
            if upright.mode.startswith(("I", "F")):  # 16 bits and more: PIL would clip them, not scale them
                upright = _eight_bits(upright)
            return np.asarray(upright.convert("RGBA"))
    except FileNotFoundError:
        raise ImageError(f"{path} does not exist; expected a picture file such as PNG or JPEG.") from None
    except UnidentifiedImageError:
        raise ImageError(
            f"{path} is not a picture that can be read; expected PNG, JPEG, GIF, BMP, TIFF or WebP."
        ) from None
    except (OSError, SyntaxError, ValueError, OverflowError, Image.DecompressionBombError) as error:
        raise ImageError(f"{path} cannot be read as a picture ({error}).") from error


def _eight_bits(picture: Image.Image) -> Image.Image:
    values = np.asarray(picture, np.float64)
    span = max(values.max() - values.min(), 1.0)
    return Image.fromarray(((values - values.min()) * (255 / span)).astype(np.uint8))


def _ink(drawing: NDArray[Any]) -> Bytes | None:
    """How far each pixel is from the paper, scaled so that the strongest ink is 255; None for empty paper."""
    for grey in _greys(drawing):
        paper = np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]))
        distance = np.abs(grey - paper)
        if distance.max() >= 255 * LEAST_CONTRAST:
            ink: Bytes = np.round(distance * (255 / distance.max())).astype(np.uint8)
            return ink
    return None


def _greys(drawing: NDArray[Any]) -> list[NDArray[np.float64]]:
    """The drawing as grey `(height, width)`; where it is transparent, on white paper and on black."""
    values = np.asarray(drawing, np.float64)
    if values.size == 0:
        return []
    if values.ndim == 2:
        return [values]
    grey = values[..., :3] @ [0.299, 0.587, 0.114]  # ITU-R BT.601 luma
    if values.shape[2] == 3:
        return [grey]
    cover = values[..., 3] / 255
    return [grey * cover + paper * (1 - cover) for paper in (255, 0)]


def _ink_box(ink: Bytes) -> tuple[int, int, int, int]:
    strong = ink >= 255 * LEAST_INK
    rows, columns = np.flatnonzero(strong.any(axis=1)), np.flatnonzero(strong.any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def _shrink(cropped: Bytes) -> Bytes:
    """Longer side 20 pixels, aspect ratio kept; Pillow widens the filter when it shrinks, so no pixel is skipped."""
    height, width = cropped.shape
    scale = BOX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(cropped).resize(size, Image.Resampling.BILINEAR))


def _centre(small: Bytes) -> Bytes:
    rows, columns = np.indices(small.shape)
    mass = small.sum(dtype=np.float64)
    down, right = (rows * small).sum() / mass, (columns * small).sum() / mass
    return _place(small, SIDE, CENTRE - down + small.shape[0] / 2, CENTRE - right + small.shape[1] / 2)


def _place(small: Bytes, side: int, middle_row: float, middle_column: float) -> Bytes:
    """Paste an image on an empty square so that its middle lies as near to a point as whole pixels and edges allow."""
    height, width = small.shape
    top = min(max(round(middle_row - height / 2), 0), side - height)
    left = min(max(round(middle_column - width / 2), 0), side - width)
    square = np.zeros((side, side), np.uint8)
    square[top : top + height, left : left + width] = small
    return square
