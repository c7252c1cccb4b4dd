"""What drives an outcome, by the draws that an assessment has stored already: given-data methods."""

from dataclasses import dataclass

from varne.encounter.outcome import Interval


@dataclass(frozen=True, slots=True)
class GivenDriver:
    """What one drawn number has to do with a quantity across the stored draws. [1]"""

    name: str  # a dotted fact, or what is drawn beside the facts: weather_wind_speed
    alone: Interval  # first-order share of the variance (RBD-FAST), with its 90 % error
    moves: Interval  # how far it moves the whole distribution (PAWN, median), with its 90 % error
    beyond_noise: bool  # whether PAWN is above what a number without any influence reaches
    direction: float  # rank correlation: above 0 where more of it means more harm


@dataclass(frozen=True, slots=True)
class Given:
    """What drives one outcome of one option, or its difference to the reference; the strongest first."""

    outcome: str
    option: str
    reference: str | None  # none: the outcome itself
    drivers: tuple[GivenDriver, ...]
    noise: float  # PAWN of a number without influence, its 95 % quantile
