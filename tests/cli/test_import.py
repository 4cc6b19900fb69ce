"""What a user gets who imports files: references, a report, and a collection that nothing is lost of."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import BIB, BIBLIO, SLUG, SPEC, biblio, environment, on_a_terminal, rewrite, snapshot
from cli.test_disk import files_of_at_most
from cli.test_interruption import start

RIS = """TY  - JOUR
AU  - Dupont, Jean
TI  - Le soin à domicile
JO  - Revue du soin
PY  - 2019
DO  - 10.1234/abc
KW  - soin
ID  - dupont2019
ER  -

TY  - BOOK
AU  - Roux, Marie
TI  - La santé en ville
PY  - 2020
SN  - 9782070368228
ER  -
"""
CSL = '[{"id": "livre2018", "type": "book", "title": "Tout un livre sur la ville", "issued": {"date-parts": [[2018]]}}]'
INTO = "references/importees.bib"


@pytest.fixture
def export(project: Path) -> Path:
    path = project / "export.ris"
    path.write_text(RIS, encoding="utf-8")
    return path


def test_what_is_imported_is_printed_without_a_file_to_write_to(project: Path, export: Path) -> None:
    before = snapshot(project)
    done = biblio(project, "import", export.name)
    assert (done.code, done.err) == (0, "notices ajoutées : 2 ; réunies à d'autres : 0 ; déjà là : 0 ; refusées : 0\n")
    assert done.out == (
        "@article{dupont2019,\n"
        "  author           = {Dupont, Jean},\n"
        "  title            = {Le soin à domicile},\n"
        "  journaltitle     = {Revue du soin},\n"
        "  date             = {2019},\n"
        "  doi              = {10.1234/abc},\n"
        "  keywords         = {soin},\n"
        "  importedfrom     = {export.ris dupont2019},\n"
        "}\n\n"
        "@book{roux-2020-sante-ville,\n"
        "  author           = {Roux, Marie},\n"
        "  title            = {La santé en ville},\n"
        "  date             = {2020},\n"
        "  isbn             = {9782070368228},\n"
        "  importedfrom     = {export.ris 2},\n"
        "}\n"
    )
    assert snapshot(project) == before


def test_no_project_is_needed_to_print(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(RIS, encoding="utf-8")
    assert biblio(tmp_path, "import", "a.ris").code == 0
    done = biblio(tmp_path, "import", "a.ris", "--into", "a.bib")
    assert (done.code, "E101" in done.err) == (2, True)


def test_several_files_of_several_formats_go_into_one(project: Path, export: Path) -> None:
    (project / "autre").write_text(CSL, encoding="utf-8")
    own = (project / BIB).read_bytes()
    done = biblio(project, "import", export.name, "autre", "--into", INTO)
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "notices ajoutées : 3 ; réunies à d'autres : 0 ; déjà là : 0 ; refusées : 0\n"
        "écrit dans references/importees.bib\n"
    )
    assert (project / BIB).read_bytes() == own
    assert biblio(project, "check", "--select", "P,E").code == 0
    text = (project / INTO).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("@")] == [
        "@article{dupont2019,",
        "@book{roux-2020-sante-ville,",
        "@book{livre2018,",
    ]


def test_standard_input_is_a_file_like_any_other(project: Path) -> None:
    done = subprocess.run(
        [*BIBLIO, "import", "-"], cwd=project, env=environment(), input=RIS.encode(), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.count(b"\n@")) == (0, 1)
    assert b"importedfrom     = {- dupont2019}" in done.stdout


def test_an_import_done_twice_adds_nothing(project: Path, export: Path) -> None:
    biblio(project, "import", export.name, "--into", INTO)
    before = snapshot(project)
    done = biblio(project, "import", export.name, "--into", INTO)
    assert done.code == 0
    assert done.err.startswith(
        "export.ris:1:1: avertissement E127 already-in-collection: ce document est déjà là sous la clé « dupont2019 » "
        "(reconnu à : doi) : il n'est pas ajouté\n"
    )
    assert done.err.endswith("notices ajoutées : 0 ; réunies à d'autres : 0 ; déjà là : 2 ; refusées : 0\n")
    assert snapshot(project) == before


def test_a_merge_completes_the_entry_in_its_file_and_the_old_key_lives_on(project: Path, export: Path) -> None:
    file = project / "references" / "ancien.bib"
    typed = (
        '% à moi\n@ARTICLE{mien, title="Soin, le", doi = {10.1234/ABC},\n\n  keywords={Soin},}\n@book{x, title={X}}\n'
    )
    file.write_text(typed, encoding="utf-8")
    done = biblio(project, "import", export.name, "--into", INTO, "--on-duplicate", "merge")
    assert done.code == 0
    assert "« Le soin à domicile » n'est pas repris dans title de « mien », où « Soin, le » est gardé" in done.err
    assert done.err.endswith(
        "notices ajoutées : 1 ; réunies à d'autres : 1 ; déjà là : 0 ; refusées : 0\n"
        "écrit dans references/ancien.bib, references/importees.bib\n"
    )
    merged = file.read_text(encoding="utf-8")
    added = merged.removeprefix(typed.partition(",}")[0]).removesuffix(",}" + typed.partition(",}")[2])
    assert merged != typed
    assert " ".join(added.split()) == (
        ", author={Dupont, Jean}, journaltitle={Revue du soin}, date={2019}, "
        "importedfrom={export.ris dupont2019}, ids={dupont2019}"
    )
    rewrite(project / SPEC, "[exemple-site]", "[exemple-site, dupont2019]")
    built = biblio(project, "build", "--format", "html")
    assert (built.code, built.err) == (0, "")
    assert "Revue du soin" in (project / "build" / f"{SLUG}.html").read_text(encoding="utf-8")
    again = biblio(project, "import", export.name, "--into", INTO, "--on-duplicate", "merge")
    assert file.read_text(encoding="utf-8") == merged
    assert again.code == 0


def test_a_duplicate_may_be_kept_under_another_key(project: Path, export: Path) -> None:
    biblio(project, "import", export.name, "--into", INTO)
    done = biblio(project, "import", export.name, "--into", INTO, "--on-duplicate", "keep", "--dry-run")
    assert done.out == (
        "export.ris:1 (notice 1) : ajoutée sous la clé dupont2019-2, bien que ce soit aussi dupont2019 (doi)\n"
        "export.ris:11 (notice 2) : ajoutée sous la clé roux-2020-sante-ville-2, bien que ce soit aussi "
        "roux-2020-sante-ville (isbn)\n"
    )
    biblio(project, "import", export.name, "--into", INTO, "--on-duplicate", "keep")
    assert (project / INTO).read_text(encoding="utf-8").count("\n@") == 3


@pytest.mark.parametrize("how", ["skip", "merge", "keep"])
def test_a_dry_run_writes_nothing(project: Path, export: Path, how: str) -> None:
    biblio(project, "import", export.name, "--into", INTO)
    rewrite(export, "KW  - soin", "KW  - ville")
    before = snapshot(project)
    done = biblio(project, "import", export.name, "--into", INTO, "--on-duplicate", how, "--dry-run")
    assert (done.code, snapshot(project)) == (0, before)
    fates = {"skip": "déjà là sous la clé dupont2019 (doi)", "keep": "ajoutée sous la clé dupont2019-2, bien que"}
    assert fates.get(how, "réunie à dupont2019 (doi) ; champs complétés : keywords\n") in done.out


def test_one_document_tells_a_program_the_fate_of_every_record(project: Path, export: Path) -> None:
    (project / "ancien.bib").write_text("@article{y, title = {Soin}, doi = {10.1234/abc}, foo = {1}}", encoding="utf-8")
    found = biblio(project, "import", export.name, "ancien.bib", "README.md", "--into", INTO, "--json").json
    assert {name: found[name] for name in ("into", "dry_run", "written", "counts", "files", "biblatex")} == {
        "into": INTO,
        "dry_run": False,
        "written": [INTO],
        "counts": {"added": 2, "merged": 0, "skipped": 1, "refused": 1},
        "files": [
            {"path": "export.ris", "format": "ris", "references": 2},
            {"path": "ancien.bib", "format": "biblatex", "references": 1},
            {"path": "README.md", "format": None, "references": 0},
        ],
        "biblatex": None,
    }
    shown = ("file", "number", "line", "fate", "key", "own_key", "same_as", "known_by", "faults")
    assert [[record[name] for name in shown] for record in found["records"]] == [
        ["export.ris", 1, 1, "added", "dupont2019", "dupont2019", None, None, []],
        ["export.ris", 2, 11, "added", "roux-2020-sante-ville", None, None, None, []],
        ["ancien.bib", 1, 1, "skipped", "dupont2019", "y", "dupont2019", "doi", ["R102", "E127"]],
        ["README.md", 0, 1, "refused", None, None, None, None, ["E124"]],
    ]


def test_what_differs_is_told_to_a_program_too(project: Path, export: Path) -> None:
    biblio(project, "import", export.name, "--into", INTO)
    rewrite(export, "PY  - 2019", "PY  - 2021\nVL  - 3")
    words = ("import", export.name, "--into", INTO, "--on-duplicate", "merge", "--json")
    record = biblio(project, *words).json["records"][0]
    assert (record["fate"], record["added"], record["changed"]) == ("merged", {"volume": "3"}, {})
    assert record["differences"] == [{"field": "date", "kept": "2019", "other": "2021"}]


def test_keys_follow_the_pattern_of_the_project(project: Path, export: Path) -> None:
    (project / "biblio.toml").write_text('[import]\nkey = "{Auth}{year}"\n', encoding="utf-8")
    assert "@book{Roux2020,\n" in biblio(project, "import", export.name).out
    assert biblio(project, "check").code == 0
    rewrite(project / "biblio.toml", "{Auth}", "{auteur}")
    done = biblio(project, "import", export.name)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "biblio.toml:2:1: erreur C110 unknown-key-pattern: « {auteur}{year} » n'est pas un modèle"
    )


def test_where_a_reference_comes_from_is_never_printed(project: Path, export: Path) -> None:
    biblio(project, "import", export.name, "--into", INTO)
    rewrite(project / SPEC, "[exemple-site]", "[exemple-site, dupont2019]")
    assert biblio(project, "build", "--format", "html").code == 0
    assert "export.ris" not in (project / "build" / f"{SLUG}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["references"], 2, "references:1:1: erreur E173 folder-import: c'est un dossier"),
        (["rien.ris"], 2, "rien.ris:1:1: erreur E104 unreadable-file"),
        ([BIB, "--into", "a.ris"], 2, "a.ris:1:1: erreur E170 not-a-bib-file: --into veut un fichier .bib"),
        ([BIB, "--on-duplicate", "efface"], 2, "efface"),
        ([SPEC], 1, f"{SPEC}:1:1: erreur E176 own-file-import: c'est un fichier de biblio (dossiers/*.yaml)"),
        (["vide.ris"], 1, "vide.ris:1:1: erreur E172 empty-import: ce fichier est vide"),
        (["notes.txt"], 1, "notes.txt:1:1: erreur E124 unknown-import-format"),
        (["a.zip"], 1, "a.zip:1:1: erreur E174 archive-import: c'est une archive (zip)"),
        (["base.dat"], 1, "base.dat:1:1: erreur E175 binary-import: ce fichier n'est pas du texte"),
    ],
)
def test_what_cannot_be_imported_is_said(project: Path, words: list[str], code: int, said: str) -> None:
    (project / "vide.ris").touch()
    (project / "notes.txt").write_text("Rien de tout cela.", encoding="utf-8")
    shutil.make_archive(str(project / "a"), "zip", project / "references")
    (project / "base.dat").write_bytes(bytes(range(256)) * 20)
    before = snapshot(project)
    done = biblio(project, "import", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert snapshot(project) == before


def test_the_manifest_of_a_build_is_a_file_of_ours(project: Path) -> None:
    assert biblio(project, "build", "--format", "html").code == 0
    assert "(manifest.json)" in biblio(project, "import", f"build/{SLUG}.manifest.json").err


def test_a_collection_imported_into_itself_is_there_already(project: Path) -> None:
    before = snapshot(project)
    done = biblio(project, "import", BIB, "--into", BIB)
    assert (done.code, snapshot(project)) == (0, before)
    assert "notices ajoutées : 0 ; réunies à d'autres : 0 ; déjà là : 3 ; refusées : 0\n" in done.err


def test_a_file_dropped_into_the_references_is_said_with_the_command_to_type(project: Path) -> None:
    (project / "references" / "Mon export.ris").write_text(RIS, encoding="utf-8")
    said = biblio(project, "check").err
    command = "biblio import 'references/Mon export.ris' --into references/mon-export.bib"
    assert f"importez-le, puis rangez-le ailleurs : {command}\n" in said
    typed = f"{shlex.quote(sys.executable)} -m {command}"
    done = subprocess.run(typed, shell=True, cwd=project, env=environment(), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"dupont2019" in (project / "references" / "mon-export.bib").read_bytes()


# What may happen on the way


def many(count: int) -> str:
    record = "TY  - JOUR\nAU  - Dupont, Jean\nTI  - Titre numéro {0} sur la santé\nPY  - 2019\nDO  - 10.1/{0}\nER  -\n"
    return "\n".join(record.format(number) for number in range(count))


@pytest.mark.parametrize("how", ["skip", "merge"])
@pytest.mark.parametrize("size", [0, 500])
def test_a_disk_that_fills_up_leaves_the_collection_whole(project: Path, how: str, size: int) -> None:
    (project / "a.ris").write_text(many(60), encoding="utf-8")
    assert biblio(project, "import", "a.ris", "--into", INTO).code == 0
    (project / "a.ris").write_text(many(80).replace("ER  -", "VL  - 3\nER  -"), encoding="utf-8")
    before = snapshot(project)
    words = ("import", "a.ris", "--into", INTO, "--on-duplicate", how)
    done = biblio(project, *words, preexec_fn=files_of_at_most(size))
    assert (done.code, done.out) == (2, "")
    assert (
        "importees.bib:1:1: erreur E105 unwritable-file: le fichier ne peut pas être écrit : il est trop gros"
        in done.err
    )
    assert snapshot(project) == before
    assert biblio(project, *words).code == 0


def test_a_killed_import_leaves_the_old_file_or_the_new_one(project: Path) -> None:
    (project / "a.ris").write_text(many(60), encoding="utf-8")
    (project / INTO).write_text("% ancien\n", encoding="utf-8")
    expected = b"% ancien\n\n" + biblio(project, "import", "a.ris").out.encode()
    process = start(project, "import", "a.ris", "--into", INTO)
    while not any((project / "references").glob(".biblio-*.tmp")) and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    assert (project / INTO).read_bytes() in (b"% ancien\n", expected)
    assert biblio(project, "import", "a.ris", "--into", INTO).code == 0
    assert (project / INTO).read_bytes() == expected
    assert not any((project / "references").glob(".biblio-*.tmp"))


@pytest.mark.parametrize(
    "step", ["lecture", "lecture de a.ris (1/1) : 500 notices sur 1000", "comparaison", "écriture"]
)
def test_control_c_stops_an_import_cleanly(project: Path, step: str) -> None:
    (project / "a.ris").write_text(many(1000), encoding="utf-8")
    before = snapshot(project)
    code, shown = on_a_terminal(project, "import", "a.ris", "--into", INTO, interrupt_at=step)
    if code == 0:  # the program was quicker than the hand
        assert step == "écriture"
    else:
        assert code == 130
        assert shown.endswith("\ninterrompu ; rien n'a été écrit à moitié\n")
        assert snapshot(project) == before


def test_how_far_it_is_is_shown_on_a_terminal_alone(project: Path) -> None:
    (project / "a.ris").write_text(many(300), encoding="utf-8")
    code, shown = on_a_terminal(project, "import", "a.ris", "--into", INTO)
    assert code == 0
    assert "lecture de a.ris (1/1) : 250 notices sur 300" in shown
    assert "comparaison : 200 notices sur 300" in shown
    (project / INTO).unlink()
    quiet = biblio(project, "import", "a.ris", "--into", INTO).err
    assert "comparaison" not in quiet
    assert "lecture" not in quiet


def test_a_file_edited_while_an_import_works_keeps_the_edit(project: Path, export: Path) -> None:
    (project / INTO).write_text("% ancien\n", encoding="utf-8")
    program = [sys.executable, "-c", EDITED, str(project / INTO)]
    done = biblio(project, "import", export.name, "--into", INTO, program=program)
    assert (done.code, "E134 changed-meanwhile" in done.err) == (2, True)
    assert (project / INTO).read_text(encoding="utf-8") == "% ancien\n% une ligne de plus\n"


EDITED = """
import pathlib, sys
from biblio.cli import bringing
edited = pathlib.Path(sys.argv.pop(1))
made = bringing.prepare
def prepare(*words):
    found = made(*words)
    edited.write_bytes(edited.read_bytes() + "% une ligne de plus\\n".encode())
    return found
bringing.prepare = prepare
from biblio.cli.main import main
main(sys.argv[1:])
"""


TABLE = "Libellé;Auteur(s);Année\nLe soin;Dupont, Jean;2010\n"


def test_columns_are_written_to_a_file_and_followed_once_it_is_there(project: Path) -> None:
    (project / "a.csv").write_text(f"Titre{TABLE.removeprefix('Libellé')}", encoding="utf-8")
    first = biblio(project, "import", "a.csv", "--columns", "colonnes.yaml")
    assert "colonnes reconnues : Titre → title ; Auteur(s) → author ; Année → year\n" in first.err
    assert "lecture des colonnes écrite dans colonnes.yaml\n" in first.err
    assert "  author           = {Dupont, Jean},\n" in first.out
    told = (project / "colonnes.yaml").read_text(encoding="utf-8")
    assert '  - heading: "Auteur(s)"  # Dupont, Jean\n    field: author\n' in told
    rewrite(project / "colonnes.yaml", "field: author", "field: editor")
    second = biblio(project, "import", "a.csv", "--columns", "colonnes.yaml")
    assert "colonnes" not in second.err
    assert "  editor           = {Dupont, Jean},\n" in second.out


def test_a_table_whose_headings_say_nothing_is_read_as_its_columns_are_told(project: Path) -> None:
    (project / "a.csv").write_text(TABLE, encoding="utf-8")
    refused = biblio(project, "import", "a.csv")
    assert (refused.code, "P324" in refused.err, "E125" in refused.err) == (1, True, True)
    (project / "c.yaml").write_text("columns:\n  - column: A\n    field: title\n", encoding="utf-8")
    done = biblio(project, "import", "a.csv", "--columns", "c.yaml")
    assert "  title            = {Le soin},\n" in done.out
    (project / "c.yaml").write_text("columns:\n  - column: A\n    field: titel\n", encoding="utf-8")
    wrong = biblio(project, "import", "a.csv", "--columns", "c.yaml")
    assert (wrong.code, "c.yaml:3:12" in wrong.err, wrong.out) == (2, True, "")


# Thesauri


SKOS = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="a"><skos:prefLabel xml:lang="fr">Soins à domicile</skos:prefLabel>
<skos:altLabel xml:lang="fr">HAD</skos:altLabel></skos:Concept>
<skos:Concept rdf:about="b"><skos:prefLabel xml:lang="fr">Soins infirmiers</skos:prefLabel>
<skos:broader rdf:resource="a"/></skos:Concept></rdf:RDF>"""


def test_a_thesaurus_becomes_themes_that_queries_understand(project: Path, export: Path) -> None:
    (project / "t.rdf").write_text(SKOS, encoding="utf-8")
    themes = project / "references" / "themes.yaml"
    before = themes.read_bytes() if themes.exists() else b""
    shown = biblio(project, "import", "t.rdf", "--themes", "--dry-run")
    assert (shown.code, "soins-a-domicile:\n" in shown.out) == (0, True)
    done = biblio(project, "import", "t.rdf", "--themes")
    assert (done.code, done.out, done.err) == (0, "", "thèmes ajoutés : 2 ; déjà là : 0 ; sans nom : 0\n")
    assert themes.read_bytes().startswith(before)
    rewrite(export, "KW  - soin", "KW  - had")
    biblio(project, "import", export.name, "--into", INTO)
    rewrite(project / SPEC, "references: [exemple-site]", "select: {theme: soins-a-domicile}")
    assert "dupont2019" in biblio(project, "outline", SLUG).out
    again = biblio(project, "import", "t.rdf", "--themes")
    assert again.err == "thèmes ajoutés : 0 ; déjà là : 2 ; sans nom : 0\n"


def test_a_branch_of_a_thesaurus_alone_becomes_themes(project: Path) -> None:
    (project / "t.rdf").write_text(SKOS, encoding="utf-8")
    shown = biblio(project, "import", "t.rdf", "--themes", "--dry-run", "--under", "soins infirmiers")
    assert (shown.code, shown.out.splitlines()[0]) == (0, "soins-infirmiers:")
    assert "domicile" not in shown.out
    missing = biblio(project, "import", "t.rdf", "--themes", "--under", "Soins")
    assert (missing.code, "E218 no-such-concept" in missing.err, missing.out) == (2, True, "")


def test_what_is_no_thesaurus_is_said(project: Path, export: Path) -> None:
    (project / "t.rdf").write_text(SKOS, encoding="utf-8")
    assert "biblio import t.rdf --themes" in biblio(project, "import", "t.rdf").err
    done = biblio(project, "import", export.name, "--themes")
    assert (done.code, "E197 no-thesaurus" in done.err) == (2, True)
