"""`varne facts` as somebody types it."""

import json

import pytest
from typer.testing import CliRunner

from varne.cli import app
from varne.facts.tables import shipped_facts

GOOD = (
    '[boat.speed]\nsays = "s"\nvalue = 12\nlow = 10\nhigh = 14\nshape = "normal"\nunit = "km/h"\nsource = "A panel"\n'
    'grade = "elicited"\ndate = 2026-11-26\n'
)
OPTION = (
    '[options.drone]\nsays = "A drone watches."\nresponder = "sent"\n[[options.drone.phases]]\n'
    'crowd_shift = "effect.crowd_monitor"\n'
)


def typed(*words):
    return CliRunner().invoke(app, ["facts", *(str(word) for word in words)], env={"COLUMNS": "100"})


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD + OPTION)
    return path


def test_all_facts_are_listed():
    """Each once, with its subject."""
    found = json.loads(typed("list", "--json").stdout)
    assert [one["name"] for one in found] == [fact.name for fact in shipped_facts()]


def test_a_list_by_subject_and_grade():
    """Only what was asked for, a user's own in the place of what is shipped."""
    found = json.loads(typed("list", "--subject", "search", "--grade", "published", "--json").stdout)
    assert found
    assert {(one["subject"], one["grade"]) for one in found} == {("search", "published")}


def test_words_are_searched_in_names_descriptions_and_sources():
    """All of them must stand there."""
    found = json.loads(typed("search", "Crowd", "escort", "--json").stdout)
    assert "effect.crowd_escort" in {one["name"] for one in found}
    assert "boat.speed" not in {one["name"] for one in found}


def test_nothing_found_is_a_sentence_with_words_near():
    """Not an empty table."""
    found = typed("search", "lifejakcet")
    assert found.exit_code == 0
    assert "No fact has 'lifejakcet'. Words near it: lifejacket" in found.stdout


def test_one_fact_with_its_users_and_picture(tmp_path, mine):
    """A user's own option is among the users."""
    found = typed("show", "effect.crowd_monitor", "--facts", mine, "--picture", tmp_path / "a.png", "--json")
    assert "drone" in json.loads(found.stdout)["options"]
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_in_order_says_what_it_would_change(mine):
    """Before and after, each with its grade."""
    found = typed("check", mine)
    assert found.exit_code == 0
    text = " ".join(found.stdout.split())
    assert "is in order: facts: 1, options: 1" in text
    assert "5 (3.5 to 7) kn, assumed -> 12 (10 to 14) km/h, elicited" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace('source = "A panel"\n', ""), "has no source"),
        (GOOD.replace("boat.speed", "boat.sped"), "did you mean 'boat.speed'"),
        (OPTION.replace("crowd_shift", "crowd_shft"), "has a field 'crowd_shft'"),
        ("", "holds no fact and no option"),
        ("x = = 1", "is not TOML"),
    ],
)
def test_a_file_out_of_order_is_refused(tmp_path, text, said):
    """Exit code 2, and what is wrong with it."""
    path = tmp_path / "mine.toml"
    path.write_text(text)
    found = typed("check", path)
    assert found.exit_code == 2
    assert said in " ".join(found.output.split())


def test_two_collections_are_compared(mine):
    """By how much the median moved, and which options differ."""
    found = json.loads(typed("diff", "shipped", mine, "--json").stdout)
    (changed,) = found["changed"]
    assert changed["factor"] == pytest.approx(12 / 1.852 / 5)
    assert found["options"] == ["drone"]
    assert "No fact and no option differs." in typed("diff", mine, mine).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--subject", "boats"), "did you mean 'boat'"),
        (("list", "--grade", "sure"), "grade is 'sure'; write one of measured"),
        (("show", "boat.sped"), "did you mean 'boat.speed'"),
        (("show", "boat.speed", "--picture", "a.txt"), "end its name with one of .png"),
        (("search", " "), "No word is given"),
        (("diff", "shipped", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("list", "--facts", "nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(words, said):
    """Exit code 2."""
    found = typed(*words)
    assert found.exit_code == 2
    assert said in " ".join(found.output.split())


def test_brackets_in_a_search_are_letters():
    """What looks like markup is searched for and said again as it was typed."""
    result = CliRunner().invoke(app, ["facts", "search", "[/]"])
    assert result.exit_code == 0 and "No fact has '[/]'" in result.output
