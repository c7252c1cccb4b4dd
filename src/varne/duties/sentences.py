"""What pages say of duties: English sentences that are found again by what they are, with values put in last."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from varne.duties.computed import readable
from varne.duties.evidence import Entry
from varne.duties.figures import roles_of
from varne.facts.duty_rules import Condition, Rules, Term, rules_of_duties
from varne.facts.duty_words import UNKNOWN, Word, read_value, read_words_of, words_of_the_record
from varne.facts.provisions import Law, law_at_sea

Say = Callable[[str], str]
# What a state means, wherever it is shown.
STATES = {
    "met": "Everything that the table asks for is on record. Whether it is true and enough is for people to judge.",
    "not met": "An entry on the record contradicts the duty.",
    "cannot tell": "The record does not hold enough to tell.",
    "does not apply": "An entry on the record says that the duty did not arise.",
}
HIDDEN = "Entries were deleted or are withheld: what they say could contradict it."
DIFFER = "Entries on record differ: a person must judge."
LABELS = {
    "met": "met",
    "not met": "not met",
    "cannot tell": "cannot tell",
    "does not apply": "does not apply",
    "yes": "yes",
    "no": "no",
    "unknown": "unknown",
    "none": "none",
    "uncertainty": "uncertainty",
    "alert": "alert",
    "distress": "distress",
    "acting": "acting",
    "not acting": "not acting",
    "not classified": "not classified",
}
NOTES = {
    "proposed": "Proposed from the criteria on record; a person declares the phase.",
    "no phase": "No phase is proposed: every criterion is contradicted by the record.",
    "phase unclear": "No phase is proposed: the record does not hold enough to tell.",
    "rubric": "No weights, no points and no threshold: the values stand side by side.",
    "branches": (
        "Both branches with the same care: the computed risk of acting and of not acting, "
        "when it was seen and by which role."
    ),
    "not on record": "Computed for this page; the record does not say that anybody has seen it.",
    "never shown": "The record does not say that anybody has seen it.",
    "estimate": "Every figure is an estimate.",
    "meant": "A state tells what is on record, no more: software fulfils no duty, and no state says who was right.",
    "absent": "That the record holds no entry does not show that something was not done.",
    "from the scenario": "as the assessment was asked",
    "over": "{of} divided by {by}, as the assessment was asked",
    "not arriving": "Chance that the boat does not reach its destination",
    "of the ensemble": "from the ensemble of the assessment",
}
ENTRIES = {
    "known": "{meaning}: {value}",
    "decided": "Decided: {chosen}. Reason: {reason}",
    "decided without": "Decided: {chosen}, without a reason",
    "shown": "Figures shown to: {roles}",
    "shown to nobody": "Figures shown, to no role that is named",
    "not shown": "Figures computed and not shown: {why}",
    "computed": "Figures computed for: {options}",
    "failed": "A figure was asked for, and failed: {failed}",
    "force": "Force used: {means}, {place}. Purpose: {purpose}",
}
NEEDS = {
    "yes": "{meaning}: yes",
    "no": "{meaning}: no",
    "given": "{meaning}: what it is",
    "before the first": "{needed}, no later than this: {other}",
    "after the first": "{needed}, no sooner than this: {other}",
    "after the last": "{needed}, no sooner than the latest of this: {other}",
}
VALUES = {
    "range": "{low} to {high}",
    "unit": "{number} {unit}",
    "interval": "{mean} (90 % interval {low} to {high})",
    "decimals": "{whole}.{part}",
    "within": "{before}{number}{after}",
    "list": "{first}, {rest}",
    "either": "{first} or {rest}",
}
_DECIMAL = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and what is put into it: text as it is, or another sentence."""

    sentence: str
    values: Mapping[str, "str | Said"] = field(default_factory=dict)

    def spoken(self, say: Say) -> str:
        """
        Say it.

        Parameters
        ----------
        say : callable
            From an English sentence to that of a language. [1]

        Returns
        -------
        str

        Examples
        --------
        >>> french = {"Seen": "Vu", "{meaning}: yes": "{meaning} : oui"}
        >>> Said("{meaning}: yes", {"meaning": Said("Seen")}).spoken(french.get)
        'Vu : oui'
        """
        said = {name: one.spoken(say) if isinstance(one, Said) else one for name, one in self.values.items()}
        return say(self.sentence).format(**said) if said else say(self.sentence)


def of_entry(entry: Entry) -> Said:
    """
    Say what an entry says.

    Parameters
    ----------
    entry : Entry
        Of what happened. [1]

    Returns
    -------
    Said

    Examples
    --------
    >>> said = {"what": "people_on_board", "value": [50, 55]}
    >>> of_entry(Entry(0, "a", 0.0, "", "", "known", "", "", said)).spoken(str)
    'People on board: 50 to 55 people'
    """
    data = entry.data
    if entry.kind == "known":
        word = word_of(data)
        meaning = Said(word.means) if word.means else Said(UNKNOWN)
        return Said(ENTRIES["known"], {"meaning": meaning, "value": of_value(word, data.get("value"))})
    if entry.kind == "decided":
        kind = "decided" if data.get("reason") else "decided without"
        return Said(ENTRIES[kind], {"chosen": of_option(data.get("chosen")), "reason": _text(data, "reason")})
    if entry.kind == "shown":
        kind = "not shown" if data.get("shown") is False else "shown" if roles_of(entry) else "shown to nobody"
        return Said(ENTRIES[kind], {"roles": ", ".join(roles_of(entry)), "why": _text(data, "why")})
    if entry.kind == "computed":
        kind = "failed" if data.get("failed") else "computed"
        rows = data.get("options", ()) if readable(data) else ()
        return Said(ENTRIES[kind], {"options": _options(rows), "failed": _text(data, "failed")})
    return Said(ENTRIES["force"], {name: _text(data, name) for name in ("means", "place", "purpose")})


def word_of(fact: Mapping[str, Any]) -> Word:
    """
    Return the word of a fact, with the unit in which it was entered.

    Parameters
    ----------
    fact : mapping
        What an entry of kind known holds. [unit]

    Returns
    -------
    Word
        One that no table has is its own meaning.

    Examples
    --------
    >>> word_of({"what": "people_on_board", "value": 55}).means, word_of({"what": "colour"}).means
    ('People on board', 'colour')
    """
    name, unit = str(fact.get("what") or ""), fact.get("unit")
    word = words_of_the_record().get(name, Word(name, name, "words or number", "once", ""))
    return replace(word, unit=unit) if isinstance(unit, str) and unit else word


def of_value(word: Word, value: object) -> "str | Said":
    """
    Say a value of a word.

    Parameters
    ----------
    word : Word
        Its kind of value and unit. [1]
    value : object
        As an entry holds it. [unit]

    Returns
    -------
    str or Said
        What is known as a word of the tables can be translated; text of a person is left as it is.

    Examples
    --------
    >>> words = words_of_the_record()
    >>> of_value(words["forwarded"], True), of_value(words["boat_type"], "inflatable")
    (Said(sentence='yes', values={}), 'inflatable')
    """
    if word.value != "phase":
        value = read_words_of(value)
    if isinstance(value, str):
        plain = value.strip().lower()
        return Said(plain) if plain == UNKNOWN or plain in LABELS else value
    if value is None:
        return Said(UNKNOWN)
    if isinstance(value, bool):
        if word.value in ("words", "free words") and not value:
            return Said(LABELS["none"])
        return Said(LABELS["yes"] if value else LABELS["no"])
    if not read_value(word, value).given:
        return str(value)
    bounds = value if isinstance(value, list | tuple) else (value,)
    number = of_number(f"{bounds[0]:g}")
    if len(bounds) > 1 and bounds[0] != bounds[1]:
        number = Said(VALUES["range"], {"low": number, "high": of_number(f"{bounds[1]:g}")})
    return Said(VALUES["unit"], {"number": number, "unit": Said(word.unit)}) if word.unit not in ("", "1") else number


def of_option(name: object) -> "str | Said":
    """
    Say the name of an option, which can be translated; what a person chose in other words is left as it is.

    Parameters
    ----------
    name : object
        As an entry holds it. [1]

    Returns
    -------
    str or Said

    Examples
    --------
    >>> of_option(" Escort "), of_option("what the master asks for")
    (Said(sentence='escort', values={}), 'what the master asks for')
    """
    plain = str(name or "").strip().lower()
    if not plain:
        return Said(UNKNOWN)
    return Said(plain) if any(plain in names for names in rules_of_duties().choices.values()) else str(name)


def of_number(written: str) -> "str | Said":
    """
    Say a number: what stands between whole and part is a matter of language.

    Parameters
    ----------
    written : str
        With a point for decimals. [unit]

    Returns
    -------
    str or Said

    Examples
    --------
    >>> of_number("0.32").spoken(lambda sentence: sentence.replace(".", ",")), of_number("55")
    ('0,32', '55')
    """
    whole, point, part = written.partition(".")
    return Said(VALUES["decimals"], {"whole": whole, "part": part}) if point else written


def of_numbers(text: str) -> "str | Said":
    """
    Say a quantity in words, each number in it with no more figures than it deserves.

    Parameters
    ----------
    text : str
        As a scenario writes it. [unit]

    Returns
    -------
    str or Said

    Examples
    --------
    >>> of_numbers("225 deg 4.115556 m/s").spoken(lambda sentence: sentence.replace(".", ","))
    '225 deg 4,12 m/s'
    """
    found = _DECIMAL.search(text)
    if not found:
        return text
    parts = (text[: found.start()], of_number(f"{float(found[0]):.3g}"), of_numbers(text[found.end() :]))
    return Said(VALUES["within"], dict(zip(("before", "number", "after"), parts, strict=True)))


def of_term(term: Term, rules: Rules) -> Said:
    """
    Say what an entry would have to say for a term to be shown.

    Parameters
    ----------
    term : Term
        Of a condition. [1]
    rules : Rules
        Its findings. [1]

    Returns
    -------
    Said

    Examples
    --------
    >>> from varne.facts.duty_rules import read_term
    >>> of_term(read_term("water is yes before the first force"), rules_of_duties()).spoken(str)
    'Drinking water enough to reach a shore: yes, no later than this: Force was used near a boat'
    """
    if term.name in rules.findings:
        needed = Said(rules.findings[term.name].says)
    else:
        needed = Said(NEEDS[term.test], {"meaning": Said(words_of_the_record()[term.name].means)})
    if not term.other:
        return needed
    return Said(NEEDS[term.order], {"needed": needed, "other": of_term(term.other, rules)})


def either(several: Iterable[Said]) -> Said:
    """
    Say that one of several is enough.

    Parameters
    ----------
    several : iterable of Said
        One or more. [1]

    Returns
    -------
    Said

    Examples
    --------
    >>> either([Said("missing"), Said("overdue")]).spoken(str)
    'missing or overdue'
    """
    first, *rest = several
    return Said(VALUES["either"], {"first": first, "rest": either(rest)}) if rest else first


def sentences() -> tuple[str, ...]:
    """
    Return every English sentence that a page on duties shows, so that each can be translated.

    Returns
    -------
    tuple of str
        Each once, in order. Texts of provisions are not among them, unless they are paraphrases of our own.

    Examples
    --------
    >>> "Assist people in danger at sea" in sentences()
    True
    """
    own = (STATES, LABELS, NOTES, ENTRIES, NEEDS, VALUES)
    found = [HIDDEN, DIFFER, *_of_the_law(law_at_sea()), *_of_the_rules(rules_of_duties())]
    found += [text for table in own for text in table.values()]
    found += [text for word in words_of_the_record().values() for text in (word.means, word.unit)]
    return tuple(dict.fromkeys(text for text in found if text and text != "1"))


def _of_the_law(law: Law) -> list[str]:
    found = [law.disclaimer, *law.status_values.values(), *law.text_kinds.values()]
    for one in law.provisions.values():
        found += [one.instrument, one.provision, one.jurisdiction, one.status_note, one.note]
        found += [one.text] if one.text_kind in ("summary", "holding") else []
    for duty in law.duties.values():
        found += [duty.title, duty.owed_by, duty.owed_to, duty.starts, duty.ends, *duty.evidence]
    for factor in law.factors:
        found += [factor.question, factor.value]
    found += [text for phase in law.phases for text in (phase.id, *phase.criteria)]
    return [*found, law.rubric_rule, law.record_rule, *law.status_values, *law.text_kinds]


def _of_the_rules(rules: Rules) -> list[str]:
    found = [*rules.groups.values(), *(finding.says for finding in rules.findings.values())]
    found += [name for names in rules.choices.values() for name in names]
    for rule in rules.duties.values():
        rows: tuple[Condition, ...] = (*rule.not_met, *rule.does_not_apply, *rule.cannot_tell)
        found += [*(row.says for row in rows), *rule.never.values()]
    return found


def _text(data: Mapping[str, Any], name: str) -> "str | Said":
    value = data.get(name)
    return str(value) if value not in (None, "") else Said(UNKNOWN)


def _options(rows: Iterable[Mapping[str, Any]]) -> "str | Said":
    said: str | Said = ""
    for row in reversed(tuple(rows)):
        name = of_option(row.get("name"))
        said = Said(VALUES["list"], {"first": name, "rest": said}) if said else name
    return said or Said(UNKNOWN)
