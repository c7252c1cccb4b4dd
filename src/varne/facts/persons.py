"""Text that names a person: Varne holds none, so a panel is a body and a respondent is a role."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources

from varne.errors import BadInput

_EMAIL = re.compile(r"(?<![^\s@<>(),;])[^\s@<>(),;]+@[^\s@<>(),;]+\.\w{2,}|\B@\w{3,}")
# International with + or 00, national with 0: ten digits or more; never a decimal or part of a number.
_PHONE = re.compile(r"(?<![\w.,])(?:(?:\+|00|\(?0)[1-9](?:[ ()/-]{0,2}\d){8,13}|0[1-9](?:\.\d\d){4})(?![\d.,]*\d)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIAL = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.)*")
_APART = re.compile(r"[!?:;()\[\],\"“”«»/\n]|\d")  # no name goes across these
_ROMAN = re.compile(r"[IVXL]+")


@cache
def _words(table: str) -> frozenset[str]:
    text = resources.files("varne.facts").joinpath("persons.toml").read_text(encoding="utf-8")
    return frozenset(_bare(word) for word in tomllib.loads(text)[table].split())


def looks_like_a_person(text: str) -> str | None:
    """
    Say why a text seems to name a person; a word of warning, not a proof in either direction.

    Parameters
    ----------
    text : str
        Any. [1]

    Returns
    -------
    str or None
        For example ``"it holds an e-mail address"``; nothing where no person is seen.

    Examples
    --------
    >>> looks_like_a_person("Jean-Pierre Dupont saw it")
    "'Jean-Pierre Dupont' reads like a person's name"
    >>> looks_like_a_person("Watch officer of the Dover Coastguard") is None
    True
    """
    if contact := how_to_reach(text):
        return contact
    for run in _APART.split(unicodedata.normalize("NFC", text)):
        words = _WORD.findall(run)
        for place in range(len(words) - 1):
            lettered = place > 0 and _bare(words[place - 1]) in _words("lettered")
            if found := _titled(words[place:]) or _named(words[place:], lettered):
                return f"'{found}' reads like a person's name"
    return None


def how_to_reach(text: str) -> str | None:
    """
    Say whether a text holds an e-mail address or a telephone number.

    Parameters
    ----------
    text : str
        Any. [1]

    Returns
    -------
    str or None
        Which; nothing where it holds neither.

    Examples
    --------
    >>> how_to_reach("write to someone@example.org"), how_to_reach("+44 1632 960 001")
    ('it holds an e-mail address', 'it holds a telephone number')
    >>> how_to_reach("51 03.0N 001 38.0E, 2026-03-14T02:30Z, 0.35 to 0.00012345678") is None
    True
    """
    if _EMAIL.search(text):
        return "it holds an e-mail address"
    return "it holds a telephone number" if _PHONE.search(text) else None


def check_body(panel_name: str) -> None:
    """
    Refuse a panel that is not named after a body or a group, or whose name holds a person's.

    Parameters
    ----------
    panel_name : str
        As written. [1]

    Raises
    ------
    BadInput
        With what to write instead.

    Examples
    --------
    >>> check_body("ministère de l'Intérieur")
    >>> check_body("Utopia 56")
    >>> check_body("Anna Smith")
    Traceback (most recent call last):
    varne.errors.BadInput: Panel 'Anna Smith' names a person ('Anna Smith' reads like a person's name); name ...
    """
    remedy = "name the body or group that answers, for example 'rescue service', 'police union' or 'ministère'"
    rest = _without_bodies(panel_name)
    if rest != panel_name and not (_person_in(rest) or _names_of(rest)):
        return
    if why := _person_in(panel_name):
        raise BadInput(f"Panel {panel_name!r} names a person ({why}); {remedy}.")
    words = [_bare(word) for word in _WORD.findall(unicodedata.normalize("NFC", panel_name))]
    pieces = [piece for word in words for piece in (word, *re.split(r"['’-]", word))]
    if not any(piece in _words("bodies") or piece.removesuffix("s") in _words("bodies") for piece in pieces):
        raise BadInput(f"Panel {panel_name!r} is not named after a body; {remedy}.")


def check_role(role: str) -> None:
    """
    Refuse a role that names a person.

    Parameters
    ----------
    role : str
        What a respondent does, as written. [1]

    Raises
    ------
    BadInput
        With what to write instead.

    Examples
    --------
    >>> check_role("lifeboat coxswain")
    >>> check_role("captain smith")
    Traceback (most recent call last):
    varne.errors.BadInput: Role 'captain smith' names a person ('Captain Smith' reads like a person's name); write ...
    """
    remedy = "write what they do, for example 'watch officer' or 'coxswain'"
    if why := _person_in(role):
        raise BadInput(f"Role {role!r} names a person ({why}); {remedy}.")
    rest = _without_bodies(role)
    if names := _names_of(rest):
        raise BadInput(f"Role {role!r} has {names[0]!r}, which may be a person's name; {remedy}.")
    if rest == role and not any(_is_known(word) for word in _WORD.findall(unicodedata.normalize("NFC", role))):
        raise BadInput(f"Role {role!r} is none that Varne knows, and may be a person's name; {remedy}.")


@cache
def _proper() -> re.Pattern[str]:
    """Names of bodies that are known by a name of their own, the longest first."""
    text = tomllib.loads(resources.files("varne.facts").joinpath("persons.toml").read_text(encoding="utf-8"))["proper"]
    names = sorted((line for line in text.splitlines() if line), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE)


def _without_bodies(text: str) -> str:
    return _proper().sub(" ", unicodedata.normalize("NFC", text))


def _names_of(text: str) -> list[str]:
    """Words with a capital that Varne does not know and that may be a name; those in capitals are a body's letters."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return [word for word in words if _is_name(word) and not word.rstrip(".").isupper()]


def _person_in(short: str) -> str | None:
    """Why a panel or role names a person, whether or not names are written with capitals."""
    capitals = re.sub(r"(?<![\w'’])\w", lambda found: found[0].upper(), short)
    if why := looks_like_a_person(short) or looks_like_a_person(capitals):
        return why
    words = [_bare(word) for word in _WORD.findall(unicodedata.normalize("NFC", short))]
    alone = [word for word in words if word in _words("given_names") and word not in _known() | _words("words_too")]
    return f"{alone[0]!r} is a given name" if alone else None


def _bare(word: str) -> str:
    """A word without its accents' composition, case, final point and English genitive."""
    return unicodedata.normalize("NFC", word).casefold().removesuffix(".").removesuffix("'s").removesuffix("’s")


def is_given_name(word: str) -> bool:
    """
    Say whether a word with a capital is a given name, and no other word too.

    Parameters
    ----------
    word : str
        [1]

    Returns
    -------
    bool

    Examples
    --------
    >>> is_given_name("Fatima"), is_given_name("fatima"), is_given_name("Marine")
    (True, False, False)
    """
    return _is_given(word) and _bare(word) not in _known() | _words("words_too")


def is_unknown_name(word: str) -> bool:
    """
    Say whether a word may be a surname: it has a capital, is not all capitals, and is no role, body or little word.

    Parameters
    ----------
    word : str
        [1]

    Returns
    -------
    bool

    Examples
    --------
    >>> is_unknown_name("Petit"), is_unknown_name("Dover"), is_unknown_name("VHF")
    (True, False, False)
    """
    return _is_name(word) and not word.isupper()


@cache
def _known() -> frozenset[str]:
    return _words("bodies") | _words("roles") | _words("little") | _words("ranks")


def _is_known(word: str) -> bool:
    """Whether a word, or all pieces of a compound, name no person: 'Watch', 'l'Intérieur', 'Vice-Chair'."""
    bare = _bare(word)
    pieces = [piece for piece in re.split(r"['’-]", bare) if len(piece) > 1]
    return bare in _known() or bare.removesuffix("s") in _known() or all(piece in _known() for piece in pieces)


def _is_given(word: str) -> bool:
    """Whether a capitalised word is a given name: 'Jean', 'Jean-Pierre', 'MARIE'."""
    pieces = _bare(word).split("-")
    return word[0].isupper() and (
        _bare(word) in _words("given_names") | _words("words_too")
        or (len(pieces) > 1 and all(piece in _words("given_names") for piece in pieces))
    )


def _is_name(word: str) -> bool:
    """Whether a word may be a surname: it begins with a capital and is none of the words that Varne knows."""
    return word[0].isupper() and len(_bare(word)) > 1 and not _ROMAN.fullmatch(word) and not _is_known(word)


def _titled(words: list[str]) -> str | None:
    """A title and what follows: 'Mr smith', 'Captain Smith', 'Capt. J. Smith', 'M. Dupont'."""
    first, title = words[0], _bare(words[0])
    surname = next((word for word in words[1:] if not _INITIAL.fullmatch(word)), "")
    if not surname or not (title == "dr" or first[0].isupper() or title in _words("ranks")):
        return None
    if title in _words("titles"):
        return f"{first} {surname}"
    ranked = title in _words("ranks") | _words("courtesies") or first == "M."
    return f"{first} {surname}" if ranked and _is_name(surname) else None


def _named(words: list[str], lettered: bool) -> str | None:
    """A given name and a surname, in either order, or initials and a surname."""
    first, second = words[0], words[1]
    if first.endswith(".") and not _INITIAL.fullmatch(first):  # the end of a sentence
        return None
    if _is_given(first) and _bare(first) not in _words("roles") | _words("bodies") and _is_name(second):
        return f"{first} {second}"
    if first.isupper() and len(_bare(first)) > 2 and _is_name(first) and _is_given(second):
        return f"{first} {second}"
    initials = _INITIAL.fullmatch(first) and first.endswith(".") and not lettered and len(second) > 2
    return f"{first} {second}" if initials and _is_name(second) else None
