"""Promises about claims."""

import pytest

from varne.encounter.outcome import Interval
from varne.errors import BadPolicy, UnknownName
from varne.facts.option_tables import shipped_option_rows
from varne.facts.policies import shipped_policies
from varne.facts.tables import shipped_facts
from varne.season.claims import (
    EncounterQuestion,
    FactQuestion,
    Finding,
    SeasonQuestion,
    claim_named,
    read_claim,
    resolve,
    shipped_claims,
)

ROW = {
    "sentence": "It works",
    "words": "reported",
    "who": "An office",
    "when": "2025-01",
    "source": "A paper",
    "standing": "press",
    "needs": "That it works.",
    "evidence": "None.",
}


@pytest.mark.parametrize("claim", shipped_claims().values(), ids=shipped_claims())
def test_every_claim_says_who_when_and_on_what(claim):
    """Office, date, source, standing, what would have to be true and what the evidence says are all there."""
    for text in (claim.sentence, claim.who, claim.when, claim.source, claim.needs, claim.evidence):
        assert text
    assert bool(claim.reading) == bool(claim.computes)
    for one in claim.computes:
        match one:
            case EncounterQuestion():
                assert {one.option, one.reference} <= set(shipped_option_rows()["options"])
            case SeasonQuestion():
                assert one.policy in shipped_policies()
                assert not one.against or one.against in shipped_policies()
            case FactQuestion():
                assert shipped_facts()[one.fact]


def test_the_sentences_of_the_debate_are_there():
    """Those that the task names, and those that have no evidence at all."""
    text = " ".join(claim.sentence for claim in shipped_claims().values())
    for words in ("effective deterrent", "Smash the gangs", "GBP 500m", "80 people aboard", "Rwanda", "42.5 %", "281"):
        assert words in text
    assert not claim_named("no-effective-deterrent").computes


def test_every_kind_of_question_is_answered_by_the_function_for_it():
    """Encounters and seasons go to the functions given; facts and books are answered from the tables."""
    asked = []

    def answer(question):
        asked.append(question)
        return Finding("answer", Interval(1.0, 0.0, 2.0), "people", "4", "assumed")

    for claim in shipped_claims().values():
        found = resolve(claim, facts=shipped_facts(), encounter=answer, season=answer, draws=20, seed=1)
        assert len(found) == len(claim.computes)
        assert all(one.value is not None and one.grade for one in found)
    assert {type(one) for one in asked} == {EncounterQuestion, SeasonQuestion}


def test_without_a_season_the_command_that_runs_it_is_named():
    """No number is made up for what was not run."""
    found = resolve(
        claim_named("returned-281"), facts=shipped_facts(), encounter=None, season=None, draws=20, seed=1
    )  # fmt: skip
    assert found[0].value is None
    assert "varne season returns-scheme as-it-was" in found[0].words


REFUSED = [
    ({"who": ""}, "has who = ''"),
    ({"when": "last year"}, "write it as 2025-12-29"),
    ({"standing": "sure"}, "official, press, check"),
    ({"words": "sung"}, "quoted, reported"),
    ({"needz": "x"}, "did you mean 'needs'?"),
    ({"computes": [{"fact": "boat.mass"}], "reading": 3}, "has reading = 3"),
    ({"computes": [{}]}, "write one of encounter, policy, fact or price"),
    ({"computes": [{"fact": "a.b", "price": 3}]}, "write one of encounter"),
    ({"computes": [{"policy": "a", "against": "b", "quantity": "happiness"}]}, "computes 'happiness'"),
    ({"computes": [{"policy": "a", "quantity": "lives_saved"}]}, "computed against another policy"),
    ({"computes": [{"policy": "a", "against": "b", "quantity": "p_fatal"}]}, "without against"),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_bad_claim_is_refused(fields, words):
    """One sentence that names the claim."""
    with pytest.raises(BadPolicy) as refusal:
        read_claim("mine", {**ROW, **fields})
    assert words in str(refusal.value)
    assert str(refusal.value).startswith("Claim mine")


def test_an_unknown_claim_is_refused_with_the_nearest():
    """Did you mean."""
    with pytest.raises(UnknownName, match="did you mean 'rwanda-deters'"):
        claim_named("rwanda-deter")
