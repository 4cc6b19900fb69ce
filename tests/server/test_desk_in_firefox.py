"""The desk in Debian's Firefox: opened, searched, edited, saved, undone, and told of what changes elsewhere."""

from __future__ import annotations

from pathlib import Path

from server.desks import served, small_project
from server.firefox import started

BIB = "references/a.bib"
ENTRY = "@article{dupont-2020,\n  title = {Un titre},\n  journaltitle = {Revue},\n  date = {2020},\n}\n"
TITLE = "#fields [data-field=title] [name=title]"
VALUE = f"return document.querySelector('{TITLE}').value"


def test_a_reference_is_found_edited_and_saved(tmp_path: Path) -> None:
    root = small_project(tmp_path / "p")
    (root / BIB).write_text(ENTRY, encoding="utf-8")
    profile = tmp_path / "profil"
    profile.mkdir()
    with served(root) as desk, started(profile) as firefox:
        firefox.open(desk.address)
        assert firefox.run("return location.search") == ""  # the token is in no address that could be passed on
        rows = "return document.querySelectorAll('tbody tr').length"
        assert firefox.wait(rows) > 1
        firefox.type("input[name=q]", "dupont titre")
        firefox.wait(f"{rows} === 1")
        firefox.open(f"{desk.origin}/reference?key=dupont-2020")
        firefox.type(TITLE, " de plus")
        firefox.wait("return document.getElementById('state').textContent.includes('Enregistré')")
        assert (root / BIB).read_text("utf-8") == ENTRY.replace("Un titre", "Un titre de plus")
        (root / BIB).write_text(ENTRY.replace("Un titre", "Du dehors"), encoding="utf-8")
        firefox.wait(f"{VALUE} === 'Du dehors'")
        assert firefox.run("return document.querySelectorAll('.conflict').length") == 0
