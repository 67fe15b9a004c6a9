"""Sheets to draw a digit on and to paint its weights on: the one module that knows streamlit-drawable-canvas."""

import io
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
PEN = 22  # as thick, against a digit that fills the sheet, as MNIST's pens


@dataclass(frozen=True)
class Sheet:
    """What is drawn: `begun_with` is where this visit's canvas began, `strokes` and `picture` are its newest state."""

    begun_with: dict[str, Any] | None = None
    strokes: dict[str, Any] | None = None
    picture: bytes | None = None
    cleared: int = 0


_SHEET = Slot("sheet", Sheet)
_READ = Slot[NDArray[np.uint8] | None]("last_drawing", lambda: None)
_TURN = Slot("paint_turn", int)  # how often the painting was cleared


def draw_digit() -> NDArray[np.uint8] | None:
    """Show the canvas and a clear button; return the drawing as RGBA `(280, 280, 4) uint8`, or None for an empty sheet.

    Call it in a fragment: the canvas sends the drawing each time the pen is lifted.
    """
    sheet = _SHEET.get()
    if session.widget_value("canvas") is None:  # a new visit: the canvas is mounted anew, and goes on where it ended
        sheet = replace(sheet, begun_with=sheet.strokes)
    result = st_canvas(
        stroke_width=PEN,
        stroke_color="#ffffff",
        background_color="#000000",
        initial_drawing=sheet.begun_with,
        height=SIDE,
        width=SIDE,
        return_image_data=True,
        key="canvas",
    )
    if result.image_bytes is not None and result.json_data != sheet.strokes:
        sheet = replace(sheet, strokes=result.json_data, picture=result.image_bytes)
    _SHEET.set(sheet)
    st.button("Clear", key="clear", icon=":material/delete:", on_click=_clear, width=SIDE)
    if sheet.picture is None:
        return None
    with Image.open(io.BytesIO(sheet.picture)) as picture:
        return np.asarray(picture.convert("RGBA"))


def paint(name: str, colour: str, width: int) -> NDArray[np.uint8] | None:
    """Show a white sheet and a clear button; return it as RGBA `(280, 280, 4) uint8`, None before the browser has told.

    Each `name` has a sheet of its own; `colour` and `width`, in pixels, are the brush's.
    """
    result = st_canvas(
        stroke_width=width,
        stroke_color=colour,
        background_color="#ffffff",
        height=SIDE,
        width=SIDE,
        return_image_data=True,
        key=f"{name}_{_TURN.get()}",
    )
    st.button("Clear", key="paint_clear", on_click=lambda: _TURN.set(_TURN.get() + 1))
    return None if result.image_data is None else np.asarray(result.image_data, np.uint8)


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
