"""The list of pages, and the one door through which each of them is shown."""

import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from mnist_core.errors import MnistLabError
from mnist_core.formatting import as_text
from ui import browser, current_run, resources
from ui.session import Slot

FIRST_PAINT = 0.35  # seconds
ICON = Path(__file__).parents[1] / "docs" / "icon.png"  # a file: an icon by name would be fetched from elsewhere

_ENTERED = Slot("entered", bool)  # whether app.py has run in this visit
_PAINTED = Slot("painted", bool)


def run() -> None:
    """What app.py does at each run: set up the browser tab and the session, then show the page asked for.

    Errors of ours become a sentence here, and only here.
    """
    try:
        current_run.control()  # all work comes before the first word to the browser: see paint_first
        _ENTERED.set(True)
        _configure()
        page = _pages()
        with st.container():  # always there, so that nothing below is mounted anew when the browser tells what it is
            if browser.on_phone():  # whose menu may be folded away, and the name of the page with it
                _headline(page.title)
        page.run()
        browser.listen()  # last: nothing that is seen waits for it
        resources.engine()  # starts TensorFlow in its own process, once the first page is there to be read
    except MnistLabError as error:
        st.error(as_text(f"{error} Once that is put right, reload the page."), icon=":material/error:")


def show(render: Callable[[], None]) -> None:
    """Show a page: each file in pages/ ends with this call.

    A link to a page of a fresh server runs the page's file without app.py. Building the navigation tells Streamlit
    that there is one, and running again goes through app.py.
    """
    if not st.runtime.exists():  # imported by a process that is not the server
        return
    if not _ENTERED.get():
        _configure()
        _pages()
        st.rerun()
    render()


def _configure() -> None:
    """The browser tab: title and icon, before any page can ask for an icon of its own."""
    st.set_page_config(page_title="MNIST Lab", page_icon=str(ICON), layout="wide")


def _headline(title: str) -> None:
    st.subheader(title, anchor=False)
    st.caption(next(words for _, name, _, words in PAGES if name == title))


def paint_first() -> None:
    """At a session's first run, let the browser paint what is there before more is sent.

    Left to itself it holds back all that arrives together until the last widget's script is loaded, in steps of half
    a second. Measured: the Train button after 2.5 s without, 0.9 s with it, like that of an empty page.
    """
    if not _PAINTED.get():
        time.sleep(FIRST_PAINT)
        _PAINTED.set(True)  # only now: a first run that is cut short did not paint


PAGES = (  # file, title, icon, what it is for; the first is the one that "/" shows
    ("train", "Train", "play_circle", "Train a model on MNIST and watch its weights form."),
    ("draw", "Draw", "draw", "Draw a digit and see how models read it, pixel by pixel."),
    ("weights", "Weights", "grid_view", "What a model has learned, image by image and through its whole run."),
    ("mistakes", "Mistakes", "rule", "Which digits are misread, how surely, and why."),
    ("data", "Data", "dataset", "What the model gets to see, as pictures and as numbers."),
    ("ideas", "Ideas", "lightbulb", "Softmax, cross-entropy and gradient descent, to be moved by hand."),
    ("experiments", "Experiments", "science", "Questions of the kind “what if”, answered by doing."),
    ("tutorials", "Tutorials", "menu_book", "Five published tutorials, run again, their figures beside ours."),
)


def _pages() -> StreamlitPage:
    pages = [
        st.Page(
            f"pages/{file}.py",
            title=title,
            icon=f":material/{icon}:",
            help=words,
            default=file == "train",
            url_path="home" if file == "train" else None,
        )
        for file, title, icon, words in PAGES
    ]

    def to_train() -> None:
        st.switch_page(pages[0], query_params=st.query_params.to_dict())

    alias = st.Page(to_train, title="Train", url_path="train", visibility="hidden")  # the default page answers "/" only
    return st.navigation([*pages, alias], position="top")
