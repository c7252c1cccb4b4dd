"""A simulation: months and years under policies, put together: one question, one answer, and all it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from varne.encounter.options import Option, chosen, read_options
from varne.encounter.outcome import interval_of_draws
from varne.errors import BadMembers, BadPolicy
from varne.facts.departures import Departures, departures, departures_texts, levels_beside, read_user_departures
from varne.facts.launch_places import as_it_was
from varne.facts.option_tables import with_user_options
from varne.facts.own import OwnNumbers
from varne.facts.policies import policy_rows, shipped_policies
from varne.facts.tables import Facts
from varne.files.folder import write_json, write_whole
from varne.files.season_blocks import UNFINISHED, clear_shelf
from varne.files.season_manifest import MANIFEST, Asked, manifest_of, read_manifest, what_differs
from varne.files.season_tables import (
    SEVERITY,
    WEEKS,
    need_parquet,
    read_ledger,
    weeks_frame,
    write_severity,
    write_weeks,
)
from varne.fingerprint import plan_fingerprint, season_fingerprint
from varne.question import read_members, with_user_file
from varne.season.assumed import follows_from, grounds
from varne.season.economics import LINES, CostBook, by_draw, compare_costs, cost_book, grade_of_policy, known_draws
from varne.season.exposure import exposure_of
from varne.season.ledger import Ledger
from varne.season.plan import Plan
from varne.season.policy import MET, Policy, near_option, read_policy
from varne.season.policy_levels import idle_changes, levels_of, options_intercepting
from varne.season.summary import contrast_of, summary_of
from varne.season.written import day_of
from varne.show.season_answer import PolicyAnswer, SeasonAnswer
from varne.show.season_picture import arrivals_picture, causes_picture, costs_picture, differences_picture
from varne.spread import Progress, Spread, alone
from varne.units import DAY
from varne.when import format_time

DRAWS, REPLICATES = 200, 5
_AS_IT_WAS = "as-it-was"
_FACTS, _FITTED = "facts.toml", "departures.toml"  # names under which a user's own files are kept
# Scores of docs/backtest.md; they are of a weekly forecast, which a season is not.
BACKTEST = (
    "Backtest: the forecast of arrivals one week ahead, over the 105 weeks of 2023 and 2024 without weather, scores "
    "285.3 people by CRPS, a mean error of the whole forecast (best baseline 289.8), and its 90 % intervals held 92 % "
    "of weeks. The departures of a season come from another model, which has no score; nor have deaths, and what a "
    "policy changes."
)
# What the season as it was gives for the years that were counted: the table of docs/season.md.
LOOKED_BACK = (
    "Looked back on, with the shipped facts and departures: as it was, 2019 to 2024 have 46 (18 to 93) boats with a "
    "death and 473 (115 to 853) deaths, where 35 and 134 were counted; 2024 alone 12 (3.2 to 30) and 141 (24 to 309), "
    "where 19 and 62 were. Deaths are some three times too many in the mean, most of them in single disasters."
)


@dataclass(frozen=True, slots=True)
class Simulation:
    """The answer of a season, with the books it comes from."""

    answer: SeasonAnswer
    ledger: Ledger
    plan: Plan
    policies: tuple[Policy, ...]
    texts: Mapping[str, str]  # files of the policies and facts as they were read, by the name they are kept under
    asked: Asked

    def as_json(self) -> dict[str, Any]:
        """
        Return the answer in the published format, ``season.json``.

        Returns
        -------
        dict
            As the schema ``varne/schema/season.json`` says.
        """
        return self.answer.as_json()

    def frame(self) -> pd.DataFrame:
        """
        Return the answer as a table, a row for each policy and period.

        Returns
        -------
        DataFrame
            Columns named as in ``season.json``, nested names joined by dots. [people, boats, events]
        """
        rows = [
            {"policy": policy["name"], **period, "in_one_event": None}
            for policy in self.answer.as_json()["policies"]
            for period in policy["periods"]
        ]
        return pd.json_normalize(rows).drop(columns="in_one_event").set_index(["policy", "period"])

    def weeks(self) -> pd.DataFrame:
        """
        Return every week of every member under every policy.

        Returns
        -------
        DataFrame
            In the form of ``weeks.parquet``. [people, boats, events]
        """
        return weeks_frame(self.ledger)

    def figures(self) -> dict[str, Figure]:
        """
        Draw the answer.

        Returns
        -------
        dict of str to Figure
            ``arrivals``, ``causes``, ``costs`` and, where there is more than one policy, ``differences``.
        """
        drawn = {
            "arrivals": arrivals_picture(self.answer),
            "causes": causes_picture(self.answer),
            "costs": costs_picture(self.answer),
        }
        return drawn | ({"differences": differences_picture(self.answer)} if len(self.policies) > 1 else {})

    def write(self, folder: Path) -> list[Path]:
        """
        Write answer, tables, pictures, policies and manifest: whole, or not at all.

        What was kept of this season in the folder while it was unfinished is deleted after that.

        Parameters
        ----------
        folder : Path
            Made if it does not exist. [1]

        Returns
        -------
        list of Path
            The files; the manifest last.

        Raises
        ------
        BadInput
            If the folder cannot be written to, or the library for Parquet is not installed.
        """
        need_parquet()
        written: dict[str, Path] = {}
        writers: dict[str, Callable[[Path], object]] = {
            "season.json": lambda path: write_json(self.as_json(), path),
            WEEKS: lambda path: write_weeks(self.ledger, path),
            SEVERITY: lambda path: write_severity(self.ledger, path),
        }
        for name, figure in self.figures().items():
            writers[f"{name}.png"] = partial(figure.savefig, dpi=150)
        for name, text in self.texts.items():
            writers[name] = partial(_write_text, text)

        def _kept(name: str, write: Callable[[Path], object]) -> Callable[[Path], object]:
            def _writing(path: Path) -> None:
                write(path)
                written[name] = path

            return _writing

        whole = {name: _kept(name, write) for name, write in writers.items()}
        whole[MANIFEST] = lambda path: write_json(manifest_of(self.asked, self.answer.fingerprint, written), path)
        files = write_whole(folder, whole)
        clear_shelf(folder / UNFINISHED, plan_fingerprint(self.plan))
        return files


def simulate(
    policies: Sequence[str | Path],
    *,
    dates: tuple[str | None, str | None] = (None, None),
    members: int | str | tuple[int, int] = (DRAWS, REPLICATES),
    seed: int = 1,
    facts: str | Path | OwnNumbers | None = None,
    reference: str | None = None,
    spread: Spread | None = None,
    progress: Progress = None,
) -> Simulation:
    """
    Follow a season under policies, the same days, boats and luck under each.

    Parameters
    ----------
    policies : sequence of str or Path
        Files, or names of shipped policies. [1]
    dates : tuple of str, optional
        First and last day; the policies' own where left out. [1]
    members : int, str or tuple of int, optional
        How many; or epistemic draws and replicates, ``(200, 5)`` or ``"200x5"``. [1]
    seed : int, optional
        Names the experiment. [1]
    facts : str, Path or OwnNumbers, optional
        A facts file with your own numbers and options; or that and tables of departures of your own, written by
        ``varne season fit``: ``OwnNumbers(departures="mine.toml")``. [unit]
    reference : str, optional
        Name of the policy that others are compared to; ``as-it-was`` where it is given, or else the first. [1]
    spread : callable, optional
        Where the work is done; threads of this machine when left out. [1]
    progress : callable, optional
        Told how many days of all blocks of members are done, and of how many. [1]

    Returns
    -------
    Simulation

    Raises
    ------
    BadInput
        If the question cannot be answered as it was put.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> def nothing(plan, progress):
    ...     return empty_ledger(plan.levels.names, np.arange(4), 2, plan.week_starts, plan.years)
    >>> days = ("2024-07-01", "2024-07-07")
    >>> found = simulate(["as-it-was", "more-rescue"], dates=days, members="2x2", spread=nothing)
    >>> found.answer.reference, found.answer.policies[1].contrast.p_fewer_deaths
    ('as-it-was', 0.5)
    """
    draws, replicates = read_members(members)
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**63:
        raise BadMembers(f"seed is {seed}; write a whole number from 0 to 9223372036854775807.")
    found = [policy_rows(str(asked)) for asked in policies]
    read = tuple(read_policy(rows, origin) for origin, rows in found)
    own = facts if isinstance(facts, OwnNumbers) else OwnNumbers(facts)
    known, option_rows = with_user_file(own.facts)
    fitted = departures() if own.departures is None else read_user_departures(Path(own.departures))
    start, days = _season(read, dates)
    base = _reference(read, reference)
    options = _options(read, option_rows, known)
    day_starts = start + DAY * np.arange(days, dtype=np.float64)
    names = [option.name for option in options]
    levels = levels_of(read, day_starts=day_starts, draws=draws, seed=seed, option_names=names)
    plan = Plan(start, days, draws, replicates, seed, known, fitted, options, levels)
    asked, texts = _asked(policies, own, plan, base)
    ledger = (spread or alone())(plan, progress)
    question = {"policies": [rows for _, rows in found], "start": start, "days": days, "members": [draws, replicates]}
    named = season_fingerprint(question, known, fitted, option_rows, seed)
    answer = _answer(ledger, plan, read, base, named)
    if own.departures is not None:
        answer = replace(answer, backtest=f"{_said_of(Path(own.departures), fitted)} {answer.backtest}")
    return Simulation(answer, ledger, plan, read, texts, asked)


def replay(folder: Path, *, spread: Spread | None = None, progress: Progress = None) -> tuple[str, ...]:
    """
    Compute a season again from its folder, and say what differs.

    Parameters
    ----------
    folder : Path
        Written by :meth:`Simulation.write`. [1]
    spread : callable, optional
        Where the work is done; threads of this machine when left out. [1]
    progress : callable, optional
        Told how many days of all blocks of members are done, and of how many. [1]

    Returns
    -------
    tuple of str
        A sentence for each difference; empty when every number is equal, bit for bit.

    Raises
    ------
    BadFile
        If the folder is not whole.

    Examples
    --------
    >>> replay(Path("nowhere"))
    Traceback (most recent call last):
    varne.errors.BadFile: nowhere has no manifest.json; name a folder that varne season --out has written.
    """
    asked, fingerprint = read_manifest(folder)
    old = read_ledger(folder, policies=asked.names, replicates=asked.replicates)
    new = simulate(
        [folder / name for name in asked.policies],
        dates=(asked.first, asked.last),
        members=(asked.draws, asked.replicates),
        seed=asked.seed,
        facts=OwnNumbers(*(None if name is None else folder / name for name in (asked.facts, asked.departures))),
        reference=asked.reference,
        spread=spread,
        progress=progress,
    )
    return what_differs(old, new.ledger, (fingerprint, new.answer.fingerprint))


def _season(policies: Sequence[Policy], dates: tuple[str | None, str | None]) -> tuple[float, int]:
    """The first midnight and the number of days."""
    given = {flag: text for flag, text in zip(("--from", "--until"), dates, strict=True) if text is not None}
    starts, ends = ({one.start for one in policies}, {one.start + DAY * (one.days - 1) for one in policies})
    for flag, own in (("--from", starts), ("--until", ends)):
        if flag not in given and len(own) > 1:
            said = ", ".join(sorted(format_time(time).partition("T")[0] for time in own))
            raise BadPolicy(f"The policies are of different seasons ({said}); say which with {flag}.")
    start = day_of(given, "--from", "The season", otherwise=min(starts))
    end = day_of(given, "--until", "The season", otherwise=max(ends))
    if end < start:
        first, last = (format_time(time).partition("T")[0] for time in (start, end))
        raise BadPolicy(f"The season ends on {last}, before it starts on {first}; write a later --until.")
    return start, round((end - start) / DAY) + 1


def _reference(policies: Sequence[Policy], asked: str | None) -> str:
    names = [one.name for one in policies]
    if asked is not None and asked not in names:
        raise BadPolicy(
            f"reference is {asked!r}, which is not among the policies {', '.join(names)}; name one of them."
        )
    return asked or (_AS_IT_WAS if _AS_IT_WAS in names else names[0])


def _options(policies: Sequence[Policy], rows: Any, facts: Facts) -> tuple[Option, ...]:
    every = read_options(with_user_options(rows, as_it_was()), facts)
    names = tuple(every)
    for one in (setting for policy in policies for setting in policy.settings if setting.option):
        near_option(one.option, names, one.place)  # refused with its file and place
    found = tuple(chosen(every, [*MET, *options_intercepting(policies)]))
    for option in found:
        if option.responder != "ashore" and (np.isfinite(option.applies_depth) or np.isfinite(option.applies_within)):
            raise BadPolicy(
                f"Option {option.name!r} needs shallow water or a near shore, and whoever is sent may meet the boat "
                "anywhere; in a season such an option is for officers ashore: responder = 'ashore'."
            )
    return found


def _asked(policies: Sequence[str | Path], own: OwnNumbers, plan: Plan, reference: str) -> tuple[Asked, dict[str, str]]:
    facts, fitted = (
        None if given is None else name for given, name in ((own.facts, _FACTS), (own.departures, _FITTED))
    )
    texts = {f"policy-{number}.toml": _text(str(one)) for number, one in enumerate(policies, 1)}
    first, last = (format_time(time).partition("T")[0] for time in plan.day_starts[[0, -1]])
    asked = Asked(
        tuple(texts), plan.levels.names, first, last, plan.draws, plan.replicates, plan.seed, reference, facts, fitted
    )
    if own.facts is not None:
        texts[_FACTS] = Path(own.facts).read_text(encoding="utf-8")
    if own.departures is not None:
        texts[_FITTED], texts[levels_beside(Path(_FITTED)).name] = departures_texts(Path(own.departures))
    return asked, texts


def _said_of(path: Path, fitted: Departures) -> str:
    first, last = (np.datetime64(month, "M") for month in (fitted.first_month, fitted.last_month))
    return f"Departures are drawn from {path.name}, fitted to {first} to {last}, and not from the shipped tables."


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


def _text(asked: str) -> str:
    if asked in shipped_policies():
        return resources.files("varne.facts").joinpath("policies", f"{asked}.toml").read_text(encoding="utf-8")
    return Path(asked).read_text(encoding="utf-8")


def _answer(
    ledger: Ledger, plan: Plan, policies: Sequence[Policy], reference: str, named: Mapping[str, Any]
) -> SeasonAnswer:
    book = cost_book(ledger, plan, policies)
    by_name = {one.name: one for one in policies}
    first, last = (format_time(time).partition("T")[0] for time in plan.day_starts[[0, -1]])
    exposures = exposure_of(ledger, plan, policies)
    answers = []
    for place, one in enumerate(policies):
        grade = grade_of_policy(one, plan)
        compared: dict[str, Any] = {}
        if one.name != reference:
            found = grounds(one, by_name[reference], plan)
            compared = {
                "contrast": contrast_of(ledger, one.name, reference),
                "comparison": compare_costs(ledger, book, policy=one.name, reference=reference, grade=grade),
                "grounds": found,
                "follows_from": follows_from(found),
            }
        costs = _costs(book, place)
        answers.append(
            PolicyAnswer(
                one.name, one.says, one.source, grade, summary_of(ledger, one.name), exposures[place],
                costs.pop("total"), costs, one.price_years, idle=idle_changes(one, plan.day_starts), **compared,
            )
        )  # fmt: skip
    arrivals = {name: ledger.weeks["arrivals"][place] for place, name in enumerate(ledger.policies)}
    return SeasonAnswer(
        first,
        last,
        reference,
        plan.draws,
        plan.replicates,
        tuple(answers),
        ledger.week_starts,
        arrivals,
        f"{BACKTEST} {LOOKED_BACK}",
        named,
    )


def _costs(book: CostBook, place: int) -> dict[str, Any]:
    amounts = {"total": book.total[place]}
    amounts |= {line: book.amounts[number, place].sum(axis=-1) for number, line in enumerate(LINES)}
    return {line: interval_of_draws(known_draws(by_draw(values, book.replicates))) for line, values in amounts.items()}
