"""Reports in a browser: read by anyone, on a telephone and in print, without a network."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browsers import browser
from tests.duties.made import computed, decided, known, shown
from tests.season.made import made
from tests.show.whys import why_answer

from varne.duties.check import check_duties
from varne.facts.answers import Asked
from varne.facts.panels import questions_of
from varne.facts.policies import shipped_policies
from varne.facts.tables import shipped_facts
from varne.reporting import assessment_report, season_report
from varne.show.duty_page import duty_page
from varne.show.language import language
from varne.show.questionnaire import questionnaire_page
from varne.simulation import simulate

TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
LANGUAGES = ("en", "fr")
EVENTS = [known("information_received", "engine stopped", channel="VHF 16"), computed(), shown(), decided("escort")]


@pytest.fixture(scope="module", name="pages")
def _pages(small, question, tmp_path_factory):
    """Each page in each language, as a file."""
    folder = tmp_path_factory.mktemp("reports")
    season = simulate(list(shipped_policies()), dates=("2026-05-01", "2026-08-31"), members="110x2", spread=made)
    names = [Asked(name, "It drives the answer.") for name in ("boat.speed", "effect.jam_success")]
    found = {}
    for code in LANGUAGES:
        spoken = language(code)
        found["assessment", code] = assessment_report(
            small, why_answer(question), spoken=spoken, command="varne assess"
        )
        found["season", code] = season_report(season, spoken=spoken, command="varne season")
        found["duties", code] = duty_page(
            check_duties(EVENTS), language=spoken, subject="log", command="varne duties log"
        )
        found["questionnaire", code] = questionnaire_page(questions_of(names, shipped_facts()), "A boat", {}, spoken)
    for (kind, code), text in found.items():
        (folder / f"{kind}_{code}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", name="chromium")
def _chromium():
    with browser() as opened:
        yield opened


@pytest.fixture(name="opened")
def _opened(chromium, pages):
    """Open a page; whatever it asks of anybody else is kept in a list."""
    opened = []

    def _open(kind, code, size):
        page = chromium.new_page(viewport=size)
        opened.append(page)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((pages / f"{kind}_{code}.html").as_uri())
        return page, asked[1:]

    yield _open
    for page in opened:
        page.close()


KINDS = [(kind, code) for kind in ("assessment", "season", "duties", "questionnaire") for code in LANGUAGES]


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_anyone_can_read_it(opened, kind, code, size):
    """No rule of accessibility is broken, as axe checks them; contrast and names of pictures are among them."""
    page, _ = opened(kind, code, size)
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_it_asks_nothing_of_anyone(opened, kind, code):
    """The file is all there is: no other request is made."""
    _, asked = opened(kind, code, DESK)
    assert asked == []


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_a_telephone_shows_it_without_scrolling_sideways(opened, kind, code):
    """Nothing is wider than a narrow screen, but for what scrolls by itself."""
    page, _ = opened(kind, code, TELEPHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_it_can_be_printed(opened, kind, code, tmp_path):
    """On paper it is a document of pages."""
    page, _ = opened(kind, code, DESK)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_no_word_is_cut_off(opened, kind, code, size):
    """Every word of a picture lies within it, and no caption is squeezed beside its table."""
    page, _ = opened(kind, code, size)
    outside = page.evaluate(
        """[...document.querySelectorAll('figure svg')].flatMap(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(one => {
                const box = one.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1
                    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
            }).map(one => one.textContent);
        })"""
    )
    assert outside == []
    squeezed = page.evaluate(
        """[...document.querySelectorAll('table')].filter(
            one => one.caption && one.caption.offsetWidth < 0.9 * Math.min(one.offsetWidth, innerWidth)
        ).map(one => one.caption.textContent)"""
    )
    assert squeezed == []


@pytest.mark.parametrize(("kind", "code"), KINDS)
def test_words_of_pictures_can_be_read_on_a_telephone(opened, kind, code):
    """No word of a picture is smaller than ten pixels there."""
    page, _ = opened(kind, code, TELEPHONE)
    sizes = page.evaluate(
        "[...document.querySelectorAll('figure svg text')].map(one => one.getBoundingClientRect().height)"
    )
    assert not sizes or min(sizes) >= 9.9
