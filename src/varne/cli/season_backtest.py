"""`varne season backtest`: every week that has passed, forecast from the days before it, and scored."""

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from varne.errors import BadInput, BadTime

if TYPE_CHECKING:
    import numpy as np

    from varne.season.backtest import Target
    from varne.season.series import Crossings

HORIZONS = {"1w": 1, "4w": 4}


def backtest(
    series: Annotated[Path, typer.Option(help="The Home Office's time series (.ods), or its daily table as CSV.")],
    weekly: Annotated[
        Path | None, typer.Option(help="The weekly table, if it is another file: compared with the days.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="First week by its end, for example 2023-01-01; all that can be else.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last week by its end, for example 2024-12-31.")] = None,
    horizon: Annotated[str, typer.Option(help="How far ahead: 1w, or 4w for the sum of four weeks.")] = "1w",
    out: Annotated[
        Path | None, typer.Option(help="Write scores, every week and a picture of the calibration to this folder.")
    ] = None,
) -> None:
    """
    Forecast every week from the days before it, and score the forecasts beside simple ones.

    Nothing of or after a week is used for its forecast, and no weather. All weeks with at least 104 weeks before them
    are forecast unless --from and --to say otherwise; scores are means by calendar year of the week's end. The same
    series gives the same scores, whichever weeks are asked for.
    """
    from varne.files.crossings import read_crossings

    if horizon not in HORIZONS:
        raise BadInput(f"--horizon {horizon!r} is not known; write 1w or 4w.")
    first, last = read_day(start, "--from"), read_day(end, "--to")
    found = read_crossings(series)
    other = None if weekly is None else read_crossings(weekly)
    console = Console()
    scored = _scored(found, other, (first, last), HORIZONS[horizon])
    _print(console, series, found, other, scored, HORIZONS[horizon])
    if out is not None:
        for path in _write(out, scored):
            console.print(f"Written: {path}", highlight=False, soft_wrap=True)


def read_day(text: str | None, flag: str) -> "np.datetime64 | None":
    """
    Read a day that was given with a flag.

    Parameters
    ----------
    text : str or None
        ISO 8601. [1]
    flag : str
        Its flag, for the error. [1]

    Returns
    -------
    datetime64[D] or None
        Nothing where none was given. [day]

    Raises
    ------
    BadTime
        If it is no day.

    Examples
    --------
    >>> read_day("2023-02-30", "--from")
    Traceback (most recent call last):
    varne.errors.BadTime: --from '2023-02-30' is no day; write it as 2023-01-31.
    """
    import numpy as np

    if text is None:
        return None
    try:
        return np.datetime64(date.fromisoformat(text), "D")
    except ValueError:
        raise BadTime(f"{flag} {text!r} is no day; write it as 2023-01-31.") from None


def _scored(
    found: "Crossings",
    other: "Crossings | None",
    between: "tuple[np.datetime64 | None, np.datetime64 | None]",
    horizon: int,
) -> "list[Target]":
    try:
        from varne.season.backtest import backtest, baselines_alone, targets
        from varne.season.series import weeks_of
    except ModuleNotFoundError as error:
        raise BadInput(f'A backtest needs {error.name}, an extra: pip install "varne[analysis]".') from None
    daily = found.daily
    weeks = found.weekly or (other.weekly if other else None)
    if daily is None and other is not None and other.daily is not None:
        daily = other.daily
    if daily is not None:
        places = targets(weeks_of(daily).endings, *between, horizon=horizon)
        steps = backtest(daily, places, horizon=horizon)
    else:
        assert weeks is not None, "a file of crossings holds days or weeks"
        places = targets(weeks.endings, *between, horizon=horizon)
        steps = baselines_alone(weeks, places, horizon=horizon)
    columns = (TextColumn("weeks"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        return list(progress.track(steps, total=len(places)))


def _print(
    console: Console,
    series: Path,
    found: "Crossings",
    other: "Crossings | None",
    scored: "list[Target]",
    horizon: int,
) -> None:
    from varne.season.backtest import WEEKS_BEFORE
    from varne.season.skill import periods
    from varne.show.backtest import period_table

    ahead = "one week" if horizon == 1 else f"the sum of {horizon} weeks"
    console.print(
        f"Arrivals of {ahead} ahead, {series.name}: weeks ending {scored[0].ending} to {scored[-1].ending}, each "
        f"forecast from the days before it, with at least {WEEKS_BEFORE} weeks before; no weather.",
        highlight=False,
    )
    for period in periods(scored):
        console.print(period_table(period))
    notes = [
        "CRPS is that of the empirical distribution of 4,000 members (lower is better); the log score is the mean of "
        "-log p of the people who arrived; differences with 90 % of a bootstrap of blocks of four weeks, below nothing "
        "where the first forecast is better. Figures are as revised; those of the time differed slightly. Detected "
        "arrivals: Home Office, Open Government Licence v3.0.",
        *_agreement(found, other),
    ]
    if not scored[0].chance_of_active.size:
        notes.insert(
            0, "The file holds weeks only, and the model needs days (table SB_01): baselines alone are scored."
        )
    for note in notes:
        console.print(note, style="dim", highlight=False)


def _agreement(found: "Crossings", other: "Crossings | None") -> list[str]:
    """Whether the weekly table says what the days add up to."""
    import numpy as np

    from varne.season.series import weeks_of

    daily = found.daily or (other.daily if other else None)
    weekly = (other.weekly if other else None) or found.weekly
    if daily is None or weekly is None:
        return []
    sums = weeks_of(daily)
    _, ours, theirs = np.intersect1d(sums.endings, weekly.endings, return_indices=True)
    apart = sums.people[ours] - weekly.people[theirs]
    if not apart.any():
        return [f"The weekly table agrees with the days in all {len(apart)} weeks that both hold."]
    worst = int(np.argmax(np.abs(apart)))
    return [
        f"The weekly table differs from the days in {np.count_nonzero(apart)} of {len(apart)} weeks, most in the week "
        f"ending {sums.endings[ours[worst]]} ({weekly.people[theirs[worst]]:.0f} against "
        f"{sums.people[ours[worst]]:.0f}); the days are used."
    ]


def _write(out: Path, scored: "list[Target]") -> list[Path]:
    from varne.files.folder import write_whole
    from varne.season.skill import periods
    from varne.show.backtest import period_rows, pit_picture, target_rows

    writers = {
        "scores.csv": lambda path: _write_rows(period_rows(periods(scored)), path),
        "weeks.csv": lambda path: _write_rows(target_rows(scored), path),
    }
    if scored[0].chance_of_active.size:
        writers["pit.png"] = lambda path: pit_picture(scored).savefig(path, dpi=150, metadata={"Software": None})
    return write_whole(out, writers)


def _write_rows(rows: list[tuple[str, ...]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
