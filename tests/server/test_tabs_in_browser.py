"""Several tabs of one browser: all live by one connection, and none writes over what another wrote."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from server.desks import TOKEN, Reached, reachable, small_project

from biblio.server.events import Events

pytestmark = pytest.mark.xdist_group("chromium")

BIB = "references/a.bib"
ENTRY = "@article{dupont-2020,\n  title = {Un titre},\n  journaltitle = {Revue},\n  date = {2020},\n}\n"
FORM = "/reference?key=dupont-2020"
PATIENCE = 30  # seconds in which what must come does, on a machine that has other work


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "p")
    (root / BIB).write_text(ENTRY, encoding="utf-8")
    return root


def until(is_so: Callable[[], bool], page: Page) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def opened(browser: Browser, reached: Reached, count: int) -> list[Page]:
    context = browser.new_context(locale="fr", reduced_motion="reduce")
    pages = [context.new_page() for _ in range(count)]
    pages[0].goto(f"http://{reached.host}/?token={TOKEN}")
    for page in pages:
        page.goto(f"http://{reached.host}{FORM}")
    return pages


def title(page: Page) -> Locator:
    return page.get_by_label("Titre", exact=True)


def test_ten_tabs_are_live_by_one_stream(chromium: Browser, root: Path) -> None:
    with reachable(root) as reached:
        pages = opened(chromium, reached, 10)
        until(lambda: reached.listeners > 0, pages[0])
        for word in ("dehors", "encore"):
            (root / BIB).write_text(ENTRY.replace("Un titre", f"Un titre {word}"), encoding="utf-8")
            for page in pages:
                expect(title(page)).to_have_value(f"Un titre {word}", timeout=PATIENCE * 1000)
        assert reached.listeners == 1
        for page in pages[:9]:  # that whose address made the connection among them
            page.close()
        pages = [pages[9], *(pages[9].context.new_page() for _ in range(3))]
        for page in pages[1:]:
            page.goto(f"http://{reached.host}{FORM}")
        title(pages[1]).fill("Par un onglet")
        for page in pages:
            expect(title(page)).to_have_value("Par un onglet", timeout=PATIENCE * 1000)
            expect(page.locator(".conflict")).to_have_count(0)
        assert reached.listeners == 1
        pages[0].context.close()


def test_a_browser_too_many_is_told_once_and_follows_again_after_a_reload(
    chromium: Browser, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biblio.server.events.MOST_READERS", 1)
    asked_for: list[bool] = []

    def noted(events: Events) -> bool:
        asked_for.append(len(events._readers) >= 1)
        return asked_for[-1]

    monkeypatch.setattr(Events, "is_full", property(noted))
    with reachable(root) as reached:
        (first,) = opened(chromium, reached, 1)
        until(lambda: reached.listeners == 1, first)
        context = chromium.new_context(locale="fr", reduced_motion="reduce")
        second, third = context.new_page(), context.new_page()
        second.goto(f"http://{reached.host}/?token={TOKEN}")
        second.goto(f"http://{reached.host}{FORM}")
        expect(second.locator("#said")).to_contain_text("Trop d'onglets", timeout=PATIENCE * 1000)
        before = len(asked_for)
        second.wait_for_timeout(3000)
        assert len(asked_for) == before > 0  # it asks no more
        first.context.close()
        until(lambda: reached.listeners == 0, second)
        third.goto(f"http://{reached.host}{FORM}")
        second.reload()
        until(lambda: reached.listeners == 1, second)
        (root / BIB).write_text(ENTRY.replace("Un titre", "Un titre dehors"), encoding="utf-8")
        for page in (second, third):
            expect(title(page)).to_have_value("Un titre dehors", timeout=PATIENCE * 1000)
            expect(page.locator("#said")).not_to_contain_text("Trop d'onglets")
        context.close()


def test_two_tabs_that_edit_one_field_lose_nothing(chromium: Browser, root: Path) -> None:
    with reachable(root) as reached:
        first, second = opened(chromium, reached, 2)
        title(second).fill("Un titre à moi")  # and before it is saved
        title(first).fill("Le leur")
        title(first).blur()
        title(second).blur()
        until(lambda: first.locator(".conflict").count() + second.locator(".conflict").count() > 0, first)
        loser = first if first.locator(".conflict").count() else second
        mine, theirs = ("Le leur", "Un titre à moi") if loser is first else ("Un titre à moi", "Le leur")
        assert f"title = {{{theirs}}}" in (root / BIB).read_text("utf-8")
        expect(title(loser)).to_have_value(mine)
        expect(loser.locator(".conflict")).to_contain_text(theirs)
        first.context.close()


def test_another_field_of_another_tab_stays(chromium: Browser, root: Path) -> None:
    with reachable(root) as reached:
        first, second = opened(chromium, reached, 2)
        title(second).fill("Un titre à moi")
        first.get_by_label("Revue", exact=True).fill("La leur")
        first.get_by_label("Revue", exact=True).blur()
        expect(second.get_by_label("Revue", exact=True)).to_have_value("La leur", timeout=PATIENCE * 1000)
        expect(title(second)).to_have_value("Un titre à moi")
        expect(second.locator("#state")).to_contain_text("Enregistré", timeout=PATIENCE * 1000)
        text = (root / BIB).read_text("utf-8")
        assert text == ENTRY.replace("Un titre", "Un titre à moi").replace("{Revue}", "{La leur}")
        first.context.close()
