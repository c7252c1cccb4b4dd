"""`varne record timestamp|witness`: what makes others see a record."""

import contextlib
import sys
import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from varne.errors import BadInput, BadNote, BadToken, VarneError

if TYPE_CHECKING:
    from varne.record.keys import SignerKey, VerifierKey
    from varne.record.policy import Policy
    from varne.record.reader import Record

Folder = Annotated[Path, typer.Argument(help="Folder of the record.")]
Logs = Annotated[list[str], typer.Option("--log", help="Public key of a log that is countersigned. May be repeated.")]
State = Annotated[Path, typer.Option(help="Folder in which the witness remembers what it saw.")]
_ALL = "witnesses"  # name of the group that a policy of ours asks for
witness = typer.Typer(
    no_args_is_help=True, help="A second organisation countersigns: it saw the record, and the record only grew."
)


def timestamp(
    folder: Folder,
    authority: Annotated[str, typer.Option(help="Address of a time-stamp authority (RFC 3161).")],
    certificates: Annotated[
        Path | None, typer.Option(help="Its root and chain (PEM): the stamp is checked, and they go into the record.")
    ] = None,
    tries: Annotated[int, typer.Option(help="How often to ask when the network fails.", min=1)] = 3,
) -> None:
    """
    Have the newest checkpoint stamped by an authority. It sees a hash alone; the record does not wait for it.

    \b
    varne record timestamp log --authority https://tsa.example/tsr --certificates tsa.pem
    """
    from varne.record.disk import put
    from varne.record.keep import keep_certificates, keep_checkpoint
    from varne.record.reader import Record
    from varne.record.timestamp import ask_authority, check_token, new_request, read_certificates

    record = Record(folder)
    known = read_certificates(_read(certificates), f"{certificates}: ") if certificates is not None else []
    path = keep_checkpoint(record)
    request = new_request(record.disk.read(path))
    said = "not checked: give --certificates of the authority to check it"
    try:
        token = ask_authority(authority, request, tries=tries)
        if known:
            roots = [one for one in known if one.issuer == one.subject]
            chain = [one for one in known if one.issuer != one.subject]
            stamp = check_token(token, record.disk.read(path), roots=roots, chain=chain, nonce=request.nonce)
            said = f"at {clock.strftime('%Y-%m-%d %H:%M:%SZ', clock.gmtime(stamp.time))} by {stamp.authority}"
    except BadToken as error:
        _missing(folder, authority, str(error))
        raise
    place = _next(path)
    put(record.disk, [(place, token)])
    keep_certificates(record, known)
    print(f"{place}: the checkpoint of {path.name.partition('.')[2]} entries is stamped, {said}.")


@witness.command("init")
def witness_init(
    key: Annotated[Path, typer.Argument(help="Where the secret key of the witness goes.")],
    name: Annotated[str, typer.Option(help="What the witness is called: witness.example.org.")],
    state: Annotated[
        Path | None, typer.Option(help="Folder in which it will remember what it saw; 'seen' beside the key.")
    ] = None,
) -> None:
    """
    Make the key of a witness, and the folder in which it remembers what it saw. The key countersigns and does nothing
    else: no key is used for two things. A witness that has lost its memory is no witness any more: keep the folder.

    \b
    varne record witness init witness.key --name witness.example.org --state seen
    """
    from varne.record.keys import COSIGNER, new_signer, write_signer
    from varne.record.witness_state import WitnessState

    memory = key.with_name("seen") if state is None else state
    signer = new_signer(name, COSIGNER)
    write_signer(signer, key)
    WitnessState(memory).begin()
    print(f"{memory}: its memory. Keep it: without it the witness signs nothing. Name it with --state {memory}.")
    print(f"{key}: its secret key. Give this public key to the keepers of the records it is to see:")
    print(f"  {signer.verifier.text}")


@witness.command("serve")
def witness_serve(
    key: Annotated[Path, typer.Option(help="Secret key of the witness.")],
    log: Logs,
    state: State,
    host: Annotated[str, typer.Option(help="Address to listen at; this computer alone when left out.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at; 0 for a free one.", min=0, max=65535)] = 0,
) -> None:
    """
    Answer records that ask to be countersigned (C2SP tlog-witness), until it is interrupted.

    \b
    varne record witness serve --key witness.key --log 'varne.example/dover+0123abcd+...' --state seen --port 8080
    """
    from varne.record.witness_server import witness_server
    from varne.record.witness_state import WitnessState

    signer = _cosigner(key)
    logs = _by_origin(log)
    memory = WitnessState(state)
    memory.check()
    try:
        server = witness_server(memory, logs=logs, signer=signer, address=(host, port))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise BadInput(f"{host} port {port} cannot be listened at ({why}); name another with --port, or 0.") from None
    place, number = server.server_address[:2]
    print(f"{signer.name} answers at http://{place!s}:{number}/add-checkpoint; interrupt to end.", flush=True)
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


@witness.command("sign")
def witness_sign(
    request: Annotated[Path, typer.Argument(help="Request that 'varne record witness request' wrote.")],
    key: Annotated[Path, typer.Option(help="Secret key of the witness.")],
    log: Logs,
    state: State,
) -> None:
    """Countersign a request that came as a file, without any network; prints the lines to send back."""
    from varne.record.witness import SIZE
    from varne.record.witness_state import WitnessState

    found = WitnessState(state).answer(
        _read(request), logs=_by_origin(log), signer=_cosigner(key), time=int(clock.time())
    )
    if found.kind == SIZE:
        seen = found.body.strip()
        raise BadNote(f"The witness saw {seen} entries of this log last; write the request again: --old {seen}")
    if found.status != 200:
        raise BadNote(f"The witness refuses ({found.status}): {found.body.strip()}")
    print(found.body, end="")


@witness.command("add")
def witness_add(
    folder: Folder,
    name: Annotated[str, typer.Argument(help="What the policy calls the witness.")],
    vkey: Annotated[str, typer.Argument(help="Its public key.")],
    url: Annotated[str, typer.Argument(help="Its address, if it has one.")] = "",
) -> None:
    """Put a witness into the policy of a record; from then on a proof needs the countersignatures of all of them."""
    from varne.record.export import policy_of
    from varne.record.policy import Policy, Witness
    from varne.record.reader import POLICY, Record

    if url and not url.startswith(("http://", "https://")):
        raise BadInput(f"The witness's address is {url!r}; write http://... or https://..., or leave it out.")
    if len(name.split()) != 1:
        raise BadInput(f"The witness's name is {name!r}; write one word without spaces.")
    record = Record(folder)
    old = policy_of(record)
    witnesses = (*old.witnesses, Witness(name, _witness_key(vkey), url))
    _write_policy(record, Policy(old.logs, witnesses, old.groups, old.quorum), len(witnesses))
    print(f"{folder / POLICY}: {len(witnesses)} witness{'es' * (len(witnesses) > 1)}, all of whom are asked for.")


@witness.command("require")
def witness_require(
    folder: Folder,
    least: Annotated[
        int, typer.Argument(help="How many of the witnesses; 0 for none, when one of them is gone.", min=0)
    ],
) -> None:
    """Say how many witnesses a proof and a bundle need; the countersignatures that are there stay."""
    from varne.record.export import policy_of
    from varne.record.reader import POLICY, Record

    record = Record(folder)
    old = policy_of(record)
    if least > len(old.witnesses):
        raise BadInput(f"{least} of {len(old.witnesses)} witnesses are asked for; name as many as there are, or fewer.")
    _write_policy(record, old, least)
    print(f"{folder / POLICY}: {least} of {len(old.witnesses)} witnesses are asked for.")


def _write_policy(record: "Record", policy: "Policy", least: int) -> None:
    """A policy that asks for so many of its witnesses; one that somebody has written by hand stays as it is."""
    from varne.record.disk import put
    from varne.record.policy import NONE, Group, Policy, read_policy
    from varne.record.reader import POLICY

    path = record.folder / POLICY
    if [group.name for group in policy.groups] not in ([], [_ALL]) or policy.quorum not in (NONE, _ALL):
        raise BadInput(f"{path} has groups of its own; write into it by hand what is to be asked for.")
    members = tuple(one.name for one in policy.witnesses)
    groups = (Group(_ALL, least, members),) if least else ()
    written = Policy(policy.logs, policy.witnesses, groups, _ALL if least else NONE).text.encode()
    read_policy(written)  # refused before anything is written
    put(record.disk, [(path, written)])


@witness.command("ask")
def witness_ask(
    folder: Folder,
    name: Annotated[str | None, typer.Argument(help="Which witness; all of the policy that have an address.")] = None,
) -> None:
    """Ask the witnesses of the policy to countersign the newest checkpoint."""
    from varne.record.export import policy_of
    from varne.record.reader import Record
    from varne.record.witness_client import ask_witness

    record = Record(folder)
    wanted = [one for one in policy_of(record).witnesses if one.url and name in (None, one.name)]
    if not wanted:
        raise BadInput("The policy has no such witness with an address; add one: varne record witness add")
    refused = []
    for one in wanted:
        try:
            print(f"{one.name} countersigned: {ask_witness(record, one.url, [one.key])}", flush=True)
        except VarneError as error:
            refused.append(f"{one.name}: {error}")
    if refused:  # whoever is left was asked all the same
        raise BadNote(" ".join(refused))


@witness.command("request")
def witness_request(
    folder: Folder,
    out: Annotated[Path, typer.Option(help="File to write, for a witness that is not reached by network.")],
    old: Annotated[int, typer.Option(help="Entries that the witness saw last; 0 if it never saw this record.")] = 0,
) -> None:
    """Write a request as a file, for a witness that is not reached by network; 'accept' takes its answer."""
    from varne.files.folder import write_whole
    from varne.record.keep import keep_checkpoint
    from varne.record.reader import Record
    from varne.record.witness_client import request_from

    record = Record(folder)
    kept = keep_checkpoint(record)  # what is kept is what is sent: 'accept' looks for it
    written = request_from(record, record.disk.read(kept), old)
    write_whole(out.parent, {out.name: lambda path: path.write_bytes(written)})
    print(f"written: {out}, for the checkpoint of {kept.name.partition('.')[2]} entries.")


@witness.command("accept")
def witness_accept(
    folder: Folder,
    answer: Annotated[Path, typer.Argument(help="Lines that the witness sent back.")],
    size: Annotated[int, typer.Option(help="Entries of the checkpoint that it countersigned.")],
) -> None:
    """Take the answer of a witness that came as a file."""
    from varne.record.export import policy_of
    from varne.record.reader import CHECKPOINT, Record
    from varne.record.witness_client import accept

    record = Record(folder)
    path = folder / f"{CHECKPOINT}.{size}"
    if not path.is_file():
        raise BadInput(f"{path} is not kept; name the size for which the request was written.")
    known = [one.key for one in policy_of(record).witnesses]
    print(f"kept: {accept(record, path, _read(answer).decode('utf-8', 'replace'), known)}")


def _read(path: Path) -> bytes:
    from varne.record.disk import RealDisk

    try:
        return RealDisk().read(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); check its name.") from None


def _next(path: Path) -> Path:
    """A name for one more stamp over the same checkpoint."""
    first = path.with_name(f"{path.name}.tsr")
    number = 2
    while first.exists():
        first = path.with_name(f"{path.name}.{number}.tsr")
        number += 1
    return first


def _missing(folder: Path, authority: str, why: str) -> None:
    """That a stamp could not be had is entered too."""
    from varne.record.entry import Draft
    from varne.record.opening import open_log

    data = {"missing_token": {"authority": authority, "why": why}}
    try:
        with open_log(folder, now=clock.time()) as log:
            index = log.append([Draft("heartbeat", "recorder", data, clock.time())], now=clock.time()).first
    except VarneError as error:
        print(f"varne: that there is no stamp could not be entered: {error}", file=sys.stderr)
    else:
        print(f"recorded: entry {index} of {folder} says that there is no stamp", file=sys.stderr)


def _cosigner(path: Path) -> "SignerKey":
    from varne.record.keys import COSIGNER, read_signer

    signer = read_signer(path)
    if signer.kind != COSIGNER:
        raise BadInput(f"{path} is the key of a log; a witness has its own: varne record witness init")
    return signer


def _witness_key(text: str) -> "VerifierKey":
    from varne.record.keys import COSIGNER, read_vkey

    key = read_vkey(text)
    if key.kind != COSIGNER:
        raise BadInput(f"{text} is the key of a log; give that of the witness.")
    return key


def _by_origin(keys: list[str]) -> "dict[str, list[VerifierKey]]":
    """Known logs by their origin, which is the name of their key."""
    from varne.record.keys import LOG, read_vkey

    found: dict[str, list[VerifierKey]] = {}
    for text in keys:
        key = read_vkey(text)
        if key.kind != LOG:
            raise BadInput(f"{text} is the key of a witness; give that of the log.")
        found.setdefault(key.name, []).append(key)
    return found
