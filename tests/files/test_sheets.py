"""Promises about sheets as rows of text."""

import zipfile

import pytest

from tests.files.official import write_official
from varne.errors import BadFile
from varne.files.sheets import read_sheets


def test_a_spreadsheet_becomes_text(tmp_path):
    """Repeated cells are written out, dates and whole numbers are plain, row numbers are those of the spreadsheet."""
    sheets = {sheet.name: sheet for sheet in read_sheets(write_official(tmp_path / "a.ods"))}
    assert list(sheets) == ["Cover", "Contents", "SB_01", "SB_02"]
    rows = dict(sheets["SB_01"].rows)
    assert rows[4][:3] == ("Date", "Migrants arrived", "Boats arrived")
    assert rows[5][:4] == ("2024-04-29", "0", "0", "0")
    assert rows[6][:4] == ("2024-04-30", "520", "13", "0")
    assert 3 not in rows


def test_marks_and_comments_of_a_csv(tmp_path):
    """Commas, semicolons and tabs divide; headings over two lines stay one cell; comments are no rows."""
    for mark in ",;\t":
        path = tmp_path / "a.csv"
        path.write_text(f'# a, note; of\tours\nDate{mark}"Boats\narrived"\n\n2024-01-01{mark}2\n', encoding="utf-8-sig")
        assert read_sheets(path)[0].rows == ((3, ("Date", "Boats arrived")), (5, ("2024-01-01", "2")))


def broken(path, kind):
    whole = write_official(path / "whole.ods").read_bytes()
    match kind:
        case "cut.ods":
            content = whole[: len(whole) // 2]
        case "text.ods" | "text.xlsx":
            content = b"date,people\n"
        case "spreadsheet.csv":
            content = whole
        case "latin.csv":
            content = "date,people à\n".encode("latin-1")
        case "quote.csv":
            content = b'date,people\n"2024-01-01,3\n'
        case "blank.csv":
            content = b"# nothing\n\n"
        case _:
            content = b""
    (path / kind).write_bytes(content)
    return path / kind


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cut.ods", "broken ODS"),
        ("text.ods", "broken ODS"),
        ("text.xlsx", "neither .ods nor .csv"),
        ("spreadsheet.csv", "named .csv"),
        ("latin.csv", "not UTF-8"),
        ("quote.csv", "row 2.*broken"),
        ("blank.csv", "no rows"),
        ("empty.ods", "is empty"),
    ],
)
def test_a_broken_file_is_one_sentence(tmp_path, kind, said):
    """Whatever is wrong with a file is said in one sentence that names it."""
    path = broken(tmp_path, kind)
    with pytest.raises(BadFile, match=said) as refused:
        read_sheets(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_another_archive_is_no_spreadsheet(tmp_path):
    """A text document and a bare archive are told from a spreadsheet."""
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(BadFile, match="not an OpenDocument spreadsheet"):
        read_sheets(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other", "x")
    with pytest.raises(BadFile, match="mimetype"):
        read_sheets(path)
