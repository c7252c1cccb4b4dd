"""Tables of the report of a season: people, deaths and their causes, what policies change, money, officers."""

from collections.abc import Callable

from varne.encounter.outcome import Interval
from varne.season.summary import Estimate, Stretch, in_words
from varne.show.language import Language
from varne.show.report_season_grounds import levers_in_words
from varne.show.report_table import Cell, Rows, interval_cell
from varne.show.season_answer import PolicyAnswer, SeasonAnswer
from varne.show.words import CAUSE_WORDS

_MANY = 10  # deaths in one event
_SAME, _UNTOLD = "no difference", "cannot be told apart from zero"  # as in_words says them


def people_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Put the policies side by side: people at sea, arriving, brought back.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> people_table(nothing, language("en")).headings[2]
    'People arriving'
    """
    caption = language.say("People: means; under them 90 % intervals of what is not known, and of one future")
    headings = (
        language.say("Policy"), language.say("People at sea"), language.say("People arriving"),
        language.say("Brought back"),
    )  # fmt: skip
    names = ("people_at_sea", "arrivals", "brought_back")
    rows = tuple(
        (_name(one, answer, language), *(_estimate(one.summary.whole.counts[name], language) for name in names))
        for one in answer.policies
    )
    return Rows(caption, headings, rows)


def season_deaths_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Put the policies side by side: deaths, boats with a death, the chance of any and of a large event.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> season_deaths_table(nothing, language("en")).rows
    ()
    """
    caption = language.say("Deaths of people aboard: means; under them 90 % intervals of what is not known")
    headings = (
        language.say("Policy"), language.say("Deaths"), language.say("Boats with a death"),
        language.say("Chance of any death"), language.say("Chance of 10 deaths or more in one event"),
        language.say("Rests on"),
    )  # fmt: skip
    return Rows(caption, headings, tuple(_deaths_row(one, answer, language) for one in answer.policies))


def _deaths_row(one: PolicyAnswer, answer: SeasonAnswer, language: Language) -> tuple[Cell, ...]:
    whole = one.summary.whole
    return (
        _name(one, answer, language),
        _estimate(whole.counts["deaths"], language),
        _estimate(whole.counts["fatal_events"], language),
        interval_cell(whole.p_any_death, language),
        interval_cell(many_in_one(whole), language),
        Cell(language.say(one.grade)),
    )


def many_in_one(whole: Stretch) -> Interval:
    """
    Return the chance of at least one event with ten deaths or more.

    Parameters
    ----------
    whole : Stretch
        A season or a year. [people]

    Returns
    -------
    Interval
        [1]

    Examples
    --------
    >>> import numpy as np
    >>> from varne.season.ledger import empty_ledger
    >>> from varne.season.summary import summary_of
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> many_in_one(summary_of(ledger, "a").whole).mean
    0.0
    """
    curves = (whole.in_one_event, whole.in_one_event_low, whole.in_one_event_high)
    return Interval(*(float(curve[_MANY - 1]) for curve in curves))


def change_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Show what each policy changes beside the reference, the same members under both.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        Where a difference follows from assumption there is no chance of fewer deaths.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> change_table(nothing, language("en")).rows
    ()
    """
    caption = language.say(
        "Less {reference}, the same days, boats and luck under both. Chance of fewer deaths: share of draws in which "
        "fewer are expected to die.",
        reference=answer.reference,
    )
    headings = (
        language.say("Policy"), language.say("Deaths"), language.say("Chance of fewer deaths"),
        language.say("People arriving"), language.say("Cost"),
    )  # fmt: skip
    rows = tuple(_change_row(one, answer.draws, language) for one in answer.policies if one.contrast)
    return Rows(caption, headings, rows)


def _change_row(one: PolicyAnswer, draws: int, language: Language) -> tuple[Cell, ...]:
    assert one.contrast and one.comparison, "only what is compared"
    deaths = one.contrast.counts["deaths"]
    if one.follows_from:
        chance = Cell(language.say("follows from assumption"), levers_in_words(one.follows_from, language))
    elif in_words(deaths) == _SAME:
        chance = Cell("–")
    else:
        chance = Cell(language.share(one.contrast.p_fewer_deaths, draws))
    return (
        Cell(one.name),
        _change(deaths, language, language.number),
        chance,
        _change(one.contrast.counts["arrivals"], language, language.number),
        _change(one.comparison.cost, language, language.pounds),
    )


def money_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Show what each policy costs, and what it costs for each crossing averted and life saved.

    Parameters
    ----------
    answer : SeasonAnswer
        [GBP]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> money_table(nothing, language("en")).rows
    ()
    """
    caption = language.say(
        "Cost: means and 90 % intervals. All unit costs are assumed; prices are added up as they stand. Below zero is "
        "money saved."
    )
    headings = (
        language.say("Policy"), language.say("In all"), language.say("More, for each crossing averted"),
        language.say("More, for each life saved"),
    )  # fmt: skip
    rows = []
    for one in answer.policies:
        beside = one.comparison
        crossing = life = Cell("–")
        if beside is not None:
            crossing = _each(
                beside.cost_per_crossing, language,
                language.say("for each one more") if beside.crossings_averted.mean < 0.0 else "",
            )  # fmt: skip
            life = _each(
                beside.cost_per_life, language,
                language.say("for each life lost") if beside.lives_saved.mean < 0.0 else "",
            )  # fmt: skip
        rows.append((_name(one, answer, language), _pounds(one.cost, language), crossing, life))
    return Rows(caption, headings, tuple(rows))


def officers_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Show what officers and crews meet in the season.

    Parameters
    ----------
    answer : SeasonAnswer
        [people, events]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> officers_table(nothing, language("en")).rows
    ()
    """
    caption = language.say(
        "Officers who intervene at sea, and crews of all responders. An intervention is fatal when somebody dies on "
        "that voyage after it, whatever the cause."
    )
    headings = (
        language.say("Policy"), language.say("Interventions"), language.say("Interventions of a team"),
        language.say("Chance of a fatal one, for a team"), language.say("Crew seriously hurt"),
        language.say("Crew dead"),
    )  # fmt: skip
    rows = tuple(
        (
            _name(one, answer, language),
            interval_cell(one.exposure.interventions, language),
            _or_none(one.exposure.interventions_per_team, language),
            _or_none(one.exposure.p_fatal_per_team, language),
            interval_cell(one.exposure.crew_injuries, language),
            interval_cell(one.exposure.crew_deaths, language),
        )
        for one in answer.policies
    )
    return Rows(caption, headings, rows)


def causes_table(answer: SeasonAnswer, language: Language) -> Rows:
    """
    Show deaths by cause under each policy, the most frequent under the first policy first.

    Parameters
    ----------
    answer : SeasonAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> import numpy as np
    >>> from varne.show.language import language
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> causes_table(nothing, language("en")).rows
    ()
    """
    caption = language.say("Deaths of people aboard by cause: means and 90 % intervals of what is not known")
    shown = answer.policies
    first = shown[0].summary.whole.by_cause if shown else {}
    kills = [cause for cause in first if any(one.summary.whole.by_cause[cause].high > 0.0 for one in shown)]
    rows = tuple(
        (
            Cell(language.say(CAUSE_WORDS[cause])),
            *(interval_cell(one.summary.whole.by_cause[cause], language) for one in shown),
        )
        for cause in sorted(kills, key=lambda cause: -first[cause].mean)
    )
    return Rows(caption, (language.say("Cause"), *(one.name for one in shown)), rows)


def _name(one: PolicyAnswer, answer: SeasonAnswer, language: Language) -> Cell:
    return Cell(
        one.name, language.say("the reference") if one.name == answer.reference and len(answer.policies) > 1 else ""
    )


def _estimate(one: Estimate, language: Language) -> Cell:
    cell = interval_cell(one.known, language)
    if one.future is None:
        return cell
    low, high = (language.number(value) for value in one.future)
    return Cell(cell.words, language.say("{known}; one future {low} to {high}", known=cell.under, low=low, high=high))


def _change(one: Interval, language: Language, say: Callable[[float], str]) -> Cell:
    told = in_words(one)
    if told == _SAME:
        return Cell(language.say(_SAME))
    between = language.say("{low} to {high}", low=say(one.low), high=say(one.high))
    return Cell(say(one.mean), language.listed((between, language.say(_UNTOLD))) if told == _UNTOLD else between)


def _pounds(one: Interval, language: Language) -> Cell:
    low, high = language.pounds(one.low), language.pounds(one.high)
    return Cell(language.pounds(one.mean), language.say("{low} to {high}", low=low, high=high))


def _each(one: Interval | None, language: Language, turned: str) -> Cell:
    if one is None:
        return Cell(language.say(_UNTOLD))
    cell = _pounds(one, language)
    return Cell(cell.words, f"{cell.under}, {turned}" if turned else cell.under)


def _or_none(one: Interval | None, language: Language) -> Cell:
    return Cell("–") if one is None else interval_cell(one, language)
