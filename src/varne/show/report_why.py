"""Why, in a report: who is safer in how many draws, where responses tie, what follows from assumption alone."""

from varne.compare.breakeven import NEVER, TIES, UNTOLD, BreakEven
from varne.compare.sensitivity import RANKS
from varne.evidence import Fact
from varne.show.language import Language
from varne.show.report_table import NOTED_IN, Cell, Rows, interval_cell
from varne.show.why_answer import WhyAnswer
from varne.show.words import spoken_closely

_PER = 100.0  # boats
_SMALL = 0.01  # share below which a number does not matter; our choice
_MOST_FACTS = 20  # in the table of evidence; all stand in the file


def ranking_table(why: WhyAnswer, language: Language) -> tuple[Rows, tuple[str, ...]]:
    """
    Put every response against every other.

    Parameters
    ----------
    why : WhyAnswer
        [1]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        Share of draws in which the response of the row is the safer, and under it the share within the noise of luck.
    tuple of str
        What the pairs without a share follow from.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.ranking import Ranking
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> ranking = Ranking(("leave",), np.full((1, 1), 0.5), np.ones((1, 1)), np.ones(1), {})
    >>> why = WhyAnswer(question, (4, 2), {"seed": 1}, ranking, (), (), (), (), {}, None)
    >>> ranking_table(why, language("en"))[0].headings
    ('Safer than', 'leave')
    """
    ranking = why.ranking
    named = tuple(language.say(name) for name in ranking.options)
    notes: dict[tuple[str, ...], str] = {}
    rows = []
    for row, option in enumerate(ranking.options):
        cells = [Cell(named[row])]
        for column, than in enumerate(ranking.options):
            follows = ranking.follows_from.get((option, than))
            if row == column:
                cells.append(Cell("–"))
            elif follows:
                cells.append(Cell(notes.setdefault(tuple(sorted(follows)), f"[{len(notes) + 1}]")))
            else:
                noise = language.percent(float(ranking.within_noise[row, column]))
                cells.append(Cell(language.share(float(ranking.p_safer[row, column]), why.members[0]), f"({noise})"))
        rows.append(tuple(cells))
    caption = language.say(
        "Share of draws in which the response of the row leads to fewer deaths than that of the column; in brackets "
        "the share of draws in which luck does not let the two be told apart."
    )
    lines = tuple(
        language.say("{mark} follows from assumption: {names}.", mark=mark, names=", ".join(names))
        for names, mark in notes.items()
    )
    return Rows(caption, (language.say("Safer than"), *named), tuple(rows)), lines


def break_even_table(why: WhyAnswer, language: Language) -> tuple[Rows, tuple[str, ...]]:
    """
    Show where responses tie with the reference.

    Parameters
    ----------
    why : WhyAnswer
        [unit]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        Those nearest to what is thought likely first.
    tuple of str
        How many numbers cannot make a tie.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.ranking import Ranking
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> ranking = Ranking(("leave",), np.full((1, 1), 0.5), np.ones((1, 1)), np.ones(1), {})
    >>> why = WhyAnswer(question, (4, 2), {"seed": 1}, ranking, (), (), (), (), {}, None)
    >>> break_even_table(why, language("en"))[0].rows
    ()
    """
    reference = language.say(why.scenario.reference)
    ties = sorted((one for one in why.break_evens if one.status == TIES), key=_how_near)
    rows = tuple(_tie_row(one, why.facts[one.fact], reference, language) for one in ties)
    caption = language.say("Where a response ties with {reference}", reference=reference)
    headings = (
        language.say("Number"), language.say("Known as"), language.say("Ties at"), language.say("Response"),
        language.say("Below that value the safer is"),
    )  # fmt: skip
    lines = []
    for option in dict.fromkeys(one.option for one in why.break_evens):
        counts = [
            sum(one.option == option and one.status == status for one in why.break_evens) for status in (NEVER, UNTOLD)
        ]
        lines.append(
            language.say(
                "{option} beside {reference}: {never} numbers cannot make a tie within their plausible range, from 1 "
                "% to 99 %; {untold} leave its sign untold with so many draws.",
                option=language.say(option),
                reference=reference,
                never=str(counts[0]),
                untold=str(counts[1]),
            )
        )
    return Rows(caption, headings, rows), tuple(lines)


def _how_near(one: BreakEven) -> float:
    return abs((0.5 if one.chance is None else one.chance) - 0.5)


def _tie_row(one: BreakEven, fact: Fact, reference: str, language: Language) -> tuple[Cell, ...]:
    assert one.value is not None and one.safer_below is not None, "a tie has a value"
    unit = "" if fact.unit == "1" else f" {fact.unit}"
    best, low, high = (
        language.written(spoken_closely(value)) for value in (one.value.mean, one.value.low, one.value.high)
    )
    if one.value.low == -float("inf"):
        error = language.say("{high} or less", high=high)
    elif one.value.high == float("inf"):
        error = language.say("{low} or more", low=low)
    else:
        error = language.say("{low} to {high}", low=low, high=high)
    return (
        Cell(language.say(fact.says), f"{fact.name}, {language.say(fact.grade)}"),
        range_cell(fact, language),
        Cell(f"{best}{unit}", error),
        Cell(language.say(one.option)),
        Cell(language.say(one.safer_below)),
    )


def range_cell(fact: Fact, language: Language) -> Cell:
    """
    Write what is known of a number: its median, and under it its 90 % range.

    Parameters
    ----------
    fact : Fact
        [unit]
    language : Language
        Of its words. [1]

    Returns
    -------
    Cell

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.show.language import language
    >>> range_cell(shipped_facts()["boat.speed"], language("en"))
    Cell(words='5 kn', under='3.5 to 7', lang='')
    """
    unit = "" if fact.unit == "1" else f" {fact.unit}"
    value, low, high = (language.written(spoken_closely(one)) for one in (fact.value, fact.low, fact.high))
    under = "" if fact.low == fact.high else language.say("{low} to {high}", low=low, high=high)
    return Cell(f"{value}{unit}", under)


def neutral_table(why: WhyAnswer, language: Language) -> Rows:
    """
    Show each difference as it is, and without the assumed effects.

    Parameters
    ----------
    why : WhyAnswer
        [people]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.ranking import Ranking
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> ranking = Ranking(("leave",), np.full((1, 1), 0.5), np.ones((1, 1)), np.ones(1), {})
    >>> why = WhyAnswer(question, (4, 2), {"seed": 1}, ranking, (), (), (), (), {}, None)
    >>> neutral_table(why, language("en")).rows
    ()
    """
    reference = language.say(why.scenario.reference)
    rows = tuple(
        (
            Cell(language.say(one.option)),
            interval_cell(one.found.expected_deaths, language, _PER),
            interval_cell(one.left.expected_deaths, language, _PER),
            Cell(language.say("vanishes") if one.vanishes else language.say("stays"), ", ".join(one.follows_from)),
        )
        for one in why.neutral
    )
    caption = language.say(
        "Deaths in 100 boats beside {reference}, of the same first members with and without", reference=reference
    )
    headings = (
        language.say("Response"), language.say("As it is"), language.say("Assumed effects neutral"),
        language.say("The difference"),
    )  # fmt: skip
    return Rows(caption, headings, rows)


def evidence_table(why: WhyAnswer, language: Language) -> Rows:
    """
    List the numbers that matter most, with value, range, grade and source.

    Parameters
    ----------
    why : WhyAnswer
        [unit]
    language : Language
        Of its words. [1]

    Returns
    -------
    Rows
        Those that drive a difference or make a tie.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.ranking import Ranking
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> ranking = Ranking(("leave",), np.full((1, 1), 0.5), np.ones((1, 1)), np.ones(1), {})
    >>> why = WhyAnswer(question, (4, 2), {"seed": 1}, ranking, (), (), (), (), {}, None)
    >>> evidence_table(why, language("en")).rows
    ()
    """
    share = _how_much(why)
    names = sorted((name for name in share if name in why.facts), key=lambda name: -share[name])[:_MOST_FACTS]
    rows = tuple(
        (
            Cell(language.say(fact.says), fact.name),
            range_cell(fact, language),
            Cell(language.say(fact.grade)),
            Cell(fact.source, fact.date, NOTED_IN),
        )
        for fact in (why.facts[name] for name in names)
    )
    caption = language.say("The numbers that matter most here; sources in the language in which they were noted")
    headings = (
        language.say("Number"), language.say("Known as"), language.say("Grade"), language.say("Source"),
    )  # fmt: skip
    return Rows(caption, headings, rows)


def _how_much(why: WhyAnswer) -> dict[str, float]:
    """By number: its largest share in a difference in deaths, how near its tie lies, what the draws show of it."""
    share: dict[str, float] = {}

    def _add(name: str, value: float) -> None:
        share[name] = max(share.get(name, 0.0), value)

    for drives in why.drives:
        if drives.reference is not None and drives.outcome == "deaths" and drives.scale == RANKS:
            for driver in drives.facts:
                if driver.together.mean >= _SMALL:
                    _add(driver.name, driver.together.mean)
    for one in why.break_evens:
        if one.status == TIES:
            _add(one.fact, 1.0 - 2.0 * _how_near(one))
    for given in why.given:  # the numbers that one calibration fits at once are seen here alone
        if given.outcome == "deaths":
            for seen in given.drivers:
                if seen.beyond_noise:
                    _add(seen.name, max(seen.alone.mean, seen.direction**2))
    return share
