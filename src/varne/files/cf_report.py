"""What Varne understands of files of the sea: each quantity that is found, and where the rest will come from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from varne.atlas.charts import DOMAIN, Window
from varne.errors import BadFile, NoData
from varne.files.cf_coast import FILL_RULE
from varne.files.cf_grids import area_of, cut, in_words, spacing_of
from varne.files.cf_names import recognise, written
from varne.files.cf_open import Opened, values_of
from varne.files.cf_series import Series, candidates, series_of
from varne.files.cf_times import TIDAL_STEP, gaps, tide_lost
from varne.files.cf_window import check_alike, notes
from varne.sea.field import COMPONENTS
from varne.units import HOUR
from varne.when import format_time

# Where a quantity comes from when no file has it.
ELSEWHERE = {
    "streams": "the embedded tide atlas (tides alone, without wind and surge)",
    "wind": "the scenario, else the climate of the month",
    "waves": "the wind by its fetch",
    "swell": "the waves, of which it is part, where files or the question give them; else the climate of the season",
    "water": "the climate of the month",
    "air": "the climate of the month",
}

_LITTLE = 5_000_000  # numbers that are read to see whether all are missing
# Attributes that name variables which serve others, and variables that say where and when without being so named.
_REFERENCES = ("bounds", "climatology", "grid_mapping", "coordinates", "formula_terms")
_COORDINATES = frozenset((
    "forecast_reference_time", "forecast_period", "time", "latitude", "longitude", "realization",
    "projection_x_coordinate", "projection_y_coordinate", "grid_latitude", "grid_longitude", "valid_time", "step",
    "lat", "lon", "nav_lat", "nav_lon",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity that files have, as it will be read."""

    quantity: str
    files: tuple[str, ...]
    variables: tuple[str, ...]
    units: tuple[str, ...]
    grid: str  # regular, uneven, rotated pole, projected or curvilinear
    area: Window
    spacing: tuple[float, float]  # northwards, eastwards [deg]
    first: float  # since 1970-01-01T00:00Z [s]
    last: float  # [s]
    shortest: float  # between two times [s]
    longest: float  # [s]
    times: int
    realizations: int
    level: str  # empty when the variables have none
    issued: float | None  # of the oldest forecast; None when the files do not say [s]
    fill_rule: str
    notes: tuple[str, ...]  # what is done to the numbers, and gaps


@dataclass(frozen=True, slots=True)
class Lacking:
    """A quantity that the files do not have, or not in a way that can be used."""

    quantity: str
    why: str  # empty when the files simply do not have it
    instead: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that Varne makes of files of the sea."""

    files: tuple[str, ...]
    found: tuple[Found, ...]
    lacking: tuple[Lacking, ...]
    unused: tuple[str, ...]  # variables that are none of these quantities
    warnings: tuple[str, ...]


def understand(opened: Opened) -> Understanding:
    """
    Say what files of the sea have, without reading their data.

    Parameters
    ----------
    opened : Opened
        From :func:`varne.files.cf_open.open_files`. [1]

    Returns
    -------
    Understanding
        Quantities in the order of :data:`varne.sea.field.COMPONENTS`.

    Examples
    --------
    >>> from varne.files.cf_open import Part
    >>> understand(Opened((Part("a.nc", xr.Dataset({"depth": 1.0}), None),))).unused
    ('depth',)
    """
    found: list[Found] = []
    lacking: list[Lacking] = []
    for quantity in COMPONENTS:
        try:
            found.append(_found(quantity, series_of(opened, quantity)))
        except NoData as error:
            began = bool(candidates(opened, quantity))
            lacking.append(Lacking(quantity, str(error) if began else "", ELSEWHERE[quantity]))
        except BadFile as error:
            lacking.append(Lacking(quantity, str(error), ELSEWHERE[quantity]))
    warnings = (*_disagreement(found), *(_elsewhere(one) for one in found if not _meet(one.area, DOMAIN)))
    return Understanding(opened.files, tuple(found), tuple(lacking), _unused(opened), warnings)


def _unused(opened: Opened) -> tuple[str, ...]:
    """Variables that are neither of a quantity nor say where, when or in what bounds others lie."""
    unused: dict[str, None] = {}
    for part in opened.parts:
        named = {word for one in part.dataset.variables.values() for word in _references(one)}
        for key, one in part.dataset.data_vars.items():
            serves = str(key) in named or str(key).casefold() in _COORDINATES or "grid_mapping_name" in one.attrs
            serves |= written(one.attrs, "standard_name") in _COORDINATES
            if not serves and not recognise(str(key), one.attrs):
                unused[str(key)] = None
    return tuple(unused)


def _references(variable: xr.Variable) -> list[str]:
    """Names of other variables in the attributes of one."""
    text = " ".join(str(there.get(key, "")) for there in (variable.attrs, variable.encoding) for key in _REFERENCES)
    return text.replace(":", " ").split()


def _meet(one: Window, other: Window) -> bool:
    return one.west <= other.east and one.east >= other.west and one.south <= other.north and one.north >= other.south


def _elsewhere(found: Found) -> str:
    return (
        f"the area of the {found.quantity} of {found.files[0]}, {in_words(found.area)}, does not touch the sea that "
        f"Varne knows, {in_words(DOMAIN)}"
    )


def missing_at_first(opened: Opened, found: Found) -> str:
    """
    Look at the first time of a quantity, where that is little to read, and say whether every value is missing.

    Parameters
    ----------
    opened : Opened
        From :func:`varne.files.cf_open.open_files`. [1]
    found : Found
        One of :func:`understand`. [1]

    Returns
    -------
    str
        What is wrong; empty when nothing is, or when it was not looked at.

    Examples
    --------
    >>> from varne.files.cf_open import Part
    >>> axes = {"time": ("time", [0.0], {"units": "hours since 2026-03-14"}), "lat": [50.0, 51.0], "lon": [1.0, 2.0]}
    >>> sst = xr.DataArray(np.full((1, 2, 2), np.nan), axes, ("time", "lat", "lon"), attrs={"units": "K"})
    >>> opened = Opened((Part("a.nc", xr.Dataset({"sst": sst}), None),))
    >>> missing_at_first(opened, understand(opened).found[0])
    'sst of a.nc has no value at 2026-03-14T00:00Z in 50.00 N to 51.00 N, 1.00 E to 2.00 E'
    """
    if not _meet(found.area, DOMAIN):
        return ""
    track = series_of(opened, found.quantity)[0].first
    window = Window(
        max(found.area.west, DOMAIN.west), min(found.area.east, DOMAIN.east),
        max(found.area.south, DOMAIN.south), min(found.area.north, DOMAIN.north),
    )  # fmt: skip
    piece = cut(track.grid, window, track.part.file)
    place: dict[str, int | slice] = {**dict(track.fixed), track.grid.rows: piece.rows}
    place |= {name: 0 for name in (track.time, track.realization) if name}
    variable = track.part.dataset[track.name].variable
    chosen = [variable.isel({**place, track.grid.columns: columns}) for columns in piece.columns]
    if sum(one.size for one in chosen) > _LITTLE:
        return ""
    if not all(np.isnan(values_of(one, track.part.file, track.name)).all() for one in chosen):
        return ""
    return (
        f"{track.name} of {track.part.file} has no value at {format_time(float(track.times[0]))} in {in_words(window)}"
    )


def _found(quantity: str, parts: Sequence[Series]) -> Found:
    check_alike(parts, quantity)
    tracks = [track for one in parts for group in one.tracks for track in group]
    first, times = parts[0].first, parts[0].steps[0].times
    step = np.diff(times) if len(times) > 1 else np.zeros(1)
    issued = [track.issued for track in tracks]
    known = [one for one in issued if one is not None]
    said = list(notes(parts))
    said.extend(f"gap from {format_time(times[one])} to {format_time(times[one + 1])}" for one in gaps(times))
    if quantity == "streams" and step.max() > TIDAL_STEP + 1.0:
        said.append(f"steps of {step.max() / HOUR:g} h cannot show the tide: a question that meets one is refused")
    elif quantity == "streams" and tide_lost(times):
        said.append(tide_lost(times))
    return Found(
        quantity=quantity,
        files=tuple(dict.fromkeys(track.part.file for track in tracks)),
        variables=tuple(one.first.name for one in parts),
        units=tuple(one.first.units for one in parts),
        grid=first.grid.kind,
        area=area_of(first.grid),
        spacing=spacing_of(first.grid),
        first=float(times[0]),
        last=float(times[-1]),
        shortest=float(step.min()),
        longest=float(step.max()),
        times=len(times),
        realizations=parts[0].realizations,
        level=first.level,
        issued=min(known) if known and len(known) == len(issued) else None,
        fill_rule=FILL_RULE,
        notes=tuple(said),
    )


def _disagreement(found: Sequence[Found]) -> tuple[str, ...]:
    """Ensembles of different sizes cannot be paired member by member."""
    several = {one.quantity: one.realizations for one in found if one.realizations > 1}
    if len(set(several.values())) < 2:
        return ()
    sizes = ", ".join(f"{count} of {quantity}" for quantity, count in several.items())
    return (f"realizations differ ({sizes}): they cannot be of one ensemble",)
