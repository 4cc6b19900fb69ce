"""The rows of a dossier in a browser: filled in, taken out, and with an image that is brought."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from server.desks import served
from server.test_dossier import BIB
from server.test_rows import SPEC, picture, spec

pytestmark = pytest.mark.xdist_group("chromium")

LONG = 30_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("references", "dossiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "references/a.bib").write_text(BIB, "utf-8")
    (tmp_path / "dossiers/d.yaml").write_text(SPEC, "utf-8")
    return tmp_path


def test_rows_are_filled_in_and_an_image_is_brought_in_a_browser(chromium: Browser, root: Path) -> None:
    with served(root) as desk:
        page = chromium.new_context(locale="fr", viewport={"width": 1500, "height": 900}).new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(desk.address)
        page.goto(desk.origin + "/dossier/d")
        page.click("#settings-sections\\.0 > summary")
        page.click("#rows-sections\\.0-links-around > summary")
        rows = page.locator("#rows-sections\\.0-links")
        rows.get_by_role("button", name="Ajouter une ligne").click()
        page.keyboard.type("Trois")  # the focus is in the new row
        page.wait_for_timeout(1500)  # longer than the pause after which what is typed is saved
        assert page.locator("#said").inner_text() == ""
        page.keyboard.press("Tab")
        page.keyboard.type("https://trois.example.org/")
        expect(page.locator("#said")).to_contain_text("Liens de la section « Lectures »", timeout=LONG)
        assert "label: Trois" in spec(root)
        rows.get_by_role("button", name="Ôter cette ligne").nth(1).click()
        expect(rows.locator(".row-of")).to_have_count(2, timeout=LONG)
        page.wait_for_function("() => !document.querySelector('[data-unsaved]')")
        assert "Deux" not in spec(root)
        page.click("#whole-cover > summary")
        page.click("#rows--cover-logo-around > summary")
        logo = page.locator("#rows--cover-logo")
        (root / "Logo CRES.png").write_bytes(picture())
        logo.locator("[data-upload]").set_input_files(root / "Logo CRES.png")
        expect(logo.get_by_label("Fichier", exact=True)).to_have_value("images/logo-cres.png", timeout=LONG)
        logo.get_by_label("Texte pour qui ne la voit pas").fill("CRES")
        page.wait_for_function("() => !document.querySelector('[data-unsaved]')", timeout=LONG)
        assert "file: images/logo-cres.png" in spec(root)
        assert failures == []
        page.context.close()
