"""The question: what is refused, and how."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varne.encounter.scenario import Scenario
from varne.encounter.setting import find_place
from varne.errors import BadScenario, VarneError
from varne.units import HOUR, KNOT

GOOD = {
    "position": "51 03.0N 001 38.0E",
    "time": "2026-03-14T02:30Z",
    "people": 50,
    "length": 9,
}

# A slip of the pen, the field that must be named, the value that must be quoted, the remedy that must be said.
SLIPS = [
    ({"people": 0}, "people", "0", "from 1 to 250"),
    ({"people": 500}, "people", "500", "from 1 to 250"),
    ({"people": True}, "people", "True", "whole number"),
    ({"people": 50.5}, "people", "50.5", "whole number"),
    ({"people": "fifty"}, "people", "'fifty'", "whole number"),
    ({"people": float("nan")}, "people", "nan", "whole number"),
    ({"length": 90}, "length", "90", "from 3 to 20 m"),
    ({"length": "90 m"}, "length", "'90 m'", "from 3 to 20 m"),
    ({"length": "9 kg"}, "length", "'9 kg'", "write it in m"),
    ({"length": math.nan}, "length", "nan", "write it as"),
    ({"length": math.inf}, "length", "inf", "write it as"),
    ({"length": True}, "length", "True", "write a number of m"),
    ({"length": None}, "length", "None", "write a number of m"),
    ({"water": 50}, "water", "50", "from -1 to 26 degC"),
    ({"water": math.nan}, "water", "nan", "write it as"),
    ({"air": -60}, "air", "-60", "from -15 to 40 degC"),
    ({"people": 5, "children": 9}, "children", "9", "Mend one"),
    ({"people": 5, "children": 3, "women": 3}, "women is 3 and children", "3", "Mend one"),
    ({"people": 5, "jackets": 6}, "jackets", "6", "count one a person"),
    ({"jackets": -1}, "jackets", "-1", "greater than or equal to 0"),
    ({"women": True}, "women", "True", "valid integer"),
    ({"horizon": 0}, "horizon", "0", "from 1 to 72 h"),
    ({"horizon": math.inf}, "horizon", "inf", "write it as"),
    ({"wind": "nowhere 12 kn"}, "wind", "'nowhere 12 kn'", "WSW 12 kn"),
    ({"wind": "from nowhere"}, "wind", "'from nowhere'", "WSW 12 kn"),
    ({"wind": "XYZ 12 kn"}, "wind", "'XYZ 12 kn'", "WSW 12 kn"),
    ({"wind": "WSW 120 kn"}, "wind", "'WSW 120 kn'", "from 0 to 64 kn"),
    ({"wind": "400 deg 12 kn"}, "wind", "'400 deg 12 kn'", "from 0 to 360"),
    ({"wind": "W -5 kn"}, "wind", "'W -5 kn'", "from 0 to 64 kn"),
    ({"waves": "30 m"}, "waves", "'30 m'", "from 0 to 12 m"),
    ({"waves": math.nan}, "waves", "nan", "0.8 m 4 s"),
    ({"waves": "0.8 m 90 s"}, "period", "90", "from 1 to 25 s"),
    ({"waves": True}, "waves", "True", "0.8 m 4 s"),
    ({"time": "soon"}, "Time", "'soon'", "2026-03-14T02:30Z"),
    ({"time": True}, "Time", "True", "2026-03-14T02:30Z"),
    ({"time": math.nan}, "Time", "nan", "2026-03-14T02:30Z"),
    ({"time": None}, "Time", "None", "2026-03-14T02:30Z"),
    ({"responders": [{"vessel": "x"}]}, "responders.0.position", "position", "a responder needs"),
    ({"position": "Dover"}, "Position", "'Dover'", "51 03.0N 001 38.0E"),
    ({"position": [51.0, math.nan]}, "Position", "nan", "51 03.0N 001 38.0E"),
    ({"position": 51}, "position", "51", "51 03.0N 001 38.0E"),
    ({"peple": 50}, "'peple'", "peple", "did you mean 'people'"),
    ({"colour": "red"}, "'colour'", "colour", "the fields are"),
    ({"start": "port"}, "start", "'port'", "beach"),
    ({"responders": [{"vesel": "x", "position": "51N 1E"}]}, "vesel", "vesel", "vessel"),
    ({"nationality": "any"}, "'nationality'", "nationality", "the fields are"),
]


@pytest.mark.parametrize(("slip", "field", "value", "remedy"), SLIPS, ids=[str(slip[0]) for slip in SLIPS])
def test_a_slip_of_the_pen_gets_one_sentence(slip, field, value, remedy):
    """It names the field, quotes the value and says the remedy, on one line."""
    with pytest.raises(BadScenario) as refused:
        Scenario.of({**GOOD, **slip})
    said = str(refused.value)
    assert field in said
    assert value in said
    assert remedy in said
    assert "\n" not in said


@pytest.mark.parametrize("field", sorted(GOOD))
def test_a_missing_field_is_named(field):
    """What a scenario needs is said."""
    with pytest.raises(BadScenario, match=f"{field} is missing; a scenario needs position, time, people and length"):
        Scenario.of({key: value for key, value in GOOD.items() if key != field})


@pytest.mark.parametrize(
    ("position", "says"),
    [("51 07N 000 50E", "land"), ("50 50N 002 20E", "land"), ("40N 10W", "outside"), ("55N 3E", "outside")],
)
def test_a_boat_on_land_or_in_another_sea_is_refused(position, says):
    """The place is quoted; it is never moved to the nearest water in silence."""
    with pytest.raises(BadScenario) as refused:
        find_place(Scenario.of({**GOOD, "position": position}))
    assert says in str(refused.value).lower()


@pytest.mark.parametrize("time", ["1949-12-31T00:00Z", "2101-01-01T00:00Z", "2150-06-01T12:00Z"])
def test_a_date_outside_the_tide_tables_is_refused(time):
    """The tables hold from 1950 to 2100."""
    with pytest.raises(BadScenario, match="1950"):
        find_place(Scenario.of({**GOOD, "time": time}))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.toml", "", "missing; a scenario needs position, time, people and length"),
        ("slip.toml", "people = = 5\n", "Mend that line"),
        ("slip.json", '{"people": }', "Mend that line"),
        ("list.json", "[1, 2]", "holds no fields"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, says):
    """The error says which file, and what to do."""
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(BadScenario) as refused:
        Scenario.read(path)
    assert says in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    """Bytes are not decoded by guessing."""
    path = tmp_path / "boat.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadScenario, match="not UTF-8"):
        Scenario.read(path)


def test_toml_json_and_fields_are_one_question(tmp_path):
    """The same question however it is written."""
    fields = {**GOOD, "wind": "WSW 12 kn", "waves": "0.8 m 4 s", "water": "7 degC"}
    question = Scenario.of(fields)
    (tmp_path / "boat.json").write_text(json.dumps(fields))
    (tmp_path / "boat.toml").write_text("".join(f"{key} = {json.dumps(value)}\n" for key, value in fields.items()))
    assert Scenario.read(tmp_path / "boat.json") == question
    assert Scenario.read(tmp_path / "boat.toml") == question
    assert question.wind[0] == pytest.approx(12 * KNOT)
    assert question.horizon == 24 * HOUR


@settings(max_examples=60, deadline=None)
@given(
    people=st.integers(1, 250),
    women=st.none() | st.integers(0, 5),
    length=st.floats(3.0, 20.0),
    wind=st.none() | st.tuples(st.integers(0, 359), st.integers(0, 64)),
    waves=st.none() | st.floats(0.0, 12.0).map(lambda height: f"{height:.2f} m"),
    water=st.none() | st.floats(-1.0, 26.0),
    minutes=st.integers(-10_000_000, 60_000_000),
    horizon=st.floats(1.0, 72.0),
)
def test_writing_and_reading_is_a_round_trip(people, women, length, wind, waves, water, minutes, horizon):
    """A question survives being written: an answer can be computed again from what it holds."""
    fields = {
        **GOOD, "people": people, "length": length, "wind": wind and f"{wind[0]} deg {wind[1]} kn", "waves": waves,
        "water": water, "time": 60.0 * minutes, "horizon": horizon, "women": women and min(women, people),
    }  # fmt: skip
    question = Scenario.of({key: value for key, value in fields.items() if value is not None})
    again = Scenario.of(json.loads(json.dumps(question.as_written())))
    assert again.model_dump(exclude={"wind", "horizon"}) == question.model_dump(exclude={"wind", "horizon"})
    assert again.horizon == pytest.approx(question.horizon, rel=1e-12)
    if wind is not None:
        assert again.wind == pytest.approx(question.wind, rel=1e-5)


def test_there_is_no_field_for_a_person():
    """Counts only: no name, face, nationality or telephone number can be given."""
    fields = set(Scenario.model_fields)
    assert not fields & {"name", "names", "nationality", "phone", "telephone", "face", "age", "passport"}


junk = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.lists(st.integers(), max_size=3)
)


@settings(max_examples=300, deadline=None)
@given(field=st.sampled_from(sorted(Scenario.model_fields)), value=junk)
def test_whatever_is_written_is_taken_or_refused(field, value):
    """No junk in any field raises anything but an error of ours in one line."""
    try:
        Scenario.of({**GOOD, field: value})
    except VarneError as refused:
        assert "\n" not in str(refused).strip()
