"""Tables of a season in Parquet: a row for each member, policy and week, and how severe events are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from varne.errors import BadFile, BadInput
from varne.season.ledger import MOST_DEATHS, WEEK, Ledger

try:  # an extra: everything but these tables works without it
    import pyarrow
    from pyarrow import parquet
except ImportError:
    pyarrow = None

WEEKS, SEVERITY = "weeks.parquet", "severity.parquet"
_MISSING = "Parquet tables need the extra 'analysis'; install it: pip install 'varne[analysis]', or leave --out out."
Columns = dict[str, NDArray[Any]]


def need_parquet() -> None:
    """
    Refuse early what cannot be written.

    Raises
    ------
    BadInput
        If the library for Parquet is not installed.

    Examples
    --------
    >>> need_parquet()
    """
    if pyarrow is None:
        raise BadInput(_MISSING)


def week_rows(ledger: Ledger, policy: int) -> Columns:
    """
    Lay out the weeks of one policy, a row for each member and week.

    Parameters
    ----------
    ledger : Ledger
        [people, boats, events]
    policy : int
        Its place. [1]

    Returns
    -------
    dict of str to array, shape (member * week,)
        ``member, draw, replicate, week_start`` and every column of the ledger.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, 604800.0 * np.arange(3), np.array([1970]))
    >>> week_rows(ledger, 0)["draw"]
    array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], dtype=int32)
    """
    weeks = ledger.weeks[policy]
    members = np.repeat(ledger.members, weeks.shape[1])
    return {
        **_who(members, ledger.replicates),
        "week_start": np.tile(ledger.week_starts.astype("datetime64[s]").astype("datetime64[D]"), weeks.shape[0]),
        **{name: np.ascontiguousarray(weeks[name]).reshape(-1) for name in WEEK.names or ()},
    }


def severity_rows(ledger: Ledger, policy: int) -> Columns:
    """
    Lay out how severe the events of one policy are; rows without any event are left out.

    Parameters
    ----------
    ledger : Ledger
        [events]
    policy : int
        Its place. [1]

    Returns
    -------
    dict of str to array, shape (row,)
        ``member, draw, replicate, year, deaths, events``.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> ledger.severity[0, 3, 0, 7] = 0.5
    >>> {name: column.tolist() for name, column in severity_rows(ledger, 0).items()}
    {'member': [3], 'draw': [1], 'replicate': [1], 'year': [1970], 'deaths': [7], 'events': [0.5]}
    """
    severity = ledger.severity[policy]
    rows, years, deaths = np.nonzero(severity)
    return {
        **_who(ledger.members[rows], ledger.replicates),
        "year": ledger.years[years].astype(np.int32),
        "deaths": deaths.astype(np.int32),
        "events": severity[rows, years, deaths],
    }


def weeks_frame(ledger: Ledger) -> pd.DataFrame:
    """
    Return the weeks as a table in memory, in the form of ``weeks.parquet``.

    Parameters
    ----------
    ledger : Ledger
        [people, boats, events]

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> len(weeks_frame(empty_ledger(("a", "b"), np.arange(4), 2, np.zeros(3), np.array([1970]))))
    24
    """
    parts = []
    for place, name in enumerate(ledger.policies):
        part = pd.DataFrame(week_rows(ledger, place))
        part.insert(0, "policy", name)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def write_weeks(ledger: Ledger, path: Path) -> None:
    """
    Write the weeks, a group of rows for each policy.

    Parameters
    ----------
    ledger : Ledger
        [people, boats, events]
    path : Path
        Where. [1]

    Raises
    ------
    BadInput
        If the library for Parquet is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> file = Path(tempfile.mkdtemp()) / WEEKS
    >>> write_weeks(ledger, file)
    >>> len(pd.read_parquet(file))
    4
    """
    _write((week_rows(ledger, place) for place in range(len(ledger.policies))), ledger, path)


def write_severity(ledger: Ledger, path: Path) -> None:
    """
    Write how severe events are.

    Parameters
    ----------
    ledger : Ledger
        [events]
    path : Path
        Where. [1]

    Raises
    ------
    BadInput
        If the library for Parquet is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from varne.season.ledger import empty_ledger
    >>> file = Path(tempfile.mkdtemp()) / SEVERITY
    >>> write_severity(empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970])), file)
    >>> len(pd.read_parquet(file))
    0
    """
    _write((severity_rows(ledger, place) for place in range(len(ledger.policies))), ledger, path)


def read_ledger(folder: Path, *, policies: tuple[str, ...], replicates: int) -> Ledger:
    """
    Read the books of a season back from its tables.

    Parameters
    ----------
    folder : Path
        With both tables. [1]
    policies : tuple of str
        In the order of the season. [1]
    replicates : int
        Of each draw. [1]

    Returns
    -------
    Ledger
        As it was written, bit for bit.

    Raises
    ------
    BadFile
        If a table is missing, cannot be read, or does not hold every member and week once.

    Examples
    --------
    >>> import tempfile
    >>> from varne.season.ledger import empty_ledger
    >>> folder = Path(tempfile.mkdtemp())
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> write_weeks(ledger, folder / WEEKS), write_severity(ledger, folder / SEVERITY)
    (None, None)
    >>> read_ledger(folder, policies=("a",), replicates=2).members
    array([0, 1, 2, 3])
    """
    table, severe = _read(folder / WEEKS), _read(folder / SEVERITY)
    members = np.unique(table["member"].to_numpy()).astype(np.int64)
    starts = np.unique(np.asarray(table["week_start"], dtype="datetime64[D]"))
    shape = len(policies), len(members), len(starts)
    whole = len(table) == np.prod(shape) and list(dict.fromkeys(table["policy"])) == list(policies)
    if not whole or [*table.columns[5:]] != list(WEEK.names or ()):
        raise BadFile(f"{folder / WEEKS} does not hold each policy, member and week once; write the season again.")
    weeks = np.zeros(shape, WEEK)
    for name in WEEK.names or ():
        weeks[name] = table[name].to_numpy().reshape(shape)
    years = np.array(_years(folder), dtype=np.int64)
    severity = np.zeros((*shape[:2], len(years), MOST_DEATHS + 1))
    places = {name: place for place, name in enumerate(policies)}
    where = (
        np.array([places[name] for name in severe["policy"]], dtype=np.int64),
        np.searchsorted(members, severe["member"]),
        np.searchsorted(years, severe["year"]),
        severe["deaths"].to_numpy(),
    )
    severity[where] = severe["events"]
    return Ledger(policies, members, replicates, starts.astype("datetime64[s]").astype(float), years, weeks, severity)


def _who(members: NDArray[np.int64], replicates: int) -> Columns:
    return {
        "member": members.astype(np.int32),
        "draw": (members // replicates).astype(np.int32),
        "replicate": (members % replicates).astype(np.int32),
    }


def _write(parts: Iterator[Columns], ledger: Ledger, path: Path) -> None:
    need_parquet()
    writer = None
    years = ",".join(str(year) for year in ledger.years).encode()
    for name, part in zip(ledger.policies, parts, strict=True):
        rows = len(part["member"])
        policy = pyarrow.DictionaryArray.from_arrays(np.zeros(rows, np.int32), [name])
        table = pyarrow.table({"policy": policy, **part}).replace_schema_metadata({"years": years})
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=max(rows, 1))
    assert writer, "a season has at least one policy"
    writer.close()


def _read(path: Path) -> pd.DataFrame:
    need_parquet()
    try:
        found: pd.DataFrame = parquet.read_table(path).to_pandas()
    except (OSError, pyarrow.ArrowInvalid) as error:
        raise BadFile(f"{path} cannot be read ({str(error).splitlines()[0]}); write the season again.") from None
    return found


def _years(folder: Path) -> list[int]:
    text = (parquet.read_schema(folder / WEEKS).metadata or {}).get(b"years", b"")
    return [int(year) for year in text.decode().split(",") if year]
