"""Training as a pure function that can stop anywhere: start(plan) -> State; advance(plan, state, steps) -> State, Log.

Cutting a run into chunks never changes a bit of it: the batches depend on (seed, epoch) and the step alone, and one
compiled graph with open shapes runs every chunk. TensorFlow is imported here only, and only when first needed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from mnist_core import dataset, metrics, model
from mnist_core.batches import batch_indices, training_images
from mnist_core.dataset import Digits, Split
from mnist_core.descent import Loops, compile_loops, compile_totals
from mnist_core.plan import ALL, Plan, milestones

MOST_INDICES = 4_000_000  # image numbers handed to TensorFlow at a time: 16 MB


@dataclass(frozen=True)
class State:
    """Where a run stands: gradient steps taken, and the parameters after them."""

    step: int
    layers: model.Layers


@dataclass(frozen=True)
class Evaluation:
    """The model after `step` steps: the plan's loss in nats and accuracy 0..1, on its training and test images, and
    the confusion on the test images."""

    step: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    confusion: metrics.Counts


@dataclass(frozen=True)
class Log:
    """What happened on the way: `batch_losses` `(steps,)` is each step's loss on its own batch, before the step.

    `diverged_at` is the step that could not be taken because its loss or a parameter would not have been finite.
    """

    batch_losses: model.Floats
    evaluations: tuple[Evaluation, ...] = ()
    diverged_at: int | None = None

    def __add__(self, later: "Log") -> "Log":
        return Log(
            np.concatenate([self.batch_losses, later.batch_losses]),
            self.evaluations + later.evaluations,
            self.diverged_at if later.diverged_at is None else later.diverged_at,
        )


NO_LOSSES = np.zeros(0, np.float32)
EMPTY_LOG = Log(NO_LOSSES)


def start(plan: Plan) -> State:
    """The run before its first step: for the linear model, every parameter zero; for an MLP, Glorot's from the seed."""
    return State(0, model.glorot(plan.hidden_units, plan.seed) if plan.model == "mlp" else model.zeros())


def advance(plan: Plan, state: State, steps: int) -> tuple[State, Log]:
    """Take up to `steps` gradient steps, never beyond `plan.steps`: theta <- theta - rate * dL/dtheta.

    L is the mean cross-entropy of the batch. The log holds an evaluation at each milestone reached; step 0 belongs
    to the chunk that leaves it. Where a loss or a parameter would stop being finite, the state stays at the last
    finite one and the log says which step could not be taken.
    """
    last = min(state.step + steps, plan.steps)
    stops = milestones(plan.steps)
    log = EMPTY_LOG
    if state.step == 0 and (last > 0 or plan.steps == 0):
        log += Log(NO_LOSSES, (evaluate(plan, state),))
    while state.step < last:
        goal = min(last, next(stop for stop in stops if stop > state.step))
        state, losses, finite = descend(plan, state, goal - state.step)
        log += Log(losses, diverged_at=None if finite else state.step + 1)
        if not finite:
            break
        if state.step in stops:
            log += Log(NO_LOSSES, (evaluate(plan, state),))
    return state, log


def evaluate(plan: Plan, state: State) -> Evaluation:
    """The state's loss and accuracy on the plan's training images and on the test set."""
    totals, size = _totals(len(state.layers), plan.double_softmax), plan.train_size
    loss, right = totals(*_chosen_bytes(plan), *_parameters(state))
    test, confusion = assess(plan, state)
    return Evaluation(state.step, float(loss) / size, int(right) / size, *test, confusion)


def assess(plan: Plan, state: State) -> tuple[metrics.Score, metrics.Counts]:
    """The state's loss, accuracy and confusion on the test set."""
    return metrics.assess(state.layers, test_floats(), plan.double_softmax)


def warm_up() -> None:
    """Import TensorFlow, read the data and compile, so that the first real chunk need not wait."""
    for batch_size in (1, ALL):
        plan = Plan(train_size=2, batch_size=batch_size, steps=2)
        advance(plan, start(plan), 1)


def descend(plan: Plan, state: State, steps: int) -> tuple[State, model.Floats, bool]:
    """Take up to `steps` steps in one call of the compiled loop: where it leads, the batches' losses, all finite?

    Fewer are taken where a loss or a parameter would stop being finite, or where the batches of all steps would not
    fit in memory at once. `plan.steps` is no limit here, and nothing is evaluated.
    """
    loops = _loops(len(state.layers), plan.double_softmax)
    rate, parameters = np.float32(plan.learning_rate), _parameters(state)
    if plan.batch_size == ALL:
        images, labels = _whole_batch(plan.split, plan.train_size, plan.sample, plan.seed)
        result = loops.whole(images, labels, np.int32(steps), rate, *parameters)
    else:
        steps = min(steps, max(1, MOST_INDICES // plan.images_per_step))
        images, labels = training_bytes(plan.split)
        result = loops.batches(images, labels, batch_indices(plan, state.step, steps), rate, *parameters)
    taken, losses, *arrived = (tensor.numpy() for tensor in result)
    layers = tuple(model.Layer(*pair) for pair in zip(arrived[::2], arrived[1::2], strict=True))
    return State(state.step + int(taken), layers), losses[: int(taken)], int(taken) == steps


def reach(plan: Plan, state: State, step: int) -> State:
    """The state at a later step, with nothing evaluated; or the last finite one on the way there."""
    finite = True
    while state.step < step and finite:
        state, _, finite = descend(plan, state, step - state.step)
    return state


def _parameters(state: State) -> list[model.Floats]:
    """Weights and bias of each layer in turn."""
    return [value for layer in state.layers for value in layer]


@lru_cache(maxsize=4)
def _totals(layers: int, double_softmax: bool) -> Any:
    return compile_totals(tensorflow(), layers, double_softmax, metrics.BLOCK)


@lru_cache(maxsize=4)
def _loops(layers: int, double_softmax: bool) -> Loops:
    return compile_loops(tensorflow(), layers, double_softmax)


@lru_cache(maxsize=1)
def test_floats() -> Digits:
    """The test images as floats, made once: a run is scored on them a hundred times."""
    test = dataset.load_test()
    return Digits(model.as_input(test.images), test.labels)


@lru_cache(maxsize=1)
def tensorflow() -> Any:
    """The module, imported when it is first needed."""
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # spares the import of Keras, which nothing here needs
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _quiet_stderr():  # it greets everybody there, before any log level counts
        import tensorflow as tf
    # One step's operations wait for each other anyway: on two cores, spreading them took 10.6 s of processor time for
    # 60,000 steps of 100 images, and one thread 6.3 s, no slower by the clock. Large products still use all cores.
    tf.config.threading.set_inter_op_parallelism_threads(1)
    return tf


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Send what native code writes to stderr nowhere; an exception still carries its own words."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@lru_cache(maxsize=1)
def training_bytes(split: Split) -> tuple[Any, Any]:
    """All training images as they are, `(n, 784) uint8`, and their labels; batches become floats one at a time."""
    tf, training = tensorflow(), dataset.load(split).training
    return tf.constant(training.images), tf.constant(training.labels, tf.int32)


def _chosen_bytes(plan: Plan) -> tuple[Any, Any]:
    """The plan's training images and labels, as they are."""
    images, labels = training_bytes(plan.split)
    if plan.sample == "first":
        return images[: plan.train_size], labels[: plan.train_size]
    chosen = training_images(plan)
    return tensorflow().gather(images, chosen), tensorflow().gather(labels, chosen)


@lru_cache(maxsize=1)
def _whole_batch(split: Split, size: int, sample: str, seed: int) -> tuple[Any, Any]:
    """All of a plan's training images as floats, made once: gathering them anew costs more than the step itself."""
    tf, digits = tensorflow(), dataset.load(split).training
    chosen: Any = slice(size)
    if sample != "first":
        chosen = training_images(Plan(split=split, train_size=size, sample=sample, seed=seed, batch_size=ALL))
    return tf.constant(model.as_input(digits.images[chosen])), tf.constant(digits.labels[chosen], tf.int32)
