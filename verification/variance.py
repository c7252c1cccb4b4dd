"""What common luck and integrated deaths are worth: variance of a paired difference, three ways."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, few_members, lay_out
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

Array = NDArray[np.float64]
QUESTION = Path(__file__).parents[1] / "examples" / "gravelines.toml"
PAIRS = (("leave", "escort"), ("escort", "jam"), ("escort", "board"), ("monitor", "escort"))


@dataclass(frozen=True, slots=True)
class Worth:
    """Standard deviation over members of the difference of two options, in deaths."""

    pair: tuple[str, str]
    mean: float
    common: float  # same members, deaths integrated: what Varne does
    independent: float  # other members for each option, deaths integrated
    drawn: float  # same members, the number of deaths of each drawn from its distribution


def laid_out(names: tuple[str, ...], members: tuple[int, int], seed: int) -> Setting:
    """The Gravelines encounter under some options."""
    options = chosen(read_options(shipped_option_rows(), shipped_facts()), names)
    return lay_out(Scenario.read(QUESTION), shipped_facts(), options, members, seed)


def worths(members: tuple[int, int] = (200, 1), seed: int = 1) -> list[Worth]:
    """Measure each pair; one replicate a draw, so that the distribution of each member is known."""
    names = tuple(dict.fromkeys(name for pair in PAIRS for name in pair))
    found, other = (run(laid_out(names, members, one)) for one in (seed, seed + 1))
    deaths, elsewhere = found.members["deaths"][:, 0], other.members["deaths"][:, 0]
    lots = drawn_deaths(found.deaths, np.random.default_rng(seed))
    answer = []
    for pair in PAIRS:
        one, two = (names.index(name) for name in pair)
        answer.append(
            Worth(
                pair,
                float((deaths[:, two] - deaths[:, one]).mean()),
                float((deaths[:, two] - deaths[:, one]).std(ddof=1)),
                float((deaths[:, two] - elsewhere[:, one]).std(ddof=1)),
                float((lots[:, two] - lots[:, one]).std(ddof=1)),
            )
        )
    return answer


def drawn_deaths(chances: Array, random: np.random.Generator) -> Array:
    """Draw a number of deaths for each member and option, with the same lot under every option."""
    lots = random.random((chances.shape[0], 1, 1))
    return np.asarray((chances.cumsum(axis=2) < lots).sum(axis=2), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Rarity:
    """Variance over the members of one epistemic draw, luck alone: probabilities against what is drawn from them."""

    where: str
    chance: float  # that anyone dies [1]
    someone: float  # variance of the probability that anyone dies
    someone_drawn: float  # of 0 and 1 with that probability
    deaths: float  # of expected deaths
    deaths_drawn: float  # of a number of deaths drawn from the distribution


CALM = {"time": "2026-07-02T09:00Z", "people": 20, "waves": "0.2 m", "wind": "WSW 5 kn", "water": 16}


def rarities(members: int = 20_000, seed: int = 1) -> list[Rarity]:
    """The same boat at night and, with few people, on a calm summer day, where a death is rare."""
    names = ("leave", "escort")
    night = Scenario.read(QUESTION)
    answer = []
    for where, scenario in (("the question", night), ("a calm day, 20 people", calm_day(night))):
        options = chosen(read_options(shipped_option_rows(), shipped_facts()), names)
        # Two draws are laid out, so that the draw used is the same however many are asked for.
        found = run(few_members(lay_out(scenario, shipped_facts(), options, (2, members), seed), 1, members))
        for place, name in enumerate(names):
            one, mixture = found.members[0, :, place], found.deaths[0, place]
            chance, numbers = float(one["p_any_death"].mean()), np.arange(len(mixture))
            answer.append(
                Rarity(
                    f"{where}: {name}",
                    chance,
                    float(one["p_any_death"].var()),
                    chance * (1.0 - chance),
                    float(one["deaths"].var()),
                    float(mixture @ numbers**2 - (mixture @ numbers) ** 2),
                )
            )
    return answer


def calm_day(scenario: Scenario) -> Scenario:
    """The same place on a calm summer day."""
    return Scenario.of({**scenario.as_written(), "women": 4, "children": 2, "jackets": 10, **CALM})


def table_of_rarities(answer: list[Rarity]) -> str:
    """The comparison in numbers: how many times as many members 0/1 draws would need."""
    lines = ["| encounter | chance of any death | variance of it | of 0 or 1 | times | of deaths | drawn | times |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    lines += [
        f"| {one.where} | {one.chance:.1e} | {one.someone:.1e} | {one.someone_drawn:.1e} |"
        f" {one.someone_drawn / one.someone:,.0f} | {one.deaths:.1e} | {one.deaths_drawn:.1e} |"
        f" {one.deaths_drawn / one.deaths:,.0f} |"
        for one in answer
    ]
    return "\n".join(lines)


def table(answer: list[Worth]) -> str:
    """The comparison in words and numbers."""
    lines = ["| difference | mean deaths | common luck, integrated | independent | 0/1 deaths | variance saved |"]
    lines.append("|---|---|---|---|---|---|")
    for one in answer:
        saved = f"{(one.independent / one.common) ** 2:,.0f} x and {(one.drawn / one.common) ** 2:,.0f} x"
        lines.append(
            f"| {one.pair[1]} less {one.pair[0]} | {one.mean:.4f} | {one.common:.4f} | {one.independent:.3f} "
            f"| {one.drawn:.3f} | {saved} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(worths((20_000, 1))))
    print(table_of_rarities(rarities()))
