"""Promises about figures on record."""

import pytest
from tests.duties.made import OPTIONS, computed, event, not_shown, shown

from varne.duties.evidence import gather
from varne.duties.figures import figures_of


def only(*events):
    (found,) = figures_of(gather(events))
    return found


def test_a_figure_was_seen_when_it_was_shown_to_a_role():
    """From that moment on."""
    found = only(computed(at=5), shown(at=6, to=["commander", "watch officer"]))
    assert len(found.seen_by(found.shown[0].at)) == 1
    assert found.seen_by(found.shown[0].at - 1) == ()
    assert tuple(found.options) == OPTIONS


@pytest.mark.parametrize(
    "showing",
    [
        shown(to=[]),
        shown(to=[""]),
        shown(of="another"),
        shown(answer="sha256:9"),
        shown(at=4),
        not_shown(),
    ],
    ids=["to nobody", "to an empty role", "of another figure", "of another answer", "before it was", "not shown"],
)
def test_what_is_no_showing_counts_for_nothing(showing):
    """Each of these leaves it unseen."""
    assert only(computed(at=5), showing).shown == ()


def test_a_figure_entered_as_not_shown_is_known_as_such():
    """With the care of one that was shown."""
    assert len(only(computed(), not_shown()).not_shown) == 1


def test_a_figure_that_failed_has_no_options():
    """Its reason is kept."""
    found = figures_of(gather([event("computed", 5, {"command": "assess", "question": {}, "failed": "no forecast"})]))
    assert (found[0].failed, found[0].options) == ("no forecast", {})


def test_an_option_that_does_not_apply_has_no_figure():
    """It is named, and nobody has seen a figure of it."""
    rows = [{"name": "shallow", "applies": False, "why_not": "too deep"}, {"name": "leave", "applies": True}]
    event_ = computed()
    event_["data"]["options"] = rows
    assert list(only(event_).options) == ["leave"]


def test_figures_of_a_season_are_not_about_this_boat():
    """Only those of an encounter count."""
    assert figures_of(gather([computed(command="season")])) == ()
