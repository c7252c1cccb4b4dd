"""`--record`: an answer is entered into a record before it is shown, and that it was shown after that."""

import contextlib
import os
import sys
import time as clock
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from varne.cli.warned import warn_of_persons
from varne.errors import BadInput, HeldRecord, VarneError

if TYPE_CHECKING:
    from varne.assessment import Assessment
    from varne.facts.own import OwnNumbers
    from varne.record.asking import Asking, Recorded
    from varne.simulation import Simulation

_PATIENCE, _PAUSE = 10.0, 0.1  # [s] that another writer is waited for, and between two tries
Entered = TypeVar("Entered")
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
    def failing(self, command: str, question: Mapping[str, Any], *, files: Sequence[object] = ()) -> Iterator[None]:
        """
        Enter that no figure could be given, if none is.

        Parameters
        ----------
        command : str
            ``assess`` or ``season``. [1]
        question : mapping
            As it was asked. [1]
        files : sequence, optional
            Paths that it names: the folders that they lie in may name whoever works here, and stay out. [1]

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
        except VarneError as error:
            self._failed(command, question, str(error), files)
            raise
        except KeyboardInterrupt:
            self._failed(command, question, "interrupted", files)
            raise
        except Exception as error:
            self._failed(command, question, f"an error of Varne itself: {type(error).__name__}", files)
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

        folder = self.folder
        return _patiently(lambda: record_assessment(folder, found, self._asking(), facts=facts))

    def simulated(self, found: "Simulation", own: "OwnNumbers") -> "Recorded | None":
        """
        Enter a season.

        Parameters
        ----------
        found : Simulation
            [people]
        own : OwnNumbers
            The user's own numbers. [unit]

        Returns
        -------
        Recorded or None

        Examples
        --------
        >>> from varne.facts.own import OwnNumbers
        >>> keeper_of(None, None, "").simulated(None, OwnNumbers()) is None
        True
        """
        if self.folder is None:
            return None
        from varne.recording import record_season

        folder = self.folder
        return _patiently(lambda: record_season(folder, found, self._asking(), own=own))

    @contextmanager
    def showing(self, recorded: "Recorded | None", how: str) -> Iterator[None]:
        """
        Enter that an answer was shown, once it was; or that it was not, and why.

        Parameters
        ----------
        recorded : Recorded or None
            [1]
        how : str
            ``screen`` or ``json``. [1]

        Yields
        ------
        None

        Examples
        --------
        >>> with keeper_of(None, None, "").showing(None, "screen"):
        ...     pass
        """
        try:
            need_output()
            yield
            sys.stdout.flush()
        except VarneError as error:
            self._shown(recorded, how, f"before it was shown: {error}")
            raise
        except OSError as error:
            self._shown(recorded, how, f"the output failed ({error.strerror or error}); part of it may have been seen")
            _drop_output()
            raise
        except SystemExit:  # what draws the screen ends the program so
            self._shown(recorded, how, "the output failed (its reader has gone); part of it may have been seen")
            raise
        except KeyboardInterrupt:
            self._shown(recorded, how, "interrupted; part of it may have been seen")
            raise
        except Exception as error:
            self._shown(recorded, how, f"an error of Varne itself: {type(error).__name__}")
            raise
        self._shown(recorded, how, "")

    def _shown(self, recorded: "Recorded | None", how: str, why: str) -> None:
        if self.folder is None or recorded is None:
            return
        from varne.record.asking import record_shown

        folder, asking = self.folder, self._asking()
        to = () if why else self.roles
        try:
            index = _patiently(lambda: record_shown(folder, recorded, to=to, how=how, asking=asking, why=why))
        except VarneError as error:
            if not why:
                raise
            print(f"varne: that the figures were not shown could not be entered: {error}", file=sys.stderr)
            return
        says = ", which says that they were not shown" if why else ""
        print(f"recorded: entries {recorded.index} and {index} of {self.folder}{says}", file=sys.stderr)

    def _failed(self, command: str, question: Mapping[str, Any], why: str, files: Sequence[object]) -> None:
        if self.folder is None:
            return
        from varne.record.asking import record_failure

        plain = _plain(question, files)
        folder, asking, said = self.folder, self._asking(), _without_folders(why, files)
        try:
            index = _patiently(lambda: record_failure(folder, command, plain, said, asking))
        except VarneError as error:
            print(f"varne: that no figure is given could not be entered: {error}", file=sys.stderr)
        else:
            print(f"recorded: entry {index} of {folder} says that no figure is given", file=sys.stderr)

    def _asking(self) -> "Asking":
        from varne.record.asking import Asking

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
    import varne.record.asking  # noqa: F401 - loaded before the work: an interruption may leave half of a module
    from varne.record.opening import open_log

    warn_of_persons({"role": roles, "case": case})
    _patiently(lambda: open_log(folder, now=clock.time()).close())
    return Keeper(folder, tuple(roles), case)


def need_output() -> None:
    """
    Refuse to show where nothing can be shown.

    Raises
    ------
    BadInput
        If the command was started without a standard output.

    Examples
    --------
    >>> need_output()
    """
    if getattr(sys, "stdout", None) is None:  # as with >&-
        raise BadInput("There is no standard output to show anything on; leave >&- out, or send it into a file.")


def _drop_output() -> None:
    """What could not be written is not tried again when the program ends: that would hide why it failed."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _patiently(enter: Callable[[], Entered]) -> Entered:
    """Another writer has a log for moments; an answer of many minutes is not lost to that."""
    until = clock.monotonic() + _PATIENCE
    while True:
        try:
            return enter()
        except HeldRecord:
            if clock.monotonic() > until:
                raise
            clock.sleep(_PAUSE)


def _plain(value: Any, files: Sequence[object]) -> Any:
    """A question as JSON holds it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one, files) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, files) for one in value]
    return value if isinstance(value, int) or value is None else _without_folders(str(value), files)


def _without_folders(text: str, files: Sequence[object]) -> str:
    for path in sorted((str(one) for one in files if one), key=len, reverse=True):
        text = text if "://" in path else text.replace(path, Path(path).name)
    return text
