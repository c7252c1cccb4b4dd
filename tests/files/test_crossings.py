"""Promises about the official series of arrivals."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.files.official import DAILY, WEEKLY, daily_rows, weekly_rows, write_official
from varne.errors import BadFile
from varne.files.crossings import read_crossings
from varne.season.series import weeks_of

POLICY = Path(__file__).parents[3] / "shared" / "policy"


def test_both_tables_of_the_spreadsheet_are_read(tmp_path):
    """Every day and week comes back as written; what is not published is not a number, never zero."""
    found = read_crossings(write_official(tmp_path / "official.ods"))
    rows = list(daily_rows())
    assert found.daily.days.tolist() == [row[0] for row in rows]
    assert found.daily.people.tolist() == [row[1] for row in rows]
    assert found.daily.boats.tolist() == [row[2] for row in rows]
    assert found.weekly.endings[0].item() == date(2024, 4, 28)
    assert np.isnan(found.weekly.people_prevented[0])
    assert found.weekly.people_prevented[1:].tolist() == [1100, 2200, 3300]
    assert found.weekly.events_prevented[3] == 3


def test_the_csv_of_a_sheet_says_the_same(tmp_path):
    """A sheet saved as CSV, with title, notes, thousands commas and dates as shown, is read as the spreadsheet is."""
    lines = ["SB_01: arrivals by day,,,,", "Some cells refer to notes.,,,,", ",,,,", ",".join(DAILY)]
    lines += [
        f'{day:%d/%m/%Y},"{people:,}",{boats},{landed},{note}' for day, people, boats, landed, note in daily_rows()
    ]
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join([*lines, "Source: Home Office,,,,"]), encoding="utf-8")
    found = read_crossings(path).daily
    expected = read_crossings(write_official(tmp_path / "official.ods")).daily
    assert np.array_equal(found.days, expected.days)
    assert np.array_equal(found.people, expected.people)
    assert np.array_equal(found.boats, expected.boats)


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d-%b-%y", "%a %d %b %Y", "%Y-%m-%d 00:00:00", "%d %b %Y [r]"]
)
def test_dates_are_read_as_people_write_them(tmp_path, form):
    """Seven ways to write a date give the same days."""
    path = tmp_path / "a.csv"
    rows = (f"{day:{form}},{people},{boats}" for day, people, boats, _, _ in daily_rows())
    path.write_text("\n".join(["day,people,boats", *rows]), encoding="utf-8")
    assert read_crossings(path).daily.days[0].item() == date(2024, 4, 29)


def test_the_newest_may_stand_first(tmp_path):
    """A series written from the newest to the oldest is turned round."""
    path = write_official(tmp_path / "a.ods", daily=list(daily_rows())[::-1])
    assert read_crossings(path).daily.days[0].item() == date(2024, 4, 29)


def test_other_names_of_the_columns_are_known(tmp_path):
    """Plain words for people and boats are headings too, with notes, brackets and capitals."""
    headings = ("Date of arrival [note 3]", "Number of people (provisional)", "Small boats*", "Other", "Notes")
    found = read_crossings(write_official(tmp_path / "a.ods", headings=(headings, WEEKLY)))
    assert found.daily.people[1] == 520


def changed(place, column, value):
    rows = [list(row) for row in daily_rows()]
    rows[place][column] = value
    return rows


BROKEN = {
    "gap": (list(daily_rows())[:5] + list(daily_rows())[6:], r"jumps from 2024-05-03 \(row 9\).*2024-05-04 is missing"),
    "twice": (changed(4, 0, date(2024, 5, 2)), r"2024-05-02 twice, in rows 8 and 9"),
    "order": (changed(4, 0, date(2024, 4, 30)), r"row 9, has 2024-04-30 after 2024-05-02"),
    "negative": (changed(4, 1, -3), r"row 9 \(2024-05-03\), has -3 for people.*never negative"),
    "part": (changed(4, 2, 2.5), r"row 9 \(2024-05-03\), has 2.5 for boats.*whole number"),
    "word": (changed(4, 2, "many"), r"'many' for boats"),
    "missing": (changed(4, 1, "[x]"), r"no figure of people \('\[x\]'\)"),
    "empty": (changed(4, 1, ""), r"no figure of people \(''\)"),
    "date": (changed(4, 0, "31 June 2024"), r"row 9, has the date '31 June 2024'"),
    "no boat": (changed(1, 2, 0), r"520 people and no boat"),
    "headings only": ([], r"no rows under them"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_series_is_one_sentence(tmp_path, name):
    """The sentence names file, sheet and row, quotes what stands there, and nothing is used."""
    rows, said = BROKEN[name]
    path = write_official(tmp_path / "official.ods", daily=rows if rows else [["Notes: none"]])
    with pytest.raises(BadFile, match=said) as refused:
        read_crossings(path)
    assert str(refused.value).startswith(f"{path}, sheet 'SB_01'")


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("Date", "Persons landed", "Boats arrived"), r"sheet 'SB_01', row 4, has no column of the people.*'Persons"),
        (("Date", "Migrants arrived", "Vessels"), r"no column of the boats that arrived.*'Vessels'"),
        (("Moment", "Migrants arrived", "Boats arrived"), r"no column of the dates.*'Moment'"),
        (("Date", "Persons landed", "Vessels"), r"no column of the people who arrived.*'Vessels'; name it 'migrants"),
        (("Date", "Migrants arrived", "Migrants", "Boats arrived"), r"two columns for the people who arrived"),
        (("Date", "Week ending", "Migrants arrived", "Boats arrived"), r"both a column of dates and one of weeks"),
    ],
)  # fmt: skip
def test_a_renamed_column_is_named(tmp_path, headings, said):
    """What was looked for and what was found stand in the sentence."""
    rows = [row[: len(headings)] for row in daily_rows()]
    path = write_official(tmp_path / "a.ods", daily=rows, weekly=(), headings=(headings, WEEKLY))
    with pytest.raises(BadFile, match=said):
        read_crossings(path)


def test_a_missing_week_and_a_week_that_ends_otherwise_are_refused(tmp_path):
    """The weekly table is held to Sundays, each seven days after the last."""
    rows = list(weekly_rows())
    with pytest.raises(BadFile, match=r"SB_02.*week ending 2024-05-12 is missing"):
        read_crossings(write_official(tmp_path / "a.ods", weekly=rows[:2] + rows[3:]))
    monday = [(row[0] + timedelta(1), *row[1:]) for row in rows]
    with pytest.raises(BadFile, match=r"ends on Monday 2024-04-29"):
        read_crossings(write_official(tmp_path / "a.ods", weekly=monday))


def test_a_file_about_something_else_is_refused(tmp_path):
    """Without the headings the sentence lists the sheets that were looked at."""
    path = write_official(tmp_path / "a.ods", daily=(), weekly=())
    with pytest.raises(BadFile, match=r"no headings.*'Cover', 'Contents'"):
        read_crossings(path)


def test_two_daily_tables_are_told_apart_or_refused(tmp_path):
    """A second table by day is named in the sentence, unless one stands in SB_01."""
    path = write_official(tmp_path / "a.ods", weekly=list(daily_rows()), headings=(DAILY, DAILY))
    assert read_crossings(path).daily is not None
    renamed = tmp_path / "b.csv"
    renamed.write_text("month,migrants arrived,boats arrived\n2024-01,3,1\n", encoding="utf-8")
    with pytest.raises(BadFile, match="no headings"):
        read_crossings(renamed)


def test_the_published_csvs_are_read():
    """Days and weeks of the published series agree with each other and with the totals of the years."""
    if not POLICY.exists():
        pytest.skip("the published series lie beside the repository only where it is worked on")
    daily = read_crossings(POLICY / "crossings_daily.csv").daily
    weekly = read_crossings(POLICY / "crossings_weekly.csv").weekly
    assert len(daily.days) == 2557
    in_2024 = daily.days >= np.datetime64("2024-01-01")
    assert (daily.people[in_2024].sum(), daily.boats[in_2024].sum()) == (36816, 695)
    sums = weeks_of(daily)
    assert np.array_equal(sums.endings, weekly.endings[-len(sums.endings) :])
    assert np.array_equal(sums.people, weekly.people[-len(sums.endings) :])
    assert np.nansum(weekly.people_prevented) == 21317
    assert weekly.endings[np.isfinite(weekly.people_prevented)][0] == np.datetime64("2024-05-05")
