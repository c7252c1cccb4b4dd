"""`varne sea check`: how far a forecast was off a buoy."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from varne.errors import BadFile, NoData


def check(
    files: Annotated[list[str], typer.Argument(help="The forecast: NetCDF, Zarr or GRIB.")],
    against: Annotated[Path, typer.Option(help="Observations of a buoy or light vessel: NDBC text or CSV.")],
    at: Annotated[str | None, typer.Option(help="Position of the buoy, where its file does not say.")] = None,
    zone: Annotated[str | None, typer.Option(help="Zone of its times, where the file does not say: UTC.")] = None,
) -> None:
    """
    Compare a forecast with the observations of a buoy: bias, spread, and what Varne draws from then on.

    Parameters
    ----------
    files : list of str
        What :func:`varne.files.cf_open.open_files` takes. [1]
    against : Path
        Observations. [1]
    at : str, optional
        Position. [deg]
    zone : str, optional
        ``UTC`` or an offset such as ``+01:00``. [1]

    Returns
    -------
    None

    Raises
    ------
    BadFile, NoData
        If a file cannot be understood, or nothing can be compared.

    Examples
    --------
    >>> check(["nowhere.nc"], Path("nowhere.txt"))
    Traceback (most recent call last):
    varne.errors.BadFile: nowhere.txt cannot be read (No such file or directory); check its name.
    """
    import numpy as np

    from varne.earth import parse_position
    from varne.facts.tables import shipped_facts
    from varne.files.brought import compare
    from varne.files.buoys import read_observations
    from varne.files.cf_open import open_files
    from varne.files.cf_report import understand
    from varne.show.forecast_check import check_report

    place = None if at is None else parse_position(at)
    seen = read_observations(against, at=place, zone=zone)
    measured = {"wind": seen.wind_speed, "waves": seen.wave_height, "water": seen.water, "air": seen.air}
    observed = [quantity for quantity, values in measured.items() if np.isfinite(values).any()]
    fields, refused = {}, {}
    with open_files(files) as opened:
        forecast = [one.quantity for one in understand(opened).found]
        for quantity in measured:
            if quantity not in observed:
                refused[quantity] = f"{seen.station} does not observe {quantity}"
                continue
            try:
                fields[quantity] = compare(opened, quantity, seen)
            except (BadFile, NoData) as reason:
                refused[quantity] = str(reason)
    if not fields:
        raise BadFile(_why_nothing(refused, forecast, observed))
    console = Console()
    console.print(check_report(seen, fields, shipped_facts()), highlight=False)
    for sentence in refused.values():
        console.print(sentence.rstrip(".") + ".", style="dim", highlight=False)


def _why_nothing(refused: dict[str, str], forecast: list[str], observed: list[str]) -> str:
    """The refusal that helps: of what both have, else of what the forecast has, else of what the buoy observes."""
    both = [quantity for quantity in observed if quantity in forecast]
    first = next(quantity for quantity in (*both, *forecast, *observed, *refused) if quantity in refused)
    if first in observed or not observed:
        return refused[first]
    return f"{refused[first]}; give a forecast of what it observes: {', '.join(observed)}."
