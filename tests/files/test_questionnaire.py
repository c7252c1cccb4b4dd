"""Promises about the questionnaire as a file to be filled in."""

import re
import tomllib

import pytest

from varne.errors import BadFact, UnknownName
from varne.facts.answers import Asked, answers_of
from varne.facts.panels import panels_of, questions_of
from varne.facts.tables import shipped_facts
from varne.files.questionnaire import questionnaire_text

NAMES = ["effect.crowd_escort", "alert.call_delay", "alert.located"]
ASKED = questions_of([Asked(name, f"drives {name}\n[x]") for name in NAMES], shipped_facts())
TEXT = questionnaire_text(ASKED, "A boat\nof 55", {NAMES[0]: "escort"})


def filled():
    """As a respondent fills it in, between the quotation marks or not, with what is shipped."""
    text = TEXT.replace('panel = ""', 'panel = "rescue service"').replace('role = ""', 'role = "watch officer"')
    text = text.replace('date = ""', "date = 2026-11-20").replace('reason = ""', 'reason = "Seen"')
    for name in NAMES:
        fact = shipped_facts()[name]
        for key, value in (("low", f'"{fact.low}"'), ("high", fact.high), ("middle", fact.value)):
            text = text.replace(f'{key} = ""', f"{key} = {value}", 1)
    return text


def test_the_blank_file_is_answers_with_blanks():
    """It can be read, names each fact once in order, and without an answer it is refused as empty."""
    assert [row["fact"] for row in tomllib.loads(TEXT)["answer"]] == NAMES
    with pytest.raises(BadFact, match="have no panel"):
        answers_of(TEXT, "q.toml")
    with pytest.raises(BadFact, match="is empty"):
        answers_of(TEXT.replace('panel = ""', 'panel = "union"'), "q.toml")


def test_a_filled_file_is_a_panel():
    """Every question it asks can be answered in its place."""
    (panel,) = panels_of([answers_of(filled(), "q.toml")], shipped_facts())
    for name in NAMES:
        fact, shipped = panel.facts[name], shipped_facts()[name]
        assert (fact.low, fact.value, fact.high, fact.unit) == (shipped.low, shipped.value, shipped.high, shipped.unit)
    assert panel.blank == ()


def test_lowest_comes_first_and_middle_last():
    """Against anchoring: the order of the blanks is the order of thought, and what is used now stands at the end."""
    for block in TEXT.split("[[answer]]")[1:]:
        assert re.findall(r"^(low|high|middle|reason) =", block, re.M) == ["low", "high", "middle", "reason"]
    assert TEXT.index("What Varne uses now.") > TEXT.rindex("[[answer]]")
    for name in NAMES:
        fact = shipped_facts()[name]
        shown = TEXT[TEXT.index("What Varne uses now.") :]
        assert f"{name}: {fact.value:.4g} ({fact.low:.4g} to {fact.high:.4g})" in shown
        assert fact.source in shown


def test_it_explains_itself():
    """Quantiles in plain words, what a number can be, why it is asked, where it is used, and no names of persons."""
    for words in ("surprised, one time in twenty", "No names of persons", "as likely above", "1 would mean: no effect"):
        assert words in TEXT
    for words in (
        "Unit: minutes; above 0.",
        "between 0 and 1",
        "Why it is asked: drives alert.located [x]",
        "Where it is used",
    ):
        assert words in TEXT
    assert all(len(line) <= 120 for line in TEXT.splitlines() if ": " not in line)


def test_what_cannot_be_asked_is_refused():
    """Nothing, a fact twice, a fact that does not exist, and one without quantiles."""
    for names, says in (
        ([], "no fact to ask"),
        (NAMES[:1] * 2, "asked twice"),
        (["waves.swell_from_west"], "yes or no"),
    ):
        with pytest.raises(BadFact, match=says):
            questions_of([Asked(name, "") for name in names], shipped_facts())
    with pytest.raises(UnknownName, match="did you mean"):
        questions_of([Asked("boat.sped", "")], shipped_facts())
