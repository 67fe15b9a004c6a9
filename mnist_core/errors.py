"""The errors a user can cause, each with a sentence to read.

MnistLabError
├── DatasetError    an IDX file that is missing, damaged or not MNIST
├── PlanError       a choice out of its range
├── SavedRunError   a saved run that is foreign or damaged
├── ImageError      a picture file that cannot be read
└── EngineError     training processes that keep dying
"""

import reprlib


class MnistLabError(Exception):
    """Anything a user can be told in one sentence; `str(error)` is that sentence."""


class DatasetError(MnistLabError):
    """An IDX file is missing, damaged or not what MNIST says it is."""


class PlanError(MnistLabError):
    """A choice is out of its range."""

    def __init__(self, field: str, value: object, allowed: str) -> None:
        super().__init__(f"{field} is {reprlib.repr(value)}; allowed: {allowed}.")
        self.field, self.value, self.allowed = field, value, allowed

    def __reduce__(self) -> tuple[type["PlanError"], tuple[str, object, str]]:
        return PlanError, (self.field, self.value, self.allowed)  # it must survive the way back from the worker


class SavedRunError(MnistLabError):
    """A file does not hold a run that this program saved."""


class ImageError(MnistLabError):
    """A file does not hold a picture that can be read."""


class EngineError(MnistLabError):
    """The training process died again and again."""
