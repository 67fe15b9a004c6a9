"""The only reader and writer of Streamlit's session: typed slots, each declared once by the module that owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

T = TypeVar("T")


@dataclass(frozen=True)
class Slot(Generic[T]):
    """A value of one visit that outlives a change of page; `default` makes the first one.

    Nothing held in a slot is ever changed in place: each action sets a new value once.
    """

    key: str
    default: Callable[[], T]

    def get(self) -> T:
        """The value; the default where there is none yet, which is kept, or where a message of its widget has none."""
        if self.key not in st.session_state:
            st.session_state[self.key] = self.default()
        value: T | None = st.session_state[self.key]
        return self.default() if value is None else value

    def set(self, value: T) -> None:
        """Keep another value; where a widget shows it, before that is drawn or in a callback."""
        st.session_state[self.key] = value

    def widget_key(self) -> str:
        """The key for a widget that shows the value and changes it; it must be given no default of its own."""
        self.get()
        return self.key


def widget_value(key: str) -> Any:
    """What the widget of that key is set to; None where there is none."""
    return st.session_state.get(key)
