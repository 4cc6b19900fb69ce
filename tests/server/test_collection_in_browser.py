"""The table of references in a browser: by mouse and by keys, its selection, its addresses, for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from outputs.test_axe import violations
from playwright.sync_api import Browser, Page, Route, expect
from server.desks import real_project, served

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(real_project(tmp_path_factory.mktemp("real") / "p")) as desk:
        yield desk.address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(locale="fr", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.wait_for_selector("#references", timeout=60_000)
    page.wait_for_selector("#facet-dossier", state="attached", timeout=60_000)
    yield page
    assert said == []
    context.close()


def counted(page: Page, words: str) -> None:
    expect(page.locator("#counted")).to_have_text(words)


def test_one_types_sifts_sorts_and_goes_back(page: Page) -> None:
    page.fill("#q", "contrats locaux")
    counted(page, "22 références")
    page.locator("#facet-type").get_by_text("Article", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("Type : Article")
    assert page.url.endswith("/collection?q=contrats+locaux&type=Article")
    expect(page.get_by_role("checkbox", name="Article")).to_be_focused()  # though its list was told anew
    page.click("#sort-year")
    expect(page.locator("th.year").first).to_have_attribute("aria-sort", "descending")
    page.go_back()
    expect(page.locator("th.author").first).to_have_attribute("aria-sort", "ascending")
    page.go_back()
    counted(page, "22 références")
    assert page.input_value("#q") == "contrats locaux"


CHANGED = "document.body.dispatchEvent(new CustomEvent('desk:changed', { detail: {} }))"


def test_what_is_told_anew_is_no_step_to_go_back_to(page: Page) -> None:
    page.fill("#q", "harpet")
    counted(page, "2 références")
    page.locator("#sort-year").click()
    expect(page.locator("th.year").first).to_have_attribute("aria-sort", "descending")
    before = page.evaluate("history.length")
    for _ in range(3):
        page.evaluate("document.getElementById('references').dataset.before = ''")
        page.evaluate(CHANGED)
        expect(page.locator("#references[data-before]")).to_have_count(0)
    assert page.evaluate("history.length") == before
    assert page.url.endswith("/collection?q=harpet&sort=-year")


def test_an_older_answer_does_not_take_the_place_of_what_is_searched_for(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile("/collection(\\?|$)"), hold)
    page.evaluate(CHANGED)
    page.wait_for_timeout(100)
    page.fill("#q", "harpet")
    counted(page, "2 références")
    (route,) = held
    with page.expect_response(lambda response: response.request == route.request):
        route.continue_()
    page.wait_for_timeout(200)
    counted(page, "2 références")
    page.evaluate(CHANGED)  # asks for what is searched for, not for what the address said
    page.wait_for_timeout(500)
    counted(page, "2 références")
    assert page.url.endswith("/collection?q=harpet")


def test_rows_are_gone_through_by_keys(page: Page) -> None:
    rows = page.locator("tr[data-key]")
    rows.nth(0).locator("[data-row]").focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator("[data-row]")).to_be_focused()
    page.keyboard.press("Space")
    expect(rows.nth(1).locator("[data-pick]")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".notice-row .printed")).to_be_visible()
    page.evaluate("document.getElementById('references').dataset.before = ''")
    page.evaluate(CHANGED)
    expect(page.locator("#references[data-before]")).to_have_count(0)
    expect(page.locator(".notice-row .printed")).to_be_visible()
    expect(rows.nth(1).locator("[data-row]")).to_be_focused()  # though all rows were told anew
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".notice-row")).to_have_count(0)
    key = rows.nth(1).get_attribute("data-key")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/reference?key={key}")


def test_a_selection_outlives_its_page_and_may_be_all_that_is_found(page: Page) -> None:
    page.locator("[data-pick]").nth(3).click()
    page.locator("[data-pick]").nth(5).click(modifiers=["Shift"])
    expect(page.locator("#chosen-count")).to_have_text("3 références choisies")
    page.click("#page-next")
    expect(page.locator("#page-previous")).to_be_visible()
    page.locator("[data-pick]").nth(0).click()
    expect(page.locator("#chosen-count")).to_have_text("4 références choisies")
    page.click("#pick-page")
    page.get_by_role("button", name="Choisir les 174 trouvées").click()
    expect(page.locator("#chosen-count")).to_have_text("174 références choisies")
    page.click("#chosen-none")
    expect(page.locator("#chosen")).to_be_hidden()


def test_a_theme_is_given_and_taken_back(page: Page) -> None:
    page.fill("#q", "harpet")
    counted(page, "2 références")
    page.click("#pick-page")
    page.get_by_role("button", name="Thème…").click()
    expect(page.locator("#chosen-heading")).to_be_focused()
    page.fill("#chosen-word", "essai du jour")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("thème « essai du jour » ajouté à 2 références")
    expect(page.locator("span.themes", has_text="essai du jour")).to_have_count(2)
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("span.themes", has_text="essai du jour")).to_have_count(0)


@pytest.mark.parametrize(("width", "palette"), [(1280, "light"), (360, "dark")])
def test_the_table_is_for_everybody(chromium: Browser, address: str, width: int, palette: str) -> None:
    context = chromium.new_context(
        locale="fr", viewport={"width": width, "height": 740}, color_scheme="dark" if palette == "dark" else "light"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#facet-dossier", state="attached", timeout=60_000)
    page.locator(".references .open").first.click()
    page.wait_for_selector(".printed")
    page.locator("[data-pick]").nth(1).check()
    for name in ("Thème…", "Champ…", "Supprimer"):
        page.get_by_role("button", name=re.compile(name)).click()
        page.wait_for_selector("#chosen-heading")
        assert violations(page) == []
        page.keyboard.press("Escape")  # the panel goes, and the other deeds are there again
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
