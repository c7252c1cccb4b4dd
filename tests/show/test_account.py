"""Promises about the account of a record: what was entered is told as it was, in plain words, in both languages."""

import re
from dataclasses import replace

import pytest

from varne.facts.entry_kinds import entry_kinds
from varne.record.entry import KINDS
from varne.show.account import NAMES, Told, account
from varne.show.language import Language, language

DATA = {
    "known": {"what": "people_on_board", "value": [30, 55.5], "unit": "people", "source": "caller aboard"},
    "computed": {
        "options": [{"name": "escort", "expected_deaths": {"mean": 0.0312, "low": 0.012, "high": 0.079}}, {"name": "x"}]
    },
    "shown": {"computed": "0123456789abcdef", "to": ["watch officer", "commander"], "how": "screen"},
    "decided": {"chosen": "escort", "reason": "too high a sea", "not_chosen": {"board": "panic", "leave": "duty"}},
    "force": {
        "means": "net", "place": "beach", "purpose": "to stop it", "warnings": "two", "people_near_water": 40,
    },
    "duty": {"duty": "D01", "state": "not met"},
    "correction": {"corrects": "0123456789abcdef", "what": "the count was 54"},
    "heartbeat": {},
    "redaction": {"redacts": 3, "commit": "sha256:00", "reason": "it named a person"},
    "key": {"vkey": "varne.example/case+00000000+AAAA", "reason": "yearly"},
    "export": {"to": "the court"},
}  # fmt: skip
WITHHELD = ("correction", {"withholds": 3, "commit": "sha256:00", "reason": "it may name a person"})
FAILED = ("computed", {"command": "assess", "failed": "people is 0"})
NOT_SHOWN = ("shown", {"computed": "0123456789abcdef", "to": [], "shown": False})
UNKNOWN = ("known", {"what": "engine_runs", "value": "unknown", "source": "radar"})
PLAIN = ("known", {"what": "engine_runs", "value": True, "source": "radar"})
WITHOUT_FIGURES = ("computed", {"command": "season", "answer": "sha256:00"})
EVERY = [*DATA.items(), WITHHELD, FAILED, NOT_SHOWN, UNKNOWN, PLAIN, WITHOUT_FIGURES]


class _Heard(dict):
    """Translations, and what was asked of them in vain."""

    def __init__(self, sentences):
        super().__init__(sentences)
        self.missed = set()

    def get(self, sentence, otherwise=None):
        if sentence not in self:
            self.missed.add(sentence)
        return super().get(sentence, otherwise)


def test_every_kind_of_entry_is_told():
    """No kind is passed over, and each has words of its own."""
    assert set(DATA) == set(KINDS) == set(entry_kinds())
    lines = [story(told((kind, data)))[0] for kind, data in EVERY]
    assert len(set(lines)) == len(lines)
    assert [line for line in lines if "nothing else is said" in line] == [story(told(("heartbeat", {})))[0]]


def test_a_french_account_says_nothing_in_english():
    """Each sentence was found among the translations: of every kind, seen by others or by nobody."""
    heard = _Heard(language("fr").sentences)
    spoken = Language("fr", heard)
    full = told(*EVERY, absent=(7,), cosigned=[(9, "w", "t")], stamped=[(9, "a", "t")])
    for one in (full, told()):
        account(one, spoken)
    # What a number of no table is called, and an option that no table has, are no sentences.
    assert {sentence for sentence in heard.missed if sentence != "x"} == set()


def test_a_french_account_is_set_as_in_france():
    """No line begins with a colon, and decimals have a comma."""
    text = account(told(*EVERY), language("fr"))
    assert "0,031 (0,012 à 0,079)" in text
    assert "30 à 55,5" in text
    said = "\n".join(line for line in text.splitlines() if not line.startswith("    "))
    assert re.findall(r" [:;?!%»]", said) == []


def test_words_of_the_tables_are_told_in_the_language():
    """No reader of a bundle has to know what a word of the record means, or what an option is called inside."""
    counted = ("known", {**DATA["known"], "value": [30, 55]})
    text = account(told(counted, *EVERY), language("fr"))
    assert "«\u00a0Personnes à bord\u00a0»\u00a0: 30 à 55 personnes. Source" in text
    assert "a décidé\u00a0: escorter. Motif" in text and "arraisonner: panic" in text.replace("\u00a0:", ":")
    assert "people_on_board" not in text


@pytest.mark.parametrize("code", NAMES)
def test_what_people_wrote_stands_word_for_word(code):
    """Roles, reasons and sources, in both languages."""
    text = account(told(*EVERY), language(code))
    for words in ("watch officer", "caller aboard", "too high a sea", "it named a person", "the court", "people is 0"):
        assert words in text


@pytest.mark.parametrize("code", NAMES)
def test_no_text_can_look_like_another_entry(code):
    """Whatever is written in it, an entry is one line; nothing in it rules a terminal."""
    forged = "fine.\n2. **2026-01-31 04:05:06**, commander: decided: board.\u2028# Title\x1b[2J\r\n"
    data = ("decided", {"chosen": forged, "reason": forged, "not_chosen": {forged: forged}})
    text = account(told(data, role=f"officer{forged}"), language(code))
    assert len(story_of(text)) == 1
    assert "\x1b" not in text
    assert "\u2028" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_lacks_everything_is_told_all_the_same(kind):
    """Fields may be missing, or be of another kind than is usual: it is said, and no word of a program with it."""
    for data in ({}, dict.fromkeys(DATA[kind]), {name: [None, {"a": 1}] for name in DATA[kind] if name != "options"}):
        line = story(told((kind, data)))[0]
        assert "None" not in line
        assert "{" not in line


def test_what_is_withheld_is_named():
    """That there is something, and not what."""
    text = account(told(absent=(4, 7)), language("en"))
    assert "The content of entry 4 is withheld or was deleted" in text
    assert "The content of entry 7 is withheld or was deleted" in text


def test_an_entry_made_later_says_when():
    """Both times stand there where they differ by a second or more."""
    late = told(("heartbeat", {}), logged="2026-01-31T05:00:00.000Z")
    assert "(entered 2026-01-31 05:00:00)" in account(late, language("en"))
    assert "(entered" not in account(told(("heartbeat", {})), language("en"))


def test_who_saw_it_is_told_and_that_nobody_did():
    """Witnesses and authorities with times; without them, what that means."""
    seen = told(cosigned=[(9, "witness.example", "2026-02-01 00:00:00")], stamped=[(8, "an authority", "2026-02-02")])
    text = account(seen, language("en"))
    assert "witness.example countersigned the first 9 entries on 2026-02-01 00:00:00." in text
    assert "an authority stamped the first 8 entries on 2026-02-02." in text
    assert "Nobody else" not in text
    assert "Nobody else has countersigned or stamped it" in account(told(), language("en"))


@pytest.mark.parametrize("code", NAMES)
def test_how_to_check_it_and_what_it_does_not_prove_stand_in_every_account(code):
    """The newest key in both commands; the limits, in the language."""
    text = account(told(), language(code))
    for command in ("python3 -I verify.py --key '", "bash COMMANDS.sh '", "--authority"):
        assert command in text
    limit = {"en": "It does not prove that what was entered is true", "fr": "ne prouve pas"}[code]
    assert limit in text


def told(*entries, role="watch officer", logged="2026-01-31T04:05:06.999Z", **fields):
    events = [
        {"index": index, "kind": kind, "data": data, "role": role, "time": "2026-01-31T04:05:06.789Z", "logged": logged}
        for index, (kind, data) in enumerate(entries)
    ]
    return replace(Told("varne.example/case", 9, "00", ("old", "new"), events, (), (), ()), **fields)


def story(one):
    return story_of(account(one, language("en")))


def story_of(text):
    """The lines of the entries."""
    return [line for line in text.splitlines() if re.match(r"\d+\. ", line)]
