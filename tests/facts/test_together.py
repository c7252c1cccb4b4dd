"""Facts that are drawn together."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri

from varne.errors import BadFact
from varne.facts.tables import Facts, column, shipped_facts
from varne.facts.together import Together, read_together, shipped_together

NAMES = ("structure.base_rate", "crowd.movement_rate", "crush.rate")
MATRIX = ((1.0, -0.6, 0.3), (-0.6, 1.0, 0.2), (0.3, 0.2, 1.0))
DRAWS = 20_000
TABLE = (
    'says = "s"\nnames = ["a.b", "c.d", "e.f"]\ncorrelation = [[1.0, 0.5, 0.1], [0.5, 1.0, 0.2], [0.1, 0.2, 1.0]]\n'
    'source = "x"\ngrade = "derived"\ndate = 2026-11-25\n'
)


def facts(names=NAMES, matrix=MATRIX):
    return Facts(shipped_facts().by_name, together=Together("s", names, matrix, "x", "derived", "2026-11-25"))


def scores(drawn):
    """Normal scores by rank: free of the shape of each distribution."""
    ranks = np.array([np.argsort(np.argsort(drawn[column(name)])) for name in NAMES])
    return ndtri((ranks + 0.5) / ranks.shape[1])


def test_the_correlation_of_the_table_is_that_of_the_draws():
    """Normal scores of the drawn facts are correlated as written, within the error of so many draws."""
    found = np.corrcoef(scores(facts().drawn(DRAWS, 3)))
    assert np.abs(found - np.array(MATRIX)).max() < 4.0 / np.sqrt(DRAWS)


def test_each_fact_keeps_its_own_distribution():
    """The quantiles of each are those of its table, together or alone."""
    drawn = facts().drawn(DRAWS, 3)
    for name in NAMES:
        fact = shipped_facts()[name]
        known = fact.quantile(np.array([0.05, 0.5, 0.95]))
        assert np.quantile(drawn[column(name)], [0.05, 0.5, 0.95]) == pytest.approx(known, rel=0.05)


def test_all_other_facts_are_drawn_as_before_bit_for_bit():
    """The table moves no draw of a fact that it does not name."""
    together, apart = facts().drawn(200, 3), Facts(shipped_facts().by_name).drawn(200, 3)
    for name in together.dtype.names:
        assert (together[name] == apart[name]).all() == (name not in map(column, NAMES)) or name == column(NAMES[0])


@pytest.mark.parametrize("draws", [1, 2, 3, 7, 64, 1001])
def test_a_draw_does_not_depend_on_how_many_there_are(draws):
    """The first draws of many are, bit for bit, those of few."""
    together = shipped_together()
    few, many = (together.correlated(shipped_facts().chances(count, 5)) for count in (draws, 1500))
    assert all((few[name] == many[name][:draws]).all() for name in together.names)


def test_what_goes_with_a_held_fact_follows_it_as_the_correlation_says():
    """Held at a quantile, the others have the mean and the spread of the normal law given that number."""
    drawn = facts().together.correlated(facts().chances(DRAWS, 3))
    held = facts().together.holding(NAMES[0], 0.95, drawn)
    assert (held[NAMES[0]] == 0.95).all()
    for place, name in enumerate(NAMES[1:], 1):
        weight = MATRIX[0][place]
        score = ndtri(held[name])
        assert score.mean() == pytest.approx(weight * ndtri(0.95), abs=4.0 / np.sqrt(DRAWS))
        assert score.std() == pytest.approx(np.sqrt(1.0 - weight**2), abs=4.0 / np.sqrt(DRAWS))


def test_holding_a_fact_where_it_was_drawn_changes_nothing():
    """Each draw held at its own quantile is that draw."""
    drawn = facts().together.correlated(facts().chances(5, 3))
    for draw in range(5):
        held = facts().together.holding(NAMES[0], drawn[NAMES[0]][draw], drawn)
        assert all(held[name][draw] == pytest.approx(drawn[name][draw], rel=1e-12) for name in NAMES)


def test_a_held_fact_moves_no_other_but_those_drawn_together_with_it():
    """In the table of draws one column is constant and only those of the correlation move."""
    as_drawn = facts().drawn(50, 3)
    held = facts().at(facts().chances(50, 3), {"boat.speed": 0.9, NAMES[0]: 0.5})
    moved = {name for name in as_drawn.dtype.names if not (as_drawn[name] == held[name]).all()}
    assert moved == {column(name) for name in (*NAMES, "boat.speed")}
    assert np.ptp(held["boat_speed"]) == 0.0


def test_a_fact_of_the_user_is_drawn_by_itself():
    """It goes with none of the others, and these keep their correlation among themselves."""
    own = replace(shipped_facts()["structure.base_rate"], value=3e-4, low=1e-4, high=1e-3)
    mine = facts().replaced({own.name: own})
    assert mine.together.names == NAMES[1:]
    found = np.corrcoef(scores(mine.drawn(DRAWS, 3)))
    assert np.abs(found[0, 1:]).max() < 4.0 / np.sqrt(DRAWS)
    assert found[1, 2] == pytest.approx(0.2, abs=4.0 / np.sqrt(DRAWS))
    assert (mine.drawn(50, 3)["structure_base_rate"] == mine.drawn(80, 3)["structure_base_rate"][:50]).all()


def test_a_fact_replaced_by_itself_changes_nothing():
    """Who writes the shipped number again gets the shipped draws."""
    same = facts().replaced({name: shipped_facts()[name] for name in NAMES})
    assert same == facts()
    assert same.fingerprint() == facts().fingerprint()


def test_the_fingerprint_knows_the_table():
    """Another correlation is another state of the facts."""
    other = ((1.0, -0.6, 0.3), (-0.6, 1.0, 0.1), (0.3, 0.1, 1.0))
    assert len({facts().fingerprint(), facts(matrix=other).fingerprint(), Facts(facts().by_name).fingerprint()}) == 3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[1.0, 0.5, 0.1], [0.5", "[1.0, -0.99, 0.99], [-0.99"), "the other way round"),
        (("0.5, 0.1], [0.5, 1.0, 0.2], [0.1, 0.2", "0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9"), "lowest eigenvalue"),
        (("[[1.0", "[[0.9"), "correlation of 0.9 of a.b with itself"),
        (("[0.1, 0.2, 1.0]", "[0.1, 0.2]"), "2 correlations of e.f for 3 names"),
        ((", [0.1, 0.2, 1.0]", ""), "2 rows of correlations for 3 names"),
        (('"c.d"', '"a.b"'), "names a.b twice"),
        (("derived", "certain"), "grade 'certain'"),
        (('source = "x"\n', ""), "no source"),
        (("names =", "names"), "not TOML"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(change, says):
    """One sentence that names the file and quotes what is wrong."""
    with pytest.raises(BadFact, match=r"my\.toml") as refused:
        read_together(TABLE.replace(*change), "my.toml")
    assert says in str(refused.value)


def test_the_shipped_table_is_that_of_the_shipped_facts():
    """What ships is drawn together, and all of it can be."""
    assert shipped_facts().together == shipped_together()
    assert all(shipped_facts()[name].low < shipped_facts()[name].high for name in shipped_together().names)
