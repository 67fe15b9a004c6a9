"""Train: press one button and watch ten grey squares become digits."""

import streamlit as st

from mnist_core.words import short
from ui import board, navigation, plan_form, session


def render() -> None:
    """The sidebar decides a run; the buttons drive it; the board shows it."""
    session.follow_link()
    session.match_plan()
    st.sidebar.markdown("**The next run**")  # opens the sidebar at once, so that nothing moves when it fills
    for problem in session.problems():
        kept = short(getattr(session.plan(), problem.field))
        st.warning(f"{problem} The page goes on with {kept}.", icon=":material/warning:")
    _buttons()
    navigation.paint_first()
    plan_form.sidebar()
    board.draw()


def _buttons() -> None:
    desk = session.desk()
    with st.container(horizontal=True, key="buttons"):
        st.button(
            "Train", key="train", type="primary", shortcut="T", on_click=session.train,
        )  # fmt: skip
        if desk.active:
            st.button("Pause", key="pause", shortcut="Space", on_click=session.pause)
        else:
            st.button(
                "Resume", key="pause", shortcut="Space", on_click=session.resume,
                disabled=desk.run.finished or desk.run.state.step == 0,
            )  # fmt: skip
        st.button("Step 1", key="step1", on_click=session.step, args=(1,), disabled=desk.run.finished, shortcut="1")
        st.button("Step 10", key="step10", on_click=session.step, args=(10,), disabled=desk.run.finished, shortcut="2")
        if desk.active:
            st.button("Stop", key="reset", on_click=session.stop, shortcut="0")
        else:
            st.button(
                "Reset", key="reset", on_click=session.reset, shortcut="0",
                disabled=desk.run.state.step == 0,
            )  # fmt: skip


navigation.show(render)
