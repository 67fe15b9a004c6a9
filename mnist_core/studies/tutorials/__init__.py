"""The tutorials, one file each: its plan, its words, the figures it published, and how ours compare with them.

A file of one letter is a tutorial, and a `TUTORIAL` in it is all there is to know: a sixth one is one new file.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from mnist_core.studies.tasks import Task
from mnist_core.studies.tutorials.tutorial import Findings, Tutorial


def all_tutorials() -> dict[str, Tutorial]:
    """The tutorials of this folder, by letter."""
    names = sorted(module.name for module in iter_modules(__path__) if len(module.name) == 1)
    tutorials: list[Tutorial] = [import_module(f"{__name__}.{name}").TUTORIAL for name in names]
    return {tutorial.letter: tutorial for tutorial in tutorials}


TUTORIALS = all_tutorials()


def measure(letters: Sequence[str], advance: Callable[[float], None]) -> dict[str, Findings]:
    """All that has to be measured to compare the tutorials' figures with ours; `advance` hears the share done, 0..1.

    What two tutorials have in common is measured once.
    """
    wanted = {letter: TUTORIALS[letter].tasks() for letter in letters}
    distinct = list(dict.fromkeys(task for tasks in wanted.values() for task in tasks))
    done: dict[Task, Any] = {}
    for count, task in enumerate(distinct):
        advance(count / len(distinct))
        done[task] = task.work(*task.args)
    findings = {}
    for letter, tasks in wanted.items():
        parts = {part: [done[task] for task in tasks if task.part == part] for part in (task.part for task in tasks)}
        findings[letter] = TUTORIALS[letter].findings(parts)
    return findings
