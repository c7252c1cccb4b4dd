"""A word of warning where a text that is to be entered into a record seems to name a person."""

import sys
from typing import Any

from varne.show.plain import plain


def warn_of_persons(given: dict[str, Any]) -> bool:
    """
    Say on the error stream which texts seem to name a person; that is never a reason to refuse an entry.

    Parameters
    ----------
    given : dict
        Texts, lists and fields, by the name of what they were given as. [1]

    Returns
    -------
    bool
        Whether any does.

    Examples
    --------
    >>> warn_of_persons({"role": "watch officer", "data": {"value": 55}})
    False
    """
    from varne.facts.entry_kinds import persons_in

    found = [one for name, text in given.items() for one in persons_in(text, name)]
    for where, why in found:
        print(
            f"varne: {plain(where)}: {plain(why)}. A record holds roles and counts, no person's data.", file=sys.stderr
        )
    return bool(found)
