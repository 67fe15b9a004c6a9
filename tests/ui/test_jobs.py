"""Jobs without a page and without a worker: what they keep, what they count, and how long they say it takes."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from mnist_core.errors import EngineError
from mnist_core.studies.tasks import Task, fold_tasks, map_tasks
from ui import jobs
from ui.jobs import Job


@dataclass
class Answer:
    result: Any

    def poll(self, timeout: float) -> Any:
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    def abandon(self) -> None:
        pass


@dataclass
class Here:
    """An engine that does all work at once; `late` answers are None at first."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def ask(self, work: Any, *args: Any) -> Answer:
        self.asked.append(args)
        try:
            return Answer(work(*args))
        except Exception as error:
            return Answer(error)


def add(*numbers: int) -> int:
    return sum(numbers)


def fail() -> None:
    raise ZeroDivisionError("no")


def through(tasks: list[Task]) -> tuple[Job, Here]:
    engine = Here()
    job = jobs.begun(Job(tuple(tasks)), engine)  # type: ignore[arg-type]
    while job.active:
        job = jobs.advanced(job, engine, 0.0)  # type: ignore[arg-type]
    return job, engine


def test_steps_of_a_fold_get_the_result_before_them():
    job, engine = through(fold_tasks("a", add, partial(add, 1, 2), [10]) + map_tasks("b", add, [(5,)]))
    assert job.results == (3, 13, 5)
    assert engine.asked == [(), (3, 10), (5,)]
    assert job.finished and dict(job.found()) == {"a": (3, 13), "b": (5,)}


def test_a_fold_that_keeps_the_last_result_lets_go_of_those_before_it():
    job, _ = through(fold_tasks("sum", add, add, [1, 1], keep="last"))
    assert job.results == (None, None, 2)


def test_an_error_is_told_and_what_was_found_is_kept():
    job, _ = through(map_tasks("a", add, [(1,)]) + map_tasks("a", fail, [()]))
    assert job.results == (1,) and not job.finished
    assert "ZeroDivisionError: no" in job.problem and "kept" in job.problem


def test_time_on_other_pages_is_not_counted(monkeypatch: pytest.MonkeyPatch):
    clock = [100.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: clock[0])
    engine = Here()
    job = jobs.begun(Job(tuple(map_tasks("a", add, [(1,)] * 5))), engine)  # type: ignore[arg-type]
    assert job.seconds_left() is None
    for pause in (1.0, 1.0):
        clock[0] += pause
        job = jobs.advanced(job, engine, 0.0)  # type: ignore[arg-type]
    assert job.seconds_left() == pytest.approx(3.0)
    clock[0] += 600  # at another page
    job = jobs.advanced(job, engine, 0.0)  # type: ignore[arg-type]
    assert job.seconds_left() == pytest.approx(2 * (2 + jobs.LONGEST_LOOK) / 3)


def test_errors_of_ours_are_told_as_they_are():
    def lost() -> None:
        raise EngineError("The worker is gone.")

    job, _ = through(map_tasks("a", lost, [()]))
    assert job.problem == "The worker is gone."
