"""`varne assess`: one boat, every response compared."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from varne.cli.progress import told_progress, told_stages
from varne.cli.recorded import RecordCase, RecordFolder, RecordRoles, keeper_of
from varne.cli.report_file import need_report, write_report
from varne.errors import BadInput, BadScenario

if TYPE_CHECKING:
    from varne.assessment import Assessment
    from varne.encounter.scenario import Scenario


def assess(
    scenario: Annotated[
        Path | None, typer.Argument(help="A scenario file, TOML or JSON; flags replace its fields.")
    ] = None,
    position: Annotated[str | None, typer.Option(help='Where the boat is: "51 03.0N 001 38.0E".')] = None,
    time: Annotated[str | None, typer.Option(help="When, UTC: 2026-03-14T02:30Z.")] = None,
    people: Annotated[int | None, typer.Option(help="How many are aboard.")] = None,
    length: Annotated[str | None, typer.Option(help="Length of the boat: 9 or '9 m'.")] = None,
    women: Annotated[int | None, typer.Option(help="How many are women; drawn when left out.")] = None,
    children: Annotated[int | None, typer.Option(help="How many are under 18; drawn when left out.")] = None,
    jackets: Annotated[int | None, typer.Option(help="How many wear a lifejacket; drawn when left out.")] = None,
    wind: Annotated[str | None, typer.Option(help='Where it blows from, and speed: "WSW 12 kn".')] = None,
    waves: Annotated[str | None, typer.Option(help='Significant height, perhaps peak period: "0.8 m 4 s".')] = None,
    swell: Annotated[str | None, typer.Option(help='Where it comes from, height, period: "WSW 0.5 m 9 s".')] = None,
    water: Annotated[str | None, typer.Option(help="Water temperature in degrees Celsius.")] = None,
    air: Annotated[str | None, typer.Option(help="Air temperature in degrees Celsius.")] = None,
    start: Annotated[str | None, typer.Option(help="'sea', or 'beach' for the moment of launch.")] = None,
    aim: Annotated[
        str | None, typer.Option(help="Where the boat is bound; the nearest English coast when left out.")
    ] = None,
    responder: Annotated[
        list[str] | None,
        typer.Option(help='A responder and its place: "police_patrol_boat at 51 02.9N 002 05.5E". May be repeated.'),
    ] = None,
    sea: Annotated[
        list[str] | None,
        typer.Option(
            help="Your own forecast, hindcast or observations: FILE for all it holds, or wind=FILE, waves=FILE, "
            "streams=FILE, swell=FILE, water=FILE, air=FILE, observations=FILE, traffic=FILE. May be repeated."
        ),
    ] = None,
    options: Annotated[str | None, typer.Option(help="Responses to compare, by commas; all when left out.")] = None,
    reference: Annotated[str | None, typer.Option(help="Response that the others are compared to; leave.")] = None,
    horizon: Annotated[str | None, typer.Option(help="How long to follow: '24 h'.")] = None,
    members: Annotated[str, typer.Option(help="Draws x replicates, or a number.")] = "400x50",
    seed: Annotated[int, typer.Option(help="Names the draws; the same seed gives the same answer.")] = 1,
    facts: Annotated[Path | None, typer.Option(help="A facts file with your own numbers and options.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for assessment.json, assessment.nc and two pictures.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write a report that people can read into this file: one HTML page.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the report: en or fr.")] = "en",
    quick: Annotated[
        bool, typer.Option("--quick", help="A report without what drives the answer, break-evens and ranking.")
    ] = False,
    record: RecordFolder = None,
    role: RecordRoles = None,
    case: RecordCase = "",
) -> None:
    """
    Compare the ways to respond to one boat: deaths, injuries, time to safety, with honest uncertainty.

    \b
    varne assess --position "51 03.0N 001 38.0E" --time 2026-03-14T02:30Z --people 55 --length 9 \\
                 --wind "WSW 12 kn" --waves "0.8 m" --water 7
    """
    fields: dict[str, Any] = {
        "position": position,
        "time": time,
        "people": people,
        "length": length,
        "women": women,
        "children": children,
        "jackets": jackets,
        "wind": wind,
        "waves": waves,
        "swell": swell,
        "water": water,
        "air": air,
        "start": start,
        "aim": aim,
        "responders": responder,
        "sea": None if sea is None else _sea(sea),
        "options": None if options is None else [name.strip() for name in options.split(",") if name.strip()],
        "reference": reference,
        "horizon": horizon,
    }
    keeper = keeper_of(record, role, case)
    given = {name: value for name, value in fields.items() if value is not None}
    if report is not None:
        need_report(report, language)
    elif language != "en" or quick:
        raise BadInput("--language and --quick are of a report; name its file with --report.")
    asked = {"file": scenario or "", **given, "members": members, "seed": str(seed), "facts": facts or ""}
    files: list[object] = [scenario, facts, *_files(given.get("sea"))]
    with keeper.failing("assess", asked, files=files):
        question = _question(scenario, given)
        files.extend(_files(question.sea.as_written()))
        found = _compute(question, members, seed, facts)
    recorded = keeper.assessed(found, facts)
    with keeper.showing(recorded, "json" if json else "screen"):
        if out is not None:
            _write(found, out)
        if report is not None:
            _write_report(found, report, language, facts, quick=quick)
        console = Console()
        if json:
            import json as format_json

            print(format_json.dumps(found.as_json(), indent=2, ensure_ascii=False, allow_nan=False))
        else:
            from varne.show.screen import screen

            console.print(screen(found.answer))
    if json:
        return
    if out is not None:
        console.print(f"written: {', '.join(str(out / name) for name in FILES)}", style="dim")
    if report is not None:
        console.print(f"written: {report}", style="dim")


FILES = ("assessment.json", "assessment.nc", "options.png", "exceedance.png")


def _responder(text: str) -> dict[str, str]:
    vessel, _, position = text.partition(" at ")
    if not position:
        raise BadScenario(f"responder is {text!r}; write it as 'police_patrol_boat at 51 02.9N 002 05.5E'.")
    return {"vessel": vessel.strip(), "position": position.strip()}


def _sea(given: list[str]) -> dict[str, list[str]]:
    """Names of files by what is to be taken from them; a name alone gives all that is in it."""
    files: dict[str, list[str]] = {}
    for text in given:
        what, equals, name = text.partition("=")
        if equals and what.isidentifier():
            files.setdefault(what, []).append(name)
        else:
            files.setdefault("any", []).append(text)
    return files


def _files(sea: Mapping[str, Sequence[str]] | None) -> list[str]:
    return [name for names in (sea or {}).values() for name in names]


def _question(path: Path | None, fields: dict[str, Any]) -> "Scenario":
    from varne.encounter.scenario import Scenario, read_fields

    written = read_fields(path) if path else {}
    if "responders" in fields:
        fields["responders"] = [_responder(text) for text in fields["responders"]]
    if isinstance(written.get("sea"), str | list):
        written["sea"] = {"any": written["sea"]}
    if isinstance(written.get("sea"), dict):  # a flag replaces what it names, not the whole table
        kept = {what: names for what, names in written["sea"].items() if what not in fields}
        written["sea"] = {**kept, **fields.pop("sea", {})}
    return Scenario.of({**written, **fields})


def _compute(question: "Scenario", members: str, seed: int, facts: Path | None) -> "Assessment":
    from varne.assessment import assess as compute

    with told_progress("draws") as told:
        return compute(question, members=members, seed=seed, facts=facts, progress=told)


def _write(found: "Assessment", folder: Path) -> None:
    from varne.files.folder import write_json, write_whole
    from varne.files.members import write_members

    write_whole(
        folder,
        {
            "assessment.json": lambda path: write_json(found.as_json(), path),
            "assessment.nc": lambda path: write_members(found.dataset(), path),
            "options.png": lambda path: found.options_figure().savefig(path, dpi=150),
            "exceedance.png": lambda path: found.exceedance_figure().savefig(path, dpi=150),
        },
    )


def _write_report(found: "Assessment", path: Path, language: str, facts: Path | None, *, quick: bool) -> None:
    from varne.explanation import explain
    from varne.reporting import assessment_report
    from varne.show.language import language as spoken

    why = None
    if not quick:
        with told_stages() as told:
            why = explain(found, progress=told)
    own = "" if facts is None else f" --facts {facts.name}"
    size = f"{found.answer.draws}x{found.answer.replicates}"
    seed = found.answer.fingerprint["seed"]
    command = (
        f"varne assess scenario.toml --members {size} --seed {seed}{own} --report {path.name} --language {language}"
    )
    page = assessment_report(found, why, spoken=spoken(language), command=command + (" --quick" if quick else ""))
    write_report(page, path)
