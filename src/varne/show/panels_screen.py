"""Panels on a terminal: what each answered, and the options as each sees them, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.compare.panels import Disagreement, PanelRanking, View
from varne.evidence import Fact
from varne.facts.panels import Panel, Pool
from varne.facts.tables import Facts
from varne.show.words import spoken, spoken_interval

_PER = 100.0  # boats, so that the numbers can be read
POOL, SHIPPED = "pool", "as shipped"


def answers_screen(panels: Sequence[Panel], pool: Pool, facts: Facts) -> RenderableType:
    """
    Lay out what panels answered: a fact a row, first as shipped, then each panel, the pool last.

    Parameters
    ----------
    panels : sequence of Panel
        [unit]
    pool : Pool
        Of them. [unit]
    facts : Facts
        As they are without the panels. [unit]

    Returns
    -------
    renderable
        For a rich console.

    Examples
    --------
    >>> type(answers_screen([], Pool(("union",), {}, {}), Facts({}))).__name__
    'Group'
    """
    table = _table("", ("fact", SHIPPED, *(panel.name for panel in panels), POOL))
    for name in pool.facts:
        columns: list[Mapping[str, Fact]] = [facts.by_name, *(panel.facts for panel in panels), pool.facts]
        unit = pool.facts[name].unit
        cells = [_range(column[name]) if name in column else "–" for column in columns]
        table.add_row(f"{name}\n{'' if unit == '1' else unit}", *cells)
    lines = [
        "Medians, and under them 90 % ranges. Each panel has the same weight in the pool, and each respondent the same "
        "in a panel. What a panel did not answer (–) stays as shipped for it."
    ]
    lines += [f"{panel.name} left blank: {', '.join(panel.blank)}." for panel in panels if panel.blank]
    lines += [f"{name} was not answered by {', '.join(absent)}." for name, absent in pool.missing.items()]
    return Group(table, *(Text(line, style="dim") for line in lines))


def ranking_screen(
    found: PanelRanking, members: str, assumed: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})
) -> RenderableType:
    """
    Lay out the options as each panel sees them: an option a row, a panel a column.

    Parameters
    ----------
    found : PanelRanking
        Shipped numbers first, the pool last. [people]
    members : str
        How many were followed, for example ``"400 draws of 50 members, seed 1"``. [1]
    assumed : mapping, optional
        By column and option: from which numbers its difference to the reference follows alone. [1]

    Returns
    -------
    renderable
        For a rich console.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.panels import panel_ranking
    >>> found = panel_ranking({"union": np.zeros((3, 2, 1))}, ["leave"], "leave")
    >>> type(ranking_screen(found, "3 draws of 2 members, seed 1")).__name__
    'Group'
    """
    table = _table("Deaths in 100 boats, and place among the options", ("response", *(one.name for one in found.views)))
    for place, option in enumerate(found.options):
        table.add_row(option, *(_cell(view, place) for view in found.views))
    lines = [disagreement_words(one) for one in found.disagreements]
    if len(found.views) > 1 and not lines:
        lines = ["No two of these columns put two options in opposite orders beyond the noise of the draws."]
    lines += [
        f"{name}: {option} beside {found.reference} follows from assumption: {', '.join(names)}."
        for name, options in assumed.items()
        for option, names in options.items()
    ]
    notes = [
        f"Means, under them 90 % intervals of what is not known, and the place with its 90 % range; {members}, the "
        "same luck under every panel. What panels believe was asked, not measured: grade elicited, or assumed where "
        "they did not answer. Varne takes no side."
    ]
    return Group(table, *(Text(line) for line in lines), *(Text(line, style="dim") for line in notes))


def ranking_json(found: PanelRanking, assumed: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, Any]:
    """
    Return the options as each panel sees them, for programs.

    Parameters
    ----------
    found : PanelRanking
        Shipped numbers first, the pool last. [people]
    assumed : mapping
        By column and option: from which numbers its difference to the reference follows alone. [1]

    Returns
    -------
    dict
        Of a difference that follows from assumption there is no chance.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.compare.panels import panel_ranking
    >>> found = panel_ranking({"union": np.zeros((3, 2, 1))}, ["leave"], "leave")
    >>> ranking_json(found, {})["panels"][0]["options"][0]["place"]
    1
    """
    panels = []
    for number, view in enumerate(found.views):
        follows = assumed.get(view.name, {})
        options = [
            {
                "option": option,
                "expected_deaths": asdict(view.deaths[place]),
                "place": view.ranks[place].place,
                "places": [view.ranks[place].low, view.ranks[place].high],
                "p_safer": None if option in follows else float(found.p_safer[number, place]),
                "follows_from": list(follows.get(option, ())),
            }
            for place, option in enumerate(found.options)
        ]
        panels.append({"panel": view.name, "options": options})
    return {
        "reference": found.reference,
        "panels": panels,
        "disagreements": [asdict(one) for one in found.disagreements],
    }


def disagreement_words(one: Disagreement) -> str:
    """
    Say where panels disagree.

    Parameters
    ----------
    one : Disagreement
        [1]

    Returns
    -------
    str

    Examples
    --------
    >>> disagreement_words(Disagreement("escort", "board", ("union", "charity"), ("ministry",)))
    'escort or board? In most draws escort is the safer as union and charity see it, board as ministry sees it.'
    """
    return (
        f"{one.first} or {one.second}? In most draws {one.first} is the safer {_seen_by(one.first_safer)}, "
        f"{one.second} {_seen_by(one.second_safer)}."
    )


def _seen_by(names: Sequence[str]) -> str:
    bodies = [name for name in names if name not in (SHIPPED, POOL)]
    who = " and ".join([", ".join(bodies[:-1]), bodies[-1]] if len(bodies) > 1 else bodies)
    ways = {
        "with the shipped numbers": SHIPPED in names,
        f"as {who} {'see' if len(bodies) > 1 else 'sees'} it": bool(bodies),
        "in the pool": POOL in names,
    }
    return " and ".join(way for way, holds in ways.items() if holds)


def _cell(view: View, place: int) -> str:
    rank = view.ranks[place]
    places = f"place {rank.place}" + (f" ({rank.low} to {rank.high})" if rank.low != rank.high else "")
    return f"{spoken_interval(view.deaths[place], _PER)}\n{places}"


def _range(fact: Fact) -> str:
    if fact.low == fact.high:
        return spoken(fact.value)
    return f"{spoken(fact.value)}\n{spoken(fact.low)} to {spoken(fact.high)}"


def _table(title: str, headings: Sequence[str]) -> Table:
    table = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 1, 0), pad_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", no_wrap=not number, overflow="fold")
    return table
