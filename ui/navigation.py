"""The list of pages, and the one door through which each of them is shown."""

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from mnist_core.errors import MnistLabError
from ui import resources, session


def run() -> None:
    """What app.py does at each run: set up the browser tab and the session, then show the page asked for.

    Errors of ours become a sentence here, and only here.
    """
    st.set_page_config(page_title="MNIST Lab", page_icon=":material/grid_on:", layout="wide")
    resources.engine()  # starts TensorFlow in its own process while the first page is read
    page = _pages()
    try:
        session.set_up()
        page.run()
    except MnistLabError as error:
        st.error(f"{error} Once that is put right, reload the page.", icon=":material/error:")


def show(render: Callable[[], None]) -> None:
    """Show a page: each file in pages/ ends with this call.

    A link to a page of a fresh server runs the page's file without app.py. Building the navigation tells Streamlit
    that there is one, and running again goes through app.py.
    """
    if not st.runtime.exists():  # imported by a process that is not the server
        return
    if not session.is_set_up():
        _pages()
        st.rerun()
    render()


def _pages() -> StreamlitPage:
    train = st.Page(
        "pages/train.py", title="Train", icon=":material/play_circle:", default=True, url_path="home",
        help="Train softmax regression on MNIST and watch its weights form.",
    )  # fmt: skip
    draw = st.Page(
        "pages/draw.py", title="Draw", icon=":material/draw:",
        help="Draw a digit and see how the model reads it, pixel by pixel.",
    )  # fmt: skip

    def to_train() -> None:
        st.switch_page(train, query_params=st.query_params.to_dict())

    alias = st.Page(to_train, title="Train", url_path="train", visibility="hidden")  # the default page answers "/" only
    return st.navigation([train, draw, alias], position="top")
