"""Promises about panels: what is answered is what is drawn, and every panel has the same weight."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadFact, UnknownName
from varne.evidence import Fact
from varne.facts.answers import Answer, Answers
from varne.facts.panels import panels_of, pooled, short_name
from varne.facts.tables import Facts, shipped_facts

ENDS = np.array([0.05, 0.5, 0.95])
THREE = st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True).map(
    lambda found: [n / 100 for n in sorted(found)]
)
SHAPES = {
    "exact": "lognormal", "lognormal": "lognormal", "normal": "normal", "logit": "logit", "uniform": "lognormal",
    "loguniform": "lognormal",
}  # fmt: skip


def known(shape="lognormal", unit="1"):
    """A table of one fact of a shape."""
    low, high = (0.5, 0.5) if shape == "exact" else (0.25, 0.75)
    return Facts({"a.b": Fact("a.b", "Says", 0.5, low, high, shape, unit, "A report", "assumed", "2026-11-25", 1.0)})


def answer(low, middle, high, **change):
    one = Answer("a.b", low, middle, high, "1", "Seen often", "2026-11-20", "watch officer")
    return replace(one, **change)


def panel(*answers, name="rescue service", facts=None, blank=()):
    return panels_of([Answers(name, answers, blank, ())], facts or known())[0]


@given(three=THREE, shape=st.sampled_from(sorted(SHAPES)))
def test_the_fit_meets_the_three_answers(three, shape):
    """5 %, 50 % and 95 % are exactly what was answered, on the scale of the fact that was asked."""
    fact = panel(answer(*three), facts=known(shape)).facts["a.b"]
    assert [fact.low, fact.value, fact.high] == three
    assert fact.quantile(ENDS) == pytest.approx(three, rel=1e-12)
    assert fact.shape == SHAPES[shape]
    assert (fact.grade, fact.date, fact.neutral, fact.says) == ("elicited", "2026-11-20", 1.0, "Says")
    assert fact.source == "Panel rescue service (watch officer, 2026-11-20): Seen often"


@given(three=THREE)
def test_an_answer_may_be_in_another_unit(three):
    """Minutes for a fact in hours are turned into hours; per cent for a share into a share."""
    minutes = [60.0 * one for one in three]
    fact = panel(answer(*minutes, unit="min"), facts=known(unit="h")).facts["a.b"]
    assert fact.unit == "h"
    assert fact.quantile(ENDS) == pytest.approx([3600.0 * one for one in three])
    share = panel(answer(*(100.0 * one for one in three), unit="%"), facts=known("logit")).facts["a.b"]
    assert [share.low, share.value, share.high] == pytest.approx(three)


def test_what_may_be_below_zero_is_normal():
    """Where the table has a plain range, the answer decides."""
    assert panel(answer(-1.0, 0.0, 3.0), facts=known("uniform")).facts["a.b"].shape == "normal"
    share = pooled(
        [panel(answer(0.1, 0.2, 0.3), facts=known("logit"), name=f"{one} union") for one in ("a", "b")]
    ).facts
    again = panel(answer(0.1, 0.5, 0.9), facts=Facts(share)).facts["a.b"]
    assert (again.shape, again.parts) == ("logit", ())


@given(first=THREE, second=THREE)
def test_respondents_of_a_panel_have_equal_weight(first, second):
    """In one file or in two, they are the same pool; each keeps its own source."""
    answers = (answer(*first), answer(*second, role="coxswain", date="2026-11-22"))
    one_file = panel(*answers).facts["a.b"]
    two = [
        Answers("Rescue  Service", (answers[0],), ("x.y",), ("w",)),
        Answers("rescue-service", (answers[1],), (), ()),
    ]
    (two_files,) = panels_of(two, known())
    assert two_files.facts["a.b"].parts == tuple(
        replace(part, source=part.source.replace("rescue service", "Rescue  Service")) for part in one_file.parts
    )
    assert (two_files.blank, two_files.warnings) == (("x.y",), ("w",))
    assert [part.source[:40] for part in one_file.parts] == [
        "Panel rescue service (watch officer, 202",
        "Panel rescue service (coxswain, 2026-11-",
    ]
    assert one_file.date == "2026-11-22"
    assert "2 answers with equal weight (watch officer, 2026-11-20; coxswain, 2026-11-22)" in one_file.source
    at = np.linspace(0.01, 2.0, 50)
    mean = sum(panel(one).facts["a.b"].distribution.reached(at) for one in answers) / 2
    assert one_file.distribution.reached(at) == pytest.approx(mean)


@given(answers=st.lists(THREE, min_size=1, max_size=4), other=THREE)
def test_each_panel_has_the_same_weight_however_many_answered(answers, other):
    """A panel of four does not outvote a panel of one."""
    roles = ("mate", "pilot", "judge", "nurse")
    many = panel(*(answer(*three, role=role) for three, role in zip(answers, roles, strict=False)))
    alone = panel(answer(*other), name="police union")
    whole = pooled([many, alone]).facts["a.b"].distribution
    at = np.linspace(0.01, 2.0, 50)
    mean = sum(one.facts["a.b"].distribution.reached(at) for one in (many, alone)) / 2
    assert whole.reached(at) == pytest.approx(mean)


@given(three=THREE, times=st.integers(1, 4))
def test_panels_that_agree_pool_to_what_they_agree_on(three, times):
    """No panel is surer for being many."""
    panels = [panel(answer(*three), name=f"union {'i' * number}") for number in range(1, times + 1)]
    drawn = pooled(panels).facts["a.b"].quantile(ENDS)
    assert np.array_equal(drawn, panels[0].facts["a.b"].quantile(ENDS))


def test_a_pool_says_who_did_not_answer():
    """Fact by fact only those who answered are pooled; the others are named in its source."""
    facts = Facts({**known().by_name, "a.c": replace(known()["a.b"], name="a.c")})
    one = panel(answer(0.1, 0.2, 0.3), answer(0.2, 0.3, 0.4, fact="a.c"), facts=facts)
    other = panel(answer(0.4, 0.5, 0.6), name="police union", facts=facts, blank=("a.c",))
    found = pooled([one, other])
    assert found.panels == ("rescue service", "police union")
    assert found.missing == {"a.c": ("police union",)}
    assert found.facts["a.c"] == replace(
        one.facts["a.c"], source=one.facts["a.c"].source + "; not answered by police union"
    )
    assert found.facts["a.b"].source == "Equal-weight pool of panels rescue service, police union"
    assert [part.source for part in found.facts["a.b"].parts] == [one.facts["a.b"].source, other.facts["a.b"].source]


def test_a_panel_takes_the_place_of_shipped_facts():
    """Only what it answers changes, and that is drawn by itself."""
    shipped = shipped_facts()
    name = shipped.together.names[0]
    low = shipped[name].value
    own = panel(answer(low, 2 * low, 3 * low, fact=name, unit=shipped[name].unit), facts=shipped)
    changed = shipped.replaced(own.facts)
    assert name not in changed.together.names
    assert [fact.name for fact in changed if fact != shipped[fact.name]] == [name]


@pytest.mark.parametrize(
    ("one", "shape", "says"),
    [
        (answer(0.0, 1.0, 2.0), "lognormal", "with low 0 1; it can only be above 0"),
        (answer(-3.0, 1.0, 2.0), "lognormal", "with low -3 1; it can only be above 0"),
        (answer(0.5, 0.8, 1.0), "logit", "a share between 0 and 1"),
        (answer(0.0, 0.5, 0.8), "logit", "a share between 0 and 1"),
        (answer(5.0, 50.0, 100.0, unit="%"), "logit", "with 5 to 100 %; it is a share"),
        (answer(0.1, 0.2, 0.3), "choice", "drawn as yes or no"),
        (answer(0.1, 0.2, 0.3, unit="kn"), "normal", "measures speed; it must be a number"),
        (answer(0.1, 0.2, 0.3, unit="knots"), "normal", "Unit 'knots' is not known"),
    ],
)
def test_an_answer_that_the_fact_cannot_hold_is_refused(one, shape, says):
    """One sentence that names the panel and quotes the answer."""
    with pytest.raises(BadFact) as refused:
        panel(one, facts=known(shape))
    assert says in str(refused.value)


def test_a_fact_that_does_not_exist_is_refused():
    """With the nearest name."""
    with pytest.raises(
        UnknownName, match=r"Panel rescue service: Fact 'boat.sped' is not known; did you mean 'boat.speed'"
    ):
        panel(answer(1.0, 2.0, 3.0, fact="boat.sped"), facts=shipped_facts())


def test_the_same_answer_twice_is_refused():
    """A file given twice, or a respondent copied, would have double weight."""
    file = Answers("rescue service", (answer(0.1, 0.2, 0.3),), (), ())
    with pytest.raises(BadFact, match=r"answers a\.b twice in the same words \(watch officer, 2026-11-20\); give each"):
        panels_of([file, file], known())
    other = replace(file, answers=(answer(0.1, 0.2, 0.3, role="coxswain"),))
    assert len(panels_of([file, other], known())) == 1


def test_no_panel_is_refused():
    """An empty pool is no view."""
    with pytest.raises(BadFact, match="no panel to pool"):
        pooled([])


def test_short_names_are_names_of_files():
    """Small letters, digits, hyphens; accents and case make no other panel."""
    assert (
        short_name("MINISTÈRE de l’Intérieur") == short_name("ministere de l'interieur") == "ministere-de-l-interieur"
    )
