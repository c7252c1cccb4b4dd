"""What a policy costs, and what a crossing averted or a life saved costs beside a reference, member by member."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from varne.compare.paired import difference
from varne.draws import uniforms
from varne.encounter.options import weakest
from varne.encounter.outcome import HIGH, Interval, interval_of_draws, without_luck
from varne.errors import BadMembers, UnknownName
from varne.facts.tables import column
from varne.season.ledger import Ledger
from varne.season.plan import Plan, monday_before, year_of
from varne.season.policy import MoneyLine, Policy
from varne.season.policy_levels import beside
from varne.units import DAY

Array = NDArray[np.float64]

# What costs by what is counted in the ledger, by levels on each day, and by levers beside the season.
BY_COUNT = {"cost.reception": "arrivals", "cost.attendance": "boats_attended", "cost.responder_hour": "responder_hours"}
BY_LEVEL = {"cost.team_day": "intercept_teams", "cost.lifeboat_day": "rescue_vessels"}
BY_LEVER = {"cost.return": "returns", "cost.officer_day": "officers", "cost.patrol_day": "patrols"}
_DAYS_OF_LEVER = {"returns": 7, "officers": 1, "patrols": 1}  # a week, a day: as levers count, exact
_YEAR = 365.25 * DAY  # mean Julian year, over which a yearly sum is spread [s]
LINES = (*BY_COUNT, *BY_LEVEL, *BY_LEVER, "money")


@dataclass(frozen=True, slots=True)
class CostBook:
    """What each policy costs each member in each calendar year, line by line."""

    policies: tuple[str, ...]
    years: NDArray[np.int64]  # (year,)
    replicates: int
    amounts: Array  # (line, policy, member, year), lines as in LINES [GBP]

    @property
    def total(self) -> Array:
        """
        Return what each policy costs each member in all.

        Returns
        -------
        array, shape (policy, member)
            [GBP]

        Examples
        --------
        >>> CostBook(("a",), np.array([2024]), 1, np.ones((len(LINES), 1, 2, 1))).total
        array([[9., 9.]])
        """
        return np.asarray(self.amounts.sum(axis=(0, -1)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    A policy beside its reference; an amount for each crossing or life is None where it cannot be told apart from zero.

    Lives are those of people aboard and of crews. Where lives are lost, ``cost_per_life`` is for each life lost.
    """

    policy: str
    reference: str
    cost: Interval  # more than the reference [GBP]
    crossings_averted: Interval  # people who do not arrive [people]
    lives_saved: Interval  # negative: lost [people]
    p_fewer_deaths: float
    cost_per_crossing: Interval | None  # [GBP]
    cost_per_life: Interval | None  # [GBP]
    grade: str

    @property
    def words(self) -> tuple[str, ...]:
        """
        Say what cannot be told.

        Returns
        -------
        tuple of str
            A sentence for each.

        Examples
        --------
        >>> none = Interval(0.0, -1.0, 1.0)
        >>> Comparison("a", "b", none, none, none, 0.5, None, None, "assumed").words[1]
        'Lives saved or lost cannot be told apart from zero.'
        """
        unknown = (self.cost_per_crossing, "Crossings averted"), (self.cost_per_life, "Lives saved or lost")
        return tuple(f"{what} cannot be told apart from zero." for found, what in unknown if found is None)


def cost_book(ledger: Ledger, plan: Plan, policies: Sequence[Policy]) -> CostBook:
    """
    Work out what every policy costs.

    Parameters
    ----------
    ledger : Ledger
        What came of it. [people]
    plan : Plan
        What it was computed from, with the facts ``cost.*``. [SI]
    policies : sequence of Policy
        In the order of the ledger. [SI]

    Returns
    -------
    CostBook
        Prices of different years are added up as they stand; a week counts to the year in which it begins. [GBP]

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.ledger import empty_ledger
    >>> from varne.season.policy import read_policy
    >>> from varne.season.policy_levels import levels_of
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-07", "source": "c", "grade": "assumed"}
    >>> money = {"says": "m", "amount": "GBP 7k (2024)", "from": "1970-01-01", "until": "1970-01-14"}
    >>> policy = read_policy({**rows, "money": [{**money, "source": "c", "grade": "assumed"}]}, "a.toml")
    >>> levels = levels_of([policy], day_starts=DAY * np.arange(7), draws=1, seed=1, option_names=())
    >>> plan = Plan(0.0, 7, 1, 1, 1, shipped_facts(), departures(), (), levels)
    >>> ledger = empty_ledger(("a",), np.arange(1), 1, plan.week_starts, np.array([1970]))
    >>> cost_book(ledger, plan, [policy]).total
    array([[3500.]])
    """
    drawn = plan.facts.drawn(plan.draws, plan.seed)[ledger.draw_of_member]
    week_years = np.clip(year_of(ledger.week_starts), ledger.years[0], ledger.years[-1])
    day_years = np.clip(year_of(monday_before(plan.day_starts)), ledger.years[0], ledger.years[-1])
    amounts = np.zeros((len(LINES), len(policies), len(ledger.members), len(ledger.years)))
    for index, policy in enumerate(policies):
        for place, line in enumerate(LINES[:-1]):
            price = drawn[column(line)][:, np.newaxis]
            if line in BY_COUNT:
                amounts[place, index] = price * _by_year(ledger.weeks[BY_COUNT[line]][index], week_years, ledger.years)
            else:
                days = _days(line, index, policy, plan)[ledger.draw_of_member]
                amounts[place, index] = price * _by_year(days, day_years, ledger.years)
        money = sum((_spent(one, plan) for one in policy.money), np.zeros((plan.draws, len(plan.day_starts))))
        amounts[-1, index] = _by_year(money[ledger.draw_of_member], day_years, ledger.years)
    return CostBook(ledger.policies, ledger.years, ledger.replicates, amounts)


def compare_costs(ledger: Ledger, book: CostBook, *, policy: str, reference: str, grade: str) -> Comparison:
    """
    Compare a policy with its reference, the same members under both.

    Parameters
    ----------
    ledger : Ledger
        What came of it. [people]
    book : CostBook
        What it costs. [GBP]
    policy, reference : str
        Their names. [1]
    grade : str
        The weakest on which the policy rests. [1]

    Returns
    -------
    Comparison
        [people, GBP]

    Raises
    ------
    UnknownName
        If the ledger has no such policy.
    BadMembers
        If the ledger holds parts of a draw.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a", "b"), np.arange(4), 2, np.zeros(1), np.array([2024]))
    >>> book = CostBook(("a", "b"), ledger.years, 2, np.zeros((len(LINES), 2, 4, 1)))
    >>> compare_costs(ledger, book, policy="b", reference="a", grade="assumed").cost_per_life is None
    True
    """
    one, other = (place_of(ledger, name) for name in (policy, reference))
    weeks = {name: ledger.weeks[name].sum(axis=2) for name in ("arrivals", "deaths", "crew_deaths")}
    lives = weeks["deaths"] + weeks["crew_deaths"]
    cost = by_draw(book.total[one] - book.total[other], ledger.replicates)
    averted = by_draw(weeks["arrivals"][other] - weeks["arrivals"][one], ledger.replicates)
    saved = by_draw(lives[other] - lives[one], ledger.replicates)
    safer = difference(by_draw(lives[one], ledger.replicates), by_draw(lives[other], ledger.replicates))
    return Comparison(
        policy,
        reference,
        paired_interval(cost),
        paired_interval(averted),
        paired_interval(saved),
        safer.p_safer,
        cost_for_each(cost, averted),
        cost_for_each(cost, saved),
        grade,
    )


def cost_for_each(cost: Array, gained: Array) -> Interval | None:
    """
    Divide what is spent by what is gained, or by what is lost.

    The interval is over what is not known: the ratio of each epistemic draw. A draw that gains nothing costs without
    end.

    Parameters
    ----------
    cost : array, shape (draw, replicate)
        More than the reference. [GBP]
    gained : array, shape (draw, replicate)
        Crossings averted or lives saved. [people]

    Returns
    -------
    Interval or None
        For each one gained, or each one lost where fewer than none are gained; None where what is gained cannot be
        told apart from zero, with the error of a finite number of members. [GBP]

    Examples
    --------
    >>> cost_for_each(np.full((3, 1), 6e6), np.full((3, 1), 2.0))
    Interval(mean=3000000.0, low=3000000.0, high=3000000.0)
    >>> cost_for_each(np.full((2, 1), 6e6), np.array([[-1.0], [2.0]])) is None
    True
    """
    if not told_apart(gained):
        return None
    spent, got = known_draws(cost), known_draws(gained)
    towards = np.sign(got.mean())
    got = towards * got
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(got > 0.0, spent / got, np.sign(spent) * np.inf)
    ratios = np.where(np.isnan(ratios), 0.0, ratios)
    low, high = np.quantile(ratios, [1.0 - HIGH, HIGH], method="inverted_cdf")
    mean = float(spent.mean() / got.mean())
    return Interval(mean, min(float(low), mean), max(float(high), mean))


def told_apart(gained: Array) -> bool:
    """
    Tell whether what is gained differs from zero, beyond what is not known and beyond luck.

    Parameters
    ----------
    gained : array, shape (draw, replicate)
        Any paired difference. [unit]

    Returns
    -------
    bool

    Examples
    --------
    >>> told_apart(np.array([[1.0, 1.0], [2.0, 2.0], [1.5, 1.5]]))
    True
    >>> told_apart(np.zeros((3, 2)))
    False
    """
    found = paired_interval(gained)
    return found.low > 0.0 or found.high < 0.0


def paired_interval(values: Array) -> Interval:
    """
    Summarise a paired difference: the interval of what is not known, never narrower than the error of the mean.

    Parameters
    ----------
    values : array, shape (draw, replicate)
        Any paired difference. [unit]

    Returns
    -------
    Interval
        From minus to plus infinity where a single draw tells nothing of the error, unless it is zero. [unit]

    References
    ----------
    The error of the mean of a few draws: Student (1908), Biometrika 6:1.

    Examples
    --------
    >>> paired_interval(np.zeros((3, 2)))
    Interval(mean=0.0, low=0.0, high=0.0)
    >>> paired_interval(np.array([[0.0, 4.0], [1.0, 7.0]])).low < 0.0  # two draws, nothing but luck
    True
    """
    found = interval_of_draws(known_draws(values))
    means = values.mean(axis=1)
    if not np.any(values):
        return found
    error = np.inf
    if len(means) > 1:
        error = float(stdtrit(len(means) - 1, HIGH) * means.std(ddof=1) / np.sqrt(len(means)))
    return Interval(found.mean, min(found.low, found.mean - error), max(found.high, found.mean + error))


def known_draws(values: Array) -> Array:
    """
    Estimate a paired difference in each epistemic draw, spread by what is not known and by the error of the mean.

    A season's deaths are rare: with few members luck hides what is not known, and draws freed of luck may all be the
    same. Their mean is then still no better known than so many draws allow, and that spread is kept.

    Parameters
    ----------
    values : array, shape (draw, replicate)
        Any paired difference. [unit]

    Returns
    -------
    array, shape (draw,)
        [unit]

    Examples
    --------
    >>> known_draws(np.array([[0.0, 4.0], [1.0, 7.0]]))  # all luck: without_luck gives 3 and 3
    array([2.29289322, 3.70710678])
    """
    means = values.mean(axis=1)
    between = float(means.var()) if len(means) > 1 else 0.0
    if between == 0.0:
        return np.asarray(means)
    freed = float(without_luck(values).var()) / between  # share of the variance that is not luck
    kept = np.sqrt(min(freed + 1.0 / len(means), 1.0))
    return np.asarray(means.mean() + kept * (means - means.mean()))


def by_draw(values: Array, replicates: int) -> Array:
    """
    Lay members out by draw and replicate.

    Parameters
    ----------
    values : array, shape (member,)
        Any outcome. [unit]
    replicates : int
        Of each draw. [1]

    Returns
    -------
    array, shape (draw, replicate)
        [unit]

    Raises
    ------
    BadMembers
        If there are parts of a draw.

    Examples
    --------
    >>> by_draw(np.arange(4.0), 2)
    array([[0., 1.],
           [2., 3.]])
    """
    if len(values) % replicates:
        raise BadMembers(f"{len(values)} members are no whole draws of {replicates}; give all members of each draw.")
    return np.asarray(values.reshape(-1, replicates))


def grade_of_policy(policy: Policy, plan: Plan) -> str:
    """
    Return the weakest grade on which a policy, what officers do under it, and its costs rest.

    Parameters
    ----------
    policy : Policy
        [SI]
    plan : Plan
        With its facts and options. [SI]

    Returns
    -------
    str

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.policy import read_policy
    >>> from varne.season.policy_levels import levels_of
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-07", "source": "c", "grade": "assumed"}
    >>> levels = levels_of([], day_starts=np.zeros(0), draws=1, seed=1, option_names=())
    >>> grade_of_policy(read_policy(rows, "a.toml"), Plan(0.0, 7, 1, 1, 1, shipped_facts(), departures(), (), levels))
    'assumed'
    """
    asked = {one.option for one in policy.settings}
    options = [option.grade(plan.facts) for option in plan.options if option.name in asked]
    costs = [plan.facts[line].grade for line in LINES[:-1]]
    return weakest([one.grade for one in policy.settings] + [one.grade for one in policy.money] + options + costs)


def _days(line: str, index: int, policy: Policy, plan: Plan) -> Array:
    """How much of it there is on each day, (draw, day)."""
    if line in BY_LEVER:
        lever = BY_LEVER[line]
        number = beside(policy, lever, day_starts=plan.day_starts, draws=plan.draws, seed=plan.seed)
        return number / _DAYS_OF_LEVER[lever]
    levels = plan.levels.levels[index, plan.levels.period_of_day[index]]
    return np.asarray(levels[BY_LEVEL[line]].T)


def _spent(line: MoneyLine, plan: Plan) -> Array:
    """Pounds on each day of the season, (draw, day); the words of a line name its draw."""
    low, high = line.money.amount.low, line.money.amount.high
    amount = low + (high - low) * uniforms(f"policy money {line.says}", plan.draws, plan.seed)
    length = _YEAR if line.yearly else line.ends - line.begins
    held = (plan.day_starts >= line.begins) & (plan.day_starts < line.ends)
    return np.asarray(amount[:, np.newaxis] * held * (DAY / length))


def _by_year(values: Array, years_of: NDArray[np.int64], years: NDArray[np.int64]) -> Array:
    """Add up what stands in the last place by year."""
    return np.asarray(values @ (years_of[:, np.newaxis] == years).astype(np.float64))


def place_of(ledger: Ledger, name: str) -> int:
    """
    Find a policy in a season.

    Parameters
    ----------
    ledger : Ledger
        [people]
    name : str
        Of a policy. [1]

    Returns
    -------
    int
        Its place. [1]

    Raises
    ------
    UnknownName
        If the season has no such policy.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> place_of(empty_ledger(("a", "b"), np.arange(1), 1, np.zeros(1), np.array([2024])), "b")
    1
    """
    if name not in ledger.policies:
        raise UnknownName(f"Policy {name!r} is not in this season; it has {', '.join(ledger.policies)}.")
    return ledger.policies.index(name)
