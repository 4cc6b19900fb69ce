"""The sheets and scripts of the screens: each loads those that it needs, and none that are of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from server.desks import asked, small_project

STATIC = Path(__file__).parents[2] / "src/biblio/server/static"
DOSSIER = "/dossier/premier-dossier"
# The sheets and scripts of each screen, but for those of all.
SCREENS = {
    "/collection": ({"collection", "import"}, {"collection", "chosen", "import"}),
    "/reference?key=exemple-2024-article": ({"form", "preview"}, {"form", "preview"}),
    "/reference/new?type=book": ({"form"}, {"form"}),
    "/import": ({"import"}, {"import"}),
    "/dossiers": ({"dossier"}, set()),
    DOSSIER: ({"dossier", "preview"}, {"dossier", "preview"}),
    f"{DOSSIER}/query?section=sections.0": ({"dossier", "preview"}, {"query", "preview"}),
    f"{DOSSIER}/coverage": ({"dossier", "preview"}, {"preview"}),
    f"{DOSSIER}/news": ({"dossier", "preview"}, {"preview"}),
    "/preview/premier-dossier": ({"preview"}, {"preview"}),
    "/faults": ({"faults"}, {"faults"}),
    "/publish/premier-dossier": ({"publish", "preview"}, set()),
    "/history": ({"form"}, set()),
    "/duplicates": ({"form", "import"}, set()),
    "/backup": (set(), set()),
    "/nowhere": (set(), set()),
}


def styled(sheet: str, mark: str = r"\.") -> set[str]:
    """The classes that a sheet speaks of; with another mark before them, those alone."""
    selectors = re.sub(r"\{[^{}]*\}|/\*.*?\*/", " ", (STATIC / f"{sheet}.css").read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(rf"{mark}([a-z][\w-]*)", selectors, re.MULTILINE))


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_loads_what_it_needs(tmp_path: Path, address: str) -> None:
    sheets, scripts = SCREENS[address]
    with asked(small_project(tmp_path / "p")) as client:
        page = client.get(address).text
    assert set(re.findall(r'href="/static/([\w-]+)\.css"', page)) == {"desk", *sheets}
    assert set(re.findall(r'src="/static/([\w-]+)\.js"', page)) == {"desk", *scripts}
    shown = {name for said in re.findall(r'class="([^"]*)"', page) for name in said.split()}
    # What some sheet gives a look wherever it stands.
    theirs = set().union(*(styled(path.stem, r"(?:^|,)\s*\.") for path in STATIC.glob("*.css")))
    assert shown & theirs <= set().union(*(styled(each) for each in ("desk", *sheets)))
