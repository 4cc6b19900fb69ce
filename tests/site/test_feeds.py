"""Feeds and maps: what programs read of the site, and identifiers that stay."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

from sites import SPEC, entry, files_of, project, text_of

ATOM = "{http://www.w3.org/2005/Atom}"


def ids(files: dict[str, bytes], path: str = "feeds/all.xml") -> dict[str, str]:
    """The identifiers of what a feed has, by its titles."""
    feed = ElementTree.fromstring(files[path])
    return {each.findtext(f"{ATOM}title", ""): each.findtext(f"{ATOM}id", "") for each in feed.iter(f"{ATOM}entry")}


def root_of(folder: Path, slug: str = "d", key: str = "a", settings: str = "", **fields: str) -> Path:
    spec = SPEC.format(title="Un dossier", date="2025-06", keys=key)
    if slug != "d":
        spec += "former: [d]\n"
    return project(folder, entry(key, added="2025-12-01", **fields), dossiers={slug: spec}, settings=settings)


def test_identifiers_outlive_the_address_the_slug_and_the_key(tmp_path: Path) -> None:
    before = ids(files_of(root_of(tmp_path / "a", settings="address = 'http://un.example/'\n")))
    moved = root_of(tmp_path / "b", "nouveau", "b", "address = 'https://deux.example/ailleurs/'\n", ids="a")
    assert ids(files_of(moved)) == before
    assert len(set(before.values())) == 2


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    files = files_of(root_of(tmp_path, settings="address = 'https://un.example/'\n"))
    for path in [path for path in files if path.startswith("feeds/") and path.endswith(".xml")]:
        written = json.loads(files[path.replace(".xml", ".json")])
        assert [each["id"] for each in written["items"]] == list(ids(files, path).values())
        assert written["version"] == "https://jsonfeed.org/version/1.1"
        feed = ElementTree.fromstring(files[path])
        for name in ("id", "title", "updated", "author"):
            assert feed.find(f"{ATOM}{name}") is not None
        assert all(link.get("href", "").startswith("https://un.example/") for link in feed.iter(f"{ATOM}link"))
    assert "feeds/theme-logement.xml" in files
    assert "feeds/kind-selection.json" in files


def test_the_map_has_every_page_that_is_to_be_found(tmp_path: Path) -> None:
    files = files_of(root_of(tmp_path, settings="address = 'https://un.example/b'\n", ids="vieille"))
    listed = set(re.findall("<loc>https://un.example/b/([^<]+)</loc>", text_of(files, "sitemap.xml")))
    pages = {path for path in files if path.endswith(".html")}
    assert pages - listed == {"404.html", "notices/vieille.html"}
    assert text_of(files, "robots.txt").endswith("Sitemap: https://un.example/b/sitemap.xml\n")


def test_without_an_address_there_is_no_map(tmp_path: Path) -> None:
    files = files_of(root_of(tmp_path))
    assert "sitemap.xml" not in files
    assert "Sitemap" not in text_of(files, "robots.txt")
    assert 'href="../notices/a.html"' in text_of(files, "feeds/watch.xml")
