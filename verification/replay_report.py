"""Both replays in words: the numbers of docs/replays.md."""

import math
from collections.abc import Sequence

import numpy as np
from verification.replay_drift import crowd_scatter, drift, rank_of_find, side_of_median, sinking_places
from verification.replays import (
    DRAWS,
    approaches,
    december_deaths,
    lives_lost,
    november_otherwise,
    november_survival,
    record,
    spread,
    unknown,
)  # fmt: skip

from varne.units import KNOT, NAUTICAL_MILE


def report(draws: int = DRAWS) -> str:
    """All results, for docs/replays.md."""
    lines = ["Calibration check, not validation.", "", "24 November 2021, of 33"]
    lines += [str(row) for row in november_survival(draws)]
    lines += november_otherwise(draws)
    for row in lives_lost(draws):
        would, lost = ("{:.1f} ({:.1f} to {:.1f})".format(*three) for three in (row.would_live, row.lost))
        lines.append(f"{row.mode:15} answered, {row.how}: would live {would}; lives lost by no answer {lost}")
    lines += ["", *_drift_lines(min(draws, 1000)), "", "14 December 2022, of 47"]
    lines += [str(row) for row in december_deaths(draws)]
    for one in approaches():
        lines.append(
            f"approach, crowd x {one.crowd_shift:g}, structure x {one.structure:g}: deaths "
            + "{:.4f} ({:.4f} to {:.4f})".format(*one.deaths)
            + f", any {one.any_death:.4f}, as many as there were {one.as_many:.5f}"
        )
    return "\n".join(lines)


def _drift_lines(draws: int) -> Sequence[str]:
    people = record()["november_2021"]["people"]
    cloud = drift(sinking_places(draws), people)
    moved = cloud.centre - cloud.start
    back = drift(np.zeros((draws, 2)), 1, backwards=True)
    implied = back.end[:, 0]
    bearing = math.degrees(math.atan2(*moved.mean(axis=0))) % 360.0
    latitude, longitude = cloud.plane.to_earth(*implied.mean(axis=0))
    miles = [value / NAUTICAL_MILE for value in spread(np.hypot(*moved.T))]
    area = math.pi * 4.605 * math.sqrt(np.linalg.det(np.cov(cloud.centre.T))) / NAUTICAL_MILE**2
    scatter = spread(crowd_scatter(cloud))
    side = [value / NAUTICAL_MILE for value in spread(-side_of_median(implied))]
    return [
        "drift from 03:12 to 12:49: {:.1f} ({:.1f} to {:.1f}) nautical miles".format(*miles)
        + f" towards {bearing:.0f}",
        f"ellipse of 90 % of the cloud: {area:.0f} square nautical miles; share of it farther out than the find: "
        f"{rank_of_find(cloud.centre):.2f}",
        f"find: {-side_of_median(np.zeros((1, 2)))[0] / NAUTICAL_MILE:.1f} nautical miles to the French side",
        f"find from the middle of the cloud: {np.hypot(*cloud.centre.mean(axis=0)) / NAUTICAL_MILE:.1f} nautical miles",
        "people about their middle: {:.0f} ({:.0f} to {:.0f}) m; on record a few hundred".format(*scatter),
        f"back from the find: {latitude:.3f} N {longitude:.3f} E, "
        + "{:.1f} ({:.1f} to {:.1f}) nautical miles to the French side of the median line".format(*side),
        f"wind drawn {np.median(unknown('november_2021', 'wind_speed', draws)) / KNOT:.1f} kn",
    ]


if __name__ == "__main__":
    print(report())
