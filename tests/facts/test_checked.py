"""Everything that is wrong with a facts file."""

import pytest

from varne.errors import BadFact
from varne.facts.checked import check_file

GOOD = (
    'says = "s"\nvalue = 5\nlow = 4\nhigh = 6\nshape = "normal"\nunit = "kn"\nsource = "x"\ngrade = "assumed"\n'
    "date = 2026-11-26\n"
)


def check(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    return check_file(file)


def test_every_problem_is_named_not_only_the_first(tmp_path):
    """Three broken facts, three sentences; the good one is read all the same."""
    text = f"[boat.speed]\n{GOOD}[boat.sped]\n{GOOD}[boat.leak]\n{GOOD}[boat.condition]\n{GOOD}".replace(
        'unit = "kn"', 'unit = "1"', 0
    )
    found = check(tmp_path, text)
    assert set(found.facts) == {"boat.speed"}
    assert len(found.problems) == 3
    assert "did you mean 'boat.speed'" in found.problems[0]
    assert "measures speed" in found.problems[1]


@pytest.mark.parametrize("source", ["", 'source = ""\n', 'source = "  "\n'])
def test_a_number_without_a_source_is_refused(tmp_path, source):
    """Left out, empty or blank."""
    found = check(tmp_path, "[boat.speed]\n" + GOOD.replace('source = "x"\n', source))
    assert found.problems == ("Fact boat.speed has no source; a number about the world needs one. Add source = ...",)
    assert not found.facts


def test_a_number_that_no_code_reads_is_pointed_out(tmp_path):
    """An option must use it, or it changes nothing."""
    row = 'says = "s"\nvalue = 12\nshape = "exact"\nunit = "h"\nsource = "x"\ngrade = "assumed"\ndate = 2026-11-26\n'
    found = check(tmp_path, f"[waves.dying_time]\n{row}")
    assert found.problems == ()
    assert found.unused == ("waves.dying_time",)


def test_options_are_kept_as_written(tmp_path):
    """They are read with the facts they refer to, later."""
    found = check(tmp_path, '[options.drone]\nsays = "A drone watches."\nresponder = "none"\n')
    assert found.options == {"drone": {"says": "A drone watches.", "responder": "none"}}


def test_a_file_that_is_none_is_refused(tmp_path):
    """Missing, or not TOML."""
    with pytest.raises(BadFact, match="cannot be read"):
        check_file(tmp_path / "nowhere.toml")
    with pytest.raises(BadFact, match="is not TOML"):
        check(tmp_path, "x = = 1")
