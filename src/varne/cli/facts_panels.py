"""`varne facts elicit`, `fit` and `panels`: asking panels, taking in their answers, and what follows from each."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from varne.cli.progress import told_progress

if TYPE_CHECKING:
    from varne.encounter.options import Option
    from varne.encounter.scenario import Scenario
    from varne.facts.panels import Panel, Pool
    from varne.show.language import Language

FILES = ("questionnaire.toml", "questionnaire.html")
POOL_FILE = "pool.toml"


def elicit(
    scenario: Annotated[Path, typer.Argument(help="A scenario file, TOML or JSON.")],
    out: Annotated[Path, typer.Option(help="Folder for questionnaire.toml and questionnaire.html.")],
    most: Annotated[int, typer.Option(min=1, help="How many facts to ask at most.")] = 12,
    fact: Annotated[
        list[str] | None, typer.Option(help="A fact to ask, instead of those that matter most. May be repeated.")
    ] = None,
    facts: Annotated[Path | None, typer.Option(help="A facts file with your own numbers and options.")] = None,
    language: Annotated[str, typer.Option(help="Of the page: en or fr.")] = "en",
) -> None:
    """Write a questionnaire for a panel: the assumed numbers that matter most for a scenario."""
    from varne.compare.design import facts_in_play
    from varne.elicitation import most_important
    from varne.encounter.scenario import Scenario
    from varne.errors import BadFact
    from varne.facts.answers import Asked
    from varne.facts.panels import questions_of
    from varne.files.folder import need_folder, write_whole
    from varne.files.questionnaire import questionnaire_text
    from varne.question import open_question
    from varne.show.language import language as spoken
    from varne.show.questionnaire import questionnaire_page

    need_folder(out)
    tongue = spoken(language)
    question = Scenario.read(scenario)
    opened = open_question(question, facts=facts)
    asked: Sequence[Asked] = [Asked(name, "asked for by name") for name in fact or ()]
    if not asked:
        with told_progress("designed runs") as told:
            asked = most_important(opened, most, progress=told)
    questions = questions_of(asked, opened.encounter.facts)
    options = opened.encounter.options
    play = facts_in_play(opened.encounter.facts, options)
    if idle := [one.fact.name for one in questions if one.fact.name not in play]:
        raise BadFact(f"Fact {idle[0]} is used by none of the options that apply; its value changes nothing here.")
    uses = {one.fact.name: _used(one.fact.name, options, tongue) for one in questions}
    page = questionnaire_page(questions, _encounter(question, tongue), uses, tongue)
    written = questionnaire_text(questions, _encounter(question, tongue), uses)
    paths = write_whole(
        out,
        {
            FILES[0]: partial(_write, written),
            FILES[1]: partial(_write, page),
        },
    )
    console = Console()
    console.print(f"{len(questions)} questions: {', '.join(one.fact.name for one in questions)}")
    console.print(f"written: {', '.join(map(str, paths))}", style="dim")


def fit(
    answers: Annotated[list[Path], typer.Argument(help="Files of answers, one or more for each panel.")],
    out: Annotated[Path, typer.Option(help="Folder for one facts file for each panel, and pool.toml.")],
    facts: Annotated[Path | None, typer.Option(help="A facts file with your own numbers.")] = None,
) -> None:
    """Fit the answers of panels: a facts file for each panel, and one in which all have equal weight."""
    from varne.errors import BadFact
    from varne.facts.answers import read_answers
    from varne.facts.panels import panels_of, pooled
    from varne.files.folder import need_folder, write_whole
    from varne.question import with_user_file
    from varne.show.panels_screen import answers_screen

    need_folder(out)
    if older := sorted(path.name for path in out.glob("*.toml")):
        raise BadFact(
            f"--out {out} holds {older[0]} already, of another fit; name an empty folder, or delete it first."
        )
    known, _ = with_user_file(facts)
    panels = panels_of([read_answers(path) for path in answers], known)
    pool = pooled(panels)
    texts = _facts_files(panels, pool)
    paths = write_whole(out, {name: partial(_write, text) for name, text in texts.items()})
    for panel in panels:
        for warning in panel.warnings:
            typer.echo(f"varne: look again at {warning}", err=True)
    console = Console(markup=False)
    console.print(answers_screen(panels, pool, known))
    console.print(f"written: {', '.join(map(str, paths))}", style="dim")
    console.print(
        f"then: varne assess SCENARIO --facts {paths[0]}, or all: varne facts panels SCENARIO {out}", style="dim"
    )


def panels(
    scenario: Annotated[Path, typer.Argument(help="A scenario file, TOML or JSON.")],
    folder: Annotated[Path, typer.Argument(help="Folder with the facts files of panels, from varne facts fit.")],
    members: Annotated[str, typer.Option(help="Draws x replicates, or a number.")] = "400x50",
    seed: Annotated[int, typer.Option(help="Names the draws; the same seed gives the same answer.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
) -> None:
    """Put the options side by side as each panel sees them: deaths, places, and where panels disagree."""
    from varne.assessment import assess
    from varne.compare.panels import panel_ranking
    from varne.encounter.scenario import Scenario
    from varne.errors import BadFact
    from varne.show.panels_screen import POOL, SHIPPED, ranking_screen

    question = Scenario.read(scenario)
    files = sorted(folder.glob("*.toml"), key=lambda path: (path.name == POOL_FILE, path.name))
    if not files:
        raise BadFact(f"Folder {folder} holds no facts file of a panel; write them with varne facts fit.")
    _need_own_pool(files)
    columns: dict[str, Path | None] = {SHIPPED: None}
    columns |= {POOL if path.name == POOL_FILE else path.stem.replace("-", " "): path for path in files}
    found = {}
    for name, path in columns.items():
        with told_progress(f"as {name} sees it" if path else name) as told:
            found[name] = assess(question, members=members, seed=seed, facts=path, progress=told)
    first = next(iter(found.values()))
    options = {name: tuple(option.name for option in one.encounter.options) for name, one in found.items()}
    if other := [name for name, names in options.items() if names != options[SHIPPED]]:
        raise BadFact(
            f"{other[0]} has other options than the shipped facts; compare panels on the same: take them out."
        )
    ranking = panel_ranking(
        {name: one.outcomes.members["deaths"] for name, one in found.items()},
        [option.name for option in first.encounter.options],
        question.reference,
    )
    assumed = {
        name: {option.name: option.follows_from for option in one.answer.options if option.follows_from}
        for name, one in found.items()
    }
    if json:
        from json import dumps

        from varne.show.panels_screen import ranking_json

        print(dumps(ranking_json(ranking, assumed), indent=2, ensure_ascii=False, allow_nan=False))
        return
    how_many = f"{first.answer.draws} draws of {first.answer.replicates} members, seed {seed}"
    Console().print(ranking_screen(ranking, how_many, assumed))


def _need_own_pool(files: "Sequence[Path]") -> None:
    """A pool stands beside the panels that it is made of, and no others."""
    from varne.errors import BadFact

    pool = next((path for path in files if path.name == POOL_FILE), None)
    if pool is None:
        return
    said = pool.read_text(encoding="utf-8").partition("\n")[0]
    strangers = [path.name for path in files if path != pool and path.stem.replace("-", " ") not in said]
    if strangers:
        raise BadFact(f"{strangers[0]} is not in the pool beside it; put the files of one varne facts fit together.")


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


def _facts_files(panels: "Sequence[Panel]", pool: "Pool") -> dict[str, str]:
    from varne.facts.panels import short_name
    from varne.files.facts_file import facts_text

    made = "Written by varne facts fit; what is not here stays as shipped. Judgement of a panel, not a measurement."
    texts = {}
    for panel in panels:
        blank = [f"Left blank: {', '.join(panel.blank)}."] if panel.blank else []
        heading = [f"Facts as panel {panel.name} sees them.", made, *blank]
        texts[f"{short_name(panel.name)}.toml"] = facts_text(panel.facts.values(), heading)
    heading = [f"Equal-weight pool of panels {', '.join(pool.panels)}.", made]
    heading += [f"{name} was not answered by {', '.join(absent)}." for name, absent in pool.missing.items()]
    return {**texts, POOL_FILE: facts_text(pool.facts.values(), heading)}


def _used(name: str, options: "Sequence[Option]", spoken: "Language") -> str:
    """The responses that use a fact, and in English the files of the model, in words."""
    from varne.facts.uses import readers

    users = [spoken.say(option.name) for option in options if name in option.facts]
    said = [spoken.say("responses: {names}", names=", ".join(users))] if users else []
    sources = [source.says for source in readers(name)] if spoken.code == "en" else []  # they speak English alone
    return spoken.listed([*said, *dict.fromkeys(sources)])


def _encounter(question: "Scenario", spoken: "Language") -> str:
    from varne.earth import format_position
    from varne.when import format_time

    where = f"{format_position(*question.position)}, {format_time(question.time)}"
    length = spoken.number(question.length)
    return spoken.say("{people} people on a {length} m boat", people=str(question.people), length=length) + f", {where}"
