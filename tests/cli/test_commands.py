"""Every other command at its work: list, show, check, verify, init, doctor, explain, schema."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import BIB, PDF, SLUG, SPEC, biblio, environment, make_project, rewrite, snapshot

from biblio.check.table import not_stopping
from biblio.words.tables import faults

ROOT = Path(__file__).parents[2]


def test_list_says_what_there_is_to_build(project: Path) -> None:
    done = biblio(project, "list")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{SLUG}\n  Mon premier dossier\n  2024-06-01 · 3 références · à construire\n"
    biblio(project, "build")
    assert biblio(project, "list").out.endswith("· à jour\n")
    rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    assert biblio(project, "list").out.endswith("· à construire\n")
    (project / SPEC).write_text("rien: de bon\n")
    assert biblio(project, "list").out == f"{SLUG}\n  –\n  – · 0 références · description à corriger\n"


def test_list_knows_what_was_built_in_whatever_format_and_folder(project: Path) -> None:
    biblio(project, "build", "--format", "pdf,html", "-o", "ailleurs")
    assert biblio(project, "list", "-o", "ailleurs").out.endswith("· à jour\n")
    assert biblio(project, "list").out.endswith("· à construire\n")


def test_list_for_programs(project: Path) -> None:
    (project / "dossiers" / "autre.yaml").write_text("titre: Autre\n")
    assert biblio(project, "list", "--json").json == [
        {"slug": "autre", "title": "–", "date": "–", "notices": 0, "state": "faulty"},
        {"slug": SLUG, "title": "Mon premier dossier", "date": "2024-06-01", "notices": 3, "state": "stale"},
    ]


def test_list_of_nothing(project: Path) -> None:
    (project / SPEC).unlink()
    done = biblio(project, "list", "--lang", "en")
    assert (done.code, done.out, done.err) == (0, "", "No dossier in dossiers/.\n")
    assert biblio(project, "list", "--json").json == []


NOTICE = (
    "Article\n"
    "EXEMPLE Camille, MODÈLE Sacha\n"
    "Un titre d’article\u00a0: et son sous-titre\n"
    "La Revue d’exemple, vol.\u00a012 n°\u00a03, 2024-03, pp.\u00a045-58\n"
    "Quelques phrases disent ce que l’article apporte, à qui, et comment.\n"
    "https://www.example.org/article\n"
)


@pytest.mark.parametrize("key", ["exemple-2024-article", "EXEMPLE-2024-Article"])
def test_show_prints_a_notice_and_its_place(project: Path, key: str) -> None:
    done = biblio(project, "show", key)
    assert (done.code, done.out, done.err) == (0, f"{NOTICE}\n{BIB}:3\n", "")


def test_show_for_programs(project: Path) -> None:
    done = biblio(project, "show", "exemple-2024-article", "--json")
    assert done.json == {"citekey": "exemple-2024-article", "notice": NOTICE, "source": f"{BIB}:3"}


def test_show_prints_as_the_dossier_of_the_reference_would(tmp_path: Path) -> None:
    project = make_project(tmp_path, "en")
    done = biblio(project, "show", "example-2023-report")
    assert done.out.splitlines()[:3] == [
        "Report",
        "A report without an author",
        "Example Agency, Model Observatory, 2023-11, 84 p.",
    ]
    assert "[Abstract: after publisher]" in done.out
    assert biblio(project, "show", "example-2024-article").out.splitlines()[3] == (
        "The Example Review, vol. 12 no. 3, 2024-03, pp. 45-58"
    )


def test_show_prints_as_the_dossier_that_was_asked_for(project: Path) -> None:
    english = (project / SPEC).read_text(encoding="utf-8").replace("lang: fr\nstyle: cres", "lang: en\nstyle: liste")
    (project / "dossiers" / "zz.yaml").write_text(english, encoding="utf-8")
    french = biblio(project, "show", "exemple-2024-article")
    assert french.out == f"{NOTICE}\n{BIB}:3\n"
    assert biblio(project, "show", "exemple-2024-article", "--dossier", SLUG).out == french.out
    chosen = biblio(project, "show", "exemple-2024-article", "--dossier", "zz")
    assert (chosen.code, chosen.err) == (0, "")
    (project / SPEC).unlink()
    assert chosen.out == biblio(project, "show", "exemple-2024-article").out != french.out
    unknown = biblio(project, "show", "exemple-2024-article", "--dossier", "zzz")
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err.startswith("erreur E102 unknown-dossier: il n'y a pas de dossier « zzz » dans dossiers/\n")
    (project / "dossiers" / "zz.yaml").write_text("titre: [\n", encoding="utf-8")
    unreadable = biblio(project, "show", "exemple-2024-article", "--dossier", "zz")
    assert (unreadable.code, unreadable.out) == (1, "")
    assert "dossiers/zz.yaml:1:8: erreur D131" in unreadable.err


def test_show_in_another_style_and_from_elsewhere(project: Path, tmp_path: Path) -> None:
    style = project / "styles" / "maison"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Maison\net_al_min: 2\net_al_use_first: 1\n")
    done = biblio(tmp_path, "show", "exemple-2024-article", "-C", project.name, "--style", "maison")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1] == "EXEMPLE Camille (et al.)"
    unknown = biblio(project, "show", "exemple-2024-article", "--style", "rouge")
    assert (unknown.code, unknown.out) == (2, "")
    assert "E103" in unknown.err
    assert biblio(project, "show", "exemple-2024-article", "--style", "").out.startswith(NOTICE)


def test_show_tells_the_faults_of_that_reference_alone(project: Path) -> None:
    rewrite(project / BIB, "{2024-03}", "{mars}")
    rewrite(project / BIB, "{2023-11}", "{novembre}")
    done = biblio(project, "show", "exemple-2024-article")
    assert done.code == 0
    assert done.err == (
        f"{BIB}:9:23: avertissement R301 unreadable-date: « mars » n'est pas une date de la forme attendue\n"
        "    9 │   date             = {mars},\n"
        "      │                       ^^^^\n"
        "  conseil : forme attendue : 2019, 2019-03, 2019-03-15 ou 2018/2020\n\n"
    )


def test_show_an_unknown_reference(project: Path) -> None:
    done = biblio(project, "show", "exemple-2024-articl")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "erreur E109 unknown-reference: il n'y a pas de référence « exemple-2024-articl »\n"
        "  conseil : clés proches : exemple-2024-article, exemple-2023-rapport, exemple-site\n"
    )
    assert biblio(project, "show", "zzz").err.endswith("  conseil : clés proches : –\n")


def test_check_of_a_clean_project(project: Path) -> None:
    done = biblio(project, "check")
    assert (done.code, done.out, done.err) == (0, "Rien à signaler (références : 3 ; dossiers : 1).\n", "")
    assert biblio(project.parent, "check", "--project", project.name) == done
    quiet = biblio(project, "check", "--quiet", "--strict")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_check_finds_everything_in_one_run(project: Path) -> None:
    rewrite(project / BIB, "  volume           = {12},", "  volume           = {12}")
    rewrite(project / BIB, "  pagetotal        = {84},", "  pagetotal        = {beaucoup},\n  cote = {12},")
    rewrite(project / SPEC, "subtitle:", "soustitre:")
    rewrite(project / SPEC, "[exemple-2023-rapport,", "[exemple-2022-rapport,")
    before = snapshot(project)
    done = biblio(project, "check")
    assert done.code == 1
    assert done.out == "Erreurs : 2 ; avertissements : 2 ; notes : 1 (références : 3 ; dossiers : 1).\n"
    heads = (line.split(": ") for line in done.err.splitlines() if re.match(r"\w+/", line))
    assert [f"{place}: {fault.split()[1]}" for place, fault, *_ in heads] == [
        f"{SPEC}:2:1: D109",
        f"{SPEC}:16:18: D207",
        f"{BIB}:7:25: P106",
        f"{BIB}:22:23: R303",
        f"{BIB}:23:11: R102",
    ]
    assert snapshot(project) == before
    found = biblio(project, "check", "--json")
    assert (found.code, found.err) == (1, "")
    assert found.json["files"] == [{"path": BIB, "entries": 3, "kept": 3}]
    assert [fault["code"] for fault in found.json["diagnostics"]] == ["D109", "D207", "P106", "R303", "R102"]


def test_check_counts_what_it_does_not_keep(project: Path) -> None:
    with (project / BIB).open("a", encoding="utf-8") as file:
        file.write("\n@misc{EXEMPLE-SITE, title = {Double}}\n")
    done = biblio(project, "check", "--json")
    assert done.code == 1
    assert done.json["files"] == [{"path": BIB, "entries": 4, "kept": 3}]
    (fault,) = done.json["diagnostics"]
    assert (
        fault["message"]
        == "la clé « EXEMPLE-SITE » est déjà celle de references/exemple.bib:31 ; cette entrée-ci n'est pas lue"
    )


@pytest.mark.parametrize(("strict", "code"), [([], 0), (["--strict"], 1)])
def test_check_strict_minds_warnings_and_never_notes(project: Path, strict: list[str], code: int) -> None:
    rewrite(project / BIB, "  pagetotal        = {84},", "  pagetotal        = {84},\n  cote = {12},")
    assert biblio(project, "check", *strict).code == 0
    rewrite(project / BIB, "{2024-03}", "{mars}")
    done = biblio(project, "check", "--quiet", *strict)
    assert (done.code, done.out) == (code, "")
    assert "R301" in done.err


def test_an_unknown_key_of_a_style_is_said_by_show(project: Path) -> None:
    style = project / "styles" / "maison"
    style.mkdir(parents=True)
    (style / "style.yaml").write_text("title: Maison\nextends: cres\ncouleur: bleu\n", encoding="utf-8")
    done = biblio(project, "show", "exemple-2024-article", "--style", "maison")
    assert done.code == 1
    assert "styles/maison/style.yaml:3:1: erreur D108" in done.err
    assert done.out.startswith(biblio(project, "show", "exemple-2024-article", "--style", "cres").out.splitlines()[0])


def test_check_and_the_guide_say_which_errors_do_not_stop_a_build(project: Path) -> None:
    (project / BIB).write_text((project / BIB).read_text("utf-8").replace("title ", "titre ", 1), encoding="utf-8")
    done = biblio(project, "check")
    codes = re.findall(r"erreur ([A-Z]\d{3})", done.err)
    assert set(codes) & not_stopping()
    named = re.search(r"Ces erreurs n'empêchent pas biblio build de publier : (.*)\.", done.out)
    assert named
    assert named[1].split(", ") == sorted(set(codes) & not_stopping())
    guide = (Path(__file__).parents[2] / "docs" / "guide.md").read_text("utf-8")
    sentence = guide.partition("sauf celles des règles")[2].partition("Les avertissements")[0]
    assert set(re.findall(r"[A-Z]\d{3}", sentence)) == not_stopping()


def test_verify_a_genuine_file(project: Path) -> None:
    biblio(project, "build", "--format", "pdf,html")
    before = snapshot(project)
    for name in (f"{SLUG}.pdf", f"{SLUG}.html"):
        done = biblio(project, "verify", f"build/{name}")
        assert (done.code, done.out, done.err) == (0, f"{name} : conforme, ces sources donnent ces octets.\n", "")
    assert snapshot(project) == before


def test_verify_a_file_sent_without_its_record(project: Path, tmp_path: Path) -> None:
    biblio(project, "build", "--format", "html")
    sent = tmp_path / f"{SLUG}.html"
    sent.write_bytes((project / "build" / f"{SLUG}.html").read_bytes())
    assert biblio(tmp_path, "verify", sent.name, "-C", str(project)).code == 0
    rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    done = biblio(tmp_path, "verify", sent.name, "-C", str(project))
    assert done.code == 1
    assert done.out == (
        f"{SLUG}.html : on ne peut pas le dire ; "
        "ces sources donnent un autre fichier, et aucun relevé lisible ne dit pourquoi.\n"
    )


def test_verify_says_which_sources_have_changed(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    (project / "references" / "autre.bib").write_text("@misc{autre}\n")
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert done.code == 1
    assert done.out == (
        f"{SLUG}.html : on ne peut pas le dire ; les sources ne sont plus celles que note son relevé.\n"
        f"  ajouté : references/autre.bib\n  modifié : {BIB}\n"
    )
    found = biblio(project, "verify", f"build/{SLUG}.html", "--json").json
    assert found == {
        "file": f"{SLUG}.html",
        "state": "changed",
        "style": None,
        "changed": [{"kind": "added", "name": "references/autre.bib"}, {"kind": "changed", "name": BIB}],
        "diagnostics": [],
    }


@pytest.mark.parametrize("sources_too", [False, True])
def test_verify_an_altered_file(project: Path, sources_too: bool) -> None:
    biblio(project, "build", "--format", "html")
    if sources_too:
        rewrite(project / BIB, "Quelques phrases", "Trois phrases")
    rewrite(project / "build" / f"{SLUG}.html", "Quelques phrases", "D'autres phrases")
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert done.code == 1
    assert done.out.splitlines()[0] == (
        f"{SLUG}.html : le fichier a été modifié, ce n'est pas celui qui a été construit."
    )


def test_verify_when_the_dossier_cannot_be_built(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    rewrite(project / SPEC, 'title: "Mon premier dossier"', "titre: Mon premier dossier")
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert done.code == 1
    assert done.out == f"{SLUG}.html : le dossier ne peut pas être reconstruit.\n  modifié : {SPEC}\n"
    assert f"{SPEC}:1:1: erreur D109" in done.err


def test_verify_a_file_built_in_another_style(project: Path) -> None:
    biblio(project, "build", "--format", "html", "--style", "sobre")
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert (done.code, done.out.splitlines()[1]) == (0, "  style : sobre (le dossier en demande un autre)")
    assert biblio(project, "verify", f"build/{SLUG}.html", "--json").json["style"] == "sobre"


def test_verify_a_genuine_file_whose_record_names_a_style_that_is_not_there(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    rewrite(project / "build" / f"{SLUG}.manifest.json", '"style": "cres"', '"style": "rouge"')
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert (done.code, done.err) == (0, "")
    assert "conforme" in done.out


def test_verify_cannot_tell_with_a_record_of_other_sources(project: Path) -> None:
    biblio(project, "build", "--format", "html")
    page, record = project / "build" / f"{SLUG}.html", project / "build" / f"{SLUG}.manifest.json"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    rewrite(page, "Quelques phrases", "D'autres phrases")
    rewrite(record, before, hashlib.sha256(page.read_bytes()).hexdigest())
    files = json.loads(record.read_text("utf-8"))["inputs"]["files"]
    rewrite(record, files[BIB], "0" * 64)
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert done.code == 1
    assert "on ne peut pas le dire" in done.out


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ('"files": {', '"files": [[1, "x"]], "autres": {'),
        ('"style": "cres"', '"style": 1'),
        ('"outputs": {', '"outputs": 3, "o": {'),
    ],
)
def test_a_record_of_another_shape_is_no_record(project: Path, typed: str, other: str) -> None:
    biblio(project, "build", "--format", "html")
    rewrite(project / "build" / f"{SLUG}.manifest.json", typed, other)
    done = biblio(project, "verify", f"build/{SLUG}.html")
    assert (done.code, done.err) == (0, "")
    again = biblio(project, "build", "--format", "html")
    assert (again.code, again.err) == (0, "")
    assert biblio(project, "build", "--format", "html").out == f"{SLUG} : à jour\n"


def test_what_was_told_is_told_again_and_fails_a_strict_build_again(project: Path) -> None:
    rewrite(project / SPEC, "publisher:", "description: Dossier # 3\npublisher:")
    first = biblio(project, "build", "--format", "html")
    assert (first.code, "D135" in first.err) == (0, True)
    again = biblio(project, "build", "--format", "html")
    assert (again.code, again.err, again.out) == (0, first.err, f"{SLUG} : à jour\n")
    strict = biblio(project, "build", "--format", "html", "--strict")
    assert strict.code == 1
    assert strict.err.startswith(first.err)
    assert biblio(project, "build", "--format", "html", "--strict", "--force").code == 1


@pytest.mark.parametrize(
    ("folder", "lang"), [("mes dossiers/d'été", "fr"), ("mes dossiers/d'été", "en"), ("d'\udce9t\udce9 \\", "fr")]
)
def test_init_makes_a_project_without_a_fault(tmp_path: Path, folder: str, lang: str) -> None:
    done = biblio(tmp_path, "init", folder, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert set(snapshot(tmp_path / folder)) == {".gitignore", "README.md", BIB, SPEC}
    assert biblio(tmp_path / folder, "check", "--strict").code == 0
    # The last words are a command to type.
    command = done.out.rpartition(": ")[2].strip()
    shell = f'biblio() {{ {shlex.quote(sys.executable)} -m biblio "$@"; }}; {command} --format html'
    ran = subprocess.run(["bash", "-c", shell], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert (tmp_path / folder / "build" / f"{SLUG}.html").exists()


@pytest.mark.parametrize("word", [".", "", "../été", "./."])
def test_init_says_in_which_folder_it_was(tmp_path: Path, word: str) -> None:
    here = tmp_path / "été"
    here.mkdir()
    done = biblio(here, "init", word)
    assert (done.code, done.err) == (0, "")
    assert done.out == "Projet créé ici, dans le dossier été. Pour construire : biblio build\n"
    assert (here / SPEC).exists()


def test_init_in_an_empty_folder_and_quietly(tmp_path: Path) -> None:
    done = biblio(tmp_path, "init", ".", "-q")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / SPEC).exists()


@pytest.mark.parametrize("word", [".", "../plein"])
def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path, word: str) -> None:
    folder = tmp_path / "plein"
    folder.mkdir()
    (folder / "notes.txt").write_text("à moi")
    done = biblio(folder, "init", word)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "erreur E108 folder-not-empty: « plein » existe déjà et n'est pas un dossier vide : "
        "aucun projet n'a été créé, et rien n'y a été changé\n"
        "  conseil : donnez le nom d'un dossier qui n'existe pas encore : biblio init mes-dossiers\n"
    )
    assert snapshot(tmp_path) == {"plein/notes.txt": "à moi".encode()}


def test_init_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("à moi")
    done = biblio(tmp_path, "init", "fichier")
    assert done.code == 2
    assert "E108 folder-not-empty: « fichier » existe déjà et n'est pas un dossier vide" in done.err
    assert snapshot(tmp_path) == {"fichier": "à moi".encode()}


def test_doctor_on_this_machine(tmp_path: Path) -> None:
    done = biblio(tmp_path, "doctor")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("✓ Python 3.")
    assert lines[-1] == "Tout est là."
    assert all(line.startswith("✓ ") for line in lines[:-1])
    found = biblio(tmp_path, "doctor", "--json").json
    assert [record["name"].removeprefix("doctor_") for record in found] == "python styles fonts engine subset".split()
    assert all(record["ok"] for record in found)


@pytest.fixture
def without_engine(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has WeasyPrint but not the libraries that it opens."""
    module = tmp_path / "machine" / "weasyprint"
    module.mkdir(parents=True)
    (module / "__init__.py").write_text(
        "raise OSError('cannot load library libpango-1.0-0: no such file\\nand more')\n"
    )
    return environment(PYTHONPATH=str(module.parent))


def test_doctor_says_what_to_type(project: Path, without_engine: dict[str, str]) -> None:
    done = biblio(project, "doctor", env=without_engine)
    assert (done.code, done.err) == (1, "")
    assert re.search(r"✗ moteur PDF WeasyPrint [\d.]+ : cannot load library libpango-1.0-0: no such file\n", done.out)
    assert re.search(r"\n  à taper : \S+ .*pango.*\n", done.out)
    assert done.out.endswith("Il manque quelque chose.\n")


def test_a_build_without_the_engine_says_so_and_html_needs_none(project: Path, without_engine: dict[str, str]) -> None:
    done = biblio(project, "build", env=without_engine)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "erreur E106 no-pdf-engine: le moteur PDF ne peut pas être chargé : "
        "cannot load library libpango-1.0-0: no such file\n"
        "  conseil : biblio doctor donne la ligne à taper sur ce système\n"
    )
    assert not (project / "build").exists()
    assert biblio(project, "build", "--format", "html", env=without_engine).code == 0


def test_explain_lists_every_code(tmp_path: Path) -> None:
    done = biblio(tmp_path, "explain")
    assert (done.code, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()] == [
        [code, fault.name, {"error": "erreur", "warning": "avertissement", "note": "note"}[fault.severity]]
        for code, fault in faults().items()
    ]


@pytest.mark.parametrize("code", ["P106", "p106"])
def test_explain_one_code(tmp_path: Path, code: str) -> None:
    done = biblio(tmp_path, "explain", code, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "P106 missing-comma (warning)\n\na comma is missing after the field “…”\n\n"
        "biblio understands, but other programs lose the entry there.\n\n"
        "An example of the fault:\n"
        "  @book{martin-2019,\n    title = {Santé}\n    date = {2019},\n  }\n"
    )


def test_explain_an_unknown_code(tmp_path: Path) -> None:
    done = biblio(tmp_path, "explain", "X9")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "erreur E110 unknown-code: il n'y a pas de code « X9 »\n  conseil : biblio explain, sans code, les liste tous\n"
    )


def test_schema_prints_the_published_schema(tmp_path: Path) -> None:
    done = biblio(tmp_path, "schema")
    assert (done.code, done.err) == (0, "")
    assert done.out == (ROOT / "docs" / "schema" / "dossier.schema.json").read_text(encoding="utf-8")
    english = biblio(tmp_path, "schema", "--lang", "en")
    assert json.loads(english.out)["properties"]["lang"]["description"].startswith("The language of the dossier")


def test_the_pdf_of_a_project_is_where_it_is_said_to_be(project: Path) -> None:
    """The constants of these tests are those of the program."""
    biblio(project, "build")
    assert (project / PDF).exists()


def test_list_counts_what_queries_find(project: Path) -> None:
    (project / "dossiers" / "requete.yaml").write_text(
        "title: Une requête\ndate: 2024\npublisher: Centre\nsections:\n  - {title: Tout, select: {type: article}}\n",
        encoding="utf-8",
    )
    done = biblio(project, "list")
    assert "requete\n  Une requête\n  2024 · 1 référence · à construire\n" in done.out
    found = {each["slug"]: each["notices"] for each in biblio(project, "list", "--json").json}
    assert found == {"premier-dossier": 3, "requete": 1}
