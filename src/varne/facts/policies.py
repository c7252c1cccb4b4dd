"""The files of the policies, as shipped and as a user writes them: tables, not yet understood."""

import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from varne.errors import BadPolicy


@cache
def shipped_policies() -> Mapping[str, Mapping[str, Any]]:
    """
    Read the policies that Varne ships.

    Returns
    -------
    mapping of str to mapping
        By name; what each file holds.

    Examples
    --------
    >>> "as-it-was" in shipped_policies()
    True
    """
    folder = resources.files("varne.facts").joinpath("policies")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def with_what_it_is_like(rows: Mapping[str, Any], origin: str) -> Mapping[str, Any]:
    """
    Add to a policy what it takes over from a shipped one that it is like: fields it lacks, changes and money.

    Parameters
    ----------
    rows : mapping
        What its file holds, perhaps ``like``. [1]
    origin : str
        The file, for messages. [1]

    Returns
    -------
    mapping
        Without ``like``.

    Raises
    ------
    BadPolicy
        If the shipped policy does not exist.

    Examples
    --------
    >>> len(with_what_it_is_like({"like": "as-it-was", "name": "mine"}, "mine.toml")["money"])
    4
    """
    if "like" not in rows:
        return rows
    own = {name: value for name, value in rows.items() if name != "like"}
    like = rows["like"]
    if not isinstance(like, str) or like not in shipped_policies():
        near = difflib.get_close_matches(str(like), shipped_policies(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(shipped_policies())}."
        raise BadPolicy(f"{origin} has like = {like!r}, which is no shipped policy; {hint}")
    model = with_what_it_is_like(shipped_policies()[like], f"{like}.toml")
    lists = [name for name in ("change", "money") if isinstance(own.get(name, []), list)]  # else: refused as it stands
    added = {name: [*model.get(name, []), *own.get(name, [])] for name in lists}
    return {**model, **own, **{name: value for name, value in added.items() if value}}


def policy_rows(asked: str) -> tuple[str, Mapping[str, Any]]:
    """
    Find a policy: a shipped one by its name, or a file by its path.

    Parameters
    ----------
    asked : str
        Such as ``"as-it-was"`` or ``"mine.toml"``. [1]

    Returns
    -------
    tuple of str and mapping
        Where it is from, for messages, and what it holds.

    Raises
    ------
    BadPolicy
        If there is no such policy, or the file cannot be read or is not TOML.

    Examples
    --------
    >>> policy_rows("as-it-wsa")
    Traceback (most recent call last):
    varne.errors.BadPolicy: Policy 'as-it-wsa' is neither shipped nor a file; did you mean 'as-it-was'?
    """
    if asked in shipped_policies():
        return f"{asked}.toml", with_what_it_is_like(shipped_policies()[asked], f"{asked}.toml")
    path = Path(asked)
    if path.is_dir():
        raise BadPolicy(f"Policy {asked!r} is a folder; name the policy file in it.")
    if path.suffix != ".toml" and not path.is_file():
        near = difflib.get_close_matches(asked, shipped_policies(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the shipped ones are {', '.join(shipped_policies())}."
        raise BadPolicy(f"Policy {asked!r} is neither shipped nor a file; {hint}")
    try:
        return path.name, with_what_it_is_like(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except UnicodeDecodeError:
        raise BadPolicy(f"Policy file {asked} is not UTF-8 text; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy(f"Policy file {asked} is not TOML: {error}. Mend that line.") from None
    except OSError as error:
        raise BadPolicy(f"Policy file {asked} cannot be read ({error.strerror}); check its name.") from None
