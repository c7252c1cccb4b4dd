"""Reports put together: the answer, why it is so, and pictures of where the boat and its people would be."""

import numpy as np

from varne.assessment import Assessment
from varne.compare.design import RESPONDERS, TOGETHER, WEATHER
from varne.compare.sensitivity import RANKS
from varne.duty_checking import duties_of_assessment
from varne.encounter.snapshots import take_snapshots
from varne.facts.subjects import WORDS
from varne.files.facts_file import toml_text
from varne.season.drivers import season_drivers
from varne.show.duty_page import duty_parts
from varne.show.language import Language
from varne.show.report import FOLLOWED, Pictures, report_page
from varne.show.report_curves import exceedance_plot, options_plot
from varne.show.report_drivers import drivers_plot
from varne.show.report_map import map_plot
from varne.show.report_season import season_page
from varne.show.report_season_pictures import arrivals_plot, one_event_plot, policies_plot
from varne.show.report_timeline import timeline_plot
from varne.show.why_answer import WhyAnswer
from varne.simulation import BACKTEST, LOOKED_BACK, Simulation
from varne.units import HOUR, MINUTE

_MAPPED = (1.0, 2.0, 4.0, 8.0)  # hours since the start at which the boat is drawn; our choice
_APART = 30 * MINUTE  # between two moments of a time line: ends of the kernel's blocks
# Subjects of designed runs that are not one table of facts.
_BESIDE = {
    TOGETHER: "hazards calibrated together",
    WEATHER: "the weather",
    RESPONDERS: "which responders come, and when",
}
_DRIVERS = 5  # numbers of which more than their direction is told; our choice


def assessment_report(assessment: Assessment, why: WhyAnswer | None, *, spoken: Language, command: str) -> str:
    """
    Write the report of an assessment as one page that needs nothing else.

    Parameters
    ----------
    assessment : Assessment
        From :func:`varne.assessment.assess`. [people]
    why : WhyAnswer or None
        From :func:`varne.explanation.explain`; its sections are left out without it. [1]
    spoken : Language
        Of the page, from :func:`varne.show.language.language`. [1]
    command : str
        With which it is computed again; it reads the scenario from ``scenario.toml``. [1]

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> from varne.assessment import assess
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.show.language import language
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9, "horizon": 6})
    >>> found = assess(question, members=(4, 2), options=["leave"])
    >>> page = assessment_report(found, None, spoken=language("fr"), command="varne assess")
    >>> page.startswith("<!doctype html>"), 'lang="fr"' in page
    (True, True)
    """
    scenario = assessment.scenario
    pictures = _pictures(assessment, why, spoken)
    text = scenario_text(scenario.as_written())
    told = duty_parts(duties_of_assessment(assessment), spoken)
    return report_page(
        assessment.answer,
        assessment.encounter,
        why,
        pictures,
        told=told,
        language=spoken,
        command=(command, text),
    )


def _pictures(assessment: Assessment, why: WhyAnswer | None, tongue: Language) -> Pictures:
    answer, setting = assessment.answer, assessment.setting
    horizon = assessment.scenario.horizon
    mapped = [hours * HOUR for hours in _MAPPED if hours * HOUR <= horizon]
    moments = np.arange(0.0, horizon + 1.0, _APART)
    places = take_snapshots(setting, mapped, draws=FOLLOWED[0], replicates=FOLLOWED[1])
    people = take_snapshots(setting, moments, draws=FOLLOWED[0], replicates=FOLLOWED[1])
    names = {name: tongue.say(words) for name, words in (WORDS | _BESIDE).items()}
    names |= {} if why is None else {name: tongue.say(fact.says) for name, fact in why.facts.items()}
    drivers = () if why is None else tuple(
        drivers_plot(one, tongue, names)
        for one in why.drives
        if one.outcome == "deaths" and one.scale == RANKS and one.reference is not None
    )  # fmt: skip
    return {
        "options": options_plot(answer, tongue),
        "exceedance": exceedance_plot(answer, tongue),
        "map": map_plot(places, setting, answer, tongue),
        "timeline": timeline_plot(people, answer, tongue),
        "drivers": drivers,
    }


def season_report(simulation: Simulation, *, spoken: Language, command: str) -> str:
    """
    Write the report of a season as one page that needs nothing else.

    Parameters
    ----------
    simulation : Simulation
        From :func:`varne.simulation.simulate`. [people]
    spoken : Language
        Of the page. [1]
    command : str
        With which it is computed again; it reads the policies from the files whose texts stand in the report. [1]

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> from varne.show.language import language
    >>> from varne.simulation import simulate
    >>> def nothing(plan, progress):
    ...     return empty_ledger(plan.levels.names, np.arange(4), 2, plan.week_starts, plan.years)
    >>> found = simulate(["as-it-was"], dates=("2024-07-01", "2024-07-07"), members="2x2", spread=nothing)
    >>> page = season_report(found, spoken=language("fr"), command="varne season")
    >>> page.startswith("<!doctype html>"), 'lang="fr"' in page
    (True, True)
    """
    answer = simulation.answer
    untold = [one.name for one in answer.policies if one.follows_from]
    given = season_drivers(simulation.ledger, simulation.plan, answer.reference, untold=untold, most=_DRIVERS)
    pictures = {
        "policies": policies_plot(answer, spoken),
        "one_event": one_event_plot(answer, spoken),
        "arrivals": arrivals_plot(answer, spoken),
    }
    own = answer.backtest.removesuffix(f"{BACKTEST} {LOOKED_BACK}").strip()
    scored = [line for line in (own, spoken.say(BACKTEST), spoken.say(LOOKED_BACK)) if line]
    return season_page(
        answer,
        simulation.plan.facts,
        given,
        pictures,
        language=spoken,
        scored=scored,
        again=(command, simulation.texts),
    )


def scenario_text(fields: dict[str, object]) -> str:
    """
    Write a scenario as the text of a file.

    Parameters
    ----------
    fields : dict
        From :meth:`varne.encounter.scenario.Scenario.as_written`. [unit]

    Returns
    -------
    str
        TOML.

    Examples
    --------
    >>> scenario_text({"people": 5, "options": ["leave"], "start": "sea"})
    'people = 5\\noptions = ["leave"]\\nstart = "sea"'
    """
    return "\n".join(f"{name} = {_toml(value)}" for name, value in fields.items() if value not in ([], {}))


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return toml_text(value)
        case list():
            return f"[{', '.join(_toml(one) for one in value)}]"
        case dict():
            return "{" + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + "}"
        case _:
            return repr(value)
