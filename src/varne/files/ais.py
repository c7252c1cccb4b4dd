"""AIS files of ships' positions: which form a file has, and what all files together say."""

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from varne.errors import BadFile, NoData
from varne.files.ais_log import AisLog, Gathering
from varne.files.ais_table import gather_table
from varne.files.nmea import gather_nmea

_GZIP = b"\x1f\x8b"
_SEEN = 65536  # bytes looked at to tell the form of a file; our choice
_LONGEST_LINE = 4096  # bytes; a longer line is no AIS


def read_ais(paths: Sequence[Path], *, progress: Callable[[int], object] = lambda done: None) -> AisLog:
    """
    Read AIS files as one: NMEA 0183 sentences or CSV tables, packed with gzip or not, in any order.

    Memory grows with the minutes that ships are in sight, not with the messages: 40 bytes for each ship and minute.

    Parameters
    ----------
    paths : sequence of Path
        Files. [1]
    progress : callable
        Told how many bytes of the files have been read since it was told last. [1]

    Returns
    -------
    AisLog

    Raises
    ------
    BadFile
        If a file cannot be read, is of another kind, or has no times.
    NoData
        If no ship is in the sea that Varne knows.

    Examples
    --------
    >>> read_ais([Path("nowhere.nmea")])
    Traceback (most recent call last):
    varne.errors.BadFile: AIS file nowhere.nmea cannot be read (No such file or directory); check its name.
    """
    gathering = Gathering()
    for path in paths:
        _read_one(path, gathering, progress)
    log = gathering.finished()
    if not len(log.reports.ship):
        refused = ", ".join(f"{count} {reason}" for reason, count in log.refused.items()) or "none refused"
        raise NoData(
            f"The AIS files {', '.join(path.name for path in paths)} have no position of a ship in the sea that Varne "
            f"knows ({refused}); give a log of the Dover Strait."
        )
    return log


def _read_one(path: Path, gathering: Gathering, progress: Callable[[int], object]) -> None:
    read, without = sum(gathering.read.values()), gathering.refused["position without a time"]
    hours, gathering.hours = gathering.hours, set()
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            with gzip.open(file) if packed else file as content:
                head = content.read(_SEEN)
                content.seek(0)
                lines = _lines(content, file, progress)
                if _is_nmea(head):
                    gather_nmea(lines, gathering)
                elif b"mmsi" in head.partition(b"\n")[0].lower():
                    gather_table((line.decode("utf-8-sig", "replace") for line in lines), str(path), gathering)
                else:
                    raise BadFile(
                        f"File {path} is no AIS: it has neither !AIVDM sentences nor a header with MMSI; "
                        "give NMEA 0183 or a CSV table."
                    )
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadFile(f"AIS file {path} cannot be read ({reason}); check its name.") from None
    if sum(gathering.read.values()) == read:
        raise BadFile(f"File {path} has no line that is whole AIS; give NMEA 0183 sentences or a CSV table.")
    if not gathering.hours and gathering.refused["position without a time"] > without:
        raise BadFile(
            f"AIS file {path} has no times; log it with TAG blocks (c:) or with the time as first column, "
            "in seconds since 1970 or ISO 8601."
        )
    gathering.hours |= hours


def _is_nmea(head: bytes) -> bool:
    return any(mark in head for mark in (b"VDM,", b"VDO,"))


def _lines(
    content: BinaryIO | gzip.GzipFile | io.BufferedReader, file: BinaryIO, progress: Callable[[int], object]
) -> Iterator[bytes]:
    """Lines of a file, none longer than AIS has, so that a file without line ends takes no memory."""
    done, count = 0, 0
    while line := content.readline(_LONGEST_LINE):
        yield line
        count += 1
        if count % 1000 == 0:
            now = file.tell()
            progress(now - done)
            done = now
    progress(file.tell() - done)
