"""What is explained."""

import numpy as np

from varne.compare.quantities import OUTCOMES, Quantity, every_quantity, values_of
from varne.encounter.records import OUTCOME


def test_every_outcome_of_every_option_is_explained_and_each_difference_to_the_reference():
    """Four outcomes of three options, and of two differences."""
    found = every_quantity(3, 1)
    assert len(found) == len(set(found)) == len(OUTCOMES) * (3 + 2)
    assert all(one.option != one.reference for one in found)


def test_harm_to_crews_is_their_deaths_and_serious_injuries():
    """What is called crew harmed adds up."""
    members = np.zeros((2, 3, 1), OUTCOME)
    members["responder_deaths"], members["responder_serious_injuries"] = 0.25, 1.0
    assert (values_of(members, Quantity("crew_harmed", 0, None)) == 1.25).all()


def test_a_difference_is_that_of_the_same_member():
    """Option less reference, member by member."""
    members = np.zeros((2, 2, 2), OUTCOME)
    members["deaths"][:, :, 0] = [[1.0, 2.0], [3.0, 4.0]]
    members["deaths"][:, :, 1] = [[4.0, 3.0], [2.0, 1.0]]
    assert values_of(members, Quantity("deaths", 1, 0)).tolist() == [[3.0, 1.0], [-1.0, -3.0]]
