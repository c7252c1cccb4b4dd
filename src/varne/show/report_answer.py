"""The answer in a report: one sentence with its uncertainty, and the responses side by side."""

from varne.encounter.outcome import Interval
from varne.show.answer import Answer, OptionAnswer
from varne.show.language import Language
from varne.show.report_table import Cell, Rows, interval_cell

_PER = 100.0  # boats, so that the numbers can be read
_MANY = 10  # deaths
_SELDOM = 0.005  # share of boats below which it is not told that their people are never safe; our choice
_SURE, _LIKELY = 0.95, 0.8  # shares of draws from which words are taken; our choice


def answer_sentence(answer: Answer, language: Language) -> str:
    """
    Say the answer in one sentence, with its uncertainty; where it follows from assumption, that it does.

    Parameters
    ----------
    answer : Answer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> answer_sentence(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en"))
    'No response that was asked about applies here.'
    """
    shown = [one for one in answer.options if one.expected_deaths is not None]
    base = next((one for one in shown if one.name == answer.scenario.reference), None)
    if base is None or base.expected_deaths is None:
        return language.say("No response that was asked about applies here.")
    others = [one for one in shown if one is not base]
    if not others:
        return language.say(
            "In 100 such boats, {reference} leads to {deaths} deaths of people aboard (mean, and 90 % interval of "
            "what is not known).",
            reference=language.say(base.name), deaths=language.interval(base.expected_deaths, _PER),
        )  # fmt: skip
    best = min(others, key=_mean)
    values = {
        "option": language.say(best.name),
        "reference": language.say(base.name),
        "deaths": language.interval(_deaths(best), _PER),
        "beside": language.interval(_deaths(base), _PER),
    }
    return language.say(
        "In 100 such boats, {option} leads to {deaths} deaths of people aboard and {reference} to {beside} (mean, "
        "and 90 % interval of what is not known);",
        **values,
    ) + " " + _how_sure(best, base, answer.draws, language)  # fmt: skip


def _how_sure(best: OptionAnswer, base: OptionAnswer, draws: int, language: Language) -> str:
    option, reference = language.say(best.name), language.say(base.name)
    if best.follows_from:
        return language.say(
            "which of the two is the safer follows from assumption alone ({names}), so no chance of it is given.",
            names=", ".join(best.follows_from),
        )
    assert best.difference, "an option that applies has a difference"
    fewer = best.difference.p_safer >= 0.5
    share = best.difference.p_safer if fewer else 1.0 - best.difference.p_safer
    safer, other = (option, reference) if fewer else (reference, option)
    if share >= _SURE:
        words = language.say(
            "{safer} is the safer in {share} of the draws of what is not known.", safer=safer, share="{share}"
        )
    elif share >= _LIKELY:
        words = language.say(
            "{safer} is probably the safer, in {share} of the draws of what is not known.", safer=safer, share="{share}"
        )
    else:
        words = language.say(
            "which of the two is the safer cannot be told: {safer} is in {share} of the draws, {other} in the rest.",
            safer=safer, other=other, share="{share}",
        )  # fmt: skip
    return words.replace("{share}", language.of_draws(share, draws))


def deaths_table(answer: Answer, language: Language) -> Rows:
    """
    Put the responses side by side: deaths, beside the reference, and how likely.

    Parameters
    ----------
    answer : Answer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        One for each response that applies.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> deaths_table(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).rows
    ()
    """
    reference = answer.scenario.reference
    headings = (
        language.say("Response"),
        language.say("Deaths in 100 boats"),
        language.say("Beside {reference}", reference=language.say(reference)),
        language.say("Chance to be the safer"),
        language.say("Chance of any death"),
        language.say("Chance of 10 deaths or more"),
    )
    caption = language.say(
        "Means, and under them 90 % intervals of what is not known; {draws} draws of {replicates} members. Chance to "
        "be the safer: over the draws, the chance of fewer deaths than the reference. The interval of 10 deaths or "
        "more holds luck too.",
        draws=str(answer.draws),
        replicates=str(answer.replicates),
    )
    rows = tuple(_deaths_row(one, reference, answer.draws, language) for one in answer.options if not one.why_not)
    return Rows(caption, headings, rows)


def _deaths_row(one: OptionAnswer, reference: str, draws: int, language: Language) -> tuple[Cell, ...]:
    assert one.p_any_death and one.difference, "options that apply have outcomes"
    own = one.name == reference
    beside = Cell("–") if own else interval_cell(one.difference.expected_deaths, language, _PER)
    return (
        Cell(language.say(one.name), language.say("the reference") if own else ""),
        interval_cell(_deaths(one), language, _PER),
        beside,
        _safer(one, own, draws, language),
        interval_cell(one.p_any_death, language),
        interval_cell(_many(one), language),
    )


def harm_table(answer: Answer, language: Language) -> Rows:
    """
    Put the responses side by side: injuries, harm to crews, time to safety, and what the numbers rest on.

    Parameters
    ----------
    answer : Answer
        [people, s]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        One for each response that applies.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> harm_table(Answer(question, (), 4, 2, Evidence({}, (), {}), {}), language("en")).rows
    ()
    """
    headings = (
        language.say("Response"),
        language.say("Serious injuries in 100 boats"),
        language.say("Crew harmed in 100 boats"),
        language.say("Median time until all are safe"),
        language.say("Weakest grade"),
    )
    caption = language.say("Injuries of people aboard, harm to responders' crews, and time to safety")
    return Rows(caption, headings, tuple(_harm_row(one, language) for one in answer.options if not one.why_not))


def _harm_row(one: OptionAnswer, language: Language) -> tuple[Cell, ...]:
    assert one.serious_injuries and one.crew_harmed and one.safe, "options that apply have outcomes"
    low, high = (language.minutes(time) for time in (one.safe.low, one.safe.high))
    under = language.say("{low} to {high}", low=low, high=high)
    if one.safe.share_never >= _SELDOM:
        under += language.say("; never: {share}", share=language.percent(one.safe.share_never))
    return (
        Cell(language.say(one.name)),
        interval_cell(one.serious_injuries, language, _PER),
        interval_cell(one.crew_harmed, language, _PER),
        Cell(language.minutes(one.safe.median), under),
        Cell(language.say(one.grade)),
    )


def _safer(one: OptionAnswer, own: bool, draws: int, language: Language) -> Cell:
    assert one.difference, "options that apply have a difference"
    if own:
        return Cell("–")
    if one.follows_from:
        return Cell(language.say("follows from assumption"), ", ".join(one.follows_from))
    spread = one.difference.expected_deaths
    if spread.low == spread.high == 0.0:
        return Cell(language.say("no difference"))
    return Cell(language.share(one.difference.p_safer, draws))


def _many(one: OptionAnswer) -> Interval:
    assert one.exceedance is not None and one.exceedance_low is not None and one.exceedance_high is not None
    curves = (one.exceedance, one.exceedance_low, one.exceedance_high)
    if len(one.exceedance) < _MANY:
        return Interval(0.0, 0.0, 0.0)
    return Interval(*(float(curve[_MANY - 1]) for curve in curves))


def _deaths(one: OptionAnswer) -> Interval:
    assert one.expected_deaths, "options that apply have outcomes"
    return one.expected_deaths


def _mean(one: OptionAnswer) -> float:
    return _deaths(one).mean
