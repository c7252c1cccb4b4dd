"""Chunks of a file that were never written: a library reads them as their fill value, which may be a zero."""

from pathlib import Path

import h5py
import numpy as np
import zarr

from varne.errors import BadFile
from varne.files.cf_open import Part


def check_written(part: Part, name: str) -> None:
    """
    Refuse a variable some of whose chunks are missing, where they would be read as a plausible number.

    Parameters
    ----------
    part : Part
        Of an opened file. [1]
    name : str
        Of the variable. [1]

    Raises
    ------
    BadFile
        If chunks are missing and their fill value is not declared as missing.

    Examples
    --------
    >>> import xarray as xr
    >>> check_written(Part("a.nc", xr.Dataset({"uo": ("x", [1.0])}), None), "uo")
    """
    encoding = part.dataset[name].encoding
    declared = {float(encoding[key]) for key in ("_FillValue", "missing_value") if np.size(encoding.get(key, ())) == 1}
    if part.group is not None:
        array = part.group[name]
        if not isinstance(array, zarr.Array) or _is_missing(array.fill_value, declared):
            return
        _refuse(part, name, array.nchunks_initialized, array.nchunks, array.fill_value)
    elif Path(part.file).is_file() and h5py.is_hdf5(part.file):
        with h5py.File(part.file, "r") as file:
            stored = file.get(name)
            if isinstance(stored, h5py.Dataset) and stored.chunks and not _is_missing(stored.fillvalue, declared):
                count = int(
                    np.prod([-(-size // chunk) for size, chunk in zip(stored.shape, stored.chunks, strict=True)])
                )
                _refuse(part, name, stored.id.get_num_chunks(), count, stored.fillvalue)


def _is_missing(fill: object, declared: set[float]) -> bool:
    """Whether a fill value reads as missing, or as something that nobody takes for a forecast."""
    try:
        number = float(fill)  # type: ignore[arg-type]  # a library's own scalar; what is no number is refused below
    except (TypeError, ValueError):
        return False
    return bool(np.isnan(number) or number in declared or abs(number) > 1e6)


def _refuse(part: Part, name: str, there: int, expected: int, fill: object) -> None:
    if there < expected:
        raise BadFile(
            f"File {part.file} lacks {expected - there} of {expected} chunks of {name}, which would be read as "
            f"{fill}; fetch it again."
        )
