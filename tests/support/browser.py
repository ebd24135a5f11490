"""A real browser for the tests, which asks nobody outside for anything. What is looked at belongs to the tests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

PROGRAM = shutil.which("chromium")
QUIET = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")

needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="no chromium on this machine: apt-get install chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium, without a window, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox", "--disable-gpu", *QUIET])
        yield browser
        browser.close()
