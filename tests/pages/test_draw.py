"""The Draw page without a browser: what a canvas may send, and what it should not."""

import io
import struct
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from tests.visit import opened, sound, words

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


def png(size: tuple[int, int], mode: str = "RGBA") -> bytes:
    """A 7 in the first 280 pixels of a black sheet."""
    picture, file = Image.new(mode, size), io.BytesIO()
    ImageDraw.Draw(picture).line([(85, 65), (195, 65), (130, 225)], "white", 22)
    picture.save(file, "PNG")
    return file.getvalue()


class Sent:
    """What the component makes of what a client sends."""

    def __init__(self, json_data: Any, image: Any) -> None:
        self.json_data, self.image = json_data, image

    @property
    def image_bytes(self) -> Any:
        if isinstance(self.image, Exception):
            raise self.image
        return self.image


@pytest.fixture
def app() -> AppTest:
    return sound(opened().switch_page("pages/draw.py").run())


def sends(app: AppTest, monkeypatch: pytest.MonkeyPatch, sent: Sent) -> AppTest:
    monkeypatch.setattr(sys.modules["ui.canvas"], "st_canvas", lambda **options: sent)
    return sound(app.run())


def reads(app: AppTest) -> list[str]:
    return [each.value for each in app.metric if each.label.endswith("reads")]


@pytest.mark.parametrize("side", [280, 560])
def test_a_drawing_is_unpacked_once_and_read(app, monkeypatch, side):
    unpack, times = Image.open, []
    monkeypatch.setattr(Image, "open", lambda *args, **options: times.append(args) or unpack(*args, **options))
    sends(app, monkeypatch, Sent({"objects": [1]}, png((side, side))))
    sound(app.run())
    assert reads(app) == ["7", "7"]
    assert len(times) == 1


def never(*args: Any, **options: Any) -> None:
    raise AssertionError("it was unpacked")


FORGED = {
    "6 GB": Sent({"objects": [1]}, png((9_000, 9_000), "1")),
    "a stripe": Sent({"objects": [1]}, png((280, 1_000))),
    "a dot": Sent({"objects": [1]}, png((1, 1))),
    "half": Sent({"objects": [1]}, png((280, 280))[:200]),
    "a header": Sent({"objects": [1]}, b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">2I", 280, 280)),
    "nothing": Sent({"objects": [1]}, b""),
    "no data": Sent({"objects": [1]}, ValueError("not enough values to unpack")),
    "no text": Sent({"objects": [1]}, AttributeError("'int' object has no attribute 'split'")),
    "no strokes": Sent([1], png((280, 280))),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_no_canvas_sends_is_passed_over(app, monkeypatch, forged):
    if forged not in ("half", "a header", "no data"):
        monkeypatch.setattr(Image, "open", never)
    sends(app, monkeypatch, FORGED[forged])
    assert "Nothing to read yet" in words(app)
    monkeypatch.undo()
    sends(app, monkeypatch, Sent({"objects": [2]}, png((280, 280))))
    assert reads(app) == ["7", "7"], "the visit goes on"


def test_a_forged_picture_leaves_the_drawing_as_it_was(app, monkeypatch):
    sends(app, monkeypatch, Sent({"objects": [1]}, png((280, 280))))
    sends(app, monkeypatch, FORGED["6 GB"])
    assert reads(app) == ["7", "7"]


def test_the_component_itself_may_fail_on_what_was_sent(app, monkeypatch):
    def failing(**options: Any) -> None:
        raise TypeError("'NoneType' object is not subscriptable")

    monkeypatch.setattr(sys.modules["ui.canvas"], "st_canvas", failing)
    sound(app.run())
    assert "Nothing to read yet" in words(app)
    assert np.all([each.value == "-" for each in app.metric])
