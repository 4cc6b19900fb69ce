"""``biblio build``: what it makes, when it makes it again, and when it does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from cli.running import BIB, PDF, SLUG, SPEC, biblio, environment, make_project, pdf_text, rewrite, snapshot

BUILT = f"{SLUG} : 3 notices → build/{SLUG}.pdf\n"
CURRENT = f"{SLUG} : à jour\n"
FAILED = f"{SLUG} : non construit\n"


def test_a_new_project_builds(project: Path) -> None:
    before = snapshot(project)
    done = biblio(project, "build")
    assert (done.code, done.out, done.err) == (0, BUILT, "")
    words = pdf_text((project / PDF).read_bytes())
    for expected in ("Mon premier dossier", "EXEMPLE Camille", "La Revue d’exemple", "juin 2024"):
        assert expected in words
    after = snapshot(project)
    assert after.keys() - before.keys() == {PDF, f"build/{SLUG}.manifest.json"}
    assert before.items() <= after.items()


def test_a_new_project_builds_in_english(tmp_path: Path) -> None:
    project = make_project(tmp_path, "en")
    done = biblio(project, "build", env=environment("en_GB.UTF-8"))
    assert (done.code, done.out, done.err) == (0, f"{SLUG}: 3 notices → build/{SLUG}.pdf\n", "")
    words = pdf_text((project / PDF).read_bytes())
    for expected in ("My first dossier", "Contents", "1 June 2024", "vol. 12 no. 3", "updated January 2024"):
        assert expected in words


def test_what_is_up_to_date_is_left_alone_until_something_changes(project: Path) -> None:
    biblio(project, "build")
    first = (project / PDF).stat()
    first_place = (first.st_ino, first.st_mtime_ns)
    done = biblio(project, "build")
    assert (done.code, done.out, done.err) == (0, CURRENT, "")
    after = (project / PDF).stat()
    assert (after.st_ino, after.st_mtime_ns) == first_place

    rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    assert biblio(project, "build").out == BUILT
    assert "Trois phrases" in pdf_text((project / PDF).read_bytes())

    (project / PDF).write_bytes(b"abime")
    assert biblio(project, "build").out == BUILT
    assert (project / PDF).read_bytes().startswith(b"%PDF")

    (project / "build" / f"{SLUG}.manifest.json").write_text("{}")
    assert biblio(project, "build").out == BUILT


def test_force_builds_the_same_bytes_again(project: Path) -> None:
    biblio(project, "build")
    first = (project / PDF).read_bytes()
    (project / PDF).touch()
    assert biblio(project, "build", "--force").out == BUILT
    assert (project / PDF).read_bytes() == first


def test_from_any_folder_and_into_any_other(project: Path, tmp_path: Path) -> None:
    inside = biblio(project / "references", "build")
    assert inside.out == f"{SLUG} : 3 notices → {project}/{PDF}\n"
    outside = biblio(tmp_path, "build", "-C", project.name, "-o", "sortie à part")
    assert outside.out == f"{SLUG} : 3 notices → sortie à part/{SLUG}.pdf\n"
    assert (tmp_path / "sortie à part" / f"{SLUG}.pdf").read_bytes() == (project / PDF).read_bytes()


def test_formats(project: Path) -> None:
    done = biblio(project, "build", "--format", "html, pdf,html")
    assert done.out == f"{SLUG} : 3 notices → build/{SLUG}.html, build/{SLUG}.pdf\n"
    assert "Mon premier dossier" in (project / "build" / f"{SLUG}.html").read_text(encoding="utf-8")
    assert (project / PDF).read_bytes().startswith(b"%PDF")


def test_another_style(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    first = (project / "build" / f"{SLUG}.html").read_bytes()
    assert biblio(project, "build", "--format", "html", "--style", "sobre").code == 0
    assert (project / "build" / f"{SLUG}.html").read_bytes() != first


def test_a_style_of_the_project_comes_first(project: Path) -> None:
    style = project / "styles" / "maison"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Maison\nextends: cres\net_al_min: 2\net_al_use_first: 1\n")
    rewrite(project / SPEC, "style: cres", "style: maison")
    assert biblio(project, "build", "--format", "html").code == 0
    assert "(et al.)" in (project / "build" / f"{SLUG}.html").read_text(encoding="utf-8")


def test_several_dossiers_or_those_named(project: Path) -> None:
    (project / "dossiers" / "autre.yaml").write_bytes((project / SPEC).read_bytes())
    lines = biblio(project, "build", "--format", "html").out.splitlines()
    assert lines == ["autre : 3 notices → build/autre.html", f"{SLUG} : 3 notices → build/{SLUG}.html"]
    done = biblio(project, "build", SLUG, SLUG, "--format", "html", "--force")
    assert done.out == f"{SLUG} : 3 notices → build/{SLUG}.html\n"


def test_a_draft_is_built_by_its_name_alone(project: Path) -> None:
    (project / "dossiers" / "autre.yaml").write_bytes(b"draft: true\n" + (project / SPEC).read_bytes())
    for state in (f"{SLUG} : 3 notices → build/{SLUG}.html", f"{SLUG} : à jour", f"{SLUG} : à jour"):
        done = biblio(project, "build", "--format", "html")
        assert (done.code, done.out) == (0, f"{state}\nautre : brouillon, non publié\n")
    assert not (project / "build" / "autre.html").exists()
    assert [each["state"] for each in biblio(project, "build", "--format", "html", "--json").json] == [
        "current",
        "draft",
    ]
    assert biblio(project, "build", "--format", "html", "--quiet").out == ""
    assert biblio(project, "build", "autre", "--format", "html").out == "autre : 3 notices → build/autre.html\n"


def test_a_faulty_dossier_does_not_stop_the_others(project: Path) -> None:
    (project / "dossiers" / "autre.yaml").write_text("titre: Autre\n")
    done = biblio(project, "build", "--format", "html")
    assert done.code == 1
    assert done.out == f"{SLUG} : 3 notices → build/{SLUG}.html\n"
    assert done.err.endswith("autre : non construit\n")
    assert "dossiers/autre.yaml:1:1: erreur D109" in done.err
    assert not (project / "build" / "autre.html").exists()


def test_no_dossier(project: Path) -> None:
    (project / SPEC).unlink()
    done = biblio(project, "build")
    assert (done.code, done.out, done.err) == (0, "", "Aucun dossier dans dossiers/.\n")
    assert biblio(project, "build", "--quiet").err == ""
    assert biblio(project, "build", "--json").json == []


def test_quiet_says_nothing_when_nothing_is_wrong(project: Path) -> None:
    for options in (["--quiet"], ["-q"], ["-q", "--force"]):
        done = biblio(project, "build", "--format", "html", *options)
        assert (done.code, done.out, done.err) == (0, "", "")


def test_json(project: Path) -> None:
    rewrite(project / BIB, "  volume           = {12},", "  volume           = {12}")
    record = {"slug": SLUG, "state": "built", "notices": 3, "outputs": [f"build/{SLUG}.html"]}
    done = biblio(project, "build", "--format", "html", "--json")
    assert done.err == ""
    (found,) = done.json
    (fault,) = found.pop("diagnostics")
    assert found == record
    assert (fault["code"], fault["path"], fault["line"], fault["citekey"]) == ("P106", BIB, 7, "exemple-2024-article")
    (again,) = biblio(project, "build", "--format", "html", "--json").json
    assert (again["state"], again["outputs"]) == ("current", [f"build/{SLUG}.html"])


def test_a_warning_is_shown_and_only_strict_minds(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    before = snapshot(project / "build")
    rewrite(project / BIB, "  volume           = {12},", "  volume           = {12}")
    strict = biblio(project, "build", "--format", "html", "--strict")
    assert (strict.code, strict.out) == (1, "")
    assert strict.err == (
        "references/exemple.bib:7:25: avertissement P106 missing-comma: "
        "il manque une virgule après le champ « volume »\n"
        "    7 │   volume           = {12}\n"
        "      │                         ^\n"
        f"\n{FAILED}"
    )
    assert snapshot(project / "build") == before
    done = biblio(project, "build", "--format", "html")
    assert (done.code, done.out) == (0, f"{SLUG} : à jour\n")  # nothing that is printed has changed
    assert "P106" in done.err


def test_an_error_leaves_what_was_there(project: Path) -> None:
    biblio(project, "build")
    before = snapshot(project / "build")
    rewrite(project / SPEC, "references: [exemple-site]", "references: [exemple-sit]")
    done = biblio(project, "build", "--force")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "dossiers/premier-dossier.yaml:11:16: erreur D207 misspelt-reference: "
        "aucune référence n'a la clé « exemple-sit »\n"
        "   11 │   references: [exemple-sit]\n"
        "      │                ^^^^^^^^^^^\n"
        "  conseil : vouliez-vous écrire « exemple-site » ?\n"
        f"\n{FAILED}"
    )
    assert snapshot(project / "build") == before


def test_a_fault_of_a_reference_that_is_not_printed_does_not_stop_the_dossier(project: Path) -> None:
    with (project / BIB).open("a", encoding="utf-8") as file:
        file.write("\n@misc{autre, date = {hier}}\n")
    done = biblio(project, "build", "--format", "html", "--strict")
    assert (done.code, done.err) == (0, "")
    assert biblio(project, "check", "--strict").code == 1


def test_the_date_of_a_packager_is_an_input(project: Path) -> None:
    biblio(project, "build", "--format", "pdf")
    first = (project / PDF).read_bytes()
    dated = environment(SOURCE_DATE_EPOCH="86400")
    assert biblio(project, "build", env=dated).out == BUILT
    assert (project / PDF).read_bytes() != first
    with pypdfium2.PdfDocument(project / PDF) as document:
        assert document.get_metadata_value("CreationDate").startswith("D:19700102")
    manifest = json.loads((project / "build" / f"{SLUG}.manifest.json").read_text())
    assert manifest["inputs"]["options"]["epoch"] == "86400"
    assert biblio(project, "build").out == BUILT
    assert (project / PDF).read_bytes() == first


@pytest.mark.parametrize("epoch", ["demain", "-1", "", "9" * 30])
def test_a_date_that_is_none_is_not_heeded(project: Path, epoch: str) -> None:
    done = biblio(project, "build", "--format", "html", env=environment(SOURCE_DATE_EPOCH=epoch))
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("date", ["2024", "2024-02", "0001"])
def test_a_dossier_may_be_dated_by_its_month_or_its_year(project: Path, date: str) -> None:
    rewrite(project / SPEC, "date: 2024-06-01", f"date: {date}")
    assert biblio(project, "build").code == 0


def test_a_file_of_references_in_a_folder_of_any_name(project: Path) -> None:
    folder = project / "references" / "Été 2024"
    folder.mkdir()
    shutil.move(project / BIB, folder / "à lire.bib")
    assert biblio(project, "build", "--format", "html").code == 0
    rewrite(folder / "à lire.bib", "{2024-03}", "{mars}")
    assert "references/Été 2024/à lire.bib:9:23: avertissement R301" in biblio(project, "check").err


def test_a_warning_about_a_notice_that_is_not_printed_stops_no_strict_build(project: Path) -> None:
    (project / "references" / "autres.bib").write_text("@misc{autre, title = {Un \\foo titre}}\n", encoding="utf-8")
    assert "P110" in biblio(project, "check").err
    done = biblio(project, "build", "--format", "html", "--strict")
    assert (done.code, done.err) == (0, "")


def test_formats_built_one_after_the_other_are_all_remembered(project: Path) -> None:
    biblio(project, "build", "--format", "pdf")
    assert biblio(project, "build", "--format", "html").out == f"{SLUG} : 3 notices → build/{SLUG}.html\n"
    for formats in ("pdf", "html", "pdf,html"):
        assert biblio(project, "build", "--format", formats).out == f"{SLUG} : à jour\n"
    assert biblio(project, "verify", f"build/{SLUG}.pdf").code == 0
    (project / "build" / f"{SLUG}.html").write_text("autre chose")
    assert biblio(project, "build", "--format", "pdf").out == f"{SLUG} : à jour\n"
    assert biblio(project, "build", "--format", "html").out == f"{SLUG} : 3 notices → build/{SLUG}.html\n"
    rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    biblio(project, "build", "--format", "html")
    assert biblio(project, "build", "--format", "pdf").out == f"{SLUG} : 3 notices → build/{SLUG}.pdf\n"


@pytest.mark.parametrize("style", ["cres", "sobre"])
def test_a_cover_without_an_event_keeps_its_date_and_its_publisher(project: Path, style: str) -> None:
    rewrite(project / SPEC, "event: Journée d'étude\n", "")
    assert biblio(project, "build", "--style", style).code == 0
    document = pypdfium2.PdfDocument(project / PDF)
    cover = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "er juin 2024" in cover  # the ordinal is raised, on a line of its own for the extractor
    assert "Centre de documentation" in cover
