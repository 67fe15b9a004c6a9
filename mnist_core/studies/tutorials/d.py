"""Tutorial D: one hidden layer, and a loss that takes the softmax of a softmax."""

from dataclasses import replace

from mnist_core.plan import ALL, Plan
from mnist_core.studies.comparison import Row, among_seeds, better_than
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, Seeds, Trial, Tutorial, accuracies

EPOCH = 1_875  # steps: 60,000 images in batches of 32
EPOCHS = tuple(range(0, 6 * EPOCH, EPOCH))
DOUBLE = Plan(
    model="mlp",
    hidden_units=64,
    split="full",
    train_size=60_000,
    learning_rate=0.5,
    batch_size=32,
    batch_order="file",
    steps=5 * EPOCH,
    double_softmax=True,
)
SINGLE = replace(DOUBLE, double_softmax=False)
BY_HEART = Trial(
    "Five digits by heart",
    replace(DOUBLE, train_size=5, batch_size=ALL, steps=200),
    (0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200),
)
TRIALS = (Trial(PUBLISHED, DOUBLE, EPOCHS), Trial("With a single softmax", SINGLE, EPOCHS))
SEEDS = Seeds("seeds", (DOUBLE, SINGLE), many=10)
TRAIN_ACCURACY, TEST_ACCURACY = 0.97026664, 0.9615


def rows(found: Findings) -> list[Row]:
    """Accuracy on training and test images with the double softmax, as published, and with a single one."""
    double, single = (
        [(run.train_accuracy, run.test_accuracy) for run in found.seeds if run.plan.double_softmax is twice]
        for twice in (True, False)
    )
    (train_twice, test_twice), (train_once, test_once) = (_measured(trial, found) for trial in TRIALS)
    trains, tests = [train for train, _ in double], [test for _, test in double]
    return [
        among_seeds(Row("D", "training accuracy, double softmax", TRAIN_ACCURACY), train_twice, trains, SEEDS.many),
        among_seeds(Row("D", "test accuracy, double softmax", TEST_ACCURACY), test_twice, tests, SEEDS.many),
        better_than(
            Row("D", "training accuracy, single softmax", None), train_once, [a for a, _ in single], trains, SEEDS.many
        ),
        better_than(
            Row("D", "test accuracy, single softmax", None), test_once, [a for _, a in single], tests, SEEDS.many
        ),
    ]


def _measured(trial: Trial, found: Findings) -> tuple[float, float] | tuple[None, None]:
    """A trial's accuracy on training and test images at its end."""
    state = found.states.get(trial.name, {}).get(trial.plan.steps)
    return (None, None) if state is None else accuracies(trial.plan, state)


TUTORIAL = Tutorial(
    letter="D",
    title="Lecture: one hidden layer",
    source="a lecture notebook",
    tells=(
        "An MLP (multilayer perceptron): between pixels and digits come 64 hidden units. Five times through all "
        "60,000 images in the order of the file, 32 at a time. Its loss takes the softmax of a "
        "softmax: a mistake, and yet it learns."
    ),
    teaches="What a hidden layer adds, and what overfitting looks like.",
    trials=(*TRIALS, BY_HEART),
    parts=(SEEDS,),
    further=(
        ("train", "Watch the loss of each mini-batch, and compare linear and MLP, single and double softmax."),
        ("mistakes", "See what linear and MLP each get wrong that the other gets right."),
        ("weights", "See what the 64 hidden units look for."),
        ("draw", "Let both read one drawing of yours."),
    ),
    rows=rows,
)
