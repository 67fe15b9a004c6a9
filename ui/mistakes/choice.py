"""What the Mistakes page is turned to: its view, its model and its digit; other pages turn it by asking here."""

from ui import model_choice
from ui.session import Slot

CONFUSION, ONE_DIGIT, AGAINST = "Confusion", "One digit", "Linear against MLP"
VIEWS = (CONFUSION, ONE_DIGIT, AGAINST)
SETS = {"test": "Test set", "training": "Training set"}

VIEW = Slot("mistakes_view", lambda: CONFUSION)
READER = model_choice.choice("mistakes_reader")
DIGIT_SET = Slot("digit_set", lambda: "test")
DIGIT_INDEX = Slot("digit_index", int)


def show_digit(index: int, reader: str | None) -> None:
    """Turn to one test digit, as the model named `reader` reads it; None for the one that is chosen already."""
    VIEW.set(ONE_DIGIT)
    DIGIT_SET.set("test")
    DIGIT_INDEX.set(index)
    if reader is not None:
        READER.set(reader)
