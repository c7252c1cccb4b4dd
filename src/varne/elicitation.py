"""What to ask experts: the assumed numbers that matter most for one encounter."""

from collections.abc import Callable

from varne.compare.design import two_samples
from varne.compare.quantities import every_quantity
from varne.compare.runs import run_design
from varne.compare.sensitivity import RANKS, Drives, drives_of
from varne.errors import BadFact
from varne.facts.answers import Asked
from varne.question import Opened
from varne.show.questionnaire import DRIVES

ROWS, REPLICATES = 256, 4  # of the designed runs: enough to put numbers in order; our choice
_ROOM = 3  # numbers varied one by one for each that is asked; many of the strongest are not assumed; our choice
_WEAK = ("assumed", "elicited")


def most_important(
    opened: Opened,
    most: int,
    *,
    rows: int = ROWS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Asked, ...]:
    """
    Find the assumed numbers that drive the differences between options most, with the difference that each drives.

    Parameters
    ----------
    opened : Opened
        The question. [SI]
    most : int
        How many at most. [1]
    rows : int, optional
        Of each sample of the designed runs. [1]
    progress : callable, optional
        Told how many runs are done, and of how many. [1]

    Returns
    -------
    tuple of Asked
        The largest share first.

    Raises
    ------
    BadFact
        If there is no difference to drive.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.question import open_question
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9,
    ...     "reference": "escort", "options": ["leave", "escort"]})
    >>> len(most_important(open_question(question), 2, rows=4)) <= 2
    True
    """
    encounter = opened.encounter
    names = [option.name for option in encounter.options]
    if len(names) < 2:
        raise BadFact(
            f"Only {', '.join(names)} applies: with one option there is no difference to ask about; name two."
        )
    reference = names.index(encounter.scenario.reference)
    design = two_samples(encounter, rows=rows, replicates=REPLICATES, seed=opened.seed)
    runs = run_design(
        design, every_quantity(len(names), reference, ["deaths"]), most_facts=_ROOM * most, progress=progress
    )
    strongest: dict[str, tuple[float, Drives]] = {}
    for drives in drives_of(runs, names, seed=opened.seed):
        if drives.reference is None or drives.scale != RANKS:
            continue
        for driver in drives.facts:
            share = driver.together.mean if driver.together.low > 0.0 else 0.0  # told apart from nothing
            fact = encounter.facts[driver.name]
            if fact.grade in _WEAK and fact.shape != "choice" and share > strongest.get(driver.name, (0.0, drives))[0]:
                strongest[driver.name] = share, drives
    ordered = sorted(strongest.items(), key=lambda one: -one[1][0])[:most]
    return tuple(Asked(name, _why(share, drives)) for name, (share, drives) in ordered)


def _why(share: float, drives: Drives) -> str:
    return DRIVES.format(option=drives.option, reference=drives.reference, share=f"{100 * share:.0f}")
