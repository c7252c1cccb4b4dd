"""Promises about COMMANDS.sh: openssl and a shell see what the verifier sees, but for what they leave to it."""

import hashlib
import json
import os
import shutil
import subprocess

import pytest
from tests.record.authority import Authority
from tests.record.bundles import copied, make_bundle, rewrite, sum_again
from tests.record.logs import NOW, drafts, flipped, make_log

from varne.record import tree, verifier
from varne.record.export import export
from varne.record.keep import keep_checkpoint
from varne.record.keys import LOG, new_signer, read_signer
from varne.record.opening import open_log
from varne.record.reader import Record
from varne.record.timestamp import new_request


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_bundle(tmp_path_factory.mktemp("made"))


@pytest.fixture
def bundle(made, tmp_path):
    return copied(made, tmp_path)


def trust(made):
    """Key and certificates, by another way."""
    return [made.new.verifier.text, str(made.authority)]


def test_the_commands_hold_for_a_good_bundle(made):
    """With the key by another way; with that of the policy whose key it is was not checked, and that is no pass."""
    done = commands(made.folder, *trust(made))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All of this holds." in done.stdout
    for words in ([], trust(made)[:1], ["", str(made.authority)]):
        done = commands(made.folder, *words)
        assert done.returncode == 3
        assert "came with the bundle" in done.stdout
    assert commands(made.folder, trust(made)[0], "none").returncode == 0


@pytest.mark.parametrize("name", ["README.en.md", "leaves", "entries/1.json", "checkpoint", "checkpoints/4.tsr"])
def test_the_commands_see_a_changed_byte(made, bundle, name):
    """By SHA256SUMS."""
    rewrite(bundle / name, lambda content: flipped(content, len(content) // 2))
    done = commands(bundle, *trust(made))
    assert done.returncode != 0
    assert "All of this holds." not in done.stdout


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("checkpoint", 25, "is not over its text"),
        ("leaves", 70, "leaves holds something else"),
        ("entries/1.json", 30, "entry 1 is not what its leaf commits to"),
        ("entries/1.salt", 3, "entry 1 is not what its leaf commits to"),
        ("entries/3.leaf", 30, "entry 3 is not in leaves"),
        ("checkpoints/4", 25, "checkpoints/4"),
        ("checkpoints/4.tsr", 400, ""),
    ],
)
def test_the_commands_see_it_also_where_the_sums_were_written_again(made, bundle, name, place, said):
    """By signatures and hashes, each step its own."""
    rewrite(bundle / name, lambda content: flipped(content, place))
    sum_again(bundle)
    done = commands(bundle, *trust(made))
    assert done.returncode != 0, done.stdout
    assert said in done.stdout


def test_the_commands_name_a_root_that_is_no_base64(made, bundle):
    """They end with a sentence, whatever sign a change makes."""
    rewrite(bundle / "checkpoints" / "4", lambda content: content[:25] + b"[" + content[26:])
    sum_again(bundle)
    done = commands(bundle, *trust(made))
    assert done.returncode != 0
    assert "the root of checkpoints/4 is not base64" in done.stdout


def test_the_commands_take_no_other_key(made):
    """One of the same name: that none of its signatures is there is no pass."""
    done = commands(made.folder, new_signer("varne.example/test", LOG).verifier.text)
    assert done.returncode != 0
    assert "not signed by this key" in done.stdout


def test_the_commands_see_leaves_that_stand_for_two(made, bundle):
    """Two leaves put together into one node lead to the same root, and would move all numbers after them."""
    lines = (bundle / "leaves").read_text().splitlines()
    node = tree.node_hash(*(bytes.fromhex(line) for line in lines[8:10])).hex()
    lines[8:10] = [node]
    (bundle / "leaves").write_text("".join(f"{line}\n" for line in lines))
    for path in (bundle / "entries").iterdir():
        if int(path.name.split(".")[0]) >= 8:
            path.unlink()
    sum_again(bundle)
    assert commands(bundle, *trust(made)).returncode != 0
    assert verifier.main([str(bundle), *made.trust]) == 1


def test_a_name_cannot_make_the_shell_do_anything(made, bundle):
    """A number of an entry is looked at before the shell counts with it."""
    (bundle / "entries" / "x[$(touch pwned)].leaf").write_bytes(b"x")
    sum_again(bundle)
    assert commands(bundle, *trust(made)).returncode != 0
    assert not list(bundle.rglob("pwned"))


def test_a_wrong_call_is_told(made, tmp_path):
    """Exit code 2: certificates that are none, entries that are no numbers."""
    (tmp_path / "empty").write_bytes(b"")
    for words in (["", str(tmp_path / "empty")], ["", str(tmp_path / "nothing")], ["", "", "a[$(touch pwned)]"]):
        assert commands(made.folder, *words).returncode == 2
    assert not list(made.folder.rglob("pwned"))


def test_an_honest_change_of_key_is_left_to_the_verifier(made):
    """It is no fault to trust the key of last year; a key that the log never had is one."""
    done = commands(made.folder, made.old.verifier.text, str(made.authority))
    assert done.returncode == 3
    assert "verify.py follows the change of key" in done.stdout


def _orphan(bundle):
    for ending in ("json", "salt"):
        shutil.copy(bundle / "entries" / f"1.{ending}", bundle / "entries" / f"99.{ending}")


def _leaf_with_more(bundle):
    rewrite(bundle / "entries" / "1.leaf", lambda leaf: leaf + b"\0more")


def _salt_moved(bundle):
    salt = (bundle / "entries" / "1.salt").read_bytes()
    (bundle / "entries" / "1.salt").write_bytes(salt[:-1])
    rewrite(bundle / "entries" / "1.json", lambda event: salt[-1:] + event)


def _file_swapped(bundle):
    next((bundle / "files").iterdir()).write_bytes(b'{"answer":1}')


def _file_that_no_entry_names(bundle):
    (bundle / "files" / hashlib.sha256(b"x").hexdigest()).write_bytes(b"x")


def _file_in_entries(bundle):
    (bundle / "entries" / "notes.txt").write_bytes(b"x")


def _stamp_with_more(bundle):
    rewrite(bundle / "checkpoints" / "4.tsr", lambda token: token + b"\4\2ab")


def _stamp_with_a_bad_signature(bundle):
    rewrite(bundle / "checkpoints" / "4.tsr", lambda token: flipped(token, len(token) - 5))


def _orphan_stamp(bundle):
    shutil.copy(bundle / "checkpoints" / "4.tsr", bundle / "checkpoints" / "5.tsr")


def _earlier_without_signature(bundle):
    rewrite(bundle / "checkpoints" / "9", lambda note: note.partition(b"\n\n")[0] + b"\n\n")


def _growth_not_proved(bundle):
    (bundle / "checkpoints" / "9.consistency").unlink()


@pytest.mark.parametrize(
    "change",
    [_earlier_without_signature, _growth_not_proved,
     _orphan, _leaf_with_more, _salt_moved, _file_swapped, _file_that_no_entry_names,
     _file_in_entries, _stamp_with_more, _orphan_stamp,
     _stamp_with_a_bad_signature],
)  # fmt: skip
def test_what_the_verifier_refuses_the_commands_refuse(made, bundle, change):
    """With sums written again, as any forger would."""
    change(bundle)
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 1
    done = commands(bundle, *trust(made))
    assert (done.returncode, "FAILED" in done.stdout) == (1, True), done.stdout


def test_that_a_log_only_grew_is_not_said_where_nothing_shows_it(made, bundle):
    """Without an earlier checkpoint, as the verifier says too."""
    for path in (bundle / "checkpoints").iterdir():
        path.unlink()
    sum_again(bundle)
    done = commands(bundle, trust(made)[0], "none")
    assert done.returncode == 3 and "no earlier checkpoint is here" in done.stdout
    assert verifier.main([str(bundle), *made.trust, "--without-time-stamps"]) in (1, 3)


def test_an_answer_that_was_taken_out_is_no_pass(made, bundle):
    """The entry that names it is here, and what it names is not."""
    next((bundle / "files").iterdir()).unlink()
    sum_again(bundle)
    done = commands(bundle, *trust(made))
    assert (done.returncode, "FAILED" in done.stdout) == (3, False)
    assert "an answer or its numbers" in done.stdout


def test_files_that_the_sums_do_not_list_are_seen(made, bundle):
    """One that was put there, and sums that were cut off."""
    (bundle / "more").write_bytes(b"x")
    assert commands(bundle, *trust(made)).returncode == 1
    (bundle / "more").unlink()
    rewrite(bundle / "SHA256SUMS", lambda written: b"".join(written.splitlines(keepends=True)[:5]))
    done = commands(bundle, *trust(made))
    assert done.returncode == 1
    assert "is not what is here" in done.stdout


@pytest.mark.parametrize("name", ["leaves", "policy", "SHA256SUMS", "checkpoints/4.tsr", "README.en.md"])
def test_a_pipe_does_not_hold_them_up(made, bundle, name):
    """What is no plain file is named before anything is read."""
    (bundle / name).unlink()
    os.mkfifo(bundle / name)
    done = commands(bundle, timeout=10)
    assert done.returncode == 1
    assert f"{name} is no plain file" in done.stdout


def test_stamps_that_were_taken_out_are_no_pass(made, bundle):
    """All of them, and the last one alone."""
    (bundle / "checkpoints" / "13.tsr").unlink()
    sum_again(bundle)
    done = commands(bundle, *trust(made))
    assert done.returncode == 3
    assert "no stamp that openssl takes is over entries 10 11 12 4 5 6 7 9" in done.stdout
    (bundle / "checkpoints" / "4.tsr").unlink()
    sum_again(bundle)
    assert commands(bundle, *trust(made)).returncode == 3
    assert commands(bundle, trust(made)[0], "none").returncode == 0


def test_stamps_of_a_forgers_own_authority_are_no_pass(made, bundle, tmp_path):
    """With its certificates in the bundle; whoever names those of the true one is told, without words of openssl."""
    other = Authority(tmp_path / "other")
    for path in (bundle / "checkpoints").glob("*.tsr"):
        path.write_bytes(other.reply(new_request(path.with_suffix("").read_bytes()).written))
    (bundle / "authorities" / "test.pem").write_bytes(other.bundle)
    sum_again(bundle)
    assert commands(bundle, trust(made)[0]).returncode == 3
    done = commands(bundle, *trust(made))
    assert done.returncode == 3
    assert "stamped by an authority that you did not name" in done.stdout
    assert "error" not in done.stdout + done.stderr


def test_entries_that_were_left_out_are_named(made, bundle):
    """As the verifier does; who asked for some alone says which."""
    for index in (2, 10, 11):
        for path in (bundle / "entries").glob(f"{index}.*"):
            path.unlink()
    manifest = json.loads((bundle / "manifest.json").read_text())
    for name in ("entries", "withheld"):
        manifest[name] = [index for index in manifest[name] if index not in (2, 10, 11)]
    (bundle / "manifest.json").write_text(json.dumps(manifest))
    sum_again(bundle)
    done = commands(bundle, *trust(made))
    assert done.returncode == 3
    assert "the content of 2 entries is not in this bundle: 10 11;" in done.stdout  # of 2 another entry speaks
    for asked, code in (("0-9,12", 0), ("3", 0), ("2", 0), ("10", 1), ("0-12", 1), ("13", 1)):
        assert commands(bundle, *trust(made), asked).returncode == code, asked
        assert verifier.main([str(bundle), *made.trust, "--entries", asked]) == code, asked


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 300])
def test_logs_of_any_size_are_checked(tmp_path, size):
    """Trees that are whole and that are not, with earlier ones in them."""
    folder = make_log(tmp_path)
    for part in (size // 2, size - 1 - size // 2):
        with open_log(folder, now=NOW) as log:
            if part > 0:
                log.append(drafts(part), now=NOW)
        keep_checkpoint(Record(folder))
    export(Record(folder), tmp_path / "bundle", indices=(), accounts={}, asked={})
    done = commands(tmp_path / "bundle", read_signer(tmp_path / "log.key").verifier.text, "none")
    assert done.returncode == 0, done.stdout + done.stderr


def commands(bundle, *words, timeout=120):
    """What the commands of the bundle say."""
    missing = [name for name in ("bash", "openssl", "xxd", "sha256sum") if shutil.which(name) is None]
    if missing and os.environ.get("VARNE_REQUIRE_ALL") == "1":
        pytest.fail(f"VARNE_REQUIRE_ALL=1 requires {', '.join(missing)}: apt-get install openssl xxd coreutils.")
    if missing:
        pytest.skip(f"there is no {', '.join(missing)} on this machine: apt-get install openssl xxd coreutils")
    return subprocess.run(
        ["bash", "COMMANDS.sh", *words], cwd=bundle, capture_output=True, text=True, check=False, timeout=timeout
    )
