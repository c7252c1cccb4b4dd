"""Text that others wrote, as a screen may show it: nothing in it rules a terminal or turns a line around."""

import json
from collections.abc import Mapping
from typing import Any


def plain(text: str) -> str:
    """
    Put a text on one line, without signs that a terminal would obey.

    Parameters
    ----------
    text : str
        [1]

    Returns
    -------
    str

    Examples
    --------
    >>> plain("a\\x1b[2Jb\\nc")
    'a [2Jb c'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)


def plain_json(value: Any) -> str:
    """
    Write JSON for people and programs; signs that nobody sees are written as numbers.

    Parameters
    ----------
    value : any
        As JSON holds it. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> plain_json({"a": "é\\u202e"}).splitlines()[1]
    '  "a": "é\\\\u202e"'
    """
    written = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in written)


def word_of(value: Any) -> str:
    """
    Say a value of an entry in words.

    Parameters
    ----------
    value : any
        As JSON holds it. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> word_of(True), word_of({"low": 3, "sure": False}), word_of([3, 7]), word_of(None)
    ('yes', 'low: 3, sure: no', '3, 7', 'nothing')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {word_of(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(word_of, value))
    return "nothing" if value is None else str(value)
