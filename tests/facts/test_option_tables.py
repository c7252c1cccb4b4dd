"""The rows of the response options."""

import pytest

from varne.encounter.options import read_options
from varne.errors import BadFact
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import shipped_facts


def test_nine_options_are_shipped():
    """Those that the question is about, each with what it means in a sentence."""
    rows = shipped_option_rows()["options"]
    names = "leave monitor escort flotation rescue shallow divert jam board"
    assert list(rows) == names.split()
    assert all(row["says"].endswith(".") for row in rows.values())


def test_every_number_of_force_is_a_fact():
    """The effects of the options that governments propose stand among the facts, with source and grade."""
    options = read_options(shipped_option_rows(), shipped_facts())
    for name in ("shallow", "divert", "jam", "board"):
        assert options[name].grade(shipped_facts()) == "assumed"
        assert len(options[name].facts) >= 4
    assert options["leave"].phases == ()


def test_an_option_of_the_user_is_added_or_replaces():
    """The shipped rows are not changed; one of the same name is the user's."""
    shipped = shipped_option_rows()
    before = dict(shipped["options"])
    drone = {"says": "A drone watches.", "responder": "none"}
    assert with_user_options(shipped, {"drone": drone})["options"]["drone"] == drone
    assert with_user_options(shipped, {"leave": drone})["options"]["leave"] == drone
    assert shipped["options"] == before


def test_what_is_no_table_is_refused():
    """The error quotes it and says how an option is written."""
    with pytest.raises(BadFact, match=r"Option 'drone' is 5; write it as a table \[options\.drone\]"):
        with_user_options(shipped_option_rows(), {"drone": 5})
