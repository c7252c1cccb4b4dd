"""How the ranking of options changes across what is not known: who is the safer in how many draws."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every option against every other, across the epistemic draws. [1]"""

    options: tuple[str, ...]
    p_safer: NDArray[np.float64]  # (option, option): chance that the one of the row is safer than that of the column
    within_noise: NDArray[
        np.float64
    ]  # (option, option): share of draws in which luck does not let the two be told apart
    p_safest: NDArray[np.float64]  # (option,): share of draws in which it has the fewest deaths
    follows_from: Mapping[tuple[str, str], tuple[str, ...]]  # pairs without a P(safer): the assumptions it follows from
