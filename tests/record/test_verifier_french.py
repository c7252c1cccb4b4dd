"""Promises about the French of the verifier: a court in France reads no English."""

import ast
import json
import re
from importlib import resources
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from tests.record.bundles import copied, make_bundle, rewrite, sum_again
from tests.record.logs import flipped

from varne.record import verifier

# Said through another sentence: what a sentence holds in its braces, and what openssl or Python say themselves.
WITHIN = {
    "ok",
    "FAILED",
    "not checked",
    "note",
    "Everything was checked and holds.",
    "Something does not hold.",
    "What could be checked holds; something could not be checked.",
    "{} is not listed in SHA256SUMS",
    "{} is missing",
    "no openssl is here that judges it at its time",
    "no certificates of the authority are here",
    "{}: whose certificates those are: they came with the bundle. Say --authority, with ones you trust",
    "entry {} says that it was entered at {}, which lies in the future: a clock was wrong",
    "entry {} says that it was entered at {}; {} had seen it at {}",
    "entry {} says that it was entered at {}, entry {} before it at {}: the clock was set back, or one of the times is "
    "not true",
    "entry {} says that it was entered at {}; it was not among the first {} entries, which {} saw at {}",
    "{}: {}",
}
PAIRS = json.loads(resources.files("varne.record").joinpath("verifier_fr.json").read_text(encoding="utf-8"))
ENGLISH = re.compile(r"\b(the|is|are|of|not|no|what|that|and|which|entry|leaves lead|stamp)\b")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_bundle(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def french(made):
    """The program that the bundle carries, which has its French in it."""
    return program_of(made.folder)


def test_the_bundle_carries_every_pair_in_its_one_file(french):
    """A court is given no second file; the sentences lie apart where the program is written."""
    assert french.FRENCH == PAIRS
    assert len(french.SAID) == len(PAIRS) > 80
    assert verifier.FRENCH == {}


def test_every_sentence_has_its_french_and_no_french_is_left_over():
    """What the code says and what the table holds are the same sentences."""
    assert said_in_the_code() | WITHIN == set(PAIRS)


def test_a_sentence_and_its_french_hold_the_same_things():
    """As many places for numbers and names, in the same order."""
    assert [text for text in PAIRS if text.count("{}") != PAIRS[text].count("{}")] == []


def test_french_has_the_signs_of_french():
    """A space that does not break before : ; ? ! %, and curved apostrophes."""
    for french in PAIRS.values():
        assert not re.search(r"[^\u00a0][:;?!%](?!:)", french.replace("://", "")), french
        assert "'" not in french


def test_a_good_bundle_is_told_in_french(made, french, capsys):
    """With every line of a full check, and of one without trust."""
    for words in (made.trust, ["--key", made.new.verifier.text], []):
        french.main([str(made.folder), "--language", "fr", *words])
        assert english_in(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "name", ["checkpoint", "leaves", "entries/1.json", "entries/3.leaf", "checkpoints/4", "checkpoints/4.cosig",
             "checkpoints/4.consistency", "checkpoints/4.tsr", "manifest.json", "files"]
)  # fmt: skip
@pytest.mark.parametrize("change", ["a byte", "gone", "empty"])
def test_a_bad_bundle_is_told_in_french(made, french, tmp_path, capsys, name, change):
    """Also sentences that stand in sentences."""
    bundle = copied(made, tmp_path)
    path = bundle / name if name != "files" else next((bundle / "files").iterdir())
    if change == "gone":
        path.unlink()
    else:
        rewrite(path, lambda content: b"" if change == "empty" else flipped(content, len(content) // 2))
    for again in (False, True):
        if again:
            sum_again(bundle)
        french.main([str(bundle), "--language", "fr", *made.trust])
        assert english_in(capsys.readouterr().out) == []


def test_strange_names_do_not_become_orders_or_take_long(french):
    """Braces, sentences in names, and thousands of colons."""
    say = french.Bundle(Path(), True).say
    assert say("{0} is missing") == "{0} manque"
    assert say("a: b: c is missing").endswith("manque")
    assert len(say(": ".join("x" * 4000))) > 4000


def program_of(bundle):
    """The file verify.py of a bundle as a module."""
    spec = spec_from_file_location("verify", bundle / "verify.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said_in_the_code():
    """The first words of each ``Wrong`` and each ``say``, the second of each ``told``; braces for what changes."""
    found = set()
    for node in ast.walk(ast.parse(Path(verifier.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            place = {"Wrong": 0, "bundle.say": 0, "bundle.told": 1}.get(called)
            if place is not None and isinstance(node.args[place], ast.Constant | ast.JoinedStr):
                found.add(template(node.args[place]))
    return found - {"{} is {}"}


def template(node):
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def english_in(said):
    """Lines with words of English, but for what openssl, Python and base64 say themselves."""
    return [
        line
        for line in said.splitlines()
        if ENGLISH.search(re.sub(r"(?<=openssl le refuse\u00a0:).*|(?<=ne peut pas être lu\u00a0:).*|'.*'", "", line))
    ]
