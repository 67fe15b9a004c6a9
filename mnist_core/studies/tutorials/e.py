"""Tutorial E: ten epochs at a small learning rate."""

from dataclasses import replace

from mnist_core import dataset, metrics, model
from mnist_core.formatting import percent
from mnist_core.plan import Plan
from mnist_core.studies.comparison import Row, points
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, Trial, Tutorial, accuracy_of

EPOCH = 550  # steps: 55,000 images in batches of 100
EPOCHS = (1, 3, 5, 7, 9)  # after which it prints its accuracy
PLAN = Plan(learning_rate=0.01, steps=10 * EPOCH)
LAST, POINTS = 0.902, 0.005  # after epoch 9, by an implementation of its own; the tutorial printed none


def rows(found: Findings) -> list[Row]:
    """Accuracy after each of the epochs: it should rise, and come near to an independent loop's."""
    states, table = found.published(), list[Row]()
    before, than = metrics.evaluate(model.zeros(), dataset.load_test()).accuracy if states else 0.0, "untrained"
    for epoch in EPOCHS:
        row = Row("E", f"test accuracy after epoch {epoch}", None)
        accuracy = accuracy_of(states.get(epoch * EPOCH))
        if accuracy is not None:
            row = _rising(row, accuracy, before, than)
            if epoch == EPOCHS[-1]:
                row = _beside_a_loop(row, accuracy)
            before = accuracy
        table.append(row)
        than = "before"
    return table


def _rising(row: Row, accuracy: float, before: float, than: str) -> Row:
    rises = accuracy > before
    says = f"{'higher' if rises else 'not higher'} than {than}"
    return replace(row, measured=accuracy, kind="rises", agreement=accuracy - before, agrees=rises, says=says)


def _beside_a_loop(row: Row, accuracy: float) -> Row:
    agrees = bool(row.agrees) and abs(accuracy - LAST) <= POINTS
    return replace(
        row, agrees=agrees, says=f"{row.says}; {points(accuracy - LAST)} from an independent loop's {percent(LAST)}"
    )


TUTORIAL = Tutorial(
    letter="E",
    title="No hidden layer, ten epochs",
    source="a blog, 2017",
    tells=(
        "A linear model goes ten times through all 55,000 images at a small learning rate, 0.01, and prints its "
        "accuracy after every second epoch. The blog left the figures to its readers: “share yours”."
    ),
    teaches="Slow and steady learning, epoch by epoch.",
    trials=(Trial(PUBLISHED, PLAN, tuple(epoch * EPOCH for epoch in EPOCHS)),),
    parts=(),
    further=(
        ("train", "Try other rates for as many steps: how much faster can it go before it overshoots?"),
        ("weights", "See how little the images change in the later epochs: take the difference of two steps."),
    ),
    rows=rows,
)
