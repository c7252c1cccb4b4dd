"""The shipped tables of facts and a user's own."""

import pytest

from varne.errors import BadFact, UnknownName
from varne.evidence import Fact
from varne.facts.tables import column, digest, read_rows, read_user_rows, shipped_facts

ROW = (
    '[boat.speed]\nsays = "Speed"\nvalue = 6\nlow = 4\nhigh = 9\nshape = "lognormal"\nunit = "kn"\n'
    'source = "My own"\ngrade = "elicited"\ndate = 2026-11-25\n'
)


def own(text=ROW):
    return {name: Fact.read(name, row) for name, row in read_rows(text, "my.toml").items()}


def test_a_fact_of_the_user_replaces_one_that_exists():
    """Only that one changes, and the fingerprint with it; the shipped facts stay as they are."""
    shipped = shipped_facts()
    mine = shipped.replaced(own())
    assert mine["boat.speed"].value == 6.0
    assert [fact.name for fact in mine if fact != shipped[fact.name]] == ["boat.speed"]
    assert mine.fingerprint() != shipped.fingerprint()
    assert shipped.replaced({}).fingerprint() == shipped.fingerprint()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("kn", "kg"), "measures mass; it must be a speed"),
        (("kn", "knots"), "unit 'knots'"),
        (('source = "My own"', 'source = ""'), "no source"),
        (('source = "My own"\n', ""), "no source"),
        (("value = 6", "value = 99"), "must rise"),
        (("value = 6", "value = true"), "value = True"),
        (("value = 6", "value = nan"), "value = nan"),
        (("elicited", "certain"), "grade 'certain'"),
    ],
)
def test_a_wrong_fact_of_the_user_is_refused(change, says):
    """One sentence that names the fact and quotes what is wrong."""
    with pytest.raises(BadFact, match=r"boat\.speed") as refused:
        shipped_facts().replaced(own(ROW.replace(*change)))
    assert says in str(refused.value)


def test_a_misspelt_fact_gets_a_suggestion():
    """Nothing is added by mistake: what replaces nothing is refused."""
    with pytest.raises(UnknownName, match=r"did you mean 'boat\.speed'"):
        shipped_facts().replaced(own(ROW.replace("boat.speed", "boat.sped")))
    with pytest.raises(UnknownName, match="tables"):
        shipped_facts()["x"]


@pytest.mark.parametrize("text", ["boat = 5", "[boat]\nspeed = 5", "[[boat]]\nspeed = 5"])
def test_what_is_no_table_of_facts_is_refused(text):
    """The error says how a fact is written."""
    with pytest.raises(BadFact, match=r"write \[subject\.name\] tables"):
        read_rows(text, "my.toml")


def test_a_slip_in_toml_is_named_with_its_line():
    """The file and the line are said."""
    with pytest.raises(BadFact, match=r"my\.toml is not TOML.*line 1"):
        read_rows("[boat.speed\n", "my.toml")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    """Bytes are not decoded by guessing."""
    path = tmp_path / "my.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFact, match="not UTF-8"):
        read_user_rows(path)
    with pytest.raises(BadFact, match="cannot be read"):
        read_user_rows(tmp_path)


def test_each_fact_has_a_column_of_its_own():
    """Dotted names stay apart when dots become underscores, and every column is filled."""
    names = [fact.name for fact in shipped_facts()]
    assert len({column(name) for name in names}) == len(names)
    table = shipped_facts().drawn(3, 1)
    assert set(table.dtype.names) == {column(name) for name in names}


def test_draws_do_not_depend_on_how_many_there_are_nor_on_other_facts():
    """A preview is the beginning of the full answer; replacing one fact leaves all others as drawn."""
    few, many = shipped_facts().drawn(4, 7), shipped_facts().drawn(9, 7)
    assert (many[:4] == few).all()
    changed = shipped_facts().replaced(own()).drawn(4, 7)
    for name in few.dtype.names:
        assert (changed[name] == few[name]).all() == (name != "boat_speed")


def test_a_digest_names_content_not_order():
    """The same content in another order is the same; any change is another."""
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 1.5}) != digest({"a": "1.5"})


@pytest.mark.parametrize("contact", ["anna.smith@example.org", "+44 1632 960 001"])
def test_a_users_number_holds_no_way_to_reach_a_person(tmp_path, contact):
    """A source is a document or a body; whoever writes an address into it is told to take it out."""
    file = tmp_path / "mine.toml"
    file.write_text(
        '[boat.speed]\nsays = "Speed"\nvalue = 5\nlow = 4\nhigh = 6\nshape = "normal"\nunit = "kn"\n'
        f'source = "told by {contact}"\ngrade = "assumed"\ndate = 2026-11-01\n'
    )
    with pytest.raises(BadFact, match=r"Fact boat.speed has a source in which it holds"):
        read_user_rows(file)


def test_a_file_that_begins_with_a_mark_is_read(tmp_path):
    """Some editors write one; it is no part of the text."""
    file = tmp_path / "mine.toml"
    file.write_text("[boat.speed]\nvalue = 5\n", encoding="utf-8-sig")
    assert read_user_rows(file) == {"boat.speed": {"value": 5}}
