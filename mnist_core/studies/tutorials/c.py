"""Tutorial C: all of 5,500 images at every step, so nothing in it is random."""

from mnist_core import dataset, metrics, model
from mnist_core.plan import ALL, Plan
from mnist_core.studies.comparison import Row, nearby, to_digits
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, Trial, Tutorial, accuracy_of
from mnist_core.training import State

PLAN = Plan(train_size=5_500, learning_rate=0.1, batch_size=ALL, steps=2_501)
PROBABILITIES = (  # of training image 0, a 7
    2.12480136e-05,
    1.16469264e-05,
    8.96317810e-02,
    1.92015115e-02,
    8.20863759e-04,
    1.25168199e-05,
    3.85381973e-05,
    8.53746116e-01,
    6.91888575e-03,
    2.95970142e-02,
)
POINTS = 0.01  # it says "about"


def rows(found: Findings) -> list[Row]:
    """Figures to many digits, and one in round numbers."""
    exact = [
        *(
            Row("C", f"training image 0, a 7: probability of {digit}", value, form="probability")
            for digit, value in enumerate(PROBABILITIES)
        ),
        Row("C", "training image 2, a 4, is read as", 9.0, form="digit"),
        Row("C", "accuracy on the first 100 test images", 0.94),
    ]
    about = Row("C", "test accuracy, “about 91 %”", 0.91)
    state = found.published().get(PLAN.steps)
    if state is None:
        return [*exact, about]
    ours = _measured(state)
    return [*map(to_digits, exact, ours), nearby(about, accuracy_of(state), POINTS)]


def _measured(state: State) -> list[float]:
    """The figures to many digits, in their order."""
    images, test = dataset.load().training.images, dataset.load_test()
    return [
        *map(float, model.probabilities(state.parameters, images[0])),
        float(model.predict(state.parameters, images[2])),
        metrics.evaluate(state.parameters, test[:100]).accuracy,
    ]


TUTORIAL = Tutorial(
    letter="C",
    title="Not another MNIST tutorial",
    source="J. Francis, O'Reilly, 2016",
    tells=(
        "A linear model sees the same 5,500 training images at every step, all at once, 2,501 times. Nothing in it "
        "is random, so every one of its figures can be had again, to five digits and more."
    ),
    teaches="What is behind each word: softmax, cross-entropy, gradient descent, overfitting.",
    trials=(Trial(PUBLISHED, PLAN, tuple(range(0, 2_501, 100))),),
    parts=(),
    further=(
        ("train", "Choose training size, learning rate and number of steps yourself, and compare the runs."),
        ("data", "See the flattened view, 400 images as rows of pixels, and any digit with its label."),
        ("ideas", "Softmax of [0.1, 0.005, 2], the cross-entropy of its j, and gradient descent on y = x²."),
        (
            "experiments",
            "Weights for training sizes 1 to 10 and up, overfitting, a test set of 100 digits, "
            "and the limit of a linear model: a 1 at the far left.",
        ),
        ("draw", "Read any digit of your own, pixel by pixel."),
        ("mistakes", "Look at any training or test digit by its index, its ten probabilities, and why."),
        ("weights", "See its “cheat sheets”, the ten weight images, step by step."),
    ),
    rows=rows,
)
