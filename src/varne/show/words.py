"""Numbers as people read them: two or three figures, never an exponent."""

import math

import numpy as np

from varne.encounter.outcome import Interval

CAUSE_WORDS = {
    "launch": "launching from the beach",
    "water": "water coming aboard",
    "structure": "the boat gives way",
    "crowd": "the crowd shifts",
    "breaking": "a breaking wave",
    "collision": "collision with a ship",
    "overboard": "falling overboard",
    "crush": "crushed aboard",
    "boarding": "boarding a responder",
    "exposure": "cold aboard",
}
# By the first word of a lever's name.
LEVER_WORDS = {
    "prevention": "how many are stopped on the beach",
    "supply": "supply of boats",
    "deterrence": "deterrence",
    "watched": "boats watched",
    "escorted": "boats escorted",
    "intercept": "interceptions at sea",
    "rescue": "lifeboats and how soon they are ready",
    "fuller": "fuller boats",
    "southward": "longer routes",
    "rougher": "worse weather chosen",
    "taxi": "taxi boats",
    "lorries": "lorries instead",
    "scarcity": "boats that are not replaced",
}


def spoken(value: float) -> str:
    """
    Write a number with two figures, or as whole when it is large.

    Parameters
    ----------
    value : float
        Any number. [unit]

    Returns
    -------
    str

    Examples
    --------
    >>> spoken(1240.7), spoken(12.34), spoken(0.01234), spoken(0.0), spoken(-0.52), spoken(1e-9)
    ('1,241', '12', '0.012', '0', '-0.52', '<0.0001')
    """
    size = abs(value)
    if size == 0.0:
        return "0"
    if size < 1e-4:
        return "<0.0001" if value > 0 else ">-0.0001"
    if size >= 10.0:
        return f"{value:,.0f}"
    places = 1 - math.floor(math.log10(size))
    return f"{value:.{places}f}"


def spoken_closely(value: float, figures: int = 3) -> str:
    """
    Write a number with three figures, for values that are compared with each other.

    Parameters
    ----------
    value : float
        Any number. [unit]
    figures : int, optional
        How many instead. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> spoken_closely(1.0299), spoken_closely(1240.7), spoken_closely(0.0012345), spoken_closely(40.0)
    ('1.03', '1240', '0.00123', '40')
    """
    return np.format_float_positional(value, precision=figures, fractional=False, trim="-", unique=False)


def spoken_interval(one: Interval, factor: float = 1.0) -> str:
    """
    Write a mean with its interval, on two lines.

    Parameters
    ----------
    one : Interval
        [unit]
    factor : float
        By which all is multiplied. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> spoken_interval(Interval(0.031, 0.012, 0.079), 100.0)
    '3.1\\n1.2 to 7.9'
    """
    return f"{spoken(factor * one.mean)}\n{spoken(factor * one.low)} to {spoken(factor * one.high)}"


def spoken_minutes(time: float) -> str:
    """
    Write a time in hours and minutes.

    Parameters
    ----------
    time : float
        Infinite for never. [s]

    Returns
    -------
    str

    Examples
    --------
    >>> spoken_minutes(5400.0), spoken_minutes(600.0), spoken_minutes(float("inf"))
    ('1 h 30', '10 min', 'never')
    """
    if not math.isfinite(time):
        return "never"
    minutes = round(time / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def least_share(draws: int) -> float:
    """
    Return the least share of draws that is told: a hundredth, or one draw where there are fewer than a hundred.

    Parameters
    ----------
    draws : int
        How many there are. [1]

    Returns
    -------
    float
        [1]

    Examples
    --------
    >>> least_share(400), least_share(20), least_share(1)
    (0.01, 0.05, 0.5)
    """
    return max(0.01, 1.0 / max(draws, 2))


def spoken_share(share: float, draws: int = 100) -> str:
    """
    Write a share of draws with two figures; next to nothing and next to all are not shown as certain.

    Parameters
    ----------
    share : float
        From 0 to 1. [1]
    draws : int, optional
        How many there are: few that agree are less sure than many. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> spoken_share(0.836), spoken_share(1.0), spoken_share(0.001), spoken_share(1.0, draws=20)
    ('0.84', '>0.99', '<0.01', '>0.95')
    """
    least = least_share(draws)
    if share > 1.0 - least:  # what two figures would round up or show as all
        return f">{1.0 - least:.2f}"
    return f"<{least:.2f}" if share < least else f"{share:.2f}"


def spoken_pounds(amount: float) -> str:
    """
    Write an amount of money with two or three figures.

    Parameters
    ----------
    amount : float
        Infinite for without end. [GBP]

    Returns
    -------
    str

    Examples
    --------
    >>> spoken_pounds(184e6), spoken_pounds(-2.14e9), spoken_pounds(5300.0), spoken_pounds(12.0), spoken_pounds(0.0)
    ('£184m', '-£2.1bn', '£5.3k', '£12', '£0')
    """
    sign = "-" if amount < 0 else ""
    if not math.isfinite(amount):
        return f"{sign}without end"
    size = abs(amount)
    for unit, name in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= 0.9995 * unit:
            value = size / unit
            return f"{sign}£{value:,.0f}{name}" if value >= 10 else f"{sign}£{value:.1f}{name}"
    return f"{sign}£{size:.0f}"
