"""Moves before the first is answered, and texts whose section is elsewhere by now: nothing goes to another place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from server.desks import TOKEN, Reached, reachable

pytestmark = pytest.mark.xdist_group("chromium")

KEYS = [f"ref-{number:02}" for number in range(12)]
BIB = "".join(f"@book{{{key}, title = {{Titre {key}}}, date = {{2020}}}}\n" for key in KEYS)
HEAD = "title: Santé\ndate: 2023-04-25\npublisher: CRES\nsections:\n"
LECTURES = "  - title: Lectures\n    references:\n" + "".join(f"      - {key}\n" for key in KEYS)
SPEC = HEAD + LECTURES + "".join(f"  - title: {title}\n    intro: Dans {title}.\n" for title in ("Un", "Deux", "Trois"))
LONG = 30_000  # milliseconds, on a machine that has other work


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("references", "dossiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "references/a.bib").write_text(BIB, "utf-8")
    (tmp_path / "dossiers/d.yaml").write_text(SPEC, "utf-8")
    return tmp_path


@pytest.fixture
def reached(root: Path) -> Iterator[Reached]:
    with reachable(root) as desk:
        yield desk


@pytest.fixture
def page(reached: Reached, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1500, "height": 900}, locale="fr")
    context.set_default_timeout(LONG)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"http://{reached.host}/?token={TOKEN}")
    page.goto(f"http://{reached.host}/dossier/d")
    yield page
    context.close()
    assert failures == []


def spec(root: Path) -> str:
    return (root / "dossiers/d.yaml").read_text("utf-8")


def listed(root: Path) -> list[str]:
    return re.findall(r"- (ref-\d+)", spec(root))


def titles(root: Path) -> list[str]:
    return re.findall(r"- title: (.*)", spec(root))


def order(page: Page) -> list[str]:
    return [each or "" for each in page.eval_on_selector_all(".entry", "all => all.map(each => each.dataset.key)")]


def held(page: Page, action: str) -> None:
    """Holds back what is sent by an action, until it is unrouted."""
    routes: list[Route] = []
    page.route(f"**/dossier/d/{action}", lambda route: routes.append(route))


def test_ten_moves_by_keys_are_ten_moves(page: Page, root: Path) -> None:
    page.locator(".entry").first.focus()
    for _ in range(10):
        page.keyboard.press("Alt+ArrowDown")
    wanted = [*KEYS[1:11], KEYS[0], KEYS[11]]
    expect(page.locator(".entry").nth(10)).to_have_attribute("data-key", KEYS[0], timeout=LONG)
    assert listed(root) == wanted == order(page)
    assert page.evaluate("document.activeElement.dataset.key") == KEYS[0]
    for _ in range(12):
        page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".entry").first).to_have_attribute("data-key", KEYS[0], timeout=LONG)
    assert listed(root) == KEYS


def test_a_double_click_moves_what_was_clicked_twice_and_takes_out_once(page: Page, root: Path) -> None:
    page.locator(".entry [data-act=entry-down]").first.dblclick()
    expect(page.locator(".entry").nth(2)).to_have_attribute("data-key", KEYS[0], timeout=LONG)
    assert listed(root) == [*KEYS[1:3], KEYS[0], *KEYS[3:]]
    page.locator(".entry [data-act=entry-take]").first.dblclick()
    expect(page.locator(".entry")).to_have_count(11, timeout=LONG)
    page.locator("#plan > p > [data-act=section-add]").dblclick()
    expect(page.locator("#plan > .part")).to_have_count(5, timeout=LONG)
    assert listed(root) == [KEYS[2], KEYS[0], *KEYS[3:]]
    assert titles(root) == ["Lectures", "Un", "Deux", "Trois", "Nouvelle section"]


def test_a_section_is_moved_by_keys_from_its_title_and_what_is_typed_goes_with_it(page: Page, root: Path) -> None:
    page.locator('[data-path="sections.3"] .title').focus()
    page.keyboard.press("End")
    page.keyboard.type(" bis")
    for _ in range(3):
        page.keyboard.press("Alt+ArrowUp")
    expect(page.locator('[data-path="sections.0"] .title')).to_have_value("Trois bis", timeout=LONG)
    assert titles(root) == ["Trois bis", "Lectures", "Un", "Deux"]
    page.keyboard.type(" et fin")  # where the caret was
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("modification enregistrée", timeout=LONG)
    assert titles(root) == ["Trois bis et fin", "Lectures", "Un", "Deux"]


def test_what_is_done_to_a_section_that_is_on_its_way_follows_it(page: Page, root: Path) -> None:
    held(page, "section/move")
    page.locator('[data-path="sections.1"] > .head [data-act=section-down]').click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator('[data-path="sections.1"] > .head [data-act=section-remove]').click()
    page.locator('[data-path="sections.3"] .title').fill("Trois encore")
    page.wait_for_timeout(100)
    page.unroute("**/dossier/d/section/move")
    expect(page.locator("#plan > .part")).to_have_count(3, timeout=LONG)
    page.wait_for_function("() => !document.querySelector('[data-unsaved]')")
    assert titles(root) == ["Lectures", "Deux", "Trois encore"]


@pytest.mark.parametrize("moved", [True, False])
def test_a_text_that_is_kept_goes_to_its_own_section_or_is_asked_about(page: Page, root: Path, moved: bool) -> None:
    page.click("#settings-sections\\.1 > summary")
    intro = page.locator("#intro-sections\\.1")
    intro.press("End")
    intro.press_sequentially(" Encore")
    after = SPEC.replace("Dans Un.", "D'ailleurs.")
    one = "  - title: Un\n    intro: D'ailleurs.\n"
    after = after.replace(one, "") + (one if moved else "")
    (root / "dossiers/d.yaml").write_text(after, "utf-8")
    expect(page.locator(".conflict")).to_contain_text("D'ailleurs." if moved else "n'est plus là", timeout=LONG)
    expect(intro).to_have_value("Dans Un. Encore", timeout=LONG)
    assert spec(root) == after
    if moved:
        page.click(".conflict >> text=Garder mon texte")
        page.wait_for_function("() => !document.querySelector('[data-unsaved]')")
        assert spec(root) == after.replace("D'ailleurs.", "Dans Un. Encore")
    else:
        page.click(".conflict >> text=Afficher le dossier")
        expect(page.locator("#plan > .part")).to_have_count(3, timeout=LONG)
        assert spec(root) == after


def test_the_kept_text_is_asked_about_again_when_its_place_changed_meanwhile(page: Page, root: Path) -> None:
    page.click("#settings-sections\\.1 > summary")
    page.locator("#intro-sections\\.1").press_sequentially(" Encore")
    (root / "dossiers/d.yaml").write_text(SPEC.replace("Dans Un.", "Ailleurs."), "utf-8")
    expect(page.locator(".conflict")).to_contain_text("Ailleurs.", timeout=LONG)
    after = SPEC.replace("Dans Un.", "Et encore.")
    (root / "dossiers/d.yaml").write_text(after, "utf-8")
    page.click(".conflict >> text=Garder mon texte")
    expect(page.locator(".conflict")).to_contain_text("Et encore.", timeout=LONG)
    assert spec(root) == after


def test_choices_that_are_changed_at_once_are_saved_as_the_last_one_says(page: Page, root: Path) -> None:
    page.click("#whole-cover > summary")
    held(page, "field")
    for kind in ("bulletin", "newsletter", "selection", "bulletin"):
        page.locator(f"#whole-kind-{kind}").check()
    page.wait_for_timeout(100)
    page.unroute("**/dossier/d/field")
    page.wait_for_function("() => !document.querySelector('[data-unsaved]')")
    expect(page.locator(".conflict")).to_have_count(0, timeout=LONG)
    assert "kind: bulletin" in spec(root)
