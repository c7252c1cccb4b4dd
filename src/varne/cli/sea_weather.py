"""Possible weather of months on the command line, or a user's own series, beside the climate."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.errors import BadFile, BadMembers, BadTime
from varne.units import DAY, HOUR

if TYPE_CHECKING:
    from varne.sea.weather import Weather

_FEWEST_DAYS = 28  # of wind that a series needs: a month, of which figures can be given; a choice
_MOST_MONTHS = 12_000  # a thousand years; they take 1.6 GB


def weather(
    start: Annotated[str | None, typer.Option("--from", help="First month, for example 2024-01.")] = None,
    months: Annotated[int, typer.Option(help="How many months.", min=1, max=120)] = 12,
    years: Annotated[int, typer.Option(help="How many possible years.", min=1, max=1000)] = 100,
    at: Annotated[
        str | None, typer.Option(help='Position, for example "51 07N 1 19E"; mid strait if not given.')
    ] = None,
    series: Annotated[
        Path | None,
        typer.Option("--weather", help="Your own, instead: a series (CSV, NetCDF) or grids (NetCDF, Zarr, GRIB)."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Names the draws.", min=0)] = 1,
    out: Annotated[Path | None, typer.Option(help="Write every hour and year to this NetCDF file.")] = None,
) -> None:
    """
    Print what the weather of months may be like, beside what is published.

    Parameters
    ----------
    start : str or None
        Year and month. [1]
    months : int
        How many. [month]
    years : int
        Possible years. [1]
    at : str or None
        Position. [deg]
    series : Path or None
        A user's own weather. [1]
    seed : int
        Names the draws. [1]
    out : Path or None
        NetCDF file to write. [1]

    Returns
    -------
    None

    Raises
    ------
    BadTime, BadPosition, NoData, BadFile, BadMembers
        When something is refused.

    Examples
    --------
    >>> weather("2024-01", months=1, years=2)
    Weather of 2024-01 at 51 03.0N 001 27.0E, 2 possible years...
    """
    import numpy as np

    from varne.earth import format_position, parse_position
    from varne.files.weather_dataset import weather_dataset, write_weather
    from varne.files.weather_file import read_weather
    from varne.sea.usual import MID_STRAIT, usual_at
    from varne.sea.weather import generate
    from varne.show.season import month_table, months_of, spell_table, temperature_table

    console = Console()
    usual = usual_at(*(parse_position(at) if at else MID_STRAIT))
    if series is None and start is None:
        raise BadTime("No first month is given; write for example --from 2024-01, or --weather with your own series.")
    if months * years > _MOST_MONTHS:
        raise BadMembers(
            f"{years} years of {months} months are {months * years:,} months; ask for {_MOST_MONTHS:,} or fewer."
        )
    if series is None:
        first, last = _span(str(start), months)
        hours = round((last - first) / HOUR)
        found = generate(first, hours, members=np.arange(years), seed=seed, usual=usual)
    else:
        found = _within(read_weather(series, usual=usual, seed=seed), start, months, series.name)
    of = months_of(found, usual)
    many = len(found.wind_east)
    span = of[0].name if len(of) == 1 else f"{of[0].name} to {of[-1].name}"
    what = f"{many} possible years" if series is None else f"{series.name}, {many} member{'s' if many > 1 else ''}"
    console.print(
        f"Weather of {span} at {format_position(usual.latitude, usual.longitude)}, {what}; mean "
        f"{'(5-95 % of the members)' if many > 1 else 'of each month'}",
        highlight=False,
    )
    console.print(month_table(of))
    console.print(temperature_table(of))
    console.print(spell_table(found))
    console.print(_notes(found), highlight=False)
    if out is not None:
        write_weather(weather_dataset(found, usual, seed=seed), out)
        console.print(f"Written: {out}", highlight=False)


def _span(start: str, months: int) -> tuple[float, float]:
    """First moment of the first month and of the month after the last."""
    import numpy as np

    try:
        first = np.datetime64(start, "M")
        if len(start) != len("2024-01"):
            raise ValueError(start)
    except ValueError:
        raise BadTime(f"Month {start!r} cannot be read; write it as 2024-01.") from None
    first_moment, last_moment = (one.astype("datetime64[s]").astype(np.int64) for one in (first, first + months))
    return float(first_moment), float(last_moment)


def _within(found: "Weather", start: str | None, months: int, name: str) -> "Weather":
    """The whole days of a series that were asked for."""
    from dataclasses import replace

    import numpy as np

    days = (found.time[-1] - found.time[0] + HOUR) / DAY
    if days < _FEWEST_DAYS:
        raise BadFile(
            f"{name} has wind of {days:.3g} days, and figures of a month need {_FEWEST_DAYS}; bring a longer series."
        )
    first, last = _span(start, months) if start else (-np.inf, np.inf)
    midnight = np.ceil(max(found.time[0], first) / DAY) * DAY
    end = np.floor((min(found.time[-1], last - HOUR) + HOUR) / DAY) * DAY
    kept = (found.time >= midnight) & (found.time < end)
    if kept.sum() * HOUR < DAY:
        raise BadFile(f"{name} has no whole day in the months asked for; leave out --from, or bring a longer series.")
    arrays = {
        field: getattr(found, field)[..., kept]
        for field in ("time", "wind_east", "wind_north", "wave_height", "peak_period", "waves_east", "waves_north")
    }
    return replace(found, **arrays, water=found.water[:, kept], air=found.air[:, kept])


def _notes(found: "Weather") -> str:
    """Where everything comes from, and what the columns mean."""
    from varne.facts.climate_tables import climate_table

    sources = " ".join(f"{part.capitalize()}: {one.says} ({one.grade})." for part, one in found.sources.items())
    usual = ", ".join(
        f"{word} {climate_table(name).grade}"
        for word, name in (
            ("wind", "wind_speed"), ("waves", "wave_height"), ("water", "sea_temperature"), ("air", "air_temperature"),
        )
    )  # fmt: skip
    waves, wind = (climate_table(f"window_{name}").values[0] for name in ("wave_height", "wind_speed"))
    return (
        f"{sources} Usual: {usual}; wind and temperatures COADS. A window day has waves of at most {waves:g} m and "
        f"wind of at most {wind:g} m/s from 00 to 12 UTC; the limits are chosen so that a year has as many as days "
        "with arrivals (Home Office, Open Government Licence v3.0), which have other causes too. Runs are in days; "
        "those beside are of whole years. The buoy's threshold of a storm is not stated. Not a forecast."
    )
