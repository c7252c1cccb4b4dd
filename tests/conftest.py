"""One small assessment shared by the tests, and the question it answers."""

import pytest
from hypothesis import settings

from varne.assessment import Assessment, assess
from varne.encounter.scenario import Scenario

# The first call of a kernel compiles it: no deadline.
settings.register_profile("varne", deadline=None)
settings.load_profile("varne")

QUESTION = {
    "position": "51 03.0N 001 38.0E",
    "time": "2026-03-14T02:30Z",
    "people": 55,
    "length": 9,
    "wind": "WSW 12 kn",
    "waves": "0.8 m",
    "water": 7,
}


@pytest.fixture(scope="session")
def question() -> Scenario:
    return Scenario.of(QUESTION)


@pytest.fixture(scope="session")
def small(question: Scenario) -> Assessment:
    return assess(question, members=(20, 5), seed=3)
