"""The sea that a user brings to a question: which file gives what, and how well it agrees with observations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import chi2

from varne.atlas.charts import Window
from varne.encounter.scenario import Scenario
from varne.errors import BadFile, BadScenario, NoData
from varne.evidence import Fact
from varne.facts.tables import Facts
from varne.files.buoys import read_observations
from varne.files.cf_open import Opened, open_files
from varne.files.cf_report import understand
from varne.files.cf_window import common_realizations, read_window
from varne.files.traffic_file import read_traffic
from varne.sea.error_update import ForecastError, widen
from varne.sea.field import COMPONENTS, Field, Source
from varne.sea.forecast_check import check
from varne.sea.observations import Observations, as_fields
from varne.sea.traffic import TrafficGrid
from varne.units import in_si

_AROUND = 0.01  # the window read at a buoy reaches this far on each side [deg]
_MUST_HAVE = 2e3  # and sea this near must have values [m]
# For each quantity that a buoy observes: the measures of a check, the fact of its error, and that of the instrument.
_CHECKED = {
    "wind": (("towards east", "towards north"), "forecast.wind_error_start", "forecast.wind_instrument"),
    "waves": (("log height",), "forecast.wave_error_start", "forecast.wave_instrument"),
    "water": (("temperature",), "forecast.water_error", "forecast.temperature_instrument"),
    "air": (("temperature",), "forecast.air_error", "forecast.temperature_instrument"),
}
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
        lacking = {quantity for quantity in _CHECKED if quantity not in fields and getattr(scenario, quantity) is None}
        if lacking:
            reports = as_fields(one, start=scenario.time, duration=scenario.horizon, facts=facts)
            fields |= {quantity: field for quantity, field in reports.items() if quantity in lacking}
    ships = [read_traffic(Path(name), facts=facts) for name in scenario.sea.traffic]
    if len(ships) > 1:
        raise BadScenario(f"sea names {len(ships)} files of traffic; count them into one with `varne sea traffic`.")
    return Brought(fields, facts, ships[0] if ships else None)


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
    """What files named for any are asked for: what they have and nothing else says; swell only where waves lack."""
    found = [one.quantity for one in understand(opened).found]
    wanted = [one for one in found if one not in fields and getattr(scenario, one, None) is None]
    if "waves" in wanted or "waves" in fields or scenario.waves is not None:
        wanted = [one for one in wanted if one != "swell"]
    if not wanted:
        read = f"of {', '.join(found)}, which are given otherwise" if found else "that Varne understands"
        raise BadFile(
            f"Nothing is taken from {', '.join(opened.files)}: it has nothing but values {read}; leave it out."
        )
    return wanted


def _forecast(
    opened: Opened, quantity: str, scenario: Scenario, window: Window, facts: Facts, seen: list[Observations]
) -> tuple[Field, Facts]:
    field = read_window(
        opened, quantity, window, start=scenario.time, duration=scenario.horizon, place=scenario.position
    )
    says = field.source.says
    if field.issued is None and quantity in ("wind", "waves"):
        says += "; it does not say when it was made: taken as made at the start of the encounter"
    for one in seen if quantity in _CHECKED else ():
        try:
            found = check(one, compare(opened, quantity, one))
        except (BadFile, NoData) as reason:
            says += f"; not checked against {one.station}: {reason}"
            continue
        measures, fact, instrument = _CHECKED[quantity]
        scores = [score for name in measures for score in found.scores if score.measure == name]
        learned = [
            widen(
                _si(facts[fact]), score, weight=facts["forecast.prior_weight"].value, instrument=_si(facts[instrument])
            )
            for score in scores
        ]
        field = _freed_of_bias(field, learned)
        facts = facts.replaced({fact: _learned(facts[fact], learned, one.station)})
        pairs = min(error.pairs for error in learned)
        says += f"; checked against {one.station} ({pairs:.0f} independent pairs)"
    return replace(field, source=Source(says, field.source.grade)), facts


def _si(fact: Fact) -> float:
    return in_si(fact.value, fact.unit)


def _freed_of_bias(field: Field, learned: list[ForecastError]) -> Field:
    """The forecast without the bias that the check found: components of the wind, the height of waves by a factor."""
    values = field.values.copy()
    if field.quantity == "waves":
        values[..., 0] *= np.exp(-learned[0].bias)
    else:
        for component, error in enumerate(learned):
            values[..., component] -= error.bias
    return replace(field, values=values)


def _learned(fact: Fact, learned: list[ForecastError], station: str) -> Fact:
    """The error of a forecast after a check: the worst of its components, surer by the pairs behind it."""
    worst = max(learned, key=lambda error: error.spread)
    if worst.pairs <= 0.0:
        return fact
    scale = worst.spread / in_si(1.0, fact.unit)
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
