"""Tutorials: five published ones, to be run again, their figures beside ours."""

import streamlit as st

from mnist_core.studies.tutorials import TUTORIALS, a, b, d
from mnist_core.studies.tutorials.tutorial import Tutorial
from ui import navigation
from ui.one_of import one_of
from ui.train import dashboard
from ui.tutorials import card, looks


def render() -> None:
    """A card for the tutorial chosen: what it does, its runs, its figures, and what its reader can do here."""
    titles = {letter: f"{letter} · {tutorial.title}" for letter, tutorial in TUTORIALS.items()}
    letter = one_of("Tutorial", list(titles), key="tutorial", shown=False, format_func=lambda letter: titles[letter])
    tutorial = TUTORIALS[letter]
    _words(tutorial)
    card.buttons(tutorial)
    if card.current_trial(tutorial):
        dashboard.draw(wall=False)
    st.subheader("Published, and measured here", anchor=False)
    card.table(tutorial)
    looks.stops(tutorial)
    if a.LATER_SHUFFLES in tutorial.parts:
        looks.later_luck()
    if b.SHUFFLES in tutorial.parts:
        looks.luck()
    if d.SEEDS in tutorial.parts:
        looks.seeds()
    _further(tutorial)


def _words(tutorial: Tutorial) -> None:
    st.header(f"{tutorial.letter}: {tutorial.title}", anchor=False)
    st.caption(f"{tutorial.source[0].upper()}{tutorial.source[1:]}. {tutorial.teaches}")
    st.markdown(tutorial.tells)
    st.markdown(f"**Settings**: {card.settings(tutorial.trials[0])}")


def _further(tutorial: Tutorial) -> None:
    st.subheader("What its reader can do here", anchor=False)
    for page, words in tutorial.further:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(f"pages/{page}.py", label=page.title(), width=130)
            st.markdown(words, width="stretch")


navigation.show(render)
