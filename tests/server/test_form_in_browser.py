"""The form in a browser: what one types is seen at once, saved, undone, and never lost to what changes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from outputs.test_axe import violations
from playwright.sync_api import Browser, Dialog, Page, expect
from server.desks import served, small_project

pytestmark = pytest.mark.xdist_group("chromium")

BIB = "references/a.bib"
ENTRY = """@article{dupont-2020,
  author       = {Dupont, Jean},
  title        = {Un titre},
  journaltitle = {Revue},
  date         = {2020-03-03},
  keywords     = {asv, cls},
}
"""
FORM = "/reference?key=dupont-2020"


@contextmanager
def opened(chromium: Browser, root: Path, path: str, **context: object) -> Iterator[Page]:
    with served(root) as desk:
        page = chromium.new_context(locale="fr", reduced_motion="reduce", **context).new_page()  # type: ignore[arg-type]
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(desk.address)
        page.goto(desk.origin + path)
        yield page
        page.context.close()
        assert failures == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_project(tmp_path / "p")
    (root / BIB).write_text(ENTRY, encoding="utf-8")
    return root


def read(root: Path) -> str:
    return (root / BIB).read_text("utf-8")


def test_what_is_typed_is_seen_saved_and_undone(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        expect(page.locator("#look")).to_contain_text("Un titre")
        page.get_by_label("Titre", exact=True).fill("Un autre titre")
        expect(page.locator("#look")).to_contain_text("Un autre titre")
        expect(page.locator("#state")).to_have_text("Enregistré : Titre")
        assert read(root) == ENTRY.replace("Un titre", "Un autre titre")
        page.get_by_role("button", name="Annuler").click()
        expect(page.get_by_label("Titre", exact=True)).to_have_value("Un titre")
        assert read(root) == ENTRY


def test_names_and_words_are_changed_by_keyboard(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        page.get_by_role("button", name="Ajouter une personne").first.press("Enter")
        page.keyboard.type("Roux")
        page.keyboard.press("Tab")
        page.keyboard.type("Anne")
        page.keyboard.press("Alt+ArrowUp")
        page.get_by_role("combobox", name="Thèmes et mots-clés").fill("nouveau")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Retirer « asv »").press("Enter")
        page.get_by_label("Date", exact=True).focus()
        expect(page.locator("#state")).to_contain_text("Enregistré")
        expect(page.locator("#look")).to_contain_text("ROUX Anne, DUPONT Jean")
        after = ENTRY.replace("{Dupont, Jean}", "{Roux, Anne and Dupont, Jean}").replace("asv, cls", "cls, nouveau")
        assert read(root) == after


def test_what_changes_elsewhere_is_taken_and_what_is_typed_is_kept(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        expect(page.locator("#look")).to_contain_text("Un titre")
        (root / BIB).write_text(ENTRY.replace("Revue", "Leur revue"), encoding="utf-8")
        expect(page.get_by_label("Revue", exact=True)).to_have_value("Leur revue")
        title = page.get_by_label("Titre", exact=True)
        title.press("End")
        title.press_sequentially(" à moi")
        (root / BIB).write_text(ENTRY.replace("Un titre", "Leur titre"), encoding="utf-8")
        expect(page.get_by_role("alert")).to_contain_text("Leur titre")
        expect(title).to_have_value("Un titre à moi")
        page.get_by_role("button", name="Garder ce que j'ai écrit").click()
        expect(page.locator("#state")).to_have_text("Enregistré : Titre")
        assert read(root) == ENTRY.replace("Un titre", "Un titre à moi")


def test_a_reference_is_put_into_a_section_while_something_else_is_saved(chromium: Browser, root: Path) -> None:
    spec = (root / "dossiers/premier-dossier.yaml").read_text("utf-8")
    with opened(chromium, root, FORM) as page:
        page.get_by_text("Mon premier dossier").first.click()
        box = page.get_by_label("Pour commencer")
        box.press("Space")
        page.get_by_label("Titre", exact=True).fill("Un autre titre")
        expect(page.locator("#state")).to_have_text("Enregistré : Titre")
        expect(box).to_be_checked()
        page.get_by_role("button", name="Enregistrer les sections").click()
        expect(page.locator("#standing summary")).to_contain_text("(1)")
    after = spec.replace("exemple-2024-article]", "exemple-2024-article, dupont-2020]")
    assert (root / "dossiers/premier-dossier.yaml").read_text("utf-8") == after


def test_a_fault_is_mended_where_it_is_told(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        date = page.get_by_label("Date", exact=True)
        date.fill("2021-4-4")
        field = page.locator("[data-field=date]")
        field.get_by_role("button", name="Corriger").click()
        expect(date).to_have_value("2021-04-04")
        expect(field).to_contain_text("lu : 4 avril 2021")
        assert read(root) == ENTRY.replace("2020-03-03", "2021-04-04")


def test_a_reference_is_added_by_hand(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, "/reference/new?type=book") as page:
        page.get_by_label("Titre", exact=True).fill("Un livre")
        page.get_by_label("Date", exact=True).fill("2021")
        expect(page.locator("#look")).to_contain_text("Un livre")
        page.get_by_label("Dans le fichier").fill(BIB)
        page.get_by_role("button", name="Ajouter la référence").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Un livre")
        assert read(root).startswith(ENTRY)


@pytest.mark.parametrize(("width", "palette"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("path", [FORM, "/reference/new?type=article", "/history"])
def test_the_screens_are_for_everybody(chromium: Browser, root: Path, path: str, width: int, palette: str) -> None:
    size = {"width": width, "height": 740}
    with opened(chromium, root, path, viewport=size, color_scheme=palette) as page:
        if path == FORM:
            expect(page.locator("#look")).to_contain_text("Un titre")
            expect(page.locator("#standing")).to_contain_text("Sitographie")
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            expect(page.locator(".source")).to_contain_text("@article")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_typed_on_after_a_pause_is_no_conflict_and_the_caret_stays(chromium: Browser, root: Path) -> None:
    (root / BIB).write_text(ENTRY.replace("  title", "  abstract     = {Un.},\n  title"), encoding="utf-8")
    with opened(chromium, root, FORM) as page:
        text = page.get_by_label("Résumé", exact=True)
        text.press("Control+End")
        for words in ("\n\nDeux\nlignes.", "\n\nEt trois."):
            text.press_sequentially(words)
            expect(page.locator("#state")).to_contain_text("Enregistré", timeout=30_000)
            page.wait_for_timeout(500)  # in which what changed is told
        expect(page.locator(".conflict")).to_have_count(0)
        expect(text).to_have_value("Un.\n\nDeux\nlignes.\n\nEt trois.")
        text.press("Control+Home")
        text.press("ArrowRight")
        (root / BIB).write_text(read(root).replace("Un.", "Une."), encoding="utf-8")
        expect(text).to_have_value("Une.\n\nDeux lignes.\n\nEt trois.", timeout=30_000)
        expect(text).to_be_focused()
        page.keyboard.type("!")
        expect(text).to_have_value("U!ne.\n\nDeux lignes.\n\nEt trois.")


def test_a_text_longer_than_a_page_takes_along_is_saved_and_leaving_before_is_asked_about(
    chromium: Browser, root: Path
) -> None:
    (root / BIB).write_text(ENTRY.replace("  title", "  abstract     = {Un.},\n  title"), encoding="utf-8")
    with opened(chromium, root, FORM) as page:
        text = page.get_by_label("Résumé", exact=True)
        text.fill("mot " * 40_000)
        page.get_by_label("Titre", exact=True).focus()
        expect(page.locator("#state")).to_have_text("Enregistré : Résumé", timeout=30_000)
        assert read(root).count("mot") == 40_000
        text.press("Control+End")
        page.keyboard.type("fin")
        dialogs: list[str] = []

        def asked(dialog: Dialog) -> None:
            dialogs.append(dialog.type)
            dialog.accept()

        page.on("dialog", asked)
        page.goto(page.url.split("/reference")[0] + "/history")
        assert dialogs == ["beforeunload"]


def test_what_is_typed_is_sent_though_the_page_goes(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_label("Titre", exact=True).fill("Un autre titre")
        page.get_by_label("Revue", exact=True).fill("Autre revue")
        page.goto(page.url.split("/reference")[0] + "/history")
        page.wait_for_timeout(500)
        assert read(root) == ENTRY.replace("Un titre", "Un autre titre").replace("{Revue}", "{Autre revue}")


def test_a_field_that_could_not_keep_both_texts_is_typed_on_in(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        title = page.get_by_label("Titre", exact=True)
        title.fill("Un {titre")  # no file can have it: its braces do not pair
        (root / BIB).write_text(ENTRY.replace("Un titre", "Leur titre"), encoding="utf-8")
        field = page.locator("[data-field=title]")
        expect(field.get_by_role("alert")).to_be_visible(timeout=30_000)
        if field.get_by_role("button", name="Garder les deux").count():
            field.get_by_role("button", name="Garder les deux").click()
        expect(field).to_contain_text("accolade", timeout=30_000)
        title.fill("Un titre à moi")
        expect(field.get_by_role("alert")).to_contain_text("Leur titre", timeout=30_000)
        field.get_by_role("button", name="Garder ce que j'ai écrit").click()
        expect(page.locator("#state")).to_have_text("Enregistré : Titre", timeout=30_000)
        assert read(root) == ENTRY.replace("Un titre", "Un titre à moi")


def test_a_double_click_adds_one_field_and_one_reference(chromium: Browser, root: Path) -> None:
    with opened(chromium, root, FORM) as page:
        before = page.locator("#more .field").count()
        name = page.locator("#add-name").input_value()
        page.get_by_role("button", name="Ajouter", exact=True).dblclick()
        expect(page.locator(f"[data-field={name}]")).to_have_count(1, timeout=30_000)
        page.wait_for_timeout(300)
        assert page.locator("#more .field").count() == before + 1
        page.goto(page.url.split("/reference")[0] + "/reference/new?type=book")
        page.get_by_label("Titre", exact=True).fill("Un livre")
        page.get_by_label("Dans le fichier").fill(BIB)
        page.get_by_role("button", name="Ajouter la référence").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("Un livre", timeout=30_000)
        assert read(root).count("Un livre") == 1
