"""Promises about both branches."""

from tests.duties.made import OPTIONS, computed, decided, not_shown, row, shown

from varne.duties.branches import branch_of, check_branches
from varne.duties.evidence import gather
from varne.duties.figures import figures_of
from varne.facts.duty_rules import rules_of_duties
from varne.facts.option_tables import shipped_option_rows


def branches(*events, answer=None):
    evidence = gather(events)
    return check_branches(rules_of_duties(), evidence, figures_of(evidence), answer)


def test_every_shipped_option_is_on_one_side():
    """To leave and to monitor is not to act; an option of one's own is on neither side until somebody says."""
    sides = {name: branch_of(name, rules_of_duties()) for name in shipped_option_rows()["options"]}
    assert [name for name, side in sides.items() if side == "not acting"] == ["leave", "monitor"]
    assert set(sides.values()) == {"acting", "not acting"}
    assert branch_of("drone", rules_of_duties()) == "not classified"


def test_both_branches_have_the_same_numbers():
    """Deaths, any death and injuries aboard, deaths and injuries of crews, each with its interval and grade."""
    (found,) = branches(computed(), shown(), decided("escort"))
    assert [one.name for one in found.options] == list(OPTIONS)
    for one in found.options:
        expected = row(one.name)
        assert one.people == {name: expected[name] for name in ("expected_deaths", "p_any_death", "serious_injuries")}
        assert (one.crews, one.grade) == (expected["responders"], "assumed")
    assert found.members == {"draws": 4, "replicates": 2}


def test_it_says_who_saw_it_and_what_was_decided_after():
    """Not what was decided before."""
    (found,) = branches(
        decided("leave", 3), computed(at=5), shown(at=6, to=["commander"]), not_shown(at=7), decided("escort")
    )
    assert [roles for _, roles in found.shown] == [("commander",)]
    assert len(found.not_shown) == 1
    assert [entry.data["chosen"] for entry in found.decided] == ["escort"]


def test_a_figure_that_failed_is_there_as_failed():
    """It was asked for; that is part of what was known."""
    (found,) = branches(computed(options=(), failed="no forecast"))
    assert (found.failed, found.options) == ("no forecast", ())


def test_an_option_that_does_not_apply_says_why():
    """And has no numbers."""
    answer = {"options": [{"name": "shallow", "grade": "assumed", "applies": False, "why_not": "too deep"}]}
    (option,) = branches(answer=answer)[0].options
    assert (option.why_not, option.people, option.crews) == ("too deep", {}, {})


def test_an_assessment_that_the_record_holds_stands_once():
    """Known by what it takes to compute it again; another stands beside it, as not on record."""
    answer = {"fingerprint": {"seed": 1}, "members": {"draws": 4, "replicates": 2}, "options": [row("leave")]}
    assert [one.computed.id for one in branches(computed(), answer=answer)] == ["figures"]
    other = {**answer, "fingerprint": {"seed": 2}}
    assert [one.computed and one.computed.id for one in branches(computed(), answer=other)] == ["figures", None]
