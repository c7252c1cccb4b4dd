"""A report that people can read: one page that needs nothing else, on a telephone and in print."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from varne.earth import DEGREE, format_position
from varne.encounter.sample import Encounter
from varne.evidence import GRADES
from varne.facts.tables import Facts
from varne.show.answer import Answer
from varne.show.language import Language
from varne.show.report_answer import answer_sentence, deaths_table, harm_table
from varne.show.report_picture import Picture
from varne.show.report_table import NOTED_IN, Cell, Rows
from varne.show.report_why import break_even_table, evidence_table, neutral_table, ranking_table
from varne.show.why_answer import WhyAnswer
from varne.units import HOUR, KNOT
from varne.when import format_time

# Why an option does not apply, as sentences with numbers in them.
_REASONS = {
    sentence: re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[\\d.]+)", sentence))
    for sentence in (
        "the water is {depth} m deep, and this option needs at most {most} m",
        "the shore is {distance} m away, and this option needs at most {most} m",
    )
}
FOLLOWED = (200, 4)  # draws and members of each that are followed for pictures of places and times; our choice
Pictures = Mapping[str, Picture | Sequence[Picture]]


def report_page(
    answer: Answer,
    encounter: Encounter,
    why: WhyAnswer | None,
    pictures: Pictures,
    *,
    told: Mapping[str, Any],
    language: Language,
    command: tuple[str, str],
) -> str:
    """
    Write the report of an assessment.

    Parameters
    ----------
    answer : Answer
        What was found. [people]
    encounter : Encounter
        What was asked and read. [SI]
    why : WhyAnswer or None
        Why it is so; its sections are left out without it. [1]
    pictures : mapping of str to Picture
        ``options``, ``exceedance``, ``map``, ``timeline``; under ``drivers`` several. [1]
    told : mapping
        Parts of its section on duties, from :func:`varne.show.duty_page.duty_parts`. [1]
    language : Language
        Of the page. [1]
    command : tuple of str
        With which it is computed again, and the scenario file that it reads. [1]

    Returns
    -------
    str
        HTML.
    """
    scenario = answer.scenario
    title = language.say(
        "{people} people on a {length} m boat", people=str(scenario.people), length=language.number(scenario.length)
    )
    page: dict[str, Any] = {
        "title": title,
        "question": _where_and_when(answer, language),
        "sentence": answer_sentence(answer, language),
        "asked": _asked(answer, language),
        "deaths": deaths_table(answer, language),
        "harm": harm_table(answer, language),
        "left_out": [_left_out(one.name, one.why_not, language) for one in answer.options if one.why_not],
        "described": [(language.say(one.name), language.say(one.says)) for one in answer.options],
        "pictures": {"options": None, "exceedance": None, "map": None, "timeline": None, "drivers": ()}
        | dict(pictures),
        "why": why,
        "told": told,
        "grades": grades_sentence(encounter.facts, language),
        "sea": _sea(answer, language),
        "evidence": None,
        "break_evens": None,
        "neutral": None,
        "method": _method(answer, why, language),
        "fingerprint": [(language.say(name), str(value)) for name, value in answer.fingerprint.items()],
        "command": command[0],
        "scenario": command[1],
    }
    if why is not None:
        page["ranking"], page["follows"] = ranking_table(why, language)
        if why.break_evens:
            page["break_evens"], page["no_tie"] = break_even_table(why, language)
        if why.neutral:
            page["neutral"] = neutral_table(why, language)
        page["evidence"] = evidence_table(why, language)
    return rendered("report.html", {**page, "contents": _contents(page, language)}, language)


def rendered(template: str, page: Mapping[str, Any], language: Language) -> str:
    """
    Fill a page.

    Parameters
    ----------
    template : str
        Its name. [1]
    page : mapping
        What stands in it. [1]
    language : Language
        Of its own words. [1]

    Returns
    -------
    str
        HTML; whatever stands in it as text cannot be taken for HTML.
    """
    room = Environment(
        loader=PackageLoader("varne.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return room.get_template(template).render(**page, say=language.say, code=language.code)


def _contents(page: Mapping[str, Any], language: Language) -> list[dict[str, str]]:
    pictures, why = page["pictures"], page["why"]
    every = (
        ("question", "The question", True),
        ("options", "The responses side by side", True),
        ("exceedance", "How many could die", pictures["exceedance"]),
        ("map", "Where the boat would be", pictures["map"]),
        ("timeline", "What happens when", pictures["timeline"]),
        ("drivers", "What drives the differences", why and pictures["drivers"]),
        ("ranking", "Who is safer, in how many draws", why),
        ("breakeven", "What would have to be true for the other answer", page["break_evens"]),
        ("assumption", "What follows from assumption alone", page["neutral"]),
        ("evidence", "What it rests on", True),
        ("duties", "Duties", True),
        ("method", "How it was computed", True),
        ("replay", "How to compute it again", True),
    )
    return [{"name": name, "words": language.say(words)} for name, words, there in every if there]


def _where_and_when(answer: Answer, language: Language) -> str:
    scenario = answer.scenario
    begins = language.say("launching from the beach") if scenario.start == "beach" else language.say("at sea")
    return f"{format_position(*scenario.position)}, {format_time(scenario.time)}, {begins}."


def _asked(answer: Answer, language: Language) -> list[tuple[str, str]]:
    scenario = answer.scenario
    drawn = language.say("not given: drawn")
    coming = ", ".join(one.replace("_", " ") for one in answer.evidence.responders)
    wind = drawn
    if scenario.wind is not None:
        speed, blows_from = scenario.wind
        degrees = round(float(blows_from) / DEGREE) % 360
        wind = language.say("{speed} kn from {degrees}°", speed=language.number(speed / KNOT), degrees=f"{degrees:03d}")
    waves = drawn
    if scenario.waves is not None:
        waves = language.say("{height} m", height=language.number(scenario.waves[0]))
    water = drawn if scenario.water is None else language.say("{degrees} °C", degrees=language.number(scenario.water))
    return [
        (language.say("People aboard"), str(scenario.people)),
        (language.say("Of these, women"), _or_drawn(scenario.women, drawn)),
        (language.say("Of these, under 18"), _or_drawn(scenario.children, drawn)),
        (language.say("Lifejackets worn"), _or_drawn(scenario.jackets, drawn)),
        (language.say("Length of the boat"), language.say("{length} m", length=language.number(scenario.length))),
        (language.say("Position"), format_position(*scenario.position)),
        (language.say("Time"), format_time(scenario.time)),
        (language.say("Wind"), wind),
        (language.say("Significant wave height"), waves),
        (language.say("Water temperature"), water),
        (language.say("Compared to"), language.say(scenario.reference)),
        (language.say("Followed for"), language.say("{hours} h", hours=f"{scenario.horizon / HOUR:g}")),
        (
            language.say("First to arrive"),
            coming or language.say("nobody"),
        ),
    ]


def _or_drawn(count: int | None, drawn: str) -> str:
    return drawn if count is None else str(count)


def _left_out(name: str, why_not: str, language: Language) -> str:
    reasons = language.listed(_reason(one, language) for one in why_not.removesuffix(".").split("; "))
    return language.say("{option} is left out: {reason}.", option=language.say(name), reason=reasons)


def _reason(said: str, language: Language) -> str:
    """A reason of :func:`varne.encounter.applies.why_not_here`, its numbers taken out and put in again."""
    for sentence, form in _REASONS.items():
        found = form.fullmatch(said)
        if found:
            return language.say(sentence, **{name: language.written(text) for name, text in found.groupdict().items()})
    return said


def what_varne_refuses(language: Language) -> str:
    """
    Say what stands in no report, and who answers for what.

    Parameters
    ----------
    language : Language
        Of its words. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.show.language import language
    >>> what_varne_refuses(language("en"))[:19]
    'Varne holds no name'
    """
    return language.say(
        "Varne holds no name, face, nationality or telephone number of anyone, gives no single score, and "
        "advises no use of force. It describes consequences; whoever decides answers for the decision."
    )


def grades_sentence(facts: Facts, language: Language) -> str:
    """
    Say how many numbers about the world there are of each grade.

    Parameters
    ----------
    facts : Facts
        [unit]
    language : Language
        Of its words. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.show.language import language
    >>> grades_sentence(Facts({}), language("en"))[:28]
    'Of the 0 numbers about the w'
    """
    counted = Counter(fact.grade for fact in facts)
    told = ", ".join(f"{counted[grade]} {language.say(grade)}" for grade in GRADES if counted[grade])
    return language.say(
        "Of the {count} numbers about the world in use, by grade of evidence: {told}. Nearly all numbers of what a "
        "response does to a crowd are assumed.",
        count=str(sum(counted.values())), told=told,
    )  # fmt: skip


def _sea(answer: Answer, language: Language) -> Rows:
    rows = tuple(
        (Cell(language.say(field)), Cell(str(source["source"]), lang=NOTED_IN), Cell(_sea_grade(source, language)))
        for field, source in answer.evidence.sea.items()
    )
    headings = (language.say("Of the sea"), language.say("Source"), language.say("Grade"))
    return Rows(language.say("Where the sea and its traffic come from"), headings, rows)


def _sea_grade(source: Mapping[str, str], language: Language) -> str:
    """What the question itself says was judged by no panel."""
    return language.say("as asked") if source["source"].startswith("the scenario") else language.say(source["grade"])


def _method(answer: Answer, why: WhyAnswer | None, language: Language) -> list[str]:
    lines = [
        language.say(
            "One boat was followed {members} times under each response, in steps of two minutes, until everyone was "
            "ashore, aboard a responder or dead: {draws} draws of what is not known (the boat, the sea, the people, "
            "what a responder does), each with {replicates} members of what chance does.",
            members=str(answer.draws * answer.replicates), draws=str(answer.draws), replicates=str(answer.replicates),
        ),
        language.say(
            "The pictures of places and times follow {members} of these members; their numbers are those of all.",
            members=str(min(FOLLOWED[0], answer.draws) * min(FOLLOWED[1], answer.replicates)),
        ),
        language.say(
            "Every member has the same luck under every response, so that two responses are compared member by "
            "member and the noise cancels. Common things are drawn; rare lethal things are integrated: along each "
            "path every hazard takes its share."
        ),
        language.say(
            "An interval holds 90 % of the draws of what is not known; what chance does is taken out of it. Grades "
            "say what a number rests on: measured, published, derived (computed, or fitted to data), elicited "
            "(judged by a panel), assumed."
        ),
        language.say(
            "Where a difference between two responses disappears, or turns, when the assumed numbers are set to no "
            "effect, the report says that it follows from assumption, and gives no chance of the one being safer."
        ),
    ]  # fmt: skip
    if why is not None and why.effort is not None:
        lines.append(
            language.say(
                "What drives the differences was found by designed runs ({voyages} voyages; Sobol indices by SALib) "
                "and by the draws themselves; break-evens by a root search with the same luck at every step. Each "
                "has the error of its own estimate beside it.",
                voyages=language.number(why.effort.voyages),
            )
        )
    lines.append(what_varne_refuses(language))
    return lines
