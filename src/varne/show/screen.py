"""The answer on a terminal: a table, and under it what it rests on."""

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.earth import format_position
from varne.encounter.outcome import Interval
from varne.show.answer import Answer, OptionAnswer
from varne.show.words import spoken_interval, spoken_minutes, spoken_share
from varne.when import format_time

_PER = 100.0  # boats, so that the numbers can be read
_MANY = 10  # deaths


def screen(answer: Answer) -> RenderableType:
    """
    Lay the answer out for a terminal.

    Parameters
    ----------
    answer : Answer
        The answer. [people]

    Returns
    -------
    renderable
        For a rich console.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.answer import Evidence
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> type(screen(Answer(question, (), 4, 2, Evidence({}, (), {}), {"seed": 1}))).__name__
    'Group'
    """
    scenario = answer.scenario
    title = (
        f"{scenario.people} people on a {scenario.length:g} m boat, {format_position(*scenario.position)}, "
        f"{format_time(scenario.time)}, {'launching from the beach' if scenario.start == 'beach' else 'at sea'}"
    )
    deaths = _table(title, ("response", "deaths in 100 boats", f"beside {scenario.reference}", "P(safer)"))
    chances = _table("", ("response", "P(any death)", f"P({_MANY} or more)", "serious injuries\nin 100 boats"))
    rest = _table("", ("response", "crew harmed\nin 100 boats", "median time\nuntil all are safe", "weakest\ngrade"))
    notes: list[str] = []
    for one in answer.options:
        if not one.why_not:
            deaths.add_row(*_death_row(one, one.name == scenario.reference, answer.draws, notes))
            chances.add_row(*_chance_row(one))
            rest.add_row(*_rest_row(one))
    return Group(deaths, chances, rest, *_footer(answer, notes))


def _table(title: str, headings: tuple[str, ...]) -> Table:
    table = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "response" else "right", no_wrap=True)
    return table


def _death_row(one: OptionAnswer, reference: bool, draws: int, notes: list[str]) -> list[str]:
    assert one.expected_deaths and one.difference, "options that apply have outcomes"
    spread = one.difference.expected_deaths
    same = spread.low == spread.high == 0.0
    safer = "no difference" if same else spoken_share(one.difference.p_safer, draws)
    if reference:
        safer = "reference"
    elif one.follows_from:
        notes.append(f"{one.name} follows from assumption: {', '.join(one.follows_from)}")
        safer = f"follows from\nassumption [{len(notes)}]"
    beside = "" if reference else spoken_interval(one.difference.expected_deaths, _PER)
    return [one.name, spoken_interval(one.expected_deaths, _PER), beside, safer]


def _chance_row(one: OptionAnswer) -> list[str]:
    assert one.p_any_death and one.serious_injuries and one.exceedance is not None, "options that apply have outcomes"
    assert one.exceedance_low is not None and one.exceedance_high is not None, "options that apply have outcomes"
    many = Interval(0.0, 0.0, 0.0)
    if len(one.exceedance) >= _MANY:
        curves = (one.exceedance, one.exceedance_low, one.exceedance_high)
        many = Interval(*(float(curve[_MANY - 1]) for curve in curves))
    return [
        one.name,
        spoken_interval(one.p_any_death),
        spoken_interval(many),
        spoken_interval(one.serious_injuries, _PER),
    ]


def _rest_row(one: OptionAnswer) -> list[str]:
    assert one.crew_harmed and one.safe, "has outcomes"
    never = f"never: {100 * one.safe.share_never:.0f} %" if round(100 * one.safe.share_never) > 0 else ""
    span = f"{spoken_minutes(one.safe.low)} to {spoken_minutes(one.safe.high)}"
    return [
        one.name,
        spoken_interval(one.crew_harmed, _PER),
        f"{spoken_minutes(one.safe.median)}\n{span}" + (f"\n{never}" if never else ""),
        one.grade,
    ]


def _footer(answer: Answer, notes: list[str]) -> list[RenderableType]:
    lines = [
        f"Means, and under them 90 % intervals of what is not known; {answer.draws} draws of {answer.replicates} "
        f"members, seed {answer.fingerprint.get('seed')}. The same members under every response. That of P(10 or more) "
        "holds their luck too."
    ]
    lines += [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    lines += [f"{one.name} is left out: {one.why_not}" for one in answer.options if one.why_not]
    lines += [f"{field}: {source['source']} (grade {source['grade']})" for field, source in answer.evidence.sea.items()]
    sea = {field: source["source"] for field, source in answer.evidence.sea.items()}
    if "climate" in sea.get("wind", ""):
        raised = " and the waves that it raises" if "raised" in sea.get("waves", "") else ""
        lines.append(
            f"The wind is not given{raised}: drawn from all days of the month, storms included. Boats leave in calms: "
            "give it, or the danger is overstated."
        )
    if answer.evidence.responders:
        lines.append(f"first to arrive: {', '.join(answer.evidence.responders)}")
    lines.append(
        "Each response is followed to its end: one that lets the boat go on keeps its people at sea for hours, one "
        "that ends the voyage does not. Consequences, not advice on carrying one out. Nearly all numbers of the last "
        "four, and of what a responder does to a crowd, are assumed: what follows from them alone is marked."
    )
    return [Text(line, style="dim") for line in lines]
