"""Subjects of facts."""

import pytest

from varne.errors import UnknownName
from varne.facts.subjects import WORDS, check_subject, subject_of
from varne.facts.tables import SUBJECTS, shipped_facts


def test_every_fact_stands_in_one_table_and_every_table_has_words():
    """Each number has a subject, each subject numbers and plain words."""
    assert {subject_of(fact.name) for fact in shipped_facts()} == set(SUBJECTS) == set(WORDS)


@pytest.mark.parametrize(("name", "said"), [("boat.sped", "boat.speed"), ("crowd.movement", "crowd.movement_rate")])
def test_an_unknown_fact_gets_the_nearest(name, said):
    """Whoever mistypes is helped."""
    with pytest.raises(UnknownName, match=said):
        subject_of(name)


def test_an_unknown_subject_gets_the_nearest():
    """And all there are."""
    with pytest.raises(UnknownName, match="'weather' is not known"):
        check_subject("weather")
    assert check_subject("boat") == "boat"
