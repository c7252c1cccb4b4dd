"""`varne season POLICY.toml ...`: a season under policies, paired member by member."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.cli.progress import told_progress
from varne.cli.recorded import RecordCase, RecordFolder, RecordRoles, keeper_of
from varne.cli.report_file import need_report, write_report
from varne.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from varne.simulation import Simulation
    from varne.spread import Spread


def run(
    policies: Annotated[list[str] | None, typer.Argument(help="Policy files, or names of shipped policies.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="First day: 2023-01-01; the policies' own.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day: 2025-12-31; the policies' own.")] = None,
    members: Annotated[str, typer.Option(help="Draws x replicates, or a number.")] = "200x5",
    seed: Annotated[int, typer.Option(help="Names the draws; the same seed gives the same answer.")] = 1,
    reference: Annotated[
        str | None,
        typer.Option(help="Policy that the others are compared to; as-it-was where it is given, or the first."),
    ] = None,
    facts: Annotated[Path | None, typer.Option(help="A facts file with your own numbers and options.")] = None,
    departures: Annotated[
        Path | None, typer.Option(help="Tables written by varne season fit, in place of the shipped ones.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for season.json, two Parquet tables and pictures.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
    threads: Annotated[
        int | None, typer.Option(help="Threads of this process; all cores when left out.", min=1)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Instead: so many processes of this machine (Dask).", min=1)
    ] = None,
    cluster: Annotated[str | None, typer.Option(help="Instead: the workers of a Dask scheduler, tcp://...")] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Compute the season in this folder again, and say what differs (exit code 1).")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a report that people can read into this file: one HTML page.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the report: en or fr.")] = "en",
    named: Annotated[bool, typer.Option("--list", help="Name the shipped policies.")] = False,
    record: RecordFolder = None,
    role: RecordRoles = None,
    case: RecordCase = "",
) -> None:
    """
    Follow months and years under policies: who sets out, every voyage, deaths by cause, cost; paired member by member.

    \b
    varne season as-it-was interceptions-at-sea --from 2026-04-01 --until 2026-09-30 --out season
    """
    console = Console()
    if named:
        console.print(_list(), highlight=False)
        return
    if replay is not None:
        if policies:
            raise BadInput(f"--replay {replay} has its own policies; leave {policies[0]!r} out.")
        if facts is not None or departures is not None:
            raise BadInput(f"--replay {replay} has its own numbers; leave {facts or departures} out.")
        said, equal = _again(replay, _spread((threads, workers, cluster), None))
        console.print(said, highlight=False)
        raise typer.Exit(0 if equal else 1)
    if not policies:
        raise BadInput("No policy is named; write a policy file or a shipped policy: varne season --list names them.")
    from varne.facts.own import OwnNumbers
    from varne.files.folder import need_folder
    from varne.files.season_tables import need_parquet
    from varne.simulation import simulate

    if report is not None:
        need_report(report, language)
    elif language != "en":
        raise BadInput("--language is of a report; name its file with --report.")
    if out is not None:
        need_parquet()  # both before the work, not after it
        need_folder(out)
    keeper = keeper_of(record, role, case)
    asked = {"policies": policies, "from": start, "until": until, "members": members, "seed": str(seed)}
    own = OwnNumbers(facts, departures)
    files = [*policies, facts, departures, out]
    with told_progress("days") as told, _kept(out) as keep, keeper.failing("season", asked, files=files):
        found = simulate(
            policies,
            dates=(start, until),
            members=members,
            seed=seed,
            facts=own,
            reference=reference,
            spread=_spread((threads, workers, cluster), keep),
            progress=told,
        )
    recorded = keeper.simulated(found, own)
    with keeper.showing(recorded, "json" if json else "screen"):
        written = [] if out is None else found.write(out)
        if report is not None:
            _write_report(found, report, language)
        if json:
            from json import dumps

            print(dumps(found.as_json(), indent=2, ensure_ascii=False, allow_nan=False))
        else:
            from varne.show.season_screen import season_screen

            console.print(season_screen(found.answer), highlight=False)
    if json:
        return
    if written:
        console.print(f"written to {out}: {', '.join(path.name for path in written)}", style="dim", highlight=False)
    if report is not None:
        console.print(f"written: {report}", style="dim", highlight=False)


def _write_report(found: "Simulation", path: Path, language: str) -> None:
    from varne.reporting import season_report
    from varne.show.language import language as spoken

    asked = found.asked
    own = [f"--facts {asked.facts}"] if asked.facts else []
    own += [f"--departures {asked.departures}"] if asked.departures else []
    command = " ".join(
        (
            f"varne season {' '.join(asked.policies)} --from {asked.first} --until {asked.last}",
            f"--members {asked.draws}x{asked.replicates} --seed {asked.seed} --reference {asked.reference}",
            *own,
            f"--report {path.name} --language {language}",
        )
    )
    write_report(season_report(found, spoken=spoken(language), command=command), path)


def _spread(where: tuple[int | None, int | None, str | None], keep: Path | None) -> "Spread":
    """The one place that decides where the work is done: threads, workers or a cluster."""
    threads, workers, cluster = where
    named = {"--threads": threads, "--workers": workers, "--cluster": cluster}
    given = [f"{name} {value}" for name, value in named.items() if value is not None]
    if len(given) > 1:
        raise BadInput(f"{' and '.join(given)} are different ways to spread the work; give one of them.")
    if workers is None and cluster is None:
        from varne.spread import alone

        return alone(threads, keep)
    from varne.cluster import on_processes, on_scheduler

    return on_scheduler(cluster, keep=keep) if cluster is not None else on_processes(workers or 1, keep=keep)


@contextmanager
def _kept(out: Path | None) -> "Iterator[Path | None]":
    """The folder in which a season is kept while it is unfinished; who interrupts it is told that it is there."""
    from varne.files.season_blocks import UNFINISHED

    keep = None if out is None else out / UNFINISHED
    console = Console(stderr=True)
    try:
        yield keep
    except KeyboardInterrupt:
        if keep is not None and keep.exists():
            console.print(
                f"varne: interrupted; {keep} keeps what is done: give the same command to go on.", highlight=False
            )
            raise typer.Exit(130) from None
        raise


def _again(folder: Path, spread: "Spread") -> tuple[str, bool]:
    from varne.simulation import replay

    with told_progress("days") as told:
        different = replay(folder, spread=spread, progress=told)
    if not different:
        return f"{folder}: computed again, equal bit for bit.", True
    return "\n".join((f"{folder}: computed again, and not the same.", *different)), False


def _list() -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from varne.facts.policies import shipped_policies, with_what_it_is_like

    table = Table("policy", "what it says", "grade", box=SIMPLE_HEAD)
    for name, rows in shipped_policies().items():
        whole = with_what_it_is_like(rows, f"{name}.toml")
        table.add_row(name, str(whole["says"]), str(whole["grade"]))
    return table
