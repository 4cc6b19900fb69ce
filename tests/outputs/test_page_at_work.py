"""The page at work: searched, filtered, cited, with a script and without, by keyboard and aloud."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from outputs.outputs import SELECTION
from outputs.twins import composed_of, html_of
from outputs.windows import SCREEN, opened
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.xdist_group("chromium")
expect.set_options(timeout=60_000)  # a machine that is busy is no fault of a page's


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page of the selection; it must ask for nothing and make no error."""
    opened_page = opened(chromium, html_of(SELECTION), tmp_path, SCREEN)
    told: list[str] = []
    opened_page.on("request", lambda request: told.append(request.url))
    opened_page.on("pageerror", lambda error: told.append(str(error)))
    opened_page.on("console", lambda message: told.append(message.text))
    yield opened_page
    opened_page.close()
    assert told == []


def shown(page: Page) -> int:
    return page.locator("main .notice:visible").count()


def test_words_are_searched_whatever_their_accents_and_capitals(page: Page) -> None:
    every = shown(page)
    box = page.get_by_role("searchbox", name="Mots")
    box.fill("MEDECINS généralistes")
    status = page.get_by_role("status")
    expect(status).to_contain_text(f"sur {every}")
    texts = page.locator("main .notice:visible").all_inner_texts()
    assert 0 < len(texts) < every
    assert all("généraliste" in text.lower() and "médecins" in text.lower() for text in texts)
    assert page.locator("main section:visible").count() > 0
    assert page.locator("main section:visible:not(:has(.notice:visible))").count() == 0
    box.fill("zzz")
    expect(status).to_have_text("Aucune référence ne correspond.")
    assert shown(page) == 0
    page.get_by_role("button", name="Tout afficher").click()
    expect(status).to_be_empty()
    assert shown(page) == every


def test_one_that_is_found_is_told_as_one(page: Page) -> None:
    title = composed_of(SELECTION).selection.references[0].title
    assert title
    page.get_by_role("searchbox").fill("« Nous voulons qu’il y ait un nouvel élan »")
    expect(page.get_by_role("status")).to_have_text("1 référence sur 153")


def test_filters_and_words_go_together(page: Page) -> None:
    kind, year = page.get_by_label("Type"), page.get_by_label("Année")
    labels = kind.locator("option").all_text_contents()
    kind.select_option(label=next(label for label in labels if label.startswith("Rapport (")))
    reports = shown(page)
    year.select_option(index=1)
    both = shown(page)
    assert 0 < both < reports
    said = f"{both} références sur 153" if both > 1 else "1 référence sur 153"
    expect(page.get_by_role("status")).to_have_text(said)
    assert set(page.locator("main .notice:visible .label").all_inner_texts()) == {"Rapport"}


def test_a_link_to_what_is_filtered_out_shows_it(page: Page) -> None:
    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_role("status")).to_have_text("Aucune référence ne correspond.")
    page.locator(".contents a").last.click()
    expect(page.locator("main h3").last).to_be_in_viewport()
    assert shown(page) == 153


def test_it_is_all_done_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    expect(page.locator(".skip a")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main .notice')")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("santé mentale")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("sur 153")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "_type"
    page.keyboard.press("ArrowDown")
    expect(page.locator("#_type")).not_to_have_value("")


def test_a_citation_is_copied_and_that_is_said(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cite = page.locator(".cite").nth(30)
    cite.locator("summary").focus()
    page.keyboard.press("Enter")
    words = cite.locator(".citation").inner_text()
    cite.get_by_role("button", name="Copier").click()
    expect(page.get_by_role("status")).to_have_text("Citation copiée")
    assert page.evaluate("navigator.clipboard.readText()") == words
    assert "Disponible à l’adresse" in words or len(words) > 40


def test_the_address_of_a_notice_leads_to_it(page: Page) -> None:
    link = page.locator("main .tools > a").nth(100)
    link.click()
    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert page.locator(":target").get_attribute("id") == anchor
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_files_are_those_of_the_references(page: Page) -> None:
    heads = {"BibLaTeX": (".bib", "@"), "RIS": (".ris", "TY  - "), "CSL-JSON": (".json", "[")}
    for form, (ending, head) in heads.items():
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(rf"^{form}\s\(")).click()
        assert download.value.suggested_filename == SELECTION + ending
        taken = download.value.path().read_bytes()
        assert taken.decode().startswith(head)
        with zipfile.ZipFile(BytesIO(package_of(page))) as package:
            assert package.read(SELECTION + ending) == taken


def package_of(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"\(ZIP")).click()
    return download.value.path().read_bytes()


def test_without_a_script_the_files_come_in_their_package(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, html_of(SELECTION), tmp_path, SCREEN, java_script_enabled=False)
    assert page.locator(".files li:visible").count() == 1
    with zipfile.ZipFile(BytesIO(package_of(page))) as package:
        assert [Path(name).suffix for name in package.namelist()] == [".bib", ".ris", ".json"]
    page.close()


def test_without_a_script_it_is_filtered_and_cited_all_the_same(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, html_of(SELECTION), tmp_path, SCREEN, java_script_enabled=False)
    every = page.locator("main .notice:visible").count()
    assert page.get_by_role("searchbox").count() == 0
    kind = page.get_by_label("Type")
    option = kind.locator("option").nth(1)
    label, _, count = option.text_content().rpartition(" (")  # type: ignore[union-attr]  # it has a text
    kind.select_option(index=1)
    assert page.locator("main .notice:visible").count() == int(count.rstrip(")")) < every
    assert set(page.locator("main .notice:visible .label").all_text_contents()) <= {label}
    assert page.locator("main section:visible:not(:has(.notice:visible))").count() == 0
    page.get_by_role("button", name="Tout afficher").click()
    assert page.locator("main .notice:visible").count() == every
    cite = page.locator(".cite").first
    cite.locator("summary").click()
    assert cite.locator(".citation").is_visible()
    assert cite.get_by_role("button").count() == 0
    page.close()
