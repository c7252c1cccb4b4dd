"""The answer of a season as it is shown everywhere: one set of numbers for screen, file and picture."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.encounter.outcome import Interval
from varne.season.assumed import Ground
from varne.season.economics import Comparison
from varne.season.exposure import Exposure
from varne.season.summary import Contrast, Estimate, Stretch, Summary, in_words
from varne.show.words import LEVER_WORDS

_LEAST = 1e-6  # chances below are left out of the file


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """Everything that is shown of one policy; what compares it is None for the reference."""

    name: str
    says: str
    source: str
    grade: str
    summary: Summary
    exposure: Exposure
    cost: Interval  # [GBP]
    cost_lines: Mapping[str, Interval]  # [GBP]
    price_years: tuple[int, ...]
    contrast: Contrast | None = None
    comparison: Comparison | None = None
    grounds: tuple[Ground, ...] = ()
    follows_from: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()  # changes that act on no day of the season


@dataclass(frozen=True, slots=True)
class SeasonAnswer:
    """The answer of one season."""

    first: str  # day
    last: str  # day
    reference: str
    draws: int
    replicates: int
    policies: tuple[PolicyAnswer, ...]
    week_starts: NDArray[np.float64]  # since 1970 UTC [s]
    arrivals: Mapping[str, NDArray[np.float64]]  # by policy, (member, week) [people]
    backtest: str
    fingerprint: Mapping[str, Any]

    @property
    def label(self) -> tuple[str, ...]:
        """
        Say what these numbers are, for every page that shows them.

        Returns
        -------
        tuple of str
            That they are estimates; which inputs are assumed; what the backtest scored.

        Examples
        --------
        >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
        >>> nothing.label[-1]
        'Not scored.'
        """
        grounds = [one for policy in self.policies for one in policy.grounds if one.grade == "assumed"]
        assumed = sorted({LEVER_WORDS[one.lever.partition("_")[0]] for one in grounds})
        levers = f"Assumed here: {', '.join(assumed)}; " if assumed else "Assumed: "
        return (
            "Estimates of a model, not observations.",
            f"{levers}all unit costs, and what officers do to a crowd.",
            self.backtest,
        )

    def as_json(self) -> dict[str, Any]:
        """
        Return the answer in the published format.

        Returns
        -------
        dict
            As the schema ``varne/schema/season.json`` says.

        Examples
        --------
        >>> nothing = SeasonAnswer("2024-01-01", "2024-12-31", "a", 2, 1, (), np.zeros(0), {}, "Not scored.", {})
        >>> nothing.as_json()["members"]
        {'draws': 2, 'replicates': 1}
        """
        return {
            "season": {"from": self.first, "until": self.last, "reference": self.reference},
            "fingerprint": dict(self.fingerprint),
            "members": {"draws": self.draws, "replicates": self.replicates},
            "label": list(self.label),
            "policies": [_policy_json(one) for one in self.policies],
        }


def _policy_json(one: PolicyAnswer) -> dict[str, Any]:
    return {
        "name": one.name,
        "says": one.says,
        "source": one.source,
        "grade": one.grade,
        "idle": list(one.idle),
        "periods": [_stretch_json(stretch) for stretch in one.summary.stretches],
        "exposure": {
            name: _interval_json(value) if isinstance(value, Interval) else value
            for name, value in ((name, getattr(one.exposure, name)) for name in one.exposure.__slots__)
            if name not in ("policy", "grade")
        },
        "cost": {
            "total": _interval_json(one.cost),
            "lines": {line: _interval_json(cost) for line, cost in one.cost_lines.items()},
            "price_years": list(one.price_years),
        },
        "difference": None if one.contrast is None else _difference_json(one, one.contrast),
    }


def _stretch_json(one: Stretch) -> dict[str, Any]:
    worst = zip(one.in_one_event, one.in_one_event_low, one.in_one_event_high, strict=True)
    return {
        "period": one.name,
        "counts": {name: _estimate_json(estimate) for name, estimate in one.counts.items()},
        "p_any_death": _interval_json(one.p_any_death),
        "deaths_by_cause": {cause: _interval_json(value) for cause, value in one.by_cause.items()},
        "in_one_event": [
            {"n": n, "p": float(p), "low": float(low), "high": float(high)}
            for n, (p, low, high) in enumerate(worst, 1)
            if p >= _LEAST
        ],
        "deaths": {
            "distribution": [{"n": n, "p": float(p)} for n, p in enumerate(one.deaths) if p >= _LEAST],
            "bound": one.deaths_bound,
        },
    }


def _difference_json(one: PolicyAnswer, contrast: Contrast) -> dict[str, Any]:
    assert one.comparison, "a policy that is compared is compared in cost too"
    money = one.comparison
    return {
        "reference": contrast.reference,
        "counts": {name: {**_interval_json(v), "says": in_words(v)} for name, v in contrast.counts.items()},
        "deaths_by_cause": {name: {**_interval_json(v), "says": in_words(v)} for name, v in contrast.by_cause.items()},
        "p_fewer_deaths": None if one.follows_from else contrast.p_fewer_deaths,
        "follows_from": list(one.follows_from),
        "rests_on": [{**asdict(ground), **_finite(ground)} for ground in one.grounds],
        "cost": _interval_json(money.cost),
        "crossings_averted": _interval_json(money.crossings_averted),
        "lives_saved": _interval_json(money.lives_saved),
        "cost_per_crossing": None if money.cost_per_crossing is None else _interval_json(money.cost_per_crossing),
        "cost_per_life": None if money.cost_per_life is None else _interval_json(money.cost_per_life),
        "cannot_be_told": list(money.words),
    }


def _finite(one: Ground) -> dict[str, float | None]:
    return {"low": _number(one.low), "high": _number(one.high)}


def _number(value: float) -> float | None:
    """Nothing for infinity: JSON has none."""
    return float(value) if np.isfinite(value) else None


def _interval_json(one: Interval) -> dict[str, float | None]:
    return {"mean": _number(one.mean), "low": _number(one.low), "high": _number(one.high)}


def _estimate_json(one: Estimate) -> dict[str, Any]:
    future = None if one.future is None else {"low": one.future[0], "high": one.future[1]}
    return {**_interval_json(one.known), "one_future": future}
