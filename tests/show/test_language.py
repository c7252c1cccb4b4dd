"""The language of a report."""

import pytest

from varne.encounter.outcome import Interval
from varne.errors import BadInput
from varne.show.language import Language, language


def test_english_is_what_is_written():
    """No catalogue stands between an English sentence and its page."""
    assert language("en").say("Nobody {what}.", what="near") == "Nobody near."


def test_what_has_no_translation_is_said_in_english():
    """A page is never without a sentence."""
    assert language("fr").say("Never written anywhere") == "Never written anywhere"


def test_numbers_are_written_as_each_language_writes_them():
    """A comma for the decimals and a narrow space for thousands in French; the figures are the same."""
    assert [language(code).number(1240.7) for code in ("en", "fr")] == ["1,241", "1\u202f241"]
    assert [language(code).number(-0.0312) for code in ("en", "fr")] == ["-0.031", "-0,031"]
    assert language("fr").interval(Interval(1.5, 0.25, 1240.0)) == "1,5 (0,25 à 1\u202f240)"


def test_values_are_put_in_once():
    """Braces in a value are text."""
    assert Language("en", {}).say("{one}", one="{two}") == "{two}"


def test_an_unknown_language_is_refused_in_one_sentence():
    """It names those there are."""
    with pytest.raises(BadInput, match=r"language is 'de'; write en \(English\) or fr"):
        language("de")
