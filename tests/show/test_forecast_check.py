"""A forecast beside a buoy, on a terminal."""

import numpy as np
import pytest
from rich.console import Console
from tests.sea.reports import field, noise, seen

from varne.errors import BadFile
from varne.facts.tables import shipped_facts
from varne.show.forecast_check import check_report


def printed(one, fields):
    console = Console(width=140)
    with console.capture() as capture:
        console.print(check_report(one, fields, shipped_facts()))
    return " ".join(capture.get().split())


def test_the_bias_and_what_follows_for_the_errors_are_shown():
    """Bias with interval, the update with prior and grade, scores by lead, the ensemble."""
    hours = np.arange(60.0)
    draw = noise(600).reshape(10, 60)
    text = printed(seen(hours, water=9.0 + draw[9]), {"water": field("water", 10.0 + draw[:9, :, None], issued=0.0)})
    for words in ("water at 62304", "temperature degC 60", "Errors to draw, temperature: bias +0.", "worth 20 pairs",
                  "grade assumed", "6 to 12 h", "Ensemble of 9: spread", "count only independent pairs"):  # fmt: skip
        assert words in text


def test_too_few_pairs_are_said_in_words():
    """Cannot tell, and the errors stay what they were."""
    text = printed(
        seen(water=[9.0, 9.1, 9.0, 9.2]), {"water": field("water", np.full((1, 2, 1), 9.0), interval=5400.0)}
    )
    assert text.count("cannot tell") == 2
    assert "bias +0.00 degC, spread at the start 0.50 degC" in text


def test_fields_that_no_buoy_observes_are_said():
    """They are passed over when another can be compared, and the reason of refusal when none can."""
    fields = {"streams": field("streams", np.zeros((1, 4, 2)))}
    with pytest.raises(BadFile, match="does not observe streams"):
        check_report(seen(water=[9.0] * 4), fields, shipped_facts())
    fields["water"] = field("water", np.full((1, 4, 1), 9.0))
    assert "Not compared: 62304 does not observe streams" in printed(seen(water=[9.0] * 4), fields)
    with pytest.raises(BadFile, match="There is no forecast"):
        check_report(seen(water=[9.0] * 4), {}, shipped_facts())
