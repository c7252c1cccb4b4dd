"""`varne duties`: what the law asked, and what is on record of it."""

import time as clock
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.cli.progress import told_progress
from varne.cli.report_file import need_report, write_report
from varne.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from varne.duties.check import DutiesAnswer
    from varne.duty_checking import Asked


def duties(
    asked: Annotated[
        Path, typer.Argument(help="A record, an assessment (folder of assess --out), or a scenario file.")
    ],
    case: Annotated[str, typer.Option(help="Only this case of the record.")] = "",
    until: Annotated[str, typer.Option(help="Only what was entered by then, UTC: 2026-03-14T02:30Z.")] = "",
    key: Annotated[
        list[str] | None, typer.Option(help="Of a record: public key you trust, name+0123abcd+BASE64. May be repeated.")
    ] = None,
    members: Annotated[str, typer.Option(help="Of a scenario: draws x replicates, or a number.")] = "400x50",
    seed: Annotated[int, typer.Option(help="Of a scenario.")] = 1,
    facts: Annotated[Path | None, typer.Option(help="Of a scenario: a facts file with your own numbers.")] = None,
    language: Annotated[str, typer.Option(help="en or fr.")] = "en",
    full: Annotated[bool, typer.Option("--full", help="With the text of all provisions.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write it as a page into this file.")] = None,
    enter: Annotated[
        bool, typer.Option("--enter", help="Of a record: enter the state of each duty, as it is told now.")
    ] = False,
    role: Annotated[str, typer.Option(help="Who enters it, in what role; no name.")] = "",
) -> None:
    """
    Tell which duties there were, what is on record of each, and what would settle the rest. Not legal advice.

    \b
    varne duties log                      a record: what was known, shown, decided
    varne duties case.toml                a scenario: the computed risk of acting and of not acting
    varne duties log --report duties.html --language fr
    """
    from varne.duty_checking import Asked
    from varne.record.keys import read_vkey
    from varne.show.language import language as spoken

    tongue = spoken(language)
    if report is not None:
        need_report(report, language)
    if enter and not role.strip():
        raise BadInput("--enter needs who enters it: --role 'records officer'.")
    if enter and until:
        raise BadInput("--enter enters the states as they are told now; take --until out.")
    part = Asked(case, until, clock.time(), tuple(read_vkey(text) for text in key or ()))
    given: list[tuple[str, object]] = [
        ("--case", case),
        ("--until", until),
        *(("--key", one) for one in key or ()),
        ("--facts", facts),
    ]
    given += [("--members", members), ("--seed", seed)] if asked.is_file() else []
    found = _found(asked, part, members, seed, facts, needs=enter)
    if enter:
        _enter(asked, found, role, case)
    subject = asked.name + (tongue.say(", case {case}", case=case) if case else "")
    subject += tongue.say(", as entered by {time} UTC", time=until) if until else ""
    if report is not None:
        from varne.show.duty_page import duty_page

        page = duty_page(found, language=tongue, subject=subject, command=_command(asked, report, language, given))
        write_report(page, report)
    if json:
        from json import dumps

        print(dumps(found.as_json(tongue.say), indent=2, ensure_ascii=False, allow_nan=False))
        return
    from varne.show.duty_screen import duty_screen

    console = Console()
    console.print(subject, style="bold", highlight=False)
    console.print(duty_screen(found, tongue, provisions=len(found.law.provisions) if full else 0), highlight=False)
    if report is not None:
        console.print(f"written: {report}", style="dim", highlight=False)


def _command(asked: Path, report: Path, language: str, given: "Sequence[tuple[str, object]]") -> str:
    """What to type to be told the same again."""
    from shlex import join

    words = [
        word for name, value in given if value for word in (name, value.name if isinstance(value, Path) else value)
    ]
    return join(map(str, ["varne", "duties", asked.name, *words, "--report", report.name, "--language", language]))


def _found(asked: Path, part: "Asked", members: str, seed: int, facts: Path | None, *, needs: bool) -> "DutiesAnswer":
    from varne import duty_checking
    from varne.record.reader import SETTINGS, Record

    if (asked / SETTINGS).is_file():
        return duty_checking.duties_of_record(Record(asked), part)
    if needs or part.case or part.until or part.keys:
        raise BadInput(f"--enter, --case, --until and --key are of a record; {asked} is none.")
    if asked.is_dir() or asked.name == "assessment.json" or asked.suffix == ".nc":
        from varne.files.stored import read_stored

        return duty_checking.duties_of_stored(read_stored(asked))
    if not asked.is_file():
        raise BadInput(f"{asked} is no record, no assessment and no scenario file; check its name.")
    from varne.encounter.scenario import Scenario

    with told_progress("draws") as told:
        return duty_checking.duties_of_question(
            Scenario.read(asked), members=members, seed=seed, facts=facts, progress=told
        )


def _enter(folder: Path, found: "DutiesAnswer", role: str, case: str) -> None:
    from varne.record.entry import Draft
    from varne.record.opening import open_log

    now = clock.time()
    drafts = [
        Draft(
            "duty",
            role,
            {
                "duty": one.duty,
                "state": one.state,
                "evidence": [entry.id for entry in one.used],
                "missing": [missing.item for missing in one.missing],
            },
            now,
            case,
        )
        for one in found.duties
    ]
    with open_log(folder, now=now) as log:
        appended = log.append(drafts, now=now)
    typer.echo(f"entered: entries {appended.first} to {appended.first + len(drafts) - 1} of {folder}", err=True)
