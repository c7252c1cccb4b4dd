"""Promises about time stamps in the verifier: the time is the one that was signed, and what has none is said."""

import json
import os
import random
import re
import shutil
import subprocess
import time as clock
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.authority import Authority
from tests.record.bundles import continue_with, copied, make_bundle, rewrite, sum_again
from tests.record.logs import NOW, drafts, flipped
from tests.record.test_commands import commands

from varne.record import verifier
from varne.record.cosignature import cosign
from varne.record.entry import make_entry

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors" / "rfc3161"
# What openssl ts -reply -token_out -text says of them; an instrument that is not ours.
TIMES = {
    "response-sha256.tsr": (32, "2025-05-09T11:58:55+00:00"),
    "response-sha384.tsr": (48, "2025-05-09T11:58:55+00:00"),
    "response-sha512.tsr": (64, "2025-05-09T11:58:56+00:00"),
    "response-expired.tsr": (32, "2023-02-01T00:00:00+00:00"),
    "other_response.tsr": (64, "2024-10-31T13:31:44+00:00"),
    "issue-104.tsr": (64, "2025-03-11T08:52:08+00:00"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_bundle(tmp_path_factory.mktemp("made"))


@pytest.fixture
def bundle(made, tmp_path):
    return copied(made, tmp_path)


def test_words_of_the_status_do_not_tell_the_time(made, bundle, capsys):
    """Nobody signs them: whoever writes a date there moves no evidence to it, here or in COMMANDS.sh."""
    verifier.main([str(bundle), *made.trust])
    before = times_in(capsys.readouterr().out)
    for path in (bundle / "checkpoints").glob("*.tsr"):
        rewrite(path, lambda token: with_status(token, "x\nTime stamp: Nov 27 00:00:00 2030 GMT\n"))
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 0
    assert times_in(capsys.readouterr().out) == before
    done = commands(bundle, made.new.verifier.text, str(made.authority))
    assert done.returncode == 0, done.stdout
    assert "2030" not in done.stdout


def test_no_changed_byte_of_a_stamp_moves_its_time(made, bundle, capsys):
    """Bytes that no signature covers may change; the time that is said may not."""
    path = bundle / "checkpoints" / "4.tsr"
    content = path.read_bytes()
    verifier.main([str(bundle), *made.trust])
    before = times_in(capsys.readouterr().out)
    chance = random.Random(7)
    for place in sorted({*range(40), *(chance.randrange(len(content)) for _ in range(40))}):
        path.write_bytes(flipped(content, place))
        sum_again(bundle)
        passed = verifier.main([str(bundle), *made.trust]) == 0
        assert not passed or times_in(capsys.readouterr().out) == before, place
        capsys.readouterr()


@pytest.mark.parametrize("name", TIMES)
def test_published_stamps_are_read_as_openssl_reads_them(name):
    """Digest and time of stamps of four authorities."""
    found = list(VECTORS.rglob(name))
    if not found:
        pytest.skip("needs the vectors of sigstore and others beside the checkout")
    digest, at = verifier._signed_stamp(found[0].read_bytes())
    assert (len(digest), at.isoformat()) == TIMES[name]


@given(st.binary(max_size=60))
def test_bytes_that_are_no_stamp_end_in_a_sentence(content):
    """Whatever they are."""
    with pytest.raises(verifier.Wrong, match="a stamp"):
        verifier._signed_stamp(content)


@pytest.mark.parametrize(
    "written", ["3080", "3084ffffffff", "3089" + 9 * "01", "30890000000000000000000500", "30", "3005", "300001"]
)
def test_lengths_that_lie_end_in_a_sentence(written):
    """Without an end, beyond the end, in more bytes than a length may have."""
    with pytest.raises(verifier.Wrong, match="cut off, or is not DER"):
        verifier._elements(bytes.fromhex(written))


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 70_000])
def test_elements_are_read_as_they_were_written(size):
    """With lengths of one byte and of several."""
    assert verifier._elements(der(4, bytes(size)) + der(5, b"x")) == [(4, bytes(size)), (5, b"x")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20260131040506Z", "2026-01-31T04:05:06+00:00"),
        ("20260131040506.789Z", "2026-01-31T04:05:06+00:00"),
        ("20261331040506Z", None),
        ("20260131040506+0100", None),
        ("20260131040506", None),
        ("", None),
    ],
)
def test_times_are_read_in_utc_to_the_second(written, read):
    """Parts of a second may stand there (RFC 3161, 2.4.2); times of another zone may not."""
    token = stamp_of(bytes(32), written)
    if read:
        assert verifier._signed_stamp(token)[1].isoformat() == read
    else:
        with pytest.raises(verifier.Wrong, match="no time that can be read"):
            verifier._signed_stamp(token)


def test_an_openssl_that_judges_no_stamp_at_its_own_time_condemns_none(made, bundle, monkeypatch, capsys, tmp_path):
    """LibreSSL is the openssl of a Mac: what it cannot check is said, and is no fault of the bundle."""
    libre = tmp_path / "bin" / "openssl"
    libre.parent.mkdir()
    libre.write_text("#!/bin/sh\necho 'usage: ts -verify [-data file] [-CAfile file] [-untrusted file]' >&2\nexit 1\n")
    libre.chmod(0o755)
    monkeypatch.setenv("PATH", str(libre.parent))
    words = ["--policy", str(made.policy), "--authority", str(made.authority)]
    assert verifier.main([str(bundle), *words]) == 3
    said = capsys.readouterr().out
    assert "no openssl is here that judges it at its time" in said and "FAILED" not in said


def test_without_openssl_a_stamp_over_other_bytes_is_still_refused(made, bundle, monkeypatch, capsys):
    """Over which bytes it is needs no certificate; what was not checked is said, and is no time for anything."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert verifier.main([str(bundle), *made.trust]) == 3
    said = capsys.readouterr().out
    assert "no openssl is here that judges it at its time" in said
    assert "when it was: no stamp that openssl takes is over entries 0-12" in said
    shutil.copy(bundle / "checkpoints" / "4.tsr", bundle / "checkpoints" / "13.tsr")
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 1
    assert "it is over the digest" in capsys.readouterr().out


def test_it_says_which_entries_existed_when(made, capsys):
    """The first so many: those that the checkpoint under the stamp covers."""
    verifier.main([str(made.folder), *made.trust])
    said = capsys.readouterr().out
    for size in (4, 13):
        line = next(line for line in said.splitlines() if f"checkpoints/{size}.tsr" in line)
        at = datetime.fromisoformat(line.split(" on ")[1])
        assert f"the first {size} entries existed on" in line
        assert abs((datetime.now(UTC) - at).total_seconds()) < 3600


def test_a_bundle_whose_stamps_were_taken_out_is_no_clean_pass(made, bundle, capsys):
    """Less evidence never looks better than more; who needs none says so."""
    for path in (bundle / "checkpoints").glob("*.tsr"):
        path.unlink()
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 3
    assert "when it was: no stamp that openssl takes is over entries 0-12" in capsys.readouterr().out
    assert verifier.main([str(bundle), *made.trust, "--without-time-stamps"]) == 0
    assert "when it was" not in capsys.readouterr().out


def test_entries_after_the_last_stamp_are_no_pass(made, bundle, capsys):
    """Key entries before it are covered, and say nothing of when the others were."""
    (bundle / "checkpoints" / "13.tsr").unlink()
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 3
    said = capsys.readouterr().out
    assert "not checked  when it was: no stamp that openssl takes is over entries 4-7, 9-12. --without" in said


def test_a_stamp_of_an_authority_that_was_not_named_is_not_checked(made, tmp_path, capsys):
    """It is neither a pass nor a forgery, and what openssl prints about it stays with openssl."""
    other = Authority(tmp_path / "other").folder / "ca.pem"
    assert verifier.main([str(made.folder), "--policy", str(made.policy), "--authority", str(other)]) == 3
    said = capsys.readouterr().out
    assert "not checked  checkpoints/4.tsr: stamped by an authority that you did not name\n" in said
    assert "error" not in said
    assert "FAILED" not in said


@pytest.mark.parametrize("trust", ["ours", "other"])
def test_a_stamp_with_a_bad_signature_is_refused_whoever_is_named(made, bundle, tmp_path, trust, capsys):
    """Its last bytes are those of the signature; certificates of the bundle's own show that they do not fit."""
    path = bundle / "checkpoints" / "4.tsr"
    rewrite(path, lambda token: flipped(token, len(token) - 5))
    sum_again(bundle)
    other = Authority(tmp_path / "other").folder / "ca.pem"
    words = ["--policy", str(made.policy), "--authority", str(made.authority if trust == "ours" else other)]
    assert verifier.main([str(bundle), *words]) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if "checkpoints/4.tsr" in line)
    assert re.fullmatch("FAILED       checkpoints/4.tsr: openssl refuses it: [a-z0-9 ]+", line)


def test_bytes_after_the_end_of_a_stamp_are_refused(made, bundle, capsys):
    """Nobody signed them, and openssl passes over them."""
    rewrite(bundle / "checkpoints" / "4.tsr", lambda token: token + b"x" * 8)
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 1
    rewrite(bundle / "checkpoints" / "4.tsr", lambda token: token[:-8] + b"\4\2ab")
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 1
    assert "bytes stand after the end of a stamp" in capsys.readouterr().out


def entered_at(made, bundle, *times):
    """The log goes on with entries that say that they were entered then."""
    entries, prev = [], json.loads((bundle / "entries" / "12.leaf").read_bytes())["commit"]
    for time in times:
        entries.append(make_entry(drafts(1)[0], logged=time, prev=prev))
        prev = entries[-1].commit
    continue_with(bundle, entries, [made.new])
    policy = lone(made, bundle)
    policy.write_text(f"log {made.new.verifier.text}\nwitness one {made.witness.verifier.text}\nquorum none\n")
    return ["--policy", str(policy), "--without-time-stamps"]


def test_an_entry_of_the_future_is_refused(made, bundle, capsys):
    """By more than clocks differ."""
    words = entered_at(made, bundle, clock.time() + 200.0, clock.time() + 600.0)
    assert verifier.main([str(bundle), *words]) == 1
    said = capsys.readouterr().out
    assert "FAILED       entry 14 says that it was entered at " in said and ", which lies in the future" in said
    assert "entry 13 says" not in said


def test_entries_that_are_earlier_than_those_before_them_are_told(made, bundle, capsys):
    """A few of them, and how many more; it is no fault by itself, for clocks are set."""
    words = entered_at(made, bundle, NOW - 200.0, *[NOW - 400.0] * 5)
    assert verifier.main([str(bundle), *words]) == 0
    said = capsys.readouterr().out
    assert said.count("the clock was set back, or one of the times is not true") == 3
    assert (
        "entry 14 says that it was entered at 2026-01-31T03:58:26.000Z, entry 12 before it at 2026-01-31T04:05" in said
    )
    assert "note         the same is to be said of 2 more entries" in said
    assert "entry 13 says" not in said


def test_an_entry_that_others_should_have_seen_and_did_not_is_told(made, bundle, capsys):
    """Dated back to before a witness saw the log without it, though after all entries before it."""
    at = int(NOW) + 3600
    text = (bundle / "checkpoints" / "13").read_text().split("\n\n")[0] + "\n"
    (bundle / "checkpoints" / "13.cosig").write_text(cosign(text, made.witness, at).line)
    words = entered_at(made, bundle, NOW + 3200.0, NOW + 3400.0)
    assert verifier.main([str(bundle), *words]) == 0
    said = capsys.readouterr().out
    assert (
        "note         entry 13 says that it was entered at 2026-01-31T04:58:26.000Z; it was not among the first 13 "
        in said
    )
    assert "entry 14 says" not in said


@pytest.mark.parametrize(("late", "code"), [(200.0, 0), (400.0, 1)])
@pytest.mark.parametrize("beside", [True, False])
def test_an_entry_that_a_witness_had_seen_before_it_was_entered_is_refused(made, bundle, capsys, late, code, beside):
    """Whoever enters with a wrong time is found by the time of others; beside or under the checkpoint."""
    words = entered_at(made, bundle, NOW + late)
    written = (bundle / "checkpoint").read_text()
    line = cosign(written.split("\n\n")[0] + "\n", made.witness, int(NOW)).line
    if beside:
        (bundle / "checkpoints" / "14").write_text(written)
        (bundle / "checkpoints" / "14.consistency").write_text("")
        (bundle / "checkpoints" / "14.cosig").write_text(line)
    else:
        (bundle / "checkpoint").write_text(written + line)
        for path in (bundle / "entries").glob("*.tlog-proof"):
            rewrite(path, lambda proof: proof + line.encode())
    sum_again(bundle)
    assert verifier.main([str(bundle), *words]) == code
    said = capsys.readouterr().out
    assert ("entry 13 says that it was entered at 2026-01-31T04:11:46.000Z; witness.example (" in said) == (code == 1)
    assert (") had seen it at 2026-01-31T04:05:06+00:00" in said) == (code == 1)


def test_a_countersignature_of_the_future_is_refused(made, bundle, capsys):
    """A clock that is wrong proves no time."""
    text = (bundle / "checkpoints" / "13").read_text().split("\n\n")[0] + "\n"
    for late in (2**33, 2**63 - 1):
        (bundle / "checkpoints" / "13.cosig").write_text(cosign(text, made.witness, late).line)
        sum_again(bundle)
        assert verifier.main([str(bundle), *made.trust]) == 1
        assert "FAILED       checkpoints/13.cosig: it is of " in capsys.readouterr().out


def test_a_future_under_the_newest_checkpoint_hides_no_other(made, bundle, capsys):
    """All that is of the future is named, in one run."""
    words = entered_at(made, bundle, clock.time() + 600.0)
    line = cosign((bundle / "checkpoint").read_text().split("\n\n")[0] + "\n", made.witness, 2**33).line
    rewrite(bundle / "checkpoint", lambda written: written + line.encode())
    for path in (bundle / "entries").glob("*.tlog-proof"):
        rewrite(path, lambda proof: proof + line.encode())
    sum_again(bundle)
    assert verifier.main([str(bundle), *words]) == 1
    said = capsys.readouterr().out
    assert "FAILED       checkpoint: it is of 2242-" in said
    assert "FAILED       entry 13 says that it was entered at " in said


def test_a_stamp_of_the_future_is_refused(made, bundle, monkeypatch, capsys):
    """By the clock of this computer, for want of another."""

    class Early(datetime):
        @classmethod
        def now(cls, zone):
            return cls.fromtimestamp(NOW + 1000.0, zone)

    monkeypatch.setattr(verifier, "datetime", Early)
    assert verifier.main([str(bundle), *made.trust]) == 1
    assert "FAILED       checkpoints/4.tsr: it is of " in capsys.readouterr().out


def test_the_earliest_of_those_who_saw_an_entry_counts(bundle, capsys):
    """A stamp counts as a witness does, for the entries that it covers."""
    events = {3: {"logged": "2026-01-31T05:05:06.789Z"}, 4: {"logged": "2026-01-31T05:05:06.789Z"}}
    seen = [(4, NOW + 5, "later"), (4, NOW, "checkpoints/4.tsr"), (3, 0.0, "nobody")]
    verifier._check_times(verifier.Bundle(bundle, False), events, seen)
    assert capsys.readouterr().out == (
        "FAILED       entry 3 says that it was entered at 2026-01-31T05:05:06.789Z; "
        "checkpoints/4.tsr had seen it at 2026-01-31T04:05:06+00:00\n"
    )


def test_stamps_over_other_entries_alone_are_no_pass(made, bundle, capsys):
    """A bundle of the last entries, of which every stamp is older, has no time for any."""
    (bundle / "checkpoints" / "13.tsr").unlink()
    keep = [12]
    for path in (bundle / "entries").iterdir():
        if int(path.name.split(".")[0]) not in keep:
            path.unlink()
    for path in (bundle / "files").iterdir():
        path.unlink()
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps({**manifest, "entries": keep, "withheld": []}))
    sum_again(bundle)
    assert verifier.main([str(bundle), *made.trust]) == 3
    assert "when it was: no stamp that openssl takes is over entries 12" in capsys.readouterr().out


def test_a_log_that_nobody_countersigned_is_told(made, bundle, capsys):
    """Its order is proved to those alone who kept an earlier checkpoint: the screen says so."""
    lines = (bundle / "checkpoint").read_bytes().splitlines(keepends=True)
    rest = b"".join(line for line in lines if b"witness.example" not in line)
    (bundle / "checkpoint").write_bytes(rest)
    for path in (bundle / "entries").glob("*.tlog-proof"):
        rewrite(path, lambda proof: proof.partition(b"\n\n")[0] + b"\n\n" + rest)
    sum_again(bundle)
    assert verifier.main([str(bundle), "--policy", str(lone(made, bundle)), "--without-time-stamps"]) == 3
    said = capsys.readouterr().out
    assert "witness.example" in said  # beside earlier checkpoints; the policy does not name it
    assert "note         nobody has countersigned" in said
    verifier.main([str(made.folder), *made.trust])
    assert "nobody has countersigned" not in capsys.readouterr().out


def test_it_runs_on_the_oldest_python_that_it_names(made, tmp_path):
    """Where there is one: a court's computer is old."""
    found = [place for place in map(shutil.which, ("python3.8", "python3.9", "python3.10")) if place]
    works = [one for one in found if not subprocess.run([one, "-c", ""], capture_output=True, check=False).returncode]
    old = works[0] if works else None
    if old is None:
        pytest.skip("there is no Python older than 3.11 on this machine")
    done = subprocess.run(
        [old, "-I", str(made.folder / "verify.py"), str(made.folder), *made.trust],
        cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def lone(made, bundle):
    """A policy that asks for no witness."""
    path = bundle.parent / "lone-policy"
    path.write_text(f"log {made.new.verifier.text}\nquorum none\n")
    return path


def times_in(said):
    return re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", said)


def with_status(token, words):
    """The response with words in its status, as anybody can put there (RFC 3161, 2.4.2)."""
    (_, response), *_ = verifier._elements(token)
    (_, status), (_, signed) = verifier._elements(response)
    said = der(0x30, status[:3] + der(0x30, der(0x0C, words.encode())))
    return der(0x30, said + der(0x30, signed))


def der(tag, content):
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 + len(octets)]) + octets) + content


def stamp_of(digest, when):
    """A response that nobody signed, as far as it is read."""
    fields = der(2, b"\1") + der(6, b"*") + der(0x30, der(0x30, b"") + der(4, digest)) + der(2, b"\1")
    content = der(0x30, der(6, b"*") + der(0xA0, der(4, der(0x30, fields + der(0x18, when.encode())))))
    signed = der(0x30, der(2, b"\3") + der(0x31, b"") + content)
    return der(0x30, der(0x30, der(2, b"\0")) + der(0x30, der(6, b"*") + der(0xA0, signed)))
