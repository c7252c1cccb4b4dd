"""Promises about the word of warning where a text seems to name a person."""

from hypothesis import given
from hypothesis import strategies as st

from varne.cli.warned import warn_of_persons


def test_each_place_is_named_on_the_error_stream(capsys):
    """However deep it stands, and nothing is printed where answers are."""
    data = {"reason": "ask somebody@example.org", "not_chosen": {"leave": "see +44 1632 960 001"}}
    assert warn_of_persons({"role": "watch officer", "data": data})
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 2
    assert "data.reason: it holds an e-mail address" in said.err
    assert "data.not_chosen.leave: it holds a telephone number" in said.err
    assert "A record holds roles and counts, no person's data" in said.err


def test_numbers_hashes_and_roles_name_nobody(capsys):
    """What every entry holds gives no warning."""
    data = {"value": 55, "figures": "0" * 32, "recording": f"sha256:{'07' * 32}", "range": [3, 7], "said": True}
    assert not warn_of_persons({"role": ["watch officer", "patrol commander"], "case": "2026-031", "data": data})
    assert capsys.readouterr().err == ""


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_whatever_is_given_nothing_is_refused(content):
    """A warning is all that comes of it."""
    assert warn_of_persons({"data": content}) in (True, False)
