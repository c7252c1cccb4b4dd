"""Every sentence that pages can say, found where it is written."""

import ast
import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

import varne.show
from varne.duties.sentences import sentences
from varne.facts.option_tables import shipped_option_rows
from varne.facts.policies import shipped_policies, with_what_it_is_like
from varne.facts.tables import shipped_facts

SHOW = Path(varne.show.__file__).parent
_IN_TEMPLATE = re.compile(r"""say\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")


def catalogue(name):
    """The translations of a catalogue by their English."""
    with (SHOW / "locale" / f"{name}_fr.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file, locale="fr") if one.id}


def placeholders(sentence):
    """Names of the values that are put into a sentence."""
    return set(re.findall(r"\{(\w+)\}", sentence))


@cache
def said_by_pages():
    """What the code and the templates of pages say, word for word."""
    found = set()
    for path in SHOW.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _says(node.func):
                found |= {one.value for one in _ways(node) if _is_text(one)}
    for path in (SHOW / "templates").glob("*.html"):
        found |= {match[1] or match[2] for match in _IN_TEMPLATE.finditer(path.read_text(encoding="utf-8"))}
    return frozenset(found)


@cache
def said_by_tables():
    """What facts, options and policies say of themselves."""
    options = shipped_option_rows()["options"]
    policies = (with_what_it_is_like(rows, name) for name, rows in shipped_policies().items())
    return frozenset(
        {fact.says for fact in shipped_facts()}
        | {row["says"] for row in options.values()}
        | {str(rows["says"]) for rows in policies}
    )


def said_by_duties():
    """What the law, its rules and its words say."""
    return frozenset(sentences())


@cache
def written_anywhere():
    """Every text in the code."""
    found = set()
    for path in SHOW.parent.rglob("*.py"):
        found |= {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if _is_text(node)}
    return (
        frozenset(found) | said_by_duties() | said_by_pages() | said_by_tables() | set(shipped_option_rows()["options"])
    )


def _says(called):
    """Whether a call says something: ``language.say(...)``, or ``say(...)`` for short."""
    return getattr(called, "attr", getattr(called, "id", "")) == "say"


def _ways(call):
    """What is said in a call: one sentence, or one of two."""
    said = call.args[0] if call.args else None
    return (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
