"""A season that is made up: its books obey the laws of real ones, and no voyage is computed."""

import numpy as np

from varne.draws import uniforms
from varne.encounter.records import CAUSES
from varne.season.ledger import MOST_DEATHS, Ledger, empty_ledger
from varne.season.plan import Plan, year_of

_SHARES = np.array([0.2, 0.3, 0.1, 0.05, 0.02, 0.03, 0.05, 0.05, 0.0, 0.2])
_EFFECT = (1.0, 0.9, 0.8, 0.97, 1.0, 1.1, 0.95)


def made(plan: Plan, progress=None) -> Ledger:
    """Books of every member: deaths follow from the severity of events, people from what became of them."""
    members = np.arange(plan.draws * plan.replicates)
    ledger = empty_ledger(plan.levels.names, members, plan.replicates, plan.week_starts, plan.years)
    weeks, draws = len(plan.week_starts), plan.draws
    level = np.exp(0.5 * (uniforms("made level", draws, plan.seed) - 0.5))[members // plan.replicates]
    luck = uniforms("made luck", len(members) * weeks, plan.seed).reshape(len(members), weeks)
    risk = np.exp(1.5 * (uniforms("made risk", draws, plan.seed) - 0.5))[members // plan.replicates]
    odd = 1.0 + 0.1 * (uniforms("made effect", draws, plan.seed) - 0.5)[members // plan.replicates]
    days = (plan.week_starts / 86400.0) % 365.25
    season = 700.0 * (1.0 - 0.7 * np.cos(2.0 * np.pi * (days - 20.0) / 365.25))
    year_of_week = np.clip(year_of(ledger.week_starts), ledger.years[0], ledger.years[-1])
    sizes = np.arange(1, MOST_DEATHS + 1)
    shape = 0.75 ** (sizes - 1) * 0.25
    for place in range(len(ledger.policies)):
        effect = _EFFECT[place % len(_EFFECT)] * (odd if place else 1.0)
        one = ledger.weeks[place]
        people = np.round(level[:, None] * season * 2.0 * luck)
        one["people_at_sea"] = people
        one["boats_at_sea"] = np.ceil(people / 50.0)
        one["attempts"] = one["boats_at_sea"] * 1.4
        one["prevented"] = one["attempts"] - one["boats_at_sea"]
        one["people_attempting"], one["people_prevented"] = 1.4 * people, 0.4 * people
        one["boats_attended"] = 0.9 * one["boats_at_sea"]
        one["fatal_events"] = (risk * effect)[:, None] * one["boats_at_sea"] * 1e-3
        one["log_no_fatal_event"] = -one["fatal_events"] - 0.5 * one["fatal_events"] ** 2 / 100.0
        one["deaths"] = one["fatal_events"] * (sizes @ shape)
        one["serious_injuries"] = 2.0 * one["deaths"]
        for cause, share in zip(CAUSES, _SHARES, strict=True):
            one[f"deaths_{cause}"] = share * one["deaths"]
            one[f"events_{cause}"] = share * one["fatal_events"]
        if place:
            one["interventions"] = np.floor(0.1 * one["boats_at_sea"])
            one["fatal_interventions"] = 1e-3 * one["interventions"]
            one["log_no_fatal_intervention"] = one["interventions"] * np.log1p(-1e-3)
            one["crew_injuries"] = 2e-4 * one["interventions"]
        one["brought_back"] = 0.05 * people + 0.5 * one["interventions"] * 50.0
        one["arrivals"] = people - one["brought_back"] - one["deaths"]
        one["boats_arrived"] = 0.95 * one["boats_at_sea"]
        for number, year in enumerate(ledger.years):
            events = one["fatal_events"][:, year_of_week == year].sum(axis=1)
            ledger.severity[place, :, number, 1:] = events[:, None] * shape
    if progress:
        progress(plan.days, plan.days)
    return ledger
