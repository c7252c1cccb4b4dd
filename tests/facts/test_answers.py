"""Promises about files of answers."""

import pytest

from varne.errors import BadFact, BadInput
from varne.facts.answers import answers_of, read_answers

TOP = 'panel = "rescue service"\nrole = "watch officer"\ndate = 2026-11-20\n'
ONE = {
    "fact": '"boat.speed"',
    "low": "3",
    "middle": "5.5",
    "high": '"8"',
    "unit": '"kn"',
    "reason": '"Timed from the\\n shore"',
}


def written(top=TOP, **change):
    """A file with one answer, changed; None takes a field away."""
    rows = {**ONE, **change}
    return top + "[[answer]]\n" + "".join(f"{key} = {value}\n" for key, value in rows.items() if value is not None)


def test_an_answer_is_read_as_it_is_written():
    """Numbers also between the quotation marks of the questionnaire; role and date from the top; one line of reason."""
    found = answers_of(written(), "a.toml").answers[0]
    assert (found.low, found.middle, found.high) == (3.0, 5.5, 8.0)
    assert (found.role, found.date, found.reason) == ("watch officer", "2026-11-20", "Timed from the shore")
    own = answers_of(written(role='"coxswain"', date='"2026-11-19"'), "a.toml").answers[0]
    assert (own.role, own.date) == ("coxswain", "2026-11-19")


def test_what_is_wholly_blank_is_not_answered():
    """As the questionnaire was written: named, and nothing more; no warning, no number."""
    blank = '[[answer]]\nfact = "crush.rate"\nlow = ""\nmiddle = " "\nhigh = ""\nunit = "1/h"\nreason = ""\n'
    found = answers_of(written() + blank, "a.toml")
    assert found.blank == ("crush.rate",)
    assert [one.fact for one in found.answers] == ["boat.speed"]


def test_several_respondents_answer_in_one_file():
    """What one leaves blank and another answers is not blank."""
    two = (
        written() + written(top="", role='"coxswain"') + written(top="", low='""', middle='""', high='""', reason='""')
    )
    found = answers_of(two, "a.toml")
    assert [one.role for one in found.answers] == ["watch officer", "coxswain"]
    assert found.blank == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("panel = ", "are not TOML"),
        (TOP + "name = 3\n" + written(""), "have a field 'name'"),
        (written(TOP.replace("rescue service", " ")), "have no panel"),
        (TOP + "answer = 3\n", "is no table"),
        (TOP + "answer = [3]\n", "is no table"),
        (TOP, "panel 'rescue service' is empty"),
        (written(low='""', middle='""', high='""', reason='""'), "panel 'rescue service' is empty"),
        (written(colour='"red"'), "field 'colour' in an answer"),
        (written(fact='""'), "an answer without a fact"),
        (written(middle='""'), "answered in part: it has no middle"),
        (written(low=None), "answered in part: it has no low"),
        (written(low='""', middle='""', high='""'), "answered in part: it has no low"),
        (written(reason='" "'), "has no reason; write in one sentence why"),
        (written(unit=None), "has no unit"),
        (written(TOP.replace("watch officer", "")), "has no role; write what the respondent does"),
        (written('panel = "rescue service"\nrole = "mate"\n'), "has no date"),
        (written(date='"20 November"'), "has date '20 November'"),
        (written(date='"2026-02-30"'), "has date '2026-02-30'"),
        (written(low="6"), "has low 6, middle 5.5, high 8; they must rise"),
        (written(low="5.5"), "no two be the same"),
        (written(low='"3,5"'), "low = '3,5'; write a number with a point"),
        (written(high="inf"), "high = inf; write a finite number"),
        (written(high='"nan"'), "high = nan; write a finite number"),
        (written(high="true"), "high = True; write a finite number"),
        (written(low="[1]"), "write a finite number"),
        (written(reason='"ask officer@example.org"'), "it holds an e-mail address; take it out"),
        (written(reason='"ring 06 12 34 56 78"'), "it holds a telephone number; take it out"),
    ],
)
def test_an_answer_that_is_wrong_is_refused(text, says):
    """One sentence that names the file, quotes the value and says the remedy."""
    with pytest.raises(BadFact) as refused:
        answers_of(text, "a.toml")
    assert says in str(refused.value)
    assert "a.toml" in str(refused.value)


@pytest.mark.parametrize("name", ["Anna Smith", "captain smith", "officer@example.org", "rescue service 0612345678"])
def test_a_person_is_no_panel_and_no_role(name):
    """Bodies answer, in roles: names, addresses and numbers are refused."""
    with pytest.raises(BadInput, match="names a person"):
        answers_of(written(TOP.replace("rescue service", name)), "a.toml")
    with pytest.raises(BadInput, match="names a person"):
        answers_of(written(role=f'"{name}"'), "a.toml")


def test_a_name_in_a_reason_is_a_warning():
    """Public reports carry names: the reader is told, and decides."""
    found = answers_of(written(reason='"As Anna Smith wrote"'), "a.toml")
    assert found.warnings == (
        "boat.speed of panel rescue service: 'Anna Smith' reads like a person's name in 'As Anna Smith wrote'; "
        "Varne holds no names of persons.",
    )
    assert answers_of(written(), "a.toml").warnings == ()


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    """No file, a folder, and bytes that are no text."""
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    for path, says in ((tmp_path / "none.toml", "cannot be read"), (tmp_path, "cannot be read")):
        with pytest.raises(BadFact, match=says):
            read_answers(path)
    with pytest.raises(BadFact, match="not UTF-8"):
        read_answers(tmp_path / "a.toml")
