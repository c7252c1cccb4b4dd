"""Duties as tables: what a page and a terminal both show."""

from collections.abc import Mapping, Sequence
from typing import Any

from varne.encounter.outcome import Interval
from varne.show.language import Language
from varne.show.report_table import NOTED_IN, Cell, Rows, interval_cell

Written = Mapping[str, Any]
_MOST_USED = 4  # entries that stand in one cell; the JSON has all
_PER_CENT = 100.0
_READ, _PARTIAL = "verified", "partial"
_PARTLY = "read in part, or only as a paraphrase"


def duty_tables(told: Written, language: Language) -> tuple[Rows, ...]:
    """
    Make a table of duties for each who owes them.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    tuple of Rows

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> duty_tables(check_duties([]).as_json(), language("en"))[0].rows[0][0].words
    'D01 Assist people in danger at sea'
    """
    say = language.say
    headings = tuple(say(one) for one in ("Duty", "As the record tells it", "On record", "What would settle it"))
    return tuple(
        Rows(
            say("Owed by: {who}", who=group["owed_by"]),
            headings,
            tuple(_duty_row(duty, _basis(duty, told, language), language) for duty in group["duties"]),
        )
        for group in told["groups"]
    )


def rubric_table(told: Written, language: Language) -> Rows:
    """
    Make the table of the ten factors of distress.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> len(rubric_table(check_duties([]).as_json(), language("en")).rows)
    10
    """
    say = language.say
    rubric = told["rubric"]
    headings = tuple(say(one) for one in ("Factor", "What is known", "Source and time"))
    rows = tuple(_factor_row(factor, language) for factor in rubric["factors"])
    return Rows(say("The ten factors of distress. {note}", note=rubric["note"]), headings, rows)


def phases_table(told: Written, language: Language) -> Rows:
    """
    Make the table of the criteria of the emergency phases.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> phases_table(check_duties([]).as_json(), language("en")).rows[0][0].words
    'uncertainty'
    """
    say = language.say
    headings = tuple(say(one) for one in ("Phase", "Criterion", "As the record tells it", "What would settle it"))
    rows = tuple(
        (
            Cell(say(one["phase"])),
            Cell(one["says"]),
            Cell(one["label"], _entries(one["used"], language)),
            Cell(language.say("; ").join(one["missing"])),
        )
        for one in told["phases"]["criteria"]
    )
    return Rows(say("The criteria of the emergency phases"), headings, rows)


def phase_sentences(told: Written, language: Language) -> tuple[str, ...]:
    """
    Say which phase is proposed, and which was declared by whom.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> phase_sentences(check_duties([]).as_json(), language("en"))[-1]
    'No phase was declared on record.'
    """
    say = language.say
    phases = told["phases"]
    said = [phases["note"]]
    if phases["proposed"] in ("uncertainty", "alert", "distress"):
        said.insert(0, say("Proposed: {phase}.", phase=phases["label"]))
    for one in phases["declared"]:
        said.append(
            say("Declared: {phase}, {time}, by: {role}.", phase=say(one["phase"]), time=_when(one), role=one["role"])
        )
    return tuple(said if phases["declared"] else [*said, say("No phase was declared on record.")])


def branch_tables(told: Written, language: Language) -> tuple[tuple[Rows, tuple[str, ...]], ...]:
    """
    Make a table of acting and not acting for each assessment, with who saw it when.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    tuple of (Rows, tuple of str)
        The table, and the sentences under it.

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> branch_tables(check_duties([]).as_json(), language("en"))
    ()
    """
    return tuple((_branches(one, language), _seen(one, language)) for one in told["branches"]["assessments"])


def summary_sentences(told: Written, language: Language) -> tuple[str, ...]:
    """
    Say how many duties have which state, what a state means, and of what nothing could be read.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> summary_sentences(check_duties([], absent=[3]).as_json(), language("en"))[0]
    'The bodies of entries 3 cannot be read: deleted, withheld, missing or changed. No duty was told from them.'
    """
    say = language.say
    states: dict[str, list[str]] = {}
    for duty in (duty for group in told["groups"] for duty in group["duties"]):
        states.setdefault(duty["label"], []).append(duty["id"])
    said = [say("{name}: {value}", name=label, value=", ".join(names)) for label, names in states.items()]
    summary = say("In short. {states}.", states=say("; ").join(said))
    hidden = ", ".join(map(str, told["absent_entries"]))
    gone = say(
        "The bodies of entries {numbers} cannot be read: deleted, withheld, missing or changed. No duty was told from "
        "them.",
        numbers=hidden,
    )
    return (*((gone,) if hidden else ()), summary, told["meant"], say("All times are UTC."))


def unread_sentences(told: Written, language: Language) -> tuple[str, ...]:
    """
    Say which entries no duty was told from, because no table knows their words.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> unread_sentences(check_duties([]).as_json(), language("en"))
    ()
    """
    sentence = "No duty was told from this entry, whose words or values are in no table: {entry}"
    return tuple(language.say(sentence, entry=_entry(one, language)) for one in told["not_read"])


def provisions_table(told: Written, language: Language) -> Rows:
    """
    Make the table of the provisions: where they stand, what they say, how surely that is known.

    Parameters
    ----------
    told : mapping
        Of :meth:`varne.duties.check.DutiesAnswer.as_json`. [1]
    language : Language
        [1]

    Returns
    -------
    Rows

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> len(provisions_table(check_duties([]).as_json(), language("en")).rows)
    35
    """
    say = language.say
    headings = tuple(say(one) for one in ("Provision", "What it says", "How surely that is known"))
    rows = []
    for one in told["provisions"]:
        kind = told["text_kinds"][one["text_kind"]]
        how = say(_PARTLY) if one["status"] == _PARTIAL else told["status_values"][one["status"]]
        noted = say("{name}: {value}", name=say(one["status"]), value=how)
        noted = language.say("; ").join(part for part in (noted, one["status_note"]) if part)
        quoted = one["text_kind"] in ("verbatim", "excerpt")
        rows.append(
            (
                Cell(
                    f"{one['instrument']}, {one['provision']}",
                    f"{one['jurisdiction']}{say('; ')}{', '.join(one['duties'])}",
                ),
                Cell(
                    one["text"],
                    language.say("; ").join(part for part in (kind, one["note"]) if part),
                    one["language"] if quoted else "",
                ),
                Cell(noted, language.say("; ").join(one["source"])),
            )
        )
    return Rows(say("The provisions behind the duties, with their sources"), headings, tuple(rows))


def _basis(duty: Written, told: Written, language: Language) -> str:
    """The provisions of a duty, with how surely those are known whose wording was not read whole."""
    rows = {one["id"]: one for one in told["provisions"]}
    names = []
    for row in (rows[name] for name in duty["provisions"]):
        mark = "" if row["status"] == _READ else f" [{language.say(row['status'])}]"
        names.append(f"{row['instrument']}, {row['provision']}{mark}")
    return language.say("; ").join(names)


def _duty_row(duty: Written, basis: str, language: Language) -> tuple[Cell, ...]:
    items = list(dict.fromkeys(one["item"] for one in duty["missing"]))
    words = ", ".join(dict.fromkeys(word for one in duty["missing"] for word in one["words"]))
    return (
        Cell(f"{duty['id']} {duty['title']}", language.say("; ").join((duty["owed_to"], basis))),
        Cell(duty["label"], duty["says"]),
        Cell(_entries(duty["used"], language)),
        Cell(language.say("; ").join(items), language.say("Enter as: {words}", words=words) if words else ""),
    )


def _factor_row(factor: Written, language: Language) -> tuple[Cell, ...]:
    known = [one for one in factor["fields"] if one["value"] != "unknown"]
    unknown = [one for one in factor["fields"] if one["value"] == "unknown"]
    colon = language.say("{name}: {value}")
    lines = [colon.format(name=one["means"], value=one["says"]) for one in known]
    if unknown:
        names = language.say("; ").join(one["means"] for one in unknown)
        lines.append(colon.format(name=names, value=unknown[0]["says"]))
    sources = dict.fromkeys(
        ", ".join(part for part in (one["source"], one["channel"], one["role"], _when(one)) if part) for one in known
    )
    return (
        Cell(f"{factor['id']}. {factor['question']}"),
        Cell(language.say("; ").join(lines)),
        Cell(language.say("; ").join(sources), lang=NOTED_IN),
    )


def _branches(one: Written, language: Language) -> Rows:
    say = language.say
    headings = tuple(
        say(words)
        for words in (
            "Branch and response", "Deaths aboard", "Chance of any death", "Serious injuries aboard",
            "Crews: deaths", "Crews: serious injuries", "Weakest grade",
        )
    )  # fmt: skip
    rows = []
    for branch in one["branches"]:
        for option in branch["options"]:
            name = Cell(f"{branch['label']}{say(': ')}{say(option['name'])}")
            if option["people"]:
                people, crews = option["people"], option["crews"]
                cells = (
                    _interval(people.get("expected_deaths"), language),
                    _interval(people.get("p_any_death"), language, _PER_CENT),
                    _interval(people.get("serious_injuries"), language),
                    _interval(crews.get("deaths"), language),
                    _interval(crews.get("serious_injuries"), language),
                )
                rows.append((name, *cells, Cell(say(option["grade"]))))
    members = one["members"]
    caption = say("The computed risk of acting and of not acting")
    if members:
        size = str(int(members["draws"]) * int(members["replicates"]))
        caption = say("The computed risk of acting and of not acting; {members} members, 90 % intervals", members=size)
    return Rows(caption, headings, tuple(rows))


def _interval(one: Written | None, language: Language, factor: float = 1.0) -> Cell:
    if one is None:
        return Cell(language.say("unknown"))
    cell = interval_cell(Interval(one["mean"], one["low"], one["high"]), language, factor)
    return Cell(f"{cell.words} %", cell.under) if factor == _PER_CENT else cell


def _seen(one: Written, language: Language) -> tuple[str, ...]:
    say = language.say
    said = [one["note"]] if one["note"] else []
    if one["failed"]:
        said.append(say("No figure could be given: {why}", why=one["failed"]))
    for shown in one["shown"]:
        said.append(say("Shown {time} to: {roles}.", time=_when(shown), roles=", ".join(shown["roles"])))
    for branch in one["branches"]:
        for option in branch["options"]:
            if option["why_not"]:
                said.append(say("{option} is left out: {why}", option=say(option["name"]), why=option["why_not"]))
    said += [_entry(decided, language) for decided in one["decided"]]
    return tuple(said)


def _entry(one: Written, language: Language) -> str:
    line = f"{_when(one)}, {one['role']}{language.say(': ')}{one['says']}"
    if _second(one["logged"]) != _when(one):
        line = language.say("{entry} (entered {time})", entry=line, time=_second(one["logged"]))
    return language.say("{entry} (corrected later)", entry=line) if one["corrected_by"] else line


def _entries(used: Sequence[Written], language: Language) -> str:
    lines = [_entry(one, language) for one in used[:_MOST_USED]]
    return language.say("; ").join([*lines, f"+ {len(used) - _MOST_USED}"] if len(used) > _MOST_USED else lines)


def _when(one: Written) -> str:
    return _second(str(one["time"]))


def _second(time: str) -> str:
    """A moment in UTC, to the second: what came first is seen."""
    return time[:19].replace("T", " ")
