"""AIS tables in CSV: the columns of the Danish Maritime Authority, of MarineCadastre, and plain names."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from varne.errors import BadFile
from varne.files.ais_log import NO_SPEED, Gathering

# What is needed and may be used: the names under which it comes, without case, spaces and underscores.
COLUMNS = {
    "ship": ("mmsi",),
    "time": ("basedatetime", "timestamp", "#timestamp", "datetime", "time", "timeutc"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "longitude", "long"),
    "speed": ("sog", "speed", "speedoverground"),
    "length": ("length",),
    "beam": ("width", "beam"),
    "mobile": ("typeofmobile", "transceiverclass", "transceiver"),
}
_NEEDED = ("ship", "time", "latitude", "longitude")
_SHIPS = ("", "a", "b", "class a", "class b")


def gather_table(lines: Iterable[str], name: str, gathering: Gathering) -> None:
    """
    Read positions and sizes of ships from the rows of a table.

    Parameters
    ----------
    lines : iterable of str
        Of a file; the first names the columns. [1]
    name : str
        Of the file, for the error. [1]
    gathering : Gathering
        Takes what is read and what is refused. [1]

    Returns
    -------
    None

    Raises
    ------
    BadFile
        If a column that is needed is missing.

    Examples
    --------
    >>> gathering = Gathering()
    >>> rows = ["MMSI,BaseDateTime,LAT,LON,SOG", "1,2024-06-01T00:00:00,51.0,1.5,14.0", "1,then,51.0,1.5,14.0"]
    >>> gather_table(rows, "a.csv", gathering)
    >>> gathering.read["row"], dict(gathering.refused)
    (1, {'time that cannot be read': 1})
    """
    rows = _rows(lines, gathering)
    places = _places(next(rows, []), name)
    for row in rows:
        if len(row) <= max(places.values()):
            gathering.refused["row with missing columns"] += 1
            continue
        found = {what: row[place].strip() for what, place in places.items()}
        if found.get("mobile", "").lower() not in _SHIPS:
            gathering.read["row of something else than a ship"] += 1
            continue
        try:
            ship = int(found["ship"])
            latitude, longitude = float(found["latitude"]), float(found["longitude"])
        except ValueError:
            gathering.refused["number that cannot be read"] += 1
            continue
        time = _time(found["time"])
        if time is None:
            gathering.refused["time that cannot be read"] += 1
            continue
        gathering.read["row"] += 1
        gathering.heard(time)
        gathering.size(ship, _number(found.get("length")), _number(found.get("beam")))
        gathering.place(ship, time, latitude, longitude, _number(found.get("speed"), NO_SPEED))


def _rows(lines: Iterable[str], gathering: Gathering) -> Iterator[list[str]]:
    """Rows of the table; what is no row is counted and passed over."""
    reader = csv.reader(line.replace("\0", "") for line in lines)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            gathering.refused["row that cannot be read"] += 1
            continue
        if row:
            yield row


def _places(header: list[str], name: str) -> dict[str, int]:
    """Where each column stands."""
    titles = [title.strip().lower().replace(" ", "").replace("_", "") for title in header]
    places = {
        what: next(titles.index(one) for one in names if one in titles)
        for what, names in COLUMNS.items()
        if any(one in titles for one in names)
    }
    for what in _NEEDED:
        if what not in places:
            raise BadFile(
                f"AIS table {name} has no column for the {what}; name one {COLUMNS[what][0]!r} "
                "(columns as of MarineCadastre or the Danish Maritime Authority)."
            )
    return places


def _number(text: str | None, missing: float = 0.0) -> float:
    try:
        return float(text or missing)
    except ValueError:
        return missing


def _time(text: str) -> float | None:
    """Seconds since 1970, ISO 8601, or day/month/year as the Danish tables have it; UTC."""
    try:
        if text[2:3] == "/":
            text = f"{text[6:10]}-{text[3:5]}-{text[:2]}T{text[11:]}"
        elif text.replace(".", "", 1).isdigit():
            return float(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
