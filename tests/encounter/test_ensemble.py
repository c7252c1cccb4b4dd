"""Members spread over threads."""

import os
import subprocess
import sys

import numpy as np

from tests.encounter.worlds import outcomes, setting
from varne.encounter.ensemble import run
from varne.encounter.setting import few_members


def test_the_answer_is_the_same_for_any_number_of_workers():
    """Numbers belong to events: one thread or five, bit for bit."""
    asked = setting(["leave", "escort", "jam"], members=(11, 3))
    one, five = run(asked, workers=1), run(asked, workers=5)
    assert np.array_equal(one.members, five.members)
    assert np.array_equal(one.deaths, five.deaths)
    assert np.array_equal(one.safe, five.safe)


def test_a_draw_does_not_know_how_many_others_there_are():
    """The first draws of a large ensemble are those of a small one."""
    asked = setting(["leave", "escort"], members=(9, 3))
    assert np.array_equal(run(few_members(asked, 4, 3)).members, run(asked).members[:4])


def test_an_option_does_not_know_what_it_is_compared_with():
    """Common luck: an option's members are the same whatever other options are computed beside it."""
    alone = outcomes(["escort"], members=(6, 3)).members[:, :, 0]
    among = outcomes(["leave", "jam", "escort"], members=(6, 3)).members[:, :, 2]
    assert np.array_equal(alone, among)


def test_progress_reaches_the_end():
    """Whoever waits is told how far it is."""
    told = []
    run(setting(["leave"], members=(10, 1)), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (10, 10)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


INTERPRETED = """
import sys
sys.path.insert(0, {top!r})
import numpy as np
from tests.encounter.worlds import outcomes
found = outcomes(["leave", "rescue", "jam"], members=(2, 1), horizon=3)
np.save({path!r}, np.array([found.members[name] for name in found.members.dtype.names]))
"""


def test_kernels_compiled_and_interpreted_agree(tmp_path):
    """The machine code does what the Python says."""
    path = tmp_path / "interpreted.npy"
    top = str(__import__("pathlib").Path(__file__).parents[2])
    code = INTERPRETED.format(top=top, path=str(path))
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"})
    compiled = outcomes(["leave", "rescue", "jam"], members=(2, 1), horizon=3).members
    for name, interpreted in zip(compiled.dtype.names, np.load(path), strict=True):
        np.testing.assert_allclose(compiled[name], interpreted, rtol=1e-9, atol=1e-12, err_msg=name)
