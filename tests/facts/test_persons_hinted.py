"""Promises about text of a record that may name a person."""

import time

import pytest
from tests.facts.test_persons import BODIES, CONTACTS, NOT_PERSONS, PERSONS

from varne.facts.duty_words import words_of_the_record
from varne.facts.persons_hinted import may_name_a_person, origin_may_name_a_person
from varne.facts.tables import shipped_facts

NAMED = [
    "Мария Иванова", "محمد علي", "said by محمد", "Nguyễn Văn An", "O'Brien", "O’Brien saw it", "said by Fatima",
    "the boy named Omar", "le brigadier Petit", "Adjudant-chef Moreau", "Officer O’Brien", "Officer Jenkins",
    "Smith, John", "al-Hassan", "Ahmed bin Rashid", "un garçon prénommé Karim", "Łukasz Wójcik", "李明",
]  # fmt: skip
REACHED = [
    "jean(at)example.fr", "jean [at] example.fr", "jean.dupont chez interieur.gouv.fr", "john@localhost",
    "０６ １２ ３４ ５６ ７８", "٠٦١٢٣٤٥٦٧٨", "WhatsApp 612345678", "tel 612345678", "tél. : 612 345 678",
    "passport P1234567",
    "passeport n° 12AB34567", "matricule 123456", "born 12/03/2009", "née le 3 mars 2009", "date of birth: 2009-03-12",
]  # fmt: skip
# What a watch officer writes, in English and French: no person is in it.
NOBODY = [
    "Watch Officer Ramsgate to Dover Lifeboat, 02:30", "Duty Officer Newhaven", "the vessel named Marie",
    "ferry called Charlotte",
    "Le CROSS Gris-Nez a relayé l'appel de la préfecture maritime à 02 h 30",
    "L'officier de quart a demandé au remorqueur Abeille Liberté d'appareiller de Boulogne-sur-Mer",
    "Embarcation repérée à 3 milles au nord de Calais, cap au 290, vitesse 4 nœuds, environ 55 personnes à bord",
    "Le patrouilleur Flamant suit à distance ; mer 3, vent d'ouest-sud-ouest 12 nœuds, visibilité bonne",
    "Canot SNSM de Dunkerque engagé, hélicoptère Dauphin de la Marine nationale en alerte au Touquet",
    "Appel reçu sur la VHF canal 16 par le sémaphore de Gravelines", "Position donnée par Dragon 62, relèvement 310",
    "Le brigadier de quart a signalé un départ entre Wissant et Tardinghen", "officier de permanence Cherbourg",
    "Le bateau nommé Marie a été remorqué au port", "au large de Saint-Valery-en-Somme, coefficient 95",
    "Telephone at 02:30 UTC, 51 03.0N 001 38.0E", "phone 2026-03-14 02:30", "MMSI 235012345", "call sign 2ABC3",
    "RNLI Dungeness asked by HM Coastguard at 02:31", "seen by Border Force cutter Seeker, 3 miles off Dungeness",
    "Dover, Calais, Boulogne", "Ferry Pride of Kent, P&O", "met at Western Docks", "anchored at 51.03n", "8 o'clock",
    "born by the stream", "signal lost at 02:30", "Aurora and Helen, two yachts", "The Channel, Dover Strait TSS",
    "Il est par 51 N; vu par Calais", "Le commissaire du gouvernement", "inspector of the port", "gendarme maritime",
]  # fmt: skip


@pytest.mark.parametrize("text", [*NAMED, *PERSONS])
def test_a_name_is_warned_of(text):
    """In other scripts, with other accents, after ranks of both countries, the surname first or alone."""
    assert "reads like a person's name" in (may_name_a_person(text) or "")
    assert may_name_a_person(f"This was said: {text}; and again.")


@pytest.mark.parametrize("text", [*REACHED, *CONTACTS])
def test_numbers_and_addresses_of_a_person_are_warned_of(text):
    """Whatever signs they are written with; papers, numbers of officers and dates of birth too."""
    assert "it holds " in (may_name_a_person(text) or "")


@pytest.mark.parametrize("text", [*NOBODY, *NOT_PERSONS, *BODIES])
def test_what_a_watch_officer_writes_brings_no_alarm(text):
    """Places, ships, bodies, posts, positions: who is warned of everything reads no warning."""
    assert may_name_a_person(text) is None


def test_what_the_tables_say_names_nobody():
    """Facts and words of duties: no false alarm in one of them."""
    texts = [fact.says for fact in shipped_facts()] + [word.means for word in words_of_the_record().values()]
    assert [(text, why) for text in texts if (why := may_name_a_person(text))] == []


@pytest.mark.parametrize(
    ("origin", "warned"),
    [("varne.example/john.smith@example.org", True), ("varne.example/john-smith", True),
     ("example.org/jean_dupont/7", True),
     ("varne.example/dover/2026-031", False), ("varne.example/log", False), ("example.org/cross-gris-nez", False)],
)  # fmt: skip
def test_the_name_of_a_record_may_be_a_persons(origin, warned):
    """Written small, and with points for spaces."""
    assert bool(origin_may_name_a_person(origin)) == warned


@pytest.mark.parametrize("piece", ["x", "x.", "7", "Ab ", "tel ", "a-"])
def test_a_long_text_is_looked_through_in_moments(piece):
    """As long as an entry can be: time grows with its length, not with the square of it."""
    begun = time.monotonic()
    may_name_a_person(piece * (60_000 // len(piece)))
    assert time.monotonic() - begun < 12.0
