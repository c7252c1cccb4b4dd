"""An assessment that was stored: its question, and every member under every option with every drawn number."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.errors import BadFile
from varne.files.members import CROWD_UNITS, RESPONDER_UNITS, WEATHER_UNITS

ANSWER, MEMBERS = "assessment.json", "assessment.nc"  # names of the files of a folder
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stored:
    """What a folder holds of an assessment."""

    answer: Mapping[str, Any]  # assessment.json
    members: xr.Dataset  # assessment.nc

    @property
    def seed(self) -> int:
        """
        Return the seed of its draws.

        Returns
        -------
        int

        Examples
        --------
        >>> Stored({"fingerprint": {"seed": 7}}, xr.Dataset()).seed
        7
        """
        return int(self.answer["fingerprint"]["seed"])

    @property
    def size(self) -> tuple[int, int]:
        """
        Return how many draws it has, and members of each.

        Returns
        -------
        tuple of int

        Examples
        --------
        >>> Stored({"members": {"draws": 4, "replicates": 2}}, xr.Dataset()).size
        (4, 2)
        """
        return int(self.answer["members"]["draws"]), int(self.answer["members"]["replicates"])


def read_stored(path: Path) -> Stored:
    """
    Read an assessment that ``varne assess --out`` has written.

    Parameters
    ----------
    path : Path
        The folder, or one of its two files. [1]

    Returns
    -------
    Stored

    Raises
    ------
    BadFile
        If it is not whole, or its two files are not of one assessment.

    Examples
    --------
    >>> read_stored(Path("nowhere"))
    Traceback (most recent call last):
    varne.errors.BadFile: nowhere has no assessment.json; name a folder that varne assess --out has written.
    """
    folder = path if path.is_dir() or not path.suffix else path.parent
    for name in (ANSWER, MEMBERS):
        if not (folder / name).is_file():
            raise BadFile(f"{folder} has no {name}; name a folder that varne assess --out has written.")
    try:
        answer = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
        with xr.open_dataset(folder / MEMBERS, engine="h5netcdf") as file:
            members = file.load()
        named = {key: str(members.attrs[f"fingerprint_{key}"]) for key in answer["fingerprint"]}
        draws, replicates = (int(answer["members"][key]) for key in ("draws", "replicates"))
        if not isinstance(answer["scenario"], dict) or not answer["options"]:
            raise ValueError("it has no scenario, or no options")
        fits = len(members["draw"]) == draws and len(members["member_draw"]) == draws * replicates
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFile(f"{folder} cannot be read as an assessment ({error}); write it again with --out.") from None
    if not fits or named != {key: str(value) for key, value in answer["fingerprint"].items()}:
        raise BadFile(f"{folder} has an {ANSWER} and an {MEMBERS} of different assessments; write it again with --out.")
    return Stored(answer, members)


def deaths_and_more(members: xr.Dataset, fields: tuple[str, ...], draws: int) -> Array:
    """
    Return an outcome of each member under each option.

    Parameters
    ----------
    members : Dataset
        Of an assessment. [people]
    fields : tuple of str
        Names of variables that add up to it. [1]
    draws : int
        How many. [1]

    Returns
    -------
    array, shape (draw, replicate, option)
        [people, or 1]

    Examples
    --------
    >>> few = xr.Dataset({"deaths": (("member", "option"), np.arange(8.0).reshape(4, 2))})
    >>> deaths_and_more(few, ("deaths",), 2).shape
    (2, 2, 2)
    """
    total = sum(np.asarray(members[field].values, dtype=np.float64) for field in fields)
    return np.asarray(total).reshape(draws, -1, members.sizes["option"])


def drawn_numbers(members: xr.Dataset) -> dict[str, Array]:
    """
    Return everything that was drawn, by name.

    Parameters
    ----------
    members : Dataset
        Of an assessment. [SI]

    Returns
    -------
    dict of str to array, shape (draw,)
        Facts by their dotted names; beside them ``weather wind speed``, ``crowd women``, ``snsm_calais speed``. [SI]

    Examples
    --------
    >>> few = xr.Dataset({"fact_boat_leak": ("draw", [1.0, 2.0], {"fact": "boat.leak"})})
    >>> list(drawn_numbers(few))
    ['boat.leak']
    """
    found = {
        str(one.attrs["fact"]): np.asarray(one.values, dtype=np.float64)
        for one in members.data_vars.values()
        if "fact" in one.attrs
    }
    for prefix, names in (("weather", WEATHER_UNITS), ("crowd", CROWD_UNITS)):
        for name in names:
            if f"{prefix}_{name}" in members:
                values = np.asarray(members[f"{prefix}_{name}"].values, dtype=np.float64)
                found[f"{prefix} {name.replace('_', ' ')}"] = values
    for name in RESPONDER_UNITS:
        if f"responder_{name}" in members:
            for who in members["responder"].values:
                values = members[f"responder_{name}"].sel(responder=who).values
                found[f"{who} {name.replace('_', ' ')}"] = np.asarray(values, dtype=np.float64)
    return found


def follows_from_stored(answer: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    """
    Return which differences to the reference follow from assumption, both ways round.

    Parameters
    ----------
    answer : mapping
        ``assessment.json``. [1]

    Returns
    -------
    dict of (str, str) to tuple of str

    Examples
    --------
    >>> follows_from_stored({"options": []})
    {}
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for option in answer["options"]:
        beside = option.get("difference", {})
        if beside.get("follows_from"):
            pair = (str(option["name"]), str(beside["reference"]))
            found[pair] = found[pair[::-1]] = tuple(beside["follows_from"])
    return found
