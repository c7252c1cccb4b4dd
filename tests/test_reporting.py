"""Reports put together."""

import re
import tomllib
from xml.etree import ElementTree

import pytest

from tests.season.made import made
from varne.assessment import assess
from varne.encounter.scenario import Scenario
from varne.reporting import assessment_report, scenario_text, season_report
from varne.show.language import language
from varne.simulation import simulate


@pytest.fixture(scope="module", name="page")
def _page(small):
    return assessment_report(small, None, spoken=language("en"), command="varne assess scenario.toml")


def test_pictures_stand_in_the_page_and_are_told(page):
    """Four, each with a title and words, none sharing a name with another."""
    pictures = [ElementTree.fromstring(text) for text in re.findall(r"<svg.*?</svg>", page, re.S)]
    assert len(pictures) == 4
    names = [one.get("id") for picture in pictures for one in picture.iter() if one.get("id")]
    assert len(names) == len(set(names))
    assert all(picture.get("role") == "img" and len(picture) >= 2 for picture in pictures)


def test_the_scenario_in_the_page_is_the_question(small, page):
    """Read again it asks the same, to the bit."""
    text = re.findall(r"<pre><code>(.*?)</code></pre>", page, re.S)[-1]
    fields = tomllib.loads(text.replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">"))
    assert Scenario.of(fields) == small.scenario


def test_the_shortest_horizon_has_its_pictures():
    """The shortest there is has its pictures too."""
    question = Scenario.of(
        {
            "position": "51 03.0N 001 38.0E",
            "time": 0,
            "people": 55,
            "length": 9,
            "horizon": "1 h",
            "options": ["leave"],
        }
    )
    page = assessment_report(assess(question, members=(4, 2)), None, spoken=language("fr"), command="varne assess")
    assert page.count("<svg") == 4


def test_strings_of_a_scenario_are_quoted():
    """What a user wrote cannot end a line of it."""
    written = {"aim": 'a "b"\nc', "position": [1.5, 2.0], "sea": {"any": ["x.nc"]}}
    assert tomllib.loads(scenario_text(written)) == written


def test_a_season_says_how_well_the_model_did_and_its_own_departures():
    """In the language of the page; the texts of the policies stand in it."""
    found = simulate(["as-it-was", "more-rescue"], dates=("2026-06-01", "2026-07-31"), members="6x2", spread=made)
    page = season_report(found, spoken=language("fr"), command="varne season policy-1.toml")
    assert "Épreuve sur le passé" in page and "Backtest" not in page
    assert page.count("<svg") == 3
    assert "name = &#34;more-rescue&#34;" in page
