"""What was counted in 2019 to 2023 lies within what the shipped facts expect of those boats; 2024 is looked back on."""

import numpy as np
import pytest
from verification.calibration import log_likelihood
from verification.counted import FIRST_OF_BIN, FITTED, YEARS, all_others, counts, design_facts, history, priors, score
from verification.expected import MOTION, expected, laws
from verification.exposures import DESIGN, MOTIONS, RUNS, SEED, exposures
from verification.predictive import Could, could_be_counted, dead

from varne.facts.tables import column, shipped_facts

LAST = len(FITTED)


@pytest.fixture(scope="module")
def could() -> Could:
    return could_be_counted()


def within(counted: float, drawn: np.ndarray, share: float) -> bool:
    """Neither so few nor so many are rarer than half of what lies outside the interval."""
    outside = (1.0 - share) / 2.0
    return float(np.mean(drawn <= counted)) >= outside and float(np.mean(drawn >= counted)) >= outside


def test_every_counted_event_stands_in_one_cell() -> None:
    """Events and deaths by year are those of the International Organization for Migration, but for two disasters."""
    years, events = history()["year"], history()["event"]
    assert counts().sum(axis=(1, 2)).tolist() == [row["events"] for row in years[:LAST]]
    for row in years[:LAST]:
        listed = [one for one in events if one["date"].year == row["year"]]
        assert sum(one.get("instead_of", one["deaths"]) for one in listed) == row["deaths"]
    assert max(one["date"].year for one in events) < history()["look_back"]["year"]


def test_what_is_expected_is_proportional_to_the_constants() -> None:
    """Twice the constant of one cause adds as many events again as that cause had, and nothing else."""
    logarithms = {name: np.log([value]) for name, value in DESIGN.values()} | {MOTION: np.log([0.1])}
    scores = {name: np.zeros(1) for name in all_others()}
    once = expected(logarithms, scores)
    for cause, (name, _) in DESIGN.items():
        twice = expected(logarithms | {name: logarithms[name] + np.log(2.0)}, scores)
        assert twice - once == pytest.approx(once - expected(logarithms, scores, (cause,)), rel=1e-9, abs=1e-12)


def test_the_smooth_law_keeps_the_number_of_events() -> None:
    """Over all draws of the exposures the law expects as many events as were followed, within a few per cent."""
    known = design_facts().drawn(exposures().boats.shape[1], SEED)
    scores = {name: score(design_facts()[name], known[column(name)]) for name in all_others()}
    for run in ("structure", "crowd", "water 0.2"):
        place = list(RUNS).index(run)
        boats = exposures().boats[place]
        followed = (exposures().severity[place].sum(axis=-1) * boats).sum()
        assert (np.exp(laws()[run].log_rate(scores)) * boats).sum() == pytest.approx(followed, rel=0.05)


def test_a_score_is_the_inverse_of_a_draw() -> None:
    """A fact drawn at a chance has the normal score of that chance."""
    for name in all_others():
        fact = design_facts()[name]
        assert score(fact, fact.quantile(np.array([0.05, 0.5, 0.95]))) == pytest.approx(
            [-1.6449, 0.0, 1.6449], abs=1e-3
        )


def test_more_motion_against_the_side_never_lowers_the_expected_founderings() -> None:
    """Over the fleet, founderings by water rise with relative motion."""
    runs = exposures().severity[: len(MOTIONS)].sum(axis=-1).mean(axis=(1, 2))
    assert (np.diff(runs) > 0).all()


def test_the_likelihood_is_highest_where_the_counts_are_expected() -> None:
    """With the counts themselves as expected numbers no common factor makes them more likely."""
    means = np.maximum(counts(), 0.05)[np.newaxis]
    found = [float(log_likelihood(factor * means, counts())[0]) for factor in (0.2, 0.9, 5.0)]
    assert found[1] == max(found)


@pytest.mark.parametrize("year", FITTED)
def test_the_events_of_each_year_lie_within_what_is_expected(could: Could, year: int) -> None:
    """The fatal events of each fitted year lie within the 98 % interval of what could have been counted."""
    place = YEARS.index(year)
    assert within(counts()[place].sum(), could.events[:, place].sum(axis=(1, 2)), 0.98)


@pytest.mark.parametrize("kind", list(history()["kinds"]))
def test_the_events_of_each_kind_lie_within_what_is_expected(could: Could, kind: str) -> None:
    """So do drownings, crushes and illness over the five years."""
    place = list(history()["kinds"]).index(kind)
    assert within(counts()[:, place].sum(), could.events[:, :LAST, place].sum(axis=(1, 2)), 0.9)


@pytest.mark.parametrize("place", range(len(FIRST_OF_BIN)))
def test_the_severity_of_the_events_lies_within_what_is_expected(could: Could, place: int) -> None:
    """So do events by the number of deaths in them."""
    assert within(counts()[..., place].sum(), could.events[:, :LAST, :, place].sum(axis=(1, 2)), 0.98)


def test_all_events_and_deaths_lie_within_what_is_expected(could: Could) -> None:
    """So do all events and all deaths; the mean of the events is within a factor of two of the count."""
    assert within(counts().sum(), could.events[:, :LAST].sum(axis=(1, 2, 3)), 0.9)
    assert within(dead(), could.deaths[:, :LAST].sum(axis=1), 0.9)
    assert 0.5 < could.mean[:, :LAST].sum() / len(could.mean) / counts().sum() < 2.0


def test_what_was_calibrated_is_what_ships() -> None:
    """Each calibrated fact is derived and names the data; those drawn together are among them."""
    facts = shipped_facts()
    for name in priors():
        assert facts[name].grade == "derived"
        assert "2019-2023" in facts[name].source
    assert set(facts.together.names) >= set(priors())
