"""`varne why`: what drives an answer, who is safer in how many draws, what would have to be true for another."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.cli.progress import told_stages
from varne.errors import BadInput, BadMembers

if TYPE_CHECKING:
    from varne.explanation import Size
    from varne.show.why_answer import WhyAnswer

FILES = ("why.json",)


def why(
    asked: Annotated[
        Path, typer.Argument(metavar="SCENARIO|ASSESSMENT", help="A scenario file, or a folder of varne assess --out.")
    ],
    reference: Annotated[str | None, typer.Option(help="Response that the others are compared to.")] = None,
    options: Annotated[str | None, typer.Option(help="Responses to compare, by commas; all when left out.")] = None,
    members: Annotated[str | None, typer.Option(help="Draws x replicates of the assessment; 400x50.")] = None,
    seed: Annotated[int | None, typer.Option(help="Names the draws; 1.")] = None,
    facts: Annotated[Path | None, typer.Option(help="A facts file with your own numbers and options.")] = None,
    fact: Annotated[
        list[str] | None, typer.Option(help="Seek the break-even of this number alone. May be repeated.")
    ] = None,
    design: Annotated[str, typer.Option(help="Rows x replicates of the designed runs; rows a power of two.")] = "512x4",
    singles: Annotated[int, typer.Option(help="How many numbers are varied one by one in the designed runs.")] = 40,
    stored: Annotated[bool, typer.Option("--stored", help="Look at the stored draws alone; compute nothing.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for why.json.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
) -> None:
    """
    Find out why an answer is as it is: drivers, ranking by draws, break-evens, what follows from assumption.

    \b
    varne why examples/gravelines.toml --reference escort --out why
    varne why demo                     # the folder of an assessment: its draws are used again
    """
    from varne.explanation import look_at_stored
    from varne.files.folder import need_folder

    if out is not None:
        need_folder(out)
    question = {"reference": reference, "options": options, "members": members, "seed": seed}
    if stored:
        _need_none({**question, "facts": facts, "fact": fact}, "--stored looks at stored draws alone")
        found = look_at_stored(asked)
    else:
        found = _compute(asked, question, facts, tuple(fact or ()), _size(design, singles))
    if out is not None:
        _write(found, out)
    if json:
        from json import dumps

        print(dumps(found.as_json(), indent=2, ensure_ascii=False, allow_nan=False))
        return
    from varne.show.why_screen import why_screen

    console = Console()
    console.print(why_screen(found), highlight=False)
    if out is not None:
        console.print(f"written: {', '.join(str(out / name) for name in FILES)}", style="dim", highlight=False)


def _size(design: str, singles: int) -> "Size":
    from varne.explanation import Size

    rows, _, replicates = design.replace("*", "x").partition("x")
    try:
        size = Size(rows=int(rows), replicates=int(replicates), facts=singles)
    except ValueError:
        raise BadMembers(
            f"design is {design!r}; write rows and replicates as 512x4, the rows a power of two."
        ) from None
    if singles < 1:
        raise BadMembers(f"singles is {singles}; write how many numbers to vary one by one, 1 or more.")
    return size


def _compute(
    asked: Path, question: dict[str, str | int | None], facts: Path | None, names: tuple[str, ...], size: "Size"
) -> "WhyAnswer":
    from varne.explanation import explain, explain_stored

    with told_stages() as told:
        if asked.is_dir() or asked.suffix == ".nc" or asked.name == "assessment.json":
            _need_none(question, f"{asked} is an assessment, whose question is settled")
            return explain_stored(asked, own_facts=facts, size=size, facts=names, progress=told)
        from varne.assessment import assess
        from varne.encounter.scenario import Scenario, read_fields

        options = question.pop("options")
        members, seed = question.pop("members") or "400x50", question.pop("seed")
        fields = {**read_fields(asked), **{name: value for name, value in question.items() if value is not None}}
        if options is not None:
            fields["options"] = [name.strip() for name in str(options).split(",") if name.strip()]
        found = assess(
            Scenario.of(fields),
            members=str(members),
            seed=1 if seed is None else int(str(seed)),
            facts=facts,
            progress=lambda done, of: told("assessment", done, of),
        )
        return explain(found, size=size, facts=names, progress=told)


def _need_none(flags: Mapping[str, object], why_not: str) -> None:
    given = [f"--{name}" for name, value in flags.items() if value is not None]
    if given:
        raise BadInput(f"{why_not}; leave {' and '.join(given)} out.")


def _write(found: "WhyAnswer", folder: Path) -> None:
    from varne.files.folder import write_json, write_whole

    write_whole(folder, {"why.json": lambda path: write_json(found.as_json(), path)})
