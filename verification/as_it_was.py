"""
The season engine under the shipped facts, 2019 to 2024, every cause at once: events and deaths beside what was counted.

    python -m verification.as_it_was
"""

from dataclasses import replace

import numpy as np
from verification.counted import FITTED, YEARS, history
from verification.exposures import followed, plan, summed

from varne.encounter.records import CAUSES
from varne.facts.tables import shipped_facts

DRAWS = 100


def report(draws: int = DRAWS) -> str:
    """Counted events that are expected, deaths, and events by cause."""
    events, deaths, _, _ = (one[0] for one in summed(followed(replace(plan(), facts=shipped_facts()), draws)))
    boats = np.array([row["boats_at_sea"] for row in history()["year"]])
    seen = np.array([history()["seen"].get(cause, 1.0) for cause in CAUSES])
    counted, dead = (events * seen).sum(axis=-1) * boats, deaths.sum(axis=-1) * boats
    of_draw = counted[:, : len(FITTED)].sum(axis=1)
    low, high = np.quantile(of_draw, [0.05, 0.95])
    in_all = dead[:, : len(FITTED)].sum(axis=1).mean()
    by_year = zip(YEARS, counted.mean(axis=0), dead.mean(axis=0), strict=True)
    lines = [f"{year}: {events_of:.1f} events, {deaths_of:.0f} deaths" for year, events_of, deaths_of in by_year]
    lines.append(f"fitted years: {of_draw.mean():.1f} ({low:.1f} to {high:.1f}) events, {in_all:.0f} deaths")
    lines += [
        f"{cause}: {100 * one:.3f} % of boats" for cause, one in zip(CAUSES, events.mean(axis=(0, 1)), strict=True)
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
