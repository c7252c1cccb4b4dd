"""Promises about `varne season POLICY.toml ...`."""

import html
import json
import re

import pytest
from tests.season.made import made
from typer.testing import CliRunner

from varne import spread
from varne.cli import app
from varne.facts.departures import departures
from varne.files.departures_file import write_departures

DAYS = ["--from", "2026-06-01", "--until", "2026-08-31", "--members", "4x2"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Books that are made up: the voyages are tested elsewhere."""
    monkeypatch.setattr(spread, "alone", lambda threads=None, keep=None: made)


def run(*words):
    return CliRunner().invoke(app, ["season", *words])


def test_it_answers_on_the_screen():
    """Tables of both policies, what they rest on, and the fingerprint."""
    said = run("as-it-was", "more-rescue", *DAYS)
    assert said.exit_code == 0
    assert "less as-it-was" in said.output and "Backtest" in said.output


def test_json_is_all_that_is_printed():
    """It can be read by a program."""
    said = run("as-it-was", *DAYS, "--json")
    assert json.loads(said.stdout)["season"]["reference"] == "as-it-was"


def test_a_folder_is_written_and_computed_again(tmp_path):
    """The folder holds all that is needed, and comes out equal."""
    out = tmp_path / "season"
    assert run("as-it-was", "more-rescue", *DAYS, "--out", str(out)).exit_code == 0
    assert {"season.json", "weeks.parquet", "severity.parquet", "manifest.json"} <= {
        path.name for path in out.iterdir()
    }
    said = run("--replay", str(out))
    assert said.exit_code == 0 and "equal bit for bit" in " ".join(said.output.split())


def test_a_policy_file_and_a_shipped_policy_go_together(tmp_path):
    """A file is told by its path, and may name the reference."""
    mine = tmp_path / "mine.toml"
    mine.write_text('like = "as-it-was"\nname = "mine"\nsays = "Mine."\n')
    said = run("as-it-was", str(mine), "--reference", "mine", *DAYS, "--json")
    assert json.loads(said.stdout)["season"]["reference"] == "mine"


def test_departures_of_ones_own_are_named_and_kept(tmp_path):
    """The screen says whose they are, and the folder holds them."""
    mine, out = tmp_path / "mine.toml", tmp_path / "out"
    write_departures(mine, departures(), source="Made up", date="2026-11-25", days="all days")
    said = run("as-it-was", *DAYS, "--departures", str(mine), "--out", str(out))
    assert said.exit_code == 0 and "drawn from mine.toml" in " ".join(said.output.split())
    assert (out / "departures.toml").read_text() == mine.read_text()
    assert (out / "departures_level.csv").is_file()
    assert run("--replay", str(out)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["as-it-wsa"], "did you mean 'as-it-was'"),
        (["--seed", "1"], "No policy is named"),
        (["as-it-was", "--replay", "x"], "has its own policies"),
        (["--replay", "nowhere"], "has no manifest.json"),
        (["--replay", "x", "--departures", "mine.toml"], "has its own numbers; leave mine.toml out"),
        (["as-it-was", "--departures", "nowhere.toml"], "Departures file nowhere.toml cannot be read"),
        (["as-it-was", "--departures", "."], "Departures file . cannot be read"),
        (["as-it-was", "--from", "2027-01-01", "--until", "2026-01-01"], "before it starts"),
        (["as-it-was", "as-it-was"], "Two policies are called"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(words, told):
    """Exit code 2, one sentence, nothing written."""
    said = run(*words)
    assert said.exit_code == 2
    assert told in " ".join(said.output.split()) and "Traceback" not in said.output


def test_an_option_that_does_not_exist_is_told_with_its_place(tmp_path):
    """The file, the change, the value, and what was meant."""
    intercept = 'intercept = { option = "jamm", share = 0.5, teams = 2 }\nsource = "s"\ngrade = "assumed"\n'
    mine = tmp_path / "mine.toml"
    mine.write_text(f'like = "as-it-was"\nname = "mine"\nsays = "Mine."\n[[change]]\n{intercept}')
    said = run(str(mine), *DAYS)
    words = "".join(said.output.split())
    assert said.exit_code == 2 and "mine.toml:change" in words and "'jamm'" in words and "didyoumean'jam'" in words


def test_a_season_that_comes_out_otherwise_fails(tmp_path, monkeypatch):
    """Exit code 1, and the column that differs."""

    def otherwise(plan, progress):
        ledger = made(plan)
        ledger.weeks["arrivals"] += 1.0
        return ledger

    out = tmp_path / "season"
    run("as-it-was", *DAYS, "--out", str(out))
    monkeypatch.setattr(spread, "alone", lambda threads=None, keep=None: otherwise)
    said = run("--replay", str(out))
    assert said.exit_code == 1 and "weeks.arrivals differs" in said.output


def test_a_folder_in_the_way_is_told_before_the_work(tmp_path, monkeypatch):
    """Nobody waits for a season that cannot be kept."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(spread, "alone", lambda threads=None, keep=None: pytest.fail)
    said = run("as-it-was", *DAYS, "--out", str(tmp_path / "file"))
    assert said.exit_code == 2 and "is no folder" in " ".join(said.output.split())


def test_interrupted_it_writes_nothing(monkeypatch, tmp_path):
    """Ctrl-C: exit code 130, and no folder."""

    def interrupted(plan, progress):
        raise KeyboardInterrupt

    monkeypatch.setattr(spread, "alone", lambda threads=None, keep=None: interrupted)
    said = run("as-it-was", *DAYS, "--out", str(tmp_path / "out"))
    assert said.exit_code == 130
    assert not (tmp_path / "out").exists()


def test_a_report_is_written_that_can_be_computed_again(tmp_path):
    """The command in it, with the files whose texts stand in it, gives the same fingerprint of facts and season."""
    place = tmp_path / "season.html"
    said = run("as-it-was", "more-rescue", *DAYS, "--report", str(place), "--language", "fr")
    assert said.exit_code == 0 and "written:" in said.output
    page = place.read_text(encoding="utf-8")
    blocks = [html.unescape(text) for text in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.S)]
    command, *texts = blocks
    names = re.findall(r"<h3><code>(.*?)</code></h3>", page)
    for name, text in zip(names, texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = [str(tmp_path / word) if word in names else word for word in command.split()[2:]]
    again = run(*words[: words.index("--report")], "--json")
    assert json.loads(again.stdout)["fingerprint"]["season"] in page


def test_a_report_that_cannot_be_written_is_refused_before_the_work(tmp_path):
    """Exit code 2 and one sentence."""
    said = run("as-it-was", *DAYS, "--report", str(tmp_path / "season.pdf"))
    assert said.exit_code == 2 and "end its name with .html" in " ".join(said.output.split())
