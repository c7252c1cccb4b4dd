"""The sea that a user brings to a question: which file gives what, and how well it agrees with observations."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import chi2

from varne.atlas.charts import Window
from varne.earth import distance
from varne.encounter.scenario import Scenario
from varne.errors import BadFile, BadScenario, NoData
from varne.evidence import Fact
from varne.facts.tables import Facts
from varne.files.buoys import read_observations
from varne.files.cf_open import Opened, open_files
from varne.files.cf_report import understand
from varne.files.cf_series import nothing_found
from varne.files.cf_window import common_realizations, read_window
from varne.files.traffic_file import read_traffic
from varne.sea.error_update import CHECKED, ForecastError, learn
from varne.sea.field import COMPONENTS, Field, Source
from varne.sea.forecast_check import check
from varne.sea.observations import Observations, as_fields
from varne.sea.traffic import TrafficGrid, beside_embedded
from varne.units import in_si
from varne.when import format_time

_AROUND = 0.01  # the window read at a buoy reaches this far on each side [deg]
_MUST_HAVE = 2e3  # and sea this near must have values [m]
_LOW, _HIGH = 0.05, 0.95  # exact: ends of a 90 % interval


@dataclass(frozen=True, slots=True)
class Brought:
    """What a question uses of the user's own sea; empty when it names no files."""

    fields: Mapping[str, Field]  # by quantity
    facts: Facts  # with the errors of forecasts as checks against observations have them
    traffic: TrafficGrid | None


def bring(scenario: Scenario, window: Window, facts: Facts) -> Brought:
    """
    Read what a question needs of the files it names: the window and the hours, once.

    A file named for a quantity gives that; a file named for any gives what no other gives and the scenario does not
    say. Observations of a quantity that a forecast gives check it: its bias is taken off as far as it is sure, and its
    error becomes what the check says. Observations of a quantity that nothing else gives are its source.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    window : Window
        What a boat can reach. [deg]
    facts : Facts
        Numbers about the world. [unit]

    Returns
    -------
    Brought

    Raises
    ------
    BadFile, NoData
        If a file cannot be read, understood, or does not cover the question.
    BadScenario
        If something is given both by the scenario and by a file named for it.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9})
    >>> bring(question, Window(1.0, 2.0, 50.5, 51.5), shipped_facts()).fields
    {}
    """
    fields: dict[str, Field] = {}
    seen = [read_observations(Path(name)) for name in scenario.sea.observations]
    seen.sort(key=lambda one: _away(one, scenario))
    for quantity in COMPONENTS:
        names = getattr(scenario.sea, quantity)
        if names:
            _check_given_once(scenario, quantity, names)
            with open_files(names) as opened:
                fields[quantity], facts = _forecast(opened, quantity, scenario, window, facts, seen)
    if scenario.sea.any:
        with open_files(scenario.sea.any) as opened:
            for quantity in _wanted_of(opened, scenario, fields):
                fields[quantity], facts = _forecast(opened, quantity, scenario, window, facts, seen)
    common_realizations(list(fields.values()))
    for one in seen:
        fields |= _taken_from(one, fields, scenario, facts)
    if (scenario.waves is not None or "waves" in fields) and (scenario.swell is not None or "swell" in fields):
        raise BadScenario("Waves are all of the sea, swell too; leave out the swell, or the waves to have them raised.")
    ships = [read_traffic(Path(name), facts=facts) for name in scenario.sea.traffic]
    if len(ships) > 1:
        raise BadScenario(f"sea names {len(ships)} files of traffic; count them into one with `varne sea traffic`.")
    return Brought(fields, facts, beside_embedded(ships[0]) if ships else None)


def _away(one: Observations, scenario: Scenario) -> float:
    if one.place is None:
        raise BadFile(f"{one.station} has no position, and its file gives none; add columns latitude and longitude.")
    return float(distance(*one.place, *scenario.position))


def _taken_from(one: Observations, fields: Mapping[str, Field], scenario: Scenario, facts: Facts) -> dict[str, Field]:
    """What is observed of quantities that nothing else gives; who adds nothing and checks nothing is refused."""
    observed = [quantity for quantity in CHECKED if _observes(one, quantity)]
    wanted = [name for name in observed if name not in fields and getattr(scenario, name) is None]
    away = _away(one, scenario) / 1000.0
    if any(f"checked against {one.station}" in fields[name].source.says for name in observed if name in fields):
        wanted = wanted if away <= facts["forecast.report_reach"].value else []
        if not wanted:
            return {}
    if not wanted:
        has = f"{', '.join(observed)}, given otherwise" if observed else "nothing of wind, waves, water or air"
        raise BadFile(f"Nothing is taken from {one.station}, which observes {has}; leave it out.")
    if away > facts["forecast.report_reach"].value:
        raise BadFile(
            f"{one.station} lies {away:.0f} km from the boat; observations within "
            f"{facts['forecast.report_reach'].value:g} km are taken for the sea around it: leave it out."
        )
    reports = as_fields(one, start=scenario.time, duration=scenario.horizon, facts=facts, quantities=wanted)
    says = f"; {away:.0f} km from the boat, held after its last report"
    return {
        name: replace(field, source=Source(field.source.says + says, field.source.grade))
        for name, field in reports.items()
    }


def _observes(one: Observations, quantity: str) -> bool:
    values = {"wind": one.wind_speed, "waves": one.wave_height, "water": one.water, "air": one.air}[quantity]
    return bool(np.isfinite(values).any())


def compare(opened: Opened, quantity: str, observations: Observations) -> Field:
    """
    Read a forecast where and when a buoy observed.

    Parameters
    ----------
    opened : Opened
        Files of a forecast. [1]
    quantity : str
        A key of :data:`varne.sea.field.COMPONENTS`. [1]
    observations : Observations
        At a place. [SI]

    Returns
    -------
    Field
        Over the time in common.

    Raises
    ------
    BadFile, NoData
        If the place of the buoy is not known, or place or times are not covered.

    Examples
    --------
    >>> from varne.sea.observations import Observations
    >>> compare(Opened(()), "wind", Observations("x", None, *[np.zeros(0)] * 8, Source("", ""), None, ()))
    Traceback (most recent call last):
    varne.errors.BadFile: x has no position, and its file gives none; give it with --at.
    """
    if observations.place is None:
        raise BadFile(f"{observations.station} has no position, and its file gives none; give it with --at.")
    found = {one.quantity: one for one in understand(opened).found}
    if quantity not in found:
        raise NoData(f"{', '.join(opened.files)} has no {quantity} to compare with {observations.station}.")
    start = max(found[quantity].first, float(observations.times[0]))
    end = min(found[quantity].last, float(observations.times[-1]))
    if end < start:
        raise NoData(f"{', '.join(opened.files)} and {observations.station} have no time in common.")
    latitude, longitude = observations.place
    window = Window(longitude - _AROUND, longitude + _AROUND, latitude - _AROUND, latitude + _AROUND)
    return read_window(
        opened, quantity, window, start=start, duration=end - start, spacing=_AROUND, place=observations.place,
        within=_MUST_HAVE,
    )  # fmt: skip


def _check_given_once(scenario: Scenario, quantity: str, names: tuple[str, ...]) -> None:
    if getattr(scenario, quantity, None) is not None:
        raise BadScenario(f"{quantity} is given as a value and by the file {names[0]}; leave one of them out.")


def _wanted_of(opened: Opened, scenario: Scenario, fields: Mapping[str, Field]) -> list[str]:
    """What files named for any are asked for: all that they have and nothing else says. Swell is part of waves."""
    known = understand(opened)
    found = [one.quantity for one in known.found]
    given = {one for one in COMPONENTS if one in fields or getattr(scenario, one, None) is not None}
    if "waves" in given or "waves" in found:
        given.add("swell")
    wanted = [one for one in found if one not in given]
    refused = [one.why for one in known.lacking if one.why and one.quantity not in given]
    if refused:  # what is begun in a file is never left out without a word
        raise BadFile(refused[0])
    read = {file for one in known.found if one.quantity in wanted for file in one.files}
    idle = [file for file in opened.files if file not in read]
    if idle:
        has = [one.quantity for one in known.found if idle[0] in one.files]
        why = f"what it has ({', '.join(has)}) is given otherwise" if has else nothing_found(opened).rstrip(".")
        raise BadFile(f"Nothing is taken from {idle[0]}: {why}; leave it out.")
    return wanted


def _forecast(
    opened: Opened, quantity: str, scenario: Scenario, window: Window, facts: Facts, seen: list[Observations]
) -> tuple[Field, Facts]:
    """Read a forecast, and let those who observed the same near by say how far it is off."""
    field = read_window(
        opened, quantity, window, start=scenario.time, duration=scenario.horizon, place=scenario.position
    )
    says = field.source.says
    if field.issued is None and quantity in ("wind", "waves"):
        says += "; it does not say when it was made: taken as made at the start of the encounter"
    elif field.issued is not None and field.issued > scenario.time:
        says += f"; made at {format_time(field.issued)}, after the encounter began"
    checked = False
    for one in seen if quantity in CHECKED else ():
        away = _away(one, scenario)
        try:
            if not _observes(one, quantity):
                continue
            if checked:  # two buoys of one weather are not two proofs
                raise BadFile("a nearer one checks it.")
            if away > _si(facts["forecast.report_reach"]):
                raise BadFile(f"it lies {away / 1000.0:.0f} km from the boat.")
            there = compare(opened, quantity, one)
            learned = learn(check(one, there), there, facts)
            if min(error.pairs for error in learned) <= 0.0:
                raise BadFile("too few independent pairs to tell.")
        except (BadFile, NoData) as reason:
            says += f"; not checked against {one.station}: {str(reason).rstrip('.')}"
            continue
        checked = True
        alike = _alike(quantity, away, facts)
        field = _freed_of_bias(field, learned, alike)
        facts = facts.replaced({CHECKED[quantity][1]: _after(facts[CHECKED[quantity][1]], learned, alike, one.station)})
        says += f"; checked against {one.station} ({min(error.pairs for error in learned):.0f} independent pairs)"
    return replace(field, source=Source(says, field.source.grade)), facts


def _alike(quantity: str, away: float, facts: Facts) -> float:
    """How much of the error at a buoy is that at the boat: it is forgotten with distance as errors are."""
    name = {"wind": "forecast.wind_error_length", "waves": "forecast.wave_error_length"}.get(quantity)
    length = _si(facts[name or "forecast.report_reach"])
    return math.exp(-(away**2) / (2.0 * length**2))


def _si(fact: Fact) -> float:
    return in_si(fact.value, fact.unit)


def _freed_of_bias(field: Field, learned: list[ForecastError], alike: float) -> Field:
    """
    The forecast without the bias that the check found, the less the further the buoy lies from the boat.

    Components of the wind and temperatures are moved; the height of waves has a factor, and their period its root.
    """
    values = field.values.copy()
    if field.quantity == "waves":
        factor = math.exp(-alike * learned[0].bias)
        values[..., 0] *= factor
        values[..., 1] *= math.sqrt(factor)
    else:
        for component, error in enumerate(learned):
            values[..., component] -= alike * error.bias
    return replace(field, values=values)


def _after(fact: Fact, learned: list[ForecastError], alike: float, station: str) -> Fact:
    """The error of a forecast after a check: the worst of its components, with the bias that is left in it."""
    left = [math.hypot(error.spread, (1.0 - alike) * error.bias) for error in learned]
    worst = learned[int(np.argmax(left))]
    scale = max(left) / in_si(1.0, fact.unit)
    prior_low, prior_high = fact.low / fact.value, fact.high / fact.value
    low, high = (float(np.sqrt(worst.pairs / chi2.ppf(end, worst.pairs))) for end in (_HIGH, _LOW))
    return replace(
        fact,
        value=scale,
        low=scale * max(low, prior_low),
        high=scale * min(high, prior_high),
        source=f"Checked against {station}, {worst.pairs:.0f} independent pairs; before: {fact.source}",
        grade="derived",
    )
