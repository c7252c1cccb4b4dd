"""The records of the kernel."""

import numpy as np
import pytest

from varne.encounter import records
from varne.encounter.options import PHASE
from varne.encounter.records import BOAT, BODIES, BY_DRAW, CLASSES, MASSES, World

RECORDS = {name: kind for name, kind in vars(records).items() if isinstance(kind, np.dtype)} | {"PHASE": PHASE}


def test_there_are_records() -> None:
    """Weather, boat, responder, luck, state and outcome are all looked at."""
    assert set(RECORDS) >= {"WEATHER", "BOAT", "RESPONDER", "LUCK", "STATE", "OUTCOME", "PHASE"}


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_field_is_a_double(name: str) -> None:
    """Every field of every record is float64, alone or as a table, so that no unit is ever rounded on the way."""
    for field in RECORDS[name].names:
        assert RECORDS[name][field].base == np.float64, field


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_field_is_its_own(name: str) -> None:
    """No two fields share a name or a byte: together they are as long as the record."""
    kind = RECORDS[name]
    assert len(set(kind.names)) == len(kind.names)
    assert sum(kind[field].itemsize for field in kind.names) == kind.itemsize


def test_what_has_a_place_for_each_draw_is_in_the_world() -> None:
    """BY_DRAW names fields of World, each once."""
    assert set(BY_DRAW) <= set(World._fields)
    assert len(set(BY_DRAW)) == len(BY_DRAW)


def test_tables_have_the_length_they_say() -> None:
    """The boat's table has a place for every mass, and each body two classes."""
    assert BOAT["drafts"].shape == (MASSES,)
    assert CLASSES == 2 * BODIES
