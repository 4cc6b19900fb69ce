"""The commands ``check``, ``explain`` and ``fmt``: what they print, what they write, and how they end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from biblio.check.explanation import explain_all
from biblio.cli.main import main
from biblio.words.tables import faults

CLEAN = """\
@book{brimo-2023-sante,
  author           = {Brimo, Sara},
  title            = {Santé et territoire},
  publisher        = {LexisNexis},
  date             = {2023},
}
"""
FAULTY = """\
@book{brimo-2023-sante,
  author           = {Brimo, Sara},
  title            = {Etat des lieux},
  publisher        = {LexisNexis},
  date             = {2023},
  url              = {https://www.irdes.fr/...},
  annotation       = {Mise en oeuvre de l'Etat.},
  annotationsource = {documentaliste},
}
"""
WARNED = FAULTY.replace("https://www.irdes.fr/...", "https://www.irdes.fr/")
DOSSIER = """\
title: Essai
date: 2023-04
publisher: CRES
sections:
  - title: Ouvrages
    references: [brimo-2023-sante]
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path, lang: str = "fr") -> tuple[int, str, str]:
    """The exit code of a command, and what it says on both streams."""
    with pytest.raises(SystemExit) as stopped:
        main([*map(str, arguments), "--lang", lang])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return int(stopped.value.code or 0), said.out, said.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


@pytest.fixture
def project(folder: Path) -> Path:
    for name, text in {"references/essai.bib": FAULTY, "dossiers/essai.yaml": DOSSIER}.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


# --- what is checked


def test_the_project(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check")
    assert code == 1
    assert "Erreurs : 1 ; avertissements : 3 ; notes : 0 (références : 1 ; dossiers : 1)." in out
    assert re.findall(r"^(\S+) \w+ (\w+) ", err, re.MULTILINE) == [
        ("references/essai.bib:3:23:", "F101"),
        ("references/essai.bib:6:23:", "R211"),
        ("references/essai.bib:7:31:", "F102"),
        ("references/essai.bib:7:43:", "F101"),
    ]
    assert run(capsys, "check", "-C", project)[0] == 1
    assert run(capsys, "check", ".")[1] == out


def test_files_outside_any_project(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "propre.bib", CLEAN)
    put(folder / "fautif.bib", FAULTY.replace("brimo-2023-sante", "autre"))
    assert run(capsys, "check", "propre.bib") == (0, "Rien à signaler (références : 1 ; fichiers : 1).\n", "")
    assert run(capsys, "check", "propre.bib", lang="en")[1] == "Nothing to report (references: 1; files: 1).\n"
    code, out, err = run(capsys, "check", "fautif.bib", "propre.bib")
    assert (code, out) == (1, "Erreurs : 1 ; avertissements : 3 ; notes : 0 (références : 2 ; fichiers : 2).\n")
    assert "fautif.bib:6:23: erreur R211 truncated-address" in err
    assert run(capsys, "check", folder)[1] == out


def test_files_are_read_as_one_library(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "un.bib", CLEAN)
    put(folder / "deux.bib", CLEAN)
    code, out, err = run(capsys, "check", "un.bib", "deux.bib", "--json")
    assert code == 1
    assert json.loads(out)["files"] == [
        {"path": "un.bib", "entries": 1, "kept": 1},
        {"path": "deux.bib", "entries": 1, "kept": 0},
    ]
    assert [each["code"] for each in json.loads(out)["diagnostics"]] == ["P202"]
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check"], "E101"),
        (["check", "absent.bib"], "E104"),
        (["check", "notes.txt"], "C108"),
        (["check", "vide"], "C108"),
        (["check", "propre.bib", "--select", "Z9"], "C103"),
        (["check", "propre.bib", "--ignore", "Z9"], "C103"),
        (["check", "propre.bib", "--format", "xml"], "E111"),
        (["check", "propre.bib", "--baseline", "absent.json"], "E104"),
        (["check", "propre.bib", "--baseline", "notes.txt"], "C104"),
        (["fmt", "notes.txt"], "C108"),
        (["explain", "Z999"], "E110"),
    ],
)
def test_what_cannot_run(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str) -> None:
    put(folder / "propre.bib", CLEAN)
    put(folder / "notes.txt", "des notes")
    (folder / "vide").mkdir()
    ended, out, err = run(capsys, *arguments)
    assert (ended, out) == (2, "")
    assert f" {code} {faults()[code].name}: " in err


def test_settings_that_are_wrong_stop_the_command(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(project / "biblio.toml", 'selct = ["R"]\n')
    code, out, err = run(capsys, "check")
    assert (code, out) == (2, "")
    assert err.startswith("biblio.toml:1:1: erreur C102 unknown-setting: ")


# --- exit codes and choices


def test_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "a.bib", WARNED)
    assert run(capsys, "check", "a.bib")[0] == 0
    assert run(capsys, "check", "a.bib", "--strict")[0] == 1
    assert run(capsys, "check", "a.bib", "--strict", "--ignore", "F1")[0] == 0
    put(folder / "a.bib", CLEAN.replace("}},", "}},").replace("title            =", "volume = {vol. 3},\n  title ="))
    assert run(capsys, "check", "a.bib", "--strict", "--select", "R320")[:2] == (
        0,
        "Erreurs : 0 ; avertissements : 0 ; notes : 1 (références : 1 ; fichiers : 1).\n",
    )


def test_choices_of_the_command_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(project / "biblio.toml", 'ignore = ["F102"]\n')

    def codes(*options: str) -> set[str]:
        return {each["code"] for each in json.loads(run(capsys, "check", "--json", *options)[1])["diagnostics"]}

    assert codes() == {"F101", "R211"}
    assert codes("--ignore", "r2") == {"F101"}
    assert codes("--select", "R2,F3") == {"R211"}
    assert codes("--select", "f1") == {"F101"}
    assert codes("--select", "F102") == set()  # both are as long: what is ignored stays so
    assert codes("--select", "F301") == set()
    assert codes("--select", "D304") == set()


def test_quiet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "a.bib", FAULTY)
    code, out, err = run(capsys, "check", "a.bib", "--quiet")
    assert (code, out) == (1, "")
    assert "R211" in err


# --- fixes


def test_safe_fixes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(folder / "a.bib", FAULTY.replace("\n", "\r\n"))
    mended = FAULTY.replace("oeuvre de l'Etat", "œuvre de l'État").replace("\n", "\r\n")
    code, out, err = run(capsys, "check", "a.bib", "--fix")
    assert path.read_bytes() == mended.encode()
    assert code == 1  # the address is still cut short
    assert "Corrections : 2 (fichiers : 1)." in err
    assert "Erreurs : 1 ; avertissements : 1 ;" in out
    stamp = path.stat().st_mtime_ns
    assert "Corrections : 0 (fichiers : 0)." in run(capsys, "check", "a.bib", "--fix")[2]
    assert path.stat().st_mtime_ns == stamp
    assert [each.name for each in folder.iterdir()] == ["a.bib"]


def test_unsafe_fixes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(folder / "a.bib", WARNED)
    run(capsys, "check", "a.bib", "--unsafe-fixes")
    assert path.read_text("utf-8") == WARNED
    assert run(capsys, "check", "a.bib", "--fix", "--unsafe-fixes", "--strict")[0] == 0
    assert "{État des lieux}" in path.read_text("utf-8")


def test_a_diff_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(folder / "a.bib", FAULTY)
    code, out, err = run(capsys, "check", "a.bib", "--diff")
    assert code == 0
    assert path.read_text("utf-8") == FAULTY
    assert "--- a/a.bib\n+++ b/a.bib\n@@ " in out
    assert (
        "-  annotation       = {Mise en oeuvre de l'Etat.},\n+  annotation       = {Mise en œuvre de l'État.},\n" in out
    )
    assert "Corrections possibles : 2 (fichiers : 1). Rien n'est écrit." in err
    assert "R211" not in err


def test_fixes_with_their_diff(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", "--fix", "--diff", "--select", "F102")
    assert "--- a/references/essai.bib\n" in out
    assert "Rien à signaler (références : 1 ; dossiers : 1).\n" in out
    assert "Mise en œuvre de l'Etat." in (project / "references" / "essai.bib").read_text("utf-8")


def test_a_link_to_a_file_stays_a_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = put(folder / "vrai.bib", FAULTY)
    target.chmod(0o640)
    (folder / "a.bib").symlink_to(target)
    run(capsys, "check", "a.bib", "--fix")
    assert (folder / "a.bib").is_symlink()
    assert "œuvre" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


# --- known faults


def test_known_faults(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "--write-baseline") == (0, "biblio-baseline.json : fautes connues, 4.\n", "")
    assert run(capsys, "check")[0] == 1
    options = ("--baseline", project / "biblio-baseline.json", "--strict")
    assert run(capsys, "check", *options) == (0, "Rien à signaler (références : 1 ; dossiers : 1).\n", "")
    text = f"\n{FAULTY}\n{FAULTY.replace('brimo-2023-sante', 'nouvelle')}"
    put(project / "references" / "essai.bib", text)
    code, out, err = run(capsys, "check", *options, "--ignore", "R5")
    assert code == 1
    assert "Erreurs : 1 ; avertissements : 3 ;" in out
    assert "essai.bib:17:23: erreur R211" in err
    put(project / "biblio.toml", 'baseline = "biblio-baseline.json"\nignore = ["R5"]\n')
    assert run(capsys, "check")[1] == out
    run(capsys, "check", "--write-baseline")
    assert run(capsys, "check", "--strict")[0] == 0


# --- forms of the report


def test_text_quotes_the_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "a.bib", FAULTY)
    assert run(capsys, "check", "a.bib", "--select", "R211")[2] == (
        "a.bib:6:23: erreur R211 truncated-address: l'adresse est coupée : « https://www.irdes.fr/... »\n"
        "    6 │   url              = {https://www.irdes.fr/...},\n"
        "      │                       ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  conseil : retrouvez la page et copiez son adresse entière ; sinon, ôtez celle-ci\n\n"
    )


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "a.bib", FAULTY)
    code, out, err = run(capsys, "check", "a.bib", "--format", "json", "--select", "R2")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "files": [{"path": "a.bib", "entries": 1, "kept": 1}],
        "diagnostics": [
            {
                "code": "R211",
                "name": "truncated-address",
                "severity": "error",
                "path": "a.bib",
                "line": 6,
                "column": 23,
                "message": "l'adresse est coupée : « https://www.irdes.fr/... »",
                "hint": "retrouvez la page et copiez son adresse entière ; sinon, ôtez celle-ci",
                "citekey": "brimo-2023-sante",
            }
        ],
    }
    assert run(capsys, "check", "a.bib", "--json", "--select", "R2")[1] == out


def test_sarif(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "à vérifier").mkdir()
    put(folder / "à vérifier" / "a.bib", FAULTY)
    code, out, err = run(capsys, "check", "à vérifier", "--format", "sarif")
    assert (code, err) == (1, "")
    log = json.loads(out)
    (made,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert made["columnKind"] == "unicodeCodePoints"
    rules = made["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["F101", "F102", "R211"]
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"]
    cut = next(result for result in made["results"] if result["ruleId"] == "R211")
    place = cut["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "%C3%A0%20v%C3%A9rifier/a.bib"}
    assert place["region"] == {"startLine": 6, "startColumn": 23, "endColumn": 47}
    assert cut["locations"][0]["logicalLocations"] == [{"name": "brimo-2023-sante", "kind": "object"}]
    assert cut["level"] == "error"


def test_github(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "a,b.bib", FAULTY.replace("https://www.irdes.fr/...", "https://a.fr/100%..."))
    code, out, err = run(capsys, "check", "a,b.bib", "--format", "github", "--select", "R211")
    assert (code, err) == (1, "")
    assert out == (
        "::error file=a%2Cb.bib,line=6,col=23,endColumn=43,title=R211 truncated-address::"
        "l'adresse est coupée : « https://a.fr/100%25... »%0A"
        "retrouvez la page et copiez son adresse entière ; sinon, ôtez celle-ci\n"
    )


def test_statistics(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "a.bib", FAULTY)
    code, out, err = run(capsys, "check", "a.bib", "--statistics")
    assert (code, err) == (1, "")
    assert out == (
        "2  F101  unaccented-capital (avertissement)\n"
        "1  F102  missing-ligature (avertissement)\n"
        "1  R211  truncated-address (erreur)\n"
        "Erreurs : 1 ; avertissements : 3 ; notes : 0 (références : 1 ; fichiers : 1).\n"
    )


# --- fmt


def test_fmt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(folder / "a.bib", "\ufeff@Book{a,title={Santé},\r\n  author = {Brimo, Sara} }\r\n")
    typed = path.read_bytes()
    code, _, err = run(capsys, "fmt", "a.bib", "--check")
    assert (code, path.read_bytes()) == (1, typed)
    assert "Fichiers à mettre en forme : 1." in err
    _, out, _ = run(capsys, "fmt", "a.bib", "--diff")
    assert path.read_bytes() == typed
    assert "-@Book{a,title={Santé},\n" in out
    code, _, err = run(capsys, "fmt", "a.bib")
    assert (code, err) == (0, "a.bib\nFichiers mis en forme : 1.\n")
    laid_out = path.read_bytes()
    assert laid_out.startswith("\ufeff@book{a,\r\n  author".encode())
    assert laid_out.count(b"\n") == laid_out.count(b"\r\n") == 4
    assert run(capsys, "fmt", "a.bib", "--check")[0] == 0
    assert path.read_bytes() == laid_out


def test_fmt_of_a_project(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(project / "references" / "essai.bib", CLEAN.replace("  author ", "     author "))
    assert run(capsys, "fmt")[0] == 0
    assert (project / "references" / "essai.bib").read_text("utf-8") == CLEAN


# --- explain


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "explain", "r211")
    assert (code, err) == (0, "")
    assert out.startswith("R211 truncated-address (erreur)\n\nl'adresse est coupée : « … »\n")
    assert "Personne ne peut la suivre" in out
    assert "Exemple de la faute :\n  url = {https://www.irdes.fr/...},\n" in out
    english = run(capsys, "explain", "R211", lang="en")[1]
    assert "An address ends in an ellipsis" in english
    assert "Nobody can follow it" in english


def test_explain_says_how_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    assert "biblio check --fix.\n" in run(capsys, "explain", "F202")[1]
    assert "--fix --unsafe-fixes" in run(capsys, "explain", "R212")[1]
    assert "--select F301" in run(capsys, "explain", "F301")[1]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_code_is_explained(lang: str) -> None:
    for explained in explain_all(lang):
        assert explained.message
        assert not re.search(r"\{(?:value|word|right|name|key|field|url)\}", explained.message + explained.hint)
        # The reader and the machine explain themselves in their messages.
        assert explained.paragraphs or explained.fault.code[0] in "EP"


def test_explain_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "explain")[1]
    assert [line.split()[0] for line in out.splitlines()] == list(faults())


def test_the_command_itself(folder: Path) -> None:
    put(folder / "a.bib", FAULTY)
    done = subprocess.run(
        [sys.executable, "-m", "biblio", "check", "a.bib"], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 1
    assert "R211" in done.stderr
    assert "Traceback" not in done.stderr


def test_fmt_leaves_what_it_cannot_write_back_and_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = "@book{a,title={L\u2019\u0153uvre}}\n".encode("utf-16-le")
    (folder / "a.bib").write_bytes(content)
    code, _, err = run(capsys, "fmt", "a.bib")
    assert (code, (folder / "a.bib").read_bytes()) == (1, content)
    assert err == (
        "a.bib : laissé tel quel, faute de pouvoir le réécrire dans son encodage ; enregistrez-le d'abord en UTF-8.\n"
        "Fichiers mis en forme : 0.\n"
    )


# --- one dossier ------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(folder: Path) -> Path:
    """A project of two dossiers, each with a fault in a reference of its own; a third reference is in neither."""
    (folder / "references").mkdir()
    (folder / "dossiers").mkdir()
    for name in ("un", "deux", "trois"):
        text = WARNED.replace("brimo-2023-sante", name)
        (folder / "references" / f"{name}.bib").write_text(text, encoding="utf-8")
    for name in ("un", "deux"):
        text = DOSSIER.replace("brimo-2023-sante", name)
        (folder / "dossiers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "dossiers" / "deux.yaml").write_text(text.replace("date:", "dat:"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("word", ["un", "dossiers/un.yaml", "./dossiers/un.yaml"])
def test_a_dossier_alone_by_its_slug_or_its_spec(two: Path, capsys: pytest.CaptureFixture[str], word: str) -> None:
    code, out, err = run(capsys, "check", word)
    assert code == 0
    assert out == "Dans un, erreurs : 0 ; avertissements : 5 ; notes : 0 (références : 1).\n"
    assert set(re.findall(r"^(\S+?):\d", err, re.MULTILINE)) == {"references/un.bib"}
    assert run(capsys, "check", "un", "--strict")[0] == 1


def test_dossiers_together_and_from_elsewhere(
    two: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, "check", "deux", "un", "deux")
    assert (code, out) == (1, "Dans deux, un, erreurs : 1 ; avertissements : 8 ; notes : 0 (références : 2).\n")
    assert "references/trois.bib" not in err
    monkeypatch.chdir(two / "dossiers")
    code, out, err = run(capsys, "check", "deux.yaml")
    assert code == 1
    assert set(re.findall(r"^(\S+?):\d", err, re.MULTILINE)) == {"references/deux.bib", "dossiers/deux.yaml"}


def test_fixes_of_a_dossier_leave_other_references_alone(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in (two / "references").iterdir()}
    assert run(capsys, "check", "un", "--fix", "--unsafe-fixes")[0] == 0
    after = {path.name: path.read_bytes() for path in (two / "references").iterdir()}
    assert [name for name in before if before[name] != after[name]] == ["un.bib"]
    assert run(capsys, "check", "un")[1] == "Dans un, erreurs : 0 ; avertissements : 2 ; notes : 0 (références : 1).\n"
    assert run(capsys, "check", "un", "--select", "S")[1] == "Rien à signaler dans un (références : 1).\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["trois"], "E102"),
        (["dossiers/trois.yaml"], "E102"),
        (["un", "references/un.bib"], "C109"),
        (["references/un.bib", "dossiers/un.yaml"], "C109"),
        (["un", "--write-baseline"], "C113"),
        (["references/quatre.bib"], "E104"),
        (["ailleurs/quatre"], "E104"),
    ],
)
def test_what_is_no_dossier(two: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str) -> None:
    ended, out, err = run(capsys, "check", *words)
    assert (ended, out) == (2, "")
    assert f"erreur {code} " in err


def test_a_file_is_a_file_even_where_a_dossier_has_its_name(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "un").mkdir()
    (two / "un" / "a.bib").write_text(CLEAN, encoding="utf-8")
    assert run(capsys, "check", "un")[1] == "Rien à signaler (références : 1 ; fichiers : 1).\n"
