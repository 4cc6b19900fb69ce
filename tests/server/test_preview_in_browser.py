"""The preview in a browser: it follows an edit of a file, keeps the place, leads to notices; faults and publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from outputs.edited import SLUG, beginning
from outputs.test_axe import violations
from playwright.sync_api import Browser, BrowserContext, Page, expect
from server.desks import served

pytestmark = pytest.mark.xdist_group("chromium")

EDITED = beginning(Random(1))
KEY = EDITED.entries[0].key
# On a busy machine a first layout takes a while.
PATIENCE = 120_000


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    EDITED.written(folder)
    return folder


@pytest.fixture(scope="module")
def context(chromium: Browser, root: Path) -> Iterator[BrowserContext]:
    with served(root) as desk:
        context = chromium.new_context(base_url=desk.origin, locale="fr-FR", viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(desk.address)
        page.close()
        yield context
        context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"/preview/{SLUG}")
    expect(page.locator(".stands.made")).to_be_visible(timeout=PATIENCE)
    yield page
    page.close()
    assert errors == []


def digest(page: Page, number: int) -> str:
    return page.locator(f"#page-{number}").get_attribute("data-digest") or ""


def number_of(page: Page, key: str) -> int:
    """The page on which a notice begins."""
    return int(page.locator(f".proof:has(.spot[data-key='{key}'])").first.get_attribute("data-number") or 0)


def drawn(page: Page, number: int) -> None:
    """Waits until a page is drawn."""
    page.wait_for_function(
        "number => { const image = document.querySelector(`#page-${number} img`);"
        " return image.complete && image.naturalWidth > 300; }",
        arg=number,
    )


def test_an_edit_on_the_disk_changes_its_page_alone_which_flashes_where_one_reads(page: Page, root: Path) -> None:
    number = number_of(page, KEY)
    page.fill("[data-number]:not(li)", str(number))
    page.keyboard.press("Enter")
    drawn(page, number)
    top = page.evaluate("document.querySelector('.proof-view').scrollTop")
    count = page.locator(".proof").count()
    before = {each: digest(page, each) for each in range(1, count + 1)}
    file = root / "references/a.bib"
    text = file.read_text("utf-8")
    file.write_text(text.replace("annotation = {", "annotation = {Autrement. ", 1), encoding="utf-8")
    try:
        expect(page.locator(f"#page-{number}.flash")).to_be_visible(timeout=PATIENCE)
        drawn(page, number)
        assert {each for each in before if digest(page, each) != before[each]} == {number}
        assert page.evaluate("document.querySelector('.proof-view').scrollTop") == top
        source = page.locator(f"#page-{number} img").get_attribute("src") or ""
        assert digest(page, number) in source
    finally:
        file.write_text(text, encoding="utf-8")
    expect(page.locator(f"#page-{number}[data-digest='{before[number]}']")).to_be_visible(timeout=PATIENCE)


def test_zoom_keeps_the_page_and_two_pages_stand_side_by_side(page: Page) -> None:
    page.fill("[data-number]:not(li)", "4")
    page.keyboard.press("Enter")
    narrow = page.locator("#page-4").bounding_box()
    page.select_option("[data-zooms]", "page")
    assert page.input_value("[data-number]:not(li)") == "4"
    whole = page.locator("#page-4").bounding_box()
    assert narrow is not None
    assert whole is not None
    assert whole["width"] < narrow["width"]
    page.locator(".proof-view").focus()
    page.keyboard.press("+")
    assert page.input_value("[data-number]:not(li)") == "4"
    page.click("[data-two]")
    left, right = (page.locator(f"#page-{number}").bounding_box() for number in (3, 4))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    page.click("[data-two]")
    page.keyboard.press("0")


def test_a_notice_leads_to_its_form_beside_which_it_is_shown(page: Page) -> None:
    spot = page.locator(f".spot[data-key='{KEY}']").first
    spot.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/reference?key={KEY}")
    here = page.locator(f"#preview .spot.here[data-key='{KEY}']").first
    expect(here).to_be_visible(timeout=PATIENCE)
    expect(here).to_be_in_viewport()
    page.get_by_role("button", name="Masquer l'aperçu").click()
    expect(page.locator("#preview-pane")).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Montrer l'aperçu").click()
    expect(page.locator("#preview .proof").first).to_be_visible(timeout=PATIENCE)
    before = page.locator("#preview").bounding_box()
    page.get_by_role("separator").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    after = page.locator("#preview").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"]


def test_the_view_for_screens_stands_in_a_frame_that_runs_nothing(page: Page) -> None:
    page.get_by_role("button", name="Écran").click()
    frame = page.frame_locator(".proof-frame")
    expect(frame.locator("h1")).to_have_text(EDITED.title, timeout=PATIENCE)
    expect(page.locator(".proof-view")).to_be_hidden()


@pytest.mark.parametrize("address", [f"/preview/{SLUG}", "/faults", f"/publish/{SLUG}"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_screens_are_for_everybody(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_fault_is_silenced_by_the_keyboard_in_a_dialog(page: Page, root: Path) -> None:
    file = root / "references/a.bib"
    text = file.read_text("utf-8")
    file.write_text(
        text + "\n@book{faute, title = {Un}, author = {Durand, A}, date = {2020}, publisher = {P}, "
        "isbn = {978-2-07-036822-5}}\n",
        encoding="utf-8",
    )
    try:
        page.goto("/faults")
        rule = page.locator(".rule:has(a[href^='/reference?key=faute'])").first
        expect(rule).to_be_visible(timeout=PATIENCE)
        rule.get_by_role("button", name="Ne plus signaler pour faute").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Pour quelle raison ?").fill("vérifié")
        assert violations(page) == []
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_have_text("Ce n'est plus signalé pour faute.")
        expect(page.locator("#faults-ask")).to_be_hidden()
        assert "% vérifié\n% biblio: ignore " in file.read_text("utf-8")
    finally:
        file.write_text(text, encoding="utf-8")
