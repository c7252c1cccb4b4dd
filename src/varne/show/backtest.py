"""Forecasts of weeks that have passed, on a terminal, as rows and as a picture."""

import math

import numpy as np
from matplotlib.figure import Figure
from rich.box import SIMPLE_HEAD
from rich.table import Table

from varne.season.backtest import Target
from varne.season.skill import Period, Skill

_BARS = 10  # of the picture
_BLUE, _GREY = "#0072B2", "#5A5A5A"  # Okabe and Ito (2008)
_RANGE = 1.6449  # standard normal 95 % quantile: bars of a true model lie between the lines in 90 % of cases
_COLUMNS = (
    "period", "forecast", "targets", "observed_total", "expected_total", "crps", "log_score", "inside_50", "inside_90",
    "inside_99", "width_50", "width_90", "width_99", "crps_less_than_its", "low", "high",
)  # fmt: skip


def period_table(period: Period) -> Table:
    """
    Lay out the scores of one period.

    Parameters
    ----------
    period : Period
        Of :func:`varne.season.skill.periods`. [1]

    Returns
    -------
    Table
        For a rich console.

    Examples
    --------
    >>> skill = Skill("x", 2, 240.0, 200.0, 20.0, 5.0, (0.5, 1.0, 1.0), (10.0, 40.0, 80.0), None)
    >>> period_table(Period("2024", (skill,), (0.2, 0.6))).row_count
    1
    """
    first = period.skills[0]
    title = (
        f"{period.name}: {first.targets} targets; {first.observed:,.0f} people, {first.forecast} {first.expected:,.0f}"
    )
    if period.days is not None:
        title += f"\nActive days given the day before: Brier score {period.days[0]:.3f}, log loss {period.days[1]:.3f}"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("forecast")
    for heading in ("CRPS", "log\nscore", "% inside\n50 90 99", "width\n90 %", f"CRPS of {first.forecast}\nminus its"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in period.skills:
        table.add_row(*_cells(one, first.targets), style="bold" if one is first else "")
    return table


def _cells(one: Skill, targets: int) -> tuple[str, ...]:
    better = "" if one.better is None else "{:+.0f} ({:+.0f} to {:+.0f})".format(*one.better)
    return (
        one.forecast if one.targets == targets else f"{one.forecast} ({one.targets} targets)",
        f"{one.crps:.1f}",
        "-" if math.isnan(one.log_score) else f"{one.log_score:.3f}",
        " ".join(f"{100 * share:2.0f}" for share in one.inside),
        f"{one.width[1]:,.0f}",
        better,
    )


def period_rows(found: list[Period]) -> list[tuple[str, ...]]:
    """
    Return the scores as rows of a table, with a heading.

    Parameters
    ----------
    found : list of Period
        Of :func:`varne.season.skill.periods`. [1]

    Returns
    -------
    list of tuple of str
        An empty cell: the forecast has no such score.

    Examples
    --------
    >>> skill = Skill("x", 2, 240.0, 200.0, 20.0, math.nan, (0.5, 1.0, 1.0), (10.0, 40.0, 80.0), None)
    >>> period_rows([Period("2024", (skill,), None)])[1][:7]
    ('2024', 'x', '2', '240', '200', '20.000', '')
    """
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for period in found:
        for one in period.skills:
            log_score = "" if math.isnan(one.log_score) else f"{one.log_score:.4f}"
            better = ("", "", "") if one.better is None else tuple(f"{number:.3f}" for number in one.better)
            rows.append((
                period.name, one.forecast, str(one.targets), f"{one.observed:.0f}", f"{one.expected:.0f}",
                f"{one.crps:.3f}", log_score, *(f"{share:.4f}" for share in one.inside),
                *(f"{width:.1f}" for width in one.width), *better,
            ))  # fmt: skip
    return rows


def target_rows(targets: list[Target]) -> list[tuple[str, ...]]:
    """
    Return every score of every target as rows of a table, with a heading.

    Parameters
    ----------
    targets : list of Target
        Of a backtest. [1]

    Returns
    -------
    list of tuple of str
        An empty cell: the forecast has no such score.

    Examples
    --------
    >>> target_rows([])
    [('week_ending', 'observed', 'forecast', 'mean', 'crps', 'log_score', 'inside_90', 'width_90', 'pit')]
    """
    rows: list[tuple[str, ...]] = [
        ("week_ending", "observed", "forecast", "mean", "crps", "log_score", "inside_90", "width_90", "pit")
    ]
    for one in targets:
        for place, score in enumerate(one.scores):
            log_score = "" if math.isnan(score.log_score) else f"{score.log_score:.4f}"
            pit = f"{one.pit:.5f}" if place == 0 and not math.isnan(one.pit) else ""
            rows.append((
                str(one.ending), f"{one.observed:.0f}", score.forecast, f"{score.mean:.1f}", f"{score.crps:.3f}",
                log_score, str(int(score.inside[1])), f"{score.width[1]:.1f}", pit,
            ))  # fmt: skip
    return rows


def pit_picture(targets: list[Target]) -> Figure:
    """
    Draw where the observed counts lie in their forecasts: level bars mean that the intervals say what they hold.

    Parameters
    ----------
    targets : list of Target
        Of a backtest. [1]

    Returns
    -------
    Figure

    References
    ----------
    Czado, Gneiting and Held (2009), Biometrics 65:1254: the randomised probability integral transform of counts.

    Examples
    --------
    >>> score = ()
    >>> week = Target(np.datetime64("2024-01-07"), 120.0, score, 0.4, np.ones(7), np.ones(7))
    >>> len(pit_picture([week]).axes)
    1
    """
    shares, edges = np.histogram([one.pit for one in targets], bins=_BARS, range=(0.0, 1.0))
    many = len(targets)
    figure = Figure(figsize=(7.0, 3.8), layout="constrained")
    axes = figure.add_subplot()
    axes.bar(edges[:-1], shares, width=1.0 / _BARS, align="edge", color=_BLUE, edgecolor="white", linewidth=1.5)
    level, slack = many / _BARS, _RANGE * math.sqrt(many * (1.0 - 1.0 / _BARS) / _BARS)
    axes.axhline(level, color="black", linewidth=1.2)
    for line in (level - slack, level + slack):
        axes.axhline(max(line, 0.0), color=_GREY, linewidth=1.0, linestyle="--")
    axes.set_xlim(0.0, 1.0)
    axes.set_xlabel("place of the observed count in its forecast (0: below all of it, 1: above all of it)")
    axes.set_ylabel("weeks")
    first, last = targets[0].ending, targets[-1].ending
    axes.set_title(
        f"Weekly arrivals and their forecasts, weeks ending {first} to {last}\n"
        "level: what a true model has; between the dashed lines each bar in 90 % of cases",
        loc="left",
        fontsize=10,
    )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure
