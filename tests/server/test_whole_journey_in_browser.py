"""From an empty folder and an export of Zotero to a published dossier, in a browser and without a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from cli.running import biblio
from server.desks import ROOT, served

pytestmark = pytest.mark.xdist_group("chromium")

SLUG = "demarches-territoriales"
# As others write the same references: what a documentalist has in Zotero.
EXPORT = "zotero.ris"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    for name in ("references", "dossiers"):
        shutil.copytree(ROOT / name, source / name)
    assert biblio(source, "export", "--format", "ris", "-o", str(tmp_path / EXPORT)).code == 0
    return tmp_path / EXPORT


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_an_export_becomes_a_published_dossier(chromium: Any, export: Path, tmp_path: Path) -> None:
    root = tmp_path / "bureau"
    root.mkdir()
    with served(root) as desk:
        page = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(60_000)
        page.goto(desk.address)
        page.get_by_role("button", name="Créer le projet").click()
        page.wait_for_url("**/collection*")

        page.get_by_role("link", name="Importer").first.click()
        page.wait_for_url("**/import")
        page.wait_for_load_state("load")
        page.set_input_files("input[type=file]", str(export))  # read at once
        page.get_by_role("button", name="Ajouter à la collection").click()
        page.get_by_role("heading", name="C'est ajouté").wait_for()

        page.goto(desk.origin + "/collection?q=deserts+medicaux")
        page.get_by_role("link", name="Les déserts médicaux en question(s)").first.wait_for()

        page.get_by_role("link", name="Dossiers", exact=True).click()
        page.get_by_label("Titre du dossier").fill("Démarches territoriales")
        page.get_by_label("Organisme").fill("Centre d'exemple")
        page.get_by_role("textbox", name="Thèmes").fill("coordination, cls")
        page.get_by_role("button", name="Créer le dossier").click()
        page.wait_for_url(f"**/dossier/{SLUG}")
        page.locator("#preview img").first.wait_for()  # the true pages, beside

        page.get_by_role("link", name="Publier", exact=True).first.click()
        page.get_by_role("button", name="Publier", exact=True).click()
        with page.expect_download() as fetched:
            page.locator("a[download]", has_text=f"{SLUG}.pdf").click()
        published = Path(fetched.value.path()).read_bytes()
        page.close()

    assert "Centre d’exemple" in text_of(published)
    assert text_of(published).count("Coordination") + text_of(published).count("coordination") > 20
    # What a build from nothing gives, to the byte.
    again = tmp_path / "again"
    for name in ("references", "dossiers"):
        shutil.copytree(root / name, again / name)
    assert biblio(again, "build", SLUG).code == 0
    assert (again / f"build/{SLUG}.pdf").read_bytes() == published == (root / f"build/{SLUG}.pdf").read_bytes()
