"""A job of this visit on a page: its button, its progress with a Stop, and its results as they come."""

from collections.abc import Callable, Sequence

import streamlit as st

from mnist_core.formatting import as_text, counted
from mnist_core.studies.tasks import Task
from ui import jobs, resources
from ui.current_run import PATIENCE
from ui.jobs import Job
from ui.session import Slot
from ui.train.dashboard import TICK

AGAIN = "Run again"


def job(name: str) -> Job | None:
    """The job of that name, if it was ever started."""
    return _slot(name).get()


def draw(name: str, tasks: Sequence[Task], label: str, show: Callable[[Job], None]) -> None:
    """Draw a job that `label` starts; `show` draws its results, again whenever there is a new one."""
    job = _slot(name).get()
    ticking = job is not None and job.active
    st.fragment(run_every=TICK if ticking else None)(_tick)(name, tasks, label, show, ticking)


def _tick(name: str, tasks: Sequence[Task], label: str, show: Callable[[Job], None], ticking: bool) -> None:
    job = _take_result(name)
    _button(name, tasks, label, job)
    if job is not None:
        if job.problem:
            st.error(as_text(job.problem), icon=":material/error:")
        if job.results:
            show(job)
    if ticking != (job is not None and job.active):
        st.rerun()  # the ticking ends, or begins, with the job


def _button(name: str, tasks: Sequence[Task], label: str, job: Job | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"job_{name}"):
        if job is not None and job.active:
            if st.button("Stop", key=f"stop_{name}"):
                _slot(name).set(jobs.halted(job))
                st.rerun()
            left = job.seconds_left()
            words = "" if left is None else f" · {left:.0f} s left"
            st.progress(job.share, f"{len(job.results)} of {counted(len(job.tasks), 'part')} done{words}")
        else:
            begun = job is not None and len(job.results) > 0
            finished = job is not None and job.finished
            words = AGAIN if finished else "Continue" if begun else label
            if st.button(words, key=f"{'again' if finished else 'start'}_{name}"):
                _start(name, tasks)
                st.rerun()


def _slot(name: str) -> Slot[Job | None]:
    return Slot(f"job_{name}", lambda: None)


def _start(name: str, tasks: Sequence[Task]) -> None:
    """Begin a job, go on with it where it was stopped, or begin it again when it was finished."""
    before = job(name)
    todo = Job(tuple(tasks)) if before is None or before.finished else before
    _slot(name).set(jobs.begun(todo, resources.engine()))


def _take_result(name: str) -> Job | None:
    """Take a result that is ready, and ask for the next task before anything is drawn."""
    before = job(name)
    if before is not None and before.active:
        _slot(name).set(jobs.advanced(before, resources.engine(), PATIENCE))
    return job(name)
