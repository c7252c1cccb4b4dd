"""Promises about the verifier that a court is given: it stands alone, and passes nothing that it should not."""

import ast
import base64
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.bundles import continue_with, copied, make_bundle, next_entry, rewrite, sum_again
from tests.record.logs import NOW, drafts, flipped

from varne.errors import BadKey, BadNote, BadProof
from varne.record import tree, verifier
from varne.record.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from varne.record.cosignature import cosign
from varne.record.entry import Draft, Entry, canonical, commit_of, leaf_of, make_entry
from varne.record.export import program
from varne.record.keys import COSIGNER, LOG, new_signer, read_vkey
from varne.record.note import Signature
from varne.record.policy import read_policy

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
LEAVES = [tree.leaf_hash(str(number).encode()) for number in range(70)]
# What no key binds: texts for people, the program itself, and what only says what was asked.
FREE = (
    "README.en.md", "LISEZMOI.fr.md", "FORMATS.md", "COMMANDS.sh", "verify.py", "manifest.json", "policy", "SHA256SUMS",
)  # fmt: skip
NEEDED = (
    "entries/1.json", "entries/1.salt", "entries/1.leaf", "entries/1.tlog-proof", "leaves", "checkpoint",
    "checkpoints/4.consistency", "checkpoints/9", "manifest.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_bundle(tmp_path_factory.mktemp("made"))


@pytest.fixture
def bundle(made, tmp_path):
    return copied(made, tmp_path)


# --- It stands alone --------------------------------------------------------------------------------------------------
def test_it_imports_nothing_but_the_standard_library():
    """Nor anything of Varne."""
    nodes = list(ast.walk(ast.parse(Path(verifier.__file__).read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
    called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    assert called.isdisjoint({"exec", "eval", "__import__", "compile"})


def test_it_is_written_in_an_old_python():
    """Computers of courts are not new: 3.8 reads it."""
    tree = ast.parse(program(), feature_version=(3, 8))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    types = [one for node in functions for one in (*(arg.annotation for arg in node.args.args), node.returns) if one]
    types += [node.annotation for node in tree.body if isinstance(node, ast.AnnAssign)]
    read = {one.id for one in types if isinstance(one, ast.Name)}  # as it runs; those in quotes are not
    assert {type(one) for one in types} == {ast.Name, ast.Constant}
    assert read <= {"str", "int", "bytes", "bool", "Path", "Bundle", "float", "datetime", "Any"}


def test_it_runs_where_nothing_is_installed(made, tmp_path):
    """Isolated, from another folder, with no path to any module; it is the file that lies in the bundle."""
    ours, theirs = Path(verifier.__file__).read_text(), (made.folder / "verify.py").read_text()
    place = ours.index('FRENCH: "dict[str, str]" = {}')
    assert (ours[:place], ours[-500:]) == (theirs[:place], theirs[-500:])  # but for the sentences in French
    done = run(made.folder, *made.trust, at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Everything was checked and holds." in done.stdout
    assert "FAILED" not in done.stdout


@pytest.mark.parametrize("words", [["verify.py"], ["-m", "verify"], ["-"]], ids=" ".join)
def test_a_module_that_lies_in_the_bundle_is_not_run(bundle, words):
    """Whoever calls a trusted verify.py there without -I is not taken over by a file of a forger."""
    marks = [f"{name}.py" for name in sorted(sys.stdlib_module_names) if name not in ("__main__", "antigravity")]
    for name in marks:
        (bundle / name).write_text("print('taken over')\nraise SystemExit(0)\n")
    done = subprocess.run(
        [sys.executable, *words], cwd=bundle, input=program() if words == ["-"] else None,
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    if words == ["-m", "verify"]:
        assert "taken over" in done.stdout  # Python itself looks there before a line of ours is read: hence -I
    else:
        assert "taken over" not in done.stdout, done.stderr
        assert done.returncode != 0


def test_a_terminal_without_our_signs_is_no_fault(made):
    """What it cannot show it writes otherwise."""
    done = run(made.folder, *made.trust, "--language", "fr", encoding="ascii")
    assert (done.returncode, done.stderr) == (0, "")


# --- What it says -----------------------------------------------------------------------------------------------------
def test_nothing_that_came_with_the_bundle_vouches_for_it(made, capsys):
    """Keys and certificates of the bundle's own are no pass: a forger would put them there."""
    assert verifier.main([str(made.folder)]) == 3
    said = capsys.readouterr().out
    assert "whose key it is" in said
    assert "whose keys those of the witnesses are" in said
    assert "whose certificates those are" in said
    assert verifier.main([str(made.folder), "--policy", str(made.policy)]) == 3
    assert verifier.main([str(made.folder), "--key", made.new.verifier.text, "--authority", str(made.authority)]) == 3


def test_time_stamps_need_not_be_asked_for(made):
    """Who says so is content with the rest."""
    assert verifier.main([str(made.folder), "--policy", str(made.policy), "--without-time-stamps"]) == 0


@pytest.mark.parametrize("key", ["old", "new"])
def test_trust_in_either_key_follows_the_change(made, key, tmp_path):
    """From the old key by the checkpoint that both signed; from the new one, whose log names the old one."""
    policy = tmp_path / "policy"
    own = read_policy(made.policy.read_bytes())
    one = getattr(made, key).verifier
    policy.write_text(replace(own, logs=tuple(log for log in own.logs if log.key == one)).text)
    assert verifier.main([str(made.folder), "--policy", str(policy), "--authority", str(made.authority)]) == 0


@pytest.mark.parametrize("key", ["old", "new"])
def test_a_change_of_key_bears_both_signatures_whoever_is_trusted(made, bundle, key):
    """Also where both keys are known from elsewhere: one line changed under it is told."""
    lines = (bundle / "checkpoints" / "9").read_bytes().splitlines(keepends=True)
    named = base64.b64encode(getattr(made, key).verifier.key_id)[:5]
    (bundle / "checkpoints" / "9").write_bytes(b"".join(line for line in lines if b" " + named not in line))
    sum_again(bundle)
    assert len(lines) == 6
    assert check(made, bundle) == 1


@pytest.mark.parametrize("other", [lambda made: new_signer("varne.example/test", LOG), lambda made: made.witness])
def test_another_key_is_not_its_key(made, other):
    """One of the same name, and one that countersigns."""
    assert verifier.main([str(made.folder), "--key", other(made).verifier.text]) == 1


def test_a_wrong_call_is_told(made, capsys, tmp_path):
    """Exit code 2: a key that is none, a policy or certificates that are not there, an option that is none."""
    for words in (
        ["--key", "nonsense"],
        ["--policy", str(tmp_path / "none")],
        ["--authority", str(tmp_path / "none")],
        *(["--entries", text] for text in ("", "x", "5-4", "-1", "1,,2", "01", "1-2-3", "²", "1\n2")),
    ):
        assert verifier.main([str(made.folder), *words]) == 2
    assert "verify: " in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        verifier.main(["--no-such-option"])


def test_an_authority_without_a_certificate_is_told(made, capsys, tmp_path):
    """An empty file is a mistake, and not a wish to trust what came with the bundle."""
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "der").write_bytes(b"\x30\x82")
    for name in ("empty", "der"):
        assert verifier.main([str(made.folder), *made.trust[:2], "--authority", str(tmp_path / name)]) == 2
        assert f"{name} holds no certificate" in capsys.readouterr().err


def test_an_archive_is_to_be_unpacked_first(made, capsys, tmp_path):
    """It is no bundle whose sums are missing."""
    archive = shutil.make_archive(str(tmp_path / "bundle"), "zip", made.folder)
    assert verifier.main([archive]) == 2
    assert "bundle.zip is a zip archive; unpack it first" in capsys.readouterr().err
    assert "décompressez-la d’abord" in run(Path(archive), "--language", "fr", at=tmp_path).stderr


def test_it_says_what_is_not_proved(made, capsys):
    """In every run, in the language that is asked for."""
    verifier.main([str(made.folder)])
    assert "Not proved: that what was entered is true" in capsys.readouterr().out
    said = run(made.folder, "--language", "fr").stdout
    assert "Non prouvé" in said
    assert "non vérifié" in said


def test_a_withheld_and_a_deleted_body_are_counted(made, capsys):
    """Nothing of them is given, and that they exist is proved."""
    assert verifier.main([str(made.folder), *made.trust]) == 0
    out = capsys.readouterr().out
    assert "content was deleted, as other entries say: 2\n" in out
    assert "content is withheld, as other entries say: 4\n" in out


@pytest.mark.parametrize("index", [1, 5])
def test_content_that_was_kept_back_in_silence_is_no_pass(made, bundle, index):
    """Whoever hands a bundle on can take content out and write the sums again; no entry says why it is gone."""
    for ending in ("json", "salt"):
        (bundle / "entries" / f"{index}.{ending}").unlink()
    manifest = json.loads((bundle / "manifest.json").read_text())
    manifest["withheld"] = sorted([*manifest["withheld"], index])
    (bundle / "manifest.json").write_text(json.dumps(manifest))
    sum_again(bundle)
    assert check(made, bundle, "--without-time-stamps") == 3


def take_out(bundle, *indices):
    """What whoever hands a bundle on can do: entries gone, manifest and sums written to match."""
    for index in indices:
        for path in (bundle / "entries").glob(f"{index}.*"):
            path.unlink()
    manifest = json.loads((bundle / "manifest.json").read_text())
    for name in ("entries", "withheld"):
        manifest[name] = [index for index in manifest[name] if index not in indices]
    (bundle / "manifest.json").write_text(json.dumps(manifest))
    sum_again(bundle)


def test_entries_that_were_left_out_are_named(made, bundle, capsys):
    """Whoever made the bundle chose: that nothing is missing is for the reader to say, not for a forger."""
    take_out(bundle, 1, 10, 11)
    assert check(made, bundle) == 3
    said = capsys.readouterr().out
    assert "not checked  the content of entries 1, 10-11 is not in this bundle" in said
    assert "say --entries 0,2-9,12\n" in said
    assert "nothing is left out" not in said
    assert check(made, bundle, "--entries", "0, 3-6,7") == 0
    assert "note         the content of entries 1, 10-11 was not asked for" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "code"), [("0-12", 1), ("1", 1), ("10", 1), ("3,11-12", 1), ("12-13", 1), ("2", 0)])
def test_entries_that_were_asked_for_must_be_there(made, bundle, asked, code):
    """Given, or declared as withheld or deleted; a number that the log has not is not there either."""
    take_out(bundle, 1, 10, 11)
    assert check(made, bundle, "--entries", asked) == code


def test_a_declaration_that_was_left_out_with_its_entry_is_no_pass(made, bundle, capsys):
    """What accounts for a deleted body is the entry that says so, and nothing else; of which it is, its leaf tells."""
    take_out(bundle, 2)
    assert check(made, bundle) == 0  # the declaration is enough: the list of leaves has what it names
    said = json.loads((bundle / "entries" / "7.json").read_text())
    assert (said["kind"], said["data"]["redacts"]) == ("redaction", 2)
    take_out(bundle, 7)
    assert check(made, bundle) == 3
    assert "the content of entries 2, 7 is not in this bundle" in capsys.readouterr().out


def test_a_declaration_of_another_leaf_accounts_for_nothing(made, bundle):
    """It names an entry by its number and its commitment; one of both is not enough."""
    data = {"redacts": 1, "commit": "sha256:" + 64 * "0", "reason": "so I say"}
    continue_with(bundle, [next_entry(bundle, 13, Draft("redaction", "thief", data, NOW))], [made.new])
    assert unwitnessed(made, bundle) == 0
    take_out(bundle, 1)
    assert unwitnessed(made, bundle) == 3


def test_without_openssl_a_stamp_is_not_checked(made, monkeypatch, capsys):
    """It is no pass; that it is over the right bytes is seen all the same."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert verifier.main([str(made.folder), *made.trust]) == 3
    assert "no openssl is here that judges it at its time" in capsys.readouterr().out


# --- Changed bundles --------------------------------------------------------------------------------------------------
def test_a_changed_byte_of_any_file_is_seen(made, bundle):
    """One bit in one byte of each file, drawn by chance; in files that are long, in three places."""
    chance = random.Random(5)
    for path in files_of(bundle):
        content = path.read_bytes()
        for place in {chance.randrange(len(content)) for _ in range(1 + 2 * (len(content) > 2000))} if content else ():
            path.write_bytes(flipped(content, place))
            assert check(made, bundle) == 1, f"{path.name}, byte {place}"
        path.write_bytes(content)
    assert check(made, bundle) == 0


def test_a_changed_byte_is_seen_also_where_the_sums_were_written_again(made, bundle):
    """What keys and hashes bind needs no SHA256SUMS: a forger writes those anew."""
    chance = random.Random(6)
    for path in files_of(bundle):
        content = path.read_bytes()
        if path.relative_to(bundle).as_posix() in FREE or path.parent.name == "authorities" or not content:
            continue
        for place in {chance.randrange(len(content)) for _ in range(2)}:
            path.write_bytes(flipped(content, place))
            sum_again(bundle)
            assert check(made, bundle) != 0 or is_stamp(path), f"{path.name}, byte {place}"
        path.write_bytes(content)


def test_a_byte_of_the_checkpoint_and_of_the_leaves_counts_without_the_sums(made, bundle):
    """A third of the bytes of the one, some of the other."""
    for name in ("checkpoint", "leaves"):
        path = bundle / name
        content = path.read_bytes()
        for place in range(0, len(content), 3 if name == "checkpoint" else 17):
            path.write_bytes(flipped(content, place))
            sum_again(bundle)
            assert check(made, bundle, "--without-time-stamps") == 1, f"{name}, byte {place}"
        path.write_bytes(content)


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_file_is_seen_also_where_the_sums_were_written_again(made, bundle, name):
    """Each that a check needs."""
    (bundle / name).unlink()
    assert check(made, bundle) == 1
    sum_again(bundle)
    assert check(made, bundle) == 1


def test_an_entry_taken_out_whole_is_seen(made, bundle):
    """The manifest says which entries were given."""
    for path in (bundle / "entries").glob("3.*"):
        path.unlink()
    sum_again(bundle)
    assert check(made, bundle) == 1


def test_a_file_that_nobody_listed_is_seen(made, bundle):
    """Also one that hides in a folder."""
    (bundle / "files" / "more").write_bytes(b"x")
    assert check(made, bundle) == 1


# --- Forgers ----------------------------------------------------------------------------------------------------------
def test_a_continued_log_holds_where_its_newest_key_signed(made, bundle):
    """What forgers are given below is a true copy of how a log goes on."""
    continue_with(bundle, [next_entry(bundle, 13, drafts(1)[0])], [made.new])
    assert verifier.main([str(bundle), "--key", made.old.verifier.text]) == 1  # no witness has seen it
    assert unwitnessed(made, bundle) == 0


def test_a_log_that_goes_on_under_the_replaced_key_does_not_hold(made, bundle):
    """Keys are changed because they were stolen: what the old one signs after that counts for nothing."""
    continue_with(bundle, [next_entry(bundle, 13, drafts(1)[0])], [made.old])
    assert unwitnessed(made, bundle) == 1


@pytest.mark.parametrize("signers", ["thief", "old and thief"])
def test_a_change_of_key_that_the_old_one_did_not_sign_is_not_followed(made, bundle, signers):
    """A thief writes an entry that introduces his own key, and signs alone; with the old key it would be followed."""
    thief = new_signer("varne.example/test", LOG)
    data = {"vkey": thief.verifier.text, "replaces": made.new.verifier.text, "reason": "so I say"}
    continue_with(bundle, [next_entry(bundle, 13, Draft("key", "thief", data, NOW))], [thief])
    both = [thief] if signers == "thief" else [made.new, thief]
    text = Checkpoint(*checkpoint_of(bundle))
    (bundle / "checkpoints" / "14").write_bytes(sign_checkpoint(text, both))
    (bundle / "checkpoints" / "14.consistency").write_bytes(b"")
    sum_again(bundle)
    assert unwitnessed(made, bundle) == (1 if signers == "thief" else 0)


def test_a_change_of_key_that_stands_in_no_leaf_is_not_followed(made, bundle):
    """An event beside the log, and a thief's line under a genuine checkpoint: both are there for the taking."""
    thief = new_signer("varne.example/test", LOG)
    data = {"vkey": thief.verifier.text, "replaces": made.new.verifier.text, "reason": "so I say"}
    continue_with(bundle, [next_entry(bundle, 13, drafts(1)[0])], [thief])
    genuine = (bundle / "checkpoints" / "13").read_bytes()
    text = genuine.decode().split("\n\n")[0] + "\n"
    line = Signature(thief.name, thief.verifier.key_id, thief.sign(text.encode())).line
    (bundle / "checkpoints" / "13").write_bytes(genuine + line.encode())
    event = make_entry(Draft("key", "thief", data, NOW), logged=NOW, prev="")
    for ending in ("leaf", "tlog-proof"):
        (bundle / "entries" / f"12.{ending}").unlink()
    (bundle / "entries" / "12.json").write_bytes(event.event)
    (bundle / "entries" / "12.salt").write_bytes(event.salt)
    rewrite(bundle / "manifest.json", lambda written: without(written, 12))
    sum_again(bundle)
    assert unwitnessed(made, bundle) == 1
    (bundle / "entries" / "12.leaf").write_bytes(event.leaf)
    sum_again(bundle)
    assert unwitnessed(made, bundle) == 1


def test_a_forked_log_is_seen_by_what_was_kept(made, bundle):
    """Other leaves than those of an earlier checkpoint, signed by the true key."""
    lines = (bundle / "leaves").read_text().splitlines()
    (bundle / "leaves").write_text("".join(f"{line}\n" for line in [lines[1], *lines[1:]]))
    for path in (*(bundle / "entries").glob("0.*"), *(bundle / "checkpoints").glob("4.*")):
        path.unlink()
    continue_with(bundle, [next_entry(bundle, 13, drafts(1)[0])], [made.new])
    assert unwitnessed(made, bundle) == 1


def test_an_entry_that_follows_another_is_seen(made, bundle):
    """Its keeper signs it, and it names the wrong one before it."""
    entry = make_entry(drafts(1)[0], logged=NOW, prev="sha256:" + 64 * "0")
    continue_with(bundle, [entry], [made.new])
    assert unwitnessed(made, bundle) == 1


@pytest.mark.parametrize(
    "event",
    [
        b'{"data":{},"prev":"","time":"2026-01-31T04:05:06.789Z","logged":"2026-01-31T05:05:06.789+01:00"}',
        b'{"data":{},"prev":"","time":"yesterday","logged":"2026-01-31T04:05:06.789Z"}',
        b'{"data":{},"prev":"","time":"2026-01-31T04:05:06.789Z","time":"2026-01-31T04:05:06.789Z",'
        b'"logged":"2026-01-31T04:05:06.789Z"}',
        b'{"data":[],"prev":"","time":"2026-01-31T04:05:06.789Z","logged":"2026-01-31T04:05:06.789Z"}',
        b"[" * 100_000,
        b'{"data":1' + b"0" * 10_000 + b"}",
        b"\xff\xfe",
        b"7",
        b"",
    ],
)
def test_an_event_that_is_none_is_told(made, bundle, event):
    """A leaf can commit to anything; what it commits to is read with care."""
    salt = bytes(32)
    continue_with(bundle, [Entry(leaf_of(commit_of(salt, event)), salt, event)], [made.new])
    done = run(bundle, "--key", made.old.verifier.text, "--policy", str(lone_policy(made, bundle)))
    assert (done.returncode, done.stderr) == (1, "")
    assert "entry 13: its body is no event in the form that FORMATS.md describes" in done.stdout


def forged(bundle, event):
    """An entry with any event at all."""
    salt = bytes(32)
    return Entry(leaf_of(commit_of(salt, event)), salt, event)


def event_with(bundle, **fields):
    """The event of an entry that follows, and what is put in the place of its fields; none where that is nothing."""
    event = json.loads(next_entry(bundle, 13, drafts(1)[0]).event)
    return {name: one for name, one in {**event, **fields}.items() if one is not None}


STRANGE = {
    "schema": {"schema": "varne.event/v9"},
    "kind": {"kind": "verdict"},
    "zz": {"zz": 1},
    "run": {"run": None},
    "role": {"role": 7},
    "id": {"id": ["a"]},
    "prev": {"prev": {}},
    "data": {"data": []},
    "time": {"time": "2026-1-2T3:4:5.6Z"},
    "logged": {"logged": "2026-01-31T04:05:06.789012Z"},
    "inputs": {"inputs": [{"name": 1, "sha256": 2}]},
    "outputs": {"outputs": "abc"},
}


@pytest.mark.parametrize("name", STRANGE)
def test_the_form_of_an_event_is_checked(made, bundle, name, capsys):
    """As a record is read by the program that wrote it, so that both say the same of a log."""
    event = canonical(event_with(bundle, **STRANGE[name]))
    continue_with(bundle, [forged(bundle, event)], [made.new])
    assert unwitnessed(made, bundle) == 1
    assert f"in the form that FORMATS.md describes ({name})" in capsys.readouterr().out


def test_an_event_is_written_in_one_way(made, bundle, capsys):
    """A change of key with a space in it is one that a reader who looks for words would miss."""
    data = {"vkey": new_signer("varne.example/test", LOG).verifier.text, "reason": "so I say"}
    event = event_with(bundle, kind="key", data=data)
    for written in (json.dumps(event), json.dumps(event, separators=(",", ":"))):
        other = copied(made, bundle.parent / str(len(written)))
        continue_with(other, [forged(other, written.encode())], [made.new])
        assert unwitnessed(made, other) == 1
        assert "FORMATS.md describes (RFC 8785)" in capsys.readouterr().out


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(1 - 2**53, 2**53 - 1)
    | st.text() | st.sampled_from([1e21, 1e20, 1e-6, 1e-7, 5e-324, 1e16, 0.1, -0.0, 333333333.33333329]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
)  # fmt: skip


@given(VALUES)
def test_canonical_json_is_that_of_the_other_implementation(value):
    """RFC 8785: numbers as ECMAScript writes them, names in the order of UTF-16; and it is read back as it was."""
    written = canonical(value)
    assert verifier._canonical(value).encode() == written
    assert verifier._canonical(verifier._json(written)).encode() == written


def test_a_salt_has_its_thirty_two_bytes(made, bundle):
    """A salt of another length could hide that an event begins elsewhere."""
    event = canonical(event_with(bundle))
    leaf = leaf_of(commit_of(b"", event))
    continue_with(bundle, [Entry(leaf, b"", event)], [made.new])
    assert unwitnessed(made, bundle) == 1


def test_a_quorum_that_is_not_met_is_told(made, bundle, capsys):
    """A witness's line taken away from under the checkpoint, and put there by another."""
    lines = (bundle / "checkpoint").read_bytes().splitlines(keepends=True)
    rest = b"".join(line for line in lines if b"witness.example" not in line)
    text = rest.decode().split("\n\n")[0] + "\n"
    other = cosign(text, new_signer("witness.example", COSIGNER), 7).line.encode()
    for written in (rest, rest + other):
        (bundle / "checkpoint").write_bytes(written)
        for path in (bundle / "entries").glob("*.tlog-proof"):
            rewrite(path, lambda proof, one=written: proof.partition(b"\n\n")[0] + b"\n\n" + one)
        sum_again(bundle)
        assert check(made, bundle) == 1
        assert "the witnesses that the policy asks for have not countersigned" in capsys.readouterr().out


def test_a_witness_whom_the_policy_does_not_name_is_no_pass(made, bundle, capsys):
    """It is neither counted nor a fault."""
    text = (bundle / "checkpoints" / "13").read_text().split("\n\n")[0] + "\n"
    line = cosign(text, new_signer("stranger.example", COSIGNER), 7).line
    rewrite(bundle / "checkpoints" / "13.cosig", lambda written: written + line.encode())
    sum_again(bundle)
    assert check(made, bundle) == 3
    assert "stranger.example" in capsys.readouterr().out


@pytest.mark.parametrize(
    "lines",
    [
        ["quorum none", "quorum none"],
        ["quorum nobody"],
        [],
        ["group all any all", "quorum all"],
        ["group one 0 witness", "quorum one"],
        ["group one -1 witness", "quorum one"],
        ["group one 2 witness", "quorum one"],
        ["group one any witness witness", "quorum one"],
        ["group one any witness", "group two any witness", "quorum two"],
        ["group two any one", "group one any witness", "quorum two"],
        ["group none any witness", "quorum none"],
        ["group one 99999999999999999999 witness", "quorum one"],
        ["gruop one any witness", "quorum none"],
        ["group", "quorum none"],
    ],
)
def test_a_policy_that_asks_for_nobody_by_a_trick_is_refused(made, lines, tmp_path):
    """Groups of nobody, of the same witness twice, of themselves: what tlog-policy does not allow asks for nothing."""
    policy = tmp_path / "policy"
    head = [f"log {made.new.verifier.text}", f"witness witness {made.witness.verifier.text}"]
    policy.write_text("".join(f"{line}\n" for line in [*head, *lines]))
    assert verifier.main([str(made.folder), "--policy", str(policy), "--without-time-stamps"]) == 1


def named_otherwise(made, bundle, origin, *, key_entries):
    """The log of the bundle, signed by its newest key as if it were one of another name."""
    size, root = checkpoint_of(bundle)[1:]
    written = sign_checkpoint(Checkpoint(origin, size, root), [made.new])
    (bundle / "checkpoint").write_bytes(written)
    for path in (bundle / "entries").glob("*.tlog-proof"):
        rewrite(path, lambda proof: proof.partition(b"\n\n")[0] + b"\n\n" + written)
    for path in (bundle / "checkpoints").iterdir():
        path.unlink()
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps({**manifest, "origin": origin}))
    sum_again(bundle)
    if not key_entries:
        take_out(bundle, 0, 8)


@pytest.mark.parametrize("key_entries", [True, False])
def test_a_key_of_a_policy_signs_for_the_log_of_its_own_name_alone(made, bundle, key_entries, capsys):
    """Of two logs that are trusted the one cannot speak for the other (C2SP tlog-policy, "Defining a log")."""
    named_otherwise(made, bundle, "varne.example/other", key_entries=key_entries)
    other = new_signer("varne.example/other", LOG).verifier.text
    policy = bundle.parent / "two"
    for logs in ((made.new.verifier.text,), (made.new.verifier.text, other)):
        policy.write_text("".join(f"log {key}\n" for key in logs) + "quorum none\n")
        assert verifier.main([str(bundle), "--policy", str(policy), "--without-time-stamps", "--entries", "3"]) == 1
    assert "the policy names no key of the log varne.example/other" in capsys.readouterr().out


def test_a_key_that_is_named_may_have_another_name_than_the_log(made, bundle, capsys):
    """As the Go checksum database's has; it is told. A log that introduces its keys gives them its own name."""
    named_otherwise(made, bundle, "a log of another name", key_entries=True)
    words = [str(bundle), "--key", made.new.verifier.text, "--policy", str(lone_policy(made, bundle))]
    assert verifier.main([*words, "--without-time-stamps"]) == 1
    assert "entry 0 introduces a key of another name than that of the log" in capsys.readouterr().out
    take_out(bundle, 0, 8)
    assert verifier.main([*words, "--without-time-stamps", "--entries", "3"]) == 3  # no earlier checkpoint is here
    said = capsys.readouterr().out
    assert "note         the key varne.example/test that you named has signed for the log of another name" in said
    assert "FAILED" not in said


POLICIES = {
    "no newline at the end": "log {log}\nquorum none",
    "a carriage return": "log {log}\r\nquorum none\r\n",
    "a form feed between words": "log\f{log}\nquorum none\n",
    "a space that does not break between words": "log\u00a0{log}\nquorum none\n",
    "such a space in a name": "log {log}\nwitness a\u00a0b {one}\nquorum a\u00a0b\n",
    "a line separator in a name": "log {log}\nwitness a\u2028b {one}\nquorum a\u2028b\n",
    "tabs": "\tlog\t{log} \n \n# c\n  # c\nquorum\tnone\t\n",
    "a comment in a line": "quorum none # c\n",
    "a delete sign": "witness a\x7f {one}\nquorum none\n",
    "a nul": "# \0\nquorum none\n",
    "a sign of byte order": "\ufefflog {log}\nquorum none\n",
    "no UTF-8 in a comment": b"# caf\xe9\nquorum none\n",
    "no UTF-8 in a name": "witness caf\udce9 {one}\nquorum caf\udce9\n",
    "a log twice": "log {log}\nlog {log}\nquorum none\n",
    "a log under two names": "log {log}\nlog {log_again}\nquorum none\n",
    "a witness under two names": "witness a {one}\nwitness b {one_again}\ngroup g all a b\nquorum g\n",
    "a witness with the key of a log": "log {log}\nwitness a {log_witness}\nquorum a\n",
    "two witnesses": "witness a {one}\nwitness b {two}\ngroup g 000000002 a b\nquorum g\n",
    "a large number": "witness a {one}\ngroup g 123456789 a\nquorum g\n",
    "a quorum before the log": "quorum none\nlog {log}\n",
    "a quorum before its witness": "quorum a\nwitness a {one}\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", POLICIES)
def test_policies_are_read_as_the_other_implementation_reads_them(name):
    """Both take one or both refuse it; a witness under two names would fill a quorum alone."""
    log, one, two = (new_signer(f"{who}.example", kind).verifier for who, kind in zip("lab", (1, 4, 4), strict=True))
    keys = {"log": log, "one": one, "two": two, "log_witness": replace(log, kind=4)}
    keys |= {"log_again": replace(log, name="x"), "one_again": replace(one, name="x")}
    text = POLICIES[name]
    if isinstance(text, str):
        text = text.format(**{name: key.text for name, key in keys.items()}).encode("utf-8", "surrogateescape")
    assert takes(verifier._policy, text) == takes(read_policy, text)
    assert takes(read_policy, text) == (name in TAKEN)


TAKEN = (
    "such a space in a name", "a line separator in a name", "tabs", "no UTF-8 in a comment", "no UTF-8 in a name",
    "a witness with the key of a log", "a quorum before the log",
)  # fmt: skip


@pytest.mark.parametrize(
    "sign", ["\0", "\t", "\r", "\x1f", "\x7f", "\x85", "\u2028", "\u00a0", "\u200b", "\ufeff", "x"]
)
def test_notes_are_read_as_the_other_implementation_reads_them(sign):
    """With a strange sign in the text, in the name of another's signature, and in the name of a key."""
    signer = new_signer("varne.example/test", LOG)
    rest = f"\n5\n{ZERO}\n"
    for origin, name in ((f"a{sign}b", "z"), ("a", f"z{sign}z")):
        text = origin + rest
        lines = [
            Signature(signer.name, signer.verifier.key_id, signer.sign(text.encode())),
            Signature(name, bytes(4), b"x"),
        ]
        both_take(f"{text}\n{''.join(line.line for line in lines)}".encode(), signer)
    named = replace(signer.verifier, name=f"a{sign}b").text
    assert takes(verifier.read_key, named) == takes(read_vkey, named)


@pytest.mark.parametrize("size", ["9223372036854775807", "9223372036854775808", "05", "0", "5 ", ""])
@pytest.mark.parametrize("signature", [b"", b"x"])
def test_sizes_and_short_signatures_are_read_as_the_other_implementation_reads_them(size, signature):
    """Sizes up to what others hold in 64 bits; a line of another that holds the name of a key alone is none."""
    signer = new_signer("varne.example/test", LOG)
    text = f"a\n{size}\n{ZERO}\n"
    lines = [
        Signature(signer.name, signer.verifier.key_id, signer.sign(text.encode())),
        Signature("z", bytes(4), signature),
    ]
    taken = both_take(f"{text}\n{''.join(line.line for line in lines)}".encode(), signer)
    assert taken == (signature == b"x" and size in ("9223372036854775807", "0"))


def both_take(written, signer):
    one = takes(verifier.open_checkpoint, written, [verifier.read_key(signer.verifier.text)])
    assert one == takes(open_checkpoint, written, [signer.verifier])
    return one


# --- Hostile bundles --------------------------------------------------------------------------------------------------
def _link_out(bundle):
    (bundle / "entries" / "1.json").unlink()
    (bundle / "entries" / "1.json").symlink_to("/etc/hostname")


def _link_in(bundle):
    (bundle / "entries" / "1.json").rename(bundle / "entries" / "other")
    (bundle / "entries" / "1.json").symlink_to("other")


def _link_folder(bundle):
    (bundle / "entries").rename(bundle / "elsewhere")
    (bundle / "entries").symlink_to("elsewhere")


def _folder_for(name):
    def change(bundle):
        (bundle / name).unlink()
        (bundle / name).mkdir()

    return change


def _write(name, content):
    return lambda bundle: (bundle / name).write_bytes(content)


def _pipe(bundle):
    (bundle / "leaves").unlink()
    os.mkfifo(bundle / "leaves")


def _odd_name(bundle):
    (Path(os.fsdecode(os.fsencode(bundle) + b"/files/\xff\xfe"))).write_bytes(b"x")


def _deep(bundle):
    home = bundle / "files"
    for _ in range(40):
        home = home / ("d" * 60)
    home.mkdir(parents=True)
    (home / "x").write_bytes(b"x")


def _twice(bundle):
    rewrite(bundle / "SHA256SUMS", lambda written: written + written.splitlines(keepends=True)[0])


SIZE, ZERO = "9" * 5000, "A" * 43 + "="
HOSTILE = {
    "a link that leads out": _link_out,
    "a link within": _link_in,
    "a link for a folder": _link_folder,
    "a pipe": _pipe,
    "a name that is no text": _odd_name,
    "folders in folders": _deep,
    "a name listed twice": _twice,
    "a terminal's commands for a name": lambda bundle: (bundle / "files" / "\x1b[2J\x1b[31mok").write_bytes(b"x"),
    **{f"a folder for {name}": _folder_for(name)
       for name in ("checkpoint", "leaves", "policy", "manifest.json", "SHA256SUMS", "entries/1.json",
                    "entries/1.leaf", "checkpoints/4", "checkpoints/4.tsr", "checkpoints/4.consistency")},
    **{f"nothing in {name}": _write(name, b"")
       for name in ("checkpoint", "leaves", "manifest.json", "SHA256SUMS", "entries/1.leaf", "entries/1.tlog-proof",
                    "checkpoints/4", "checkpoints/4.tsr", "checkpoints/4.cosig")},
    **{f"no text in {name}": _write(name, b"\xff\x00\xfe")
       for name in ("checkpoint", "leaves", "policy", "manifest.json", "SHA256SUMS", "entries/1.leaf",
                    "entries/1.tlog-proof", "checkpoints/4", "checkpoints/4.consistency", "checkpoints/4.cosig")},
    "deep JSON": _write("manifest.json", b"[" * 200_000),
    "a list for the manifest": _write("manifest.json", b"[]"),
    "a name twice in the manifest": _write("manifest.json", b'{"entries":[],"entries":[]}'),
    "a huge number of entries": _write("checkpoint", f"varne.example/test\n{SIZE}\n{ZERO}\n\n— a AAAAAAAA\n".encode()),
    "a huge index": _write("entries/99999999999999999999.leaf", b"x"),
    "an index in other digits": _write("entries/²٣.leaf", b"x"),
    "a huge size for a name": _write(f"checkpoints/{'9' * 200}", b"x"),
    "a stamp over nothing": _write("checkpoints/77.tsr", b"x"),
    "a file too large": lambda bundle: os.truncate(bundle / "leaves", 65 * 1024 * 1024),
}  # fmt: skip


# Once it is listed: what is not read where a policy is trusted, and what nobody can know to have been there.
HARMLESS = (
    "a folder for policy",
    "no text in policy",
    "a folder for checkpoints/4.tsr",
    "nothing in checkpoints/4.cosig",
)
# What a forger cannot list, or what is the list itself.
NOT_LISTED = (
    "a pipe", "a name that is no text", "a file too large", "a name listed twice",
    "a folder for SHA256SUMS", "nothing in SHA256SUMS", "no text in SHA256SUMS",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_bundle_is_told_in_sentences(made, bundle, name):
    """Exit code 1, no traceback, nothing that a terminal would obey; also where the sums were written again."""
    HOSTILE[name](bundle)
    done = run(bundle, *made.trust)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Traceback" not in done.stdout
    assert "\x1b" not in done.stdout
    if name not in NOT_LISTED:
        sum_again(bundle)
        done = run(bundle, *made.trust)
        assert (done.returncode, done.stderr) == (0 if name in HARMLESS else 1, ""), done.stdout
        assert "\x1b" not in done.stdout


def test_what_a_link_leads_to_is_not_read(made, bundle, tmp_path):
    """Nothing of it is shown, also where the sums were written over it."""
    (tmp_path / "secret").write_text("a secret text")
    (bundle / "policy").unlink()
    (bundle / "policy").symlink_to(tmp_path / "secret")
    sum_again(bundle)
    done = run(bundle)
    assert done.returncode == 1
    assert "secret text" not in done.stdout + done.stderr


def test_a_folder_that_is_none_is_told(tmp_path):
    """Nothing there, and a file."""
    (tmp_path / "file").write_bytes(b"")
    for name in ("nothing", "file"):
        assert verifier.main([str(tmp_path / name)]) == 1


# --- Against the program that wrote the bundle, and published vectors -------------------------------------------------
@given(st.integers(1, 70), st.data())
def test_it_agrees_with_the_other_implementation_on_proofs(size, data):
    """Every proof that the one makes the other takes; one hash off, or another place, is refused."""
    leaves = LEAVES[:size]
    subtree, root = tree.subtree_of(leaves), tree.root_of(leaves)
    assert verifier.root_of(leaves) == root
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    proof, grown = list(tree.prove_inclusion(index, size, subtree)), list(tree.prove_consistency(old, size, subtree))
    before = tree.root_of(leaves[:old])
    verifier.check_inclusion(index, size, leaves[index], proof, root)
    verifier.check_growth(old, size, before, root, grown)
    place, sign = data.draw(st.integers(0, 6)), data.draw(st.integers(0, 255))
    wrong = [flipped(one, sign % 32) if number == place else one for number, one in enumerate(proof)]
    other = data.draw(st.integers(-1, size))
    assert takes(verifier.check_inclusion, other, size, leaves[index], wrong, root) == takes(
        tree.check_inclusion, other, size, leaves[index], wrong, root
    )
    wrong = [flipped(one, sign % 32) if number == place else one for number, one in enumerate(grown)]
    for first, second in ((old, size), (other, size), (size, old)):
        assert takes(verifier.check_growth, first, second, before, root, wrong) == takes(
            tree.check_consistency, first, second, before, root, wrong
        )


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_published_proofs_come_out_as_they_say(kind):
    """98 of each kind, of which 92 must fail (transparency-dev/merkle)."""
    cases = vectors("merkle", f"{kind}.json", "transparency-dev/merkle")["cases"]
    names = ("leafIdx", "treeSize", "leafHash", "root") if kind == "inclusion" else ("size1", "size2", "root1", "root2")
    check_one = verifier.check_inclusion if kind == "inclusion" else verifier.check_growth
    wrong = []
    for case in cases:
        one, two = (base64.b64decode(case[name] or "") for name in names[2:])
        proof = [base64.b64decode(text) for text in case["proof"] or ()]
        order = (one, proof, two) if kind == "inclusion" else (one, two, proof)
        wrong.append(not takes(check_one, case[names[0]], case[names[1]], *order))
    assert wrong == [case["wantErr"] for case in cases]
    assert sum(wrong) == 92


def test_signatures_of_project_wycheproof_come_out_as_they_say():
    """88 are valid, 63 are not."""
    groups = vectors("ed25519", "wycheproof_ed25519_test.json", "C2SP/wycheproof")["testGroups"]
    cases = [(group["publicKey"]["pk"], case) for group in groups for case in group["tests"]]
    found = [verifies(key, bytes.fromhex(case["msg"]), case["sig"]) for key, case in cases]
    assert found == [case["result"] == "valid" for _, case in cases]
    assert (sum(found), len(found)) == (88, 151)


def test_edge_cases_of_others_come_out_by_their_flags():
    """Weak keys and keys in a second form sign nothing; others as their equation says without the cofactor."""
    cases = vectors("ed25519", "cctv_ed25519vectors.json", "C2SP/CCTV")
    bad = {"low_order_A", "non_canonical_A", "non_canonical_R", "low_order_residue"}
    expected = [bad.isdisjoint(case["flags"] or ()) for case in cases]
    assert [verifies(case["key"], case["msg"].encode(), case["sig"]) for case in cases] == expected
    assert (sum(expected), len(cases)) == (86, 914)


@given(st.binary(max_size=80), st.integers(0, 63))
def test_signatures_of_the_library_are_taken_and_no_other(message, place):
    """One bit off, and it is none."""
    signer = new_signer("varne.example/test", LOG)
    signature = signer.sign(message)
    assert verifier.ed25519_verifies(signer.verifier.public, message, signature)
    assert not verifier.ed25519_verifies(signer.verifier.public, message, flipped(signature, place))
    assert not verifier.ed25519_verifies(signer.verifier.public, message + b"x", signature)


@given(st.sampled_from([LOG, COSIGNER]), st.integers(0, 200))
def test_keys_are_read_as_the_other_implementation_reads_them(kind, place):
    """As written, and with one sign changed."""
    text = new_signer("varne.example/test", kind).verifier.text
    name, named, number, public = verifier.read_key(text)
    assert (name, number) == ("varne.example/test", kind)
    assert text.split("+")[1] == named.hex()
    assert len(public) == 32
    changed = text[: place % len(text)] + "x" + text[place % len(text) + 1 :]
    if changed != text:
        with pytest.raises(verifier.Wrong):
            verifier.read_key(changed)


# --- What tests do ----------------------------------------------------------------------------------------------------
def run(bundle, *words, at=None, encoding="utf-8"):
    """The verifier as a court runs it: isolated, the file of the bundle."""
    place = {"PATH": os.environ["PATH"], "PYTHONPATH": "", "PYTHONIOENCODING": encoding, "LC_ALL": "C.UTF-8"}
    ours = bundle.parent / "ours.py"
    ours.write_text(program(), encoding="utf-8")
    theirs = bundle / "verify.py"
    return subprocess.run(
        [sys.executable, "-I", str(theirs if theirs.is_file() else ours), str(bundle), *words],
        cwd=at or bundle, env=place, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def check(made, bundle, *words):
    return verifier.main([str(bundle), *made.trust, *words])


def lone_policy(made, bundle):
    """A policy that asks for no witness, from somebody who is trusted."""
    path = bundle.parent / "lone-policy"
    path.write_text(f"log {made.old.verifier.text}\nwitness one {made.witness.verifier.text}\nquorum none\n")
    return path


def unwitnessed(made, bundle):
    return verifier.main([str(bundle), "--policy", str(lone_policy(made, bundle)), "--without-time-stamps"])


def files_of(bundle):
    return sorted(path for path in bundle.rglob("*") if path.is_file())


def is_stamp(path):
    """Not every byte of a stamp is signed, and openssl passes over those that are not."""
    return path.suffix == ".tsr"


def checkpoint_of(bundle):
    origin, size, root = (bundle / "checkpoint").read_text().split("\n")[:3]
    return origin, int(size), base64.b64decode(root)


def without(written, index):
    manifest = json.loads(written)
    return json.dumps({**manifest, "entries": [one for one in manifest["entries"] if one != index]}).encode()


def takes(function, *arguments):
    try:
        function(*arguments)
    except (BadProof, BadNote, BadKey, verifier.Wrong):
        return False
    return True


def verifies(key, message, signature):
    return verifier.ed25519_verifies(bytes.fromhex(key), message, bytes.fromhex(signature))


def vectors(folder, name, source):
    path = VECTORS / folder / name
    if not path.exists():
        pytest.skip(f"needs the vectors of {source} beside the checkout")
    return json.loads(path.read_text(encoding="utf-8"))
