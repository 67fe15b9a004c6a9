"""The live view: pictures and curves that the browser plays as a film, on nodes that are never replaced.

Streamlit's own charts are mounted anew at every change of their data, which no film survives. Here each view is one
node; a tick of the server brings it a few states and player.js shows them one after the other.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui import session
from ui.live_view.messages import Message

_HERE = Path(__file__).parent


_SCRIPTS = {  # each view's script is made of these; what is common comes first
    "tiles": ("common", "player", "grid", "tiles"),
    "curves": ("common", "player", "curves"),
    "wall": ("common", "player", "wall"),
    "bars": ("common", "player", "rows", "bars"),
    "matrix": ("common", "player", "matrix"),
    "numbers": ("common", "player", "numbers"),
    "flat": ("common", "player", "flat"),
    "histogram": ("common", "player", "histogram"),
    "scrubber": ("common", "rows", "grid", "scrubber"),
}


def tiles(message: Message, *, key: str, on_pick: Callable[[Any], None] | None = None) -> None:
    """The ten weight images, or other square pictures in a grid; a tap may hand over the number of the picture."""
    _mount("tiles", message, key, on_pick)


def curves(message: Message, *, key: str) -> None:
    """Loss and accuracy over the steps."""
    _mount("curves", message, key)


def wall(message: Message, *, key: str) -> None:
    """A wall of test digits with the misread ones framed."""
    _mount("wall", message, key)


def bars(message: Message, *, key: str) -> None:
    """Ten probabilities as bars, the largest one marked."""
    _mount("bars", message, key)


def matrix(message: Message, *, key: str, on_pick: Callable[[Any], None]) -> None:
    """A confusion matrix; a tap hands over [true digit, predicted digit]."""
    _mount("matrix", message, key, on_pick)


def histogram(message: Message, *, key: str) -> None:
    """How often each value was found, with marks."""
    _mount("histogram", message, key)


def numbers(message: Message, *, key: str) -> None:
    """One image as its 784 numbers."""
    _mount("numbers", message, key)


def flat(message: Message, *, key: str) -> None:
    """Many images as rows of pixels; the one pointed at as an image."""
    _mount("flat", message, key)


def scrubber(message: Message, *, key: str) -> None:
    """A whole run to move through: weights, accuracy, confusion and a reading, step by step."""
    _mount("scrubber", message, key)


@cache
def _component(part: str) -> Any:
    """Streamlit's handle of one view."""
    return st.components.v2.component(
        f"mnist_lab_{part}",
        html=_text(f"{part}.html"),
        css=_text("style.css"),
        js="".join(_text(f"{name}.js") for name in _SCRIPTS[part]),
        isolate_styles=False,  # every reader of the page finds the text; the style sheet keeps to .lab-view
    )


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _mount(part: str, message: Message, key: str, on_pick: Callable[[Any], None] | None = None) -> None:
    if on_pick is None:
        _component(part)(data=message.pack(), key=key)
        return

    def picked() -> None:
        value = session.value_of(key, "picked")
        if value is not None:
            on_pick(value)

    _component(part)(data=message.pack(), key=key, on_picked_change=picked)
