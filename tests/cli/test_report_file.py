"""The file that a report is written to."""

import pytest

from varne.cli.report_file import need_report, write_report
from varne.errors import BadInput


@pytest.mark.parametrize(
    ("name", "language", "sentence"),
    [
        ("report.pdf", "en", r"--report is .*report.pdf'; end its name with .html"),
        ("report", "en", "end its name with .html"),
        ("report.html", "de", r"language is 'de'; write en \(English\) or fr"),
        ("a file/report.html", "en", "cannot be written to"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_work(tmp_path, name, language, sentence):
    """One sentence that names the value and says the remedy; nothing is made."""
    (tmp_path / "a file").write_text("")
    with pytest.raises(BadInput, match=sentence):
        need_report(tmp_path / name, language)
    assert [path.name for path in tmp_path.iterdir()] == ["a file"]


def test_a_report_replaces_another_whole(tmp_path):
    """What stood there is gone, and nothing else stands beside it."""
    place = tmp_path / "report.html"
    for page in ("a longer page", "é"):
        need_report(place, "fr")
        write_report(page, place)
    assert place.read_text(encoding="utf-8") == "é"
    assert list(tmp_path.iterdir()) == [place]
