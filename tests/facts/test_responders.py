"""Who answers a call: classes and stations."""

from dataclasses import replace

import pytest

from varne.errors import BadFact, UnknownName
from varne.evidence import GRADES
from varne.facts.responders import COUNTRIES, NUMBERS, Station, VesselClass, stations, vessel_classes
from varne.units import in_si

CLASSES = vessel_classes()
FACTS = [fact for vessel in CLASSES.values() for fact in vessel.numbers.values()]
ROW = {
    "says": "A quay", "latitude": 51.0, "longitude": 1.5, "country": "uk", "vessels": ["severn"],
    "operator": "RNLI", "source": "Recalled", "grade": "assumed", "date": "2026-11-25",
}  # fmt: skip


def rows_of(vessel: VesselClass) -> dict[str, object]:
    """A class as it would stand in a file."""
    table: dict[str, object] = {"says": vessel.says, "operator": vessel.operator, "attends": vessel.attends}
    for key, fact in vessel.numbers.items():
        table[key] = {
            name: getattr(fact, name)
            for name in ("says", "value", "low", "high", "shape", "unit", "source", "grade", "date")
            if fact.shape != "exact" or name not in ("low", "high")
        }
    return table


def test_every_class_the_strait_needs_is_there() -> None:
    """The lifeboats, cutters, patrol boats, tug, ships and helicopter of the strait each have a class."""
    needed = {
        "severn", "trent", "shannon", "atlantic85", "d_class", "snsm_all_weather", "snsm_coastal",
        "border_force_cutter", "crew_transfer_vessel", "police_patrol_boat", "navy_patrol_vessel", "tug_abeille",
        "fishing_vessel", "cargo_ship", "sar_helicopter",
    }  # fmt: skip
    assert needed <= set(CLASSES)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_number_is_positive_and_names_its_source(fact) -> None:
    """No class has a number at or below zero, out of order, or without a source of its own."""
    assert 0 < fact.low <= fact.value <= fact.high
    assert fact.source.strip() and ".md" not in fact.source and ".csv" not in fact.source
    assert fact.grade in GRADES


@pytest.mark.parametrize("vessel", CLASSES.values(), ids=lambda vessel: vessel.name)
def test_night_is_never_readier_than_day(vessel) -> None:
    """A crew called by night is never under way sooner than by day."""
    day, night = vessel.numbers["readiness_day"], vessel.numbers["readiness_night"]
    assert (day.low, day.value, day.high) <= (night.low, night.value, night.high)


@pytest.mark.parametrize("vessel", CLASSES.values(), ids=lambda vessel: vessel.name)
def test_people_in_the_water_are_slower_to_lift_than_people_in_a_dinghy(vessel) -> None:
    """Lifting someone out of the water never goes faster than stepping off a floating dinghy."""
    assert vessel.numbers["recovery_rate"].value <= vessel.numbers["lift_rate"].value


def test_only_the_helicopter_is_faster_than_any_boat() -> None:
    """Boats stay below 40 knots and the helicopter above 100."""
    for name, vessel in CLASSES.items():
        fact = vessel.numbers["speed"]
        knots = in_si(fact.value, fact.unit) / in_si(1.0, "kn")
        assert knots > 100 if name == "sar_helicopter" else knots < 40


def test_a_class_survives_being_written_and_read() -> None:
    """Reading a class again from its own rows changes nothing."""
    for name, vessel in CLASSES.items():
        assert VesselClass.read(name, rows_of(vessel)) == vessel


def test_a_number_in_a_wrong_unit_is_refused() -> None:
    """A speed in kilograms is an error that names the fact and the unit."""
    table = rows_of(CLASSES["severn"])
    table["speed"] = {**table["speed"], "unit": "kg"}  # type: ignore[dict-item]
    with pytest.raises(BadFact, match=r"severn\.speed has unit 'kg'"):
        VesselClass.read("severn", table)


def test_a_number_that_varne_does_not_know_is_refused() -> None:
    """A misspelt number is an error that lists the numbers."""
    table = rows_of(CLASSES["severn"])
    table["sped"] = table["speed"]
    with pytest.raises(BadFact, match="'sped'; the numbers are speed"):
        VesselClass.read("severn", table)


def test_a_speed_of_zero_is_refused() -> None:
    """A speed that could be zero is an error: the responder would never come."""
    table = rows_of(CLASSES["severn"])
    table["speed"] = {**table["speed"], "low": 0.0}  # type: ignore[dict-item]
    with pytest.raises(BadFact, match="above 0"):
        VesselClass.read("severn", table)


def test_every_station_lies_in_the_strait_with_a_vessel() -> None:
    """Each station lies between Newhaven and Ostend, in a known country, with at least one vessel."""
    for station in stations().values():
        assert 50.3 < station.latitude < 51.6
        assert 0.0 < station.longitude < 3.0
        assert station.country in COUNTRIES
        assert station.vessels
        assert station.source.strip()


def test_both_shores_have_lifeboats() -> None:
    """The strait is served from both sides."""
    served = {
        (station.country, vessel.operator)
        for station in stations().values()
        for vessel in station.vessels
        if vessel.operator in ("RNLI", "SNSM")
    }
    assert served == {("uk", "RNLI"), ("fr", "SNSM")}


def test_a_recalled_number_is_never_called_published() -> None:
    """What was only recalled carries the grade assumed."""
    for fact in FACTS:
        if "recalled" in fact.source.lower():
            assert fact.grade == "assumed", fact.name
    for station in stations().values():
        if "recalled" in station.source.lower():
            assert station.grade == "assumed", station.name


@pytest.mark.parametrize(
    ("field", "value", "error", "words"),
    [
        ("vessels", ["sevren"], UnknownName, "did you mean 'severn'"),
        ("country", "nl", BadFact, "country 'nl'"),
        ("latitude", 151.0, BadFact, "latitude 151.0"),
        ("longitude", "east", BadFact, "longitude 'east'"),
        ("grade", "rumour", BadFact, "grade 'rumour'"),
        ("source", "", BadFact, "no source"),
        ("harbour", "deep", BadFact, "field 'harbour'"),
    ],
)
def test_a_bad_station_is_refused_in_words(field, value, error, words) -> None:
    """A station with a wrong field is one error that names the field and quotes the value."""
    with pytest.raises(error, match=words):
        Station.read("quay", {**ROW, field: value}, CLASSES)


def test_classes_and_stations_are_frozen() -> None:
    """Nothing can change a station after it was read."""
    station = stations()["dover"]
    with pytest.raises(AttributeError):
        station.latitude = 0.0  # type: ignore[misc]
    assert replace(station) == station


def test_every_class_has_the_same_numbers() -> None:
    """Any class can stand in for any other."""
    assert all(set(vessel.numbers) == set(NUMBERS) for vessel in CLASSES.values())
