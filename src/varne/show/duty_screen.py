"""Duties on a terminal: the same tables as on the page."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from varne.duties.check import DutiesAnswer
from varne.show.duty_page import duty_parts
from varne.show.language import Language
from varne.show.report_table import Cell, Rows

_STYLES = {"not met": "bold red", "met": "green"}


def duty_screen(found: DutiesAnswer, language: Language, *, provisions: int = 0) -> RenderableType:
    """
    Show duties.

    Parameters
    ----------
    found : DutiesAnswer
        [1]
    language : Language
        [1]
    provisions : int, optional
        How many provisions are written out. [1]

    Returns
    -------
    renderable

    Examples
    --------
    >>> from varne.duties.check import check_duties
    >>> from varne.show.language import language
    >>> len(duty_screen(check_duties([]), language("en")).renderables) > 10
    True
    """
    told = duty_parts(found, language)
    strong = {language.say(state): style for state, style in _STYLES.items()}
    parts: list[RenderableType] = [Text(told["disclaimer"], style="bold"), Text(told["log"], style="dim")]
    parts += [Text(), *(Text(line) for line in told["summary"])]
    for rows in told["groups"]:
        parts += [
            Text(),
            Text(rows.caption, style="bold"),
            *(_duty(row, rows.headings, strong, language.say(": ")) for row in rows.rows),
        ]
    parts += [Text(), *(Text(line) for line in (*told["unread"], told["absent"])), Text(), Text(told["branch_note"])]
    for rows, lines in told["branches"]:
        parts += [*([rows_table(rows, strong)] if rows.rows else []), *(Text(line, style="dim") for line in lines)]
    parts += [Text(told["estimate"], style="dim"), Text(), *(Text(line) for line in told["phase_sentences"])]
    parts += [rows_table(told["rubric"], strong), rows_table(told["phases"], strong)]
    law = told["provisions"]
    if provisions:
        parts.append(rows_table(Rows(law.caption, law.headings, law.rows[:provisions]), strong))
    return Group(*parts, Text(told["disclaimer"], style="bold"))


def rows_table(rows: Rows, strong: dict[str, str]) -> Table:
    """
    Show a table of a page on a terminal.

    Parameters
    ----------
    rows : Rows
        [1]
    strong : dict of str to str
        Styles of words. [1]

    Returns
    -------
    Table

    Examples
    --------
    >>> from varne.show.report_table import Cell
    >>> rows_table(Rows("Few", ("a", "b"), ((Cell("1"), Cell("2", "3")),)), {}).row_count
    1
    """
    table = Table(title=rows.caption, title_justify="left", title_style="bold", box=None, padding=(0, 2, 1, 0))
    for heading in rows.headings:
        table.add_column(heading, overflow="fold", header_style="dim")
    for row in rows.rows:
        cells = [Text(cell.words, style=strong.get(cell.words, "")) for cell in row]
        for cell, text in zip(row, cells, strict=True):
            text.append(f"\n{cell.under}" if cell.under else "", style="dim")
        table.add_row(*cells)
    return table


def _duty(row: tuple[Cell, ...], headings: tuple[str, ...], strong: dict[str, str], colon: str) -> Table:
    """A duty as a block: its name and state, and under it what is on record and what would settle the rest."""
    name, state, used, wanted = row
    block = Table.grid(padding=(0, 2))
    block.add_column(style="dim", min_width=len(max(headings[2:], key=len)) + 2)
    block.add_column(overflow="fold")
    title = Text(name.words, style="bold").append(colon).append(state.words, style=strong.get(state.words, "yellow"))
    whole = Table.grid()
    whole.add_row(title)
    whole.add_row(Text(f"  {state.under}", style="dim"))
    for heading, cell in zip(headings[2:], (used, wanted), strict=True):
        if cell.words:
            block.add_row(f"  {heading}", Text(cell.words))
        if cell.under:
            block.add_row("", Text(cell.under, style="dim"))
    whole.add_row(block)
    return whole
