"""Jobs: lists of tasks that the training process does one by one while the page stays awake; results stay when stopped.

Each function takes a job and gives a new one; none knows Streamlit.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mnist_core.studies.tasks import Task
from mnist_core.training.worker import Engine, Request
from ui import requests

LONGEST_LOOK = 2.0  # seconds between two looks at a job; longer, and its page was not open


@dataclass(frozen=True)
class Job:
    """Tasks, and the results of the first few of them; `request` is the one under way."""

    tasks: tuple[Task, ...]
    results: tuple[Any, ...] = ()
    request: Request[Any] | None = None
    problem: str = ""
    had: int = 0  # results it had when it was started or went on
    spent: float = 0.0  # seconds since then, those not counted in which nobody looked
    looked: float = 0.0  # by the clock

    @property
    def active(self) -> bool:
        """Whether a task is on its way."""
        return self.request is not None

    @property
    def finished(self) -> bool:
        """Whether every task has its result."""
        return len(self.results) == len(self.tasks)

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return len(self.results) / len(self.tasks)

    def seconds_left(self) -> float | None:
        """An estimate from the results since it was started; None while there is none."""
        new = len(self.results) - self.had
        return self.spent / new * (len(self.tasks) - len(self.results)) if new else None

    def found(self) -> Mapping[str, tuple[Any, ...]]:
        """The results so far, for each part in which there are some."""
        pairs = list(zip(self.tasks, self.results, strict=False))
        parts = dict.fromkeys(task.part for task, _ in pairs)
        return {part: tuple(result for task, result in pairs if task.part == part) for part in parts}


def begun(job: Job, engine: Engine) -> Job:
    """The job started, or going on where it was stopped."""
    return going_on(replace(job, had=len(job.results), spent=0.0, looked=time.monotonic()), engine)


def going_on(job: Job, engine: Engine) -> Job:
    """The job with its next task asked for."""
    if job.finished or job.active:
        return job
    task = job.tasks[len(job.results)]
    answer = requests.asked(lambda: engine.ask(task.work, *task.arguments(job.results)))
    return replace(job, request=answer.result, problem=answer.problem)


def advanced(job: Job, engine: Engine, seconds: float) -> Job:
    """The job with its result taken, if that comes within `seconds`, and the next task asked for.

    One result a look: parts that are quicker than the eye come at a pace at which they can be watched and stopped.
    """
    if job.request is None:
        return job
    answer = requests.polled(
        job.request, seconds, failed="This part could not be done", kept="What was found so far is kept."
    )
    if answer.problem:
        return replace(job, request=None, problem=answer.problem)
    now = time.monotonic()
    job = replace(job, spent=job.spent + min(now - job.looked, LONGEST_LOOK), looked=now)
    if answer.result is None:
        return job
    results = job.tasks[len(job.results)].added(job.results, answer.result)
    return going_on(replace(job, results=results, request=None), engine)


def halted(job: Job) -> Job:
    """The job without its request; what has been found stays."""
    if job.request is not None:
        job.request.abandon()
    return replace(job, request=None)
