"""Spreadsheets as GOV.UK publishes them: a cover, contents, notes, and tables under a title."""

from datetime import date, timedelta

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

DAILY = ("Date", "Migrants arrived", "Boats arrived", "Boats arrived involved in uncontrolled landings", "Notes")
WEEKLY = (
    "Week ending", "Migrants arrived", "Boats arrived", "Boats arrived involved in uncontrolled landings",
    "Migrants prevented [note 1]", "Events prevented\n(note 2)", "Notes",
)  # fmt: skip


def daily_rows(first=date(2024, 4, 29), days=14):
    """Made-up days: boats every third, forty people in each."""
    for place in range(days):
        boats = place % 3 * 13
        yield (first + timedelta(place), boats * 40, boats, 0, "Revised" if place == 2 else "")


def weekly_rows(first=date(2024, 4, 28), weeks=4):
    """Made-up weeks; what was prevented is published from the second on."""
    for place in range(weeks):
        prevented = ("[x]", "[x]") if place == 0 else (place * 1100, place)
        yield (first + timedelta(7 * place), place * 1200, place * 30, 0, *prevented, "")


def cell_of(value):
    """One cell as LibreOffice writes it."""
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
        cell.addElement(P(text=f"{value:%d/%m/%Y}"))
    elif isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=value)
        cell.addElement(P(text=f"{value:,}"))
    elif value == "":
        cell = TableCell()
    else:
        cell = TableCell(valuetype="string")
        for line in str(value).split("\n"):
            cell.addElement(P(text=line))
    return cell


def row_of(values):
    """A row whose equal neighbours are written once, with their number, as spreadsheets save space."""
    row = TableRow()
    values = list(values)
    while values:
        same = next((n for n, one in enumerate(values) if one != values[0] or type(one) is not type(values[0])), None)
        same = len(values) if same is None else same
        cell = cell_of(values[0])
        if same > 1:
            cell.setAttrNS("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "number-columns-repeated", str(same))
        row.addElement(cell)
        values = values[same:]
    return row


def titled(name, title, headings, rows):
    """A sheet: a merged title, a note, an empty row, headings, rows, a source, and a million empty rows."""
    table = Table(name=name)
    table.addElement(TableColumn(numbercolumnsrepeated=len(headings)))
    top = TableRow()
    merged = TableCell(valuetype="string", numbercolumnsspanned=len(headings), numberrowsspanned=1)
    merged.addElement(P(text=title))
    top.addElement(merged)
    for _ in headings[1:]:
        top.addElement(CoveredTableCell())
    table.addElement(top)
    table.addElement(row_of(["This worksheet contains one table. Some cells refer to notes."]))
    table.addElement(row_of(["", ""]))
    table.addElement(row_of(headings))
    for row in rows:
        table.addElement(row_of(row))
    table.addElement(row_of(["Source: Home Office and Border Force"]))
    table.addElement(TableRow(numberrowsrepeated=1_000_000))
    return table


def write_official(path, daily=None, weekly=None, headings=(DAILY, WEEKLY)):
    """The whole publication."""
    document = OpenDocumentSpreadsheet()
    cover = Table(name="Cover")
    for line in ("Small boat arrivals detected: time series", "Date of publication", "Some figures are provisional"):
        cover.addElement(row_of([line]))
    contents = Table(name="Contents")
    contents.addElement(row_of(["Table", "Title", "Period"]))
    contents.addElement(row_of(["SB_01", "Migrants arrived and boats arrived, by day", "2018 on"]))
    document.spreadsheet.addElement(cover)
    document.spreadsheet.addElement(contents)
    if daily != ():
        rows = daily_rows() if daily is None else daily
        document.spreadsheet.addElement(titled("SB_01", "SB_01: arrivals by day", headings[0], rows))
    if weekly != ():
        rows = weekly_rows() if weekly is None else weekly
        document.spreadsheet.addElement(titled("SB_02", "SB_02: arrivals and preventions by week", headings[1], rows))
    document.save(str(path))
    return path
