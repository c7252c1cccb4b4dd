"""`varne season`: months and years under policies; a first word that is no command of the group is a policy."""

from typing import Any

import typer
from typer.core import TyperGroup

from varne.cli.season_backtest import backtest
from varne.cli.season_books import books
from varne.cli.season_fit import fit
from varne.cli.season_run import run

_DEFAULT = "run"


class PoliciesFirst(TyperGroup):
    """A group whose commands may be left out: `varne season as-it-was` runs `varne season run as-it-was`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """
        Put the default command before what names no other.

        Parameters
        ----------
        ctx : context
            What was asked. [1]
        args : list of str
            Words after `varne season`. [1]

        Returns
        -------
        list of str
            As the group reads them.

        Examples
        --------
        >>> PoliciesFirst(name="season").name
        'season'
        """
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=PoliciesFirst,
    no_args_is_help=True,
    help="Months and years under policies: crossings, deaths and cost. `varne season POLICY.toml [MORE.toml ...]`; "
    "`varne season --list` names the shipped policies, `varne season run --help` the options.",
)
app.command("run")(run)
app.command("books")(books)
app.command("backtest")(backtest)
app.command("fit")(fit)
