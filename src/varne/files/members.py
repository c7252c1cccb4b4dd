"""Every member of an assessment as a CF data set."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.encounter.ensemble import Outcomes
from varne.facts.tables import Facts, column
from varne.units import dimension

# Each outcome: what it is, and its unit.
LONG_NAMES = {
    "deaths": ("expected deaths of people aboard", "1"),
    "p_any_death": ("probability that anybody aboard dies", "1"),
    "serious_injuries": ("expected serious injuries of people aboard", "1"),
    "responder_deaths": ("expected deaths of responders' crews", "1"),
    "responder_serious_injuries": ("expected serious injuries of responders' crews", "1"),
    "ashore_uk": ("expected people ashore in the United Kingdom at the horizon", "1"),
    "ashore_fr": ("expected people ashore in France at the horizon", "1"),
    "ashore_other": ("expected people ashore elsewhere at the horizon", "1"),
    "aboard_boat": ("expected people aboard the boat at the horizon", "1"),
    "aboard_responder": ("expected people aboard a responder at the horizon", "1"),
    "in_water": ("expected people in the water at the horizon", "1"),
    "safe_after": ("time until everyone is safe if the boat is not lost; infinite for never", "s"),
}
_SI = {
    "number": "1", "length": "m", "area": "m2", "time": "s", "speed": "m s-1", "mass": "kg", "density": "kg m-3",
    "volume": "m3", "flow": "m3 s-1", "rate": "s-1", "angle": "radian", "temperature": "degree_Celsius",
    "per temperature": "degree_Celsius-1",
}  # fmt: skip


def members_dataset(
    outcomes: Outcomes, known: NDArray[np.void], options: Sequence[str], facts: Facts, fingerprint: Mapping[str, Any]
) -> xr.Dataset:
    """
    Lay out every member under every option, with every drawn fact and the draw index.

    Parameters
    ----------
    outcomes : Outcomes
        Of the ensemble. [people, s]
    known : structured array, shape (draw,)
        The drawn facts. [SI]
    options : sequence of str
        Names in the order of the outcomes. [1]
    facts : Facts
        What the drawn facts are. [unit]
    fingerprint : mapping
        Kept with the data. [1]

    Returns
    -------
    Dataset
        Outcomes over member and option, facts over draw; ``draw`` of a member says which facts it had.

    Examples
    --------
    >>> from varne.encounter.records import OUTCOME
    >>> few = Outcomes(np.zeros((2, 3, 1), OUTCOME), np.zeros((2, 1, 4)), np.zeros((2, 1, 3)))
    >>> members_dataset(few, np.zeros(2, []), ["leave"], Facts({}), {"seed": 1}).sizes["member"]
    6
    """
    draws, replicates, _ = outcomes.members.shape
    variables: dict[str, Any] = {}
    for name, (long_name, unit) in LONG_NAMES.items():
        values = outcomes.members[name].reshape(draws * replicates, -1)
        variables[name] = (("member", "option"), values, {"long_name": long_name, "units": unit})
    for fact in facts:
        attributes = {
            "long_name": fact.says,
            "units": _SI[dimension(fact.unit)],
            "grade": fact.grade,
            "source": fact.source,
            "fact": fact.name,
        }
        variables[f"fact_{column(fact.name)}"] = (("draw",), known[column(fact.name)].copy(), attributes)
    return xr.Dataset(
        variables,
        coords={
            "option": ("option", list(options), {"long_name": "response option"}),
            "member_draw": (
                ("member",),
                np.repeat(np.arange(draws, dtype=np.int32), replicates),
                {"long_name": "index of the epistemic draw of each member"},
            ),
            "draw": ("draw", np.arange(draws, dtype=np.int32), {"long_name": "epistemic draw"}),
        },
        attrs={
            "Conventions": "CF-1.11",
            "title": "Varne assessment: every member under every option",
            "history": "computed by varne assess",
            **{f"fingerprint_{key}": value for key, value in fingerprint.items()},
        },
    )


def write_members(dataset: xr.Dataset, path: Path) -> None:
    """
    Write the members as NetCDF 4.

    Parameters
    ----------
    dataset : Dataset
        From :func:`members_dataset`. [SI]
    path : Path
        Where. [1]

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "x.nc"
    >>> write_members(xr.Dataset({"a": ("x", [1.0])}), file)
    >>> float(xr.open_dataset(file)["a"][0])
    1.0
    """
    packed = {name: {"zlib": True, "complevel": 1} for name, one in dataset.data_vars.items() if one.ndim == 2}
    dataset.to_netcdf(path, engine="h5netcdf", encoding=packed)
