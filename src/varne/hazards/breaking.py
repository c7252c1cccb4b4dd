"""A breaking wave on the beam."""

from varne.compiled import inlined


@inlined
def capsize_rate(exceedance, breaking_share, beam_on_share, zero_crossing_period):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often a wave that is high enough breaks on the boat's side and turns it over.

    Parameters
    ----------
    exceedance : float
        Share of the waves that are higher than capsizes this boat. [1]
    breaking_share : float
        Share of the waves that break. [1]
    beam_on_share : float
        Share of the time that the boat lies across the sea. [1]
    zero_crossing_period : float
        Mean time between waves; 0 where there are none. [s]

    Returns
    -------
    float
        Capsizes in a second. [1/s]

    References
    ----------
    Height, breaking and attack on the beam must meet: Claughton and Handley (1984), Wolfson Unit, Southampton.

    Examples
    --------
    >>> round(capsize_rate(6.25e-5, 0.107, 0.5, 3.0) * 3600.0, 6)  # in an hour
    0.004013
    """
    if zero_crossing_period <= 0.0:
        return 0.0
    return exceedance * breaking_share * beam_on_share / zero_crossing_period
