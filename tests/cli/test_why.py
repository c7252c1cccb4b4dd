"""`varne why` as somebody types it."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from varne.cli import app

QUESTION = (
    'position = "51 03.0N 001 38.0E"\ntime = 2026-03-14T02:30:00Z\npeople = 55\nlength = "9 m"\nwind = "WSW 12 kn"\n'
    'waves = "0.8 m"\nwater = "7 degC"\nreference = "escort"\noptions = ["leave", "monitor", "escort"]\n'
)
SMALL = ("--design", "8x2", "--singles", "2", "--fact", "effect.crowd_escort")


def typed(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    path = tmp_path_factory.mktemp("why") / "question.toml"
    path.write_text(QUESTION)
    return path


@pytest.fixture(scope="module")
def assessment(scenario):
    folder = scenario.parent / "assessment"
    assert typed("assess", scenario, "--members", "100x2", "--out", folder).exit_code == 0
    return folder


def test_a_scenario_is_explained(scenario, tmp_path):
    """On the screen and in the file."""
    found = typed("why", scenario, "--members", "20x2", *SMALL, "--out", tmp_path / "out")
    assert found.exit_code == 0
    assert "What follows from assumption alone" in found.stdout
    assert json.loads((tmp_path / "out" / "why.json").read_text())["members"] == {"draws": 20, "replicates": 2}


def test_an_assessment_is_explained_by_its_own_draws(scenario, assessment):
    """The same numbers as from its scenario, without asking again."""
    stored = json.loads(typed("why", assessment, *SMALL, "--json").stdout)
    asked = json.loads(typed("why", scenario, "--members", "100x2", *SMALL, "--json").stdout)
    assert stored == asked


def test_stored_draws_alone(assessment):
    """Nothing is computed; what is not known then is not shown."""
    found = json.loads(typed("why", assessment / "assessment.nc", "--stored", "--json").stdout)
    assert (found["drives"], found["break_evens"], found["effort"]) == ([], [], None)
    assert any(one["drivers"] for one in found["given"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.toml",), "nowhere.toml cannot be read"),
        (("{scenario}", "--design", "12x2"), "design has 12 rows; write a power of two"),
        (("{scenario}", "--design", "0x2"), "design has 0 rows"),
        (("{scenario}", "--design", "many"), "design is 'many'; write rows and replicates as 512x4"),
        (("{scenario}", "--singles", "0"), "singles is 0; write how many"),
        (
            ("{scenario}", "--fact", "effect.board_crowd"),
            "used by none of the options compared (leave, monitor, escort)",
        ),
        (("{scenario}", "--fact", "boat.sped"), "did you mean 'boat.speed'"),
        (("{scenario}", "--stored"), "has no assessment.json"),
        (("{assessment}", "--seed", "2"), "is an assessment, whose question is settled; leave --seed out"),
        (("{assessment}", "--reference", "leave"), "leave --reference out"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(scenario, assessment, tmp_path, words, said):
    """It quotes the value and says the remedy; exit code 2, nothing written."""
    named = [word.format(scenario=scenario, assessment=assessment) for word in words]
    found = typed("why", *named, "--out", tmp_path / "out")
    assert found.exit_code == 2
    assert said in found.output
    assert found.output.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--reference", "leave"),
        ("--seed", "9"),
        ("--members", "3x3"),
        ("--facts", "mine.toml"),
        ("--fact", "boat.speed"),
    ],
)
def test_stored_draws_alone_take_no_other_question(assessment, words):
    """What would be ignored is refused."""
    found = typed("why", assessment, "--stored", *words)
    assert found.exit_code == 2
    assert f"--stored looks at stored draws alone; leave {words[0]} out" in " ".join(found.output.split())


def test_stored_pairs_that_were_not_asked_say_so(assessment):
    """They follow from nothing that is known; they have no share either."""
    found = json.loads(typed("why", assessment, "--stored", "--json").stdout)
    pairs = {(one["option"], one["than"]): one for one in found["ranking"]["pairs"]}
    untold = pairs["leave", "monitor"]
    assert (untold["p_safer"], untold["asked"], untold["follows_from"]) == (None, False, [])
    assert pairs["leave", "escort"]["asked"]


def test_an_assessment_without_its_scenario_is_one_sentence(assessment, tmp_path):
    """A file that somebody cut is told, not a fault of the program."""
    broken = tmp_path / "broken"
    shutil.copytree(assessment, broken)
    answer = json.loads((broken / "assessment.json").read_text())
    del answer["scenario"]
    (broken / "assessment.json").write_text(json.dumps(answer))
    found = typed("why", broken, "--stored")
    assert found.exit_code == 2 and "cannot be read as an assessment" in " ".join(found.output.split())


def test_one_option_has_no_difference_to_explain(scenario):
    """One sentence instead of empty tables."""
    found = typed("why", scenario, "--options", "escort", "--members", "4x2")
    assert found.exit_code == 2 and "name two" in " ".join(found.output.split())


def test_a_number_is_asked_once(scenario):
    """The same one twice is a mistake."""
    found = typed("why", scenario, "--members", "4x2", *SMALL, "--fact", "effect.crowd_escort")
    assert found.exit_code == 2 and "is asked twice" in " ".join(found.output.split())
