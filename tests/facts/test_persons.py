"""Promises about text that names a person."""

import pytest

from varne.errors import BadInput
from varne.facts.persons import check_body, check_role, how_to_reach, looks_like_a_person
from varne.facts.tables import shipped_facts

PERSONS = [
    "Captain Smith",
    "captain Smith",
    "Capt. J. Smith",
    "M. Dupont",
    "Mme Dupont",
    "Lt. Ali Hassan",
    "Sgt Jones",
    "J. Smith",
    "J.-P. Dupont",
    "Jean DUPONT",
    "DUPONT Jean",
    "Jean-Pierre Dupont",
    "Anna  Smith",
    "dr smith",
    "Prof. Brown",
    "Mr O'Brien",
    "Ms Jones of the union",
    "as Hélène Martin said",
    "said by Zoe\u0301 Martin.",
    "Miss Brown",
    "Mohammed Ali",
]
CONTACTS = [
    "officer@example.org",
    "see first.last@mail.example.fr, please",
    "@some_handle",
    "0612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "+33 6 12 34 56 78",
    "+44 (0)1632 960001",
    "(01632) 960001",
    "tel: 01632-960-001",
    "0033612345678",
]
NOT_PERSONS = [
    "Watch Officer",
    "watch officer",
    "lifeboat coxswain",
    "Senior Lifeboat Helm",
    "Captain",
    "captain",
    "Captain of the Port",
    "Commander, patrol vessel",
    "tactical commander, Border Force",
    "Royal Navy lieutenant",
    "Chef de quart, CROSS Gris-Nez",
    "capitaine de port",
    "Maître de conférences",
    "officier de quart",
    "Marine Nationale officer",
    "Duty Controller",
    "Head of Operations",
    "Harbour Master",
    "Safety Representative",
    "Vice-Chair of the National Committee",
    "Mate",
    "Victoria Station",
    "In May Dover was calm",
    "Will Dover answer",
    "Mark II raft",
    "Annex B. Lifeboats sail",
    "Allen and Plourde (1999), J. Appl. Phys. 33:757",
    "at 20 m. The boat",
    "51 03.0N 001 38.0E",
    "2026-03-14T02:30Z",
    "0.00012345678 and 0.00032 (0.00011 to 0.00088)",
    "1000000000",
    "MMSI 235012345",
    "20 ms After",
    "",
]
BODIES = [
    "rescue service",
    "interior ministry",
    "example union",
    "RNLI lifeboat crews",
    "syndicat",
    "ministère de l'Intérieur",
    "minist\u0065\u0300re",
    "préfecture maritime",
    "Police Federation",
    "CROSS Gris-Nez",
    "SNSM",
    "sauveteurs en mer",
    "Médecins Sans Frontières",
    "Border Force",
    "Charity Commission",
    "HM Coastguard",
    "douane",
    "The Watch",
    "crews of the Dover station",
    "unions",
    "University of the Sea",
]


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_is_seen(text):
    """Titles, given names with surnames in either order, initials: English and French."""
    assert "reads like a person's name" in (looks_like_a_person(text) or "")
    assert looks_like_a_person(f"This was said twice: {text}, and again")


@pytest.mark.parametrize("text", CONTACTS)
def test_a_way_to_reach_a_person_is_seen(text):
    """E-mail addresses, handles and telephone numbers, national and international."""
    assert how_to_reach(text)
    assert looks_like_a_person(f"call ({text})") or how_to_reach(f"call ({text})")


@pytest.mark.parametrize("text", NOT_PERSONS)
def test_a_role_or_a_thing_is_no_person(text):
    """Roles, bodies, places, positions, dates, numbers and references raise no alarm."""
    assert looks_like_a_person(text) is None


def test_what_the_shipped_facts_say_names_nobody():
    """Hundreds of sentences about boats and seas: no false alarm in one of them."""
    assert [fact.name for fact in shipped_facts() if looks_like_a_person(fact.says)] == []


@pytest.mark.parametrize("name", BODIES)
def test_a_body_may_be_a_panel(name):
    """With capitals or without, English and French, however its accents are composed."""
    check_body(name)


@pytest.mark.parametrize("name", [*PERSONS, *CONTACTS, *(text.lower() for text in ("Anna Smith", "Jean Dupont"))])
def test_a_person_may_not_be_a_panel(name):
    """Not alone, and not beside a word for a body."""
    for panel in (name, f"{name} union", f"group of {name}"):
        with pytest.raises(BadInput, match=r"Panel .* names a person \(.*\); name the body"):
            check_body(panel)


@pytest.mark.parametrize("name", ["", "  ", "Smith", "blue", "42", "my own view", "Zephyr"])
def test_a_panel_needs_a_word_for_a_body(name):
    """What is neither a body nor seen to be a person is refused too."""
    with pytest.raises(BadInput, match="is not named after a body; name the body"):
        check_body(name)


@pytest.mark.parametrize("name", ["John's team", "john", "marie", "Mohammed's group"])
def test_a_given_name_alone_is_enough(name):
    """A group called after one person is that person."""
    with pytest.raises(BadInput, match="names a person"):
        check_body(name)


@pytest.mark.parametrize(
    "role", ["watch officer", "lifeboat coxswain", "patron de canot", "mate", "captain", "Skipper"]
)
def test_a_role_is_what_somebody_does(role):
    """However it is written."""
    check_role(role)


@pytest.mark.parametrize("role", ["captain smith", "john smith", "mohammed", "Ms Jones", "officer@example.org"])
def test_a_person_is_no_role(role):
    """Also without capital letters."""
    with pytest.raises(BadInput, match=r"Role .* names a person \(.*\); write what they do"):
        check_role(role)


@pytest.mark.parametrize(
    "name",
    ["PCS", "CGT", "UNISON", "MSF", "Utopia 56", "L'Auberge des Migrants", "Care4Calais", "Channel Rescue",
     "Amnesty International", "Save the Children", "Human Rights Observers", "France terre d'asile", "Salvation Army",
     "Frontex", "MRCC Dover", "Nautilus International", "Trinity House", "Maria Skobtsova House", "union UNSA Police"],
)  # fmt: skip
def test_bodies_with_a_name_of_their_own_may_answer(name):
    """A union or a charity need not call itself one."""
    check_body(name)


@pytest.mark.parametrize("name", ["Anna Smith of the CGT", "CGT Dupont", "MSF, Jean Martin"])
def test_a_person_beside_a_known_body_is_a_person_still(name):
    """The name of a body hides nobody's."""
    with pytest.raises(BadInput, match=r"names a person|not named after a body"):
        check_body(name)


@pytest.mark.parametrize(
    "role", ["Durand", "durand", "chef Durand", "patron Durand", "officier Durand", "Préfet Lallement"]
)
def test_a_role_is_what_someone_does_and_no_surname(role):
    """A bare surname, or one behind a rank that is no title, is refused."""
    with pytest.raises(BadInput, match="person"):
        check_role(role)


@pytest.mark.parametrize("role", ["watch officer, Dover", "officier de quart, CROSS Gris-Nez", "RNLI coxswain", "helm"])
def test_roles_with_a_place_or_a_body_are_roles(role):
    """Where somebody works is no name."""
    check_role(role)
