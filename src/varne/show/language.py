"""The language of a report: English as written here, French by gettext catalogues; numbers as each writes them."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from varne.encounter.outcome import Interval
from varne.errors import BadInput
from varne.show.words import least_share, spoken, spoken_minutes, spoken_pounds, spoken_share

LANGUAGES = {"en": "English", "fr": "Français"}
_POUNDS = re.compile(r"(-?)(?:without end|£([\d,.]+)(bn|m|k|))")
_SIZES = {"bn": "£{amount}bn", "m": "£{amount}m", "k": "£{amount}k", "": "£{amount}"}
CATALOGUES = ("report", "facts", "duties")  # what pages say, what tables say, what the law and its rules say


@dataclass(frozen=True, slots=True)
class Language:
    """How a page speaks: sentences by their English, and numbers."""

    code: str
    sentences: Mapping[str, str]

    def say(self, sentence: str, **values: Any) -> str:
        """
        Say a sentence, its values put in.

        Parameters
        ----------
        sentence : str
            In English, with ``{names}`` of values. [1]
        values : any
            Text that is put in as it is. [1]

        Returns
        -------
        str
            In English where there is no translation.

        Examples
        --------
        >>> language("en").say("{count} people", count="80")
        '80 people'
        """
        said = self.sentences.get(sentence) or sentence
        return said.format(**values) if values else said

    def number(self, value: float, factor: float = 1.0) -> str:
        """
        Write a number with two figures, or as whole when it is large.

        Parameters
        ----------
        value : float
            [unit]
        factor : float, optional
            By which it is multiplied. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> language("fr").number(0.0312), language("en").number(1240.7)
        ('0,031', '1,241')
        """
        return self.written(spoken(factor * value))

    def interval(self, one: Interval, factor: float = 1.0) -> str:
        """
        Write a mean with its interval on one line.

        Parameters
        ----------
        one : Interval
            [unit]
        factor : float, optional
            By which all is multiplied. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> language("fr").interval(Interval(0.031, 0.012, 0.079), 100.0)
        '3,1 (1,2 à 7,9)'
        """
        mean, low, high = (self.number(value, factor) for value in (one.mean, one.low, one.high))
        return self.say("{mean} ({low} to {high})", mean=mean, low=low, high=high)

    def share(self, share: float, draws: int) -> str:
        """
        Write a share of draws: next to nothing and next to all are not shown as certain.

        Parameters
        ----------
        share : float
            From 0 to 1. [1]
        draws : int
            How many there are: few that agree are less sure than many. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> language("fr").share(0.836, 400), language("fr").share(1.0, 400)
        ('0,84', '>0,99')
        """
        return self.written(spoken_share(share, draws))

    def minutes(self, time: float) -> str:
        """
        Write a time in hours and minutes.

        Parameters
        ----------
        time : float
            Infinite for never. [s]

        Returns
        -------
        str

        Examples
        --------
        >>> language("fr").minutes(5400.0), language("fr").minutes(float("inf"))
        ('1 h 30', 'jamais')
        """
        return spoken_minutes(time) if math.isfinite(time) else self.say("never")

    def pounds(self, amount: float) -> str:
        """
        Write an amount of money with two or three figures.

        Parameters
        ----------
        amount : float
            Infinite for without end. [GBP]

        Returns
        -------
        str

        Examples
        --------
        >>> language("en").pounds(184e6), language("fr").pounds(-2.14e9)
        ('£184m', '-2,1\xa0Md£')
        """
        parts = _POUNDS.fullmatch(spoken_pounds(amount))
        assert parts, "an amount is a sign, a number and perhaps a word for its size"
        sign, number, size = parts.groups()
        if number is None:
            return sign + self.say("without end")
        return sign + self.say(_SIZES[size], amount=self.written(number))

    def percent(self, share: float) -> str:
        """
        Write a share in hundredths; little, and all but all, are not shown as nothing and all.

        Parameters
        ----------
        share : float
            From 0 to 1. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> [language("en").percent(share) for share in (0.0, 0.001, 0.836, 0.999)]
        ['0\xa0%', '<1\xa0%', '84\xa0%', '>99\xa0%']
        """
        if 0.0 < share <= 0.005 or 0.995 <= share < 1.0:
            return "<1\u00a0%" if share < 0.5 else ">99\u00a0%"
        return f"{100.0 * max(share, 0.0):.0f}\u00a0%"

    def of_draws(self, share: float, draws: int) -> str:
        """
        Write a share of draws in hundredths: that all of them agree is not certainty, least of all when they are few.

        Parameters
        ----------
        share : float
            From 0 to 1. [1]
        draws : int
            How many there are. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> [language("en").of_draws(share, draws) for share, draws in ((1.0, 400), (0.0, 20), (0.836, 20))]
        ['>99\xa0%', '<5\xa0%', '84\xa0%']
        """
        least = least_share(draws)
        if share > 1.0 - least:
            return f">{100.0 * (1.0 - least):.0f}\u00a0%"
        return f"<{100.0 * least:.0f}\u00a0%" if share < least else self.percent(share)

    def listed(self, parts: Iterable[str]) -> str:
        """
        Join parts of a list that have commas of their own.

        Parameters
        ----------
        parts : iterable of str
            [1]

        Returns
        -------
        str

        Examples
        --------
        >>> language("en").listed(["a", "b"]), language("fr").listed(["a", "b"])
        ('a; b', 'a\xa0; b')
        """
        return self.say("; ").join(parts)

    def day(self, written: str) -> str:
        """
        Write a day in full.

        Parameters
        ----------
        written : str
            As 2026-06-01. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> language("en").day("2026-06-01"), language("fr").day("2026-06-01")
        ('1 June 2026', '1 juin 2026')
        """
        return format_date(date.fromisoformat(written), "long", locale="en_GB" if self.code == "en" else self.code)

    def written(self, number: str) -> str:
        """
        Write a number that is text already as this language writes it.

        Parameters
        ----------
        number : str
            With a point for decimals and commas between thousands. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> language("fr").written("1,240.5")
        '1\u202f240,5'
        """
        if self.code == "en":
            return number
        group, point = get_group_symbol(self.code), get_decimal_symbol(self.code)
        return number.replace(",", "\0").replace(".", point).replace("\0", group)


@cache
def language(code: str) -> Language:
    """
    Return a language.

    Parameters
    ----------
    code : str
        ``en`` or ``fr``. [1]

    Returns
    -------
    Language

    Raises
    ------
    BadInput
        If Varne does not speak it.

    Examples
    --------
    >>> language("de")
    Traceback (most recent call last):
    varne.errors.BadInput: language is 'de'; write en (English) or fr (Français).
    """
    if code not in LANGUAGES:
        known = " or ".join(f"{short} ({name})" for short, name in LANGUAGES.items())
        raise BadInput(f"language is {code!r}; write {known}.")
    return Language(code, {} if code == "en" else _sentences(code))


def _sentences(code: str) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for name in CATALOGUES:
        path = resources.files("varne.show").joinpath("locale", f"{name}_{code}.po")
        with path.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id and message.string:
                    sentences[str(message.id)] = str(message.string)
    return sentences
