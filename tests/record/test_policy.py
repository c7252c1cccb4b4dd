"""Promises about policies."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadNote
from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.cosignature import cosign
from varne.record.keys import COSIGNER, LOG, VerifierKey, new_signer, read_vkey
from varne.record.policy import Group, Log, Policy, Witness, check_checkpoint, read_policy

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
LOG_KEY = new_signer("example.org/log", LOG)
SIGNERS = [new_signer(f"example.org/w{number}", COSIGNER) for number in range(6)]
LOG_LINE = f"log {LOG_KEY.verifier.text}\n"
WITNESS_LINES = "".join(f"witness w{number} {one.verifier.text}\n" for number, one in enumerate(SIGNERS))
CHECKPOINT = Checkpoint("example.org/log", 7, bytes(32))
SIGNED = sign_checkpoint(CHECKPOINT, [LOG_KEY])
# The example of C2SP tlog-policy, with keys of ours.
TWO_LEVELS = LOG_LINE + WITNESS_LINES + "group X 2 w0 w1 w2\ngroup Y any w3 w4 w5\ngroup both all X Y\nquorum both\n"


def cosigned(*numbers, signed=SIGNED):
    return signed + "".join(cosign(CHECKPOINT.text, SIGNERS[number], 1700000000).line for number in numbers).encode()


def keys(*numbers):
    return {SIGNERS[number].verifier for number in numbers}


def vkey(name, kind, public):
    return VerifierKey(name, kind, public).text


@pytest.mark.parametrize(
    ("numbers", "met"),
    [
        ((), False), ((0, 1, 2), False), ((3, 4, 5), False), ((0, 3), False),
        ((0, 1, 3), True), ((1, 2, 5), True), ((0, 1, 2, 3, 4, 5), True),
    ],
)  # fmt: skip
def test_groups_of_groups_are_counted_as_the_specification_says(numbers, met):
    """Two of the X and one of the Y witnesses."""
    policy = read_policy(TWO_LEVELS.encode())
    assert policy.is_met_by(keys(*numbers)) is met
    if met:
        seen = check_checkpoint(cosigned(*numbers), policy)
        assert seen.checkpoint == CHECKPOINT
        assert seen.signed_by == (LOG_KEY.verifier,)
        assert seen.cosigned == {SIGNERS[number].verifier: 1700000000 for number in numbers}
    else:
        with pytest.raises(BadNote, match=r"The quorum 'both' is not met .*, not by .*w"):
            check_checkpoint(cosigned(*numbers), policy)


def test_nobody_is_asked_for_by_none():
    """``quorum none`` needs no cosignature, and no witnesses or logs."""
    assert read_policy(b"quorum none\n").is_met_by([])
    assert check_checkpoint(SIGNED, read_policy(f"{LOG_LINE}quorum none\n".encode())).cosigned == {}


def test_only_witnesses_of_the_policy_count():
    """Strangers with their names, and the log itself, change nothing."""
    policy = read_policy(TWO_LEVELS.encode())
    strangers = {new_signer(one.name, COSIGNER).verifier for one in SIGNERS}
    assert not policy.is_met_by({*strangers, LOG_KEY.verifier})


@pytest.mark.parametrize(
    "lines",
    [
        "witness w {0}\nquorum w\n",
        "  \t witness \t w   {0} \t \n\n \t\n  # comment\n#quorum x\nquorum\tw\n",
        "witness w {0} https://example.org/w?a=b#c\ngroup g 1 w\nquorum g\n",
        "witness all {0}\ngroup any any all\nquorum any\n",
        "witness Z\u00fcrich#1 {0} https://z\u00fcrich.example\nquorum Z\u00fcrich#1\n",
        "witness w {0}\nquorum w\nwitness later {1}\nlog {2}\ngroup after all later\n",
        "log {2}\nlog {3} https://example.org\nwitness w {0}\nquorum none\n",
        "log {2}\nwitness w {4}\nquorum w\n",
        "# \x80\xff anything\nquorum none\n",
    ],
    ids=range(9),
)
def test_what_the_specification_allows_is_read(lines):
    """Spaces and tabs, comments, addresses, keywords as names, letters beyond ASCII, lines after the quorum."""
    texts = [SIGNERS[0].verifier.text, SIGNERS[1].verifier.text, LOG_KEY.verifier.text]
    same_key = vkey("example.org/both", COSIGNER, LOG_KEY.verifier.public)
    policy = read_policy(lines.format(*texts, new_signer("example.org/other", LOG).verifier.text, same_key).encode())
    assert read_policy(policy.text.encode()) == policy


def test_names_are_octets():
    """The letter K and the sign of the kelvin, which look alike, are two names; octets need not be UTF-8."""
    first, second = (one.verifier.text.encode() for one in SIGNERS[:2])
    lines = b"witness K %b\nwitness \xe2\x84\xaa %b\ngroup \xff\xfe 2 K \xe2\x84\xaa\nquorum \xff\xfe\n"
    policy = read_policy(lines % (first, second))
    assert [policy.is_met_by(keys(0)), policy.is_met_by(keys(0, 1))] == [False, True]
    assert read_policy(policy.text.encode("utf-8", "surrogateescape")) == policy


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        ("", "one line of quorum; this one has 0"),
        ("witness w {0}\n", "one line of quorum; this one has 0"),
        ("quorum none\nquorum none\n", "one line of quorum; this one has 2"),
        ("quorum none", "last line of the policy does not end"),
        ("quorum w\nwitness w {0}\n", "Line 1 of the policy names 'w', which no line above it defines"),
        ("quorum\n", "Line 1 of the policy is 'quorum'"),
        ("quorum none none\n", "Line 1 of the policy is 'quorum none none'"),
        ("quorum none #comment\n", "Line 1 of the policy is"),
        ("Quorum none\n", "Line 1 of the policy is 'Quorum none'"),
        ("quorum none\r\n", "another control sign"),
        ("# \f\nquorum none\n", "another control sign"),
        ("\n# \x7f\nquorum none\n", "another control sign"),
        ("quorum none\x00\n", "another control sign"),
        ("quorum\u00a0none\n", "Line 1 of the policy is"),
        ("quorum\u2028none\n", "Line 1 of the policy is"),
        ("log {2}\nlog {2}\nquorum none\n", "Line 2 of the policy names the log .* above already"),
        ("log {2}\nlog {5}\nquorum none\n", "names the log .* above already"),
        ("log {2} https://example.org #comment\nquorum none\n", "Line 1 of the policy is"),
        ("log\nquorum none\n", "Line 1 of the policy is 'log'"),
        ("log {0}\nquorum none\n", "gives the log .* a key that countersigns"),
        ("witness w {2}\nquorum w\n", "gives the witness w a key that signs logs"),
        ("witness w {0}\nwitness v {0}\nquorum w\n", "names the witness v .* above already"),
        ("witness w {0}\nwitness v {6}\nquorum w\n", "names the witness v .* above already"),
        ("witness w {0}\nwitness w {1}\nquorum w\n", "Line 2 of the policy defines 'w', which is defined already"),
        ("witness none {0}\nquorum none\n", "defines 'none'"),
        ("witness w {0}\ngroup none any w\nquorum none\n", "defines 'none'"),
        ("witness w {0}\ngroup w any w\nquorum w\n", "defines 'w'"),
        ("witness w {0} https://example.org more\nquorum w\n", "Line 1 of the policy is"),
        ("witness w\nquorum w\n", "Line 1 of the policy is"),
        ("witness w {0}\ngroup g any\nquorum g\n", "a group 'g' without members"),
        ("witness w {0}\ngroup g\nquorum g\n", "Line 2 of the policy is 'group g'"),
        ("witness w {0}\ngroup g any none\nquorum g\n", "member 'none'"),
        ("witness w {0}\ngroup g any g\nquorum g\n", "names 'g', which no line above"),
        ("witness w {0}\ngroup g any h\ngroup h any w\nquorum g\n", "names 'h', which no line above"),
        ("group g any w\nwitness w {0}\nquorum g\n", "names 'w', which no line above"),
        ("witness w {0}\ngroup g all w w\nquorum g\n", "member 'w', which is in a group already"),
        ("witness w {0}\ngroup g all w\ngroup h all w\nquorum g\n", "member 'w', which is in a group already"),
        ("witness w {0}\ngroup g all w\ngroup h all g\ngroup i all g\nquorum g\n", "member 'g'"),
        ("witness w {0}\ngroup g 0 w\nquorum g\n", "asks for '0' of 1"),
        ("witness w {0}\ngroup g 2 w\nquorum g\n", "asks for '2' of 1"),
        ("witness w {0}\ngroup g -1 w\nquorum g\n", "asks for '-1'"),
        ("witness w {0}\ngroup g +1 w\nquorum g\n", r"asks for '\+1'"),
        ("witness w {0}\ngroup g 01 w\nquorum g\n", "asks for '01'"),
        ("witness w {0}\ngroup g 1.0 w\nquorum g\n", "asks for '1.0'"),
        ("witness w {0}\ngroup g \u0661 w\nquorum g\n", "asks for"),
        ("witness w {0}\ngroup g " + "9" * 5000 + " w\nquorum g\n", "asks for '9"),
        ("witness w {0}\ngroup g ALL w\nquorum g\n", "asks for 'ALL'"),
        ("witness w {0}x\nquorum w\n", "Line 1 of the policy has a key that cannot be used.*copy it again"),
        ("log {4}\nquorum none\n", "is of kind 0x06"),
        ("policy {0}\nquorum none\n", "Line 1 of the policy is 'policy"),
    ],
    ids=range(50),
)
def test_what_it_forbids_is_refused_with_the_line(lines, match):
    """Each rule of the specification, broken once."""
    other_name = vkey("example.org/renamed", LOG, LOG_KEY.verifier.public)
    other_witness = vkey("example.org/renamed", COSIGNER, SIGNERS[0].verifier.public)
    texts = [SIGNERS[0].verifier.text, SIGNERS[1].verifier.text, LOG_KEY.verifier.text, "", vkey("pq", 6, bytes(1312))]
    with pytest.raises(BadNote, match=match):
        read_policy(lines.format(*texts, other_name, other_witness).encode())


def test_a_large_policy_is_read():
    """Thirty-two logs, witnesses and groups, as every reader should take, and groups in a chain of a thousand."""
    logs = [f"log {new_signer(f'example.org/{number}', LOG).verifier.text}" for number in range(32)]
    witnesses = [f"witness w{number} {new_signer('w', COSIGNER).verifier.text}" for number in range(32)]
    groups = [f"group g{number} any {f'g{number - 1}' if number else 'w0'}" for number in range(1000)]
    policy = read_policy("\n".join([*logs, *witnesses, *groups, "quorum g999", ""]).encode())
    assert [policy.is_met_by({one.key}) for one in policy.witnesses] == [True] + [False] * 31


def test_a_log_outside_the_policy_is_not_believed():
    """Nor is a key that signs for another log than its own."""
    stranger = new_signer("example.org/log", LOG)
    policy = read_policy(f"{LOG_LINE}quorum none\n".encode())
    with pytest.raises(BadNote, match="but by none that is believed here"):
        check_checkpoint(sign_checkpoint(CHECKPOINT, [stranger]), policy)
    with pytest.raises(BadNote, match="signs for the log of its own name"):
        check_checkpoint(sign_checkpoint(Checkpoint("example.org/elsewhere", 7, bytes(32)), [LOG_KEY]), policy)


def test_each_listed_log_is_believed():
    """Any one of them is enough."""
    other = new_signer("example.org/other", LOG)
    policy = read_policy(f"{LOG_LINE}log {other.verifier.text}\nquorum none\n".encode())
    assert check_checkpoint(SIGNED, policy).signed_by == (LOG_KEY.verifier,)
    theirs = sign_checkpoint(Checkpoint("example.org/other", 1, bytes(32)), [other])
    assert check_checkpoint(theirs, policy).signed_by == (other.verifier,)


def test_without_logs_the_key_must_be_given():
    """A policy may leave the log to whoever uses it; then nobody is believed unasked."""
    policy = read_policy(b"quorum none\n")
    with pytest.raises(BadNote, match="lists no log"):
        check_checkpoint(SIGNED, policy)
    assert check_checkpoint(SIGNED, policy, logs=[LOG_KEY.verifier]).checkpoint == CHECKPOINT


def test_a_listed_log_is_not_widened():
    """Keys given beside a policy that lists logs are not believed."""
    other = new_signer("example.org/other", LOG)
    theirs = sign_checkpoint(Checkpoint("example.org/other", 1, bytes(32)), [other])
    with pytest.raises(BadNote, match="none that is believed"):
        check_checkpoint(theirs, read_policy(f"{LOG_LINE}quorum none\n".encode()), logs=[other.verifier])


def test_a_wrong_line_of_a_known_witness_condemns_the_checkpoint():
    """Even where the quorum is met without it; a stranger's line is passed over."""
    policy = read_policy(f"{LOG_LINE}{WITNESS_LINES}quorum w0\n".encode())
    wrong = cosign(CHECKPOINT.text.replace("7", "8"), SIGNERS[1], 1700000000).line.encode()
    with pytest.raises(BadNote, match=r"The cosignature of example.org/w1 .* is not over this checkpoint"):
        check_checkpoint(cosigned(0) + wrong, policy)
    stranger = cosign("another\n", new_signer("example.org/w1", COSIGNER), 1700000000).line.encode()
    assert list(check_checkpoint(cosigned(0) + stranger, policy).cosigned) == [SIGNERS[0].verifier]


def test_a_witness_that_signs_as_a_log_does_is_no_witness():
    """A plain signature with the witness's key is not a cosignature."""
    as_log = new_signer("example.org/w0", LOG)
    policy = Policy((Log(LOG_KEY.verifier),), (Witness("w", SIGNERS[0].verifier),), (Group("g", 1, ("w",)),), "g")
    with pytest.raises(BadNote, match="is not met"):
        check_checkpoint(sign_checkpoint(CHECKPOINT, [LOG_KEY, as_log]), policy)


def test_real_checkpoints_are_taken():
    """The Go checksum database, and a log of firmware: their keys have other names, so they are given, not listed."""
    path = VECTORS / "checkpoints" / "real.json"
    if not path.exists():
        pytest.skip("needs the checkpoints of public logs beside the checkout")
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        written, key = case["note"].encode(), read_vkey(case["vkey"])
        assert check_checkpoint(written, read_policy(b"quorum none\n"), logs=[key]).signed_by == (key,)
        with pytest.raises(BadNote, match="signs for the log of its own name"):
            check_checkpoint(written, read_policy(f"log {key.text}\nquorum none\n".encode()))


@st.composite
def policies(draw):
    """Witnesses, and groups of names that no group has yet."""
    free = [f"w{number}" for number in range(draw(st.integers(1, len(SIGNERS))))]
    witnesses = tuple(Witness(name, one.verifier) for name, one in zip(free, SIGNERS, strict=False))
    groups = []
    for number in range(draw(st.integers(0, 4))):
        members = draw(st.lists(st.sampled_from(free), unique=True, min_size=1))
        groups.append(Group(f"g{number}", draw(st.integers(1, len(members))), tuple(members)))
        free = [name for name in free if name not in members] + [f"g{number}"]
    names = [one.name for one in witnesses] + [group.name for group in groups]
    return Policy((Log(LOG_KEY.verifier),), witnesses, tuple(groups), draw(st.sampled_from([*names, "none"])))


@given(policies())
def test_what_is_written_is_read(policy):
    """A policy is the same after it stood in a file."""
    assert read_policy(policy.text.encode()) == policy


@given(policies(), st.sets(st.integers(0, 5)), st.integers(0, 5))
def test_one_more_witness_never_unmeets(policy, numbers, number):
    """What some witnesses are enough for, more of them are; all of them are enough for everything, none for nothing."""
    if policy.is_met_by(keys(*numbers)):
        assert policy.is_met_by(keys(*numbers, number))
    assert policy.is_met_by(keys(*range(6)))
    assert policy.quorum == "none" or not policy.is_met_by(())


@given(policies(), st.sets(st.integers(0, 5)))
def test_a_checkpoint_is_taken_when_its_witnesses_are_enough(policy, numbers):
    """What is said of names holds for lines under a checkpoint."""
    known = {one.key for one in policy.witnesses} & keys(*numbers)
    try:
        found = check_checkpoint(cosigned(*numbers), policy)
    except BadNote:
        assert not policy.is_met_by(known)
    else:
        assert set(found.cosigned) == known
        assert policy.is_met_by(known)


def test_octets_that_are_no_text_are_said_as_numbers():
    """A name that no screen can show does not break the sentence that names it."""
    line = b"log %b\nwitness \xff %b\nquorum \xff\n" % (
        LOG_KEY.verifier.text.encode(),
        SIGNERS[0].verifier.text.encode(),
    )
    with pytest.raises(BadNote, match=r"not by \\xff") as told:
        check_checkpoint(SIGNED, read_policy(line))
    assert str(told.value).encode()
