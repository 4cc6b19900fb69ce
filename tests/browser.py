"""The browser in which pages are looked at: the system's own Chromium, one for all the tests of a process."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator

import pytest

# Nothing is fetched, nothing is asked of the machine.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(autouse=True)
def own_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests without a browser find no event loop, though Playwright's goes on in this thread once it is open."""
    if "chromium" in request.fixturenames:
        yield
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The system's own Chromium: none is downloaded. Continuous integration must have it."""
    program = shutil.which("chromium")
    if program is None and os.environ.get("CI"):
        pytest.fail("chromium is not on this machine, and continuous integration must try the pages in it")
    if program is None:
        pytest.skip("chromium is not on this machine; the HTML is read without it in test_twin.py and test_email.py")
    from playwright.sync_api import sync_playwright  # the quick tests do without

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
