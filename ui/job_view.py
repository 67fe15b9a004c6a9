"""A job on a page: its button, its progress with a Stop, and its results as they come."""

from collections.abc import Callable, Sequence

import streamlit as st

from mnist_core.studies.tasks import Task
from mnist_core.words import counted
from ui import session
from ui.board import TICK
from ui.jobs import Job

AGAIN = "Run again"


def draw(name: str, tasks: Sequence[Task], label: str, show: Callable[[Job], None]) -> None:
    """Draw a job that `label` starts; `show` draws its results, again whenever there is a new one."""
    job = session.job(name)
    ticking = job is not None and job.active
    st.fragment(run_every=TICK if ticking else None)(_tick)(name, tasks, label, show, ticking)


def _tick(name: str, tasks: Sequence[Task], label: str, show: Callable[[Job], None], ticking: bool) -> None:
    job = session.take_results(name)
    _button(name, tasks, label, job)
    if job is not None:
        if job.problem:
            st.error(job.problem, icon=":material/error:")
        if job.results:
            show(job)
    if ticking != (job is not None and job.active):
        st.rerun()  # the ticking ends, or begins, with the job


def _button(name: str, tasks: Sequence[Task], label: str, job: Job | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"job_{name}"):
        if job is not None and job.active:
            if st.button("Stop", key=f"stop_{name}"):
                session.stop_job(name)
                st.rerun()
            left = job.seconds_left()
            words = "" if left is None else f" · {left:.0f} s left"
            st.progress(job.share, f"{len(job.results)} of {counted(len(job.tasks), 'part')} done{words}")
        else:
            begun = job is not None and len(job.results) > 0
            finished = job is not None and job.finished
            words = AGAIN if finished else "Go on" if begun else label
            if st.button(words, key=f"{'again' if finished else 'start'}_{name}"):
                session.start_job(name, tasks)
                st.rerun()
