"""`varne facts`: list, search, show, check and compare the numbers that everything rests on."""

import difflib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from varne.cli import facts_panels
from varne.errors import BadFact, BadInput, UnknownName

if TYPE_CHECKING:
    from varne.evidence import Fact
    from varne.facts.tables import Facts

app = typer.Typer(
    no_args_is_help=True,
    help="The numbers that everything rests on: list, search, show one, check your own, compare; ask experts.",
)
_SHIPPED = "shipped"
_PICTURES = (".png", ".svg", ".pdf")
Own = Annotated[Path | None, typer.Option("--facts", help="A facts file with your own numbers in their place.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the JSON alone.")]


app.command("elicit")(facts_panels.elicit)
app.command("fit")(facts_panels.fit)
app.command("panels")(facts_panels.panels)


@app.command("list")
def list_facts(
    subject: Annotated[str | None, typer.Option(help="Of this subject alone: boat, effects, hazards ...")] = None,
    grade: Annotated[str | None, typer.Option(help="Of this grade alone: assumed, derived, published ...")] = None,
    facts: Own = None,
    json: AsJson = False,
) -> None:
    """
    List the facts, with value, 90 % range and grade.

    \b
    varne facts list --subject effects
    """
    from varne.evidence import GRADES
    from varne.facts.subjects import check_subject, subject_of

    if subject is not None:
        check_subject(subject)
    if grade is not None and grade not in GRADES:
        raise BadFact(f"grade is {grade!r}; write one of {', '.join(GRADES)}.")
    found = [
        fact
        for fact in _known(facts)
        if (subject is None or subject_of(fact.name) == subject) and (grade is None or fact.grade == grade)
    ]
    _print_list(found, json=json)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Each must stand in the name, the description or the source.")],
    facts: Own = None,
    json: AsJson = False,
) -> None:
    """
    Search names, descriptions and sources.

    \b
    varne facts search lifejacket
    """
    wanted = [word.casefold() for word in words if word.strip()]
    if not wanted:
        raise BadInput("No word is given to search for; write one, such as: varne facts search lifejacket.")
    known = _known(facts)
    found = [
        fact for fact in known if all(word in f"{fact.name} {fact.says} {fact.source}".casefold() for word in wanted)
    ]
    if not found and not json:
        every = {word for fact in known for word in f"{fact.name} {fact.says}".casefold().replace(".", " ").split()}
        near = [close for word in wanted for close in difflib.get_close_matches(word, every, n=3)]
        hint = f" Words near it: {', '.join(dict.fromkeys(near))}." if near else ""
        said = f"No fact has {' and '.join(repr(word) for word in words)}.{hint}"
        Console().print(said, highlight=False, markup=False)
        return
    _print_list(found, json=json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Dotted name, as varne facts list shows it: boat.speed.")],
    facts: Own = None,
    picture: Annotated[Path | None, typer.Option(help="Draw it into this file: .png, .svg or .pdf.")] = None,
    json: AsJson = False,
) -> None:
    """
    Show one fact: value, distribution, source, grade, and every option and part of the model that uses it.

    \b
    varne facts show effect.crowd_escort --picture escort.png
    """
    from varne.facts.uses import readers
    from varne.show.fact_picture import fact_picture
    from varne.show.facts_page import fact_json, fact_page

    if picture is not None and picture.suffix not in _PICTURES:
        raise BadInput(f"--picture is {str(picture)!r}; end its name with one of {', '.join(_PICTURES)}.")
    known = _known(facts)
    fact = known[name]
    options = _options_using(name, known, facts)
    if picture is not None:
        from varne.files.folder import write_whole

        write_whole(picture.parent, {picture.name: lambda path: fact_picture(fact).savefig(path, dpi=150)})
    if json:
        code = [f"{one.part}/{one.file}" for one in readers(name)]
        _print_json({**fact_json(fact), "options": {option: list(at) for option, at in options}, "code": code})
        return
    console = Console()
    console.print(fact_page(fact, known, (options, readers(name))), highlight=False)
    if picture is not None:
        console.print(f"written: {picture}", style="dim", highlight=False)


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A facts file with your own numbers and options.")]) -> None:
    """
    Check a facts file of your own: everything that is wrong with it, or what it would change.

    \b
    varne facts check mine.toml
    """
    from varne.encounter.options import read_options
    from varne.facts.checked import check_file
    from varne.facts.option_tables import shipped_option_rows, with_user_options
    from varne.facts.tables import shipped_facts
    from varne.show.facts_page import check_page

    checked = check_file(file)
    problems = list(checked.problems)
    if not problems:
        try:
            known = shipped_facts().replaced(checked.facts)
            options = read_options(with_user_options(shipped_option_rows(), checked.options), known)
        except (BadFact, UnknownName) as error:
            problems.append(str(error))
        else:
            used = {name for option in options.values() for name in option.facts}
            checked = replace(checked, unused=tuple(name for name in checked.unused if name not in used))
    if problems or not (checked.facts or checked.options):
        problems = problems or ["it holds no fact and no option; write [subject.name] tables."]
        Console(stderr=True).print(check_page(str(file), replace(checked, problems=tuple(problems)), shipped_facts()))
        raise typer.Exit(2)
    Console().print(check_page(str(file), checked, shipped_facts()), highlight=False)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A facts file, or: shipped.")],
    after: Annotated[str, typer.Argument(metavar="B", help="A facts file, or: shipped.")],
    json: AsJson = False,
) -> None:
    """
    Say what differs between two collections of facts.

    \b
    varne facts diff shipped mine.toml
    """
    from varne.facts.difference import differences
    from varne.show.facts_page import difference_page, fact_json

    found = differences(_collection(before), _collection(after))
    if json:
        changed = [
            {
                "before": fact_json(one.before),
                "after": fact_json(one.after),
                "fields": list(one.fields),
                "factor": one.factor,
            }
            for one in found.changed
        ]
        only = {"only_before": list(found.only_before), "only_after": list(found.only_after)}
        _print_json({"changed": changed, **only, "options": list(found.options)})
        return
    Console().print(difference_page(found, (before, after)), highlight=False)


def _known(path: Path | None) -> "Facts":
    from varne.question import with_user_file

    return with_user_file(path)[0]


def _collection(name: str) -> tuple[dict[str, "Fact"], dict[str, Any]]:
    """All facts and option rows of one side: shipped, or shipped with a user's own in their place."""
    from varne.question import with_user_file

    facts, rows = with_user_file(None if name == _SHIPPED else Path(name))
    return dict(facts.by_name), dict(rows["options"])


def _options_using(name: str, known: "Facts", facts: Path | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Options that take the fact, and in which of their phases."""
    from varne.encounter.options import read_options
    from varne.question import with_user_file

    options = read_options(with_user_file(facts)[1], known).values()
    found = []
    for option in options:
        phases = {"once it is stopped": option.after_stop} | {phase.name: phase for phase in option.phases}
        at = tuple(words for words, phase in phases.items() if name in phase.facts.values())
        if at:
            found.append((option.name, at))
    return tuple(found)


def _print_list(found: "list[Fact]", *, json: bool) -> None:
    from varne.show.facts_page import facts_json, facts_list

    if json:
        _print_json(facts_json(found))
    else:
        Console().print(facts_list(found), highlight=False)


def _print_json(content: Any) -> None:
    from json import dumps

    print(dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
