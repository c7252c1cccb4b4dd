"""Promises about entries."""

import hashlib
import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadEntry
from varne.record.entry import (
    KINDS,
    Draft,
    canonical,
    commit_of,
    leaf_of,
    make_entry,
    read_event,
    read_leaf,
    read_moment,
    write_moment,
)

NOW = 1_769_832_306.789
# RFC 8785, appendix B: numbers by their bits, and how they are written.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def entered(data, **fields):
    return make_entry(Draft("known", "watch officer", data, NOW, **fields), logged=NOW, prev="")


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_numbers_are_written_as_the_standard_writes_them(bits, written):
    """RFC 8785, appendix B."""
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical([number]) == f"[{written}]".encode()


def test_the_example_of_the_standard_comes_out_as_there():
    """RFC 8785, section 3.2.2: numbers, text and literals."""
    given_as = (
        r'{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        r'"string": "\u20ac$\u000F\u000aA' + r"'\u0042\u0022\u005c\\\"\/"
        r'", "literals": [null, true, false]}'
    )
    assert canonical(json.loads(given_as)).decode() == (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        r'"string":"€$\u000f\nA' + r"'B\"\\\\\"/" + '"}'
    )


def test_names_are_ordered_as_utf_16_orders_them():
    """RFC 8785, section 3.2.3: the emoji, written in two halves, comes before a sign of a lower number."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = json.loads(canonical(dict.fromkeys(names)))
    assert list(written) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@given(JSON)
def test_canonical_json_says_what_was_meant_and_is_written_in_one_way(content):
    """Read again it is equal, and written again it is the same bytes."""
    written = canonical(content)
    assert json.loads(written, parse_int=float) == content
    assert canonical(json.loads(written, parse_int=float)) == written


@given(st.dictionaries(st.text(), JSON))
def test_what_is_entered_is_what_is_read(data):
    """Nothing that is accepted comes back as something else, or cannot be read."""
    entry = entered(data)
    assert entry.content["data"] == data
    assert read_event(entry.event) == entry.content


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (2**53, "data.seed is 9007199254740992; whole numbers of 2^53 or more are written as text."),
        (-(2**53), "data.seed is -9007199254740992; whole numbers of 2^53 or more are written as text."),
        (math.nan, "data.seed is nan; JSON has no such number: leave it out and say why."),
        (math.inf, "data.seed is inf; JSON has no such number: leave it out and say why."),
        ("half \ud83d", "data.seed is 'half \\ud83d', which holds half a sign; write it again."),
        ([1, {"x": b""}], "data.seed.1.x is a bytes, which JSON does not have."),
        ({1: 2}, "data.seed.1 is not a name; the names of fields are whole text."),
        ({"\ud83d": 2}, "data.seed.'\\ud83d' is not a name; the names of fields are whole text."),
    ],
)
def test_what_json_cannot_hold_is_refused_by_name(value, sentence):
    """The sentence says where it stands, quotes it, and can be printed."""
    with pytest.raises(BadEntry) as refused:
        entered({"seed": value})
    assert str(refused.value) == sentence
    assert sentence.encode()


@pytest.mark.parametrize("number", [2**53 - 1, 1 - 2**53])
def test_the_largest_whole_numbers_are_held(number):
    """Up to 2^53 every reader of JSON holds them."""
    assert entered({"seed": number}).content["data"] == {"seed": number}


def test_what_is_nested_without_end_is_refused():
    """Also where the program that writes it gives up."""
    nested: list = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(BadEntry, match="is nested too deep; keep it in a file and enter its hash"):
        entered({"boats": nested})


def test_one_and_minus_zero_lose_what_json_does_not_tell():
    """1.0 is 1 and -0.0 is 0: nobody may rely on the difference."""
    assert entered({"one": 1.0, "zero": -0.0}).content["data"] == {"one": 1, "zero": 0}
    assert b'"data":{"one":1,"zero":0}' in entered({"one": 1.0, "zero": -0.0}).event


def test_an_event_has_all_its_fields_and_the_commitment_is_over_salt_and_event():
    """Who has both can check it with any program that knows SHA-256."""
    entry = entered({"what": "people_aboard"}, case="boat 7", inputs=(("a.json", "00"),), code="sha256:11")
    assert entry.content == json.loads(entry.event)
    assert entry.content["schema"] == "varne.event/v1"
    assert entry.content["inputs"] == [{"name": "a.json", "sha256": "00"}]
    assert (entry.content["case"], entry.content["run"], entry.content["code"]) == ("boat 7", "", "sha256:11")
    expected = "sha256:" + hashlib.sha256(entry.salt + entry.event).hexdigest()
    assert json.loads(entry.leaf) == {"commit": expected, "schema": "varne.leaf/v1"}
    assert entry.commit == read_leaf(entry.leaf) == expected


def test_the_same_event_twice_has_two_names_and_two_commitments():
    """Nobody can guess an event from its commitment, not even one that was entered before."""
    one, other = entered({"people": 40}), entered({"people": 40})
    assert len(one.salt) == 32
    assert one.content["id"] != other.content["id"]
    assert one.salt != other.salt
    assert commit_of(one.salt, one.event) != commit_of(other.salt, one.event)


def test_an_entry_may_have_as_many_bytes_as_two_bytes_can_say():
    """65,535 are held, one more is refused with both numbers and what to do."""
    room = 65_535 - len(entered({"text": ""}).event)
    assert len(entered({"text": room * "x"}).event) == 65_535
    with pytest.raises(BadEntry, match=r"has 65536 bytes; 65535 are the most. Put long texts into a file and enter"):
        entered({"text": (room + 1) * "x"})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_entered_and_read(kind):
    """The kinds are a list that everyone sees."""
    entry = make_entry(Draft(kind, "recorder", {}, NOW), logged=NOW, prev="sha256:00")
    assert read_event(entry.event)["kind"] == kind
    assert entry.content["prev"] == "sha256:00"


@pytest.mark.parametrize(
    ("kind", "role", "sentence"),
    [
        ("guess", "watch officer", "kind is 'guess'; the kinds of entry are known, computed, shown"),
        ("known", "  ", "role is empty; write what the person does, for example 'watch officer'."),
    ],
)
def test_a_strange_kind_and_no_role_are_refused(kind, role, sentence):
    """With what to write instead."""
    with pytest.raises(BadEntry, match=sentence):
        make_entry(Draft(kind, role, {}, NOW), logged=NOW, prev="")


def changed(**fields):
    return canonical({**entered({}).content, **fields})


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (b"{", "An event is JSON; this one cannot be read"),
        (b"[" * 60_000, "An event is JSON; this one cannot be read"),
        (b"\xff", "An event is JSON; this one cannot be read"),
        (b"[]", "An event is a JSON object; this one is not."),
        (changed(schema="varne.event/v9"), "schema is 'varne.event/v9', this Varne reads 'varne.event/v1'"),
        (changed(name="x"), "'name' should not be, or is missing"),
        (changed(kind="guess"), "An event of kind 'guess' is not known"),
        (changed(data=[]), "or its data are no object"),
        (changed(time="2026-01-31T04:05:06Z"), "time is '2026-01-31T04:05:06Z'; a moment is written as 2026-01-31T04"),
        (changed(logged=None), "logged of an event is text; this one is None"),
        (changed(role=7), "role of an event is text; this one is 7"),
        (changed(inputs=[{"name": 1, "sha256": 2}]), "inputs of an event is a list of files"),
        (changed(outputs=[{"name": "answer.json"}]), "outputs of an event is a list of files"),
        (changed(inputs={}), "inputs of an event is a list of files"),
        (changed(time="٢٠٢٦-01-31T04:05:06.789Z"), "a moment is written as"),
        (changed() + b" ", "An event is written as RFC 8785 says"),
        (changed().replace(b'"kind":"known"', b'"kind":"force","kind":"known"'), "names once and in order"),
        (changed().replace(b'"data":{}', b'"data":{"a":1.0}'), "written as RFC 8785 says"),
        (changed().replace(b'"data":{}', b'"data":{"a":NaN}'), "data.a is nan; JSON has no such number"),
    ],
)
def test_an_event_that_was_changed_in_form_is_refused(event, sentence):
    """Two readers must not read it in two ways."""
    with pytest.raises(BadEntry, match=sentence):
        read_event(event)


def test_large_numbers_that_are_no_counts_are_read_again():
    """It is written without a point or an exponent, and is still the number it was."""
    assert b'{"joules":50723258317850810}' in entered({"joules": 5.072325831785081e16}).event
    assert entered({"joules": 5.072325831785081e16}).content["data"] == {"joules": 5.072325831785081e16}


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        b"[]",
        b"null",
        leaf_of("sha256:" + 64 * "0") + b" ",
        leaf_of("sha256:" + 63 * "0"),
        leaf_of("sha256:" + 64 * "A"),
        leaf_of("sha256:" + 64 * "0").replace(b":", b": "),
        canonical({"schema": "varne.leaf/v2", "commit": "sha256:" + 64 * "0"}),
        canonical({"schema": "varne.leaf/v1", "commit": "sha256:" + 64 * "0", "more": 1}),
        canonical({"schema": "varne.leaf/v1", "commit": 7}),
    ],
)
def test_a_leaf_is_written_in_one_way(leaf):
    """Anything beside the commitment would be a place to hide something, or to tell two leaves apart."""
    with pytest.raises(BadEntry, match=r"A leaf holds a commitment of schema varne.leaf/v1; this one is b'"):
        read_leaf(leaf)


@given(st.floats(-6e10, 2.5e11))
def test_a_moment_is_kept_to_the_millisecond(time):
    """From the year 70 to 9892: what is read is at most half a millisecond from what was written."""
    written = write_moment(time, "time")
    assert len(written) == 24
    assert abs(read_moment(written, "time") - time) <= 0.000501 + math.ulp(time)


@given(st.integers(0, 250_000_000_000_000))
def test_moments_of_whole_milliseconds_are_written_and_read_as_they_are(milliseconds):
    """And in order: a later one is written later."""
    written = write_moment(milliseconds / 1000, "time")
    assert read_moment(written, "time") == milliseconds / 1000
    assert written < write_moment((milliseconds + 1) / 1000, "time")


@pytest.mark.parametrize("time", [math.nan, math.inf, -math.inf, 1e12, -1e12])
def test_a_moment_without_a_date_is_refused(time):
    """The field is named."""
    with pytest.raises(BadEntry, match=r"^logged is .*; write seconds since 1970 that have a date\.$"):
        write_moment(time, "logged")


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30T04:05:06.789Z",
        "2026-01-31T04:05:06.789",
        "2026-01-31T04:05:06.789+00:00",
        "2026-01-31T05:05:06.789+01:00",
        "2026-01-31 04:05:06.789Z",
        "2026-01-31T04:05:06.789Z\n",
        "2026-01-31T25:05:06.789Z",
        "٢٠٢٦-01-31T04:05:06.789Z",
        0,
        "",
    ],
)
def test_a_moment_is_written_in_one_way(written):
    """In UTC, to the millisecond, with a date that exists."""
    with pytest.raises(BadEntry, match=r"a moment is written as 2026-01-31T04:05:06\.789Z, in UTC"):
        read_moment(written, "time")
