"""The answer of a season on a terminal: tables of policies, and under them what they rest on."""

import textwrap
from collections.abc import Callable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.encounter.outcome import Interval
from varne.season.summary import WHOLE, Estimate, Stretch, in_words
from varne.show.season_answer import PolicyAnswer, SeasonAnswer
from varne.show.words import CAUSE_WORDS, LEVER_WORDS, spoken, spoken_interval, spoken_pounds, spoken_share

_NAME = 16  # columns for the name of a policy
_MANY = 10  # deaths in one event
_FEW = 100  # draws; with fewer the ends of an interval are rough; our choice
_ROUGH = 0.5  # bound from which it tells nothing of a single number
_NONE = "-"


def season_screen(answer: SeasonAnswer) -> RenderableType:
    """
    Lay the answer out for a terminal of 80 columns or more.

    Parameters
    ----------
    answer : SeasonAnswer
        [people, boats, events, GBP]

    Returns
    -------
    renderable
        For a rich console.

    Examples
    --------
    >>> import numpy as np
    >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
    >>> type(season_screen(nothing)).__name__
    'Group'
    """
    notes: list[str] = []
    beside = [one for one in answer.policies if one.contrast]
    parts: list[RenderableType] = [_heading(answer), _people(answer), _harm(answer), _causes(answer)]
    if any(len(one.summary.stretches) > 2 for one in answer.policies):
        parts.append(_years(answer))
    if beside:
        parts.append(_differences(answer, beside, notes))
    parts.append(_money(answer, notes))
    if beside:
        parts.append(_each_gained(answer.reference, beside))
    if any(one.exposure.interventions.high > 0.0 for one in answer.policies):
        parts += [_officers(answer), _crews(answer)]
    return Group(*parts, *_footer(answer, notes))


def _heading(answer: SeasonAnswer) -> Text:
    return Text(
        f"{answer.first} to {answer.last}, {answer.draws} draws of what is not known, {answer.replicates} of luck for "
        f"each. Means; under them 90% intervals of what is not known; in brackets those of one future.\n",
        style="bold",
    )


def _people(answer: SeasonAnswer) -> Table:
    table = _table("people", ("policy", "people at sea", "people arriving", "brought back"))
    for one in answer.policies:
        counts = one.summary.whole.counts
        table.add_row(_name(one), *(_estimate(counts[name]) for name in ("people_at_sea", "arrivals", "brought_back")))
    return table


def _harm(answer: SeasonAnswer) -> Table:
    many = f"P(event with\n{_MANY} or more)"
    table = _table(
        "deaths of people aboard", ("policy", "deaths", "boats with\na death", "P(any death)", many, "grade")
    )
    for one in answer.policies:
        whole = one.summary.whole
        table.add_row(
            _name(one),
            _estimate(whole.counts["deaths"]),
            _estimate(whole.counts["fatal_events"]),
            spoken_interval(whole.p_any_death),
            spoken_interval(_many(whole)),
            one.grade,
        )
    return table


def _years(answer: SeasonAnswer) -> Table:
    table = _table("by year", ("policy", "year", "people arriving", "deaths"))
    for one in answer.policies:
        name = _name(one)
        for stretch in one.summary.stretches:
            if stretch.name != WHOLE:
                counts = stretch.counts
                table.add_row(name, stretch.name, _estimate(counts["arrivals"]), _estimate(counts["deaths"]))
                name = ""
    return table


def _differences(answer: SeasonAnswer, beside: Sequence[PolicyAnswer], notes: list[str]) -> Table:
    table = _table(
        f"less {answer.reference}, the same members", ("policy", "deaths", "P(fewer deaths)", "people arriving")
    )
    for one in beside:
        assert one.contrast, "only what is compared"
        deaths, arrivals = one.contrast.counts["deaths"], one.contrast.counts["arrivals"]
        fewer = _of_draws(one.contrast.p_fewer_deaths, answer.draws) if in_words(deaths) != "no difference" else _NONE
        if one.follows_from:
            notes.append(f"{one.name} follows from assumption: {', '.join(map(_lever, one.follows_from))}.")
            fewer = f"follows from\nassumption [{len(notes)}]"
        why = ""
        if one.idle:
            notes += [f"{one.name}: {sentence.removeprefix(f'{one.name}.toml: ')}" for sentence in one.idle]
            why = f"\n{''.join(f'[{len(notes) - place}]' for place in reversed(range(len(one.idle))))}"
        table.add_row(_name(one), _told(deaths) + why, fewer, _told(arrivals))
    return table


def _causes(answer: SeasonAnswer) -> Table:
    table = _table("deaths by cause, the first three", ("policy", "first", "second", "third"))
    for one in answer.policies:
        causes = one.summary.whole.by_cause
        first = sorted(causes, key=lambda cause: -causes[cause].mean)[:3]
        table.add_row(_name(one), *(_cause(cause, causes[cause]) for cause in first))
    return table


def _cause(cause: str, deaths: Interval) -> str:
    return f"{textwrap.fill(CAUSE_WORDS[cause], 20)}\n{spoken_interval(deaths)}"


def _money(answer: SeasonAnswer, notes: list[str]) -> Table:
    years = sorted({year for one in answer.policies for year in one.price_years})
    if years:
        notes.append(f"Prices of {', '.join(map(str, years))} and unit costs of 2024 are added up as they stand.")
    title = f"cost [{len(notes)}]" if years else "cost"
    table = _table(title, ("policy", "in all", f"more than\n{answer.reference}", "grade"))
    for one in answer.policies:
        more = _told(one.comparison.cost, spoken_pounds) if one.comparison else _NONE
        table.add_row(_name(one), _pounds(one.cost), more, one.grade)
    return table


def _each_gained(reference: str, beside: Sequence[PolicyAnswer]) -> Table:
    table = _table(f"cost more than {reference}, for each", ("policy", "crossing averted", "life saved"))
    for one in beside:
        assert one.comparison, "only what is compared"
        both = one.comparison
        crossing, life = _each(both.cost_per_crossing), _each(both.cost_per_life)
        if both.cost_per_crossing and both.crossings_averted.mean < 0.0:
            crossing += "\nfor each one MORE"
        if both.cost_per_life and both.lives_saved.mean < 0.0:
            life += "\nfor each life LOST"
        table.add_row(_name(one), crossing, life)
    return table


def _officers(answer: SeasonAnswer) -> Table:
    headings = ("policy", "teams\non duty", "interventions\nof a team", "P(a death after one)\nfor a team")
    table = _table("officers who intervene, in the season", headings)
    for one in answer.policies:
        seen = one.exposure
        teams = seen.teams if seen.teams.high > 0.0 else None
        table.add_row(_name(one), *map(_or_none, (teams, seen.interventions_per_team, seen.p_fatal_per_team)))
    return table


def _crews(answer: SeasonAnswer) -> Table:
    table = _table("crews of responders, in the season", ("policy", "seriously hurt", "dead"))
    for one in answer.policies:
        table.add_row(_name(one), *map(spoken_interval, (one.exposure.crew_injuries, one.exposure.crew_deaths)))
    return table


def _lever(name: str) -> str:
    """A lever in words; what an option does is in words already."""
    return LEVER_WORDS.get(name.partition("_")[0], name)


def _of_draws(share: float, draws: int) -> str:
    """A share that draws cannot tell from all or none is told as such."""
    if share in (0.0, 1.0):
        return f"{'all' if share else 'none'} of {draws} draws"
    return spoken_share(share)


def _table(title: str, headings: tuple[str, ...]) -> Table:
    table = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "policy" else "right", no_wrap=True)
    return table


def _name(one: PolicyAnswer) -> str:
    return textwrap.fill(one.name, _NAME)


def _estimate(one: Estimate) -> str:
    if one.future is None:
        return spoken_interval(one.known)
    return f"{spoken_interval(one.known)}\n({spoken(one.future[0])} to {spoken(one.future[1])})"


def _told(one: Interval, say: Callable[[float], str] = spoken) -> str:
    """A difference, and in words what its sign is worth."""
    told = in_words(one)
    if told == "cannot be told apart from zero":
        return f"{_spread(one, say)}\nnot told apart from 0"
    return told if told == "no difference" else _spread(one, say)


def _spread(one: Interval, say: Callable[[float], str]) -> str:
    return f"{say(one.mean)}\n{say(one.low)} to {say(one.high)}"


def _pounds(one: Interval) -> str:
    return _spread(one, spoken_pounds)


def _each(one: Interval | None) -> str:
    return "not told apart\nfrom zero" if one is None else _pounds(one)


def _or_none(one: Interval | None) -> str:
    return _NONE if one is None else spoken_interval(one)


def _many(whole: Stretch) -> Interval:
    place = _MANY - 1
    curves = whole.in_one_event, whole.in_one_event_low, whole.in_one_event_high
    return Interval(*(float(curve[place]) for curve in curves))


def _footer(answer: SeasonAnswer, notes: list[str]) -> list[RenderableType]:
    lines = [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    lines += [f"{one.name}: {sentence}" for one in answer.policies if not one.contrast for sentence in one.idle]
    if answer.draws < _FEW:
        lines.append(
            f"With {answer.draws} draws the ends of intervals are rough, and widened by the error of the mean; ask for "
            "more with --members 200x5."
        )
    lines += [
        "Grade: the weakest on which the policy, what officers do under it and its costs rest; from the strongest: "
        "measured, published, derived, elicited, assumed.",
        "P: probability. P(fewer deaths): share of draws in which fewer are expected to die.",
        "What is not known has luck taken out; one future has it. A week counts to the year in which it begins.",
        "A cost below zero is money saved.",
        "Every policy has the same days, boats and luck. Consequences, not advice on carrying one out.",
        *answer.label,
    ]
    rough = max((one.summary.whole.deaths_bound for one in answer.policies), default=0.0)
    off = (
        f"a chance can be off by up to {spoken_share(rough).lstrip('<')}"
        if rough < _ROUGH
        else "chances of single numbers are rough"
    )
    lines.append(
        f"Deaths of one future: the mean is exact, {off}, and the spread is rather too wide than too narrow "
        "(a compound Poisson distribution; docs/season.md)."
    )
    mark = answer.fingerprint
    if mark:
        lines.append(
            f"seed {mark['seed']}; code {mark['code']}; facts {mark['facts'][:16]}; season {mark['season'][:16]}; "
            f"{mark['platform']}"
        )
    return [Text(line.replace(" %", "%"), style="dim") for line in lines]
