"""What policies rest on, in the report of a season: the levers in which they differ, and the assumptions among them."""

import re

import numpy as np

from varne.season.assumed import Ground
from varne.show.language import Language
from varne.show.report_table import NOTED_IN, Cell, Rows
from varne.show.season_answer import SeasonAnswer
from varne.show.words import LEVER_WORDS, spoken_closely

_DOES = re.compile("what '(.*)' does")  # as an assumption names an option


def levers_in_words(names: tuple[str, ...], language: Language) -> str:
    """
    Say from which assumptions something follows.

    Parameters
    ----------
    names : tuple of str
        Levers, or what an option does. [1]
    language : Language
        Of its words. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.show.language import language
    >>> levers_in_words(("deterrence", "what 'jam' does"), language("en"))
    'deterrence, what jam does'
    """
    return ", ".join(_lever(name, language) for name in names)


def _lever(name: str, language: Language) -> str:
    words = LEVER_WORDS.get(name.partition("_")[0])
    if words:
        return language.say(words)
    option = _DOES.fullmatch(name)
    if option:
        return language.say("what {option} does", option=language.say(option[1]))
    return language.say(name)


def grounds_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Show what each policy sets that its reference does not, with what is known of it.

    Parameters
    ----------
    answer : SeasonAnswer
        [SI]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> grounds_table(nothing, language("en")).rows
    ()
    """
    caption = language.say(
        "In what each policy differs from {reference}; sources in the language in which they were noted",
        reference=answer.reference,
    )
    headings = (
        language.say("Policy"), language.say("What is set"), language.say("Grade"),
        language.say("Source"),
    )  # fmt: skip
    rows = []
    for policy in answer.policies:
        alike: dict[tuple[str, str, bool], list[Ground]] = {}
        for one in policy.grounds:
            alike.setdefault((one.source, one.grade, one.of_reference), []).append(one)
        rows += [_ground_row(policy.name, tuple(grounds), language) for grounds in alike.values()]
    return Rows(caption, headings, tuple(rows))


def _ground_row(policy: str, grounds: tuple[Ground, ...], language: Language) -> tuple[Cell, ...]:
    """Levers of one source in one row."""
    first = grounds[0]
    words = ", ".join(dict.fromkeys(language.say(LEVER_WORDS[one.lever.partition("_")[0]]) for one in grounds))
    if first.of_reference:
        words = language.say("{lever}: set by the reference alone", lever=words)
    values = language.listed(f"{one.lever} {_set_to(one, language)}" for one in grounds)
    return Cell(policy), Cell(words, values), Cell(language.say(first.grade)), Cell(first.source, lang=NOTED_IN)


def _set_to(one: Ground, language: Language) -> str:
    if one.lever == "intercept_option":
        return language.say(one.option)
    if one.low == one.high:
        return _value(one.low, language)
    return language.say("{low} to {high}", low=_value(one.low, language), high=_value(one.high, language))


def _value(value: float, language: Language) -> str:
    return language.written(spoken_closely(value)) if np.isfinite(value) else language.say("without limit")
