"""The kinds of choices that a Plan consists of: what each reads from text, lets pass, and says that it allows.

`parsed` and `checked` raise ValueError or TypeError for what they do not take. A limit may follow from choices that
were checked before: `plan` is the Plan in the making.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Numbers as people write them, with the digits 0 to 9: Python itself would take " 5 ", "1_000" and "+5" too.
WHOLE, NUMBER = re.compile(r"-?[0-9]+"), re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")

Limit = int | Callable[[Any], int]


@dataclass(frozen=True)
class OneOf:
    """One of a few words, each with its label on the screen."""

    labels: Mapping[str, str]

    def parsed(self, text: str) -> str:
        """The word itself."""
        return text

    def checked(self, value: Any, plan: Any) -> Any:
        """The value, where it is one of the words."""
        if value not in tuple(self.labels):
            raise ValueError(value)
        return value

    def allowed(self, plan: Any) -> str:
        """'tutorial' or 'full'."""
        return " or ".join(map(repr, self.labels))


@dataclass(frozen=True)
class Whole:
    """Whole numbers from `low` to `high`; `word`, where there is one, is allowed beside them."""

    low: int
    high: Limit
    note: str = ""  # on the upper limit
    word: str = ""

    def range(self, plan: Any) -> tuple[int, int]:
        """The lowest and the highest number."""
        return self.low, self.high(plan) if callable(self.high) else self.high

    def parsed(self, text: str) -> int | str:
        """The number, or the word."""
        if self.word and text == self.word:
            return text
        if not WHOLE.fullmatch(text):
            raise ValueError(text)
        return int(text)

    def checked(self, value: Any, plan: Any) -> int | str:
        """The value as an int, or the word; numbers of NumPy are welcome, 2.0, "2" and True are not."""
        if self.word and isinstance(value, str) and value == self.word:
            return value
        number, (low, high) = operator.index(value), self.range(plan)
        if isinstance(value, bool) or not low <= number <= high:
            raise ValueError(value)
        return number

    def allowed(self, plan: Any) -> str:
        """Whole numbers from 1 to 55,000."""
        low, high = self.range(plan)
        return f"whole numbers from {low:,} to {high:,}{self.note}{f', or {self.word!r}' if self.word else ''}"


@dataclass(frozen=True)
class Number:
    """Numbers from `low` to `high`."""

    low: float
    high: float

    def range(self, plan: Any) -> tuple[float, float]:
        """The lowest and the highest number."""
        return self.low, self.high

    def parsed(self, text: str) -> float:
        """The number."""
        if not NUMBER.fullmatch(text):
            raise ValueError(text)
        return float(text)

    def checked(self, value: Any, plan: Any) -> float:
        """The value as a float; text is none, and nor is True."""
        number = float(value)
        if isinstance(value, bool | str) or not self.low <= number <= self.high:
            raise ValueError(value)
        return number

    def allowed(self, plan: Any) -> str:
        """Numbers from 0.000001 to 100."""
        return f"numbers from {self.low:.6f} to {self.high:g}"


@dataclass(frozen=True)
class OnOff:
    """True or false."""

    def parsed(self, text: str) -> bool:
        """The truth that a text names."""
        return bool(("false", "true").index(text))

    def checked(self, value: Any, plan: Any) -> bool:
        """The value, where it is a bool."""
        if not isinstance(value, bool):
            raise TypeError(value)
        return value

    def allowed(self, plan: Any) -> str:
        """True or false."""
        return "true or false"


Kind = OneOf | Whole | Number | OnOff
