"""Ideas: the four that a linear model is made of, to be moved by hand."""

from ui import navigation
from ui.ideas import gradient_descent, real_data, softmax_and_cross_entropy
from ui.one_of import one_of

VIEWS = {
    "Softmax": softmax_and_cross_entropy.softmax,
    "Cross-entropy": softmax_and_cross_entropy.cross_entropy,
    "Gradient descent": gradient_descent.descent,
    "The real loss": real_data.real_loss,
    "One digit through the model": real_data.one_digit,
}


def render() -> None:
    """One idea at a time."""
    VIEWS[one_of("Idea", list(VIEWS), key="idea", shown=False)]()


navigation.show(render)
