"""A row of buttons of which one is always chosen, whatever a browser may send."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

import streamlit as st

T = TypeVar("T")


def one_of(
    label: str,
    options: Sequence[T],
    *,
    key: str,
    default: T | None = None,
    shown: bool = True,
    persist: bool = True,
    format_func: Callable[[Any], str] = str,
) -> T:
    """The option that is chosen; the default, or else the first one, where a message says that none is.

    `shown` is about the label; with `persist` the choice outlives visits to other pages.
    """
    first = options[0] if default is None else default
    visibility: Literal["visible", "collapsed"] = "visible" if shown else "collapsed"
    chosen = st.segmented_control(
        label,
        options,
        key=key,
        default=first,
        required=True,
        format_func=format_func,
        label_visibility=visibility,
        persist_state="session" if persist else None,
    )
    return first if chosen is None else chosen
