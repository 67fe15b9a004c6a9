"""Grids of MNIST digits, each with a few words; a tap on one turns to it on the Mistakes page."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core import dataset
from mnist_core.explain.misread import Indices
from ui import live_view
from ui.live_view import messages
from ui.live_view.message import Message
from ui.mistakes import choice
from ui.session import Slot


def of_test_digits(
    key: str, indices: Indices, labels: list[str], *, columns: int = 12, least: int = 0, reader: str | None = None
) -> None:
    """Test digits in a grid; a tap on one turns to it, as `reader` reads it."""
    images = dataset.load_test().images[indices]
    if not len(indices):
        st.caption("There are none.")
        return
    live_view.show(
        _pictures(images, labels, columns=columns, least=least, picks=True),
        key=f"gallery_{key}",
        on_pick=lambda place: (
            choice.show_digit(int(indices[int(place)]), reader) if int(place) < len(indices) else None
        ),
    )


def of_images(key: str, images: NDArray[np.generic], labels: list[str], *, columns: int) -> None:
    """Any images `(n, 784)` in a grid."""
    live_view.show(_pictures(images, labels, columns=columns), key=f"gallery_{key}")


def choose_index(chosen: Slot[int], size: int) -> int | None:
    """A box for the index of an image and a button that draws one; a sentence and None where there is no such image."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        index = st.number_input("Index", key=chosen.widget_key(), step=1, persist_state="session", width=140)
        st.button(
            "Random", key=f"random_{chosen.key}", icon=":material/casino:", on_click=_draw_index, args=(chosen, size)
        )
    if index is None or not 0 <= index < size:
        st.warning(f"Index is {index}; allowed: whole numbers from 0 to {size - 1:,}.", icon=":material/warning:")
        return None
    return int(index)


def _draw_index(chosen: Slot[int], size: int) -> None:
    chosen.set(int(np.random.default_rng().integers(size)))


def _pictures(
    images: NDArray[np.generic], labels: list[str], *, columns: int, least: int = 0, picks: bool = False
) -> Message:
    return messages.pictures(
        images.astype(np.float32),
        labels,
        caption="",
        alt=f"{len(labels)} digits.",
        columns=columns,
        least=least,
        picks=picks,
    )
