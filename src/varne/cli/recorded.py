"""`--record`: an answer is entered into a record before it is shown, and that it was shown after that."""

import sys
import time as clock
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from varne.errors import BadInput, VarneError

if TYPE_CHECKING:
    from varne.assessment import Assessment
    from varne.recording import Asking, Recorded
    from varne.simulation import Simulation

RecordFolder = Annotated[
    Path | None, typer.Option("--record", help="Enter question, figures and who saw them into this record.")
]
RecordRoles = Annotated[
    list[str] | None,
    typer.Option("--role", help="Who sees the answer, in what role; the first is who asks. May be repeated; no names."),
]
RecordCase = Annotated[str, typer.Option("--case", help="Name of the case in the record.")]


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a command tells a record; nothing where none is named."""

    folder: Path | None
    roles: tuple[str, ...]
    case: str

    @contextmanager
    def failing(self, command: str, question: Mapping[str, Any]) -> Iterator[None]:
        """
        Enter that no figure could be given, if none is.

        Parameters
        ----------
        command : str
            ``assess`` or ``season``. [1]
        question : mapping
            As it was asked. [1]

        Yields
        ------
        None

        Examples
        --------
        >>> with keeper_of(None, None, "").failing("assess", {}):
        ...     pass
        """
        try:
            yield
        except (VarneError, KeyboardInterrupt) as error:
            if self.folder is not None:
                from varne.recording import record_failure

                why = str(error) or "interrupted"
                plain = {name: str(value) for name, value in question.items()}
                record_failure(self.folder, command, plain, why, self._asking())
            raise

    def assessed(self, found: "Assessment", facts: Path | None) -> "Recorded | None":
        """
        Enter an assessment.

        Parameters
        ----------
        found : Assessment
            [people]
        facts : Path or None
            The user's own numbers. [unit]

        Returns
        -------
        Recorded or None

        Examples
        --------
        >>> keeper_of(None, None, "").assessed(None, None) is None
        True
        """
        if self.folder is None:
            return None
        from varne.recording import record_assessment

        return record_assessment(self.folder, found, self._asking(), facts=facts)

    def simulated(self, found: "Simulation", facts: Path | None) -> "Recorded | None":
        """
        Enter a season.

        Parameters
        ----------
        found : Simulation
            [people]
        facts : Path or None
            The user's own numbers. [unit]

        Returns
        -------
        Recorded or None

        Examples
        --------
        >>> keeper_of(None, None, "").simulated(None, None) is None
        True
        """
        if self.folder is None:
            return None
        from varne.recording import record_season

        return record_season(self.folder, found, self._asking(), facts=facts)

    def shown(self, recorded: "Recorded | None", how: str) -> None:
        """
        Enter that an answer was shown just now.

        Parameters
        ----------
        recorded : Recorded or None
            [1]
        how : str
            ``screen`` or ``json``. [1]

        Examples
        --------
        >>> keeper_of(None, None, "").shown(None, "screen")
        """
        if self.folder is None or recorded is None:
            return
        from varne.recording import record_shown

        sys.stdout.flush()
        index = record_shown(self.folder, recorded, to=self.roles, how=how, asking=self._asking())
        print(f"recorded: entries {recorded.index} and {index} of {self.folder}", file=sys.stderr)

    def _asking(self) -> "Asking":
        from varne.recording import Asking

        return Asking(self.roles[0], clock.time(), self.case)


def keeper_of(folder: Path | None, roles: list[str] | None, case: str) -> Keeper:
    """
    Refuse before the work a record that could not be written after it.

    Parameters
    ----------
    folder : Path or None
        Of the record. [1]
    roles : list of str or None
        Who sees the answer. [1]
    case : str
        [1]

    Returns
    -------
    Keeper

    Raises
    ------
    BadInput
        If roles are given without a record, or a record without roles.
    BadRecord, BadKey
        If the record cannot be opened.

    Examples
    --------
    >>> keeper_of(Path("log"), None, "")
    Traceback (most recent call last):
    varne.errors.BadInput: --record log needs who sees the answer: --role 'watch officer'.
    """
    if folder is None:
        if roles or case:
            raise BadInput("--role and --case are of a record; name it with --record.")
        return Keeper(None, (), "")
    if not roles or not all(role.strip() for role in roles):
        raise BadInput(f"--record {folder} needs who sees the answer: --role 'watch officer'.")
    from varne.facts.entry_kinds import persons_in
    from varne.record.opening import open_log

    for where, why in persons_in([*roles, case], "role"):
        print(f"varne: {where}: {why}. A record holds roles and counts, no person's data.", file=sys.stderr)
    open_log(folder, now=clock.time()).close()
    return Keeper(folder, tuple(roles), case)
