"""A record on a terminal: its entries, and what a check of it found."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.record.finding import FAILED, OPEN, REMARK, Finding
from varne.record.verify import Verified
from varne.show.plain import plain, word_of

NOT_PROVED = (
    "Not proved by any of this: that what was entered is true, that nothing was kept out of the record, or who typed "
    "it."
)
_STYLES = {FAILED: "bold red", OPEN: "yellow", REMARK: "cyan"}
_MOST = 40  # findings that are listed; the rest are counted


def entries_table(events: Sequence[Mapping[str, Any]], size: int) -> Table:
    """
    List entries.

    Parameters
    ----------
    events : sequence of mapping
        With ``index``. [1]
    size : int
        Entries in all; those without a body are named as such. [1]

    Returns
    -------
    Table

    Examples
    --------
    >>> entries_table([], 0).row_count
    0
    """
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for heading in ("entry", "time (UTC)", "kind", "role", "what"):
        table.add_column(heading, overflow="fold")
    given = {event["index"]: event for event in events}
    for index in range(size):
        event = given.get(index)
        if event is None:
            table.add_row(str(index), "", "", "", Text("body withheld or deleted", style="dim"))
        else:
            table.add_row(
                str(index), event["time"][:19].replace("T", " "), event["kind"], plain(str(event["role"])), said(event)
            )
    return table


def said(event: Mapping[str, Any]) -> str:
    """
    Say in a line what an event holds.

    Parameters
    ----------
    event : mapping
        [1]

    Returns
    -------
    str

    Examples
    --------
    >>> said({"kind": "decided", "data": {"chosen": "escort", "reason": "the sea is too high"}})
    'escort, because: the sea is too high'
    """
    return plain(_said(event["kind"], event["data"]))


def _said(kind: str, data: Mapping[str, Any]) -> str:
    match kind:
        case "known":
            unit = f" {data['unit']}" if data.get("unit") else ""
            return f"{_of(data, 'what')}: {_of(data, 'value')}{unit} ({_of(data, 'source')})"
        case "computed":
            failed = data.get("failed")
            return f"{data.get('command')}: {f'failed: {failed}' if failed else ', '.join(_names(data))}"
        case "shown":
            if data.get("shown") is False:
                return f"not shown, because: {_of(data, 'why')}: {str(data.get('computed'))[:8]}"
            return f"to {', '.join(map(word_of, _list(data.get('to')))) or 'nobody'}: {str(data.get('computed'))[:8]}"
        case "decided":
            return f"{_of(data, 'chosen')}, because: {_of(data, 'reason')}"
        case "force":
            return f"{_of(data, 'means')} at {_of(data, 'place')}, for: {_of(data, 'purpose')}"
        case "duty":
            return f"{_of(data, 'duty')}: {_of(data, 'state')}"
        case "correction" if "withholds" in data:
            return f"body of entry {_of(data, 'withholds')} withheld, because: {_of(data, 'reason')}"
        case "redaction":
            return f"body of entry {data.get('redacts')} deleted, because: {data.get('reason')}"
        case "key":
            return f"{data.get('vkey')}: {data.get('reason')}"
    return word_of(data)


def _of(data: Mapping[str, Any], name: str) -> str:
    return word_of(data.get(name))


def verified_screen(found: Verified) -> RenderableType:
    """
    Say what a check of a log found.

    Parameters
    ----------
    found : Verified
        [1]

    Returns
    -------
    renderable

    Examples
    --------
    >>> from varne.record.opening import example_log
    >>> from varne.record.reader import Record
    >>> from varne.record.verify import verify
    >>> from varne.record.verify_kept import Believed
    >>> found = verify(Record(example_log()), Believed(), now=0.0)
    >>> len(verified_screen(found).renderables)
    4
    """
    verdict = "does not hold" if not found.holds else "holds" if found.whole else "holds, as far as it could be checked"
    style = "bold red" if not found.holds else "bold green" if found.whole else "bold yellow"
    checkpoint = found.checkpoint
    lines = [
        f"{checkpoint.origin}, {checkpoint.size} entries, root {checkpoint.root.hex()[:16]}...",
        f"signed by {_keys(found) or 'nobody who is known'}",
        f"bodies: {len(found.events)} given, {len(found.withheld)} withheld, {len(found.deleted)} deleted as entered",
        *(f"countersigned: {one.size} entries by {one.who}, {_moment(one.time)}" for one in found.cosigned[-3:]),
        *(f"stamped: {one.size} entries by {one.who}, {_moment(one.time)}" for one in found.stamped[-3:]),
    ]
    return Group(
        Text.assemble("The record ", (verdict, style), "."),
        Text("\n".join(map(plain, lines))),
        findings_table(found.findings),
        Text(NOT_PROVED, style="dim"),
    )


def findings_table(findings: Sequence[Finding]) -> Table:
    """
    List findings, the gravest first.

    Parameters
    ----------
    findings : sequence of Finding
        [1]

    Returns
    -------
    Table

    Examples
    --------
    >>> from varne.record.finding import failed
    >>> findings_table([failed("tile/0/000", "is missing")]).row_count
    1
    """
    table = Table(box=None, padding=(0, 1), pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    order = list(_STYLES)
    ranked = sorted(findings, key=lambda one: order.index(one.state))
    for one in ranked[:_MOST]:
        table.add_row(Text(one.state, style=_STYLES[one.state]), plain(one.where), plain(one.what))
    if len(ranked) > _MOST:
        table.add_row("", "", f"and {len(ranked) - _MOST} more")
    return table


def _names(data: Mapping[str, Any]) -> list[str]:
    rows = [str(row.get("name")) for row in _list(data.get("options")) if isinstance(row, Mapping)]
    return rows or [str(data.get("reference"))]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _moment(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _keys(found: Verified) -> str:
    """Names and the four bytes that tell keys of one name apart."""
    return ", ".join(f"{name} (key {key_id})" for name, key_id, _ in (key.split("+", 2) for key in found.signed_by))
