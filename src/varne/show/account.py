"""The account of a record in plain words, for a court and for whoever reads the bundle first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from varne.duties.sentences import Said, of_option, of_value, word_of
from varne.show.language import Language

_INTERVAL = "{mean} ({low} to {high})"
NAMES = {"en": "README.en.md", "fr": "LISEZMOI.fr.md"}


@dataclass(frozen=True, slots=True)
class Told:
    """What an account is told from."""

    origin: str
    size: int
    root: str
    keys: Sequence[str]
    events: Sequence[Mapping[str, Any]]  # with their numbers as ``index``
    absent: Sequence[int]  # entries whose bodies are withheld or deleted
    cosigned: Sequence[tuple[int, str, str]]  # entries, by whom, when
    stamped: Sequence[tuple[int, str, str]]


def account(told: Told, language: Language) -> str:
    """
    Tell a record.

    Parameters
    ----------
    told : Told
        [1]
    language : Language
        [1]

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> from varne.show.language import language
    >>> text = account(Told("varne.example/case", 0, "00", (), (), (), (), ()), language("en"))
    >>> text.splitlines()[0]
    '# Record of evidence: varne.example/case'
    """
    parts = (
        _head(told, language),
        _seen(told, language),
        _checking(told, language),
        _story(told, language),
        _limits(language),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(told: Told, language: Language) -> Iterator[str]:
    say = language.say
    yield f"# {say('Record of evidence: {origin}', origin=told.origin)}"
    yield ""
    yield say("Not legal advice. Nothing here says whether an act was within the law.")
    yield ""
    yield say(
        "This folder holds entries of a record that was kept while events happened. Entries were only ever added; each "
        "is bound to those before it, so that none can be changed, removed or put in later unseen."
    )
    yield ""
    yield say("The record has {size} entries. All times are UTC.", size=told.size)
    for index in told.absent:
        yield "- " + say(
            "The content of entry {index} is withheld or was deleted; that it exists is proved.", index=index
        )


def _seen(told: Told, language: Language) -> Iterator[str]:
    say = language.say
    yield f"## {say('Who signed it, and who saw it')}"
    yield ""
    for key in told.keys:
        yield "- " + say(
            "Key of the record: {key}. Compare it with what its keeper published elsewhere.", key=f"`{key}`"
        )
    for size, who, when in told.cosigned:
        yield f"- {say('{who} countersigned the first {size} entries on {when}.', who=who, size=size, when=when)}"
    for size, who, when in told.stamped:
        yield f"- {say('{who} stamped the first {size} entries on {when}.', who=who, size=size, when=when)}"
    if not told.cosigned and not told.stamped:
        yield "- " + say(
            "Nobody else has countersigned or stamped it: its order is proved only to those who kept an earlier "
            "checkpoint, and its times are those of its keeper's clock."
        )


def _checking(told: Told, language: Language) -> Iterator[str]:
    say = language.say
    key = say("THE KEY THAT YOU WERE GIVEN BY ANOTHER WAY")  # not that of this bundle, which a forger would print too
    yield f"## {say('How to check it')}"
    yield ""
    yield say("With Python alone, in this folder:")
    yield ""
    yield f"    python3 -I verify.py --key '{key}'"
    yield ""
    yield say(
        "Where witnesses countersigned or an authority stamped, add --policy with the policy, and --authority with the "
        "certificates, that their keepers published elsewhere; what came with this folder proves nothing by itself."
    )
    yield ""
    yield say("With openssl and a shell, without Python:")
    yield ""
    yield f"    bash COMMANDS.sh '{key}'"
    yield ""
    yield say("How everything is written stands in FORMATS.md; what is here, and why, in manifest.json.")
    yield ""
    yield say(
        "An answer can be computed again with Varne, of the version that the entry names, from the numbers in files/: "
        "varne record replay."
    )


def _story(told: Told, language: Language) -> Iterator[str]:
    yield f"## {language.say('What the entries say')}"
    yield ""
    for event in told.events:
        when = f"{event['time'][:10]} {event['time'][11:19]}"
        late = "" if event["time"][:19] == event["logged"][:19] else _entered(event, language)
        said = _words(event, language).rstrip()
        yield f"{event['index']}. **{when}**, {_text(event['role'], language)}{language.say(': ')}{said}{late}"


def _entered(event: Mapping[str, Any], language: Language) -> str:
    when = f"{event['logged'][:10]} {event['logged'][11:19]}"
    return " " + language.say("(entered {when})", when=when)


def _words(event: Mapping[str, Any], language: Language) -> str:
    """One entry in one sentence; text that people wrote stands as they wrote it."""
    say = language.say
    data = {name: _text(one, language) for name, one in event["data"].items()}

    def _said(sentence: str, *fields: str, **named: str) -> str:
        missing = say("not said")
        return say(sentence, **{name: data.get(name, missing) for name in fields}, **named)

    match event["kind"]:
        case "known":
            word = word_of(event["data"])
            what = data.get("what", say("not said")) if word.means == word.name else say(word.means)
            given = event["data"].get("value")
            value = _spoken(of_value(word, given), given, language)
            return _said("reported “{what}”: {value}. Source: {source}.", "source", what=what, value=value)
        case "computed" if "failed" in data:
            return _said("asked Varne, which gave no figure: {failed}", "failed")
        case "computed":
            return _said(
                "asked Varne. Expected deaths (mean, 90 % interval, weakest grade of evidence): {figures}.",
                figures=_figures(event["data"], language),
            )
        case "shown" if event["data"].get("to"):
            return _said("the figures of {id} were shown to: {to}.", "to", id=data.get("computed", "")[:8])
        case "shown":
            return _said("the figures of {id} were not shown to anybody.", id=data.get("computed", "")[:8])
        case "decided":
            option = event["data"].get("chosen")
            chosen = _spoken(of_option(option), option, language)
            return (
                f"{_said('decided: {chosen}. Reason: {reason}', 'reason', chosen=chosen)} {_against(event, language)}"
            )
        case "force":
            return _said(
                "use of force: {means}, at {place}, for {purpose}. Warnings: {warnings}. "
                "People near the water: {people_near_water}.",
                "means", "place", "purpose", "warnings", "people_near_water",
            )  # fmt: skip
        case "duty":
            return _said("duty {duty} checked: {state}.", "duty", state=say(data.get("state", "not said")))
        case "correction" if "withholds" in data:
            return _said("the content of entry {withholds} is withheld. Reason: {reason}", "withholds", "reason")
        case "correction":
            return _said("correction of {id}: {what}", "what", id=data.get("corrects", "")[:8])
        case "redaction":
            return _said("the content of entry {redacts} was deleted. Reason: {reason}", "redacts", "reason")
        case "key":
            return _said("a key of the record was introduced: {key}", key=f"`{data.get('vkey', '')}`")
        case "export":
            return _said("a bundle of entries was given to: {to}", "to")
    return _said("the record was kept; nothing else is said.")


def _against(event: Mapping[str, Any], language: Language) -> str:
    reasons = event["data"].get("not_chosen")
    if not isinstance(reasons, Mapping):
        return ""
    said = (f"{_spoken(of_option(name), name, language)}: {_text(why, language)}" for name, why in reasons.items())
    return language.say("Not chosen: {not_chosen}", not_chosen=language.listed(said))


def _spoken(said: str | Said, written: object, language: Language) -> str:
    """Words of the tables in the language; what a person wrote as it stands."""
    return _text(said.spoken(language.say) if isinstance(said, Said) else written, language)


def _text(value: object, language: Language) -> str:
    """What an entry holds, on one line: no text that somebody wrote can look like another entry, or rule a terminal."""
    match value:
        case bool():
            return language.say("yes") if value else language.say("no")
        case int() | float():
            return language.written(str(value))
        case "unknown" | None:
            return language.say("unknown")
        case Mapping():
            return language.listed(f"{_text(name, language)}: {_text(one, language)}" for name, one in value.items())
        case [int() | float() as low, int() | float() as high]:
            return language.say("{low} to {high}", low=language.written(str(low)), high=language.written(str(high)))
        case [*several]:
            return ", ".join(_text(one, language) for one in several)
    return "".join(sign for sign in " ".join(str(value).split()) if sign.isprintable())


def _figures(data: Mapping[str, Any], language: Language) -> str:
    found = []
    rows = data.get("options")
    for row in rows if isinstance(rows, list) else []:
        match row:
            case {
                "name": name,
                "expected_deaths": {
                    "mean": int() | float() as mean,
                    "low": int() | float() as low,
                    "high": int() | float() as high,
                },
            }:
                numbers = {"mean": language.number(mean), "low": language.number(low), "high": language.number(high)}
                grade = language.say(str(row.get("grade", "unknown")))
                found.append(f"{language.say(_text(name, language))} {language.say(_INTERVAL, **numbers)}, {grade}")
    return language.listed(found) or language.say("they stand in the whole answer, by its hash")


def _limits(language: Language) -> Iterator[str]:
    say = language.say
    yield f"## {say('What this does not prove')}"
    yield ""
    yield say(
        "It does not prove that what was entered is true, that nothing was kept out of the record, or who typed an "
        "entry. It proves that an entry existed in this form before the time of the stamp over it, that the record "
        "only grew, and that those who countersigned saw the same record."
    )
    yield ""
    yield say("Figures are estimates of a model, with what is not known of them; they are not findings of fact.")
