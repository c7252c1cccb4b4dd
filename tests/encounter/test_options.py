"""Response options as data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.encounter.options import MOST_PHASES, NO_EFFECT, chosen, phase_table, read_options, weakest
from varne.errors import BadFact, UnknownName
from varne.evidence import GRADES
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import shipped_facts


def read(row):
    rows = with_user_options(shipped_option_rows(), {"own": row})
    return read_options(rows, shipped_facts())["own"]


ROW = {"says": "Mine.", "responder": "sent", "phases": [{"name": "watch", "stand_off": "300 m"}]}


def test_shipped_options_are_read_whole():
    """Each multiplier of a shipped option is a fact; stand-offs are plain numbers."""
    options = read_options(shipped_option_rows(), shipped_facts())
    table = phase_table(list(options.values()), shipped_facts().drawn(4, 1))
    assert table.shape == (4, 9, MOST_PHASES)
    assert (table["stand_off"][:, list(options).index("monitor"), 0] == 926.0).all()
    for option in options.values():
        for phase in (*option.phases, option.after_stop):
            for name in ("crowd_shift", "structure", "overboard", "crush", "swamping", "resistance"):
                assert name not in phase.numbers, "an effect is a fact with source and grade"


def test_what_a_row_leaves_out_has_no_effect():
    """Multipliers are then 1 and everything else 0; the last phase lasts until all are safe."""
    table = phase_table([read(ROW)], shipped_facts().drawn(2, 1))
    for name, value in NO_EFFECT.items():
        if name != "stand_off":
            assert (table[name][:, 0, 0] == value).all(), name
    for name in ("crowd_shift", "structure", "overboard", "crush", "swamping", "resistance"):
        assert NO_EFFECT[name] == 1.0


def test_a_drawn_fact_is_used_in_its_draw():
    """Each draw has its own effect, the one drawn for its fact."""
    known = shipped_facts().drawn(5, 1)
    row = {**ROW, "phases": [{"name": "x", "crowd_shift": "effect.crowd_escort"}]}
    assert np.array_equal(phase_table([read(row)], known)["crowd_shift"][:, 0, 0], known["effect_crowd_escort"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "field 'colour'"),
        ({"says": ""}, "add says"),
        ({"responder": "drone"}, "responder 'drone'"),
        ({"phases": []}, "has no phases"),
        ({"phases": [{"name": "x"}] * MOST_PHASES}, "at most"),
        ({"phases": [{"stand_of": "3 m"}]}, "field 'stand_of'"),
        ({"phases": [{"stand_off": "near"}]}, "neither a quantity nor a fact"),
        ({"phases": [{"stand_off": "-3 m"}]}, "neither a quantity nor a fact"),
        ({"phases": [{"stand_off": -3}]}, "neither a quantity nor a fact"),
        ({"phases": [{"stand_off": True}]}, "neither a quantity nor a fact"),
        ({"phases": [{"stand_off": float("nan")}]}, "neither a quantity nor a fact"),
        ({"phases": [{"stand_off": "3 parsec"}]}, "parsec"),
        ({"phases": [{"crowd_shift": "effect.crowd_escrot"}]}, "neither a quantity nor a fact"),
        ({"applies_within": "far"}, "applies_within"),
    ],
)
def test_a_wrong_row_is_refused(change, says):
    """One sentence that names the option or its phase and quotes what is wrong."""
    with pytest.raises(BadFact) as refused:
        read({**ROW, **change})
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_option_gets_a_suggestion():
    """The options there are, and the one that was probably meant."""
    options = read_options(shipped_option_rows(), shipped_facts())
    with pytest.raises(UnknownName, match=r"did you mean 'escort'.*leave, monitor"):
        chosen(options, ["leave", "escrot"])
    assert [option.name for option in chosen(options, ["jam", "leave"])] == ["jam", "leave"]
    assert [option.name for option in chosen(options, [])] == list(options)


@given(grades=st.lists(st.sampled_from(GRADES), min_size=1))
def test_an_answer_is_as_weak_as_its_weakest_number(grades):
    """No grade is better than any of its parts."""
    assert all(GRADES.index(weakest(grades)) >= GRADES.index(grade) for grade in grades)
    assert weakest(grades) in grades
