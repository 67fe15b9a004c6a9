"""Tasks: work in pieces of up to a few seconds, that a page has done one by one by the training process.

Pieces that need nothing of each other are a map, a way from stop to stop is a fold:

    map_tasks:  work(*inputs[0]), work(*inputs[1]), ...
    fold_tasks: start(), step(start(), stops[0]), step(what came before, stops[1]), ...

The first result of a fold is made where the work is done too, so that whoever asks for it need not have it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, TypeVarTuple

Inputs = TypeVarTuple("Inputs")
Result = TypeVar("Result")
Stop = TypeVar("Stop")
Keep = Literal["all", "last"]


@dataclass(frozen=True)
class Task:
    """One piece of a part, `work(*args)`; made by `map_tasks` and `fold_tasks`.

    One that `follows` gets the result before it too, as its first argument. Of a part that keeps the last one only,
    each result holds all that those before it held.
    """

    part: str
    work: Callable[..., Any]
    args: tuple[Any, ...] = ()
    follows: bool = False
    keep: Keep = "all"

    def arguments(self, results: Sequence[Any]) -> tuple[Any, ...]:
        """What the work is called with, given the results of the tasks before it."""
        return (*results[-1:], *self.args) if self.follows else self.args

    def added(self, results: tuple[Any, ...], result: Any) -> tuple[Any, ...]:
        """The results with this task's own; None in the place of the one before, where it need not be kept."""
        if self.follows and self.keep == "last":
            results = (*results[:-1], None)
        return (*results, result)


def map_tasks(part: str, work: Callable[[*Inputs], Any], inputs: Iterable[tuple[*Inputs]]) -> list[Task]:
    """A task for each of the inputs, tuples of arguments, with nothing between them."""
    return [Task(part, work, arguments) for arguments in inputs]


def fold_tasks(
    part: str,
    step: Callable[[Result, Stop], Result],
    start: Callable[[], Result],
    stops: Iterable[Stop],
    keep: Keep = "all",
) -> list[Task]:
    """A task that makes the first result, and one for each stop that makes the next from the result before it."""
    return [Task(part, start, keep=keep), *(Task(part, step, (stop,), follows=True, keep=keep) for stop in stops)]


def results_of(tasks: Iterable[Task]) -> tuple[Any, ...]:
    """The results of tasks done here and now, in turn."""
    results: tuple[Any, ...] = ()
    for task in tasks:
        results = task.added(results, task.work(*task.arguments(results)))
    return results
