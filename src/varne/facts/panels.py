"""Panels: bodies whose answers are fitted to distributions, kept side by side, and pooled with equal weight."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from varne.distribution import Distribution, pool
from varne.errors import BadFact, UnknownName
from varne.evidence import Fact, check_same_dimension
from varne.facts.answers import Answer, Answers, Asked
from varne.facts.tables import Facts
from varne.units import UNITS, in_si

_FITTED = ("lognormal", "logit", "normal")  # shapes that three quantiles make
_HOLDS = {"lognormal": "above 0", "logit": "between 0 and 1, without the two ends", "normal": "any number"}


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to be asked, as a questionnaire shows it."""

    fact: Fact
    why: str
    holds: str  # which answers it can hold


@dataclass(frozen=True, slots=True)
class Panel:
    """The facts as one body sees them; what it leaves blank stays as shipped."""

    name: str
    facts: Mapping[str, Fact]
    blank: tuple[str, ...]  # asked, and answered by none of its respondents
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """The facts as all panels see them together, each panel with the same weight."""

    panels: tuple[str, ...]
    facts: Mapping[str, Fact]
    missing: Mapping[str, tuple[str, ...]]  # by fact: the panels that did not answer it; only where there are some


def questions_of(asked: Sequence[Asked], facts: Facts) -> tuple[Question, ...]:
    """
    Check what is to be asked.

    Parameters
    ----------
    asked : sequence of Asked
        In order of importance. [1]
    facts : Facts
        As used now. [unit]

    Returns
    -------
    tuple of Question
        In the same order.

    Raises
    ------
    BadFact
        If nothing is asked, something twice, or something that has no quantiles.
    UnknownName
        If there is no such fact.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> questions_of([Asked("boat.speed", "drives rescue")], shipped_facts())[0].holds
    'above 0'
    """
    if not asked:
        raise BadFact("There is no fact to ask a panel; name one or more.")
    names = [one.name for one in asked]
    if len(set(names)) < len(names):
        raise BadFact(f"Fact {max(names, key=names.count)} is asked twice; name each fact once.")
    for name in names:
        _need_quantiles(facts[name], "A panel is asked")
    return tuple(Question(facts[one.name], one.why, _HOLDS[_shape(facts[one.name], 1.0)]) for one in asked)


def panels_of(given: Sequence[Answers], facts: Facts) -> tuple[Panel, ...]:
    """
    Fit the answers of one or more files; files of one panel are put together, respondents with equal weight.

    Parameters
    ----------
    given : sequence of Answers
        As read. [unit]
    facts : Facts
        That are asked; they decide unit and shape. [unit]

    Returns
    -------
    tuple of Panel
        In the order in which the panels first appear.

    Raises
    ------
    BadFact
        If an answer cannot be held by the fact, or stands twice.
    UnknownName
        If there is no such fact.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> one = Answer("boat.speed", 3.0, 5.0, 8.0, "kn", "Seen", "2026-11-20", "watch officer")
    >>> panel = panels_of([Answers("rescue service", (one,), (), ())], shipped_facts())[0]
    >>> panel.facts["boat.speed"].source
    'Panel rescue service (watch officer, 2026-11-20): Seen'
    """
    together: dict[str, list[Answers]] = {}
    for one in given:
        together.setdefault(short_name(one.panel), []).append(one)
    return tuple(_panel(files, facts) for files in together.values())


def pooled(panels: Sequence[Panel]) -> Pool:
    """
    Pool panels fact by fact, each of those that answered it with the same weight.

    Parameters
    ----------
    panels : sequence of Panel
        One or more. [unit]

    Returns
    -------
    Pool

    Raises
    ------
    BadFact
        If there is no panel.

    References
    ----------
    Stone (1961), The opinion pool, Ann. Math. Stat. 32:1339.

    Examples
    --------
    >>> pooled([])
    Traceback (most recent call last):
    varne.errors.BadFact: There is no panel to pool; give one or more files of answers.
    """
    if not panels:
        raise BadFact("There is no panel to pool; give one or more files of answers.")
    names = list(dict.fromkeys(name for panel in panels for name in panel.facts))
    missing = {name: tuple(panel.name for panel in panels if name not in panel.facts) for name in names}
    return Pool(
        tuple(panel.name for panel in panels),
        {name: _pooled_fact([panel for panel in panels if name in panel.facts], name, missing[name]) for name in names},
        {name: absent for name, absent in missing.items() if absent},
    )


def short_name(panel: str) -> str:
    """
    Make a name for the files of a panel; two panels with the same short name are one.

    Parameters
    ----------
    panel : str
        As written. [1]

    Returns
    -------
    str
        Small letters, digits and hyphens.

    Examples
    --------
    >>> short_name("Ministère de l'Intérieur")
    'ministere-de-l-interieur'
    """
    letters = unicodedata.normalize("NFKD", panel.casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _panel(files: Sequence[Answers], facts: Facts) -> Panel:
    name = files[0].panel
    every = [answer for one in files for answer in one.answers]
    if twice := [answer for place, answer in enumerate(every) if answer in every[:place]]:
        raise BadFact(
            f"Panel {name} answers {twice[0].fact} twice in the same words ({twice[0].role}, {twice[0].date}); "
            "give each file and each answer once."
        )
    by_fact: dict[str, list[Answer]] = {}
    for answer in every:
        by_fact.setdefault(answer.fact, []).append(answer)
    fitted = {fact: _fact(name, _known(name, fact, facts), answers) for fact, answers in by_fact.items()}
    blank = dict.fromkeys(fact for one in files for fact in one.blank if fact not in fitted)
    return Panel(name, fitted, tuple(blank), tuple(warning for one in files for warning in one.warnings))


def _known(panel: str, name: str, facts: Facts) -> Fact:
    try:
        return facts[name]
    except UnknownName as error:
        raise UnknownName(f"Panel {panel}: {error}") from None


def _fact(panel: str, known: Fact, answers: Sequence[Answer]) -> Fact:
    """A fact as one panel sees it: the answer of its one respondent, or the pool of several."""
    _need_quantiles(known, f"Panel {panel} answers")
    parts = tuple(_fitted(panel, known, answer) for answer in answers)
    date = max(answer.date for answer in answers)
    if len(parts) == 1:
        return _seen(known, parts[0], parts[0].source, date)
    who = "; ".join(f"{answer.role}, {answer.date}" for answer in answers)
    return _seen(known, pool(parts), f"Panel {panel}, {len(parts)} answers with equal weight ({who})", date)


def _need_quantiles(known: Fact, who: str) -> None:
    if known.shape == "choice":
        raise BadFact(f"{who} {known.name}, which is drawn as yes or no and has no quantiles; leave it out.")


def _seen(known: Fact, view: Distribution, source: str, date: str) -> Fact:
    return replace(
        known, value=view.value, low=view.low, high=view.high, shape=view.shape, parts=view.parts, source=source,
        grade="elicited", date=date,
    )  # fmt: skip


def _fitted(panel: str, known: Fact, answer: Answer) -> Distribution:
    """Three quantiles, met exactly, on the scale of the fact that is asked."""
    check_same_dimension(f"{known.name} of panel {panel}", answer.unit, known.unit)
    low, middle, high = (_in_unit(one, answer.unit, known.unit) for one in (answer.low, answer.middle, answer.high))
    shape = _shape(known, low)
    if shape == "lognormal" and low <= 0.0:
        raise BadFact(
            f"Panel {panel} answers {known.name} with low {answer.low:g} {answer.unit}; "
            "it can only be above 0: write a small number instead."
        )
    if shape == "logit" and not (low > 0.0 and high < 1.0):
        raise BadFact(
            f"Panel {panel} answers {known.name} with {answer.low:g} to {answer.high:g} {answer.unit}; "
            "it is a share between 0 and 1, without the two ends: write numbers within."
        )
    source = f"Panel {panel} ({answer.role}, {answer.date}): {answer.reason}"
    return Distribution(middle, low, high, shape, (), source)


def _shape(known: Fact, low: float) -> str:
    if known.shape in _FITTED:
        return known.shape
    if known.parts and all(part.shape == "logit" for part in known.parts):
        return "logit"
    return "lognormal" if low > 0.0 else "normal"


def _in_unit(value: float, unit: str, wanted: str) -> float:
    return value if unit == wanted else in_si(value, unit) / UNITS[wanted][1]


def _pooled_fact(panels: Sequence[Panel], name: str, absent: Sequence[str]) -> Fact:
    seen = [panel.facts[name] for panel in panels]
    unanswered = f"; not answered by {', '.join(absent)}" if absent else ""
    if len(seen) == 1:
        return replace(seen[0], source=f"{seen[0].source}{unanswered}")
    parts = tuple(replace(fact.distribution, source=fact.source) for fact in seen)
    source = f"Equal-weight pool of panels {', '.join(panel.name for panel in panels)}{unanswered}"
    return _seen(seen[0], pool(parts), source, max(fact.date for fact in seen))
