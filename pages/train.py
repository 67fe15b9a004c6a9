"""Train: press one button and watch ten grey squares become digits."""

import streamlit as st

from mnist_core.formatting import as_text, short
from ui import current_run, draft, navigation
from ui.run_control import Phase
from ui.train import dashboard, plan_form


def render() -> None:
    """The sidebar decides a run; the buttons drive it; the board shows it."""
    draft.follow_link()
    current_run.match_plan()
    st.sidebar.markdown("**The next run**")  # opens the sidebar at once, so that nothing moves when it fills
    for problem in draft.problems():
        kept = short(getattr(draft.plan(), problem.field))
        st.warning(as_text(f"{problem} The page goes on with {kept}."), icon=":material/warning:")
    _buttons()
    navigation.paint_first()
    plan_form.sidebar()
    dashboard.draw()


def _buttons() -> None:
    control = current_run.control()
    running, finished = control.phase is Phase.RUNNING, control.phase is Phase.FINISHED
    with st.container(horizontal=True, key="buttons"):
        st.button("Train", key="train", type="primary", shortcut="T", on_click=current_run.train)
        if running:
            st.button("Pause", key="pause", shortcut="Space", on_click=current_run.pause)
        else:
            none_left = control.phase in (Phase.FRESH, Phase.FINISHED)
            st.button("Resume", key="pause", shortcut="Space", on_click=current_run.resume, disabled=none_left)
        for count, key in ((1, "1"), (10, "2")):
            words, args = f"Step {count}", (count,)
            st.button(words, key=f"step{count}", shortcut=key, on_click=current_run.step, args=args, disabled=finished)
        if running:
            st.button("Stop", key="reset", shortcut="0", on_click=current_run.stop)
        else:
            st.button("Reset", key="reset", shortcut="0", on_click=current_run.reset, disabled=control.untrained)


navigation.show(render)
