"""Varne on the command line: `varne assess`, `varne sea`."""

import sys

import typer

from varne.cli import assess, sea
from varne.errors import VarneError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="What does each way of responding to a small boat in the Channel do to the risk to life?",
)
app.command("assess")(assess.assess)
app.add_typer(sea.app, name="sea")


def main() -> None:
    """
    Run a command; a question that cannot be answered gets one sentence and exit code 2.

    Examples
    --------
    >>> app.info.no_args_is_help
    True
    """
    try:
        app()
    except VarneError as error:
        print(f"varne: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("varne: interrupted; nothing was written.", file=sys.stderr)
        sys.exit(130)
