"""Whether the files that entries name by their hash are kept, and still what their names say."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from varne.record.disk import DRAFT
from varne.record.finding import Finding, failed, not_checked, remark
from varne.record.reader import Record

_HOME = "files"
_BY_VARNE = ("answer.json", "numbers.json")  # what Varne keeps itself of whatever it computed
_ALL_KEPT = "season"  # a command all of whose files Varne keeps


def verify_files(record: Record, events: Mapping[int, Mapping[str, Any]]) -> tuple[Finding, ...]:
    """
    Check every file that is kept, and say which of those that entries name are not.

    A file that is named and not kept is no fault: large ones stay outside, and are compared by their hash. One that
    Varne keeps itself and that is gone is no pass: what was computed cannot be looked at.

    Parameters
    ----------
    record : Record
        [1]
    events : mapping of int to mapping
        Events by the number of their entry. [1]

    Returns
    -------
    tuple of Finding

    Examples
    --------
    >>> from varne.record.keep import keep_file
    >>> from varne.record.opening import example_log
    >>> record = Record(example_log())
    >>> digest = keep_file(record, b"an answer")
    >>> [one.what for one in verify_files(record, {})]
    ['is named by no entry whose body is given']
    """
    findings: list[Finding] = []
    kept: set[str] = set()
    for path in record.disk.files(record.folder / _HOME):
        where = path.relative_to(record.folder).as_posix()
        if path.name.endswith(DRAFT):
            findings.append(remark(where, "was being written when the writer stopped"))
            continue
        kept.add(where)
        digest = hashlib.sha256(record.disk.read(path)).hexdigest()
        if where != f"{_HOME}/{digest}":
            findings.append(failed(where, f"holds bytes whose SHA-256 is {digest}, not what its name says"))
    named: set[str] = set()
    for index, event in events.items():
        files = {f"{_HOME}/{digest}": name for name, digest in _files_of(event)}
        named.update(files)
        missing = {where: name for where, name in files.items() if where not in kept}
        gone = {where: name for where, name in missing.items() if _is_kept(event, name)}
        if outside := ", ".join(f"{name} ({where})" for where, name in missing.items() if where not in gone):
            findings.append(remark(f"entry {index}", f"names what is not kept here: {outside}"))
        if gone:
            lost = ", ".join(f"{name} ({where})" for where, name in gone.items())
            findings.append(not_checked(f"entry {index}", f"names what Varne kept and is not here any more: {lost}"))
    findings += [remark(where, "is named by no entry whose body is given") for where in sorted(kept - named)]
    return tuple(findings)


def _is_kept(event: Mapping[str, Any], name: str) -> bool:
    """Whether Varne keeps a file that an event names, beside the entries."""
    return event["kind"] == "computed" and (name in _BY_VARNE or event["data"].get("command") == _ALL_KEPT)


def _files_of(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Names and digests of an event's files; an event of another's making may hold anything there."""
    for rows in (event["inputs"], event["outputs"]):
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping) and isinstance(row.get("sha256"), str):
                yield str(row.get("name")), row["sha256"].removeprefix("sha256:")
