"""Promises about the limits at sea as facts."""

import tomllib
from importlib import resources

import pytest

from varne.errors import BadFact
from varne.facts.regions import STATES, limits_at_sea, read_limits

TEXT = resources.files("varne.facts").joinpath("regions.toml").read_text("utf-8")


def test_lines_that_meet_meet():
    """The line of the strait goes on where the northern line begins, and ends where three States meet."""
    lines = limits_at_sea().lines
    assert lines["uk_france_strait"].points[-1] == lines["uk_france_north"].points[0]
    assert lines["uk_france_north"].points[-1] == lines["france_belgium"].points[-1]


def test_the_line_of_1988_is_the_published_one():
    """Its points are those of the agreement, moved by the known shift of datum: 3.1 seconds south, 4.9 west."""
    published = [(50, 49, 30.95, 1, 15, 53.43), (50, 57, 0.0, 1, 21, 25.0), (51, 12, 0.72, 1, 53, 20.07)]
    points = limits_at_sea().lines["uk_france_strait"].points
    for (latitude, longitude), (a, b, c, d, e, f) in zip(points[::2][:2] + points[-1:], published, strict=True):
        assert latitude == pytest.approx(a + b / 60 + (c - 3.1) / 3600, abs=3e-5)
        assert longitude == pytest.approx(d + e / 60 + (f - 4.9) / 3600, abs=3e-5)


def test_every_state_has_a_rescue_centre():
    """Whoever's water it is, somebody coordinates there."""
    assert set(limits_at_sea().rescue_centres) == set(STATES)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("grade", "sure", "'sure'"),
        ("uncertainty", 0, "uncertainty 0"),
        ("left", "atlantis", "'atlantis'"),
        ("points", [], "no points"),
        ("source", "", "no source"),
    ],
)
def test_a_wrong_row_is_one_sentence(key, value, words):
    """A field that is missing or impossible is named and quoted."""
    tables = tomllib.loads(TEXT)
    tables["lines"]["uk_france_strait"][key] = value
    with pytest.raises(BadFact, match=words):
        read_limits(tables)
