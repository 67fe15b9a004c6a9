"""The five tutorials: what each one does, its runs as Plans, and the figures it published, to be measured again.

What is measured comes in parts, each a list of tasks that can be done anywhere and in any order: a run's states at the
tutorial's stops, accuracies over many shuffles, or accuracies over several seeds. `rows` compares what there is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mnist_core import dataset, metrics, shuffles, training
from mnist_core.plan import ALL, Plan
from mnist_core.training import State

EPOCH_E, EPOCH_D = 550, 1_875  # steps: 55,000 images in batches of 100, and 60,000 in batches of 32
MANY, MANY_LONG = 1_000, 200  # shuffles of 1 and 10 steps, and of 1,000 steps
SHUFFLES, LONG_SHUFFLES, LATER_SHUFFLES = "shuffles", "long shuffles", "later shuffles"
SEEDS = range(10)


@dataclass(frozen=True)
class Trial:
    """One run of a tutorial; `stops` are the steps after which it looks at what has been learned."""

    name: str
    plan: Plan
    stops: tuple[int, ...]


@dataclass(frozen=True)
class Tutorial:
    """One tutorial: `tells` in a few sentences what it does, `teaches` in one what it is remembered for."""

    letter: str
    title: str
    source: str
    tells: str
    teaches: str
    trials: tuple[Trial, ...]
    parts: tuple[str, ...]
    further: tuple[tuple[str, str], ...]  # a page of ours, and what its reader can do there


@dataclass(frozen=True)
class Task:
    """A stretch of work of up to a few seconds, for a worker process or for this one.

    `work(*args)` gives its result; a `chained` one gets the result before it too, as its first argument. A result
    that `replaces` holds all that those before it held, so that they need not be kept.
    """

    part: str
    work: Callable[..., Any]
    args: tuple[Any, ...]
    chained: bool = False
    replaces: bool = False


Findings = Mapping[str, Sequence[Any]]
"""What has been measured so far: for each part, or name of a trial, the results of its tasks."""

_CLASSIC = Plan()
_A = Plan(batch_order="file_first")
_C = Plan(train_size=5_500, learning_rate=0.1, batch_size=ALL, steps=2_501)
_D = Plan(
    model="mlp", hidden_units=64, split="full", train_size=60_000, learning_rate=0.5, batch_size=32,
    batch_order="file", steps=5 * EPOCH_D, double_softmax=True,
)  # fmt: skip
_FIVE = replace(_D, train_size=5, batch_size=ALL, steps=200)
_EPOCHS_D = tuple(range(0, 6 * EPOCH_D, EPOCH_D))

PUBLISHED, SINGLE, BY_HEART = "As published", "With a single softmax", "Five digits by heart"

TUTORIALS = {
    each.letter: each
    for each in (
        Tutorial(
            "A", "Set 1: after 1, 10 and 1,000 steps", "GeeksforGeeks, TensorFlow 0.12",
            "A linear model sees 100 training images at each step, 1,000 times. It stops to look after 0, 1, 10 and "
            "1,000 steps: at the accuracy, at digits it misreads, and at its ten weight images. The reader of its "
            "TensorFlow hands out the images in the order of the file, and shuffles them only once all have been seen, "
            "after 550 steps. So its first figures are no luck: anybody gets them again.",
            "How much a single step already teaches.",
            (Trial(PUBLISHED, _A, (0, 1, 10, 1_000)),), (LATER_SHUFFLES,),
            (
                ("train", "Take the steps one by one, or ten at a time, and watch accuracy and weights after each."),
                ("weights", "See all ten weight images large, at steps 0, 1, 10 and 1,000 and at many between."),
                ("mistakes", "See the confusion matrix as numbers and as a picture, and nine digits with true and "
                 "predicted class."),
                ("data", "See the sizes of the sets, an image as 784 numbers, one-hot labels, and grids of digits."),
            ),
        ),
        Tutorial(
            "B", "Basic workflow", "a tutorial site, TensorFlow 1",
            "The same model and the same settings as A, looked at after 0, 1 and 1,000 steps. Yet it reports 50.5 % "
            "after one step where A reports 40.7 %: the reader of its later TensorFlow shuffles before the first step, "
            "so its first 100 images were drawn by chance.",
            "That one program, with two readers, gives figures that anybody gets again, or luck.",
            (Trial(PUBLISHED, _CLASSIC, (0, 1, 1_000)),), (SHUFFLES, LONG_SHUFFLES),
            (
                ("train", "Train the hidden layer that this tutorial only announces: choose MLP as the model."),
                ("weights", "See the weights of any step, and what changed between any two."),
                ("mistakes", "See nine digits with true and predicted class, and look for misread ones."),
                ("data", "See where 9.8 % comes from: how many of each digit there are."),
            ),
        ),
        Tutorial(
            "C", "Not another MNIST tutorial", "J. Francis, O'Reilly, 2016",
            "A linear model sees the same 5,500 training images at every step, all at once, 2,501 times. Nothing in it "
            "is random, so every one of its figures can be had again, to five digits and more.",
            "What is behind each word: softmax, cross-entropy, gradient descent, overfitting.",
            (Trial(PUBLISHED, _C, tuple(range(0, 2_501, 100))),), (),
            (
                ("train", "Choose training size, learning rate and number of steps yourself, and compare the runs."),
                ("data", "See the flattened view, 400 images as rows of pixels, and any digit with its label."),
                ("ideas", "Softmax of [0.1, 0.005, 2], the cross-entropy of its j, and gradient descent on y = x²."),
                ("experiments", "Weights for training sizes 1 to 10 and up, overfitting, a test set of 100 digits, "
                 "and the limit of a linear model: a 1 at the far left."),
                ("draw", "Read any digit of your own, pixel by pixel."),
                ("mistakes", "Look at any training or test digit by its index, its ten probabilities, and why."),
                ("weights", "See its “cheat sheets”, the ten weight images, step by step."),
            ),
        ),
        Tutorial(
            "D", "Lecture: one hidden layer", "a lecture notebook",
            "Between pixels and digits come 64 hidden units. Five times through all 60,000 images in the order of the "
            "file, 32 at a time. Its loss takes the softmax of a softmax: a mistake, and yet it learns.",
            "What a hidden layer adds, and what learning by heart looks like.",
            (
                Trial(PUBLISHED, _D, _EPOCHS_D),
                Trial(SINGLE, replace(_D, double_softmax=False), _EPOCHS_D),
                Trial(BY_HEART, _FIVE, (0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200)),
            ), ("seeds",),
            (
                ("train", "Watch the loss of each mini-batch, and compare linear and MLP, single and double softmax."),
                ("mistakes", "See what linear and MLP each get wrong that the other gets right."),
                ("weights", "See what the 64 hidden units look for."),
                ("draw", "Let both read one drawing of yours."),
            ),
        ),
        Tutorial(
            "E", "No hidden layer, ten epochs", "a blog, 2017",
            "A linear model goes ten times through all 55,000 images at a small learning rate, 0.01, and prints its "
            "accuracy after every second epoch. The blog left the figures to its readers: “share yours”.",
            "Slow and steady learning, epoch by epoch.",
            (Trial(PUBLISHED, replace(_CLASSIC, learning_rate=0.01, steps=10 * EPOCH_E),
                   tuple(epoch * EPOCH_E for epoch in (1, 3, 5, 7, 9))),), (),
            (
                ("train", "Try other rates for as many steps: how much faster can it go before it overshoots?"),
                ("weights", "See how little the images change in the later epochs: take the difference of two steps."),
            ),
        ),
    )
}  # fmt: skip


def measure(letters: Sequence[str], advance: Callable[[float], None]) -> dict[str, Findings]:
    """All that has to be measured to compare the tutorials' figures with ours; `advance` hears the share done, 0..1.

    What two tutorials have in common is measured once.
    """
    wanted = {letter: _tasks(TUTORIALS[letter]) for letter in letters}
    done: dict[Task, Any] = {}
    distinct = list(dict.fromkeys(task for each in wanted.values() for task in each))
    for count, task in enumerate(distinct):
        advance(count / len(distinct))
        done[task] = task.work(*task.args)
    found: dict[str, Findings] = {}
    for letter, each in wanted.items():
        parts = dict.fromkeys(task.part for task in each)
        found[letter] = {part: [done[task] for task in each if task.part == part] for part in parts}
    return found


def _tasks(tutorial: Tutorial) -> list[Task]:
    work = [Task(trial.name, states_at, (trial.plan, trial.stops)) for trial in tutorial.trials]
    return work + [task for part in tutorial.parts for task in part_tasks(part)]


def part_tasks(part: str) -> list[Task]:
    """The tasks of one part: blocks of shuffles, or one for each seed and each kind of softmax."""
    if part == "seeds":
        plans = [replace(trial.plan, seed=seed) for seed in SEEDS for trial in TUTORIALS["D"].trials[:2]]
        return [Task(part, seed_accuracies, (plan,)) for plan in plans]
    many, stops, block = (MANY, (1, 10), shuffles.BLOCK) if part == SHUFFLES else (MANY_LONG, (1_000,), 20)
    plan = _A if part == LATER_SHUFFLES else _CLASSIC
    return [Task(part, shuffles.accuracies, (plan, range(at, at + block), stops)) for at in range(0, many, block)]


def states_at(plan: Plan, stops: Sequence[int]) -> dict[int, State]:
    """The states of a run after each of its stops, and at its end."""
    state, found = training.start(plan), {}
    for stop in sorted({*stops, plan.steps}):
        state = training.reach(plan, state, stop)
        found[stop] = state
    return found


def seed_accuracies(plan: Plan) -> tuple[bool, float, float]:
    """Whether a run takes the softmax twice, and its accuracy on training and test images at the end."""
    state = training.reach(plan, training.start(plan), plan.steps)
    return plan.double_softmax, *accuracies(plan, state)


def accuracies(plan: Plan, state: State) -> tuple[float, float]:
    """Accuracy on the plan's training images and on the test set, 0..1."""
    training_digits = dataset.load(plan.split).training[: plan.train_size]
    return metrics.evaluate(state.layers, training_digits).accuracy, test_accuracy(state)


def test_accuracy(state: State) -> float:
    """Accuracy on the test set, 0..1."""
    return metrics.evaluate(state.layers, dataset.load_test()).accuracy
