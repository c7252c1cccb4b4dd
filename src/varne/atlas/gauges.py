"""Tide gauges: the harmonic constants that were found at them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from varne.atlas.charts import Window
from varne.errors import BadFact

FREE_LICENCE = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Gauge:
    """A tide gauge and its constants: amplitude [m] times exp(-i Greenwich phase lag), by constituent."""

    station_id: str
    name: str
    latitude: float
    longitude: float
    constants: dict[str, complex]


def read_gauges(path: Path) -> dict[str, Gauge]:
    """
    Read a table of constants, one row for each gauge and constituent; lines that begin with # are comments.

    Parameters
    ----------
    path : Path
        CSV with station_id, station, lat, lon, constituent, amp_m, phase_deg_greenwich and licence. [1]

    Returns
    -------
    dict of Gauge
        By station id. [1]

    Raises
    ------
    BadFact
        If a row stands under another licence than CC BY 4.0, which Varne may not ship.

    References
    ----------
    Hart-Davis, Dettmering and Seitz (2025), TICON-4, doi 10.17882/109129.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "one.csv"
    >>> head = "station_id,station,lat,lon,constituent,amp_m,phase_deg_greenwich,licence"
    >>> _ = path.write_text(head + "\\ndover,Dover,51.1,1.3,M2,2.25,0.0,CC-BY-4.0\\n")
    >>> read_gauges(path)["dover"].constants
    {'M2': np.complex128(2.25+0j)}
    """
    gauges: dict[str, Gauge] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if row["licence"] != FREE_LICENCE:
                raise BadFact(
                    f"Gauge {row['station_id']!r} has licence {row['licence']!r}; leave out what is not {FREE_LICENCE}."
                )
            gauge = gauges.setdefault(
                row["station_id"],
                Gauge(row["station_id"], row["station"], float(row["lat"]), float(row["lon"]), {}),
            )
            lag = np.radians(float(row["phase_deg_greenwich"]))
            gauge.constants[row["constituent"]] = float(row["amp_m"]) * np.exp(-1j * lag)
    return gauges


def write_gauges(source: Path, target: Path, *, constituents: Iterable[str], window: Window, header: str) -> int:
    """
    Copy the rows of a window and of known constituents into a facts table.

    Parameters
    ----------
    source, target : Path
        The table that was downloaded, and the one that is shipped. [1]
    constituents : iterable of str
        Which to keep. [1]
    window : Window
        Where to keep gauges. [deg]
    header : str
        Comment lines on top: what, whose, which licence. [1]

    Returns
    -------
    int
        Rows kept. [1]

    Examples
    --------
    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> head = "station_id,station,lat,lon,constituent,amp_m,phase_deg_greenwich,licence"
    >>> _ = (home / "raw.csv").write_text(head + "\\ndover,Dover,51.1,1.3,M2,2.25,0.0,CC-BY-4.0\\n")
    >>> write_gauges(
    ...     home / "raw.csv", home / "kept.csv", constituents=["M2"], window=Window(0, 2, 50, 52), header="# TICON-4\\n"
    ... )
    1
    """
    kept = set(constituents)
    columns = ("station_id", "station", "lat", "lon", "constituent", "amp_m", "phase_deg_greenwich", "licence")
    with source.open(newline="", encoding="utf-8") as file:
        rows = [
            {column: row[column] for column in columns}
            for row in csv.DictReader(line for line in file if not line.startswith("#"))
            if row["constituent"] in kept
            and window.south <= float(row["lat"]) <= window.north
            and window.west <= float(row["lon"]) <= window.east
        ]
    with target.open("w", newline="", encoding="utf-8") as file:
        file.write(header)
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
