"""Makes the pictures of docs/bureau.md: each screen of the desk, with the dossiers of the checkout.

python -m tools.screens FOLDER    FOLDER/NAME.png, for every row of SCREENS

Needs the system's Chromium. The desk stands on a copy of the project, so that nothing of it is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.sheets import ROOT

SLUG = "demarches-territoriales-de-sante"
KEY = "harpet-2019-contrats"
COLOURS = 64
LIMIT = 1_500_000  # bytes of all the pictures
WINDOW: ViewportSize = {"width": 1280, "height": 800}


# A page that is drawn where one sees it; a heading.
DRAWN = """() => [...document.querySelectorAll("img[src*='page.png']")].some((each) => {
  const { top, bottom } = each.getBoundingClientRect();
  return each.complete && each.naturalWidth && top < innerHeight && bottom > innerHeight / 2;
})"""
READY = "() => document.querySelector('#work h1') !== null"


class Screen(NamedTuple):
    """A screen: its address, and whether the pages of a dossier are on it."""

    address: str
    has_pages: bool = False


SCREENS = {
    "references": Screen("/collection"),
    "reference": Screen(f"/reference?key={KEY}", has_pages=True),
    "import": Screen("/import"),
    "dossier": Screen(f"/dossier/{SLUG}", has_pages=True),
    "apercu": Screen(f"/preview/{SLUG}", has_pages=True),
    "controle": Screen("/faults"),
    "publier": Screen(f"/publish/{SLUG}"),
}


@contextmanager
def desk(root: Path) -> Iterator[str]:
    """The address of a desk on a project, which is closed in the end."""
    command = [sys.executable, "-m", "biblio", "serve", "-C", str(root), "--no-browser"]
    environment = {**os.environ, "LANG": "fr_FR.UTF-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as run:
        assert run.stdout is not None
        try:
            yield run.stdout.readline().strip()
        finally:
            run.terminate()


def picture(page: Page) -> bytes:
    """What a window shows, as a small PNG."""
    content = BytesIO()
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def main() -> None:
    """Writes the pictures; ends with a message when they would be too heavy."""
    folder = Path(sys.argv[1])
    made: dict[str, bytes] = {}
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        root = Path(place) / "sante-publique"
        for name in ("references", "dossiers", "styles"):
            shutil.copytree(ROOT / name, root / name)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW, locale="fr-FR", reduced_motion="reduce")
        with desk(root) as address:
            page.goto(address)
            for name, screen in SCREENS.items():
                page.goto(address.partition("/?")[0] + screen.address)
                page.wait_for_function(DRAWN if screen.has_pages else READY, timeout=60_000)
                page.wait_for_timeout(1000)
                made[name] = picture(page)
        browser.close()
    size = sum(map(len, made.values()))
    if size > LIMIT:
        sys.exit(f"the pictures have {size} bytes, more than {LIMIT}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / f"{name}.png").write_bytes(content)
    print(f"{len(made)} pictures, {size} bytes")


if __name__ == "__main__":
    main()
