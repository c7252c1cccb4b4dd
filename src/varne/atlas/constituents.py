"""Tidal constituents: the motions of Moon and Sun that make each of them."""

from dataclasses import dataclass

from varne.errors import UnknownName
from varne.units import DAY

DAYS_IN_A_CENTURY = 36525.0  # [day], exact (Julian century)
_DEGREE = 0.017453292519943295  # [rad]

# Mean longitudes as (at 2000-01-01T12:00Z [deg], rate [deg in a Julian century]): Moon, Sun, perigee of the Moon,
# perihelion of the Sun, and the ascending node of the Moon. Meeus (1998), Astronomical Algorithms, chapters 22 and 47.
MOON = (218.3164477, 481267.88123421)
SUN = (280.46646, 36000.76983)
PERIGEE = (83.3532465, 4069.0137287)
PERIHELION = (282.93735, 1.71946)
NODE = (125.04452, -1934.136261)


@dataclass(frozen=True, slots=True)
class Constituent:
    """One harmonic of the tide: how often it follows each motion, its phase [deg], and the nodal kin it varies with."""

    name: str
    day: int
    moon: int
    sun: int
    perigee: int
    perihelion: int
    phase: float
    kin: tuple[tuple[str, float], ...] = ()


def _table() -> dict[str, Constituent]:
    m2, k2, k1, o1 = (("M2", 1.0),), (("K2", 1.0),), (("K1", 1.0),), (("O1", 1.0),)
    rows = (
        # Name, turns in a day, Moon, Sun, perigee, perihelion, phase, kin: Schureman (1958), table 2; IHO list.
        # Authors differ on M1, S1, MA2, MB2, 3L2, M3, T3, S3 and R3; here as in npm @neaps/tide-predictor 0.11.0 but
        # for M3. At the gauges of the strait MA2 has 3 cm, M3 and 3L2 have 1 cm, the others less.
        # Z0, which never changes, carries the mean stream.
        Constituent("Z0", 0, 0, 0, 0, 0, 0.0),
        Constituent("SA", 0, 0, 1, 0, 0, 0.0),
        Constituent("SSA", 0, 0, 2, 0, 0, 0.0),
        Constituent("MM", 0, 1, 0, -1, 0, 0.0, (("MM", 1.0),)),
        Constituent("MSF", 0, 2, -2, 0, 0, 0.0, (("M2", -1.0),)),
        Constituent("MF", 0, 2, 0, 0, 0, 0.0, (("MF", 1.0),)),
        Constituent("MTM", 0, 3, 0, -1, 0, 0.0, (("MF", 1.0),)),
        Constituent("MSQM", 0, 4, -2, 0, 0, 0.0, (("M2", -1.0),)),
        Constituent("2Q1", 1, -4, 1, 2, 0, 90.0, o1),
        Constituent("SGM", 1, -4, 3, 0, 0, 90.0, o1),
        Constituent("Q1", 1, -3, 1, 1, 0, 90.0, o1),
        Constituent("RHO1", 1, -3, 3, -1, 0, 90.0, o1),
        Constituent("O1", 1, -2, 1, 0, 0, 90.0, o1),
        Constituent("M1", 1, -1, 1, 1, 0, -90.0),
        Constituent("P1", 1, 0, -1, 0, 0, 90.0),
        Constituent("S1", 1, 0, 0, 0, 0, 0.0),
        Constituent("K1", 1, 0, 1, 0, 0, -90.0, k1),
        Constituent("J1", 1, 1, 1, -1, 0, -90.0, (("J1", 1.0),)),
        Constituent("OO1", 1, 2, 1, 0, 0, -90.0, (("OO1", 1.0),)),
        Constituent("3N2", 2, -5, 2, 3, 0, 0.0, m2),
        Constituent("EP2", 2, -5, 4, 1, 0, 0.0, m2),
        Constituent("2N2", 2, -4, 2, 2, 0, 0.0, m2),
        Constituent("MU2", 2, -4, 4, 0, 0, 0.0, m2),
        Constituent("N2", 2, -3, 2, 1, 0, 0.0, m2),
        Constituent("NU2", 2, -3, 4, -1, 0, 0.0, m2),
        Constituent("MA2", 2, -2, 1, 0, 0, 0.0, m2),
        Constituent("M2", 2, -2, 2, 0, 0, 0.0, m2),
        Constituent("MB2", 2, -2, 3, 0, 0, 0.0, m2),
        Constituent("MKS2", 2, -2, 4, 0, 0, 0.0, m2 + k2),
        Constituent("LAMBDA2", 2, -1, 0, 1, 0, 180.0, m2),
        Constituent("L2", 2, -1, 2, -1, 0, 180.0, m2),
        Constituent("3L2", 2, -1, 2, 0, 0, 0.0, m2),
        Constituent("T2", 2, 0, -1, 0, 1, 0.0),
        Constituent("S2", 2, 0, 0, 0, 0, 0.0),
        Constituent("R2", 2, 0, 1, 0, -1, 180.0),
        Constituent("K2", 2, 0, 2, 0, 0, 0.0, k2),
        Constituent("2SM2", 2, 2, -2, 0, 0, 0.0, (("M2", -1.0),)),
        Constituent("M3", 3, -3, 3, 0, 0, 0.0, (("M2", 1.5),)),
        Constituent("T3", 3, 0, -1, 0, 0, 0.0),
        Constituent("S3", 3, 0, 0, 0, 0, 180.0),
        Constituent("R3", 3, 0, 1, 0, 0, -90.0, k1),
        Constituent("N4", 4, -6, 4, 2, 0, 0.0, (("M2", 2.0),)),
        Constituent("MN4", 4, -5, 4, 1, 0, 0.0, (("M2", 2.0),)),
        Constituent("M4", 4, -4, 4, 0, 0, 0.0, (("M2", 2.0),)),
        Constituent("MS4", 4, -2, 2, 0, 0, 0.0, m2),
        Constituent("S4", 4, 0, 0, 0, 0, 0.0),
        Constituent("2MO5", 5, -6, 5, 0, 0, 90.0, (("M2", 2.0), ("O1", 1.0))),
        Constituent("2MK5", 5, -4, 5, 0, 0, -90.0, (("M2", 2.0), ("K1", 1.0))),
        Constituent("M6", 6, -6, 6, 0, 0, 0.0, (("M2", 3.0),)),
        Constituent("2MS6", 6, -4, 4, 0, 0, 0.0, (("M2", 2.0),)),
        Constituent("M8", 8, -8, 8, 0, 0, 0.0, (("M2", 4.0),)),
    )
    return {row.name: row for row in rows}


CONSTITUENTS: dict[str, Constituent] = _table()


def constituent(name: str) -> Constituent:
    """
    Look up a constituent by its usual name.

    Parameters
    ----------
    name : str
        For example ``"M2"``. [1]

    Returns
    -------
    Constituent
        Its arguments. [1]

    Raises
    ------
    UnknownName
        If Varne has no arguments for it.

    Examples
    --------
    >>> constituent("M2").moon
    -2
    >>> constituent("M99")
    Traceback (most recent call last):
    varne.errors.UnknownName: Constituent 'M99' is not known; use one of 2MK5, 2MO5, ...
    """
    if name not in CONSTITUENTS:
        raise UnknownName(f"Constituent {name!r} is not known; use one of {', '.join(sorted(CONSTITUENTS))}.")
    return CONSTITUENTS[name]


def angular_speed(name: str) -> float:
    """
    Return how fast the phase of a constituent turns.

    Parameters
    ----------
    name : str
        For example ``"M2"``. [1]

    Returns
    -------
    float
        Without the slow change of the nodal angle. [rad/s]

    References
    ----------
    Schureman (1958), Manual of Harmonic Analysis and Prediction of Tides, table 2: M2 28.9841042 degrees an hour.

    Examples
    --------
    >>> round(angular_speed("M2") * 3600 / 0.017453292519943295, 5)
    28.9841
    """
    row = constituent(name)
    motions = row.moon * MOON[1] + row.sun * SUN[1] + row.perigee * PERIGEE[1] + row.perihelion * PERIHELION[1]
    return (row.day * 360.0 + motions / DAYS_IN_A_CENTURY) * _DEGREE / DAY
