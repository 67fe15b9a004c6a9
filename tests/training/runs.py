"""Whole runs, chunk by chunk, as a screen gets them."""

from mnist_core import metrics, model
from mnist_core.dataset import load_test
from mnist_core.plan import Plan
from mnist_core.training import run
from mnist_core.training.chunk import train_chunk

UNTRAINED = metrics.evaluate(model.zeros(), load_test())


def played(plan: Plan, **options) -> run.Run:
    current = run.begin(plan, UNTRAINED)
    while not current.finished:
        current = run.extend(current, train_chunk(current.position, plan.steps, **options))
    return current
