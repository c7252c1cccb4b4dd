"""What Varne understands of files of the sea: each quantity that is found, and where the rest will come from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from varne.atlas.charts import Window
from varne.errors import BadFile, NoData
from varne.files.cf_coast import FILL_RULE
from varne.files.cf_grids import area_of, spacing_of
from varne.files.cf_names import recognise
from varne.files.cf_open import Opened
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
    >>> import xarray as xr
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
    variables = {str(key): one.attrs for part in opened.parts for key, one in part.dataset.data_vars.items()}
    unused = tuple(key for key, attributes in variables.items() if not recognise(key, attributes) and
                   "grid_mapping_name" not in attributes)  # fmt: skip
    return Understanding(opened.files, tuple(found), tuple(lacking), unused, _disagreement(found))


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
