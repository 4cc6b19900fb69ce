"""The site in a browser: searched, filtered, taken away; by keyboard, on a telephone, without script or server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from outputs.test_axe import violations
from playwright.sync_api import Browser, Page, expect
from sites import sample, served

from biblio.formats.tagged.ris import read_ris
from biblio.site.stems import stem
from biblio.text.collation import fold

pytestmark = pytest.mark.xdist_group("chromium")

NOTICE = "notices/cnraclsm-2025-kit.html"
EVENT = "events/sante-mentale-et-politique-de-la-ville.html"
DOSSIER = "dossiers/veille-territorialisation-decembre-2025.html"
PAGES = (
    *("index.html", "watch/index.html", "watch/2.html", "search.html", "search.html?q=logement&type=article", NOTICE),
    *(EVENT, DOSSIER, "dossiers/demarches-territoriales-de-sante.html", "dossiers/index.html", "events/index.html"),
    *("themes/index.html", "themes/clsm.html", "years/index.html", "about.html", "accessibility.html", "404.html"),
    "dossiers/lettre-actualites-novembre-2025.html",
)
WIDTHS = {"screen": 1280, "telephone": 320}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the site of this repository is served."""
    with served(sample()) as found:
        yield found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window in which nothing may go wrong, and from which nothing may be asked of another host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    window = context.new_page()
    wrong: list[str] = []
    window.on("console", lambda each: wrong.append(each.text) if each.type in ("error", "warning") else None)
    window.on("pageerror", lambda each: wrong.append(str(each)))
    window.on("request", lambda each: wrong.append(each.url) if not _is_here(each.url) else None)
    yield window
    assert wrong == []
    context.close()


def _is_here(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:"))


def count_of(page: Page, facet: str, value: str) -> int:
    words = page.locator(f'input[name="{facet}"][value="{value}"] ~ .count').text_content() or ""
    return int("".join(figure for figure in words if figure.isdigit()))


@pytest.mark.parametrize(("width", "palette"), [("screen", "light"), ("telephone", "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(chromium: Browser, address: str, path: str, width: str, palette: str) -> None:
    context = chromium.new_context(viewport={"width": WIDTHS[width], "height": 800}, color_scheme=palette)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]
    context.close()


def test_words_are_found_without_accents_in_both_numbers(page: Page, address: str) -> None:
    found = {}
    for words in ("conseils locaux de santé mentale", "CONSEIL LOCAL SANTE MENTALE"):
        page.goto(f"{address}/index.html")
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("searchbox").press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("résultats")
        found[words] = page.get_by_role("status").first.inner_text()
        assert parse_qs(urlsplit(page.url).query)["q"] == [words]
    assert len(set(found.values())) == 1
    page.get_by_label("Mots, auteurs, titres").fill("zzzz")
    expect(page.get_by_role("status").first).to_have_text("Aucun résultat")


def test_a_theme_is_found_by_its_name_in_english(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=health+inequalities&kind=notice")
    expect(page.get_by_role("status").first).to_contain_text("résultat")
    assert page.locator("[data-results] li.row").count() > 3


def test_or_inside_a_facet_and_between_facets(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html")
    page.get_by_label("Mots, auteurs, titres").fill("santé")
    expect(page.get_by_role("status").first).to_contain_text("résultats")
    alone = {}
    for value in ("article", "rapport"):
        expect(page.locator(f'input[name="type"][value="{value}"]')).to_be_attached()
        alone[value] = count_of(page, "type", value)
    for value in alone:
        page.locator("details", has_text="Type de document").evaluate("each => { each.open = true; }")
        page.locator(f'input[name="type"][value="{value}"]').check()
    expect(page.get_by_role("status").first).to_have_text(f"{sum(alone.values())} résultats")
    # What is chosen is never told as nothing: its count is that of what it adds.
    page.wait_for_function("document.querySelector('input[value=rapport] ~ .count').textContent !== ''")
    assert {value: count_of(page, "type", value) for value in alone} == alone
    many = sum(alone.values())
    page.locator("summary", has_text="Thème").click()
    page.locator('input[name="theme"][value="logement"]').check()
    page.wait_for_function(f"document.querySelector('[data-status]').textContent !== '{many} résultats'")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["type"], asked["theme"]) == (["article", "rapport"], ["logement"])
    page.go_back()
    expect(page.get_by_role("status").first).to_have_text(f"{many} résultats")
    page.reload()
    expect(page.get_by_role("status").first).to_have_text(f"{many} résultats")


def test_boxes_that_are_opened_are_counted(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?q=logement")
    expect(page.get_by_role("status").first).to_contain_text("résultats")
    whole = count_of(page, "theme", "cls")
    page.locator("summary", has_text="Thème").click()
    expect(page.locator('input[name="theme"][value="cls"] ~ .count')).not_to_have_text(f"({whole})")


def test_the_watch_shows_videos_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/watch/index.html")
    assert page.locator("[data-static] li.row").count() == 12
    page.get_by_label("Voir uniquement les vidéos").check()
    expect(page.get_by_role("status").first).to_contain_text("résultat")
    labels = page.locator("[data-results] li.row .label").all_inner_texts()
    assert labels
    assert all("Vidéo" in label for label in labels)
    page.get_by_role("button", name="Tout afficher").click()
    expect(page.locator("[data-static]")).to_be_visible()


def test_results_and_a_selection_are_taken_away(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?theme=logement&kind=notice")
    expect(page.get_by_role("status").first).to_contain_text("résultat")
    many = int(page.get_by_role("status").first.inner_text().split()[0])
    with page.expect_download() as begun:
        page.locator("[data-taken]").get_by_role("button", name="RIS").click()
    content = Path(begun.value.path()).read_bytes()
    assert len(read_ris(content, "notices.ris").value) == many
    page.locator("[data-results] [data-selects]").first.check()
    page.goto(f"{address}/{NOTICE}")
    page.locator("article [data-selects]").check()
    bar = page.get_by_role("region", name="Votre sélection")
    expect(bar.get_by_role("status")).to_have_text("2 notices sélectionnées")
    with page.expect_download() as begun:
        bar.get_by_role("button", name="BibTeX").click()
    content = Path(begun.value.path()).read_bytes()
    assert content.count(b"\n@") + content.startswith(b"@") == 2
    assert b"cnraclsm-2025-kit" in content
    bar.get_by_role("button", name="Vider").click()
    expect(bar).to_be_hidden()


def test_results_are_printed_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html?theme=clsm")
    expect(page.get_by_role("status").first).to_contain_text("résultat")
    page.evaluate("window.print = () => { window.printed = document.body.className; }")
    page.locator("[data-taken]").get_by_role("button", name="Imprimer").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    assert page.locator(".sheet li.row").count() > 1
    expect(page.locator("form.choose")).to_be_hidden()


def test_a_notice_is_taken_as_ris(page: Page, address: str) -> None:
    page.goto(f"{address}/{NOTICE}")
    with page.expect_download() as begun:
        page.get_by_role("link", name="RIS").click()
    assert begun.value.suggested_filename == "cnraclsm-2025-kit.ris"
    (reference,) = read_ris(Path(begun.value.path()).read_bytes(), "a.ris").value
    assert "quartier" in str(reference.title)


def test_all_of_it_is_reached_by_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/watch/index.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Mots, auteurs, titres")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Voir uniquement les vidéos")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").first).to_contain_text("résultat")


def test_without_script_there_are_pages_of_single_facets(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/watch/index.html")
    expect(page.locator("form.choose")).to_be_hidden()
    page.get_by_role("link", name="Élus").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Élus")
    assert page.locator("li.row").count() > 2
    page.goto(f"{address}/watch/index.html")
    page.get_by_role("link", name="Suivante").click()
    assert page.locator("li.row").count() == 5
    context.close()


def test_opened_from_a_disk_it_is_searched_all_the_same(page: Page) -> None:
    page.goto((sample() / "search.html").as_uri() + "?q=logement")
    expect(page.get_by_role("status").first).to_contain_text("résultats")
    page.locator("summary", has_text="Thème").click()
    page.locator('input[name="theme"][value="logement"]').check()
    expect(page.locator("[data-results] li.row").first).to_be_visible()
    page.locator("[data-results] .title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_script_makes_the_stems_that_the_index_has(page: Page, address: str) -> None:
    page.goto(f"{address}/search.html")
    files = [path.read_text("utf-8") for path in sample().glob("data/terms-*.js")]
    words = sorted({word for text in files for word in text.split('"')[1::2]})
    words += ["Villes", "réseaux", "locaux", "policies", "study", "Œuvres", "L'élève", "straße", "1990s", "process"]
    made = page.evaluate("words => words.map(word => biblioStem(word))", words)
    assert made == [[stem(each) for each in fold(word).split()] for word in words]
