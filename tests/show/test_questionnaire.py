"""Promises about the questionnaire as a page."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from varne.facts.answers import Asked
from varne.facts.panels import questions_of
from varne.facts.tables import shipped_facts
from varne.show.language import Language
from varne.show.questionnaire import questionnaire_page

NAMES = ["effect.crowd_escort", "alert.call_delay", "sea.water_density"]
ASKED = questions_of([Asked(name, f"drives {name}") for name in NAMES], shipped_facts())
EMPTY = {"meta", "input", "path", "rect", "br"}


class Tags(HTMLParser):
    """Every tag with its attributes, whether each is closed, and all text outside the style."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.text = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, words):
        self.text += "" if "style" in self.open else words


PAGE = questionnaire_page(ASKED, "A boat", {NAMES[0]: "escort, rescue"})
FOUND = Tags(PAGE)


def test_the_page_needs_nothing_else():
    """No script, no link, no picture from elsewhere; every tag is closed."""
    assert FOUND.open == []
    assert not {tag for tag, _ in FOUND.tags} & {"script", "link", "img", "iframe"}
    assert not [at for _, at in FOUND.tags if {"src", "href"} & set(at)]
    assert "url(" not in PAGE
    assert "@import" not in PAGE


def test_each_box_has_its_label():
    """Lowest, highest, middle and reason of each fact, and panel, role and date once; no two boxes share a name."""
    boxes = [at for tag, at in FOUND.tags if tag in ("input", "textarea")]
    labels = [at["for"] for tag, at in FOUND.tags if tag == "label"]
    assert [at["id"] for at in boxes] == labels
    assert len(set(labels)) == len(labels)
    assert [at["name"] for at in boxes] == [
        "panel", "role", "date", *(f"{name}.{key}" for name in NAMES for key in ("low", "high", "middle", "reason"))
    ]  # fmt: skip


def test_the_page_can_be_heard():
    """A language, a title, one first heading, sections with names, and a picture with its text."""
    assert dict(FOUND.tags)["html"] == {"lang": "en"}
    assert [tag for tag, _ in FOUND.tags].count("h1") == 1
    names = {at["id"] for _, at in FOUND.tags if "id" in at}
    assert {at["aria-labelledby"] for _, at in FOUND.tags if "aria-labelledby" in at} <= names
    assert "one chance in twenty lies below the lowest" in FOUND.text


def test_what_is_used_now_stands_behind_the_questions():
    """Every number with range, grade and source, after the last box: a number that is seen pulls answers to it."""
    now = FOUND.text[FOUND.text.index("What Varne uses now") :]
    assert "What Varne uses now" not in PAGE[: PAGE.rindex("<textarea")]
    for words in (
        "1.2 (1.0 to 1.5)",
        "assumed",
        "Expert prior: 1 to 1.5",
        "8.0 (2.0 to 30) min",
        "1,025 kg/m3",
        *NAMES,
    ):
        assert words in now


def test_it_says_what_is_asked():
    """Quantiles in plain words, the unit, what it can be, why it is asked, where it is used; no names of persons."""
    for words in (
        "surprised, one time in twenty",
        "No names of persons.",
        "Minutes, above 0.",
        "drives alert.call_delay",
    ):
        assert words in " ".join(FOUND.text.split())
    assert "escort, rescue" in FOUND.text
    assert "1 would mean: no effect of its own" in FOUND.text


def test_text_stays_text():
    """Marks of HTML in what facts and scenarios say are shown, not obeyed."""
    bad = "<script>alert(1)</script>"
    one = replace(ASKED[0], why=bad, fact=replace(ASKED[0].fact, says=bad, source=bad))
    page = questionnaire_page([one], bad, {NAMES[0]: bad})
    assert "<script" not in page
    assert Tags(page).text.count(bad) >= 5


def test_the_page_speaks_the_language_it_is_given():
    """Every sentence of the page passes through the catalogue."""

    class Shouted(dict[str, str]):
        def get(self, sentence, other=None):
            parts = re.split(r"(\{\w+\})", sentence)
            return "".join(part if part.startswith("{") else part.upper() for part in parts)

    page = Tags(questionnaire_page(ASKED, "A", {}, Language("fr", Shouted())))
    assert dict(page.tags)["html"] == {"lang": "fr"}
    as_given = [text for one in ASKED for text in (one.why, one.fact.source, one.fact.name, one.fact.unit)]
    kept = set(" ".join([*as_given, "varne facts fit answers-*.toml --out panels"]).split())
    assert [word for word in page.text.split() if word.islower() and word not in kept] == []
