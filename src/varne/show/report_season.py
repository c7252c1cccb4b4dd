"""A report of a season that people can read: one page that needs nothing else, on a telephone and in print."""

from collections.abc import Mapping, Sequence
from typing import Any

from varne.compare.given import FEWEST_DRAWS, Given
from varne.facts.tables import Facts
from varne.season.summary import in_words
from varne.show.language import Language
from varne.show.report import grades_sentence, rendered, what_varne_refuses
from varne.show.report_given import given_table
from varne.show.report_picture import Picture
from varne.show.report_season_grounds import grounds_table, levers_in_words
from varne.show.report_season_tables import (
    causes_table,
    change_table,
    money_table,
    officers_table,
    people_table,
    season_deaths_table,
)
from varne.show.season_answer import PolicyAnswer, SeasonAnswer

_SURE, _LIKELY = 0.95, 0.8  # shares of draws from which words are taken; our choice


def season_page(
    answer: SeasonAnswer,
    facts: Facts,
    given: Sequence[Given],
    pictures: Mapping[str, Picture],
    *,
    language: Language,
    scored: Sequence[str],
    again: tuple[str, Mapping[str, str]],
) -> str:
    """
    Write the report of a season.

    Parameters
    ----------
    answer : SeasonAnswer
        What was found. [people, GBP]
    facts : Facts
        Numbers about the world that were used. [unit]
    given : sequence of Given
        From :func:`varne.season.drivers.season_drivers`. [1]
    pictures : mapping of str to Picture
        ``policies``, ``one_event`` and ``arrivals``. [1]
    language : Language
        Of the page. [1]
    scored : sequence of str
        How well the model has forecast and looked back, in this language. [1]
    again : tuple
        Command with which it is computed again, and the texts of its files by their names. [1]

    Returns
    -------
    str
        HTML.
    """
    beside = [one for one in answer.policies if one.contrast]
    names = {fact.name: language.say(fact.says) for fact in facts}
    names |= {"people_at_sea": language.say("how many set out to sea, as drawn from the fit to the arrivals")}
    first, last = language.day(answer.first), language.day(answer.last)
    page: dict[str, Any] = {
        "title": language.say("The season from {first} to {last}", first=first, last=last),
        "question": language.say(
            "Policies compared: {names}.", names=", ".join(one.name for one in answer.policies)
        ),
        "sentence": season_sentence(answer, language),
        "asked": _asked(answer, language),
        "policies": [(one.name, language.say(one.says)) for one in answer.policies],
        "idle": [
            language.say("Of {policy}, a change acts on no day of this season: {change}", policy=one.name, change=line)
            for one in answer.policies for line in one.idle
        ],
        "pictures": dict(pictures),
        "people": people_table(answer, language),
        "deaths": season_deaths_table(answer, language),
        "change": change_table(answer, language),
        "money": money_table(answer, language),
        "officers": officers_table(answer, language),
        "causes": causes_table(answer, language),
        "drives": _drives(answer, language),
        "drivers": given_table(given, names, language),
        "follows": [_follows(one, answer.reference, language) for one in beside]
        or [language.say("One policy alone is compared with nothing.")],
        "grounds": grounds_table(answer, language),
        "grades": grades_sentence(facts, language),
        "scored": list(scored),
        "method": _method(answer, language),
        "fingerprint": [(language.say(name), str(value)) for name, value in answer.fingerprint.items()],
        "command": again[0],
        "texts": list(again[1].items()),
    }  # fmt: skip
    return rendered("report_season.html", {**page, "contents": _contents(language)}, language)


def season_sentence(answer: SeasonAnswer, language: Language) -> str:
    """
    Say the answer in one sentence, with its uncertainty; where it follows from assumption, that it does.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> season_sentence(nothing, language("en"))
    'No policy was asked about.'
    """
    base = next((one for one in answer.policies if one.name == answer.reference), None)
    if base is None:
        return language.say("No policy was asked about.")
    counts = base.summary.whole.counts
    said = language.say(
        "Under {reference}, {deaths} people are expected to die and {arrivals} to arrive in England (mean, and 90 % "
        "interval of what is not known).",
        reference=base.name,
        deaths=language.interval(counts["deaths"].known),
        arrivals=language.interval(counts["arrivals"].known),
    )
    return " ".join((said, *(_beside(one, answer.draws, language) for one in answer.policies if one.contrast)))


def _beside(one: PolicyAnswer, draws: int, language: Language) -> str:
    assert one.contrast, "only what is compared"
    deaths = one.contrast.counts["deaths"]
    told = {"policy": one.name, "deaths": language.interval(deaths)}
    if in_words(deaths) == "no difference":
        return language.say("{policy} makes no difference to deaths.", policy=one.name)
    if one.follows_from:
        return language.say(
            "What {policy} changes in deaths follows from assumption ({names}), so no chance of it is given.",
            policy=one.name, names=levers_in_words(one.follows_from, language),
        )  # fmt: skip
    fewer = one.contrast.p_fewer_deaths
    share = language.of_draws(max(fewer, 1.0 - fewer), draws)
    if max(fewer, 1.0 - fewer) < _LIKELY or in_words(deaths) == "cannot be told apart from zero":
        return language.say(
            "Whether {policy} leads to fewer or more deaths cannot be told: {deaths} beside the reference.", **told
        )
    if fewer >= _SURE:
        return language.say(
            "{policy} leads to fewer deaths, {deaths} beside it, in {share} of the draws.", share=share, **told
        )
    if fewer >= 0.5:
        return language.say(
            "{policy} probably leads to fewer deaths, {deaths} beside it, in {share} of the draws.", share=share, **told
        )
    if fewer > 1.0 - _SURE:
        return language.say(
            "{policy} probably leads to more deaths, {deaths} beside it, in {share} of the draws.", share=share, **told
        )
    return language.say(
        "{policy} leads to more deaths, {deaths} beside it, in {share} of the draws.", share=share, **told
    )


def _follows(one: PolicyAnswer, reference: str, language: Language) -> str:
    if one.follows_from:
        return language.say(
            "The difference of {policy} to {reference} follows from assumption: {names}.",
            policy=one.name, reference=reference, names=levers_in_words(one.follows_from, language),
        )  # fmt: skip
    return language.say(
        "The difference of {policy} to {reference} does not follow from assumption alone.",
        policy=one.name, reference=reference,
    )  # fmt: skip


def _asked(answer: SeasonAnswer, language: Language) -> list[tuple[str, str]]:
    return [
        (language.say("From"), language.day(answer.first)),
        (language.say("Until"), language.day(answer.last)),
        (language.say("Compared to"), answer.reference),
        (
            language.say("Members"),
            language.say(
                "{draws} draws of what is not known, {replicates} of luck for each",
                draws=str(answer.draws), replicates=str(answer.replicates),
            ),
        ),
    ]  # fmt: skip


def _drives(answer: SeasonAnswer, language: Language) -> str:
    if answer.draws < FEWEST_DRAWS:
        return language.say(
            "With {draws} draws nothing can be said of what drives it; {fewest} are needed.",
            draws=str(answer.draws), fewest=str(FEWEST_DRAWS),
        )  # fmt: skip
    return language.say(
        "Every number that was drawn was set against the deaths of the season, draw by draw. Only those are named that "
        "stand out so far that, if nothing had any influence, none would be named in nine seasons of ten. What is not "
        "named may still matter: a season has few draws. A difference that follows from assumption is not explained."
    )


def _method(answer: SeasonAnswer, language: Language) -> list[str]:
    return [
        language.say(
            "Every day of the season was followed for {members} members under each policy: who sets out, in which "
            "weather, who is stopped on the beach, and every voyage at sea until all are ashore, aboard a responder or "
            "dead.",
            members=str(answer.draws * answer.replicates),
        ),
        language.say(
            "Every member has the same days, boats and luck under every policy, so that policies are compared member "
            "by member and the noise cancels."
        ),
        language.say(
            "An interval of what is not known holds 90 % of its draws, luck taken out; an interval of one future has "
            "luck in it. Grades say what a number rests on: measured, published, derived (computed, or fitted to "
            "data), elicited (judged by a panel), assumed."
        ),
        language.say(
            "How many set out in answer to a policy is known to nobody: where a policy moves it, it says what it "
            "assumes, and no chance of its being better is given."
        ),
        what_varne_refuses(language),
    ]


def _contents(language: Language) -> list[dict[str, str]]:
    every = (
        ("question", language.say("The question")),
        ("policies", language.say("The policies side by side")),
        ("event", language.say("How many could die in one event")),
        ("arrivals", language.say("Arrivals as they may come")),
        ("drivers", language.say("What drives it")),
        ("assumption", language.say("What follows from assumption alone")),
        ("evidence", language.say("What it rests on")),
        ("duties", language.say("Duties")),
        ("method", language.say("How it was computed")),
        ("replay", language.say("How to compute it again")),
    )
    return [{"name": name, "words": words} for name, words in every]
