"""Training as a pure function that can stop anywhere: start(plan) -> State; advance(plan, state, steps) -> State, Log.

Cutting a run into chunks never changes a bit of it: the batches depend on (seed, epoch) and the step alone, and one
compiled graph with open shapes runs every chunk.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core import model
from mnist_core.metrics import Score
from mnist_core.plan import ALL, Plan, milestones
from mnist_core.training.batches import all_images, batch_indices

MOST_INDICES = 4_000_000  # image numbers handed to TensorFlow at a time: 16 MB


@dataclass(frozen=True)
class State:
    """Where a run stands: gradient steps taken, and the parameters after them."""

    step: int
    parameters: model.Parameters


@dataclass(frozen=True)
class Evaluation:
    """How good the model is after `step` steps, on the plan's training images and on the test set."""

    step: int
    training: Score
    test: Score


@dataclass(frozen=True)
class Log:
    """What happened on the way: `batch_losses` `(steps,)` is each step's loss on its own batch, before the step.

    `diverged_at` is the step that could not be taken because its loss or a parameter would not have been finite.
    `plain_losses` `(steps,)` are there where the loss takes the softmax twice: those of a single softmax.
    """

    batch_losses: model.Floats
    evaluations: tuple[Evaluation, ...] = ()
    diverged_at: int | None = None
    plain_losses: model.Floats | None = None

    @property
    def batch_cross_entropy(self) -> model.Floats:
        """The mean cross-entropy of each step's predictions `(steps,)`: the loss, where that takes one softmax."""
        return self.batch_losses if self.plain_losses is None else self.plain_losses

    def __add__(self, later: "Log") -> "Log":
        single = self.plain_losses is None and later.plain_losses is None
        return Log(
            np.concatenate([self.batch_losses, later.batch_losses]),
            self.evaluations + later.evaluations,
            self.diverged_at if later.diverged_at is None else later.diverged_at,
            None if single else np.concatenate([self.batch_cross_entropy, later.batch_cross_entropy]),
        )

    def until(self, step: int) -> "Log":
        """What of it had happened after so many steps, in a log that begins with the first one."""
        evaluations = tuple(evaluation for evaluation in self.evaluations if evaluation.step <= step)
        plain_losses = None if self.plain_losses is None else self.plain_losses[:step]
        return Log(self.batch_losses[:step], evaluations, plain_losses=plain_losses)


NO_LOSSES = np.zeros(0, np.float32)
EMPTY_LOG = Log(NO_LOSSES)


def start(plan: Plan) -> State:
    """The run before its first step: for the linear model, every parameter zero; for an MLP, Glorot's from the seed."""
    return State(0, model.glorot(plan.hidden_units, plan.seed) if plan.model == "mlp" else model.zeros())


def advance(plan: Plan, state: State, steps: int) -> tuple[State, Log]:
    """Take up to `steps` gradient steps, never beyond `plan.steps`: theta <- theta - learning rate * dL/dtheta.

    L is the mean cross-entropy of the batch. The log holds an evaluation at each milestone reached; step 0 belongs
    to the chunk that leaves it. Where a loss or a parameter would stop being finite, the state stays at the last
    finite one and the log says which step could not be taken.
    """
    last = min(state.step + steps, plan.steps)
    stops = milestones(plan.steps)
    log = EMPTY_LOG
    if state.step == 0 and (last > 0 or plan.steps == 0):
        log += _evaluated(plan, state)
    while state.step < last and log.diverged_at is None:
        goal = min(last, next(stop for stop in stops if stop > state.step))
        state, taken = descend(plan, state, goal - state.step)
        log += taken
        if state.step in stops and log.diverged_at is None:
            log += _evaluated(plan, state)
    return state, log


def reach(plan: Plan, state: State, step: int) -> State:
    """The state at a later step, with nothing evaluated; or the last finite one on the way there."""
    log = EMPTY_LOG
    while state.step < step and log.diverged_at is None:
        state, log = descend(plan, state, step - state.step)
    return state


def descend(plan: Plan, state: State, steps: int) -> tuple[State, Log]:
    """Take up to `steps` steps in one call of the compiled loop, with nothing evaluated.

    Fewer are taken where a loss or a parameter would stop being finite, or where the batches of all steps would not
    fit in memory at once. `plan.steps` is no limit here.
    """
    from mnist_core.training import graphs, tensors

    loops = graphs.descent(len(state.parameters), plan.double_softmax)
    learning_rate = np.float32(plan.learning_rate)
    if plan.batch_size == ALL:
        result = loops.on_all(*tensors.whole_batch(plan), np.int32(steps), learning_rate, *_flat(state))
    else:
        steps = min(steps, max(1, MOST_INDICES // plan.images_per_step))
        indices = batch_indices(plan, state.step, steps)
        result = loops.on_batches(*tensors.training_bytes(plan.split), indices, learning_rate, *_flat(state))
    count, losses, cross_entropy, *arrived = (tensor.numpy() for tensor in result)
    taken = int(count)
    parameters = tuple(model.Layer(*pair) for pair in zip(arrived[::2], arrived[1::2], strict=True))
    log = Log(
        losses[:taken],
        diverged_at=None if taken == steps else state.step + taken + 1,
        plain_losses=cross_entropy[:taken] if plan.double_softmax else None,
    )
    return State(state.step + taken, parameters), log


def evaluate(plan: Plan, state: State) -> Evaluation:
    """The state's scores on the plan's training images and on the test set."""
    from mnist_core.training import tensors

    order = all_images(plan) if plan.sample == "random" else None
    training = _score(plan, state, *tensors.training_bytes(plan.split), plan.train_size, order)
    return Evaluation(state.step, training, test_score(plan, state))


def test_score(plan: Plan, state: State) -> Score:
    """The state's score on the test set, its loss the one that the plan trains."""
    from mnist_core.training import tensors

    images, labels = tensors.test_bytes()
    return _score(plan, state, images, labels, len(labels))


def _score(
    plan: Plan, state: State, images: Any, labels: Any, count: int, order: NDArray[np.int32] | None = None
) -> Score:
    """The score on the first `count` images, or on the first of `order`."""
    from mnist_core.training import graphs

    graph = graphs.evaluation(len(state.parameters), plan.double_softmax, len(labels), order is not None)
    loss, counts = graph(images, labels, np.int32(count), labels if order is None else order, *_flat(state))
    return Score(float(loss) / count, counts.numpy())


def warm_up() -> None:
    """Import TensorFlow, read the data and compile, so that the first real chunk need not wait."""
    for batch_size in (1, ALL):
        plan = Plan(train_size=2, batch_size=batch_size, steps=2)
        advance(plan, start(plan), 1)


def _evaluated(plan: Plan, state: State) -> Log:
    return Log(NO_LOSSES, (evaluate(plan, state),))


def _flat(state: State) -> list[model.Floats]:
    """Weights and bias of each layer in turn."""
    return [values for layer in state.parameters for values in layer]
