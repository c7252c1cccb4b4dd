"""Promises about facts files that Varne writes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.distribution import Distribution, pool
from varne.evidence import GRADES, Fact
from varne.facts.tables import read_rows, shipped_facts
from varne.files.facts_file import comment, facts_text, toml_text
from varne.question import with_user_file

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip() != "")
DATES = st.dates().map(str) | st.just("2026-11-25T10:00:00")


@st.composite
def distributions(draw, deep=2):
    shapes = ["exact", "normal", "lognormal", "logit", "uniform", "loguniform"] + ["pool"] * (deep > 0)
    shape = draw(st.sampled_from(shapes))
    if shape == "pool":
        return pool(tuple(draw(st.lists(distributions(deep - 1), min_size=1, max_size=3))), draw(TEXT))
    low, value, high = sorted(draw(st.lists(st.floats(1e-3, 0.999), min_size=3, max_size=3, unique=True)))
    value = {"uniform": (low + high) / 2, "loguniform": (low * high) ** 0.5}.get(shape, value)
    low, high = (value, value) if shape == "exact" else (low, high)
    return Distribution(value, low, high, shape, (), draw(TEXT))


@st.composite
def facts(draw):
    known = draw(distributions())
    return Fact(
        name=f"{draw(st.sampled_from(['boat', 'odd subject']))}.{draw(TEXT)}", says=draw(TEXT), value=known.value,
        low=known.low, high=known.high, shape=known.shape, unit="kn", source=draw(TEXT), parts=known.parts,
        grade=draw(st.sampled_from(GRADES)), date=draw(DATES), neutral=draw(st.none() | st.floats(-5, 5)),
    )  # fmt: skip


def read(text):
    return [Fact.read(name, row) for name, row in read_rows(text, "a.toml").items()]


@given(one=facts(), heading=st.lists(st.text(), max_size=2))
def test_what_is_written_is_read_back(one, heading):
    """To the last bit, for every shape, for pools of pools, for any text and whatever the comment says."""
    assert read(facts_text([one], heading)) == [one]


def test_every_shipped_fact_survives():
    """A file of all facts is the facts."""
    shipped = list(shipped_facts())
    assert read(facts_text(shipped)) == [replace(fact) for fact in shipped]


def test_a_written_file_is_a_facts_file(tmp_path: Path):
    """It can be given to --facts."""
    own = replace(shipped_facts()["boat.speed"], value=4.0, source="Panel rescue service (mate, 2026-11-20): Seen")
    (tmp_path / "own.toml").write_text(facts_text([own], ["From a panel"]), encoding="utf-8")
    assert with_user_file(tmp_path / "own.toml")[0]["boat.speed"] == own


@pytest.mark.parametrize("line", ["a\nb = 3", "a\rb", "\x00", "\u2028[x]"])
def test_a_comment_stays_one_line(line):
    """No text leaves it."""
    assert read_rows(comment(line), "a.toml") == {}


def test_text_is_quoted_whole():
    """Quotation marks, backslashes and control characters are escaped."""
    assert toml_text('a"\\\n\x7f') == '"a\\"\\\\\\n\\u007f"'
