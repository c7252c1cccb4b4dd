"""A questionnaire for a panel, as a page to be printed or read on a telephone."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined

from varne.facts.panels import Question
from varne.show.language import Language, language
from varne.units import spelled

# As varne.elicitation says why a number is asked.
DRIVES = "drives {option} beside {reference}: {share} % of the variance of the draws in order"
_DRIVES = re.compile(re.sub(r"\{\w+\}", "(.+?)", DRIVES))
_NOTHING: Mapping[str, str] = MappingProxyType({})


def questionnaire_page(
    asked: Sequence[Question],
    encounter: str,
    uses: Mapping[str, str] = _NOTHING,
    spoken: Language | None = None,
) -> str:
    """
    Write a questionnaire as one page of HTML that needs nothing else.

    What is used now stands on a page of its own behind the questions: a number that is seen pulls answers towards it.

    Parameters
    ----------
    asked : sequence of Question
        In order of importance. [unit]
    encounter : str
        For which question the numbers matter, in words. [1]
    uses : mapping of str to str, optional
        Where a fact is used, by its name. [1]
    spoken : Language, optional
        English when left out. [1]

    Returns
    -------
    str

    References
    ----------
    Order of the three quantiles: Hemming et al. (2018), IDEA, Methods Ecol. Evol. 9:169; O'Hagan et al. (2006),
    Uncertain Judgements, chapter 5.

    Examples
    --------
    >>> from varne.facts.answers import Asked
    >>> from varne.facts.panels import questions_of
    >>> from varne.facts.tables import shipped_facts
    >>> page = questionnaire_page(questions_of([Asked("boat.speed", "drives rescue")], shipped_facts()), "A boat")
    >>> page.startswith("<!doctype html>"), page.count("<fieldset")
    (True, 1)
    """
    tongue = spoken or language("en")
    room = Environment(
        loader=PackageLoader("varne.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return room.get_template("questionnaire.html").render(
        asked=[_shown(one, uses, tongue) for one in asked], encounter=encounter, say=tongue.say, code=tongue.code
    )


def _why(said: str, tongue: Language) -> str:
    """What it drives, its numbers taken out of the sentence and put in again in the language of the page."""
    found = _DRIVES.fullmatch(said)
    if found is None:
        return said
    option, reference, share = found.groups()
    return tongue.say(DRIVES, option=tongue.say(option), reference=tongue.say(reference), share=share)


def _shown(one: Question, uses: Mapping[str, str], tongue: Language) -> dict[str, str]:
    fact = one.fact
    value, low, high = (tongue.number(number) for number in (fact.value, fact.low, fact.high))
    exact = fact.low == fact.high
    return {
        "name": fact.name,
        "says": tongue.say(fact.says),
        "unit": tongue.say(spelled(fact.unit)),
        "sign": "" if fact.unit == "1" else fact.unit,
        "holds": tongue.say(one.holds),
        "neutral": "" if fact.neutral is None else f"{fact.neutral:g}",
        "why": _why(one.why, tongue),
        "uses": uses.get(fact.name, ""),
        "now": value if exact else tongue.say("{mean} ({low} to {high})", mean=value, low=low, high=high),
        "grade": tongue.say(fact.grade),
        "source": fact.source,
        "date": fact.date,
    }
