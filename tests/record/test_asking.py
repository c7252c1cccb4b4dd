"""Promises about what is entered of a question besides its figures."""

import ast
import subprocess
import sys

import pytest
from tests.recorded import NOW, asking, new_record

from varne.record.asking import Recorded, record_failure, record_shown

COMPUTED = Recorded(7, "0" * 32, f"sha256:{'1' * 64}")
LIGHT = "import sys; import varne.record.asking; print(sorted(name.partition('.')[0] for name in sys.modules))"


@pytest.fixture
def record(tmp_path):
    return new_record(tmp_path, now=NOW)


def test_who_saw_an_answer_is_entered(record):
    """Entry and digest of the answer, to whom, how and when."""
    to = ["commander", "watch officer"]
    index = record_shown(record.folder, COMPUTED, to=to, how="screen", asking=asking(case="2026-31"))
    event = record.entry(index).content
    assert (event["kind"], event["case"], event["time"]) == ("shown", "2026-31", "2026-01-31T04:05:06.000Z")
    assert event["data"] == {
        "computed": COMPUTED.id, "answer": COMPUTED.answer, "to": to, "how": "screen", "shown": True,
    }  # fmt: skip


def test_that_nobody_saw_it_is_entered_as_that(record):
    """Nothing says that it was shown."""
    index = record_shown(record.folder, COMPUTED, to=[], how="file", asking=asking())
    assert record.entry(index).content["data"]["shown"] is False


def test_a_failure_is_entered_with_what_was_asked_and_answered(record):
    """As one of kind computed, without figures."""
    index = record_failure(record.folder, "assess", {"people": "0"}, "people is 0", asking(case="2026-31"))
    event = record.entry(index).content
    assert (event["kind"], event["case"]) == ("computed", "2026-31")
    assert event["data"] == {"command": "assess", "question": {"people": "0"}, "failed": "people is 0"}
    assert event["outputs"] == []


def test_an_interruption_can_be_entered_whatever_was_being_loaded():
    """Nothing that computes is loaded for it, which half loaded would fail."""
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert not {"numpy", "numba", "scipy", "matplotlib", "xarray"} & set(ast.literal_eval(done.stdout))
