"""The files of a user's own sea that a question names."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from varne.errors import BadScenario


def sea_files(value: Any) -> Any:
    """
    Take names that are written for the sea as a whole as files of any quantity.

    Parameters
    ----------
    value : any
        The field ``sea`` as it was written: one name, several, or a table of them by quantity. [1]

    Returns
    -------
    mapping or SeaFiles
        What :class:`SeaFiles` is made of.

    Raises
    ------
    BadScenario
        If it is neither.

    Examples
    --------
    >>> sea_files("nws.nc"), sea_files({"wind": "arome.nc"})
    ({'any': ('nws.nc',)}, {'wind': 'arome.nc'})
    """
    return value if isinstance(value, dict | SeaFiles) else {"any": _names("sea", value)}


def _files(value: object, info: ValidationInfo) -> tuple[str, ...]:
    return _names(f"sea.{info.field_name}", value)


def _names(field: str, value: object) -> tuple[str, ...]:
    """One name of a file or several."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not names or not all(isinstance(one, str) and one for one in names):
        raise BadScenario(f"{field} is {value!r}; write the name of a file, or a list of names.")
    return tuple(names)


FileNames = Annotated[tuple[str, ...], BeforeValidator(_files)]


class SeaFiles(BaseModel):
    """
    Files of the user's own sea: names, globs or addresses, by what is to be taken from them.

    ``any`` gives whatever is understood in it and not given by another; ``observations`` are reports of buoys and
    light vessels; ``traffic`` is a grid of ships that ``varne sea traffic`` wrote.

    Examples
    --------
    >>> SeaFiles(wind="arome.nc").wind
    ('arome.nc',)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    streams: FileNames = ()
    wind: FileNames = ()
    waves: FileNames = ()
    swell: FileNames = ()
    water: FileNames = ()
    air: FileNames = ()
    any: FileNames = ()
    observations: FileNames = ()
    traffic: FileNames = ()

    def as_written(self) -> dict[str, list[str]] | None:
        """
        Return the names as a scenario file would hold them; None when there are none.

        Returns
        -------
        dict or None

        Examples
        --------
        >>> SeaFiles(wind=["a.nc", "b.nc"]).as_written(), SeaFiles().as_written()
        ({'wind': ['a.nc', 'b.nc']}, None)
        """
        return {what: list(names) for what, names in self if names} or None


def beside(names: Any, folder: Path) -> Any:
    """
    Return the names of files as seen from here, when they are written as seen from a folder.

    Parameters
    ----------
    names : mapping
        As a scenario file holds them, unchecked: what is no name of a file stays as it is. [1]
    folder : Path
        Where the scenario file lies. [1]

    Returns
    -------
    mapping

    Examples
    --------
    >>> beside({"wind": "arome.nc", "waves": ["https://x.org/waves.zarr"]}, Path("cases"))
    {'wind': 'cases/arome.nc', 'waves': ['https://x.org/waves.zarr']}
    """
    match names:
        case dict():
            return {what: beside(each, folder) for what, each in names.items()}
        case list():
            return [beside(each, folder) for each in names]
        case str():
            return names if not names or "://" in names else str(folder / names)
        case _:
            return names
