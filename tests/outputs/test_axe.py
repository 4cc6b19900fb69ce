"""No page bars a reader that axe-core knows of: the rules of WCAG 2.2, A and AA, and its best practices."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from outputs.letters import LETTERS, letter_of
from outputs.linked import dossier, report
from outputs.windows import PAGES, SCREEN, TELEPHONE, opened, overflow, page_of
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.xdist_group("chromium")

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Of no set yet, and looked at all the same: what is seen of a link is in its name (WCAG 2.5.3).
MORE = ("label-content-name-mismatch",)


# An e-mail is shown inside the page of a program for mail, which has these places.
OF_PAGES = ("landmark-one-main", "region")


@cache
def axe() -> str:
    """The library, as Deque publishes it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, *left_out: str) -> list[str]:
    """The rules that a page breaks, each with the first places at which it does; some may be left out."""
    page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(
        """async ([tags, more, leftOut]) => {
            const rules = Object.fromEntries([
                ...more.map(each => [each, {enabled: true}]), ...leftOut.map(each => [each, {enabled: false}])
            ]);
            const told = await axe.run(document, {runOnly: tags, rules, resultTypes: ['violations']});
            if (told.passes.length < 10) throw new Error('axe has looked at nothing');
            return told.violations.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(node => node.html)}));
        }""",
        [list(RULES), list(MORE), list(left_out)],
    )
    return [f"{each['id']}: {each['help']}: {[node[:120] for node in each['nodes'][:3]]}" for each in found]


@pytest.mark.parametrize("width", [SCREEN, TELEPHONE])
def test_the_pages_about_links_bar_nobody(chromium: Browser, tmp_path: Path, width: int) -> None:
    for html in (report(), dossier(tmp_path)):
        page = opened(chromium, html, tmp_path, width, bypass_csp=True)
        assert overflow(page) == []
        assert violations(page) == []


@pytest.mark.parametrize(("width", "palette"), [(SCREEN, "light"), (TELEPHONE, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(chromium: Browser, tmp_path: Path, name: str, width: int, palette: str) -> None:
    page = opened(chromium, page_of(name, tmp_path), tmp_path, width, color_scheme=palette)
    assert violations(page) == []
    page.close()


def test_a_citation_that_is_open_is_for_everybody(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, page_of("everything", tmp_path), tmp_path, SCREEN)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.get_by_role("button", name="Copier").first.click()
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("letter", LETTERS)
def test_an_email_is_for_everybody(chromium: Browser, tmp_path: Path, letter: str, palette: str) -> None:
    _, html = letter_of(letter, tmp_path)
    page = opened(chromium, html, tmp_path, 600, color_scheme=palette)
    assert violations(page, *OF_PAGES) == []
    page.close()


def test_what_bars_a_reader_is_seen(chromium: Browser, tmp_path: Path) -> None:
    """Without this, the tests above could not fail."""
    html = page_of("list", tmp_path).replace("</main>", '<img src="data:,"><p style="color: #eee">Trop pâle</p></main>')
    found = " ".join(violations(opened(chromium, html, tmp_path, SCREEN)))
    assert "image-alt" in found
    assert "color-contrast" in found
