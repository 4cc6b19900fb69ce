"""The command ``site``: what it writes, what it says, and what it will not do."""

from __future__ import annotations

import re
from pathlib import Path

from cli.running import BIB, PDF, SLUG, SPEC, biblio, environment

OUT = "build/site"


def page(project: Path, path: str) -> str:
    return (project / OUT / path).read_text("utf-8")


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_made_and_made_again(project: Path) -> None:
    done = biblio(project, "site")
    assert done.code == 0
    assert done.out.startswith(f"{OUT} (dossiers : 1, notices : 3) : fichiers écrits : ")
    assert re.search(r"enlevés : 0, en tout : \d+, \d,\d Mo", done.out)
    assert "sitemap.xml" in done.err
    again = biblio(project, "site")
    assert "écrits : 0, enlevés : 0," in again.out
    bib = project / BIB
    bib.write_text(bib.read_text("utf-8") + "\n@book{ajout,\n  title = {Un ajout},\n}\n", encoding="utf-8")
    more = biblio(project, "site", "--quiet")
    assert (more.code, more.out, more.err) == (0, "", "")
    assert "Un ajout" in page(project, "notices/ajout.html")


def test_what_was_built_is_offered_with_its_weight_and_pages(project: Path) -> None:
    biblio(project, "build", "--format", "pdf,html")
    biblio(project, "site")
    text = page(project, f"dossiers/{SLUG}.html")
    link = rf'href="\.\./files/{SLUG}\.pdf" download>Le dossier \(PDF, [\d,]+ ko, \d+ pages\)</a>'
    assert re.search(link, text)
    assert re.search(r"Le dossier \(HTML, [\d,]+ ko\)</a>", text)
    assert (project / OUT / "files" / f"{SLUG}.pdf").read_bytes() == (project / PDF).read_bytes()


def test_the_address_of_a_pdf_is_told_of_our_own_alone(project: Path) -> None:
    (project / "biblio.toml").write_text('[site]\naddress = "https://a.example/b"\n', encoding="utf-8")
    biblio(project, "build")
    biblio(project, "site")
    said = f'<meta name="citation_pdf_url" content="https://a.example/b/files/{SLUG}.pdf">'
    assert said in page(project, f"dossiers/{SLUG}.html")
    notices = [path.read_text("utf-8") for path in (project / OUT / "notices").iterdir()]
    assert len(notices) == 3
    assert not any("citation_pdf_url" in notice for notice in notices)
    assert all("citation_title" in notice for notice in notices)


def test_the_bytes_do_not_depend_on_the_run(project: Path) -> None:
    for seed in ("1", "77"):
        biblio(project, "site", "-o", f"site-{seed}", env=environment(PYTHONHASHSEED=seed, TZ="Asia/Tokyo"))
    one, other = (files_in(project / f"site-{seed}") for seed in ("1", "77"))
    assert len(one) > 40
    assert one == other


def test_a_file_is_made_anew_without_an_abstract_that_stays(project: Path) -> None:
    bib = project / BIB
    text = re.sub(r"annotationsource\s*= \{[^}]*\}", "annotationsource = {éditeur}", bib.read_text("utf-8"))
    bib.write_text(text, encoding="utf-8")
    word = re.search(r"annotation\s*= \{(\S+ \S+ \S+)", text)
    assert word is not None
    biblio(project, "build", "--format", "html")
    built = (project / "build" / f"{SLUG}.html").read_text("utf-8")
    done = biblio(project, "site")
    assert "provenance : " in done.err
    taken = page(project, f"files/{SLUG}.html")
    assert word[1] in built
    assert word[1] not in taken
    before = (project / OUT / "files" / f"{SLUG}.html").stat().st_ino
    biblio(project, "site")
    assert (project / OUT / "files" / f"{SLUG}.html").stat().st_ino == before


def test_a_setting_that_is_not_understood_stops_it(project: Path) -> None:
    (project / "biblio.toml").write_text('[site]\nadress = "https://a.example/"\n', encoding="utf-8")
    done = biblio(project, "site")
    assert done.code == 2
    assert "C121" in done.err
    assert "address" in done.err
    assert biblio(project, "check").code == 0  # whose settings are others
    assert not (project / OUT).exists()


def test_a_dossier_with_errors_is_left_out_and_told(project: Path) -> None:
    spec = project / SPEC
    spec.write_text(spec.read_text("utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    done = biblio(project, "site")
    assert done.code == 1
    assert SPEC in done.err
    assert not (project / OUT / "dossiers").exists()


def test_it_goes_where_it_is_told_and_nowhere_else(project: Path) -> None:
    done = biblio(project, "site", "-o", "public")
    assert (project / "public" / "index.html").is_file()
    assert done.out.startswith("public (")
    refused = biblio(project, "site", "-o", "dossiers")
    assert refused.code == 2
    assert "E137" in refused.err
    refused = biblio(project, "site", "-o", ".")
    assert "E200" in refused.err


def test_an_embargo_waits_for_its_day(project: Path) -> None:
    spec = project / SPEC
    spec.write_text(spec.read_text("utf-8") + "\nembargo: 2026-03-01\n", encoding="utf-8")
    for epoch, there in (("1767225600", False), ("1772323200", True)):
        biblio(project, "site", env=environment(SOURCE_DATE_EPOCH=epoch))
        assert (project / OUT / "dossiers" / f"{SLUG}.html").exists() is there
