"""Promises about what pages say of duties."""

import re
import string

from tests.duties.made import computed, decided, force, known, not_shown, shown

from varne.duties.evidence import gather
from varne.duties.sentences import (
    ENTRIES,
    LABELS,
    NEEDS,
    STATES,
    VALUES,
    Said,
    of_entry,
    of_term,
    of_value,
    sentences,
)
from varne.facts.duty_rules import STATES as ALL_STATES
from varne.facts.duty_rules import read_term, rules_of_duties
from varne.facts.duty_words import words_of_the_record
from varne.facts.provisions import law_at_sea


def said(event):
    return of_entry(gather([event]).entries[0]).spoken(str)


def test_every_kind_of_entry_is_said_in_words():
    """With what it holds, and with what it lacks."""
    assert said(known("own_speed", [10, 12])) == "Own speed when the information came: 10 to 12"
    assert said(known("fuel_hours", [1, 2.5])) == "Fuel left: 1 to 2.5 h"
    assert said(known("grounds", False)) == "Reasonable grounds: none"
    assert said(known("overdue", "Unknown")) == "A vessel is overdue: unknown"
    assert said(decided("escort", reason="calm")) == "Decided: escort. Reason: calm"
    assert said(decided("escort", reason="")) == "Decided: escort, without a reason"
    assert said(shown(to=["commander", "master"])) == "Figures shown to: commander, master"
    assert said(shown(to=[])) == "Figures shown, to no role that is named"
    assert said(not_shown()) == "Figures computed and not shown: no time"
    assert said(computed(options=("leave", "escort"))) == "Figures computed for: leave, escort"
    assert said(computed(failed="no sea")) == "A figure was asked for, and failed: no sea"
    assert said(force(purpose="")) == "Force used: net, at sea. Purpose: unknown"


def test_what_a_person_wrote_is_left_as_it_is():
    """Braces and all: it is put in, never read as a sentence with gaps."""
    assert said(known("boat_type", "{grey} {0} %s")) == "Type of boat: {grey} {0} %s"
    assert of_value(words_of_the_record()["boat_type"], "inflatable") == "inflatable"


def test_a_need_names_its_order():
    """What an entry would have to say, and when."""
    for text, expected in (
        ("forwarded is no", "The information was passed on to the rescue centre in charge: no"),
        ("grounds is given", "Reasonable grounds: what it is"),
        ("force", "Force was used near a boat"),
        (
            "acknowledged is yes after the last forwarded is yes",
            "The rescue centre in charge acknowledged the message: yes, no sooner than the latest of this: "
            "The information was passed on to the rescue centre in charge: yes",
        ),
    ):
        assert of_term(read_term(text), rules_of_duties()).spoken(str) == expected


def test_a_sentence_is_translated_with_what_is_put_in():
    """Parts by themselves, so that each is one line of a catalogue."""
    french = {"{meaning}: {value}": "{meaning} : {value}", "Wind": "Vent", "unknown": "inconnu"}
    one = Said("{meaning}: {value}", {"meaning": Said("Wind"), "value": Said("unknown")})
    assert one.spoken(lambda sentence: french[sentence]) == "Vent : inconnu"


def test_every_sentence_is_listed_once_and_whole():
    """No empty ones; every state, word and label is among them; gaps have names."""
    listed = sentences()
    assert len(set(listed)) == len(listed) and all(text.strip() for text in listed)
    own = {*STATES.values(), *LABELS.values(), *ENTRIES.values(), *NEEDS.values(), *VALUES.values()}
    assert own | {word.means for word in words_of_the_record().values()} <= set(listed)
    assert set(STATES) == set(ALL_STATES)
    for text in listed:
        gaps = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(re.fullmatch(r"[a-z]+", name) for name in gaps), text


def test_no_sentence_is_cut_from_the_quotation_of_a_law():
    """A wording is shown in its own language; a paraphrase of ours is translated."""
    for one in law_at_sea().provisions.values():
        assert (one.text in sentences()) == (one.text_kind in ("summary", "holding"))
