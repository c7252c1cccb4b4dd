"""The smugglers' books on the command line: how many boats must be stopped until a launch no longer pays."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from varne.errors import BadFile

if TYPE_CHECKING:
    from rich.table import Table

    from varne.season.books import BreakEven

_PRICES = (500.0, 750.0, 1000.0, 1500.0, 2000.0, 3000.0, 4000.0)  # shown when none is asked for [GBP]


def books(
    price: Annotated[list[float] | None, typer.Option(help="Price of a place in pounds; may be repeated.")] = None,
    facts: Annotated[Path | None, typer.Option(help="A facts file with your own prices and costs.")] = None,
    draws: Annotated[int, typer.Option(help="Draws of what is not known.", min=10, max=1_000_000)] = 4000,
    seed: Annotated[int, typer.Option(help="Names the draws; the same seed gives the same answer.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write the curve over the price to this PNG file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON alone.")] = False,
) -> None:
    """
    Show what a launch earns, and how many boats must be stopped until it no longer pays, over the price of a place.

    No price or cost was found with a source: all are assumed, wide, and yours to set with --facts (rows smuggling.*).
    """
    from varne.question import with_user_file
    from varne.season.books import books_of, break_even, grade_of_books

    if out is not None and out.suffix != ".png":
        raise BadFile(f"--out {out} does not end in .png; change its name.")
    if out is not None and out.is_dir():
        raise BadFile(f"--out {out} is a folder; name a file in it, such as {out / 'books.png'}.")
    known, _ = with_user_file(facts)
    drawn = books_of(known, draws=draws, seed=seed)
    found = [break_even(drawn, one) for one in sorted(price or _PRICES)]
    grade = grade_of_books(known)
    if out is not None:
        _draw(out, drawn, grade, draws)
    if json:
        from json import dumps

        print(dumps(_as_json(found, grade, draws, seed), indent=2))
        return
    console = Console()
    console.print(_table(found, grade, draws))
    console.print(
        "A launch that does not get through gives back part of its price or tries again for nothing (smuggling."
        "refund_share). A price that rises when more is stopped is not modelled: read a lower line.",
        highlight=False,
    )
    if out is not None:
        console.print(f"written: {out}", style="dim", highlight=False)


def _table(found: "list[BreakEven]", grade: str, draws: int) -> "Table":
    from rich.table import Table

    from varne.show.words import spoken_share

    table = Table(title=f"The smugglers' books: means and 90 % intervals, {draws:,} draws, grade {grade}")
    for heading in (
        "price of a place",
        "a launch earns",
        "stops paying when so many\nboats at sea are intercepted",
        "or when so many launches\nare stopped on the beach",
        "pays even if all\nare intercepted",
    ):
        table.add_column(heading, justify="right")
    for one in found:
        table.add_row(
            f"£{one.price:,.0f}",
            f"{_pounds(one.profit.mean)} ({_pounds(one.profit.low)} to {_pounds(one.profit.high)})",
            _shares(one.interception),
            _shares(one.prevention),
            f"{spoken_share(one.pays_anyway)} of draws",
        )
    return table


def _shares(one: Any) -> str:
    return f"{one.mean:.0%} ({one.low:.0%} to {one.high:.0%})"


def _pounds(value: float) -> str:
    return f"{'-' if value < 0 else ''}£{abs(value):,.0f}"


def _as_json(found: "list[BreakEven]", grade: str, draws: int, seed: int) -> dict[str, Any]:
    from dataclasses import asdict

    return {"grade": grade, "draws": draws, "seed": seed, "books": [asdict(one) for one in found]}


def _draw(out: Path, drawn: Any, grade: str, draws: int) -> None:
    import numpy as np

    from varne.files.folder import write_whole
    from varne.season.books import break_even
    from varne.show.books_picture import books_picture

    curve = [break_even(drawn, float(price)) for price in np.linspace(300.0, 5000.0, 95)]
    figure = books_picture(curve, grade=grade, draws=draws)
    write_whole(out.parent, {out.name: lambda path: figure.savefig(path, format="png", dpi=150)})
