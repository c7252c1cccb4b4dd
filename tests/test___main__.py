"""Promises about `python -m varne`."""

import os
import subprocess
import sys


def test_the_module_is_the_command():
    """Where no script was installed the same commands are there, under the same name."""
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-m", "varne", "record", "--help"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=place)
    assert "Usage: varne record" in done.stdout
