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
# What else is drawn for each epistemic draw: the weather, the crowd, and for each responder what it can do.
WEATHER_UNITS = {
    "wind_speed": "m s-1", "wind_east": "m s-1", "wind_north": "m s-1", "wave_height": "m", "peak_period": "s",
    "water_temperature": "degree_Celsius", "air_temperature": "degree_Celsius",
}  # fmt: skip
CROWD_UNITS = {"women": "1", "children": "1", "working_jackets": "1", "person_mass": "kg"}
RESPONDER_UNITS = {
    "speed": "m s-1", "ready_after": "s", "recovery_rate": "s-1", "lift_rate": "s-1", "capacity": "1",
}  # fmt: skip
_SI = {
    "number": "1", "length": "m", "area": "m2", "time": "s", "speed": "m s-1", "mass": "kg", "density": "kg m-3",
    "acceleration": "m s-2", "volume": "m3", "flow": "m3 s-1", "rate": "s-1", "angle": "radian",
    "temperature": "degree_Celsius", "per temperature": "degree_Celsius-1", "per length": "m-1",
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


def with_drawn(
    dataset: xr.Dataset, weather: NDArray[np.void], boats: NDArray[np.void], responders: NDArray[np.void]
) -> xr.Dataset:
    """
    Add what is drawn beside the facts: weather, crowd, and what each responder can do.

    Parameters
    ----------
    dataset : Dataset
        From :func:`members_dataset`. [SI]
    weather, boats : structured array, shape (draw,)
        Of each epistemic draw. [SI]
    responders : structured array, shape (draw, responder)
        The first to arrive first; the last is a ship that passes by chance. [SI]

    Returns
    -------
    Dataset
        Variables ``weather_*``, ``crowd_*`` and ``responder_*``.

    Examples
    --------
    >>> from varne.encounter.records import BOAT, RESPONDER, WEATHER
    >>> empty = np.zeros(2, WEATHER), np.zeros(2, BOAT), np.zeros((2, 3), RESPONDER)
    >>> with_drawn(xr.Dataset(), *empty).sizes["responder"]
    3
    """
    added: dict[str, Any] = {}
    for table, prefix, units in ((weather, "weather", WEATHER_UNITS), (boats, "crowd", CROWD_UNITS)):
        for name, unit in units.items():
            text = f"{prefix}, {name.replace('_', ' ')}, as drawn"
            added[f"{prefix}_{name}"] = (("draw",), table[name].copy(), {"long_name": text, "units": unit})
    for name, unit in RESPONDER_UNITS.items():
        text = f"responder, {name.replace('_', ' ')}, as drawn"
        attributes = {"long_name": text, "units": unit}
        added[f"responder_{name}"] = (("draw", "responder"), responders[name].copy(), attributes)
    return dataset.assign(added)
