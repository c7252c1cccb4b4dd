"""People crushed by the crowd they sit in."""

from varne.compiled import compiled


@compiled
def crush_rate(people_aboard, reference_people, base_rate, exponent):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how many deaths by crush are to be expected in a second; the voyage goes on.

    Parameters
    ----------
    people_aboard : float
        How many share the boat. [people]
    reference_people : float
        Number aboard that the rate refers to. [people]
    base_rate : float
        Deaths with that number aboard. [1/s]
    exponent : float
        How steeply deaths rise with the number aboard. [1]

    Returns
    -------
    float
        Expected deaths in a second. [1/s]

    References
    ----------
    Power law of the number aboard; its numbers are derived from the deaths of 2024 and expert priors.

    Examples
    --------
    >>> round(crush_rate(108.0, 54.0, 1.5e-3, 2.0), 6)
    0.006
    """
    if people_aboard <= 0.0:
        return 0.0
    return base_rate * (people_aboard / reference_people) ** exponent
