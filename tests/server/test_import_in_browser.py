"""What is brought to the desk, in a browser: dropped, compared, added, united and backed up, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from outputs.test_axe import violations
from playwright.sync_api import Browser, Page, expect
from server.desks import served, small_project
from server.test_duplicates import BIB, SPEC
from server.test_import import RIS

from biblio.project.project import Project

pytestmark = pytest.mark.xdist_group("chromium")

DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "p")
    (root / "references/exemple.bib").write_text(BIB)
    (root / "dossiers/premier-dossier.yaml").write_text(SPEC.replace(", c", ""))
    return root


@pytest.fixture
def page(chromium: Browser, root: Path) -> Iterator[Page]:
    with served(root) as desk:
        context = chromium.new_context(locale="fr", viewport={"width": 1280, "height": 800})
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(desk.address)
        page.wait_for_selector("#references", timeout=60_000)
        yield page
        assert said == []
        context.close()


def test_files_are_dropped_on_the_collection_chosen_and_added(page: Page, root: Path) -> None:
    before = (root / "references/exemple.bib").read_bytes()
    page.evaluate(DROP, [["export.ris", RIS], ["zotero.sqlite", "SQLite format 3\0"]])
    page.wait_for_url("**/import?id=*")
    expect(page.locator(".record")).to_have_count(2)
    expect(page.locator("#import-refused")).to_have_text("Refusés : 1")
    assert violations(page) == []
    page.get_by_label("Que faire de cette notice").first.focus()
    page.keyboard.press("ArrowDown")  # leave out
    expect(page.locator("#import-would")).to_contain_text("À ajouter : 1")
    expect(page.locator("#what-0")).to_be_focused()  # though its record was told anew
    page.get_by_label("Ranger les nouvelles dans").select_option(label="un nouveau fichier…")
    expect(page.get_by_label("nommé")).to_be_focused()
    with page.expect_response("**/import/where"):
        page.keyboard.type("Été")
    page.reload()
    expect(page.get_by_label("nommé")).to_have_value("Été")
    page.get_by_role("button", name="Ajouter à la collection").click()
    page.wait_for_selector("text=Références ajoutées : 1")
    assert (root / "references/ete.bib").exists()
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("#said")).to_contain_text("Annulé")
    assert not (root / "references/ete.bib").exists()
    assert (root / "references/exemple.bib").read_bytes() == before


def test_duplicates_are_compared_by_keys_and_united(page: Page, root: Path) -> None:
    page.get_by_role("link", name="Doublons").first.click()
    expect(page.locator(".record")).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("link", name="Comparer et réunir").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".compared")
    assert violations(page) == []
    page.get_by_role("checkbox", name="prendre : Pages").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Réunir").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Aucun doublon probable")
    reference = Project(root).library.value.get("b-2020")
    assert reference is not None
    assert (reference.citekey, reference.raw["pages"]) == ("a-2020", "1-12")
    assert "a-2020" in (root / "dossiers/premier-dossier.yaml").read_text()


def test_a_backup_is_taken_away_and_taken_back(page: Page, root: Path, tmp_path: Path) -> None:
    page.goto(page.url.partition("/collection")[0] + "/backup")
    assert violations(page) == []
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Télécharger la sauvegarde").click()
    place = tmp_path / "s.zip"
    downloaded.value.save_as(place)
    before = (root / "references/exemple.bib").read_bytes()
    (root / "references/exemple.bib").write_text("@book{x, title={Perdu}}")
    page.get_by_label("La sauvegarde (.zip)").set_input_files(place)
    page.get_by_role("button", name="Regarder").click()
    expect(page.get_by_text("Fichiers remplacés : 1")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Restaurer cette sauvegarde").click()
    page.wait_for_selector("text=La sauvegarde est restaurée")
    assert (root / "references/exemple.bib").read_bytes() == before
