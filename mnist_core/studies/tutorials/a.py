"""Tutorial A: 0, 1, 10 and 1,000 steps, the first images in the order of the file."""

from mnist_core.formatting import counted
from mnist_core.plan import Plan
from mnist_core.studies.comparison import Row, among_shuffles, as_printed
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, Shuffles, Trial, Tutorial, accuracy_of

PLAN = Plan(batch_order="file_first")
ACCURACIES = {0: 0.098, 1: 0.407, 10: 0.782, 1_000: 0.917}  # on the test set, by step
LATER_SHUFFLES = Shuffles("later shuffles", PLAN, (1_000,), many=200, block=20)


def rows(found: Findings) -> list[Row]:
    """After 0, 1 and 10 steps, in the order of the file; after 1,000, of which the later ones are shuffled."""
    states, table = found.published(), []
    for step, accuracy in ACCURACIES.items():
        row = Row("A", f"test accuracy after {counted(step, 'step')}", accuracy)
        ours = accuracy_of(states.get(step))
        if step < 1_000:
            table.append(as_printed(row, ours))
        else:
            table.append(among_shuffles(row, ours, found.after(LATER_SHUFFLES, step), LATER_SHUFFLES.many))
    return table


TUTORIAL = Tutorial(
    letter="A",
    title="Set 1: after 1, 10 and 1,000 steps",
    source="GeeksforGeeks, TensorFlow 0.12",
    tells=(
        "A linear model sees 100 training images at each step, 1,000 times. It stops to look after 0, 1, 10 and "
        "1,000 steps: at the accuracy, at digits it misreads, and at its ten weight images. The reader of its "
        "TensorFlow hands out the images in the order of the file, and shuffles them only once all have been seen, "
        "after 550 steps. So its first figures are no luck: anybody gets them again."
    ),
    teaches="How much a single step already teaches.",
    trials=(Trial(PUBLISHED, PLAN, (0, 1, 10, 1_000)),),
    parts=(LATER_SHUFFLES,),
    further=(
        ("train", "Take the steps one by one, or ten at a time, and watch accuracy and weights after each."),
        ("weights", "See all ten weight images large, at steps 0, 1, 10 and 1,000 and at many between."),
        (
            "mistakes",
            "See the confusion matrix as numbers and as a picture, and nine digits with true and predicted class.",
        ),
        ("data", "See the sizes of the sets, an image as 784 numbers, one-hot labels, and grids of digits."),
    ),
    rows=rows,
)
