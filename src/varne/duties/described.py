"""The words, findings and rules as a page draws them: from the tables, so that the page cannot say anything else."""

from collections.abc import Iterable, Sequence

from varne.facts.duty_rules import Condition, Finding, Rule, Rules, Term, rules_of_duties, terms_of
from varne.facts.duty_words import words_of_the_record
from varne.facts.provisions import law_at_sea


def words_table() -> str:
    """
    Draw the words of the record.

    Returns
    -------
    str
        A table in Markdown: the name, what it means, its value, how long it lasts, what it serves.

    Examples
    --------
    >>> print(words_table().splitlines()[3])
    | `people_found` | People in danger of being lost were found at sea | yes, no or words | once | D01, D02, ... |
    """
    rules = rules_of_duties()
    rows = [
        (f"`{word.name}`", word.means, _kind(word.value, word.unit), word.lasts, ", ".join(serves(word.name, rules)))
        for word in words_of_the_record().values()
    ]
    return _table(("word", "means", "value", "lasts", "serves"), rows)


def findings_table() -> str:
    """
    Draw the findings.

    Returns
    -------
    str
        A table in Markdown: the name, what it says, which entries show it.

    Examples
    --------
    >>> print(next(line for line in findings_table().splitlines() if line.startswith("| `master_d")))
    | `master_decided` | A master entered a decision with its reason | decided, by a master, with reason |
    """
    rows = [(f"`{one.name}`", one.says, _shown_by(one)) for one in rules_of_duties().findings.values()]
    return _table(("finding", "says", "shown by"), rows)


def rules_tables() -> str:
    """
    Draw the rules of all duties.

    Returns
    -------
    str
        For each duty a heading and a table in Markdown.

    Examples
    --------
    >>> print(rules_tables().splitlines()[0])
    ### D01 Assist people in danger at sea
    """
    law = law_at_sea()
    parts = []
    for name, rule in rules_of_duties().duties.items():
        parts.append(
            f"### {name} {law.duties[name].title}\n\n{_each(rule)}{_rule_table(rule, law.duties[name].evidence)}"
        )
    return "\n\n".join(parts)


def phases_table() -> str:
    """
    Draw the criteria of the emergency phases.

    Returns
    -------
    str
        A table in Markdown.

    Examples
    --------
    >>> print(phases_table().splitlines()[3])
    | uncertainty | an expected position or safety report was not made | `report_missed` is yes |
    """
    rows = []
    for phase in law_at_sea().phases:
        for says, condition in zip(phase.criteria, rules_of_duties().phases[phase.id], strict=True):
            after = f"after {condition.follows}: " if condition.follows else ""
            rows.append((phase.id, says, after + _condition(condition)))
    return _table(("phase", "criterion", "met by"), rows)


def serves(word: str, rules: Rules) -> tuple[str, ...]:
    """
    Say what a word serves.

    Parameters
    ----------
    word : str
        Of the record. [1]
    rules : Rules
        That may ask for it, themselves or through a finding. [1]

    Returns
    -------
    tuple of str
        Duties, phases and factors.

    Examples
    --------
    >>> serves("inquiries_failed", rules_of_duties())
    ('D04', 'alert')
    """
    asked = {word}
    asked |= {name for name, one in rules.findings.items() if word in (one.word, *(term.name for term in one.any))}
    found = [where for where, term in terms_of(rules) if term.name in asked and where not in rules.findings]
    found += [f"factor {factor}" for factor, names in rules.factors.items() if word in names]
    return tuple(dict.fromkeys(found))


def _each(rule: Rule) -> str:
    names = " and each ".join(f"`{name}`" for name in rule.each)
    return f"For each {names}; the gravest state stands.\n\n" if names else ""


def _rule_table(rule: Rule, evidence: Sequence[str]) -> str:
    rows = [("not met", row.says, _condition(row)) for row in rule.not_met]
    rows += [("does not apply", row.says, _condition(row)) for row in rule.does_not_apply]
    rows += [("cannot tell", row.says, _condition(row)) for row in rule.cannot_tell]
    rows.append(("met: start", "", _condition(rule.starts)))
    rows += [("met: evidence", item, _condition(row)) for item, row in zip(evidence, rule.evidence, strict=True)]
    rows += [(f"never {state}", why, "") for state, why in rule.never.items()]
    return _table(("state", "says", "shown by"), rows)


def _condition(condition: Condition) -> str:
    parts = [", ".join(_term(term) for term in condition.all)]
    parts.append(" or ".join(_term(term) for term in condition.any))
    parts.append(" and ".join(f"no {_term(term)}" for term in condition.lacking))
    return "; ".join(filter(None, parts)) or "always"


def _term(term: Term) -> str:
    said = f"`{term.name}`" if term.test == "shown" else f"`{term.name}` is {term.test}"
    return f"{said} {term.order} {_term(term.other)}" if term.other else said


def _shown_by(finding: Finding) -> str:
    if finding.any:
        return " or ".join(_term(term) for term in finding.any)
    parts = [f"`{finding.word}`" if finding.word else finding.kind]
    parts += ["this entry"] if finding.of else []
    parts += [f"the option {finding.chosen}"] if finding.chosen else []
    parts += [f"by a {finding.role}"] if finding.role else []
    parts += [f"with {name}" for name in finding.has]
    parts += [f"without {name}" for name in finding.lacks]
    parts += [f"figure: {finding.figure}"] if finding.figure else []
    parts += ["to the role of this entry"] if finding.to else []
    parts += [f"verified: {finding.verified}"] if finding.verified else []
    return ", ".join(parts)


def _kind(value: str, unit: str) -> str:
    return f"{value} [{unit}]" if unit else value


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
