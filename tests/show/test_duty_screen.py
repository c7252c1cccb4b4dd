"""Duties on a terminal: the words of the page, whole at eighty columns."""

import io

import pytest
from rich.console import Console
from tests.duties.made import computed, decided, known, shown

from varne.duties.check import check_duties
from varne.show.duty_page import duty_parts
from varne.show.duty_screen import duty_screen
from varne.show.language import language

EVENTS = [known("information_received", "engine stopped", channel="VHF 16"), computed(), shown(), decided("escort")]


def screen_of(code, width=80, provisions=0):
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=False).print(
        duty_screen(check_duties(EVENTS), language(code), provisions=provisions), highlight=False
    )
    return out.getvalue()


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_first_and_the_last_words_are_that_it_is_no_advice(code):
    """Whoever reads only the end has read it."""
    advice = duty_parts(check_duties(EVENTS), language(code))["disclaimer"].split()[:3]
    said = screen_of(code).split()
    assert said[:3] == advice and advice[0] in said[-60:]


def test_no_line_is_wider_than_the_terminal():
    """At eighty columns nothing is cut off and nothing runs over."""
    assert max(map(len, screen_of("en").splitlines())) <= 80


@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_duty_stands_with_its_state(code):
    """Twelve, each once."""
    said = screen_of(code, width=200)
    told = duty_parts(check_duties(EVENTS), language(code))
    for rows in told["groups"]:
        for row in rows.rows:
            colon = language(code).say(": ")
            assert f"{row[0].words}{colon}{row[1].words}" in said


def test_provisions_stand_where_they_are_asked_for():
    """Thirty-five are long; they are written out on demand."""
    assert "art. 98" not in screen_of("en", width=200)
    assert "art. 98" in screen_of("en", width=200, provisions=35)
