"""Reports in French: nothing is left in English, nothing is translated that nobody says."""

import numpy as np
import pytest
from tests.show.sentences import (
    catalogue,
    placeholders,
    said_by_duties,
    said_by_pages,
    said_by_tables,
    written_anywhere,
)
from tests.show.whys import why_answer

from varne.facts.answers import Asked
from varne.facts.option_tables import shipped_option_rows
from varne.facts.panels import questions_of
from varne.facts.policies import shipped_policies
from varne.facts.tables import shipped_facts
from varne.reporting import assessment_report, season_report
from varne.season.ledger import empty_ledger
from varne.season.levels import NEUTRAL
from varne.show.language import CATALOGUES, Language, language
from varne.show.questionnaire import questionnaire_page
from varne.show.words import CAUSE_WORDS, LEVER_WORDS
from varne.simulation import simulate


@pytest.mark.parametrize("name", CATALOGUES)
def test_each_translation_puts_in_the_same_values(name):
    """A number that is lost in translation, or one that is not there, is a wrong report."""
    wrong = {one: said for one, said in catalogue(name).items() if placeholders(one) != placeholders(said)}
    assert wrong == {}


@pytest.mark.parametrize("name", CATALOGUES)
def test_nothing_is_translated_that_nobody_says(name):
    """A sentence that is said no more leaves its catalogue."""
    assert sorted(one for one in catalogue(name) if one not in written_anywhere()) == []


def test_every_sentence_of_a_page_is_translated():
    """What code and templates say stands in the catalogue of reports."""
    assert sorted(said_by_pages() - set(catalogue("report"))) == []


def test_every_number_option_and_policy_is_translated():
    """What facts, options and policies say of themselves stands in the catalogue of facts."""
    assert sorted(said_by_tables() - set(catalogue("facts"))) == []


def test_every_sentence_of_the_law_and_its_rules_is_translated():
    """Duties, provisions, factors, phases and the words of the record; wordings of law stay as they were passed."""
    assert sorted(said_by_duties() - set(language("fr").sentences)) == []


def test_the_names_of_options_levers_and_causes_are_translated():
    """Words that are said through a variable are in a catalogue too."""
    said = language("fr").sentences
    names = {*shipped_option_rows()["options"], *LEVER_WORDS.values(), *CAUSE_WORDS.values()}
    assert sorted(names - set(said)) == []
    assert {lever.partition("_")[0] for lever in NEUTRAL} <= set(LEVER_WORDS)


def test_no_translation_is_english():
    """A sentence of more than two words is not the same in both languages."""
    same = [one for name in CATALOGUES for one, said in catalogue(name).items() if one == said]
    assert [one for one in same if len([word for word in one.split() if word.isalpha()]) > 2] == []


def test_french_is_set_as_in_france():
    """No line begins with a colon: the space before high punctuation does not break."""
    loose = [
        said for name in CATALOGUES for said in catalogue(name).values() for sign in ":;?!%»" if f" {sign}" in said
    ]
    assert loose == []


class _Heard(dict[str, str]):
    """Translations, and what was asked of them in vain."""

    def __init__(self, sentences):
        super().__init__(sentences)
        self.missed = set()

    def get(self, sentence, otherwise=None):
        if sentence not in self:
            self.missed.add(sentence)
        return super().get(sentence, otherwise)


def _nothing(plan, progress):
    return empty_ledger(plan.levels.names, np.arange(4), 2, plan.week_starts, plan.years)


def test_a_report_of_an_assessment_says_nothing_in_english(small, question):
    """Of every option, with all that explains them: each sentence was found in a catalogue."""
    heard = _Heard(language("fr").sentences)
    page = assessment_report(small, why_answer(question), spoken=Language("fr", heard), command="varne assess")
    assert heard.missed == set()
    assert '<html lang="fr">' in page


def test_a_report_of_a_season_says_nothing_in_english():
    """Of every shipped policy; their names are names of files."""
    heard, names = _Heard(language("fr").sentences), list(shipped_policies())
    dates = ("2026-05-01", "2026-05-14")
    found = simulate(names, dates=dates, members="2x2", spread=_nothing)
    season_report(found, spoken=Language("fr", heard), command="varne season")
    assert heard.missed <= set(names)


def test_a_questionnaire_says_nothing_in_english():
    """Every number that can be asked, with its unit and what it can hold."""
    heard, facts = _Heard(language("fr").sentences), shipped_facts()
    asked = [Asked(one.name, "") for one in facts if one.shape not in ("exact", "choice")]
    questionnaire_page(questions_of(asked, facts), "", {}, Language("fr", heard))
    assert heard.missed == set()
