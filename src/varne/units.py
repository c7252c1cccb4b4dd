"""Units at the border: everything inside Varne is SI, temperatures in degrees Celsius."""

from varne.errors import BadFact

MINUTE = 60.0  # [s]
HOUR = 3600.0  # [s]
DAY = 86400.0  # [s]
NAUTICAL_MILE = 1852.0  # [m], exact (BIPM)
KNOT = NAUTICAL_MILE / HOUR  # [m/s], exact
FOOT = 0.3048  # [m], exact
LITRE = 1e-3  # [m³], exact
CENTIMETRE = 0.01  # [m], exact
PER_CENT = 0.01  # [1], exact

# Each unit a fact or a flag may be written in: what it measures, and one of it in SI.
UNITS: dict[str, tuple[str, float]] = {
    "1": ("number", 1.0),
    "%": ("number", PER_CENT),
    "people": ("number", 1.0),
    "m": ("length", 1.0),
    "cm": ("length", CENTIMETRE),
    "km": ("length", 1000.0),
    "nmi": ("length", NAUTICAL_MILE),
    "ft": ("length", FOOT),
    "m2": ("area", 1.0),
    "s": ("time", 1.0),
    "min": ("time", MINUTE),
    "h": ("time", HOUR),
    "m/s": ("speed", 1.0),
    "kn": ("speed", KNOT),
    "cm/s": ("speed", CENTIMETRE),
    "km/h": ("speed", 1000.0 / HOUR),
    "m/s2": ("acceleration", 1.0),
    "m/s/day": ("acceleration", 1.0 / DAY),
    "kg": ("mass", 1.0),
    "kg/m3": ("density", 1.0),
    "m3": ("volume", 1.0),
    "L": ("volume", LITRE),
    "L/min": ("flow", LITRE / MINUTE),
    "L/h": ("flow", LITRE / HOUR),
    "1/s": ("rate", 1.0),
    "1/min": ("rate", 1.0 / MINUTE),
    "1/h": ("rate", 1.0 / HOUR),
    "1/day": ("rate", 1.0 / DAY),
    "people/min": ("rate", 1.0 / MINUTE),
    "deg": ("angle", 0.017453292519943295),
    "rad": ("angle", 1.0),
    "degC": ("temperature", 1.0),
    "1/degC": ("per temperature", 1.0),
    "GBP": ("money", 1.0),  # at the prices that the fact names
    "1/m": ("per length", 1.0),
}

# How a unit is said to somebody who does not use its sign every day.
_SPELLED = {
    "1": "a plain number", "%": "per cent", "m": "metres", "cm": "centimetres", "km": "kilometres",
    "nmi": "nautical miles", "ft": "feet", "m2": "square metres", "s": "seconds", "min": "minutes", "h": "hours",
    "m/s": "metres a second", "kn": "knots", "cm/s": "centimetres a second", "km/h": "kilometres an hour",
    "m/s2": "metres a second, each second", "m/s/day": "metres a second, each day", "kg": "kilograms",
    "kg/m3": "kilograms a cubic metre", "m3": "cubic metres", "L": "litres", "L/min": "litres a minute",
    "L/h": "litres an hour", "1/s": "times a second", "1/min": "times a minute", "1/h": "times an hour",
    "1/day": "times a day", "people/min": "people a minute", "deg": "degrees", "rad": "radians",
    "degC": "degrees Celsius", "1/degC": "for each degree Celsius", "GBP": "pounds sterling", "1/m": "for each metre",
}  # fmt: skip


def in_si(value: float, unit: str) -> float:
    """
    Turn a value in one of the units of Varne's files into SI.

    Parameters
    ----------
    value : float
        The number as written. [unit]
    unit : str
        One of :data:`UNITS`. [1]

    Returns
    -------
    float
        The same quantity. [SI, degrees Celsius for temperatures]

    Raises
    ------
    BadFact
        If the unit is not one of Varne's.

    Examples
    --------
    >>> round(in_si(10, "kn"), 4)
    5.1444
    >>> in_si(3, "1/fortnight")
    Traceback (most recent call last):
    varne.errors.BadFact: Unit '1/fortnight' is not known; write one of %, 1, 1/day, ...
    """
    if unit not in UNITS:
        raise BadFact(f"Unit {unit!r} is not known; write one of {', '.join(sorted(UNITS))}.")
    return value * UNITS[unit][1]


def dimension(unit: str) -> str:
    """
    Say what a unit measures.

    Parameters
    ----------
    unit : str
        One of :data:`UNITS`. [1]

    Returns
    -------
    str
        For example ``"speed"``.

    Raises
    ------
    BadFact
        If the unit is not one of Varne's.

    Examples
    --------
    >>> dimension("kn")
    'speed'
    """
    if unit not in UNITS:
        raise BadFact(f"Unit {unit!r} is not known; write one of {', '.join(sorted(UNITS))}.")
    return UNITS[unit][0]


def spelled(unit: str) -> str:
    """
    Say a unit in words.

    Parameters
    ----------
    unit : str
        One of :data:`UNITS`. [1]

    Returns
    -------
    str
        Its sign where that is a word already.

    Examples
    --------
    >>> spelled("kn"), spelled("1"), spelled("people")
    ('knots', 'a plain number', 'people')
    """
    return _SPELLED.get(unit, unit)
