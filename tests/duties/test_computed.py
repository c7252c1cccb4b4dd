"""Promises about the shape of computed figures."""

import pytest
from tests.duties.made import computed

from varne.duties.computed import readable

FIGURE = {"mean": 1, "low": 0.2, "high": 3.0}


@pytest.mark.parametrize("more", [{}, {"failed": "no forecast", "options": []}, {"not_arriving": FIGURE}, {"own": 5}])
def test_figures_as_they_are_written_are_read(more):
    """What is not known of them is left alone."""
    assert readable(computed(**more)["data"])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("command", ["assess"]),
        ("failed", True),
        ("members", {"draws": "4", "replicates": 2}),
        ("question", {"people": 55.5}),
        ("sea", {"wind": "buoy"}),
        ("options", {"name": "leave"}),
        ("options", [{"grade": "assumed"}]),
        ("options", [{"name": "leave", "applies": 1}]),
        ("options", [{"name": "leave", "p_any_death": 0.1}]),
        ("options", [{"name": "leave", "responders": {"deaths": {"mean": 1.0}}}]),
        ("not_arriving", {**FIGURE, "mean": "high"}),
    ],
)
def test_figures_of_another_shape_are_not(field, wrong):
    """Each field that a page shows is looked at."""
    assert not readable({**computed()["data"], field: wrong})
