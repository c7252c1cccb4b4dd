"""Promises about claims on the command line."""

import json

from typer.testing import CliRunner

from varne.cli import app
from varne.season.claims import shipped_claims


def run(*words):
    return CliRunner().invoke(app, ["claims", *words], env={"COLUMNS": "200"})


def test_all_are_listed():
    """Every claim has its line, and what answers it."""
    result = run()
    assert result.exit_code == 0, result.output
    for name in shipped_claims():
        assert name in result.output
    assert "no evidence" in result.output
    assert len(json.loads(run("--json").output)) == len(shipped_claims())


def test_no_name_is_cut():
    """In a narrow terminal each name still stands whole on its line, to be typed."""
    for columns in ("80", "40"):
        lines = CliRunner().invoke(app, ["claims"], env={"COLUMNS": columns}).output.splitlines()
        assert set(shipped_claims()) <= {line.strip() for line in lines}
        assert max(map(len, lines)) <= int(columns)


def test_a_claim_without_evidence_says_so():
    """No number is computed."""
    result = run("no-effective-deterrent")
    assert "No evidence" in result.output
    assert json.loads(run("no-effective-deterrent", "--json").output)["computed"].startswith("No evidence")


def test_a_claim_about_an_encounter_is_computed_as_assess_does():
    """The paired difference in a hundred boats, with its interval, members and grade."""
    found = json.loads(run("making-waves", "--members", "4x3", "--json").output)["computed"]
    assert found[0]["members"] == "4 x 3 members"
    assert found[0]["value"]["low"] <= found[0]["value"]["mean"] <= found[0]["value"]["high"]
    assert found[0]["grade"] == "assumed"


def test_the_dates_are_printed_with_their_standing():
    """What must be checked says so."""
    result = run("--dates")
    assert "Check before use" in result.output
    assert "official" in result.output
    assert json.loads(run("--dates", "--json").output)[0]["date"] == "2022-04-24"


def test_an_unknown_claim_is_one_sentence():
    """Exit code 2."""
    result = run("eighty")
    assert result.exit_code == 2
    assert result.output.startswith("varne: Claim 'eighty' is not known")
