"""Promises about panels on the command line."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from varne.cli import OneSentence, facts_panels
from varne.facts.answers import read_answers
from varne.facts.tables import shipped_facts
from varne.question import with_user_file

EXAMPLES = Path(__file__).parents[2] / "examples"
SCENARIO = str(EXAMPLES / "gravelines.toml")
ANSWERS = sorted(map(str, (EXAMPLES / "panels").glob("*.toml")))
APP = typer.Typer(cls=OneSentence, pretty_exceptions_enable=False)
for command in (facts_panels.elicit, facts_panels.fit, facts_panels.panels):
    APP.command()(command)


def run(*words):
    return CliRunner().invoke(APP, [str(word) for word in words], env={"COLUMNS": "200"})


def test_a_questionnaire_is_written(tmp_path):
    """A file to fill in and a page to print, of assumed numbers, as many as asked for."""
    result = run("elicit", SCENARIO, "--out", tmp_path / "q", "--most", "5")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "q").iterdir()) == ["questionnaire.html", "questionnaire.toml"]
    text = (tmp_path / "q" / "questionnaire.toml").read_text(encoding="utf-8")
    names = [line.split('"')[1] for line in text.splitlines() if line.startswith("fact = ")]
    assert len(names) == 5
    assert {shipped_facts()[name].grade for name in names} == {"assumed"}
    assert "80 people on a 10 m boat" in text
    assert "Where it is used: " in text
    assert all(name in result.output for name in names)


def test_facts_can_be_asked_by_name(tmp_path):
    """What a panel knows about need not be what matters most."""
    result = run("elicit", SCENARIO, "--out", tmp_path, "--fact", "boat.speed", "--fact", "alert.located")
    assert result.exit_code == 0, result.output
    assert "2 questions: boat.speed, alert.located" in result.output


def test_answers_become_facts_files(tmp_path):
    """One for each panel and one of the pool, each usable by --facts; the screen shows them side by side."""
    result = run("fit", *ANSWERS, "--out", tmp_path / "p")
    assert result.exit_code == 0, result.output
    files = {path.name for path in (tmp_path / "p").iterdir()}
    assert files == {"example-charity.toml", "example-ministry.toml", "example-union.toml", "pool.toml"}
    for name in files:
        facts, _ = with_user_file(tmp_path / "p" / name)
        changed = [fact for fact in facts if fact != shipped_facts()[fact.name]]
        assert changed
        assert {fact.grade for fact in changed} == {"elicited"}
        assert all(fact.source.startswith(("Panel example ", "Equal-weight pool of panels")) for fact in changed)
    for words in ("as shipped", "example charity", "example ministry", "example union", "pool", "was not answered by"):
        assert words in result.output


def test_the_examples_are_marked_as_made_up():
    """They show the format, and are nobody's views."""
    for path in ANSWERS:
        assert Path(path).read_text(encoding="utf-8").startswith("# MADE UP")
        found = read_answers(Path(path))
        assert found.panel.startswith("example ")
        assert all(one.reason.startswith("Made up: ") for one in found.answers)
        assert found.warnings == ()


def test_panels_stand_side_by_side(tmp_path):
    """The options as shipped, as each panel sees them, and in the pool."""
    run("fit", *ANSWERS, "--out", tmp_path)
    result = run("panels", SCENARIO, tmp_path, "--members", "4x2")
    assert result.exit_code == 0, result.output
    heading = next(line for line in result.output.splitlines() if line.startswith(" response"))
    assert " ".join(heading.split()) == "response as shipped example charity example ministry example union pool"
    assert "4 draws of 2 members, seed 1" in result.output


def test_a_name_in_a_reason_is_pointed_out(tmp_path):
    """It is written, and whoever collects the answers is told."""
    text = Path(ANSWERS[0]).read_text(encoding="utf-8").replace("Made up: believes", "Made up: Anna Smith believes")
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    result = run("fit", tmp_path / "a.toml", "--out", tmp_path / "p")
    assert result.exit_code == 0
    assert "look again at" in result.output
    assert "'Anna Smith' reads like a person's name" in result.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("fit", ANSWERS[0], ANSWERS[0]), "twice in the same words"),
        (("fit", "nowhere.toml"), "cannot be read"),
        (("fit", SCENARIO), "have a field 'position'"),
        (("elicit", SCENARIO, "--fact", "boat.sped"), "did you mean 'boat.speed'"),
        (("elicit", SCENARIO, "--fact", "waves.swell_from_west"), "yes or no"),
        (("elicit", SCENARIO, "--language", "de"), "language is 'de'"),
        (("elicit", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_is_wrong_is_one_sentence(words, says, tmp_path):
    """Exit code 2, and nothing is written."""
    result = run(*words, "--out", tmp_path / "out")
    assert result.exit_code == 2, result.output
    assert says in result.output
    assert result.output.startswith("varne: ")
    assert result.output.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_without_panels_is_one_sentence(tmp_path):
    """With what to do first."""
    result = run("panels", SCENARIO, tmp_path)
    assert result.exit_code == 2
    assert "holds no facts file of a panel; write them with varne facts fit" in result.output


def test_a_fit_does_not_mix_with_an_older_one(tmp_path):
    """A folder that holds another fit is refused before anything is written."""
    assert run("fit", *ANSWERS, "--out", tmp_path / "p").exit_code == 0
    before = sorted(path.name for path in (tmp_path / "p").iterdir())
    again = run("fit", ANSWERS[0], "--out", tmp_path / "p")
    assert again.exit_code == 2 and "of another fit" in again.output
    assert sorted(path.name for path in (tmp_path / "p").iterdir()) == before


def test_a_pool_stands_beside_its_own_panels_alone(tmp_path):
    """A panel that is not in it is refused."""
    assert run("fit", *ANSWERS, "--out", tmp_path / "p").exit_code == 0
    (tmp_path / "p" / "stranger.toml").write_text((tmp_path / "p" / "example-union.toml").read_text("utf-8"), "utf-8")
    result = run("panels", SCENARIO, tmp_path / "p", "--members", "4x2")
    assert result.exit_code == 2 and "stranger.toml is not in the pool beside it" in result.output


def test_panels_with_options_of_their_own_are_not_compared(tmp_path):
    """Columns have the same rows, or none are shown."""
    (tmp_path / "own.toml").write_text((EXAMPLES / "facts" / "handover.toml").read_text("utf-8"), "utf-8")
    result = run("panels", SCENARIO, tmp_path, "--members", "4x2")
    assert result.exit_code == 2 and "has other options than the shipped facts" in result.output


def test_a_program_can_read_how_panels_see_it(tmp_path):
    """Every option of every column: deaths with their interval, its places, and no chance where assumption decides."""
    assert run("fit", *ANSWERS, "--out", tmp_path / "p").exit_code == 0
    found = json.loads(run("panels", SCENARIO, tmp_path / "p", "--members", "20x2", "--json").stdout)
    assert len(found["panels"]) == len(ANSWERS) + 2  # as shipped, and the pool
    for panel in found["panels"]:
        for option in panel["options"]:
            low, mean, high = (option["expected_deaths"][key] for key in ("low", "mean", "high"))
            assert low <= mean <= high
            assert (option["p_safer"] is None) == bool(option["follows_from"])


def test_a_number_that_nothing_here_uses_is_not_asked(tmp_path):
    """A panel's time is not spent on what changes nothing."""
    result = run("elicit", SCENARIO, "--out", tmp_path / "q", "--fact", "cost.lifeboat_day")
    assert result.exit_code == 2 and "used by none of the options" in result.output
    assert not (tmp_path / "q").exists()


def test_a_questionnaire_in_french_is_french(tmp_path):
    """What it drives, and by which responses it is used."""
    result = run("elicit", SCENARIO, "--out", tmp_path / "q", "--fact", "effect.jam_success", "--language", "fr")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "q" / "questionnaire.html").read_text(encoding="utf-8")
    assert "réponses\xa0: bloquer" in page and "responses" not in page
