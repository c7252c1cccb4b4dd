"""Counted ships as a CF NetCDF file: written after reading AIS, read again as traffic."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xarray as xr

from varne.errors import BadFile
from varne.facts.tables import Facts
from varne.sea.field import Source
from varne.sea.passages import SECTORS, Passages, counted_traffic, poisson_interval
from varne.sea.traffic import TrafficGrid
from varne.units import DAY, in_si
from varne.when import format_time

# Each sum that is kept: what it is and its unit. A reader needs all of them.
SUMS = {
    "passages": ("passages of ships that touched the cell", "1"),
    "way": ("way that ships made in the cell", "m"),
    "east": ("part of that way towards east", "m"),
    "north": ("part of that way towards north", "m"),
    "speed": ("sum of speed over ground times way", "m2 s-1"),
    "speed_square": ("sum of squared speed over ground times way", "m3 s-2"),
    "sized_way": ("way of ships that sent their size", "m"),
    "length": ("sum of length times way of those ships", "m2"),
    "beam": ("sum of beam times way of those ships", "m2"),
}
_DIMENSIONS = ("sector", "latitude", "longitude")
_LIMITS = ("south", "west", "cell", "observed", "first", "last")
_CELLS = "one number a cell and a sector of course"


def traffic_dataset(counted: Passages, provenance: Mapping[str, str]) -> xr.Dataset:
    """
    Lay out counted ships: passages a day with their interval, mean speed, and the sums from which traffic is made.

    Parameters
    ----------
    counted : Passages
        What was counted. [1]
    provenance : mapping of str to str
        More attributes of the file. [1]

    Returns
    -------
    xarray.Dataset
        No ship can be told from it but by where it alone sailed. [SI]

    Examples
    --------
    >>> none = Passages(*[np.zeros((8, 2, 2))] * 9, 50.0, 1.0, 0.5, 86400.0, 0.0, 86400.0)
    >>> sorted(traffic_dataset(none, {}).sizes.values())
    [2, 2, 8]
    """
    sectors, rows, columns = counted.way.shape
    days = counted.observed / DAY
    low, high = poisson_interval(counted.passages)
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = counted.speed / counted.way
        spread = np.sqrt(np.maximum(counted.speed_square / counted.way - speed**2, 0.0))
        length = counted.length / counted.sized_way
    shown = {
        "ship_passages_per_day": (counted.passages / days, "passages of ships", "day-1"),
        "ship_passages_per_day_low": (low / days, "passages of ships, 5 % (Poisson)", "day-1"),
        "ship_passages_per_day_high": (high / days, "passages of ships, 95 % (Poisson)", "day-1"),
        "ship_speed": (speed, "mean speed of ships over the ground", "m s-1"),
        "ship_speed_deviation": (spread, "standard deviation of the speed of ships", "m s-1"),
        "ship_length": (length, "mean length of ships that sent it", "m"),
        **{f"sum_{name}": (getattr(counted, name), *words) for name, words in SUMS.items()},
    }
    course = np.arange(sectors) * 360.0 / sectors
    north = counted.south + (np.arange(rows) + 0.5) * counted.cell
    east = counted.west + (np.arange(columns) + 0.5) * counted.cell
    coordinates = {
        "sector": ("sector", course, {"long_name": "middle of the course", "units": "degree"}),
        "latitude": ("latitude", north, _axis("latitude", "degrees_north")),
        "longitude": ("longitude", east, _axis("longitude", "degrees_east")),
    }
    return xr.Dataset(
        {name: (_DIMENSIONS, one, {"long_name": says, "units": unit}) for name, (one, says, unit) in shown.items()},
        coordinates,
        {
            "Conventions": "CF-1.11",
            "title": "Passages of ships counted from AIS",
            **{name: getattr(counted, name) for name in _LIMITS},
            **provenance,
        },
    )  # fmt: skip


def _axis(name: str, units: str) -> dict[str, str]:
    return {"standard_name": name, "units": units}


def write_traffic(dataset: xr.Dataset, path: Path) -> None:
    """
    Write counted ships, whole or not at all.

    Parameters
    ----------
    dataset : xarray.Dataset
        Of :func:`traffic_dataset`. [SI]
    path : Path
        A NetCDF file; what stands there is replaced. [1]

    Returns
    -------
    None

    Raises
    ------
    BadFile
        If it cannot be written.

    Examples
    --------
    >>> write_traffic(xr.Dataset(), Path("nowhere/traffic.nc"))
    Traceback (most recent call last):
    varne.errors.BadFile: File nowhere/traffic.nc cannot be written (No such file or directory); name ...
    """
    draft = path.with_name(f".writing-{path.name}")
    try:
        if not path.parent.is_dir():
            raise FileNotFoundError(2, "No such file or directory")
        packed = {name: {"zlib": True} for name in dataset.data_vars}
        dataset.to_netcdf(draft, engine="h5netcdf", encoding=packed)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BadFile(
            f"File {path} cannot be written ({error.strerror or error}); name one in a folder that can be written to."
        ) from None


def read_traffic(path: Path, *, facts: Facts) -> TrafficGrid:
    """
    Read counted ships as traffic that an encounter can use.

    Parameters
    ----------
    path : Path
        Written by ``varne sea traffic --ais ... --out``. [1]
    facts : Facts
        With the usual size of ships, where none sent it. [m]

    Returns
    -------
    TrafficGrid
        [1/(s m)]

    Raises
    ------
    BadFile
        If it is not such a file.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> read_traffic(Path("nowhere.nc"), facts=shipped_facts())
    Traceback (most recent call last):
    varne.errors.BadFile: File nowhere.nc cannot be read as counted ships (...); write it with `varne sea traffic ...
    """
    try:
        with xr.open_dataset(path, engine="h5netcdf") as file:
            sums = [np.asarray(file[f"sum_{name}"].transpose(*_DIMENSIONS).values, dtype=np.float64) for name in SUMS]
            limits = [float(file.attrs[name]) for name in _LIMITS]
    except (OSError, KeyError, ValueError) as error:
        reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error).partition("\n")[0]
        raise BadFile(
            f"File {path} cannot be read as counted ships ({reason}); write it with `varne sea traffic --ais`."
        ) from None
    if any(one.shape[0] != SECTORS or not np.all(np.isfinite(one)) or np.any(one[0] < 0.0) for one in sums[:2]):
        raise BadFile(f"File {path} holds passages that are not {_CELLS}; write it again with `varne sea traffic`.")
    passages, way, east, north, speed, speed_square, sized_way, length, beam = sums
    south, west, cell, observed, first, last = limits
    counted = Passages(
        passages, way, east, north, speed, speed_square, sized_way, length, beam,
        south, west, cell, observed, first, last,
    )  # fmt: skip
    return as_traffic(counted, name=path.name, facts=facts)


def as_traffic(counted: Passages, *, name: str, facts: Facts) -> TrafficGrid:
    """
    Turn counted ships into traffic that an encounter can use; where no ship sent its size the facts stand in.

    Parameters
    ----------
    counted : Passages
        What was counted. [1]
    name : str
        Of the file they come from. [1]
    facts : Facts
        With the usual size of ships. [m]

    Returns
    -------
    TrafficGrid
        [1/(s m)]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> none = Passages(*[np.zeros((8, 2, 2))] * 9, 50.0, 1.0, 0.5, 86400.0, 0.0, 86400.0)
    >>> as_traffic(none, name="a.nc", facts=shipped_facts()).source.grade
    'measured'
    """
    usual = [in_si(facts[one].value, facts[one].unit) for one in ("traffic.ship_length", "traffic.ship_beam")]
    whole = float(counted.way.sum())
    sized = float(counted.sized_way.sum()) / whole if whole else 0.0
    says = (
        f"Ships counted from AIS, {format_time(counted.first)} to {format_time(counted.last)}, "
        f"{counted.observed / DAY:.1f} days observed ({name}); {100.0 * (1.0 - sized):.0f} % of their way by ships "
        "that did not send a size, and have that of their neighbours or of the facts"
    )
    return counted_traffic(counted, usual=(usual[0], usual[1]), source=Source(says, "measured"))
