"""Promises about text that others wrote, on a screen."""

import json

from varne.show.plain import plain, plain_json, word_of

RULERS = "\x1b\x9b\x07\x7f\x85\u200b\u202e\u2066\u2028\ufeff\U000e0001"


def test_nothing_that_rules_a_screen_is_left():
    """Escapes, C1, signs of writing from the right, those that nobody sees."""
    assert plain(f"a{RULERS}b") == f"a{' ' * len(RULERS)}b"
    assert plain("Čunár 日本 محمد") == "Čunár 日本 محمد"


def test_json_says_the_same_to_a_program():
    """Signs that nobody sees are told by their number, beyond the first plane too."""
    value = {"a": f"x{RULERS}", RULERS: ["é", 1, True]}
    written = plain_json(value)
    assert json.loads(written) == value
    assert all(sign.isprintable() or sign == "\n" for sign in written) and "é" in written


def test_values_are_said_in_words():
    """None of a language for programs."""
    assert word_of({"value": False, "among": [True, None, 0]}) == "value: no, among: yes, nothing, 0"
    assert word_of("unknown") == "unknown"
