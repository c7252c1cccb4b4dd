"""`varne sea observations`: what a file of a buoy or a light vessel was understood to say."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def observations(
    file: Annotated[Path, typer.Argument(help="NDBC text or CSV with headings, also in gzip.")],
    at: Annotated[str | None, typer.Option(help='Position, for example "51 06.2N 1 48E".')] = None,
    zone: Annotated[str | None, typer.Option(help="Of times that carry none: UTC, or an offset as +01:00.")] = None,
    anemometer: Annotated[float | None, typer.Option(help="Height of the wind above the sea, in metres.")] = None,
) -> None:
    """
    Print what a file of observations was understood to say: columns, units, span, gaps, last values and means.

    Parameters
    ----------
    file : Path
        Where. [1]
    at : str, optional
        Position. [deg]
    zone : str, optional
        Of the times. [1]
    anemometer : float, optional
        Height of the wind. [m]

    Returns
    -------
    None

    Raises
    ------
    BadFile, BadPosition
        When the file or the position is refused.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "62304.csv"
    >>> _ = path.write_text("time [UTC],sst [degC]\\n2026-03-14 02:00,8.1\\n")
    >>> observations(path)
    62304 Sandettie light vessel, 51 06.2N 001 48.0E: 2026-03-14T02:00Z to 2026-03-14T02:00Z, 1 reports...
    """
    from varne.earth import parse_position
    from varne.files.buoys import read_observations
    from varne.show.observations import observations_screen

    place = parse_position(at) if at is not None else None
    seen = read_observations(file, at=place, zone=zone, anemometer=anemometer)
    Console().print(observations_screen(seen), highlight=False)
