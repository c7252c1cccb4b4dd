"""The answer to why: one set of numbers for screen, file, page and picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from varne.compare.assumption import Neutral
from varne.compare.breakeven import BreakEven
from varne.compare.given import Given
from varne.compare.ranking import Ranking
from varne.compare.sensitivity import Drives
from varne.evidence import Fact
from varne.show.answer import Answer


@dataclass(frozen=True, slots=True)
class Effort:
    """How much was computed."""

    design: int  # rows of the two samples of the designed runs
    replicates: int  # members of each
    voyages: int  # all together
    break_even: tuple[int, int]  # draws and replicates of each step of the search


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Why an answer is as it is, and what would have to be true for another."""

    answer: Answer
    ranking: Ranking
    given: tuple[Given, ...]
    drives: tuple[Drives, ...]  # empty where only the stored draws were asked
    break_evens: tuple[BreakEven, ...]
    neutral: tuple[Neutral, ...]  # each difference with and without the assumed effects
    facts: Mapping[str, Fact]  # those named above, by name
    effort: Effort | None
