"""Promises about the files of the policies."""

import pytest

from varne.errors import BadPolicy
from varne.facts.policies import policy_rows, shipped_policies, with_what_it_is_like


def test_seven_policies_are_shipped():
    """As it was, interceptions at sea and before boarding, more rescue, no beach funding, returns, Rwanda-style."""
    assert len(shipped_policies()) == 7


def test_a_file_of_ones_own_is_read(tmp_path):
    """A path gives the file's tables, under its own name."""
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"')
    assert policy_rows(str(path)) == ("mine.toml", {"name": "mine"})


@pytest.mark.parametrize(
    ("content", "words"), [(b"name = ", "is not TOML"), (b"name = '\xff'", "is not UTF-8"), (None, "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content, words):
    """One sentence that names the file."""
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadPolicy, match=rf"mine\.toml {words}"):
        policy_rows(str(path))


def test_a_policy_like_another_takes_over_its_money_and_keeps_its_own():
    """Money and changes add up, everything else is replaced."""
    model = shipped_policies()["as-it-was"]
    own = {"like": "as-it-was", "name": "mine", "money": [{"says": "more"}], "change": [{"supply": 0.5}]}
    merged = with_what_it_is_like(own, "mine.toml")
    assert merged["name"] == "mine"
    assert merged["start"] == model["start"]
    assert merged["money"] == [*model["money"], {"says": "more"}]
    assert merged["change"] == [{"supply": 0.5}]


@pytest.mark.parametrize("like", ["nothing", ["as-it-was"], 3])
def test_what_a_policy_is_like_must_be_shipped(like):
    """One sentence that names file and value, also where the value is no name."""
    with pytest.raises(BadPolicy, match=r"mine\.toml has like = .*, which is no shipped policy"):
        with_what_it_is_like({"like": like}, "mine.toml")


def test_a_folder_is_no_policy(tmp_path):
    """One sentence says what it is."""
    with pytest.raises(BadPolicy, match=r"is a folder; name the policy file in it"):
        policy_rows(str(tmp_path))
