"""Duties on a page: no legal advice, no judgement, everything in the language of the reader."""

import re
from html import unescape

import pytest
from tests.duties.made import computed, decided, known, shown

from varne.duties.check import check_duties
from varne.show.duty_page import duty_page, duty_parts
from varne.show.language import Language, language

EVENTS = [
    known("information_received", "<b>engine</b> stopped", channel="VHF 16"),
    computed(),
    shown(),
    decided("escort"),
]
JUDGED = re.compile(r"\b(un)?lawful|\bil?legal\b|\bil?licite|\billégal", re.IGNORECASE)


class _Heard(dict):
    """A catalogue that notes what was asked of it and is not there."""

    def __init__(self, sentences):
        super().__init__(sentences)
        self.missed = set()

    def get(self, sentence, otherwise=None):
        if sentence not in self and re.search(r"[^\W\d_]{3}", sentence):
            self.missed.add(sentence)
        return super().get(sentence, otherwise)


def page_in(code, events=EVENTS, **more):
    return duty_page(check_duties(events, **more), language=language(code), subject="log", command="varne duties log")


def test_every_page_says_that_it_is_no_legal_advice():
    """In its first sentence, whatever was told."""
    for code, says in (("en", "Not legal advice."), ("fr", "avis juridique")):
        for events in ([], EVENTS):
            assert says in page_in(code, events)[:9000]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_no_page_judges(code):
    """Outside quoted law nothing is called lawful or unlawful."""
    found = check_duties(EVENTS)
    page = unescape(page_in(code))
    for one in found.law.provisions.values():
        page = page.replace(one.text, "")
    assert not JUDGED.search(page)


def test_nothing_on_a_french_page_is_english():
    """Every sentence was found in a catalogue; wordings of law and of entries stay as they were written."""
    heard = _Heard(language("fr").sentences)
    duty_page(check_duties(EVENTS), language=Language("fr", heard), subject="log", command="x")
    assert heard.missed == set()


def test_what_people_wrote_is_text():
    """An entry cannot put anything into the page but words."""
    assert "<b>engine</b>" not in page_in("en") and "&lt;b&gt;engine" in page_in("en")


def test_a_record_that_does_not_hold_says_so_at_the_top():
    """Whatever else stands on the page."""
    assert "does not hold" in duty_parts(check_duties(EVENTS, log="no"), language("en"))["log"]
    assert "does not hold" in page_in("en", log="no")[:9000]
