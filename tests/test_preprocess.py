"""Drawings of any size, place, pen, polarity and colour model become the same digit."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core import dataset, model, preprocess
from mnist_core.errors import ImageError
from mnist_core.training import checkpoint


def seven(size: int = 280, pen: int = 24, left: float = 0.3, scale: float = 0.5) -> np.ndarray:
    """A 7, white on black, drawn with straight strokes."""
    picture = Image.new("L", (size, size))
    points = [(left, 0.2), (left + scale * 0.8, 0.2), (left + scale * 0.3, 0.2 + scale)]
    ImageDraw.Draw(picture).line([(x * size, y * size) for x, y in points], fill=255, width=pen, joint="curve")
    return np.asarray(picture)


def as_rgba(ink: np.ndarray, background: tuple[int, ...], pen: tuple[int, ...]) -> np.ndarray:
    return np.where(ink[..., np.newaxis] > 127, np.uint8(pen), np.uint8(background))


@pytest.mark.parametrize(
    "drawing",
    [
        255 - seven(),
        (seven() // 4 + 20).astype(np.uint8),
        as_rgba(seven(), (0, 0, 0, 0), (0, 0, 0, 255)),
        as_rgba(seven(), (0, 0, 0, 0), (255, 255, 255, 255)),
        as_rgba(seven(), (255, 255, 255, 255), (30, 60, 160, 255)),
        as_rgba(seven(), (255, 255, 255), (200, 30, 30)),
        np.pad(seven(), ((0, 300), (200, 0))),
    ],
    ids=["dark on light", "faint", "transparent, black", "transparent, white", "blue ink", "RGB", "elsewhere"],
)
def test_pen_paper_and_place_do_not_matter(drawing):
    assert np.abs(preprocess.prepare(drawing).centred.astype(int) - preprocess.prepare(seven()).centred).max() <= 8


@pytest.mark.parametrize("size", [28, 60, 1_000])
def test_size_does_not_matter_to_the_reading(size):
    _, state = checkpoint.load(checkpoint.PRETRAINED)
    stages = preprocess.prepare(seven(size, pen=max(2, size // 12)))
    assert model.predict(state.parameters, stages.pixels) == 7


def test_stages_fit_their_boxes():
    stages = preprocess.prepare(seven())
    top, left, bottom, right = stages.box
    assert stages.cropped.shape == (bottom - top, right - left)
    assert np.array_equal(stages.cropped, stages.ink[top:bottom, left:right])
    assert stages.fitted.shape == (20, 20)
    ink = np.argwhere(stages.fitted > 30)
    assert (ink.max(axis=0) - ink.min(axis=0) + 1).max() >= 19, "the longer side fills the box"
    mass = stages.centred / stages.centred.sum()
    centre = [(mass * index).sum() for index in np.indices((28, 28))]
    assert centre == pytest.approx([14, 14], abs=0.5)


@pytest.mark.parametrize(
    "drawing",
    [np.zeros((280, 280), np.uint8), np.full((50, 30, 3), 255, np.uint8), np.zeros((9, 9, 4), np.uint8),
     np.zeros((0, 0), np.uint8), np.full((40, 40), 7, np.uint8)],
)  # fmt: skip
def test_empty_drawing_is_none(drawing):
    assert preprocess.prepare(drawing) is None


@pytest.mark.parametrize("shape", [(1, 1), (1, 280), (280, 1), (2, 2)])
def test_odd_shapes_do_not_break(shape):
    drawing = np.zeros((280, 280), np.uint8)
    drawing[5 : 5 + shape[0], : shape[1]] = 255
    assert preprocess.prepare(drawing).centred.max() > 0


def test_moved_and_scaled_test_digits_are_read_as_well_as_untouched_ones():
    _, state = checkpoint.load(checkpoint.PRETRAINED)
    test, rng = dataset.load_test()[:2_000], np.random.default_rng(0)
    pixels = []
    for image in test.images:
        side = int(rng.integers(56, 281))
        top, left = rng.integers(0, 281 - side, 2)
        sheet = Image.new("L", (280, 280))
        sheet.paste(Image.fromarray(image.reshape(28, 28)).resize((side, side), Image.Resampling.BICUBIC), (left, top))
        pixels.append(preprocess.prepare(np.asarray(sheet)).pixels)
    untouched = (model.predict(state.parameters, test.images) == test.labels).mean()
    moved = (model.predict(state.parameters, np.stack(pixels)) == test.labels).mean()
    assert abs(moved - untouched) <= 0.015


@pytest.mark.parametrize("mode", ["L", "1", "RGB", "RGBA", "P", "LA", "CMYK", "I;16"])
def test_reads_every_usual_kind_of_picture(tmp_path, mode):
    path = tmp_path / ("digit.tiff" if mode in ("CMYK", "I;16") else "digit.png")
    picture = Image.fromarray(seven())
    if mode == "I;16":
        picture = Image.fromarray(seven().astype(np.uint16) * 257)
    elif mode in ("CMYK", "P"):
        picture = picture.convert("RGB").convert(mode)
    else:
        picture = picture.convert(mode)
    picture.save(path)
    found = preprocess.prepare(preprocess.read_image(path))
    assert np.abs(found.centred.astype(int) - preprocess.prepare(seven()).centred).max() <= 40


def test_files_that_are_no_pictures(tmp_path):
    text, cut = tmp_path / "text.png", tmp_path / "cut.png"
    text.write_text("not a picture")
    Image.fromarray(seven()).save(cut)
    cut.write_bytes(cut.read_bytes()[:200])
    with pytest.raises(ImageError, match=r"text\.png is not a picture"):
        preprocess.read_image(text)
    with pytest.raises(ImageError, match=r"cut\.png cannot be read"):
        preprocess.prepare(preprocess.read_image(cut))
    with pytest.raises(ImageError, match="does not exist"):
        preprocess.read_image(tmp_path / "none.png")
