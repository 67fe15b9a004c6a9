"""Sheets to draw a digit on and to paint its weights on: the one module that knows streamlit-drawable-canvas."""

import io
import struct
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from ui import session
from ui.session import Slot

SIDE = 280  # pixels of the screen: fits a phone, and ten for each of the model's
LARGEST = 4 * SIDE  # a side of a sheet's picture: as finely as any screen shows it
PEN = 22  # as thick, against a digit that fills the sheet, as MNIST's pens

Picture = NDArray[np.uint8]  # RGBA, a square of 280 pixels or, from a fine screen, more


@dataclass(frozen=True)
class Sheet:
    """What is drawn: `begun_with` is where this visit's canvas began, `strokes` and `picture` are its newest state."""

    begun_with: dict[str, Any] | None = None
    strokes: dict[str, Any] | None = None
    picture: Picture | None = None
    cleared: int = 0


@dataclass(frozen=True)
class Told:
    """What a browser tells of a canvas: its strokes, as the component writes them, and what they look like."""

    strokes: dict[str, Any]
    picture: Picture


_SHEET = Slot("sheet", Sheet)
_READ = Slot[NDArray[np.uint8] | None]("last_drawing", lambda: None)
_UNPACKED = Slot[tuple[bytes, Picture]]("unpacked", lambda: (b"", np.zeros((SIDE, SIDE, 4), np.uint8)))
_TURN = Slot("paint_turn", int)  # how often the painting was cleared


def draw_digit() -> Picture | None:
    """Show the canvas and a clear button; return the drawing, or None for an empty sheet.

    Call it in a fragment: the canvas sends the drawing each time the pen is lifted.
    """
    sheet = _SHEET.get()
    if session.widget_value("canvas") is None:  # a new visit: the canvas is mounted anew, and goes on where it ended
        sheet = replace(sheet, begun_with=sheet.strokes)
    told = _canvas("canvas", PEN, "#ffffff", "#000000", sheet.begun_with)
    if told is not None and told.strokes != sheet.strokes:
        sheet = replace(sheet, strokes=told.strokes, picture=told.picture)
    _SHEET.set(sheet)
    st.button("Clear", key="clear", icon=":material/delete:", on_click=_clear, width=SIDE)
    return sheet.picture


def paint(name: str, colour: str, width: int) -> Picture | None:
    """Show a white sheet and a clear button; return what is on it, None before the browser has told.

    Each `name` has a sheet of its own; `colour` and `width`, in pixels, are the brush's.
    """
    told = _canvas(f"{name}_{_TURN.get()}", width, colour, "#ffffff")
    st.button("Clear", key="paint_clear", on_click=lambda: _TURN.set(_TURN.get() + 1))
    return None if told is None else told.picture


def _canvas(key: str, width: int, colour: str, paper: str, begun_with: dict[str, Any] | None = None) -> Told | None:
    """A canvas, and what its browser tells; None where that is nothing, or nothing that a canvas of ours would tell.

    Any client may send what it likes: a picture is unpacked only when it says that it is a square of the sheet's size,
    or as much finer as a screen may be.
    """
    try:
        result = st_canvas(
            stroke_width=width,
            stroke_color=colour,
            background_color=paper,
            initial_drawing=begun_with,
            height=SIDE,
            width=SIDE,
            return_image_data=True,
            key=key,
        )
        strokes, png = result.json_data, result.image_bytes
        if png is None or not isinstance(strokes, dict):
            return None
        return Told(strokes, _unpacked(png))
    except (AttributeError, KeyError, TypeError, ValueError, OSError, SyntaxError, struct.error):
        return None


def _unpacked(png: bytes) -> Picture:
    """A picture of the sheet, unpacked once."""
    known, picture = _UNPACKED.get()
    if png != known:
        width, height = struct.unpack(">2I", png[16:24])  # where a PNG tells them
        if width != height or not SIDE <= width <= LARGEST:
            raise ValueError(f"the sheet has {SIDE} x {SIDE} pixels, not {width} x {height}")
        with Image.open(io.BytesIO(png), formats=("PNG",)) as file:
            picture = np.asarray(file.convert("RGBA"))
        _UNPACKED.set((png, picture))
    return picture


def remember_pixels(pixels: NDArray[np.uint8] | None) -> None:
    """Keep what the model reads of the drawing, `(784,)`, for pages that follow it through a run; None for nothing."""
    _READ.set(pixels)


def last_pixels() -> NDArray[np.uint8] | None:
    """What the model read of the last drawing of this visit, if there was one."""
    return _READ.get()


def _clear() -> None:
    sheet = _SHEET.get()
    cleared = sheet.cleared + 1
    _SHEET.set(Sheet({"objects": [], "cleared": cleared}, None, None, cleared))
