"""Which variables of which files make up a quantity, with their dimensions understood and their times joined."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.errors import BadFile, NoData
from varne.files.cf_grids import Grid, grid_of
from varne.files.cf_names import (
    NAMES,
    RECIPES,
    REMEDY,
    WORDS,
    Name,
    into_si,
    precedence,
    recognise,
    spellings,
    written,
)
from varne.files.cf_open import Opened, Part, values_of
from varne.files.cf_times import Steps, check_rising, issued_of, joined, seconds

_REALIZATION = ("number", "member", "ens", "realization", "realisation", "ensemble", "ensemble_member")
_TIMES = ("valid_time", "time", "forecast_time", "step")
_SIGMA_NAMES = ("s_rho", "sigma", "siglay")
_DEPTHS = (*_SIGMA_NAMES, "depth", "deptht", "depthu", "depthv", "depth_below_sea", "lev", "level", "z")
_HEIGHTS = ("heightaboveground", "height", "height0", "height1", "height2", "height3", "height_above_ground")
_PRESSURES = ("isobaricinhpa", "pressure", "air_pressure", "plev", "isobaric")
_SIGMAS = ("ocean_s_coordinate", "ocean_sigma_coordinate")
SURFACE = 0.5  # the level nearest to this depth is taken [m]
_SHOWN = 20  # variables that an error names
_DEEPEST = 10.0  # below this a level is not the surface that boats feel [m]
# The height above ground that is wanted, and what is taken for it. [m]
_HEIGHT = {"wind": (10.0, 9.0, 11.0), "air": (2.0, 1.0, 3.0)}


@dataclass(frozen=True, slots=True)
class Track:
    """One variable of one file with its dimensions understood; its values are not read."""

    part: Part
    name: str
    units: str
    factor: float  # into SI
    offset: float
    time: str | None  # its dimension of time; None when it has one time
    times: NDArray[np.float64]  # since 1970-01-01T00:00Z [s]
    issued: float | None
    realization: str | None  # its dimension of realizations
    number: float | None  # of its one realization, where the file says
    realizations: int
    fixed: tuple[tuple[str, int], ...]  # index of each other dimension
    level: str  # in words; empty when the variable has none
    grid: Grid


@dataclass(frozen=True, slots=True)
class Series:
    """A part of a quantity over all files: a tuple of tracks for each realization that has files of its own."""

    role: str
    tracks: tuple[tuple[Track, ...], ...]
    steps: tuple[Steps, ...]  # of each tuple of tracks

    @property
    def first(self) -> Track:
        """
        Any track of the series, for what all have in common.

        Returns
        -------
        Track
            The first.

        Examples
        --------
        >>> Series.first.fget.__name__
        'first'
        """
        return self.tracks[0][0]

    @property
    def realizations(self) -> int:
        """
        Count the realizations.

        Returns
        -------
        int
            At least 1. [1]

        Examples
        --------
        >>> Series.realizations.fget.__name__
        'realizations'
        """
        return sum(group[0].realizations for group in self.tracks)


def series_of(opened: Opened, quantity: str) -> tuple[Series, ...]:
    """
    Choose the variables of a quantity, the best way there is, and join them in time.

    Parameters
    ----------
    opened : Opened
        From :func:`varne.files.cf_open.open_files`. [1]
    quantity : str
        A key of :data:`varne.sea.field.COMPONENTS`. [1]

    Returns
    -------
    tuple of Series
        In the order of a recipe of :data:`varne.files.cf_names.RECIPES`.

    Raises
    ------
    NoData
        If the files have no such quantity.
    BadFile
        If they have it in a way that cannot be used.

    Examples
    --------
    >>> series_of(Opened((Part("a.nc", xr.Dataset({"depth": 1.0}), None),)), "wind")
    Traceback (most recent call last):
    varne.errors.NoData: File a.nc has no wind that Varne knows (it has depth); give them the standard_name ...
    """
    there = candidates(opened, quantity)
    roles = {role for _, _, role in there}
    recipe = next((one for one in RECIPES[quantity] if roles.issuperset(one)), None)
    if recipe is None:
        if there:
            those = list(dict.fromkeys(part.file for part, _, _ in there))
            raise NoData(f"{_files(those)} {_incomplete(quantity, there)}.")
        raise NoData(
            f"{_files(opened.files)} no {quantity} that Varne knows (it has {_has(opened)}); give them the "
            f"{REMEDY[quantity]}."
        )
    return tuple(_series(opened, [(part, name) for part, name, role in there if role == wanted], wanted, quantity)
                 for wanted in recipe)  # fmt: skip


def _incomplete(quantity: str, there: Sequence[tuple[Part, str, str]]) -> str:
    """What there is of a quantity, what lacks, and the names to give it."""
    named = {role: name for _, name, role in there}
    best = max(RECIPES[quantity], key=lambda recipe: len(named.keys() & set(recipe)))
    has = " and ".join(f"{WORDS[role]} ({name})" for role, name in named.items())
    lacks = list(dict.fromkeys(WORDS[role] for role in best if role not in named))
    remedies = []
    for word in lacks:
        known = [one.standard_names[0] for one in NAMES if one.quantity == quantity and WORDS[one.role] == word]
        remedies.append(" or ".join(known[:2]))
    return (
        f"the {has} of {quantity} but no {' and no '.join(lacks)}; give one the standard_name {', one '.join(remedies)}"
    )


def _files(files: Sequence[str]) -> str:
    return f"File {files[0]} has" if len(files) == 1 else f"Files {', '.join(files)} have"


def nothing_found(opened: Opened) -> str:
    """
    Say that files have nothing that Varne uses, what they do have, and what they should.

    Parameters
    ----------
    opened : Opened
        From :func:`varne.files.cf_open.open_files`. [1]

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> nothing_found(Opened((Part("a.nc", xr.Dataset({"depth": 1.0}), None),)))
    'File a.nc has nothing of the sea that Varne knows (it has depth); give its variables the standard_name of ...'
    """
    return (
        f"{_files(opened.files)} nothing of the sea that Varne knows (it has {_has(opened)}); give its variables the "
        "standard_name of what they are, such as eastward_sea_water_velocity, northward_sea_water_velocity, "
        "eastward_wind, northward_wind, sea_surface_wave_significant_height, sea_surface_temperature or "
        "air_temperature."
    )


def _has(opened: Opened) -> str:
    names = sorted({str(name) for part in opened.parts for name in part.dataset.data_vars})
    return ", ".join(names[:_SHOWN]) + (" ..." if len(names) > _SHOWN else "") if names else "nothing"


def candidates(opened: Opened, quantity: str) -> list[tuple[Part, str, str]]:
    """
    List the variables that may be parts of a quantity: of each part and role the best.

    Parameters
    ----------
    opened : Opened
        From :func:`varne.files.cf_open.open_files`. [1]
    quantity : str
        A key of :data:`varne.sea.field.COMPONENTS`. [1]

    Returns
    -------
    list of tuple
        Part, name of the variable, and role.

    Examples
    --------
    >>> opened = Opened((Part("a.nc", xr.Dataset({"uo": ("t", [1.0]), "vo": ("t", [1.0])}), None),))
    >>> [(name, role) for _, name, role in candidates(opened, "streams")]
    [('uo', 'east'), ('vo', 'north')]
    """
    found: list[tuple[Part, str, str]] = []
    for part in opened.parts:
        best: dict[str, tuple[int, str]] = {}
        for key in part.dataset.data_vars:
            name, attributes = str(key), part.dataset[key].attrs
            for one in recognise(name, attributes):
                if one.quantity != quantity or not _at_height(part, name, quantity):
                    continue
                role = _true_role(one, attributes.get("GRIB_uvRelativeToGrid"))
                rank = precedence(name, attributes, as_what=one)
                if role not in best or rank < best[role][0]:
                    best[role] = rank, name
        found.extend((part, name, role) for role, (_, name) in best.items())
    return found


def _true_role(name: Name, along_grid: object) -> str:
    """GRIB says of the same names whether they are east and north, or along the grid."""
    turned = {"east": "x", "north": "y"}
    return turned.get(name.role, name.role) if str(along_grid) == "1" else name.role


def _at_height(part: Part, name: str, quantity: str) -> bool:
    """Whether a variable of the air is at the height that is wanted, as far as the file says."""
    if quantity not in _HEIGHT:
        return True
    variable = part.dataset[name]
    if any(_is(part, str(key), (), _PRESSURES) for key in variable.coords):
        return False
    _, low, high = _HEIGHT[quantity]
    heights = [one for key, one in variable.coords.items() if _is(part, str(key), ("height",), _HEIGHTS)]
    levels = [values_of(one.variable, part.file, name) for one in heights if one.ndim <= 1 and one.dtype.kind in "fiu"]
    return all(np.any((one >= low) & (one <= high)) for one in levels)


def _is(part: Part, name: str, standard: tuple[str, ...], names: tuple[str, ...]) -> bool:
    attributes = part.dataset.variables[name].attrs if name in part.dataset.variables else {}
    return written(attributes, "standard_name") in standard or name.casefold() in names


def _series(opened: Opened, chosen: list[tuple[Part, str]], role: str, quantity: str) -> Series:
    tracks = [_track(part, name, role, quantity) for part, name in chosen]
    first = tracks[0]
    for other in tracks[1:]:
        if other.grid.latitude.shape != first.grid.latitude.shape or not (
            np.allclose(other.grid.latitude, first.grid.latitude, atol=1e-5)
            and np.allclose(other.grid.longitude, first.grid.longitude, atol=1e-5)
        ):
            raise BadFile(
                f"Files {first.part.file} and {other.part.file} have {quantity} on different grids; give one of them."
            )
        if other.realizations != first.realizations:
            raise BadFile(
                f"Files {first.part.file} and {other.part.file} have {first.realizations} and {other.realizations} "
                f"realizations of {other.name}; give files of one ensemble."
            )
    numbers = list(dict.fromkeys(track.number for track in tracks))
    groups = tuple(tuple(track for track in tracks if track.number == one) for one in numbers)
    steps = tuple(joined([one.times for one in group], [one.issued for one in group]) for group in groups)
    for group, one in zip(groups, steps, strict=True):
        if not np.array_equal(one.times, steps[0].times):
            raise BadFile(
                f"Files {first.part.file} and {group[0].part.file} have {first.name} of realizations "
                f"{numbers[0]:g} and {group[0].number:g} at different times; give the same times of each."
            )
    return Series(role, groups, steps)


def _track(part: Part, name: str, role: str, quantity: str) -> Track:
    variable = part.dataset[name]
    units = str(variable.attrs.get("units", variable.encoding.get("units", "")))
    scale = into_si(units, role=role)
    if scale is None:
        said = f"in {units!r}, which is not a unit of {role}" if units else "without units"
        raise BadFile(f"File {part.file} has {name} {said}; give it the attribute units, {spellings(role)}.")
    grid = grid_of(part, name)
    rest = [str(one) for one in variable.dims if one not in (grid.rows, grid.columns)]
    time, times = _time(part, variable, name, rest)
    check_rising(times, part.file, name)
    realization = next((one for one in rest if _is(part, one, ("realization",), _REALIZATION)), None)
    fixed, level = _levels(part, variable, [one for one in rest if one not in (time, realization)], quantity)
    number = next(
        (float(values_of(one.variable, part.file, name)) for key, one in variable.coords.items()
         if one.ndim == 0 and one.dtype.kind in "fiu" and _is(part, str(key), ("realization",), _REALIZATION)), None,
    )  # fmt: skip
    return Track(
        part, name, units, *scale, time, times, issued_of(part), realization, number,
        variable.sizes[realization] if realization else 1, fixed, level, grid,
    )  # fmt: skip


def _time(part: Part, variable: xr.DataArray, name: str, rest: list[str]) -> tuple[str | None, NDArray[np.float64]]:
    """Dimension and times of a variable; the time that a value is of, never the time that it was made."""
    coordinates = {str(key): one.variable for key, one in variable.coords.items() if set(one.dims) <= set(rest)}
    for key in sorted(coordinates, key=lambda one: _TIMES.index(one) if one in _TIMES else len(_TIMES)):
        one = coordinates[key]
        units = str(one.attrs.get("units", ""))
        made = written(one.attrs, "standard_name") == "forecast_reference_time"
        if made or not (" since " in units or one.dtype.kind == "M" or written(one.attrs, "standard_name") == "time"):
            continue
        if one.ndim > 1:
            raise BadFile(f"File {part.file} has several forecasts of {name} in one; keep the latest of {one.dims[0]}.")
        if one.ndim == 1 or not any(str(other) in _TIMES for other in rest):
            return (str(one.dims[0]) if one.ndim else None), seconds(one, part.file, key)
    raise BadFile(
        f"File {part.file} has no time for {name}; give it a coordinate time with units like 'hours since 2026-03-14'."
    )


def _levels(
    part: Part, variable: xr.DataArray, rest: list[str], quantity: str
) -> tuple[tuple[tuple[str, int], ...], str]:
    """Index of every dimension that is neither place, time nor realization, and the level in words."""
    fixed: list[tuple[str, int]] = []
    says = ""
    for key in [*rest, *(str(one) for one in variable.coords if variable.coords[one].ndim == 0)]:
        levels = (
            np.atleast_1d(values_of(part.dataset.variables[key], part.file, key))
            if key in part.dataset.variables
            else np.zeros(0)
        )
        if levels.dtype.kind not in "fiu":
            levels = np.zeros(0)
        index = 0
        attributes = part.dataset.variables[key].attrs if key in part.dataset.variables else {}
        vertical = _is(part, key, ("depth", *_SIGMAS), _DEPTHS) or written(attributes, "axis") == "z"
        if levels.size and _is(part, key, ("height",), _HEIGHTS) and quantity in _HEIGHT:
            index = int(np.argmin(np.abs(levels - _HEIGHT[quantity][0])))
            says = f"{levels[index]:g} m above ground"
        elif levels.size and vertical and quantity in ("streams", "water"):
            index, says = _shallowest(part, str(variable.name), key, levels.astype(np.float64))
        elif key in rest and variable.sizes[key] > 1:
            raise BadFile(
                f"File {part.file} has {variable.name} over {key!r}, which Varne does not know; select one of its "
                f"{variable.sizes[key]}."
            )
        if key in rest:
            fixed.append((key, index))
    return tuple(fixed), says


def _shallowest(part: Part, name: str, key: str, levels: NDArray[np.float64]) -> tuple[int, str]:
    """Level nearest to half a metre; of levels without metres, as of a model that follows the bottom, the highest."""
    attributes = part.dataset.variables[key].attrs
    if not np.all(np.isfinite(levels)):
        raise BadFile(f"File {part.file} has a missing level in {key}; give every level its depth.")
    if (written(attributes, "units") or ("" if key in _SIGMA_NAMES else "m")) in (
        "m",
        "meter",
        "meters",
        "metre",
        "metres",
    ):
        depth = np.abs(levels)
        index = int(np.argmin(np.abs(depth - SURFACE)))
        if depth[index] > _DEEPEST:
            raise BadFile(
                f"File {part.file} has {name} at {depth[index]:g} m and deeper only; fetch the surface (0 to 1 m)."
            )
        return index, f"depth {depth[index]:g} m"
    if len(levels) == 1 or (written(attributes, "standard_name") in _SIGMAS or key in _SIGMA_NAMES):
        index = int(np.argmin(np.abs(levels)))
        return index, f"{key} {levels[index]:g}, the highest" if len(levels) > 1 else f"{key} {levels[index]:g}"
    raise BadFile(f"File {part.file} has {name} over {key!r} in an unknown unit; fetch the surface alone.")
