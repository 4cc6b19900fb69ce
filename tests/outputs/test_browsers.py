"""What a browser makes of the pages for screens: at every width, size and palette, nothing is out of sight."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from outputs.letters import LETTERS, letter_of
from outputs.markup import read_html
from outputs.outputs import SELECTION
from outputs.tagged import key
from outputs.twins import html_of
from outputs.windows import PAGES, SCREEN, TABLET, TELEPHONE, WIDE, opened, overflow, page_of
from playwright.sync_api import Browser, Page

# One process starts the browser.
pytestmark = pytest.mark.xdist_group("chromium")

MAIL_READER = 600


@pytest.mark.parametrize("width", [TELEPHONE, TABLET, WIDE])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_window(chromium: Browser, tmp_path: Path, name: str, width: int) -> None:
    page = opened(chromium, page_of(name, tmp_path), tmp_path, width)
    assert overflow(page) == []
    page.close()


@pytest.mark.parametrize("width", [TELEPHONE, SCREEN])
def test_the_twin_shows_its_links(chromium: Browser, tmp_path: Path, width: int) -> None:
    html = html_of(SELECTION)
    page = opened(chromium, html, tmp_path, width)
    shown: list[str] = page.evaluate(
        "[...document.links].filter(each => each.checkVisibility()).map(each => each.getAttribute('href'))"
    )
    written = [link.attributes["href"] for link in read_html(html).root.find("a")]
    assert [address for address in written if address not in shown and not address.startswith("#")] == []
    assert len([address for address in shown if address.startswith("http")]) > 50
    inner = {address for address in shown if address.startswith("#")}
    assert inner
    assert [address for address in inner if page.locator(f'[id="{address[1:]}"]').count() != 1] == []
    page.close()


def test_what_is_too_wide_is_seen(chromium: Browser, tmp_path: Path) -> None:
    """Without this, the tests above could not fail."""
    html = html_of(SELECTION).replace("</main>", '<p style="width: 1300px">Trop large</p></main>')
    assert "<p> Trop large" in overflow(opened(chromium, html, tmp_path, SCREEN))


@pytest.mark.parametrize("name", ["selection", "everything"])
def test_letters_of_twice_the_size_fit_and_grow(chromium: Browser, tmp_path: Path, name: str) -> None:
    """The reader's own size (WCAG 1.4.4), on a screen and in half of one."""
    for width in (SCREEN, SCREEN // 2):
        page = opened(chromium, page_of(name, tmp_path), tmp_path, width)
        small = page.locator("main .title").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        large = page.locator("main .title").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        assert large == pytest.approx(2 * small)
        assert overflow(page) == []
        page.close()


@pytest.mark.parametrize("name", ["selection", "everything"])
def test_at_four_times_the_size_nothing_stands_in_the_way(chromium: Browser, tmp_path: Path, name: str) -> None:
    """A screen of 1280 × 720 at 400 % (WCAG 1.4.10): one column, and no bar over what has the focus (2.4.11)."""
    page = opened(chromium, page_of(name, tmp_path), tmp_path, SCREEN // 4, 180)
    assert overflow(page) == []
    page.locator("main .tools a").last.focus()
    assert covered(page) == ""
    page.close()


def covered(page: Page) -> str:
    """What lies over the element that has the focus, if anything does."""
    found: str = page.evaluate(
        """() => {
            const focused = document.activeElement, box = focused.getClientRects()[0];
            const top = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
            if (top === focused || focused.contains(top)) return '';
            return top ? top.outerHTML.slice(0, 80) : 'out of the window';
        }"""
    )
    return found


def test_on_a_telephone_the_bar_stays_and_covers_nothing(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, page_of("selection", tmp_path), tmp_path, TELEPHONE)
    page.locator("main h2").last.scroll_into_view_if_needed()
    assert page.locator(".bar a").first.bounding_box()["y"] < 40  # type: ignore[index]  # it is in the window
    anchor = page.locator("main .notice").nth(60).get_attribute("id")
    page.goto(f"{page.url.partition('#')[0]}#{anchor}")
    bar, notice = (page.locator(each).first.bounding_box() for each in (".bar", f"[id='{anchor}']"))
    assert bar
    assert notice
    assert notice["y"] >= bar["y"] + bar["height"]
    page.close()


def test_what_is_new_and_the_contents_keep_to_their_columns(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, page_of("everything", tmp_path), tmp_path, WIDE)
    boxes = {each: page.locator(each).first.bounding_box() for each in (".contents:not(.news)", ".news", "main")}
    side, news, main = boxes.values()
    assert side
    assert news
    assert main
    assert side["x"] + side["width"] < main["x"] == news["x"]
    assert news["y"] + news["height"] <= main["y"]
    assert main["width"] > 500
    page.close()


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("width", [TELEPHONE, MAIL_READER])
def test_an_email_scrolls_in_one_direction(chromium: Browser, tmp_path: Path, letter: str, width: int) -> None:
    _, html = letter_of(letter, tmp_path)
    assert overflow(opened(chromium, html, tmp_path, width)) == []


# --- palettes and paper -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["selection", "everything"])
def test_forced_colours_leave_links_and_the_focus_to_be_seen(chromium: Browser, tmp_path: Path, name: str) -> None:
    page = opened(chromium, page_of(name, tmp_path), tmp_path, SCREEN, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    link = page.locator("main a[href^=http]").first
    line, colour, around = link.evaluate(
        "each => [getComputedStyle(each), getComputedStyle(each.parentElement)]"
        ".flatMap((told, around) => around ? [told.color] : [told.textDecorationLine, told.color])"
    )
    assert line == "underline"
    assert colour != around
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    width, style = page.evaluate(
        "[getComputedStyle(document.activeElement)].flatMap(told => [parseFloat(told.outlineWidth), told.outlineStyle])"
    )
    assert (width >= 2, style) == (True, "solid")
    page.close()


SIZED = ("main h3", "main .title", "main .annotation", "main .label", "main .link", "main .source")


def test_on_paper_every_size_follows_that_of_the_text(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, page_of("selection", tmp_path), tmp_path, SCREEN)

    def sizes() -> list[float]:
        told: list[float] = page.evaluate(
            "which => [document.body, ...which.map(each => document.querySelector(each))]"
            ".map(each => parseFloat(getComputedStyle(each).fontSize))",
            list(SIZED),
        )
        return told

    on_screen = sizes()
    page.emulate_media(media="print")
    on_paper = sizes()
    # Ten points, and all the others in proportion.
    assert on_paper[0] == pytest.approx(10 * 96 / 72, abs=0.1)
    assert [each / on_paper[0] for each in on_paper] == pytest.approx(
        [each / on_screen[0] for each in on_screen], rel=1e-3
    )
    page.close()


def test_what_is_printed_is_the_dossier_alone(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, page_of("selection", tmp_path), tmp_path, SCREEN)
    content = page.pdf(format="A4", margin={"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"})
    document = pypdfium2.PdfDocument(BytesIO(content))
    printed = key("".join(sheet.get_textpage().get_text_range() for sheet in document))
    html = read_html(html_of(SELECTION))
    (main,) = html.root.find("main")
    titles = [node.text for node in main.walk() if node.attributes.get("class") == "title"]
    assert len(titles) > 100
    assert [title for title in titles if key(title) not in printed] == []
    for working in ("Tout afficher", "Télécharger les références", "Lien vers cette notice", "Retour au sommaire"):
        assert working in html.root.text
        assert key(working) not in printed
    page.close()
