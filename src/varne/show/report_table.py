"""Tables of a report: a heading, columns, and cells of which each may have a second line."""

from collections.abc import Sequence
from dataclasses import dataclass

from varne.encounter.outcome import Interval
from varne.show.language import Language

NOTED_IN = "en"  # language of sources


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table."""

    words: str
    under: str = ""
    lang: str = ""  # where it is not that of the page


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; the first cell of a row names it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def interval_cell(one: Interval, language: Language, factor: float = 1.0) -> Cell:
    """
    Write a mean, and under it its interval.

    Parameters
    ----------
    one : Interval
        [unit]
    language : Language
        Of its words. [1]
    factor : float, optional
        By which all is multiplied. [1]

    Returns
    -------
    Cell

    Examples
    --------
    >>> from varne.show.language import language
    >>> interval_cell(Interval(0.031, 0.012, 0.079), language("fr"), 100.0)
    Cell(words='3,1', under='1,2 à 7,9', lang='')
    """
    low, high = language.number(one.low, factor), language.number(one.high, factor)
    return Cell(language.number(one.mean, factor), language.say("{low} to {high}", low=low, high=high))


def plain(words: Sequence[str]) -> tuple[Cell, ...]:
    """
    Make cells of words.

    Parameters
    ----------
    words : sequence of str
        One for each cell. [1]

    Returns
    -------
    tuple of Cell

    Examples
    --------
    >>> plain(["a", "b"])[1].words
    'b'
    """
    return tuple(Cell(one) for one in words)
