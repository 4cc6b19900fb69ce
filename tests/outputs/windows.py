"""Pages in a window: opened as a reader has them, and looked at for what does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from compose.material import SLUG, project
from outputs.outputs import ROOT, SELECTION
from outputs.twins import html_of
from playwright.sync_api import Browser, Page

TELEPHONE, TABLET, SCREEN, WIDE = 320, 768, 1280, 1400

# With the dossiers of the repository, one that has all that may stand on a page.
EVERYTHING = """\
cover:
  logo: {file: images/carte.png, alt: Le centre}
  image: {file: images/carte.png, alt: Une carte, credit: Camille Exemple}
  partners: [{file: images/carte.png, alt: Un partenaire}]
  colour: 7a1f3d
  cite: true
  license: CC BY 4.0
  contact: doc@example.org
indexes: [people]
acronyms: true
whats_new: 2000-01-01
closing: Écrire à https://www.example.org/
sections:
  - title: Un
    intro: |
      Un mot avec [un lien](https://www.example.org/a).

      - un
      - deux

      # Un titre

      | | Ville | Un intitulé qui est long | Part |
      |---|---|:-:|--:|
      | CLS | 12 | Une phrase qui dit ce que l'on y fait, et pourquoi | 12 % |
      | CLSM | https://www.example.org/une/adresse/sans/fin/qui/ne/se/coupe/nulle/part | | 3 % |

      ![Carte des territoires](images/carte.png "Carte : CRES")
    links: [{label: Un site, url: "https://www.example.org/"}]
    items: [{title: "Une <nouvelle>", text: "Un mot.", url: "https://www.example.org/c", label: Lire}]
    select: {theme: cls}
    agenda: [{title: Un jour, date: 2025-11-27, start: "14:30", place: Marseille}]
  - {title: Deux, select: {theme: cls}}
"""
PAGES = {
    "selection": (SELECTION, ""),
    "sobre": (SELECTION, "sobre"),
    "affiche": ("contrats-locaux-de-sante-lectures", "affiche"),
    "bulletin": ("veille-territorialisation-decembre-2025", ""),
    "newsletter": ("lettre-actualites-novembre-2025", ""),
    "list": ("contrats-locaux-de-sante-lectures", ""),
    "everything": ("", ""),
}


def page_of(name: str, folder: Path) -> str:
    """The HTML of one of ``PAGES``; what is not the repository's is made in the folder."""
    slug, style = PAGES[name]
    root = ROOT
    if not slug:
        root, slug = project(folder, EVERYTHING).root, SLUG
    return html_of(slug, style, root)


def opened(chromium: Browser, html: str, folder: Path, width: int, height: int = 720, **told: Any) -> Page:
    """A page, laid out in a window of that width."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": height}, **told)
    page.goto(file.as_uri())
    return page


def overflow(page: Page) -> list[str]:
    """What stands outside the window, or makes it scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const outside = [...document.body.querySelectorAll('*')].filter(each => {
                const box = each.getBoundingClientRect();
                return box.width > 1 && (box.right > width + 1 || box.left < -1);
            }).map(each => `<${each.localName}> ${each.textContent.trim().slice(0, 40)}`);
            const scrolls = document.documentElement.scrollWidth > width;
            return scrolls ? [...outside, `a page ${document.documentElement.scrollWidth} wide`] : outside;
        }"""
    )
    return found
