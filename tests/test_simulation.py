"""Promises about a season put together."""

import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tests.season.made import made
from varne.errors import BadFact, BadFile, BadInput, BadMembers, BadPolicy
from varne.facts.departures import departures, levels_beside
from varne.facts.own import OwnNumbers
from varne.files.departures_file import write_departures
from varne.files.season_manifest import MANIFEST
from varne.season.ledger import empty_ledger
from varne.simulation import BACKTEST, LOOKED_BACK, replay, simulate
from varne.spread import alone

DAYS = ("2026-06-01", "2027-02-28")
ASKED = ("as-it-was", "interceptions-at-sea", "more-rescue", "rwanda-style-scheme")


@pytest.fixture(scope="module")
def found():
    return simulate(ASKED, dates=DAYS, members="8x3", spread=made)


def _answers(found):
    return {one["name"]: one for one in found.as_json()["policies"]}


def test_the_answer_has_the_published_form(found):
    """JSON without infinities that the schema accepts."""
    schema = json.loads(resources.files("varne").joinpath("schema/season.json").read_text(encoding="utf-8"))
    content = json.loads(json.dumps(found.as_json(), allow_nan=False))
    jsonschema.Draft202012Validator(schema).validate(content)


def test_the_schema_refuses_what_it_does_not_name(found):
    """The schema is closed: a field that nobody described does not pass."""
    schema = json.loads(resources.files("varne").joinpath("schema/season.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**found.as_json(), "more": 1}, schema)


def test_the_same_question_has_the_same_answer(found):
    """Bit for bit, fingerprint and all."""
    again = simulate(ASKED, dates=DAYS, members=(8, 3), spread=made)
    assert again.as_json() == found.as_json()


def test_the_fingerprint_knows_what_was_asked(found):
    """Other days or policies are another season; facts and code stay."""
    other = simulate(ASKED[:2], dates=DAYS, members="8x3", spread=made).answer.fingerprint
    mark = found.answer.fingerprint
    assert other["season"] != mark["season"]
    assert (other["facts"], other["code"]) == (mark["facts"], mark["code"])


def test_what_follows_from_assumption_has_no_probability(found):
    """A sweep of deterrence gives no chance of fewer deaths; lifeboats do."""
    answers = _answers(found)
    assert answers["as-it-was"]["difference"] is None
    assert answers["rwanda-style-scheme"]["difference"]["follows_from"] == ["deterrence"]
    assert answers["rwanda-style-scheme"]["difference"]["p_fewer_deaths"] is None
    assert answers["more-rescue"]["difference"]["p_fewer_deaths"] is not None


def test_a_policy_and_its_copy_do_not_differ(tmp_path):
    """The same levers under another name, with the real books' pairing: every difference is exactly zero."""
    copy = tmp_path / "copy.toml"
    copy.write_text('like = "as-it-was"\nname = "copy"\nsays = "The same."\n')

    def twice(plan, progress):
        one = made(plan)
        one.weeks[1], one.severity[1] = one.weeks[0], one.severity[0]
        return one

    pair = simulate(["as-it-was", copy], dates=DAYS, members="4x2", spread=twice).answer.policies[1]
    assert all(one.low == one.mean == one.high == 0.0 for one in pair.contrast.counts.values())
    assert pair.comparison.cost.low == pair.comparison.cost.high == 0.0


def test_written_and_computed_again_it_is_equal(found, tmp_path):
    """Every file of the manifest is there, and the season comes out bit for bit the same."""
    files = found.write(tmp_path / "out")
    assert files[-1].name == MANIFEST and all(file.is_file() for file in files)
    assert replay(tmp_path / "out", spread=made) == ()


def test_a_season_that_comes_out_otherwise_is_told(found, tmp_path):
    """Each column that differs is named."""
    found.write(tmp_path)

    def none(plan, progress):
        members = np.arange(plan.draws * plan.replicates)
        return empty_ledger(plan.levels.names, members, plan.replicates, plan.week_starts, plan.years)

    assert any(sentence.startswith("weeks.arrivals differs") for sentence in replay(tmp_path, spread=none))


def test_a_folder_that_was_touched_is_not_replayed(found, tmp_path):
    """A changed policy is no longer the one that was computed."""
    found.write(tmp_path)
    (tmp_path / "policy-2.toml").write_text("name = 'other'")
    with pytest.raises(BadFile, match=r"policy-2\.toml has been changed"):
        replay(tmp_path, spread=made)


def test_an_interrupted_writer_leaves_nothing(found, tmp_path, monkeypatch):
    """Ctrl-C in the last picture: no file of the folder is written."""
    figure = found.figures()["arrivals"]

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(figure), "savefig", interrupted)
    with pytest.raises(KeyboardInterrupt):
        found.write(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_tables_hold_what_the_answer_says(found):
    """The mean of arrivals over members is that of the rows, and of the frame."""
    rows = found.weeks().groupby("policy")["arrivals"].sum() / (8 * 3)
    frame = found.frame()
    for name in ASKED:
        assert frame.loc[(name, "season"), "counts.arrivals.mean"] == pytest.approx(rows[name])


@pytest.fixture
def fuller(tmp_path):
    """Tables of departures with twice as many people in each boat, as `varne season fit` writes them."""
    table = departures()
    path = tmp_path / "fuller.toml"
    more = replace(table, log_load=table.log_load + np.log(2.0))
    write_departures(path, more, source="Made up", date="2026-11-25", days="all days")
    return path


def test_departures_of_ones_own_are_used(fuller, found):
    """Twice as full in the plan, another fingerprint, and the answer says whose they are; facts are as shipped."""
    own = simulate(ASKED, dates=DAYS, members="8x3", facts=OwnNumbers(departures=fuller), spread=made)
    assert own.plan.departures.log_load == pytest.approx(found.plan.departures.log_load + np.log(2.0), abs=1e-4)
    assert own.answer.fingerprint["facts"] != found.answer.fingerprint["facts"]
    assert own.answer.fingerprint["season"] == found.answer.fingerprint["season"]
    assert own.answer.label[-1].startswith("Departures are drawn from fuller.toml, fitted to 2019-01 to 2024-12")


def test_departures_of_ones_own_are_kept_and_computed_again(fuller, tmp_path):
    """The folder holds both files; replay uses them, also when the user's own are gone; a change is noticed."""
    own = OwnNumbers(departures=fuller)

    def crowded(plan, progress):  # books that depend on the tables
        ledger = made(plan)
        ledger.weeks["arrivals"] *= np.exp(plan.departures.log_load[-1])
        return ledger

    out = tmp_path / "out"
    simulate(ASKED[:2], dates=DAYS, members="4x2", facts=own, spread=crowded).write(out)
    for path in (fuller, levels_beside(fuller)):
        path.unlink()
    assert replay(out, spread=crowded) == ()
    (out / "departures_level.csv").write_text("month")
    with pytest.raises(BadFile, match=r"departures_level\.csv has been changed"):
        replay(out, spread=crowded)


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"dates": ("2026-06-01", "2026-05-01")}, BadPolicy, "before it starts"),
        ({"dates": ("June", None)}, BadPolicy, "--from = 'June'"),
        ({"reference": "nobody"}, BadPolicy, "not among the policies"),
        ({"members": "none"}, BadMembers, "members is 'none'"),
        ({"seed": -1}, BadMembers, "seed is -1"),
        ({"facts": "nowhere.toml"}, BadInput, "nowhere.toml"),
        ({"facts": OwnNumbers(departures="nowhere.toml")}, BadFact, "Departures file nowhere.toml cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(given, error, words):
    """The field, the value and the remedy; nothing is computed."""
    with pytest.raises(error) as told:
        simulate(["as-it-was"], **{"dates": DAYS, "spread": made, **given})
    assert words in str(told.value) and "\n" not in str(told.value)


def test_the_score_is_that_of_the_backtest():
    """The label quotes its page."""
    page = Path(__file__).parents[1] / "docs" / "backtest.md"
    row = next(line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| **Varne**"))
    assert re.search(r"285\.3", row) and len(re.findall("/92/", row)) == 2
    assert "289.8" in page.read_text(encoding="utf-8") and {"285.3", "289.8", "92"} <= set(
        re.findall(r"[\d.]+", BACKTEST)
    )


def test_what_was_looked_back_on_is_what_the_page_says():
    """Means, intervals and counts stand in the table of the page."""
    page = (Path(__file__).parents[1] / "docs" / "season.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in page.splitlines()]
    found = {row[1]: row[4:8] for row in rows if len(row) == 9}
    assert all(cell in LOOKED_BACK for year in ("all", "2024") for cell in found[year])
    counted = [found[str(year)] for year in range(2019, 2025)]
    assert [sum(int(row[place]) for row in counted) for place in (1, 3)] == [
        int(found["all"][place]) for place in (1, 3)
    ]


def test_policies_of_different_seasons_ask_which(tmp_path):
    """Neither is stretched in silence."""
    other = tmp_path / "other.toml"
    other.write_text('like = "as-it-was"\nname = "other"\nsays = "Longer."\nend = 2027-12-31\n')
    with pytest.raises(BadPolicy, match=r"different seasons.*--until"):
        simulate(["as-it-was", other], spread=made)


def test_the_engine_keeps_its_laws():
    """Two weeks, every voyage computed: people at sea are accounted for, and causes add up."""
    days = ("2026-06-01", "2026-06-14")
    short = simulate(["as-it-was", "more-rescue"], dates=days, members="2x1", spread=alone())
    weeks = short.ledger.weeks
    ends = sum(weeks[name] for name in ("arrivals", "brought_back", "ashore_elsewhere", "unresolved", "deaths"))
    assert weeks["people_at_sea"].sum() > 0.0
    assert ends == pytest.approx(weeks["people_at_sea"], rel=1e-6)
    causes = sum(weeks[name] for name in weeks.dtype.names if name.startswith("deaths_"))
    assert causes == pytest.approx(weeks["deaths"], rel=1e-6, abs=1e-12)
