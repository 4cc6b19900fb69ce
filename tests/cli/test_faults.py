"""What a user reads when something is wrong: the file, the line, the column, the words, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import BIB, PDF, SLUG, SPEC, biblio, make_project, rewrite, snapshot

STYLES = "  conseil : styles à choisir : affiche, bulletin, cres, lettre, liste, sobre\n"


@pytest.mark.parametrize("words", [["build"], ["list"], ["check"], ["show", "cle"], ["verify", "fichier.pdf"]])
def test_outside_any_project(tmp_path: Path, words: list[str]) -> None:
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    (folder / "fichier.pdf").write_bytes(b"%PDF")
    done = biblio(folder, *words)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "erreur E101 no-project: aucun projet ici : "
        "ni ailleurs ni les dossiers au-dessus ne contiennent de dossier « dossiers »\n"
        "  conseil : placez-vous dans un projet, indiquez-le par -C, ou créez-en un : biblio init mon-projet\n"
    )


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    done = biblio(tmp_path, "list", "-C", "rien/du/tout")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("erreur E101 no-project: aucun projet ici : ni tout ni")


def test_an_unknown_dossier_stops_before_any_work(project: Path) -> None:
    before = snapshot(project)
    for name in ("premier", "dossiers/premier", "../secret"):
        done = biblio(project, "build", SLUG, name)
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            f"erreur E102 unknown-dossier: il n'y a pas de dossier « {name} » dans dossiers/\n"
            f"  conseil : dossiers du projet : {SLUG}\n"
        )
    assert snapshot(project) == before


def test_an_unknown_style_asked_for(project: Path) -> None:
    done = biblio(project, "build", "--style", "rouge")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"erreur E103 unknown-style: il n'y a pas de style « rouge », ou il part de lui-même\n{STYLES}"


@pytest.mark.parametrize(("words", "code"), [(["build"], 1), (["check"], 1), (["list"], 0)])
def test_an_unknown_style_in_a_dossier_is_a_fault_among_others(project: Path, words: list[str], code: int) -> None:
    rewrite(project / SPEC, "style: cres", "style: rouge")
    rewrite(project / SPEC, "[exemple-site]", "[rien]")
    done = biblio(project, *words)
    assert done.code == code
    if words == ["list"]:
        assert done.out.endswith("· description à corriger\n")
        return
    assert done.err.startswith(
        f"{SPEC}:7:8: erreur E103 unknown-style: il n'y a pas de style « rouge », ou il part de lui-même\n"
        "    7 │ style: rouge\n"
        "      │        ^^^^^\n"
        f"{STYLES}"
        "\n"
        f"{SPEC}:11:16: erreur D201 unknown-reference: aucune référence n'a la clé « rien »\n"
    )


@pytest.mark.parametrize("style", ["title: Rond\nextends: rond\n", "title: Rond\nextends: carré\n"])
def test_a_style_that_extends_nothing_that_is_there(project: Path, style: str) -> None:
    folder = project / "styles" / "rond"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text(style)
    done = biblio(project, "build", "--style", "rond")
    assert done.code != 0
    assert "styles/rond/style.yaml" in done.err or "E103" in done.err
    assert not (project / PDF).exists()


def test_a_fault_in_a_style_is_shown_with_its_line(project: Path) -> None:
    folder = project / "styles" / "maison"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text("title: Maison\nextends: cres\net_al_min: quatre\n")
    done = biblio(project, "build", "--style", "maison")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "styles/maison/style.yaml:3:12: erreur D115 not-a-number: « quatre » n'est pas un nombre entier de 0 à 999999\n"
        "    3 │ et_al_min: quatre\n"
        "      │            ^^^^^^\n"
        "  conseil : écrivez-le en chiffres, ou ôtez la clé pour garder la valeur par défaut\n"
        f"\n{SLUG} : non construit\n"
    )


@pytest.mark.parametrize(
    ("formats", "name"), [("doc", "doc"), ("pdf,mobi", "mobi"), ("", ""), ("pdf,", ""), ("PDF", "PDF")]
)
def test_an_unknown_format(project: Path, formats: str, name: str) -> None:
    done = biblio(project, "build", "--format", formats)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"erreur E111 unknown-format: il n'y a pas de format « {name} »\n"
        "  conseil : formats : pdf, html, email, eml, docx, odt, epub, md, txt, tex\n"
    )
    assert not (project / "build").exists()


def test_a_file_to_verify_that_is_not_there(project: Path) -> None:
    done = biblio(project, "verify", "build/rien.pdf")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "rien.pdf:1:1: erreur E104 unreadable-file: le fichier ne peut pas être lu : il n'existe pas\n"
        "  conseil : vérifiez qu'il existe, que c'est bien un fichier et que vous avez le droit de le lire\n"
    )


@pytest.mark.parametrize("name", [BIB, "dossiers", SPEC])
def test_a_file_to_verify_that_biblio_does_not_make(project: Path, name: str) -> None:
    done = biblio(project, "verify", name)
    assert (done.code, done.out) == (2, "")
    expected = "E104" if name == "dossiers" else "E107 not-an-output: ce n'est pas un fichier produit par biblio"
    assert expected in done.err


def test_a_file_to_verify_of_no_dossier(project: Path) -> None:
    (project / "autre.pdf").write_bytes(b"%PDF")
    done = biblio(project, "verify", "autre.pdf")
    assert (done.code, done.out) == (2, "")
    assert "E102 unknown-dossier: il n'y a pas de dossier « autre » dans dossiers/" in done.err


def test_a_broken_entry_and_what_it_costs(project: Path) -> None:
    """One brace too many: its own entry is lost, reported at its own line, and named where the dossier wants it."""
    rewrite(project / BIB, "@article{exemple-2024-article,", "@article{{exemple-2024-article,")
    done = biblio(project, "build")
    assert (done.code, done.out) == (1, "")
    heads = [line for line in done.err.splitlines() if line.startswith(("dossiers/", "references/"))]
    unread = "un champ « nom = valeur » est attendu ici ; lu : « {exemple-2024-article, »"
    renamed = "l'entrée @article n'a pas de clé ; elle est gardée sous la clé « sans-cle-1 »"
    assert heads == [
        f"{SPEC}:16:40: erreur D207 misspelt-reference: aucune référence n'a la clé « exemple-2024-article »",
        f"{BIB}:3:1: erreur P105 missing-key: {renamed}",
        f"{BIB}:3:10: erreur P104 not-a-field: {unread}",
    ]


def test_a_missing_brace_is_shown_under_its_caret(project: Path) -> None:
    rewrite(project / BIB, "  pagetotal        = {84},", "  pagetotal        = 84},")
    done = biblio(project, "check")
    assert done.code == 1
    assert (
        f"{BIB}:22:24: erreur P112 entry-closed-early: une accolade de trop ferme ici l'entrée "
        "« exemple-2023-rapport » ; ses champs suivants sont lus quand même\n"
        "   22 │   pagetotal        = 84},\n"
        "      │                        ^\n"
        "  conseil : ôtez cette accolade, ou celle de trop dans le champ qui précède\n"
    ) in done.err


def test_a_style_in_capitals_has_its_name_suggested(project: Path) -> None:
    rewrite(project / SPEC, "style: cres", "style: Cres")
    done = biblio(project, "check")
    assert "D105" in done.err
    assert done.err.rstrip().endswith("64 au plus : cres") or "64 au plus : cres\n" in done.err
    typed = biblio(project, "build", "--style", "Cres")
    assert typed.code == 2
    assert "E141" in typed.err
    assert "vouliez-vous écrire « cres » ?" in typed.err


def test_yaml_that_is_not_yaml(project: Path) -> None:
    rewrite(project / SPEC, 'title: "Mon premier dossier"', "title: Mon dossier : premier")
    done = biblio(project, "check")
    assert done.code == 1
    assert done.err.startswith(
        f"{SPEC}:1:20: erreur D133 yaml-colon-inside: ce texte contient « : », que YAML prend pour la fin d'une clé\n"
        "    1 │ title: Mon dossier : premier\n"
        "      │                    ^\n"
        "  conseil : mettez tout le texte entre guillemets doubles\n"
    )


def test_two_files_with_one_key_are_both_named(project: Path) -> None:
    (project / "references" / "zèle.bib").write_text("\n@misc{Exemple-Site,\n  title = {Double},\n}\n")
    done = biblio(project, "check", "--lang", "en")
    assert done.code == 1
    assert done.err == (
        "references/zèle.bib:2:7: error P202 duplicate-key: "
        "the key “Exemple-Site” is already that of references/exemple.bib:31; this entry is not read\n"
        "    2 │ @misc{Exemple-Site,\n"
        "      │       ^^^^^^^^^^^^\n"
        "  hint: give one of the two another key (case does not count)\n\n"
    )


def test_a_missing_glyph_names_its_notice(project: Path) -> None:
    rewrite(project / BIB, "{Un site de référence}", "{Un site 𐎠 de référence}")
    done = biblio(project, "build")
    assert done.code == 0
    assert done.err.startswith(
        "references/exemple.bib:31:9: avertissement W101 missing-glyph: "
        "aucune police du style « cres » n'a ces caractères : 𐎠 (U+103A0)\n"
    )
    (project / PDF).unlink()
    assert biblio(project, "build", "--strict").code == 1
    assert not (project / PDF).exists()


def test_a_flood_of_faults_is_counted(project: Path) -> None:
    (project / "references" / "flot.bib").write_text(
        "".join(f"@misc{{k{n}, title = {{Un}}, date = {{hier}}}}\n" for n in range(500))
    )
    done = biblio(project, "check", "--select", "R301")
    assert done.code == 0
    assert done.err.count("R301") == 100
    assert done.err.endswith("… et 400 autres\n\n")
    assert len(biblio(project, "check", "--select", "R301", "--json").json["diagnostics"]) == 500


def test_what_a_file_holds_plays_no_tricks_on_the_terminal(project: Path) -> None:
    (project / "references" / "farce.bib").write_text(
        "@misc{k, date = {\x1b[2J\u202ehier}, url = {x\x1b]0;titre\x07}}\n"
    )
    done = biblio(project, "check")
    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.err
    assert "\x07" not in done.err
    assert "\x1b" not in biblio(project, "show", "k").out


def test_a_name_of_a_dossier_that_is_not_safe(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (project / SPEC).rename(project / "dossiers" / "Mon Dossier.yaml")
    done = biblio(project, "build")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        "dossiers/Mon Dossier.yaml:1:1: erreur D105 unsafe-name: "
        "« Mon Dossier » ne peut pas nommer un fichier partout\n"
    )
