"""Varne on the command line: `varne assess`, `why`, `facts`, `claims`, `season`, `sea`, `duties`, `record`."""

import errno
from typing import Any

import typer
from typer.core import TyperGroup

from varne.cli import assess, claims, duties, facts, record, sea, season, why
from varne.errors import VarneError
from varne.show.plain import plain


class OneSentence(TyperGroup):
    """A group of commands that answers a question it cannot answer with one sentence and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """
        Run a command.

        Parameters
        ----------
        ctx : context
            What was asked. [1]

        Returns
        -------
        any
            What the command returns.

        Raises
        ------
        typer.Exit
            With 2 when the question is refused, with 130 when it is interrupted.

        Examples
        --------
        >>> OneSentence(name="varne").name
        'varne'
        """
        try:
            return super().invoke(ctx)
        except VarneError as error:
            typer.echo(f"varne: {plain(str(error))}", err=True)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:
            typer.echo("varne: interrupted.", err=True)
            raise typer.Exit(130) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the answer has read enough
                raise
            place = error.filename or "a file or the network"
            typer.echo(f"varne: {place} cannot be used ({error.strerror or error}); check it, and ask again.", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=OneSentence,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="What does each way of responding to a small boat in the Channel do to the risk to life?",
)
app.command("assess")(assess.assess)
app.command("claims")(claims.claims)
app.command("why")(why.why)
app.command("duties")(duties.duties)
app.add_typer(facts.app, name="facts")
app.add_typer(season.app, name="season")
app.add_typer(sea.app, name="sea")
app.add_typer(record.app, name="record")
