"""What a browser makes of the pages for screens: on a telephone and on a wide screen, nothing is out of sight."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from outputs.letters import LETTERS, letter_of
from outputs.outputs import ROOT, SELECTION, output_of
from playwright.sync_api import Browser, Page, sync_playwright

# One process starts the browser.
pytestmark = pytest.mark.xdist_group("chromium")

TELEPHONE, MAIL_READER, SCREEN = 320, 600, 1280
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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium: none is downloaded."""
    program = shutil.which("chromium")
    if program is None and os.environ.get("CI"):
        pytest.fail("chromium is not on this machine, and continuous integration must try the pages in it")
    if program is None:
        pytest.skip("chromium is not on this machine; the HTML is read without it in test_twin.py and test_email.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def opened(chromium: Browser, html: str, folder: Path, width: int) -> Page:
    """A page, laid out in a window of that width."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 720})
    page.goto(file.as_uri())
    return page


def overflow(page: Page) -> list[str]:
    """What stands outside the window, or makes it scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const outside = [...document.body.querySelectorAll('*')].filter(each => {
                const box = each.getBoundingClientRect();
                return box.width > 1 && (box.right > width + 1 || box.left < -1);
            }).map(each => `<${each.localName}> ${each.textContent.trim().slice(0, 40)}`);
            const scrolls = document.documentElement.scrollWidth > width;
            return scrolls ? [...outside, `a page ${document.documentElement.scrollWidth} wide`] : outside;
        }"""
    )
    return found


@pytest.mark.parametrize("width", [TELEPHONE, SCREEN])
def test_the_twin_fits_the_window_and_has_its_links(chromium: Browser, tmp_path: Path, width: int) -> None:
    output = output_of(ROOT, SELECTION)
    page = opened(chromium, output.screen, tmp_path, width)
    assert overflow(page) == []
    shown = [link.get_attribute("href") for link in page.locator("a").all() if link.is_visible()]
    written = [link.attributes["href"] for link in output.twin.root.find("a")]
    # A link to skip the contents shows itself to the keyboard alone.
    assert [address for address in written if address not in shown and not address.startswith("#")] == []
    assert len([address for address in shown if address and address.startswith("http")]) > 50
    inner = [address for address in shown if address and address.startswith("#")]
    assert inner
    assert [address for address in inner if page.locator(f'[id="{address[1:]}"]').count() != 1] == []


def test_what_is_too_wide_is_seen(chromium: Browser, tmp_path: Path) -> None:
    """Without this, the test above could not fail."""
    html = output_of(ROOT, SELECTION).screen.replace("</main>", '<p style="width: 1300px">Trop large</p></main>')
    assert "<p> Trop large" in overflow(opened(chromium, html, tmp_path, SCREEN))


@pytest.mark.parametrize("width", [TELEPHONE, MAIL_READER])
@pytest.mark.parametrize("letter", LETTERS)
def test_an_email_scrolls_in_one_direction(chromium: Browser, tmp_path: Path, letter: str, width: int) -> None:
    _, html = letter_of(letter, tmp_path)
    assert overflow(opened(chromium, html, tmp_path, width)) == []
