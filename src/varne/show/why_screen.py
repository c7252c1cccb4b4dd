"""Why, on a terminal: who is safer in how many draws, what drives it, what would have to be true for another answer."""

from collections.abc import Collection, Sequence
from string import ascii_lowercase

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.compare.breakeven import ALWAYS, NEVER, TIES, UNTOLD, BreakEven
from varne.compare.sensitivity import RANKS, Driver, Drives
from varne.earth import format_position
from varne.encounter.outcome import Interval
from varne.show.why_answer import WhyAnswer
from varne.show.words import spoken, spoken_closely, spoken_interval, spoken_share
from varne.when import format_time

_PER = 100.0  # boats, so that the numbers can be read
_DRIVERS = 3  # shown of each difference
_TIES = 24  # shown; all are in the file
_NAMES = ("number", "single number")  # never broken: they are given to --fact
_ELSEWHERE = "in why.json, written by --out or printed by --json"
_SMALL = 0.02  # shares that are not shown: two in a hundred


def why_screen(answer: WhyAnswer) -> RenderableType:
    """
    Lay the answer out for a terminal.

    Parameters
    ----------
    answer : WhyAnswer
        [people]

    Returns
    -------
    renderable
        For a rich console.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.ranking import Ranking
    >>> from varne.encounter.scenario import Scenario
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> ranking = Ranking(("leave",), np.full((1, 1), 0.5), np.ones((1, 1)), np.ones(1), {})
    >>> type(why_screen(WhyAnswer(question, (4, 2), {"seed": 1}, ranking, (), (), (), (), {}, None))).__name__
    'Group'
    """
    scenario = answer.scenario
    title = (
        f"{scenario.people} people on a {scenario.length:g} m boat, {format_position(*scenario.position)}, "
        f"{format_time(scenario.time)}: why"
    )
    parts: list[RenderableType] = [Text(title, style="bold"), *_ranking(answer)]
    parts += _designed(answer) if answer.drives else _given(answer)
    if answer.effort is not None:
        parts += [*_break_evens(answer), *_assumptions(answer)]
    return Group(*parts, *_footer(answer))


def _table(*headings: str, left: Collection[str] = ()) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for place, heading in enumerate(headings):
        named = place == 0 or heading in left
        table.add_column(heading, justify="left" if named else "right", overflow="fold", no_wrap=heading in _NAMES)
    return table


def _title(words: str) -> Text:
    return Text(f"\n{words}", style="bold")


def _ranking(answer: WhyAnswer) -> list[RenderableType]:
    ranking = answer.ranking
    letters = ascii_lowercase[: len(ranking.options)]
    title = "Is the response of the row safer than that of the column? Share of draws of what is not known"
    table = _table("", *letters)
    notes: dict[tuple[str, ...], int] = {}
    for row, option in enumerate(ranking.options):
        cells = []
        for column, than in enumerate(ranking.options):
            follows = ranking.follows_from.get((option, than))
            if row == column:
                cells.append("·")
            elif (option, than) in ranking.not_asked:
                cells.append("?")
            elif follows:
                cells.append(f"[{notes.setdefault(tuple(sorted(follows)), len(notes) + 1)}]")
            else:
                cells.append(spoken_share(float(ranking.p_safer[row, column]), answer.members[0]))
        table.add_row(f"{letters[row]} {option}", *cells)
    lines = [f"[{number}] no share: it follows from assumption: {', '.join(names)}" for names, number in notes.items()]
    if ranking.not_asked:
        lines.append("? not asked whether it follows from assumption: the stored draws alone cannot tell.")
    return [_title(title), table, *(Text(line, style="dim") for line in (*lines, *_noise(answer)))]


def _noise(answer: WhyAnswer) -> list[str]:
    ranking = answer.ranking
    pairs = [
        (float(ranking.within_noise[row, column]), option, ranking.options[column])
        for row, option in enumerate(ranking.options)
        for column in range(row)
    ]
    if not pairs or answer.members[1] < 2:
        return ["With one member of each draw nothing is known of luck."] if pairs else []
    share, one, other = max(pairs)
    return [
        f"Draws in which luck does not let two be told apart: at most {100 * share:.0f} % ({one}, {other}); each pair "
        f"{_ELSEWHERE}."
    ]


def _designed(answer: WhyAnswer) -> list[RenderableType]:
    title = (
        f"What drives the difference to {answer.scenario.reference} in deaths: share of the variance of the draws, put "
        "in order, with its 90 % error"
    )
    table = _table(
        "response", "subject", "in all", "single number", "in all", left=("subject", "single number"),
    )  # fmt: skip
    for one in _of_deaths(answer.drives):
        subjects, facts = _leading(one.subjects), _leading(one.facts)
        for place in range(max(len(subjects), len(facts), 1)):
            left, right = (
                _driver_cells(drivers[place]) if place < len(drivers) else ("", "") for drivers in (subjects, facts)
            )
            table.add_row(one.option if place == 0 else "", *left, *right)
        table.add_section()
    return [
        _title(title),
        table,
        Text(
            "'In all' counts everything a subject acts together with, so shares can add up to more than 1. Numbers "
            "that one calibration fits at once are one subject, 'calibrated together'. Other outcomes, shares without "
            f"what acts together, and deaths not put in order, whose long tail makes shares unsure: {_ELSEWHERE}.",
            style="dim",
        ),
    ]


def _of_deaths(drives: Sequence[Drives]) -> list[Drives]:
    return [one for one in drives if one.outcome == "deaths" and one.scale == RANKS and one.reference is not None]


def _leading(drivers: Sequence[Driver]) -> list[Driver]:
    return [one for one in drivers[:_DRIVERS] if one.together.mean >= _SMALL]


def _driver_cells(one: Driver) -> tuple[str, str]:
    return one.name, _share(one.together)


def _share(one: Interval) -> str:
    return f"{one.mean:.2f}\n{one.low:.2f} to {one.high:.2f}"


def _given(answer: WhyAnswer) -> list[RenderableType]:
    title = f"What drives the difference to {answer.scenario.reference} in deaths, by the stored draws alone"
    table = _table(
        "response", "number", "share alone", "moves (PAWN)", "more of it",
    )  # fmt: skip
    for one in answer.given:
        if one.reference is None:
            continue
        shown = [driver for driver in one.drivers if driver.beyond_noise][:_DRIVERS]
        for place, driver in enumerate(shown):
            more = "more deaths" if driver.direction > 0.0 else "fewer deaths"
            share = _share(driver.alone)
            table.add_row(one.option if place == 0 else "", driver.name, share, f"{driver.moves.mean:.2f}", more)
        if not shown:
            table.add_row(one.option, "nothing beyond noise", "", "", "")
        table.add_section()
    return [_title(title), table]


def _break_evens(answer: WhyAnswer) -> list[RenderableType]:
    ties = sorted((one for one in answer.break_evens if one.status == TIES), key=_how_near)[:_TIES]
    reference = answer.scenario.reference
    title = (
        f"What would have to be true for the other answer: where a response ties with {reference}, all else as unknown "
        "as it is"
    )
    table = _table(
        "response", "number", "known as", "ties at", "safer below", left=("number",),
    )  # fmt: skip
    for option in dict.fromkeys(one.option for one in answer.break_evens):
        for place, one in enumerate(each for each in ties if each.option == option):
            fact = answer.facts[one.fact]
            known = f"{spoken(fact.low)} to {spoken(fact.high)}"
            table.add_row("" if place else option, one.fact, known, _tie(one.value, fact.unit), one.safer_below or "")
        table.add_section()
    left = sum(one.status == TIES for one in answer.break_evens) - len(ties)
    lines = []
    if left:
        lines.append(f"{left} more, further from what is thought likely: {_ELSEWHERE}.")
    return [_title(title), table, *(Text(line, style="dim") for line in (*lines, *_without_tie(answer)))]


def _how_near(one: BreakEven) -> float:
    return abs((0.5 if one.chance is None else one.chance) - 0.5)


def _tie(value: Interval | None, unit: str) -> str:
    assert value is not None, "a tie has a value"
    best, low, high = (spoken_closely(one) for one in (value.mean, value.low, value.high))
    if value.low == -float("inf"):
        error = f"up to {high}"
    else:
        error = f"{low} or more" if value.high == float("inf") else f"{low} to {high}"
    return best + ("" if unit == "1" else f" {unit}") + f"\n{error}"


def _without_tie(answer: WhyAnswer) -> list[str]:
    reference = answer.scenario.reference
    lines = ["How many numbers cannot make a tie within their plausible range, from 1% to 99%:"]
    for option in dict.fromkeys(one.option for one in answer.break_evens):
        counts = {
            status: sum(one.option == option and one.status == status for one in answer.break_evens)
            for status in (NEVER, UNTOLD, ALWAYS)
        }
        said = [
            f"{counts[NEVER]} cannot" if counts[NEVER] else "",
            f"{counts[UNTOLD]} leave the sign untold with so many draws" if counts[UNTOLD] else "",
            f"{counts[ALWAYS]} make no difference" if counts[ALWAYS] else "",
        ]
        lines.append(f"  {option} and {reference}: {'; '.join(part for part in said if part) or 'every number ties'}.")
    return lines


def _assumptions(answer: WhyAnswer) -> list[RenderableType]:
    title = f"What follows from assumption alone: deaths in 100 boats beside {answer.scenario.reference}"
    table = _table(
        "response", "as it is", "assumed effects neutral", "",
    )  # fmt: skip
    for one in answer.neutral:
        said = "stays" if not one.vanishes else f"vanishes: {', '.join(one.follows_from) or 'nothing is left'}"
        table.add_row(one.option, *(_line(each.expected_deaths) for each in (one.found, one.left)), said)
    return [_title(title), table]


def _line(one: Interval) -> str:
    return spoken_interval(one, _PER)


def _footer(answer: WhyAnswer) -> list[RenderableType]:
    draws, replicates = answer.members
    lines = [f"Ranking of {draws} draws of {replicates} members, seed {answer.fingerprint.get('seed')}."]
    if answer.effort is not None:
        effort = answer.effort
        lines[0] += (
            f" Designed runs: two samples of {effort.design} rows of {effort.replicates} members by a Sobol sequence, "
            f"{effort.voyages:,} voyages. Break-evens: {effort.break_even[0]} draws of {effort.break_even[1]} at each "
            "step, with the luck and all else of the assessment."
        )
    lines.append("These are shares and thresholds of this model, with its assumptions; results are estimates.")
    return [Text(line, style="dim") for line in lines]
