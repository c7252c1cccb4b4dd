"""Errors that a person can act on."""

import inspect

import pytest

from varne import errors

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_one_of_ours_and_says_what_is_wrong(kind):
    """One `except VarneError` catches all that Varne refuses, and each kind says what it means."""
    assert issubclass(kind, errors.VarneError)
    assert kind.__doc__
    assert kind.__module__ == "varne.errors"


def test_wrong_input_is_apart_from_missing_data():
    """What the person who asks can mend is never confused with a sea that Varne has no data of."""
    wrong = [kind for kind in KINDS if issubclass(kind, errors.BadInput)]
    assert {errors.BadScenario, errors.BadFact, errors.UnknownName, errors.BadMembers} < set(wrong)
    assert not issubclass(errors.NoData, errors.BadInput)
