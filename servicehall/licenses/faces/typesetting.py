"""Typesetting (排版): words wrap, then shrink to what can still be read, then are refused before signing."""

from collections.abc import Callable

from servicehall.printing.pen import ems, wrapped

LARGEST, SMALLEST, STEP = (
    14.0,
    6.5,
    0.25,
)  # points; 6.5 is what an office printer still shows clearly
LEADING, NAME_LEADING = 1.45, 1.16  # of the lines of a value and of its name, in ems
SHORT = "一"  # stands for every value that is short
_ROOMY = 12  # ems: in the smallest type half a page beside the widest label holds more
_WIDEST = 1.2  # ems: no character of the fonts is wider
_LAST = 4.5  # only for what was signed before there was a smallest type


def label(size: float) -> float:
    """The type of a field's name beside a value in *size*: a little smaller, and readable too."""
    return max(size * 0.86, SMALLEST)


def largest(
    height: Callable[[float], float], room: float, *, start: float = LARGEST
) -> tuple[float, float]:
    """The largest type, *start* at most, whose *height* is within *room*, and that height.

    What ``fits`` at the smallest type never gets less than that.
    """
    size = start
    while (used := height(size)) > room and size > _LAST:
        size -= STEP
    return size, used


def fits(height: Callable[[float], float], room: float) -> bool:
    """Whether there is a readable type in which the *height* is within *room*."""
    return height(SMALLEST) <= room


def lines_within(text: str, size: float, width: float, height: float) -> list[str] | None:
    """*text* in lines for a box of *width* and *height* points; None where it does not fit."""
    lines = wrapped(text, size, width)
    return lines if size * (LEADING * (len(lines) - 1) + 1.15) <= height else None


def shortened(text: str) -> str:
    """*text*, or one character for every text so short that each layout has it on one line beside
    another: how much room a page needs does not depend on which of these it shows."""
    short = len(text) * _WIDEST <= _ROOMY or ems(text) <= _ROOMY
    return SHORT if short else text


def most(text: str, holds: Callable[[str], bool]) -> int:
    """How many characters of *text*, from its beginning, something *holds*; -1 where not even none."""
    if not holds(""):
        return -1
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(text[:middle]) else (low, middle - 1)
    return low
