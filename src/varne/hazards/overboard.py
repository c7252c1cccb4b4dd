"""People falling over the side."""

from varne.compiled import compiled


@compiled
def overboard_rate(people_aboard, base_rate_per_person, wave_height, reference_wave_height, exponent):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how many people fall over the side in a second.

    Parameters
    ----------
    people_aboard : float
        How many can fall. [people]
    base_rate_per_person : float
        Falls of one person in a flat sea. [1/s]
    wave_height : float
        Significant. [m]
    reference_wave_height : float
        At which falls are twice as many as in a flat sea. [m]
    exponent : float
        How steeply falls rise with the waves. [1]

    Returns
    -------
    float
        People in a second. [1/s]

    References
    ----------
    Expert prior; no rate of people overboard from small boats is published.

    Examples
    --------
    >>> round(overboard_rate(50.0, 2e-5, 1.0, 1.0, 2.0), 6)
    0.002
    """
    if wave_height <= 0.0:
        return people_aboard * base_rate_per_person
    return people_aboard * base_rate_per_person * (1.0 + (wave_height / reference_wave_height) ** exponent)
