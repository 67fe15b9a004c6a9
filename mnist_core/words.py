"""Numbers in words, as people write them: what screens, tables and the command line have in common."""

import math
from typing import Any


def percent(share: float) -> str:
    """A share 0..1 with one decimal, halves rounded up: 91.6 %. ui/live_view/js/words.js rounds by the same sum."""
    return f"{math.floor(1000 * share + 0.5) / 10:.1f} %" if math.isfinite(share) else f"{share} %"


def at_least(share: float) -> str:
    """A share 0..1 before the words "or more": cut off after one decimal, never rounded up."""
    return percent(math.floor(1000 * share) / 1000)


def short(value: Any) -> str:
    """A choice: 5,500, 0.05, all, MLP."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if value == "mlp":
        return "MLP"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def a_digit(digit: int) -> str:
    """A digit with its article: a 7, an 8."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


def counted(count: int, noun: str) -> str:
    """So many of a thing: 1 step, 1,000 steps."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def some_of(count: int, of: int, noun: str) -> str:
    """So many of all there are: 16 of the 64 units, all 16 units, the one unit."""
    if count < of:
        return f"{count:,} of the {of:,} {noun}s"
    return f"all {of:,} {noun}s" if of > 1 else f"the one {noun}"


def ordinal(number: int) -> str:
    """A place in a row: 1st, 2nd, 3rd, 81st, 85th, 111th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
