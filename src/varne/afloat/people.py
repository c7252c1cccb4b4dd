"""How fast a body cools for its size."""

from varne.compiled import compiled
from varne.units import CENTIMETRE

# DuBois and DuBois (1916), Arch. Intern. Med. 17:863: surface in m² from height in cm and mass in kg.
_SURFACE = 0.007184
_HEIGHT_POWER = 0.725
_MASS_POWER = 0.425


@compiled
def body_surface(height, mass):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the area of a person's skin.

    Parameters
    ----------
    height : float
        Of the person. [m]
    mass : float
        Of the person. [kg]

    Returns
    -------
    float
        Area through which heat is lost. [m²]

    References
    ----------
    DuBois and DuBois (1916), Arch. Intern. Med. 17:863.

    Examples
    --------
    >>> round(body_surface(1.75, 75.0), 3)
    1.903
    """
    return _SURFACE * (height / CENTIMETRE) ** _HEIGHT_POWER * mass**_MASS_POWER


@compiled
def cooling_factor(height, mass, standard_height, standard_mass):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return how long a person lasts in the cold beside a standard one, by mass to cool for each area of skin.

    Parameters
    ----------
    height, standard_height : float
        Of the person and of the standard one. [m]
    mass, standard_mass : float
        Of the person and of the standard one. [kg]

    Returns
    -------
    float
        Factor on times of survival; below 1 for those who cool faster. [1]

    References
    ----------
    Ratio of mass to DuBois surface; body fat is not resolved.

    Examples
    --------
    >>> round(cooling_factor(1.28, 26.0, 1.75, 75.0), 2)
    0.68
    """
    person = mass / body_surface(height, mass)
    return person * body_surface(standard_height, standard_mass) / standard_mass
