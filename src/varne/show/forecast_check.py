"""A forecast beside a buoy, on a terminal: how far off it was, and how sure that is."""

import math
from collections.abc import Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.errors import BadFile
from varne.facts.tables import Facts
from varne.sea.error_update import CHECKED, learn
from varne.sea.field import Field
from varne.sea.forecast_check import Check, EnsembleScore, Score, check
from varne.sea.observations import Observations
from varne.units import HOUR
from varne.when import format_time

_TELLS = "cannot tell"


def check_report(observations: Observations, fields: Mapping[str, Field], facts: Facts) -> RenderableType:
    """
    Compare each field with the observations and lay it out for a terminal.

    Parameters
    ----------
    observations : Observations
        Of a buoy. [SI]
    fields : mapping of str to Field
        By quantity; those that no buoy observes are passed over and said. [SI]
    facts : Facts
        The errors that are drawn without a check. [SI]

    Returns
    -------
    renderable
        For a rich console.

    Raises
    ------
    BadFile
        If nothing can be compared; the reasons of every field are given.

    Examples
    --------
    >>> import numpy as np
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.sea.field import Source
    >>> none = np.array([np.nan])
    >>> seen = Observations("62304", (51.103, 1.8), np.array([0.0]), none, none, none, none, none,
    ...     np.array([9.0]), none, Source("a buoy", "measured"), None, ())
    >>> warm = Field("water", np.full((1, 2, 2, 2, 1), 10.0), 1.3, 50.6, 1.0, 1.0, 0.0, 86400.0, None, seen.source)
    >>> type(check_report(seen, {"water": warm}, shipped_facts())).__name__
    'Group'
    """
    parts: list[RenderableType] = []
    passed: list[str] = []
    for field in fields.values():
        try:
            parts += _one(check(observations, field), field, facts)
        except BadFile as reason:
            passed.append(str(reason))
    if not parts:
        raise BadFile(" ".join(passed) or f"There is no forecast to compare {observations.station} with; give one.")
    parts.append(
        Text(
            "Forecast minus observed; means and standard deviations with 90 % intervals, which count only independent "
            f"pairs. Observations: {observations.source.says} (grade {observations.source.grade}).",
            style="dim",
        )
    )
    parts += [Text(f"Not compared: {reason}", style="dim") for reason in passed]
    return Group(*parts)


def _one(found: Check, there: Field, facts: Facts) -> list[RenderableType]:
    title = f"{found.quantity} at {found.station}, {format_time(found.start)} to {format_time(found.end)}"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=0)
    for name in ("error of", "pairs", "independent", "bias", "spread", "rms"):
        table.add_column(name, justify="left" if name == "error of" else "right", overflow="fold")
    for score in found.scores:
        table.add_row(*_row(score))
    parts: list[RenderableType] = [table]
    if found.by_lead:
        leads = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        for name in ("lead time", "error of", "pairs", "bias", "spread"):
            leads.add_column(name, justify="left" if name in ("lead time", "error of") else "right", overflow="fold")
        for first, last, scores in found.by_lead:
            until = "and more" if math.isinf(last) else f"to {last / HOUR:g} h"
            for score in scores:
                words, pairs, _, bias, spread, _ = _row(score)
                leads.add_row(f"{first / HOUR:g} {until}" if until != "and more" else f"{first / HOUR:g} h and more",
                              words, pairs, bias, spread)  # fmt: skip
        parts.append(leads)
    lines = [*([_ensemble(found.ensemble)] if found.ensemble else []), *_updates(found, there, facts)]
    return [*parts, *(Text(line) for line in lines)]


def _row(score: Score) -> list[str]:
    factor, unit, places = (180.0 / math.pi, "°", 0) if score.unit == "rad" else (1.0, score.unit, 2)
    words = score.measure + ("" if unit == "1" else f" {unit}")
    counts = [words, str(score.pairs), f"{score.effective:.0f}"]
    if score.bias is None or score.spread is None or score.rmse is None:
        return [*counts, _TELLS, _TELLS, ""]
    bias = _between(factor, places, True, (score.bias, score.bias_low, score.bias_high))
    spread = _between(factor, places, False, (score.spread, score.spread_low, score.spread_high))
    return [*counts, bias, spread, f"{factor * score.rmse:.{places}f}"]


def _between(factor: float, places: int, signed: bool, three: tuple[float | None, ...]) -> str:
    middle, low, high = (f"{factor * (one or 0.0):{'+' if signed else ''}.{places}f}" for one in three)
    return f"{middle}\n({low} to {high})"  # the interval under its value: a terminal has 80 columns


def _ensemble(one: EnsembleScore) -> str:
    if one.spread_over_error is None or one.coverage is None or one.crps is None:
        return f"Ensemble of {one.members}: too few independent pairs, {_TELLS} whether its spread is honest."
    inside, honest = 100.0 * one.coverage, 100.0 * one.expected_coverage
    return (
        f"Ensemble of {one.members}: spread {one.spread_over_error:.2f} of the error (1 is honest, less is too sure); "
        f"{inside:.0f} % of observations within its inner range, where {honest:.0f} % belong; ranked probability score "
        f"{one.crps:.2f}; ranks {', '.join(map(str, one.ranks))}."
    )


def _updates(found: Check, there: Field, facts: Facts) -> list[str]:
    """What the check makes of the errors that are drawn."""
    measures, name, _ = CHECKED[found.quantity]
    scores = [score for measure in measures for score in found.scores if score.measure == measure]
    lines = []
    for score, after in zip(scores, learn(found, there, facts), strict=True):
        unit = "" if score.unit == "1" else f" {score.unit}"
        lines.append(
            f"Errors to draw, {score.measure}: bias {after.bias:+.2f}{unit}, spread at the start "
            f"{after.spread:.2f}{unit} "
            f"(without this check 0 and {facts[name].value:g}, worth {facts['forecast.prior_weight'].value:g} pairs, "
            f"grade {facts[name].grade})."
        )
    return lines
