"""How fast to learn? Sixteen learning rates side by side."""

from functools import partial

from mnist_core.plan import Plan
from mnist_core.studies.tasks import Task, fold_tasks
from mnist_core.training import sweep

RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
STEPS, PIECES = 1_000, 20
PIECE = STEPS // PIECES  # steps of a task
SCORED = (0, 1, 2, 5, 10, *range(PIECE // 2, STEPS + 1, PIECE // 2))


def tasks() -> list[Task]:
    """One sweep over all rates, a few steps at a time."""
    plans = tuple(Plan(learning_rate=rate, steps=STEPS) for rate in RATES)
    start = partial(sweep.begin, plans, SCORED)
    return fold_tasks("learning rates", sweep.advance, start, [PIECE] * PIECES, keep="last")
