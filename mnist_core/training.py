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
from numpy.typing import NDArray

from mnist_core import dataset, metrics, model
from mnist_core.dataset import Digits, Split
from mnist_core.plan import ALL, Plan, milestones

MOST_INDICES = 4_000_000  # image numbers handed to TensorFlow at a time: 16 MB


@dataclass(frozen=True)
class State:
    """Where a run stands: gradient steps taken, and the parameters after them."""

    step: int
    layers: model.Layers


@dataclass(frozen=True)
class Evaluation:
    """The model after `step` steps: cross-entropy in nats on all training and test images, test accuracy 0..1."""

    step: int
    train_loss: float
    test_loss: float
    test_accuracy: float
    layers: model.Layers


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
    """The run before its first step: for the linear model, every parameter zero."""
    return State(0, model.zeros())


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
        state, losses, finite = _descend(plan, state, goal - state.step)
        log += Log(losses, diverged_at=None if finite else state.step + 1)
        if not finite:
            break
        if state.step in stops:
            log += Log(NO_LOSSES, (evaluate(plan, state),))
    return state, log


def evaluate(plan: Plan, state: State) -> Evaluation:
    """The state's loss on the plan's training images, and its loss and accuracy on the test set."""
    train = metrics.score(state.layers, dataset.load(plan.split).training[: plan.train_size])
    test = test_score(state)
    return Evaluation(state.step, train.loss, test.loss, test.accuracy, state.layers)


def test_score(state: State) -> metrics.Score:
    """The state's loss and accuracy on the test set."""
    return metrics.score(state.layers, _test_floats())


def batch_indices(plan: Plan, first: int, steps: int) -> NDArray[np.int32]:
    """Which training images the steps `first`, `first + 1`, ... look at: `(steps, batch) int32`.

    Each epoch is a new permutation of the training images, and batches are cut from the epochs laid end to end, so
    a batch may reach into the next epoch, as in TensorFlow 1's MNIST reader (`DataSet.next_batch`).
    """
    batch, size = plan.images_per_step, plan.train_size
    begin, end = first * batch, (first + steps) * batch
    epochs = [
        permutation(size, plan.seed, epoch)[max(begin - epoch * size, 0) : end - epoch * size]
        for epoch in range(begin // size, -(-end // size))
    ]
    return np.concatenate(epochs).reshape(steps, batch)


@lru_cache(maxsize=4)
def permutation(size: int, seed: int, epoch: int) -> NDArray[np.int32]:
    """The order of the images in one epoch, a function of (seed, epoch) alone: `(size,) int32`, read-only."""
    order = np.random.default_rng([seed, epoch]).permutation(size).astype(np.int32)
    order.flags.writeable = False
    return order


def warm_up() -> None:
    """Import TensorFlow, read the data and compile, so that the first real chunk need not wait."""
    for batch_size in (1, ALL):
        plan = Plan(train_size=2, batch_size=batch_size, steps=2)
        advance(plan, start(plan), 1)


def _descend(plan: Plan, state: State, steps: int) -> tuple[State, model.Floats, bool]:
    """Up to `steps` steps in one call of the compiled loop; the losses of those taken; whether all were finite."""
    loops = _compile()
    rate = np.float32(plan.learning_rate)
    (layer,) = state.layers
    if plan.batch_size == ALL:
        images, labels = _whole_batch(plan.split, plan.train_size)
        result = loops.whole(images, labels, np.int32(steps), layer.weights, layer.bias, rate)
    else:
        steps = min(steps, max(1, MOST_INDICES // plan.images_per_step))
        images, labels = _training_bytes(plan.split)
        indices = batch_indices(plan, state.step, steps)
        result = loops.batches(images, labels, indices, layer.weights, layer.bias, rate)
    taken, weights, bias, losses = (tensor.numpy() for tensor in result)
    arrived = State(state.step + int(taken), (model.Layer(weights, bias),))
    return arrived, losses[: int(taken)], int(taken) == steps


@lru_cache(maxsize=1)
def _test_floats() -> Digits:
    """The test images as floats, made once: a run is scored on them a hundred times."""
    test = dataset.load_test()
    return Digits(model.as_input(test.images), test.labels)


@lru_cache(maxsize=1)
def _tensorflow() -> Any:
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # spares the import of Keras, which nothing here needs
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _quiet_stderr():  # it greets everybody there, before any log level counts
        import tensorflow
    # One step's operations wait for each other anyway: on two cores, spreading them took 10.6 s of processor time for
    # 60,000 steps of 100 images, and one thread 6.3 s, no slower by the clock. Large products still use all cores.
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    return tensorflow


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
def _training_bytes(split: Split) -> tuple[Any, Any]:
    """All training images as they are, `(n, 784) uint8`, and their labels; batches become floats one at a time."""
    tf, training = _tensorflow(), dataset.load(split).training
    return tf.constant(training.images), tf.constant(training.labels, tf.int32)


@lru_cache(maxsize=1)
def _whole_batch(split: Split, size: int) -> tuple[Any, Any]:
    """The first `size` training images as floats, made once: gathering them anew costs more than the step itself."""
    tf, training = _tensorflow(), dataset.load(split).training[:size]
    return tf.constant(model.as_input(training.images)), tf.constant(training.labels, tf.int32)


@dataclass(frozen=True)
class _Loops:
    """The compiled loops over batches and over the whole set: (steps taken, weights, bias, losses)."""

    batches: Any
    whole: Any


@lru_cache(maxsize=1)
def _compile() -> _Loops:
    tf = _tensorflow()
    spec = tf.TensorSpec
    labels = spec([None], tf.int32)
    parameters = [spec([dataset.PIXELS, model.CLASSES]), spec([model.CLASSES]), spec([])]

    def descend(batch: Any, steps: Any, weights: Any, bias: Any, rate: Any) -> Any:
        def unfinished(step: Any, finite: Any, *_: Any) -> Any:
            return finite & (step < steps)

        def step_down(step: Any, _: Any, weights: Any, bias: Any, losses: Any) -> Any:
            images, truth = batch(step)
            with tf.GradientTape() as tape:
                tape.watch([weights, bias])
                scores = images @ weights + bias
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=truth, logits=scores))
            slopes = tape.gradient(loss, [weights, bias])
            moved = [weights - rate * slopes[0], bias - rate * slopes[1]]
            finite = tf.reduce_all([tf.reduce_all(tf.math.is_finite(value)) for value in (loss, *moved)])
            kept = [tf.where(finite, new, old) for new, old in zip(moved, (weights, bias), strict=True)]
            return step + tf.cast(finite, tf.int32), finite, *kept, losses.write(step, loss)

        losses = tf.TensorArray(tf.float32, size=steps, element_shape=[])
        taken, _, weights, bias, losses = tf.while_loop(
            unfinished, step_down, (0, True, weights, bias, losses), parallel_iterations=1
        )
        return taken, weights, bias, losses.stack()

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False,
        input_signature=[spec([None, dataset.PIXELS], tf.uint8), labels, spec([None, None], tf.int32), *parameters],
    )
    def batches(images: Any, labels: Any, indices: Any, weights: Any, bias: Any, rate: Any) -> Any:
        def batch(step: Any) -> Any:
            chosen = indices[step]
            return tf.cast(tf.gather(images, chosen), tf.float32) * (1 / 255), tf.gather(labels, chosen)

        return descend(batch, tf.shape(indices)[0], weights, bias, rate)

    @tf.function(  # type: ignore[untyped-decorator]
        autograph=False,
        input_signature=[spec([None, dataset.PIXELS]), labels, spec([], tf.int32), *parameters],
    )
    def whole(images: Any, labels: Any, steps: Any, weights: Any, bias: Any, rate: Any) -> Any:
        return descend(lambda _: (images, labels), steps, weights, bias, rate)

    return _Loops(batches, whole)
