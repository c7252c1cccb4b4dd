"""Opening of gridded forecasts: NetCDF, Zarr and GRIB, one or many, on disk or far away, without reading the data."""

import importlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

import fsspec
import h5py
import numpy as np
import xarray as xr
import zarr
from numpy.typing import NDArray

from varne.errors import BadFile

_WILD = frozenset("*?[")
_ZARR_SIGNS = ("zarr.json", ".zgroup", ".zmetadata", ".zattrs")
_HDF5, _GRIB, _ZIP, _GZIP = b"\x89HDF", b"GRIB", b"PK", b"\x1f\x8b"
_NETCDF3, _NETCDF3_64BIT_DATA = (b"CDF\x01", b"CDF\x02"), b"CDF\x05"
_GRIB_SEARCH = 1024  # a GRIB message may stand behind a short header of a telecommunication line [byte]
_ADDRESSES = "https, http, s3, gs, abfs, ftp, sftp, file"
_OF_REMOTE = frozenset(("https", "http", "s3", "s3a"))  # what the extra "remote" opens
_END_OF_GRIB = b"7777"


@dataclass(frozen=True, slots=True)
class Part:
    """One data set of one file; a GRIB file has one for each kind of level."""

    file: str  # as the user wrote it, or found by the pattern
    dataset: xr.Dataset  # nothing of its variables is read yet; times are as written
    group: zarr.Group | None  # of a Zarr store, to see which chunks exist


@dataclass(frozen=True, slots=True)
class Opened:
    """Files that are open and not read; close them when done, or use them in a ``with``."""

    parts: tuple[Part, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """
        Name the files.

        Returns
        -------
        tuple of str
            Each once, in order.

        Examples
        --------
        >>> Opened((Part("a.nc", xr.Dataset(), None),)).files
        ('a.nc',)
        """
        return tuple(dict.fromkeys(part.file for part in self.parts))

    def close(self) -> None:
        """
        Let go of the files.

        Examples
        --------
        >>> Opened(()).close()
        """
        for part in self.parts:
            part.dataset.close()

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()


def open_files(sources: str | Path | Sequence[str | Path]) -> Opened:
    """
    Open forecasts or hindcasts without reading their data.

    Parameters
    ----------
    sources : str, Path or sequence of them
        Files of NetCDF or GRIB, folders or zip files of Zarr, addresses that fsspec knows (``https://``, ``s3://``),
        or patterns such as ``waves_*.nc``, whose files are taken in the order of their names. [1]

    Returns
    -------
    Opened
        Where the same time is in several files, the one issued later is used, else the later in this order.

    Raises
    ------
    BadFile
        If there is no such file or it cannot be understood.

    Examples
    --------
    >>> open_files("nowhere_*.nc")
    Traceback (most recent call last):
    varne.errors.BadFile: No file matches 'nowhere_*.nc'; name files that exist.
    """
    written = [sources] if isinstance(sources, str | Path) else list(sources)
    if not written:
        raise BadFile("No file of the sea was given; name at least one NetCDF, Zarr or GRIB file.")
    parts: list[Part] = []
    try:
        for file in (file for one in written for file in _expanded(str(one))):
            parts.extend(_parts_of(file))
    except BaseException:
        Opened(tuple(parts)).close()
        raise
    return Opened(tuple(parts))


def _expanded(text: str) -> list[str]:
    """A pattern into the files that match it; anything else as it is."""
    if not _WILD.intersection(text) or Path(text).exists():
        return [text]
    if "://" in text:
        _check_address(text)
        system, _ = _or_bad_file(text, lambda: fsspec.core.url_to_fs(text))
        found = [system.unstrip_protocol(one) for one in _or_bad_file(text, lambda: system.glob(text))]
    else:
        found = glob(text)  # noqa: PTH207 - a pattern may begin at the root, which Path.glob refuses
    if not found:
        raise BadFile(f"No file matches {text!r}; name files that exist.")
    return sorted(found)


def _check_address(text: str) -> None:
    """Refuse an address of a kind that is not known, or whose library is not installed."""
    for link in text.split("::"):
        kind = link.partition("://")[0]
        try:
            fsspec.get_filesystem_class(kind)
        except ValueError:
            raise BadFile(
                f"Address {text} is of the kind {kind!r}, which is not known; known are {_ADDRESSES} and the others of "
                "fsspec."
            ) from None
        except ImportError as error:
            remedy = 'pip install "varne[remote]"' if kind in _OF_REMOTE else first_line(error)
            raise BadFile(f"Address {text} needs a library that is not installed: {remedy}.") from None


def first_line(error: BaseException) -> str:
    """
    Say what a library said, in one line.

    Parameters
    ----------
    error : exception
        Of a library that reads files. [1]

    Returns
    -------
    str
        At most 120 characters.

    Examples
    --------
    >>> first_line(OSError("truncated file\\nand more"))
    'truncated file'
    """
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:120].rstrip(". ;:")


def values_of(variable: xr.Variable, file: str, name: str) -> NDArray[Any]:
    """
    Read the values of a variable; whatever a library raises about damaged bytes becomes one sentence.

    Parameters
    ----------
    variable : Variable
        Lazy, or already read. [any]
    file, name : str
        For the error. [1]

    Returns
    -------
    array
        Of the variable's shape.

    Raises
    ------
    BadFile
        If the file is damaged there.

    Examples
    --------
    >>> values_of(xr.Variable("x", [1.0, 2.0]), "a.nc", "x").tolist()
    [1.0, 2.0]
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.asarray(variable.values)
    except Exception as error:  # each library raises what it likes about bytes that it cannot read
        raise BadFile(
            f"File {file} cannot be read at {name} ({first_line(error)}); it is damaged: fetch it again."
        ) from None


def _or_bad_file(file: str, work: Any) -> Any:
    """What a library of formats makes of a file; whatever it raises about foreign bytes becomes one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return work()
    except BadFile:
        raise
    except FileNotFoundError:
        raise BadFile(f"File {file} does not exist; name one that does.") from None
    except PermissionError:
        raise BadFile(f"File {file} may not be read by you; change its permissions.") from None
    except ImportError as error:
        raise BadFile(f"File {file} needs a library that is not installed ({first_line(error)}); install it.") from None
    except Exception as error:
        remedy = "it is damaged or incomplete: fetch it again"
        if "://" in file:
            remedy = "check the address and the connection, or fetch it to the disk"
        raise BadFile(f"File {file} cannot be opened ({first_line(error)}); {remedy}.") from None


def _parts_of(file: str) -> Iterator[Part]:
    datasets, group = _or_bad_file(file, lambda: _opened(file))
    for dataset in datasets:
        yield Part(file, dataset, group)


def _opened(file: str) -> tuple[list[xr.Dataset], zarr.Group | None]:
    """The data sets of a file by its first bytes, and its group where it is a Zarr store."""
    far = "://" in file
    if far:
        _check_address(file)
    if not far and not Path(file).exists():
        raise FileNotFoundError(file)
    if _is_zarr(file, far=far):
        return _zarr(file)
    with fsspec.open(file, "rb") as stream:
        head = stream.read(_GRIB_SEARCH)
    if not head:
        raise BadFile(f"File {file} is empty; fetch it again.")
    if head.startswith(_ZIP):
        return _zarr(f"zip::{file}" if far else zarr.storage.ZipStore(file, mode="r"))
    if head.startswith(_GZIP):
        raise BadFile(f"File {file} is packed with gzip; unpack it first (gunzip).")
    if head.startswith(_NETCDF3_64BIT_DATA):
        raise BadFile(f"File {file} is NetCDF 3 with 64-bit data; turn it into NetCDF 4 with nccopy -k nc4.")
    if head.startswith(_HDF5):
        source = fsspec.open(file, "rb").open() if far else file
        with h5py.File(source, "r"):  # says what is wrong with a damaged file, which h5netcdf stumbles over
            pass
        return [_dataset(source, engine="h5netcdf")], None
    if head.startswith(_NETCDF3):
        return [_dataset(fsspec.open_local(f"simplecache::{file}") if far else file, engine="scipy")], None
    if _GRIB in head:
        return _grib(fsspec.open_local(f"simplecache::{file}") if far else file, file), None
    raise BadFile(f"File {file} is neither NetCDF, Zarr nor GRIB; fetch the forecast in one of these formats.")


def _dataset(source: Any, *, engine: str, **backend: Any) -> xr.Dataset:
    return xr.open_dataset(
        source, engine=engine, decode_times=False, decode_timedelta=False, cache=False, chunks=None, **backend
    )


def _is_zarr(file: str, *, far: bool) -> bool:
    if far:
        system, path = fsspec.core.url_to_fs(file)
        return any(system.exists(f"{path.rstrip('/')}/{sign}") for sign in _ZARR_SIGNS)
    folder = Path(file)
    if folder.is_dir() and not any((folder / sign).exists() for sign in _ZARR_SIGNS):
        raise BadFile(f"Folder {file} is not a Zarr store; name its files, for example {folder.name}/*.nc.")
    return folder.is_dir()


def _zarr(store: Any) -> tuple[list[xr.Dataset], zarr.Group]:
    return [_dataset(store, engine="zarr")], zarr.open_group(store, mode="r")


def _grib(path: Any, file: str) -> list[xr.Dataset]:
    """A data set for each kind of level; cfgrib is loaded only here, since it is an extra."""
    try:
        cfgrib = importlib.import_module("cfgrib")
    except ImportError:
        raise BadFile(f'File {file} is GRIB, which needs an extra: pip install "varne[grib]".') from None
    _check_grib_is_whole(Path(path), file)
    found = cfgrib.open_datasets(
        str(path), backend_kwargs={"indexpath": "", "errors": "raise", "read_keys": ["uvRelativeToGrid"]}, cache=False
    )
    if not found:
        raise BadFile(f"File {file} has no GRIB message; fetch it again.")
    return list(found)


def _check_grib_is_whole(path: Path, file: str) -> None:
    """Walk from message to message by their lengths: each begins with GRIB and ends with 7777, the last at the end."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(_GRIB_SEARCH).find(_GRIB)
        while start < size:
            stream.seek(start)
            head = stream.read(16)
            if head[:4] != _GRIB:
                if head.strip(b"\x00\r\n"):
                    raise BadFile(f"File {file} is damaged at byte {start} of {size}; fetch it again.")
                return
            length = int.from_bytes(head[8:16] if head[7] == 2 else head[4:7], "big")
            stream.seek(max(start + length - 4, 0))
            if not length or stream.read(4) != _END_OF_GRIB:
                raise BadFile(f"File {file} ends within a GRIB message, at byte {size}; fetch it again.")
            start += length
