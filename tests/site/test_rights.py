"""Abstracts leave by their provenance, and by the rights that their notice tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import SPEC, entry, files_of, gathered_of, project

WORD = "palimpseste"
PROVENANCES = {
    "éditeur": "publisher",
    "auteur": "author",
    "documentaliste": "documentalist",
    "d'après éditeur": "adapted",
    "extrait auteur": "extract",
    "": "unsaid",
}


def made(tmp_path: Path, settings: str = "", **fields: str) -> dict[str, bytes]:
    spec = SPEC.format(title="Un dossier", date="2025", keys="a")
    root = project(tmp_path, entry("a", added="2025-12-01", **fields), settings=settings, dossiers={"d": spec})
    return files_of(root)


def holders(files: dict[str, bytes]) -> set[str]:
    """The kinds of files in which the abstract stands."""
    return {path.partition("/")[0] for path, content in files.items() if WORD.encode() in content.lower()}


@pytest.mark.parametrize("source", PROVENANCES)
def test_an_abstract_leaves_as_the_settings_have_it(tmp_path: Path, source: str) -> None:
    fields = {"annotation": f"Un {WORD}.", **({"annotationsource": source} if source else {})}
    name = PROVENANCES[source]
    spread = made(tmp_path / "a", f'abstracts = ["{name}"]\n', **fields)
    assert holders(spread) >= {"notices", "dossiers", "watch", "feeds", "data"}
    other = "author" if name != "author" else "publisher"
    assert holders(made(tmp_path / "b", f'abstracts = ["{other}"]\n', **fields)) == set()


def test_a_publishers_abstract_stays_by_itself_and_is_counted(tmp_path: Path) -> None:
    assert holders(made(tmp_path, annotation=WORD, annotationsource="éditeur", abstract=WORD)) == set()
    site, _ = gathered_of(tmp_path)
    assert site.withheld == 1


@pytest.mark.parametrize("rights", ["CC BY 4.0", "Licence ouverte 2.0", "Domaine public"])
def test_open_rights_let_it_leave(tmp_path: Path, rights: str) -> None:
    fields = {"annotation": WORD, "annotationsource": "éditeur", "abstractrights": rights}
    assert "notices" in holders(made(tmp_path, **fields))


def test_exports_in_a_page_have_it_neither(tmp_path: Path) -> None:
    from base64 import b64decode
    from re import findall

    page = made(tmp_path, annotation=WORD, annotationsource="auteur")["notices/a.html"].decode()
    exports = [b64decode(each) for each in findall(r'href="data:[^"]*;base64,([^"]+)"', page)]
    assert len(exports) == 2
    assert not any(WORD.encode() in each for each in exports)
