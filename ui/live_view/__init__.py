"""The live view: pictures and curves that the browser plays as they come, on nodes that are never replaced.

Streamlit's own charts are mounted anew at every change of their data, which no film survives. Here each view is one
node; a tick of the server brings it a few frames, and js/player.js shows them one after the other.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui import session
from ui.live_view.bundle import bundle
from ui.live_view.message import Message

STYLE = Path(__file__).parent / "style.css"


def show(message: Message, *, key: str, on_pick: Callable[[Any], None] | None = None) -> None:
    """Show a message in its view; where the view can be tapped, `on_pick` gets what was."""
    if on_pick is None:
        _component(message.view)(data=message.pack(), key=key)
        return

    def picked() -> None:
        value = getattr(session.widget_value(key), "picked", None)
        if value is not None:
            on_pick(value)

    _component(message.view)(data=message.pack(), key=key, on_picked_change=picked)


@cache
def _component(view: str) -> Any:
    """Streamlit's handle of one view."""
    return st.components.v2.component(
        f"mnist_lab_{view}",
        html='<div class="lab-view"></div>',
        css=STYLE.read_text(encoding="utf-8"),
        js=bundle(view),
        isolate_styles=False,  # every reader of the page finds the text; the style sheet keeps to .lab-view
    )
