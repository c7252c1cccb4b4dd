"""Sheets of a spreadsheet, or a CSV, as rows of cells of text."""

import csv
import math
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from xml.parsers.expat import ExpatError

import pandas as pd

from varne.errors import BadFile

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as it was written: numbered rows, cells stripped; an empty cell is an empty text."""

    name: str  # empty for a CSV, which has no sheets
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # number of the row in the file, and its cells


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """
    Read every sheet of a spreadsheet, or the one table of a CSV.

    Repeated cells of a spreadsheet are written out; dates become ``2024-01-31`` and whole numbers lose their point.
    Lines of a CSV that begin with ``#`` are comments.

    Parameters
    ----------
    path : Path
        OpenDocument spreadsheet (.ods) or text in UTF-8 (.csv). [1]

    Returns
    -------
    tuple of Sheet

    Raises
    ------
    BadFile
        If it cannot be read, is empty, or is neither.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("# a note\\ndate,people\\n2024-01-01,\\"1,200\\"\\n")
    >>> read_sheets(path)[0].rows
    ((2, ('date', 'people')), (3, ('2024-01-01', '1,200')))
    """
    try:
        with path.open("rb") as file:
            begins = file.read(4)
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check its name.") from None
    if not begins:
        raise BadFile(f"{path} is empty; fetch it again.")
    kind = path.suffix.lower()
    if kind == ".ods":
        sheets = _spreadsheet(path)
    elif kind == ".csv":
        sheets = (_text(path, begins),)
    else:
        raise BadFile(f"{path} is neither .ods nor .csv; give the spreadsheet as published (ODS), or a CSV.")
    if not any(sheet.rows for sheet in sheets):
        raise BadFile(f"{path} has no rows; fetch it again.")
    return sheets


def _spreadsheet(path: Path) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = archive.read("mimetype").decode("ascii", "replace").strip()
        if kind != _OPEN_DOCUMENT:
            raise BadFile(f"{path} is {kind[:80]!r} inside, not an OpenDocument spreadsheet; fetch the ODS.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what pandas would guess about types: every cell is taken as it stands
            tables = pd.read_excel(path, engine="odf", sheet_name=None, header=None, dtype=object, na_filter=False)
    except KeyError as error:
        raise BadFile(f"{path} lacks a part that an ODS has ({error.args[0]}); fetch it again.") from None
    except (zipfile.BadZipFile, ExpatError, EOFError, ValueError) as error:
        raise BadFile(f"{path} is a broken ODS ({str(error)[:120]}); fetch it again.") from None
    return tuple(_sheet(str(name), table) for name, table in tables.items())


def _sheet(name: str, table: pd.DataFrame) -> Sheet:
    rows = ((number, tuple(_cell(one) for one in cells)) for number, cells in enumerate(table.to_numpy(), 1))
    return Sheet(name, tuple((number, cells) for number, cells in rows if any(cells)))


def _cell(value: object) -> str:
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return "" if math.isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    return " ".join(str(value).split())


def _text(path: Path, begins: bytes) -> Sheet:
    if begins.startswith(b"PK"):
        raise BadFile(f"{path} is named .csv and is a spreadsheet or archive; name it as what it is.")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadFile(f"{path} is not UTF-8 text; save it as CSV in UTF-8.") from None
    told = [number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    mark = max(",;\t", key=lambda one: sum(lines[number - 1].count(one) for number in told))
    reader = csv.reader((f"{lines[number - 1]}\n" for number in told), delimiter=mark, strict=True)
    rows = []
    try:
        for row in reader:
            cells = tuple(" ".join(cell.split()) for cell in row)
            if any(cells):
                rows.append((told[reader.line_num - 1], cells))
    except csv.Error as error:
        number = told[min(reader.line_num, len(told)) - 1]
        raise BadFile(f"{path}, row {number}, is broken ({error}); mend or delete that row.") from None
    return Sheet("", tuple(rows))
