"""Experiments: questions that are answered by doing."""

from ui import navigation
from ui.experiments import five_by_heart, honest, how_fast, how_many, move, optimiser, shapes
from ui.one_of import one_of

QUESTIONS = {
    "How many examples?": how_many.draw,
    "How fast to learn?": how_fast.draw,
    "Is the test honest?": honest.draw,
    "Move the digit": move.draw,
    "Does it see shapes?": shapes.draw,
    "Five digits by heart": five_by_heart.draw,
    "Be the optimiser": optimiser.draw,
}


def render() -> None:
    """One question at a time; what has been found stays."""
    QUESTIONS[one_of("Question", list(QUESTIONS), key="question", shown=False)]()


navigation.show(render)
