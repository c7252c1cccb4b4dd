"""The question: a boat, its people (counts only), the sea, the responders, the options to compare."""

import difflib
import tomllib
from collections.abc import Mapping
from json import JSONDecodeError, loads
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from varne.earth import check_on_globe, parse_position
from varne.encounter.brought import SeaFiles, beside, sea_files
from varne.encounter.quantities import quantity, swell, waves, wind, within, write_swell, write_wind
from varne.errors import BadPosition, BadScenario
from varne.units import HOUR
from varne.when import format_time, parse_time


def _position(value: object) -> tuple[float, float]:
    if isinstance(value, str):
        return parse_position(value)
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(part, int | float) and not isinstance(part, bool) for part in value)
    ):
        return check_on_globe(float(value[0]), float(value[1]), value)
    raise BadPosition(f"position is {value!r}; write it as '51 03.0N 001 38.0E'.")


def _time(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FURTHEST_TIME:
        return float(value)
    return parse_time(value)


def _people(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadScenario(f"people is {value!r}; write how many are aboard, a whole number.")
    return int(within("people", value, value))


_FURTHEST_TIME = 1e11  # seconds that still have a date to be written with
_NEEDS = "a scenario needs position, time, people and length"
Position = Annotated[tuple[float, float], BeforeValidator(_position)]
Count = Annotated[int, Field(ge=0, strict=True)]


class GivenResponder(BaseModel):
    """A responder whose place is known: its class (facts/vessels.toml) and position [deg]; under way unless moored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vessel: str
    position: Position
    moored: bool = False


class Scenario(BaseModel):
    """
    One encounter, as the person who asks knows it. What is not given is drawn, not assumed away.

    SI inside: ``time`` in seconds since 1970 UTC, ``wind`` as (speed [m/s], bearing it blows from [rad]), ``waves`` as
    (significant height [m], peak period [s] or None), ``swell`` as (height [m], period [s], bearing it comes from
    [rad]), temperatures [degC], ``horizon`` [s]. There is no field for a
    name, a face, a nationality or a telephone number.

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03N 1 38E", "time": "2026-03-14T02:30Z", "people": 55, "length": 9})
    >>> question.reference, question.horizon
    ('leave', 86400.0)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    position: Position
    time: Annotated[float, BeforeValidator(_time)]
    people: Annotated[int, BeforeValidator(_people)]
    length: Annotated[float, BeforeValidator(lambda value: quantity("length", value, "m"))]
    women: Count | None = None
    children: Count | None = None
    jackets: Count | None = None
    wind: Annotated[
        tuple[float, float] | None, BeforeValidator(lambda value: None if value is None else wind(value))
    ] = None
    waves: Annotated[
        tuple[float, float | None] | None, BeforeValidator(lambda value: None if value is None else waves(value))
    ] = None
    swell: Annotated[
        tuple[float, float, float] | None, BeforeValidator(lambda value: None if value is None else swell(value))
    ] = None
    water: Annotated[
        float | None, BeforeValidator(lambda value: None if value is None else quantity("water", value, "degC"))
    ] = None
    air: Annotated[
        float | None, BeforeValidator(lambda value: None if value is None else quantity("air", value, "degC"))
    ] = None
    start: Literal["sea", "beach"] = "sea"
    aim: Position | None = None
    responders: tuple[GivenResponder, ...] = ()
    sea: Annotated[SeaFiles, BeforeValidator(sea_files)] = SeaFiles()
    options: tuple[str, ...] = ()
    reference: str = "leave"
    horizon: Annotated[float, BeforeValidator(lambda value: quantity("horizon", value, "h"))] = 24 * HOUR

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        women, children, jackets = self.women or 0, self.children or 0, self.jackets or 0
        if women + children > self.people:
            given = " and ".join(
                f"{name} is {count}" for name, count in (("women", women), ("children", children)) if count
            )
            raise BadScenario(f"{given}, more than the {self.people} people aboard; people counts everyone. Mend one.")
        if self.waves is not None and self.swell is not None:
            raise BadScenario(
                "waves are all of the sea, swell too; leave waves out to have them raised by the wind, or swell."
            )
        if jackets > self.people:
            raise BadScenario(f"jackets is {jackets}, more than the {self.people} people aboard; count one a person.")
        return self

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Scenario":
        """
        Check a question given as a mapping.

        Parameters
        ----------
        fields : mapping
            As in a scenario file. [unit]

        Returns
        -------
        Scenario

        Raises
        ------
        BadScenario
            If a field is missing, misspelt or impossible: one sentence, for the first that is.

        Examples
        --------
        >>> Scenario.of({"position": "51N 1E", "time": "2026-03-14T02:30Z", "people": 0, "length": 9})
        Traceback (most recent call last):
        varne.errors.BadScenario: people is 0; write a value from 1 to 250 people. ...
        """
        try:
            return cls.model_validate(dict(fields))
        except ValidationError as error:
            raise BadScenario(_sentence(_first(error.errors()))) from None

    @classmethod
    def read(cls, path: str | Path) -> "Scenario":
        """
        Read a scenario file.

        Parameters
        ----------
        path : str or Path
            TOML, or JSON when the name ends in ``.json``. [1]

        Returns
        -------
        Scenario

        Raises
        ------
        BadScenario
            If the file cannot be read or is wrong.

        Examples
        --------
        >>> Scenario.read("nowhere.toml")
        Traceback (most recent call last):
        varne.errors.BadScenario: Scenario file nowhere.toml cannot be read (No such file or directory); ...
        """
        return cls.of(read_fields(Path(path)))

    def as_written(self) -> dict[str, Any]:
        """
        Return the question as a scenario file would hold it; :meth:`of` reads the same from it.

        Returns
        -------
        dict

        Examples
        --------
        >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 5, "length": 9, "waves": "0.8 m"})
        >>> Scenario.of(question.as_written()) == question
        True
        """
        fields: dict[str, Any] = {
            "position": list(self.position),
            "time": format_time(self.time) if self.time % 60 == 0 else self.time,
            "people": self.people,
            "length": self.length,
            "women": self.women,
            "children": self.children,
            "jackets": self.jackets,
            "wind": None if self.wind is None else write_wind(*self.wind),
            "waves": None if self.waves is None else _write_waves(*self.waves),
            "swell": None if self.swell is None else write_swell(*self.swell),
            "water": self.water,
            "air": self.air,
            "start": self.start,
            "aim": None if self.aim is None else list(self.aim),
            "responders": [
                {"vessel": one.vessel, "position": list(one.position), "moored": one.moored} for one in self.responders
            ],
            "sea": self.sea.as_written(),
            "options": list(self.options),
            "reference": self.reference,
            "horizon": self.horizon / HOUR,
        }
        return {name: value for name, value in fields.items() if value is not None}


def read_fields(path: Path) -> dict[str, Any]:
    """
    Read the fields of a scenario file, unchecked; names of files in it are as seen from where it lies.

    Parameters
    ----------
    path : Path
        TOML or JSON. [1]

    Returns
    -------
    dict

    Raises
    ------
    BadScenario
        If the file cannot be read.

    Examples
    --------
    >>> read_fields(Path("nowhere.toml"))
    Traceback (most recent call last):
    varne.errors.BadScenario: Scenario file nowhere.toml cannot be read (No such file or directory); check its name.
    """
    try:
        text = path.read_text(encoding="utf-8")
        fields: Any = loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise BadScenario(f"Scenario file {path} cannot be read ({error.strerror}); check its name.") from None
    except UnicodeDecodeError:
        raise BadScenario(f"Scenario file {path} is not UTF-8 text; save it as UTF-8.") from None
    except (JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadScenario(f"Scenario file {path} cannot be read: {error}. Mend that line.") from None
    if not isinstance(fields, dict):
        raise BadScenario(f"Scenario file {path} holds no fields; write position, time, people and length.")
    return fields if "sea" not in fields else {**fields, "sea": beside(fields["sea"], path.parent)}


def _write_waves(height: float, period: float | None) -> str:
    return f"{height!r} m" if period is None else f"{height!r} m {period!r} s"


def _first(errors: list[ErrorDetails]) -> ErrorDetails:
    """Of several errors the one to mend first: a field that is misspelt is missing too."""
    return next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])


def _sentence(error: ErrorDetails) -> str:
    where = ".".join(str(part) for part in error["loc"])
    fields = tuple(Scenario.model_fields)
    if len(error["loc"]) > 1:
        fields = tuple(SeaFiles.model_fields if error["loc"][0] == "sea" else GivenResponder.model_fields)
    match error["type"]:
        case "extra_forbidden":
            near = difflib.get_close_matches(str(error["loc"][-1]), fields, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the fields are {', '.join(fields)}."
            return f"Field {where!r} is not known; {hint}"
        case "missing":
            needs = "a responder needs vessel and position" if len(error["loc"]) > 1 else _NEEDS
            return f"{where} is missing; {needs}."
        case _:
            return f"{where} is {error['input']!r}: {error['msg'].lower()}. Mend it."
