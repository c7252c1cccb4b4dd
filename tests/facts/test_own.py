"""Promises about files of a user's own numbers."""

from dataclasses import fields

from varne.facts.own import OwnNumbers


def test_what_is_not_given_is_as_shipped():
    """Nothing is replaced unless it is named."""
    assert all(getattr(OwnNumbers(), one.name) is None for one in fields(OwnNumbers))
