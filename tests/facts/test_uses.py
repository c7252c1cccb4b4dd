"""Who uses a fact."""

from varne.encounter.options import read_options
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts
from varne.facts.uses import OF_AN_ENCOUNTER, read_by_code, readers

# Numbers that wait for what is not built yet, or stand beside a number for whoever checks it.
WAITING = {
    "boat.length", "boat.engine_weight_share", "boat.immersed_share", "cost.deal_2023_26", "cost.rwanda_scheme",
    "cost.rwanda_person", "cost.border_force_vessels", "leeway.person_downwind", "leeway.person_crosswind",
    "leeway.person_scatter", "leeway.jibe_rate", "people.man_height", "people.woman_height", "people.child_height",
    "rescue.drift_spread", "rescue.boat_sweep_width_day", "sea.wind_drift", "search.small_length",
    "search.large_moderate", "search.large_rough", "search.fatigue", "waves.dying_time",
}  # fmt: skip


def test_every_fact_is_used_or_is_known_to_wait():
    """A number that nothing reads is not carried along unnoticed."""
    facts = shipped_facts()
    of_options = {name for one in read_options(shipped_option_rows(), facts).values() for name in one.facts}
    unused = {fact.name for fact in facts if not readers(fact.name) and fact.name not in of_options}
    assert unused == WAITING


def test_names_with_a_gap_are_found():
    """A name that the code puts together is read where it is put together, and only numbers that it can mean."""
    assert [one.file for one in readers("forecast.wind_error_memory")] == ["outlook.py"]
    assert "outlook.py" not in [one.file for one in readers("leeway.offset_scatter")]


def test_effects_are_read_by_options_and_never_by_code():
    """The engine does not know the numbers of its guests."""
    assert not [name for name in read_by_code() if name.startswith("effect.")]


def test_a_file_says_what_it_is_about():
    """Whoever asks is told in words."""
    (source,) = readers("crowd.typical_share")
    assert source.part in OF_AN_ENCOUNTER
    assert source.says.startswith("What can kill on the way")
