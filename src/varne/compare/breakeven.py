"""Break-even: the value of a number at which two options tie, all else at its distribution."""

from dataclasses import dataclass

from varne.encounter.outcome import Interval

TIES, BEYOND, NEVER, ALWAYS, UNTOLD = "ties", "beyond", "never", "always", "untold"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where two options tie in one number, in its own unit; without a value where they do not."""

    fact: str
    option: str
    reference: str
    status: str  # ties within its 90 % range, beyond it, never within its plausible range, always, or cannot be told
    value: Interval | None  # where the mean difference is 0, with the 90 % error of the search [unit]
    chance: float | None  # which quantile of the number that is
    safer_below: str | None  # the option that is safer where the number is smaller
    at_low: (
        Interval  # difference option - reference with the number at its 5 % quantile, 90 % error of the mean [people]
    )
    at_high: Interval  # and at its 95 % quantile [people]
