"""Tutorial B: the program of A with a reader that shuffles before the first step."""

from mnist_core.plan import Plan
from mnist_core.studies.comparison import Row, among_shuffles, as_printed, nearby
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, Shuffles, Trial, Tutorial, accuracy_of

PLAN = Plan()
ACCURACIES = {0: 0.098, 1: 0.505, 1_000: 0.918}  # on the test set, by step
POINTS = 0.007  # after 1,000 steps shuffles are hardly further apart
SHUFFLES = Shuffles("shuffles", PLAN, (1, 10), many=1_000)
LONG_SHUFFLES = Shuffles("long shuffles", PLAN, (1_000,), many=200, block=20)


def rows(found: Findings) -> list[Row]:
    """After 0, 1 and 1,000 steps; all but the first depend on the shuffle, the last one hardly any more."""
    untrained, early, late = (accuracy_of(found.published().get(step)) for step in ACCURACIES)
    return [
        as_printed(Row("B", "test accuracy after 0 steps", ACCURACIES[0]), untrained),
        among_shuffles(
            Row("B", "test accuracy after 1 step", ACCURACIES[1]), early, found.after(SHUFFLES, 1), SHUFFLES.many
        ),
        nearby(
            Row("B", "test accuracy after 1,000 steps", ACCURACIES[1_000]),
            late,
            POINTS,
            found.after(LONG_SHUFFLES, 1_000),
        ),
    ]


TUTORIAL = Tutorial(
    letter="B",
    title="Basic workflow",
    source="a tutorial site, TensorFlow 1",
    tells=(
        "The same model and the same settings as A, looked at after 0, 1 and 1,000 steps. Yet it reports 50.5 % "
        "after one step where A reports 40.7 %: the reader of its later TensorFlow shuffles before the first step, "
        "so its first 100 images were drawn by chance."
    ),
    teaches="That one program, with two readers, gives figures that anybody gets again, or luck.",
    trials=(Trial(PUBLISHED, PLAN, (0, 1, 1_000)),),
    parts=(SHUFFLES, LONG_SHUFFLES),
    further=(
        (
            "train",
            "Train the hidden layer that this tutorial only announces: choose MLP (multilayer perceptron).",
        ),
        ("weights", "See the weights of any step, and what changed between any two."),
        ("mistakes", "See nine digits with true and predicted class, and look for misread ones."),
        ("data", "See where 9.8 % comes from: how many of each digit there are."),
    ),
    rows=rows,
)
