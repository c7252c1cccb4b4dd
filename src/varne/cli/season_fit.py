"""`varne season fit`: boats and people aboard, fitted to the arrivals, as tables that a season draws from."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.cli.season_backtest import read_day
from varne.errors import BadFile, BadTime

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIRST_LEVEL, _FIRST_SCATTER = "2019-01-01", "2021-01-01"  # the regimes of the shipped tables; our choice
_FEWEST_MONTHS = 12  # a season needs a year; our choice
_FEWEST_DAYS = 365  # that decide the scatter, likewise


def fit(
    series: Annotated[Path, typer.Option(help="The Home Office's time series (.ods), or its daily table as CSV.")],
    out: Annotated[Path, typer.Option(help="Write the tables to this .toml file, and the levels by month beside it.")],
    until: Annotated[
        str | None, typer.Option(help="Last day used, for example 2024-12-31; the last whole month of the series else.")
    ] = None,
    scatter_until: Annotated[
        str | None,
        typer.Option(help="Last day that decides dispersion and how levels wander; as --until if not given."),
    ] = None,
) -> None:
    """
    Fit boats on a day with arrivals, and people per boat, to the daily series.

    Levels run by month from January 2019 to the last whole month; how much days scatter and levels wander is taken from
    2021 on. The spread of people between boats is not in the series and stays as shipped.
    """
    import numpy as np

    from varne.facts.departures import departures
    from varne.files.crossings import read_crossings
    from varne.files.departures_file import write_departures
    from varne.season.departures_tables import fit_departures

    last, scatter = read_day(until, "--until"), read_day(scatter_until, "--scatter-until")
    if out.suffix != ".toml":
        raise BadFile(f"--out {out} does not end in .toml; change its name.")
    daily = read_crossings(series).daily
    if daily is None:
        raise BadFile(f"{series} holds weeks only; give the daily table (SB_01).")
    kept, regime = _used(str(series), daily.days, last, scatter)
    days = daily.days[kept]
    if not daily.boats[kept].any():
        raise BadFile(f"{series} has no boat in {days[0]} to {days[-1]}; there is nothing to fit.")
    found = fit_departures(
        days, daily.people[kept], daily.boats[kept], regime=regime, load_spread=departures().load_spread
    )
    first = days[regime]
    write_departures(
        out,
        found,
        source="Home Office, table SB_01, Open Government Licence v3.0",
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        days=f"levels {days[0]} to {days[-1]}, scatter and walk {first[0]} to {first[-1]}",
    )
    Console().print(
        f"Fitted to {series.name}, {days[0]} to {days[-1]}: {int((daily.boats[kept] > 0).sum())} days with arrivals. "
        f"In {str(days[-1])[:7]} a day with arrivals has {np.exp(found.log_boats[-1]):.1f} boats (before the zero is "
        f"cut off) of {np.exp(found.log_load[-1]):.0f} people. Written: {out} and the levels beside it.",
        highlight=False,
        soft_wrap=True,
    )


def _used(
    name: str, days: "NDArray[np.datetime64]", last: "np.datetime64 | None", scatter: "np.datetime64 | None"
) -> "tuple[NDArray[np.bool_], NDArray[np.bool_]]":
    """Which days have a level, from a January to the end of a month, and which of them decide the scatter."""
    import numpy as np

    end = min(days[-1], days[-1] if last is None else last) + 1
    end = end.astype("datetime64[M]").astype("datetime64[D]")  # the day after the last whole month
    year = days[0].astype("datetime64[Y]")
    january = max(np.datetime64(_FIRST_LEVEL), (year if year == days[0] else year + 1).astype("datetime64[D]"))
    months = int((end.astype("datetime64[M]") - january.astype("datetime64[M]")).astype(np.int64))
    if months < _FEWEST_MONTHS:
        raise BadTime(
            f"{name} has {max(months, 0)} whole months from {january} to {end - 1}; a season needs {_FEWEST_MONTHS} "
            "from a January on: give a longer series or a later --until."
        )
    kept = (days >= january) & (days < end)
    used = days[kept]
    first = max(january, np.datetime64(_FIRST_SCATTER))
    regime = used >= first
    if scatter is not None:
        regime &= used <= scatter
    if regime.sum() < _FEWEST_DAYS:
        raise BadTime(
            f"{name} leaves {regime.sum()} days, from {first} on, to tell the scatter; it needs {_FEWEST_DAYS}: give a "
            "longer series, a later --until or a later --scatter-until."
        )
    return kept, regime
