"""What a fact is about: the table that it stands in."""

import difflib
from functools import cache
from importlib import resources

from varne.errors import UnknownName
from varne.facts.tables import SUBJECTS, read_rows

# In plain words; a test holds that every table has some.
WORDS = {
    "alert": "who calls, and who answers",
    "boat": "the boat",
    "costs": "what things cost",
    "crew": "the responders' crews",
    "effects": "what a response does",
    "forecast": "errors of forecasts and reports",
    "hazards": "what hurts",
    "immersion": "survival in the water",
    "leeway": "how the wind moves a boat",
    "people": "the people aboard",
    "rescue": "who comes, and how fast",
    "sea": "the sea and the wind",
    "search": "finding people",
    "season": "who sets out",
    "smuggling": "the smugglers' books",
    "traffic": "ships that pass",
    "waves": "waves and swell",
}


@cache
def _by_name() -> dict[str, str]:
    return {
        name: subject
        for subject in SUBJECTS
        for name in read_rows(
            resources.files("varne.facts").joinpath(f"{subject}.toml").read_text(encoding="utf-8"), subject
        )
    }


def subject_of(name: str) -> str:
    """
    Return the subject of a fact.

    Parameters
    ----------
    name : str
        Dotted name. [1]

    Returns
    -------
    str
        One of :data:`varne.facts.tables.SUBJECTS`.

    Raises
    ------
    UnknownName
        If there is no such fact.

    Examples
    --------
    >>> subject_of("crowd.movement_rate")
    'hazards'
    """
    if name not in _by_name():
        near = difflib.get_close_matches(name, _by_name(), n=1)
        raise UnknownName(
            f"Fact {name!r} is not known; " + (f"did you mean {near[0]!r}?" if near else "see facts list.")
        )
    return _by_name()[name]


def check_subject(subject: str) -> str:
    """
    Refuse a subject that there is no table of.

    Parameters
    ----------
    subject : str
        As somebody wrote it. [1]

    Returns
    -------
    str
        The same.

    Raises
    ------
    UnknownName
        If there is none.

    Examples
    --------
    >>> check_subject("boats")
    Traceback (most recent call last):
    varne.errors.UnknownName: Subject 'boats' is not known; did you mean 'boat'? The subjects are alert, boat, ...
    """
    if subject not in SUBJECTS:
        near = difflib.get_close_matches(subject, SUBJECTS, n=1)
        hint = f"did you mean {near[0]!r}? The" if near else "the"
        raise UnknownName(f"Subject {subject!r} is not known; {hint} subjects are {', '.join(SUBJECTS)}.")
    return subject
