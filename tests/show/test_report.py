"""The page of a report: whole, alone, and not to be broken by what stands in it."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.show.whys import why_answer

from varne.duties.check import check_duties
from varne.show.duty_page import duty_parts
from varne.show.language import language
from varne.show.report import grades_sentence, rendered, report_page
from varne.show.report_picture import Picture

PICTURE = Picture("<svg></svg>", "A picture", "What it shows.")
PICTURES = dict.fromkeys(("options", "exceedance", "map", "timeline"), PICTURE) | {"drivers": (PICTURE,)}


class _Page(HTMLParser):
    """What a browser would find: headings, links, ids, tags."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.names, self.links = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append(tag)
        self.names += [known["id"]] if "id" in known else []
        self.links += [known[one] for one in ("href", "src") if one in known]


def _written(small, question, code="en", why=True, answer=None):
    explained = why_answer(question) if why else None
    return report_page(
        answer or small.answer, small.encounter, explained, PICTURES,
        told=duty_parts(check_duties((), small.as_json()), language(code)), language=language(code),
        command=("varne assess scenario.toml", "people = 55"),
    )  # fmt: skip


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_report_needs_nothing_else(small, question, code):
    """No script, no frame, nothing from anywhere: its only links lead to places in itself."""
    page = _Page(_written(small, question, code))
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert all(link.startswith("#") and link[1:] in page.names for link in page.links)
    assert len(page.names) == len(set(page.names))


def test_the_contents_lead_to_every_section(small, question):
    """Each section has its line, in order."""
    text = _written(small, question)
    contents = re.findall(r'<li><a href="#(\w+)">', text)
    assert contents == re.findall(r'<h2 id="(\w+)">', text)
    assert len(contents) == 13


def test_without_why_its_sections_are_left_out(small, question):
    """A quick report has no empty headings, and lists none."""
    text = _written(small, question, why=False)
    sections = re.findall(r'<h2 id="(\w+)">', text)
    assert not {"drivers", "ranking", "breakeven", "assumption"} & set(sections)
    assert re.findall(r'<li><a href="#(\w+)">', text) == sections


def test_nothing_that_stands_in_it_is_taken_for_html(small, question):
    """A name of a user's own option that looks like a tag is text."""
    nasty = replace(small.answer.options[0], says="<script>alert(1)</script>")
    text = _written(small, question, answer=replace(small.answer, options=(nasty, *small.answer.options[1:])))
    assert "<script" not in text and "&lt;script&gt;" in text


def test_a_report_says_what_it_rests_on_and_how_to_compute_it_again(small, question):
    """Every part of the fingerprint, the command, the scenario; that it is no advice on law or force."""
    text = _written(small, question)
    for value in small.answer.fingerprint.values():
        assert str(value) in text
    assert "varne assess scenario.toml" in text and "people = 55" in text
    assert "Not legal advice" in text and "no use of force" in text


def test_an_option_that_does_not_apply_says_why_in_both_languages(small, question):
    """Its reason has the same numbers; none is dropped in silence."""
    left_out = next(one for one in small.answer.options if one.why_not)
    for code, words in (("en", "is left out: the water is"), ("fr", "est écarté\xa0: il y a")):
        text = _written(small, question, code)
        assert words in text
        assert all(number in text for number in re.findall(r"\d+", left_out.why_not))


def test_grades_are_counted(small):
    """Every number has its grade; together they are all."""
    said = grades_sentence(small.encounter.facts, language("en"))
    total, *counts = map(int, re.findall(r"\d+", said))
    assert total == sum(counts) == len(list(small.encounter.facts))


def test_a_page_that_lacks_a_word_is_an_error():
    """A template never shows an empty place for what it was not given."""
    with pytest.raises(Exception, match="undefined"):
        rendered("report.html", {}, language("en"))
