"""Numbers in words, as people write them: what screens, tables and the command line have in common."""

import math
import re
from typing import Any

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def percent(share: float, decimals: int = 1) -> str:
    """A share 0..1 in percent, halves rounded up: 91.6 %. ui/live_view/js/formatting.js rounds by the same sum."""
    if not math.isfinite(share):
        return f"{share} %"
    return f"{math.floor(10.0 ** (decimals + 2) * share + 0.5) / 10.0**decimals:.{decimals}f} %"


def probability(share: float, decimals: int = 1) -> str:
    """A probability 0..1 in percent, certain or impossible only where it is: 85.4 %, > 99.9 %, 100.0 %, < 0.1 %.

    formatting.js writes probabilities in the same way.
    """
    least = 10.0**-decimals / 100
    if 1 - least < share < 1:
        return f"> {100 * (1 - least):.{decimals}f} %"
    if 0 < share < least:
        return f"< {100 * least:.{decimals}f} %"
    return percent(share, decimals)


def as_text(words: str) -> str:
    """Words from outside for a page that takes Markdown: shown as they are, never a link, a picture or a formula.

    Streamlit makes links of addresses even where each sign of them is escaped, but not across a word joiner, U+2060.
    """
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(words.split()))
    return re.sub(r"\\:(?=\\/)|www(?=\\\.)|\\@", "\\g<0>\u2060", escaped, flags=re.IGNORECASE)


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
    return number(value, 6) if isinstance(value, float) else str(value)


def number(value: float, digits: int = 4, *, plus: bool = False) -> str:
    """A number of so many significant digits as people write it: 0.0000635, 2.4, 1,235,000, 6.3 · 10⁻⁹, 0, infinity.

    Powers of ten below a millionth and from ten million on; with `plus`, positive numbers have their sign too.
    """
    sign = "-" if value < 0 else "+" if plus and value > 0 else ""
    if not math.isfinite(value):
        return f"{sign}infinity"
    first, _, exponent = f"{abs(value):.{digits - 1}e}".partition("e")
    power = int(exponent)
    if -6 <= power < 7:
        return sign + _shortest(f"{float(f'{first}e{power}'):,.{max(0, digits - 1 - power)}f}")
    first = _shortest(first)
    return f"{sign}{'' if first == '1' else f'{first} · '}10{str(power).translate(SUPERSCRIPT)}"


def signed(value: float, decimals: int) -> str:
    """A number with its sign and so many decimals; without one where nothing but zeros is left: +1.20, -0.35, 0.00."""
    text = f"{value:+.{decimals}f}"
    return text if text.strip("+-0.") else text[1:]


def ceiling(value: float) -> str:
    """A positive number rounded up to one digit, for "no more than": 0.0002 for 0.00013, 2 · 10⁻¹⁶ for 1.1 · 10⁻¹⁶."""
    power = math.floor(math.log10(value))
    return number(math.ceil(value / 10.0**power) * 10.0**power, 1)


def as_probable(lead: float) -> str:
    """How many times as probable a digit is whose score leads by so much: e to that power.

    "about as probable", "about 7.39 times as probable", "about 10¹² times as probable".
    """
    power = lead / math.log(10)
    times = number(math.exp(lead), 3) if power < 6 else f"10{f'{power:.0f}'.translate(SUPERSCRIPT)}"
    return "about as probable" if times == "1" else f"about {times} times as probable"


def a_digit(digit: int) -> str:
    """A digit with its article: a 7, an 8."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


def of_digit(count: int, digit: int) -> str:
    """So many of a digit: 73 fours, 1 six, 0 sixes."""
    return f"{count:,} {DIGITS[digit]}{('' if count == 1 else 'es' if digit == 6 else 's')}"


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


def _shortest(decimals: str) -> str:
    """Without zeros at the end of its decimals."""
    return decimals.rstrip("0").rstrip(".") if "." in decimals else decimals
