"""A facts file: facts written as a user writes them, to be read back to the same facts."""

import datetime
import json
import re
from collections.abc import Iterable, Sequence

from varne.distribution import Distribution
from varne.evidence import Fact

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WITHOUT_RANGE = ("exact", "choice")


def facts_text(facts: Iterable[Fact], heading: Sequence[str] = ()) -> str:
    """
    Write facts as a facts file, ``varne assess --facts FILE``.

    Parameters
    ----------
    facts : iterable of Fact
        [unit]
    heading : sequence of str, optional
        Sentences for the top, each a comment. [1]

    Returns
    -------
    str
        TOML.

    Examples
    --------
    >>> speed = Fact("boat.speed", "Speed", 5.0, 3.5, 8.0, "lognormal", "kn", "A report", "elicited", "2026-11-25")
    >>> print(facts_text([speed]))
    [boat.speed]
    says = "Speed"
    value = 5.0
    low = 3.5
    high = 8.0
    shape = "lognormal"
    unit = "kn"
    source = "A report"
    grade = "elicited"
    date = 2026-11-25
    <BLANKLINE>
    """
    top = [comment(line) for line in heading]
    tables = ["\n".join(_table(fact)) + "\n" for fact in facts]
    return "\n".join(["\n".join(top) + "\n", *tables] if top else tables)


def comment(line: str) -> str:
    """
    Write a sentence as a comment of a TOML file.

    Parameters
    ----------
    line : str
        Any text; what would end the comment is taken out. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> comment("one\\ntwo"), comment("")
    ('# one two', '#')
    """
    return f"# {' '.join(''.join(one if one.isprintable() else ' ' for one in line).split())}".rstrip()


def toml_text(text: str) -> str:
    """
    Write text as a TOML string.

    Parameters
    ----------
    text : str
        Any. [1]

    Returns
    -------
    str
        On one line, between quotation marks.

    Examples
    --------
    >>> toml_text('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(fact: Fact) -> list[str]:
    subject, _, name = fact.name.partition(".")
    lines = [f"[{_key(subject)}.{_key(name)}]", f"says = {toml_text(fact.says)}"]
    if fact.shape == "pool":
        unit = "" if fact.unit == "1" else fact.unit
        lines.append(comment(f"low {fact.low:.4g}, middle {fact.value:.4g}, high {fact.high:.4g} {unit}"))
        lines += ["parts = [", *(f"  {_inline(part)}," for part in fact.parts), "]"]
    else:
        lines += [f"{key} = {value!r}" for key, value in _numbers(fact.distribution)]
    lines += [
        f"shape = {toml_text(fact.shape)}",
        f"unit = {toml_text(fact.unit)}",
        f"source = {toml_text(fact.source)}",
        f"grade = {toml_text(fact.grade)}",
        f"date = {_date(fact.date)}",
    ]
    return lines if fact.neutral is None else [*lines, f"neutral = {fact.neutral!r}"]


def _numbers(known: Distribution) -> list[tuple[str, float]]:
    if known.shape in _WITHOUT_RANGE:
        return [("value", known.value)]
    return [("value", known.value), ("low", known.low), ("high", known.high)]


def _inline(part: Distribution) -> str:
    """One view of a pool on one line, as TOML asks."""
    if part.shape == "pool":
        known = f"parts = [{', '.join(_inline(one) for one in part.parts)}]"
    else:
        known = ", ".join(f"{key} = {value!r}" for key, value in _numbers(part))
    return f"{{ {known}, shape = {toml_text(part.shape)}, source = {toml_text(part.source)} }}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_text(name)


def _date(date: str) -> str:
    """A date as TOML has it, where it is one; text otherwise."""
    try:
        return date if datetime.date.fromisoformat(date).isoformat() == date else toml_text(date)
    except ValueError:
        return toml_text(date)
