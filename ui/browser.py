"""What the visitor's browser is like: dark or light; a phone's or a tablet's, or one with a mouse and room."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui import session

NARROW = 640  # pixels: below it Streamlit puts columns below each other
_PHONE = f"(pointer: coarse), (max-width: {NARROW - 1}px)"
_KEY = "browser"


def listen() -> None:
    """Have the browser tell, now or when its window changes, where it is not what the page was drawn for."""
    _component()(key=_KEY, data={"phone": on_phone(), "query": _PHONE}, on_phone_change=lambda: None)


def is_dark() -> bool:
    """Whether the page is shown in its dark theme."""
    kind: str | None = st.context.theme.type
    return kind == "dark"


def on_phone() -> bool:
    """Whether it is used with a finger or has a narrow window; before it has told, whether it is called a phone's."""
    told: bool | None = getattr(session.widget_value(_KEY), "phone", None)
    return "Mobi" in st.context.headers.get("User-Agent", "") if told is None else told


@cache
def _component() -> Any:
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return st.components.v2.component("mnist_lab_browser", js=script)
