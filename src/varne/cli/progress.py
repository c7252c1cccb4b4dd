"""How long work is shown on a terminal while it lasts: how much is done, and how long it may still take."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Told = Callable[[int, int], None]


@contextmanager
def told_progress(what: str) -> Iterator[Told]:
    """
    Show one piece of work while it lasts; nothing where nobody looks.

    Parameters
    ----------
    what : str
        In a few words. [1]

    Yields
    ------
    callable
        Told how much is done, and of how much.

    Examples
    --------
    >>> with told_progress("draws") as told:
    ...     told(1, 2)
    """
    with told_stages() as told:
        yield lambda done, of: told(what, done, of)


@contextmanager
def told_stages() -> Iterator[Callable[[str, int, int], None]]:
    """
    Show several pieces of work, one under the other.

    Yields
    ------
    callable
        Told which piece, how much of it is done, and of how much.

    Examples
    --------
    >>> with told_stages() as told:
    ...     told("draws", 1, 2)
    """
    from varne.compiled import cache_folder

    console = Console(stderr=True)
    if not cache_folder().exists():
        console.print("Compiling the kernels for this machine: once, about a minute.", style="dim")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {}

        def _told(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield _told
