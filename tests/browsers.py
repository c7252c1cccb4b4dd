"""The browser that pages are tried in: Chromium, where there is one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No sandbox: a container has none to give. The rest keeps it from asking anyone anything.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


def need_browser():
    """Its place; without one the test is skipped, or fails where everything is required."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        if os.environ.get("VARNE_REQUIRE_ALL") == "1":
            pytest.fail("There is no Chromium, and VARNE_REQUIRE_ALL=1 requires it: apt-get install chromium.")
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    return found


@contextmanager
def browser() -> Iterator:
    """A browser without a screen."""
    place = need_browser()
    from playwright.sync_api import sync_playwright  # the driver starts a process: only where there is a browser

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=place, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()
