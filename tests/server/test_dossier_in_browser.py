"""The screen of a dossier in a browser: dragging, keys, and what is typed while the file changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from outputs.test_axe import violations
from server.desks import served
from server.test_dossier import BIB, SPEC

pytestmark = pytest.mark.xdist_group("chromium")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("references", "dossiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "references/a.bib").write_text(BIB, "utf-8")
    (tmp_path / "dossiers/d.yaml").write_text(SPEC, "utf-8")
    return tmp_path


@pytest.fixture
def page(root: Path, chromium: Any) -> Iterator[Any]:
    """The screen of the dossier, in French, without a script that fails."""
    with served(root) as desk:
        context = chromium.new_context(viewport={"width": 1500, "height": 900}, locale="fr")
        context.set_default_timeout(30_000)
        page = context.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(desk.address)
        page.goto(desk.origin + "/dossier/d")
        yield page
        context.close()
        assert failures == []


def drag(page: Any, what: str, where: str, *, below: bool = True) -> None:
    """Drags by a grip to the upper or the lower half of an element."""
    page.locator(f"{what} .grip").first.hover()
    page.mouse.down()
    box = page.locator(where).bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] * (0.75 if below else 0.25), steps=4)


def said(page: Any, words: str) -> None:
    page.wait_for_function("words => document.getElementById('said').textContent.includes(words)", arg=words)


def spec(root: Path) -> str:
    return (root / "dossiers/d.yaml").read_text("utf-8")


def entry(path: str, key: str) -> str:
    return f'[data-path="{path}"] > .entries > [data-key="{key}"]'


def test_references_are_dragged_within_sections_and_from_the_drawer(page: Any, root: Path) -> None:
    drag(page, entry("sections.0", "gamma"), entry("sections.0", "alpha"), below=False)
    page.mouse.up()
    said(page, "1 référence déplacée dans sa section, « Lectures »")
    assert "      - gamma\n      - alpha  # la première\n" in spec(root)
    page.fill("#pick", "proximité")
    page.wait_for_selector("#picked .entry")
    drag(page, '[data-pick="beta"]', entry("sections.0", "alpha"))
    assert page.locator(".drop-line").count() == 1
    page.mouse.up()
    said(page, "1 référence mise dans « Lectures »")
    assert "      - alpha  # la première\n      - beta\n" in spec(root)
    before = spec(root)
    drag(page, entry("sections.0", "beta"), entry("sections.0", "gamma"))
    page.keyboard.press("Escape")
    page.mouse.up()
    said(page, "Déplacement annulé.")
    assert spec(root) == before


def test_everything_is_moved_by_keys(page: Any, root: Path) -> None:
    page.locator(entry("sections.0", "alpha") + " [data-act=entry-down]").focus()
    page.keyboard.press("Enter")
    said(page, "1 référence déplacée dans sa section")
    assert "      - gamma\n      - alpha  # la première\n" in spec(root)
    assert page.evaluate("document.activeElement.closest('.entry').dataset.key") == "alpha"
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_selector(entry("sections.0", "alpha") + ":first-child")
    assert "      - alpha  # la première\n      - gamma\n" in spec(root)
    page.locator('[data-path="sections.1"] > .head .title').focus()
    page.keyboard.press("Alt+ArrowUp")
    said(page, "section « Par sélection » déplacée")
    assert page.evaluate("document.activeElement.value") == "Par sélection"


def test_several_are_put_into_several_sections_at_once(page: Any, root: Path) -> None:
    page.check(entry("sections.0", "alpha") + " [data-chosen]")
    page.check(entry("sections.0", "gamma") + " [data-chosen]")
    assert page.locator(".chosen [data-count]").inner_text() == "2 références choisies"
    page.select_option("#chosen-target", ["sections.0.sections.0", "sections.1"])
    page.click("[data-act=chosen-put]")
    said(page, "2 références mises dans « Dedans », « Par sélection »")
    assert "references: [gamma, alpha]" in spec(root)
    assert "    include:\n      - alpha\n      - gamma\n" in spec(root)


def test_what_is_typed_is_saved_and_never_lost_to_a_change_from_outside(page: Any, root: Path) -> None:
    page.click("#settings-sections\\.0 > summary")
    intro = page.locator("#intro-sections\\.0")
    intro.fill("Plus long.")
    said(page, "Introduction de la section « Lectures » : modification enregistrée")
    assert "    intro: Plus long.\n" in spec(root)
    intro.press_sequentially(" Encore")
    (root / "dossiers/d.yaml").write_text(SPEC.replace("Court.", "D'ailleurs."), "utf-8")
    conflict = page.wait_for_selector(".conflict")
    assert "D'ailleurs." in conflict.inner_text()
    assert intro.input_value() == "Plus long. Encore"
    assert "intro: D'ailleurs." in spec(root)
    page.click(".conflict >> text=Garder mon texte")
    said(page, "modification enregistrée")
    page.wait_for_function("() => !document.querySelector('[data-unsaved]')")
    assert "    intro: Plus long. Encore\n" in spec(root)


def test_a_new_section_is_named_at_once_and_a_removed_one_comes_back(page: Any, root: Path) -> None:
    page.click("#plan > p > [data-act=section-add]")
    said(page, "section « Nouvelle section » ajoutée")
    page.wait_for_function("() => document.activeElement.value === 'Nouvelle section'")
    page.keyboard.type("Colloques")
    page.keyboard.press("Enter")
    said(page, "Intitulé de la section « Nouvelle section » : modification enregistrée")
    assert spec(root).endswith("  - title: Colloques\n")
    page.keyboard.press("Tab")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click('[data-path="sections.0"] > .head [data-act=section-remove]')
    said(page, "section « Lectures » supprimée")
    assert "alpha" not in spec(root)
    page.click("[data-key=undo]")
    said(page, "Annulé : section « Lectures » supprimée")
    page.wait_for_selector(entry("sections.0", "gamma"))
    assert "      - alpha  # la première\n" in spec(root)


def test_the_query_of_a_section_is_built_with_its_result_beside(page: Any, root: Path) -> None:
    page.click("#settings-sections\\.0 > summary")
    page.click('[data-path="sections.0"] > details a.button')
    result = page.locator("#query-result")
    page.fill("#value-1", "cls")
    page.wait_for_function("() => document.getElementById('query-result').textContent.includes('trouvées : 2')")
    page.click("[data-chip-add]")
    page.keyboard.press("Tab")
    page.select_option("#field-new-1", "title")
    page.fill("#value-new-1", "proximité")
    page.wait_for_function("() => document.getElementById('query-result').textContent.includes('trouvées : 1')")
    page.fill("#why", "villes")
    page.wait_for_function("() => document.getElementById('query-result').textContent.includes('Pourquoi')")
    assert "n'y est pas" in result.inner_text()
    page.click("text=Enregistrer la sélection")
    page.wait_for_selector("#plan")
    assert "theme: cls" in spec(root)
    assert "title: proximité" in spec(root)


def test_no_screen_bars_a_reader(page: Any) -> None:
    origin = page.url.removesuffix("/dossier/d")
    for address in ("s", "/d", "/d/query?section=sections.1", "/d/coverage", "/d/news"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{origin}/dossier{address}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(page) == [], address
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
