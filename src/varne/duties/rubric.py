"""The ten factors of distress: each with its values, who said so and when; what is unknown stays unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varne.duties.evidence import Entry, Evidence
from varne.duties.figures import COMMAND
from varne.duties.sentences import NOTES, VALUES, Said, of_number, of_numbers, of_value, word_of
from varne.encounter.outcome import Interval
from varne.facts.duty_rules import Rules
from varne.facts.duty_words import UNKNOWN, Word, read_value, words_of_the_record
from varne.facts.provisions import Factor, Law

# The factor on the chance that the boat does not reach its destination: an assessment tells it.
NOT_ARRIVING = "p_not_arriving"
NOT_ARRIVING_ON_RECORD = "not_arriving"  # the field of an entry
_FACTOR_OF_ARRIVING = "ii"


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a field of a factor."""

    field: str
    means: str
    value: Any  # as given; the word unknown where it is
    says: str | Said
    unit: str
    source: str | Said
    time: str
    channel: str
    entry: Entry | None  # none where it is from the question of an assessment


@dataclass(frozen=True, slots=True)
class Told:
    """A factor and what is known of its fields."""

    factor: Factor
    values: tuple[Value, ...]


def check_rubric(
    law: Law,
    rules: Rules,
    evidence: Evidence,
    answer: Mapping[str, Any] | None = None,
    not_arriving: Interval | None = None,
) -> tuple[Told, ...]:
    """
    Tell the ten factors.

    An entry of the record comes first, the latest; then the question of the assessment.

    Parameters
    ----------
    law : Law
        The factors. [1]
    rules : Rules
        Their fields. [1]
    evidence : Evidence
        The record. [1]
    answer : mapping, optional
        An assessment as ``schema/assessment.json`` says; the latest on record when left out. [1]
    not_arriving : Interval, optional
        Chance that the boat does not reach its destination, from the ensemble of the assessment that is given. [1]

    Returns
    -------
    tuple of Told
        In the order of the law.

    Examples
    --------
    >>> from varne.facts.duty_rules import rules_of_duties
    >>> from varne.facts.provisions import law_at_sea
    >>> told = check_rubric(law_at_sea(), rules_of_duties(), Evidence(), {"scenario": {"people": 55, "time": "now"}})
    >>> [(one.field, one.value) for one in told[2].values][:2]
    [('people_on_board', 55), ('length_m', 'unknown')]
    """
    asked = answer if answer is not None else _latest(evidence, "question")
    told = []
    for factor in law.factors:
        values = [_value(name, rules, evidence, asked) for name in rules.factors[factor.id]]
        if factor.id == _FACTOR_OF_ARRIVING:
            values.append(_arriving(not_arriving, asked) if answer is not None else _arriving_on_record(evidence))
        told.append(Told(factor, tuple(values)))
    return tuple(told)


def _latest(evidence: Evidence, field: str) -> Mapping[str, Any]:
    """The latest assessment on record that holds a field."""
    for entry in reversed(evidence.of_kind("computed")):
        # A question that failed may not even have been understood.
        if entry.data.get("command", COMMAND) == COMMAND and entry.data.get(field) and "failed" not in entry.data:
            return {"scenario": entry.data.get("question", {}), "sea": entry.data.get("sea", {}), "entry": entry}
    return {}


def _arriving_on_record(evidence: Evidence) -> Value:
    """What the latest assessment that could tell has said: as of then, like all that is on record."""
    told = _latest(evidence, NOT_ARRIVING_ON_RECORD)
    if not told:
        return _arriving(None, told)
    chance = told["entry"].data[NOT_ARRIVING_ON_RECORD]
    return _arriving(Interval(*(float(chance[name]) for name in ("mean", "low", "high"))), told)


def _value(name: str, rules: Rules, evidence: Evidence, asked: Mapping[str, Any]) -> Value:
    word = words_of_the_record()[name]
    entries = evidence.words.get(name, ())
    if entries:
        return _on_record(entries[-1])
    return _as_asked(word, rules.scenario.get(name, {}), asked)


def _on_record(entry: Entry) -> Value:
    data, word = entry.data, word_of(entry.data)
    value = data["value"] if read_value(word, data["value"]).given else UNKNOWN
    said, source, channel = of_value(word, value), str(data.get("source", "")), str(data.get("channel", ""))
    return Value(word.name, word.means, value, said, word.unit, source, entry.time, channel, entry)


def _as_asked(word: Word, row: Mapping[str, Any], asked: Mapping[str, Any]) -> Value:
    scenario = asked.get("scenario", {})
    value, note = scenario.get(row.get("field", ""), UNKNOWN), Said(NOTES["from the scenario"])
    if value != UNKNOWN and "over" in row:
        whole = scenario[row["over"]]
        note = Said(NOTES["over"], {"of": str(value), "by": str(whole)})
        value = value / whole
    if value != UNKNOWN and "above" in row and not value > row["above"]:
        value = UNKNOWN  # that there are no children does not tell whether anyone is pregnant
    sea = asked.get("sea", {}).get(row.get("sea", ""), {})
    source: str | Said = sea.get("source", "") or (note if value != UNKNOWN else "")
    time = str(scenario.get("time", "")) if source else ""
    said = of_value(word, value)
    said = of_numbers(said) if isinstance(said, str) else said
    return Value(word.name, word.means, value, said, word.unit, source, time, "", asked.get("entry"))


def _arriving(chance: Interval | None, asked: Mapping[str, Any]) -> Value:
    means, time = NOTES["not arriving"], str(asked.get("scenario", {}).get("time", ""))
    if chance is None:
        return Value(NOT_ARRIVING, means, UNKNOWN, Said(UNKNOWN), "1", "", "", "", None)
    value = {"mean": chance.mean, "low": chance.low, "high": chance.high}
    said = Said(VALUES["interval"], {name: of_number(f"{one:.2g}") for name, one in value.items()})
    return Value(NOT_ARRIVING, means, value, said, "1", Said(NOTES["of the ensemble"]), time, "", asked.get("entry"))
