"""Training: a run is a function of its Plan, start(plan) -> State; advance(plan, state, steps) -> State, Log."""

from mnist_core.training.steps import (
    EMPTY_LOG,
    NO_LOSSES,
    Evaluation,
    Log,
    State,
    advance,
    descend,
    evaluate,
    reach,
    start,
    test_score,
    warm_up,
)

__all__ = [
    "EMPTY_LOG",
    "NO_LOSSES",
    "Evaluation",
    "Log",
    "State",
    "advance",
    "descend",
    "evaluate",
    "reach",
    "start",
    "test_score",
    "warm_up",
]
