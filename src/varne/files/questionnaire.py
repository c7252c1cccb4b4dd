"""A questionnaire for a panel, as a file to be filled in: answers with blanks."""

from collections.abc import Mapping, Sequence

from varne.facts.panels import Question
from varne.files.facts_file import comment, toml_text
from varne.units import spelled

_TOP = (
    "No names of persons: a panel is a body (for example 'rescue service'), a role is what the respondent does (for",
    "example 'watch officer'). Varne refuses a file that names a person.",
    "",
    "One copy for each respondent. Answer alone; answer only what you know something about, and leave the rest blank.",
    "For each question think first of the lowest, then of the highest, and only then of the middle: whoever begins",
    "with the middle stays too close to it.",
    "  low:    you would be surprised, one time in twenty, if the true number were below this.",
    "  high:   you would be surprised, one time in twenty, if the true number were above this.",
    "  middle: the true number is as likely above this as below.",
    "The three must rise, and no two be the same. Numbers with a point: 0.5. A reason in one sentence is needed.",
    'You may write another unit of the same kind, such as "min" for "h", or "%" for "1".',
    "What Varne uses now stands at the end of this file: look there when you have answered.",
)


def questionnaire_text(asked: Sequence[Question], encounter: str, uses: Mapping[str, str]) -> str:
    """
    Write a questionnaire as a file of answers with blanks.

    Parameters
    ----------
    asked : sequence of Question
        In order of importance. [unit]
    encounter : str
        For which question the numbers matter, in words. [1]
    uses : mapping of str to str
        Where a fact is used, by its name; left out where nothing is said. [1]

    Returns
    -------
    str
        TOML that :func:`varne.facts.answers.answers_of` reads once something is filled in.

    Examples
    --------
    >>> from varne.facts.answers import Asked
    >>> from varne.facts.panels import questions_of
    >>> from varne.facts.tables import shipped_facts
    >>> text = questionnaire_text(questions_of([Asked("boat.speed", "drives rescue")], shipped_facts()), "A boat", {})
    >>> text.splitlines()[0]
    '# Questions of Varne: A boat'
    """
    return "\n".join([
        comment(f"Questions of Varne: {encounter}"),
        "#",
        *(f"# {line}".rstrip() for line in _TOP),
        "",
        'panel = ""  # the body that answers',
        'role = ""   # what the respondent does',
        'date = ""   # the day of the answers, as 2026-11-20',
        "",
        *(line for number, one in enumerate(asked, 1) for line in _asked(number, one, uses)),
        "# What Varne uses now. Look here only when you have answered: a number that is seen pulls answers towards it.",
        *(_now(one) for one in asked),
        "",
    ])  # fmt: skip


def _asked(number: int, one: Question, uses: Mapping[str, str]) -> list[str]:
    fact = one.fact
    lines = [comment(f"{number}. {fact.says}"), comment(f"Unit: {spelled(fact.unit)}; {one.holds}.")]
    if fact.neutral is not None:
        lines.append(comment(f"{fact.neutral:g} would mean: no effect of its own."))
    lines.append(comment(f"Why it is asked: {one.why}"))
    if fact.name in uses:
        lines.append(comment(f"Where it is used: {uses[fact.name]}"))
    blanks = ['low = ""', 'high = ""', 'middle = ""', 'reason = ""']
    return [*lines, "[[answer]]", f"fact = {toml_text(fact.name)}", f"unit = {toml_text(fact.unit)}", *blanks, ""]


def _now(one: Question) -> str:
    fact = one.fact
    spread = f" ({fact.low:.4g} to {fact.high:.4g})" if fact.low != fact.high else ""
    unit = "" if fact.unit == "1" else f" {fact.unit}"
    return comment(f"{fact.name}: {fact.value:.4g}{spread}{unit}, {fact.grade}. {fact.source}")
