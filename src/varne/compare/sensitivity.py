"""What drives an outcome: shares of its variance by designed runs (Sobol), luck taken out, each with its own error."""

from dataclasses import dataclass

from varne.encounter.outcome import Interval


@dataclass(frozen=True, slots=True)
class Driver:
    """What one fact, or all that belongs to one subject, contributes to the variance of a quantity. [1]"""

    name: str  # a dotted fact, or a subject
    alone: Interval  # first-order index: the share that would go if it were known; 90 % error of the estimate
    together: Interval  # total index: with everything it acts together with


@dataclass(frozen=True, slots=True)
class Drives:
    """What drives one outcome of one option, or its difference to the reference; the largest total first."""

    outcome: str  # deaths, p_any_death, serious_injuries or crew_harmed
    option: str
    reference: str | None  # none: the outcome itself
    subjects: tuple[Driver, ...]
    facts: tuple[Driver, ...]
    spread: float  # standard deviation over what is not known, luck taken out [people]
    luck: float  # share of the variance of the runs that was luck
