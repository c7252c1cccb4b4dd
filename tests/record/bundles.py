"""A bundle with everything in it, and what forgers and accidents do to bundles."""

import base64
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.record.authority import Authority
from tests.record.logs import NOW, ORIGIN, append, drafts, make_log

from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.cosignature import cosign
from varne.record.entry import Draft, Entry, make_entry
from varne.record.export import export
from varne.record.keep import keep_checkpoint, keep_file
from varne.record.keys import COSIGNER, SignerKey, new_signer, read_signer
from varne.record.opening import open_log
from varne.record.policy import Group, Policy, Witness, read_policy
from varne.record.proof import write_proof
from varne.record.reader import Record
from varne.record.redact import declare, redact
from varne.record.rotate import rotate
from varne.record.timestamp import new_request
from varne.record.tree import leaf_hash, prove_consistency, prove_inclusion, root_of, subtree_of


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle, and what whoever checks it has by another way."""

    folder: Path
    log: Path
    old: SignerKey
    new: SignerKey
    witness: SignerKey
    policy: Path  # keys of log and witness, beside the bundle
    authority: Path  # the root of the authority that stamped, in PEM

    @property
    def trust(self) -> list[str]:
        """What is said to the verifier so that it can check all of it."""
        return ["--policy", str(self.policy), "--authority", str(self.authority)]


def make_bundle(home: Path) -> Made:
    """Entries given, withheld and deleted; a change of key; three kept checkpoints, stamped and countersigned."""
    authority, witness = Authority(home / "authority"), new_signer("witness.example", COSIGNER)
    folder = make_log(home, 3)
    _see(folder, authority, witness)
    with open_log(folder, now=NOW) as log:
        answer = keep_file(Record(folder), b'{"answer":42}')
        log.append([replace(drafts(1)[0], withheld=True), *drafts(1)], now=NOW)
        log.append([Draft("computed", "recorder", {}, NOW, outputs=(("answer.json", answer),))], now=NOW)
        redact(log, 2, role="records officer", reason="it named a person", now=NOW)
    rotate(folder, home / "new.key", role="records officer", reason="yearly", now=NOW)
    with open_log(folder, now=NOW) as log:
        declare(log, [4], role="watch officer", now=NOW)
    append(folder, 3)
    own = read_policy((folder / "policy").read_bytes())
    both = Policy(own.logs, (Witness("witness", witness.verifier),), (Group("all", 1, ("witness",)),), "all")
    (folder / "policy").write_text(both.text)
    (home / "policy").write_text(both.text)
    (folder / "authorities").mkdir()
    (folder / "authorities" / "test.pem").write_bytes(authority.bundle)
    _see(folder, authority, witness)
    accounts = {"README.en.md": "An account.\n", "LISEZMOI.fr.md": "Un récit.\n"}
    export(Record(folder), home / "bundle", indices=(), accounts=accounts, asked={"to": "the court"})
    old, new = read_signer(home / "log.key"), read_signer(home / "new.key")
    return Made(home / "bundle", folder, old, new, witness, home / "policy", authority.folder / "ca.pem")


def copied(made: Made, home: Path) -> Path:
    """The bundle once more, to be changed."""
    return Path(shutil.copytree(made.folder, home / "copy"))


def sum_again(bundle: Path) -> None:
    """Write SHA256SUMS anew, as any forger would."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle).as_posix()}\n" for path in files
    ]
    (bundle / "SHA256SUMS").write_text("".join(lines))


def continue_with(bundle: Path, entries: Sequence[Entry], signers: Sequence[SignerKey]) -> None:
    """Put entries at the end of a bundle's log and sign it: what holds of a genuine log holds of this one, too."""
    before = [bytes.fromhex(line) for line in (bundle / "leaves").read_text().splitlines()]
    hashes = [*before, *(leaf_hash(entry.leaf) for entry in entries)]
    size, subtree = len(hashes), subtree_of(hashes)
    written = sign_checkpoint(Checkpoint(ORIGIN, size, root_of(hashes)), signers)
    (bundle / "checkpoint").write_bytes(written)
    (bundle / "leaves").write_text("".join(f"{one.hex()}\n" for one in hashes))
    for index, entry in enumerate(entries, len(before)):
        for ending, content in (("leaf", entry.leaf), ("json", entry.event), ("salt", entry.salt)):
            (bundle / "entries" / f"{index}.{ending}").write_bytes(content or b"")
    indices = sorted(int(path.stem) for path in (bundle / "entries").glob("*.leaf"))
    for index in indices:
        proof = write_proof(index, prove_inclusion(index, size, subtree), written, None)
        (bundle / "entries" / f"{index}.tlog-proof").write_bytes(proof)
    for path in (bundle / "checkpoints").glob("*.consistency"):
        grown = prove_consistency(int(path.stem), size, subtree)
        path.write_text("".join(f"{base64.b64encode(one).decode()}\n" for one in grown))
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps({**manifest, "size": size, "entries": indices}))
    sum_again(bundle)


def next_entry(bundle: Path, index: int, draft: Draft) -> Entry:
    """An entry that follows the one before, as a writer would make it."""
    leaf = json.loads((bundle / "entries" / f"{index - 1}.leaf").read_bytes())
    return make_entry(draft, logged=NOW, prev=leaf["commit"])


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def _see(folder: Path, authority: Authority, witness: SignerKey) -> None:
    path = keep_checkpoint(Record(folder))
    text = path.read_text().split("\n\n")[0] + "\n"
    path.with_name(f"{path.name}.cosig").write_text(cosign(text, witness, int(NOW)).line)
    path.with_name(f"{path.name}.tsr").write_bytes(authority.reply(new_request(path.read_bytes()).written))
