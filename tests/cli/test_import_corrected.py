"""``import --onto``: a corrected Word document shows what it changes, and its annotations go into the sources."""

from __future__ import annotations

from pathlib import Path

import docx
from cli.running import BIB, SLUG, biblio, snapshot

DOCX = f"build/{SLUG}.docx"


def correct(project: Path, before: str, after: str) -> None:
    """What a colleague does in Word: the words of one paragraph."""
    document = docx.Document(str(project / DOCX))
    (paragraph,) = (each for each in document.paragraphs if before in each.text)
    words = paragraph.text.replace(before, after)
    for run in paragraph.runs:
        run.text = ""
    paragraph.runs[0].text = words
    document.save(str(project / DOCX))


def test_a_corrected_annotation_is_shown_then_written(project: Path) -> None:
    assert biblio(project, "build", "--format", "docx").code == 0
    correct(project, "Quelques phrases", "Trois phrases")
    sources = snapshot(project / "references")
    shown = biblio(project, "import", DOCX, "--onto", SLUG)
    assert shown.code == 0
    assert shown.out.splitlines()[0] == "exemple-2024-article : annotation corrigée"
    assert "  + Trois phrases disent ce que l’article apporte" in shown.out
    assert shown.err == f"{DOCX} : 1 corrections, dont 1 que --apply écrit\n"
    assert snapshot(project / "references") == sources
    done = biblio(project, "import", DOCX, "--onto", SLUG, "--apply")
    assert (done.code, done.err) == (0, f"{DOCX} : 1 corrections écrites sur 1\n")
    assert "{Trois phrases disent ce que l'article apporte" in " ".join((project / BIB).read_text().split())
    biblio(project, "build", "--format", "docx", "--force")
    again = biblio(project, "import", DOCX, "--onto", SLUG)
    assert (again.out, again.err) == ("", f"{DOCX} : 0 corrections, dont 0 que --apply écrit\n")


def test_what_is_not_sure_is_left_to_whoever_reads_it(project: Path) -> None:
    biblio(project, "build", "--format", "docx")
    correct(project, "La Revue d’exemple", "La Revue des exemples")
    sources = snapshot(project / "references")
    done = biblio(project, "import", DOCX, "--onto", SLUG, "--apply")
    assert done.code == 1
    assert "exemple-2024-article : ligne corrigée, à reprendre dans les champs de la référence" in done.out
    assert snapshot(project / "references") == sources


def test_any_other_file_is_refused(project: Path) -> None:
    done = biblio(project, "import", BIB, "--onto", SLUG)
    assert (done.code, done.out) == (2, "")
    assert "E180" in done.err
