"""The rows of the response options, as shipped and as a user adds them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from varne.errors import BadFact


@cache
def shipped_option_rows() -> Mapping[str, Any]:
    """
    Read the shipped options.

    Returns
    -------
    mapping
        ``options``: rows by name; ``after_stop``: the phase they share for a boat that is stopped or in distress.

    Examples
    --------
    >>> list(shipped_option_rows()["options"])[:3]
    ['leave', 'monitor', 'escort']
    """
    text = resources.files("varne.facts").joinpath("options.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def with_user_options(rows: Mapping[str, Any], user: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    Add a user's own options to the shipped ones; one of the same name replaces a shipped one.

    Parameters
    ----------
    rows : mapping
        As :func:`shipped_option_rows` returns. [1]
    user : mapping
        Rows by name, the ``[options.*]`` tables of a facts file. [1]

    Returns
    -------
    mapping
        As given, with the user's.

    Raises
    ------
    BadFact
        If a row is no table.

    Examples
    --------
    >>> shipped = shipped_option_rows()
    >>> list(with_user_options(shipped, {"drone": {"says": "A drone watches.", "responder": "none"}})["options"])[-1]
    'drone'
    """
    for name, row in user.items():
        if not isinstance(row, dict):
            raise BadFact(f"Option {name!r} is {row!r}; write it as a table [options.{name}].")
    return {**rows, "options": {**rows["options"], **user}}
