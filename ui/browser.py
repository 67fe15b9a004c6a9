"""What the visitor's browser is like."""

import streamlit as st


def is_dark() -> bool:
    """Whether the page is shown in its dark theme."""
    kind: str | None = st.context.theme.type
    return kind == "dark"


def on_phone() -> bool:
    """Whether the browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
