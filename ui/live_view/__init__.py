"""The live view: pictures and curves that the browser plays as a film, on nodes that are never replaced.

Streamlit's own charts are mounted anew at every change of their data, which no film survives. Here each view is one
node; a tick of the server brings it a few states and player.js shows them one after the other.
"""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui.live_view.messages import Message

_HERE = Path(__file__).parent


def tiles(message: Message, *, key: str) -> None:
    """The ten weight images, or other square pictures in a grid."""
    _mount("tiles", message, key)


def curves(message: Message, *, key: str) -> None:
    """Loss and accuracy over the steps."""
    _mount("curves", message, key)


def wall(message: Message, *, key: str) -> None:
    """A wall of test digits with the misread ones framed."""
    _mount("wall", message, key)


def bars(message: Message, *, key: str) -> None:
    """Ten probabilities as bars, the largest one marked."""
    _mount("bars", message, key)


@cache
def _component(part: str) -> Any:
    """Streamlit's handle of one view; its script is the player followed by what is particular to the view."""
    return st.components.v2.component(
        f"mnist_lab_{part}",
        html=_text(f"{part}.html"),
        css=_text("style.css"),
        js=_text("player.js") + _text(f"{part}.js"),
        isolate_styles=False,  # every reader of the page finds the text; the style sheet keeps to .lab-view
    )


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _mount(part: str, message: Message, key: str) -> None:
    _component(part)(data=message.pack(), key=key)
