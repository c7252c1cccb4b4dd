"""`varne duties` as somebody types it."""

import json
from importlib import resources

import jsonschema
import pytest
from typer.testing import CliRunner

from varne.cli import app

QUESTION = (
    'position = "51 03.0N 001 38.0E"\ntime = 2026-03-14T02:30:00Z\npeople = 55\nlength = "9 m"\nwind = "WSW 12 kn"\n'
    'waves = "0.8 m"\nwater = "7 degC"\noptions = ["leave", "escort"]\n'
)
SCHEMA = json.loads(resources.files("varne").joinpath("schema", "duties.json").read_text())


def typed(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "question.toml"
    path.write_text(QUESTION)
    return path


@pytest.fixture
def log(tmp_path):
    assert typed("record", "init", tmp_path / "log").exit_code == 0
    words = ("--set", "what=information_received", "--set", "value=engine stopped", "--set", "source=caller aboard")
    assert typed("record", "append", tmp_path / "log", "known", "--role", "watch officer", *words).exit_code == 0
    return tmp_path / "log"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_scenario_is_told_and_is_no_legal_advice(scenario, language):
    """At the top and at the end, in both languages; never that an act was lawful."""
    found = typed("duties", scenario, "--members", "8x2", "--language", language)
    assert found.exit_code == 0
    said = found.stdout.strip().replace("\n", " ")
    advice = {"en": "Not legal advice.", "fr": "avis juridique"}[language]
    assert advice in said[:200] and advice in said[-250:]
    for word in ("lawful", "unlawful", "licite", "illicite"):
        assert word not in said.lower()


def test_the_json_is_as_its_schema_says(scenario):
    """For programs: no prose around it, and the states in English in both languages."""
    for language in ("en", "fr"):
        found = typed("duties", scenario, "--members", "8x2", "--json", "--language", language)
        told = json.loads(found.stdout)
        jsonschema.validate(told, SCHEMA)
        assert {duty["state"] for group in told["groups"] for duty in group["duties"]} == {"cannot tell"}


def test_a_record_is_told_with_its_cases(log):
    """What was entered stands beside the duty that it bears on."""
    found = typed("duties", log, "--key", vkey(log))
    assert found.exit_code == 0
    said = " ".join(found.stdout.split())
    assert "engine stopped" in said and "The record was checked and holds." in said
    assert "whose key it is" in " ".join(typed("duties", log).stdout.split())
    refused = typed("duties", log, "--case", "another")
    assert refused.exit_code == 2 and "another" in refused.stderr


def test_an_assessment_in_a_folder_is_told(scenario, tmp_path):
    """Its folder, or its file: the same."""
    folder = tmp_path / "assessment"
    assert typed("assess", scenario, "--members", "8x2", "--out", folder).exit_code == 0
    whole, file = (typed("duties", one, "--json") for one in (folder, folder / "assessment.json"))
    assert whole.exit_code == 0 and whole.stdout == file.stdout


def test_states_are_entered_into_the_record(log):
    """`--enter`: twelve entries, each with what it rests on; nothing else needs them typed again."""
    found = typed("duties", log, "--enter", "--role", "records officer", "--key", vkey(log))
    assert found.exit_code == 0, found.stderr
    events = json.loads(typed("record", "show", log, "--json").stdout)
    entered = [event for event in events if event["kind"] == "duty"]
    assert [event["data"]["duty"] for event in entered] == [f"D{number:02d}" for number in range(1, 13)]
    states = {event["data"]["duty"]: event["data"]["state"] for event in entered}
    assert states["D01"] == "cannot tell" and states["D12"] == "met"
    assert entered[0]["data"]["evidence"] == [events[1]["id"]]
    refused = typed("duties", log, "--enter", "--role", "records officer", "--until", "2026-01-31T04:00Z")
    assert refused.exit_code == 2 and "take --until out" in refused.stderr


def test_a_page_is_written(log, tmp_path):
    """In French, whole, with how to make it again."""
    path = tmp_path / "page.html"
    key = vkey(log)
    found = typed("duties", log, "--report", path, "--language", "fr", "--key", key)
    assert found.exit_code == 0
    page = path.read_text()
    assert page.startswith("<!doctype html>") and 'lang="fr"' in page
    assert f"varne duties {log.name} --key {key} --report page.html --language fr" in page


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--enter",), "--enter needs who enters it"),
        (("--enter", "--role", "officer"), "of a record"),
        (("--case", "one"), "of a record"),
        (("--language", "de"), "language is 'de'"),
        (("--report", "page.pdf"), "end its name with .html"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(scenario, words, says):
    """Exit code 2, nothing written."""
    found = typed("duties", scenario, *words)
    assert found.exit_code == 2 and says in found.stderr and "Traceback" not in found.stderr


def test_a_file_that_is_nothing_is_refused(tmp_path):
    """Neither record nor assessment nor scenario."""
    found = typed("duties", tmp_path / "nothing.toml")
    assert found.exit_code == 2 and "nothing.toml" in found.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    found = typed("duties", empty)
    assert found.exit_code == 2 and "assessment.json" in found.stderr


def vkey(log):
    return json.loads(typed("record", "show", log, 0, "--json").stdout)["data"]["vkey"]
