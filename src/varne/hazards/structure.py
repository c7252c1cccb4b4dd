"""The boat coming apart under its load."""

from varne.compiled import compiled


@compiled
def failure_rate(people_aboard, design_people, base_rate, exponent):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how often the structure fails: a floor that tears, a seam that opens, a tube that goes flat.

    Parameters
    ----------
    people_aboard : float
        How many load it. [people]
    design_people : float
        How many it is sized for. [people]
    base_rate : float
        Failures with as many aboard as it is sized for. [1/s]
    exponent : float
        How steeply failures rise with the load. [1]

    Returns
    -------
    float
        Failures in a second. [1/s]

    References
    ----------
    Power law of the load, as for fatigue of materials (Basquin 1910); its numbers are expert priors.

    Examples
    --------
    >>> round(failure_rate(40.0, 20.0, 1e-4, 2.0), 6)
    0.0004
    """
    if people_aboard <= 0.0:
        return 0.0
    return base_rate * (people_aboard / design_people) ** exponent
