"""A new dossier, from options or from the answers of a user at a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest
from cli.running import BIBLIO, biblio, environment, snapshot
from dossier.questions import make

from biblio.project.new import Answers, faults_of, spec_text
from biblio.project.project import Project

GIVEN = ("--title", "Santé mentale : le point", "--date", "2025-11", "--publisher", "CRES", "--kind", "bulletin")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "projet")


def on_a_terminal(folder: Path, answers: list[str], *words: str) -> tuple[int, str]:
    """Runs a command on a terminal where each question, which ends with a colon, gets the next answer."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*BIBLIO, *words],
        cwd=folder,
        env=environment(TERM="dumb", NO_COLOR="1"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    received = b""
    waiting = list(answers)
    while select.select([master], [], [], 60)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        received += piece
        if waiting and received.endswith(b": "):
            os.write(master, waiting.pop(0).encode() + b"\n")
    os.close(master)
    text = received.decode().replace("\r\n", "\n")
    assert "Traceback" not in text, text
    assert waiting == [], text
    return process.wait(60), text


def test_from_options(project: Path) -> None:
    done = biblio(project, "new", "point", *GIVEN, "--theme", "clsm,logement", "--theme", "cls")
    assert (done.code, done.err) == (0, "")
    assert done.out == "dossiers/point.yaml est écrit. Pour construire : biblio build point\n"
    assert (project / "dossiers" / "point.yaml").read_text(encoding="utf-8") == (
        "kind: bulletin\n"
        'title: "Santé mentale : le point"\n'
        "date: 2025-11\n"
        'publisher: "CRES"\n'
        "lang: fr\n"
        "themes: [clsm, logement, cls]\n"
        "\n"
        "# Les sections : des clés (references:), ou une sélection dans la collection (select:).\n"
        "sections:\n"
        '  - title: "Conseils locaux"\n'
        "    select:\n"
        "      theme: clsm\n"
        "    sort: [-date, title]\n"
        '  - title: "Logement"\n'
        "    select:\n"
        "      theme: logement\n"
        "    sort: [-date, title]\n"
        '  - title: "Contrats locaux"\n'
        "    select:\n"
        "      theme: cls\n"
        "    sort: [-date, title]\n"
    )
    (project / "dossiers" / "demo.yaml").unlink()
    assert biblio(project, "check", "--select", "D").out.startswith("Rien à signaler")


def test_in_english_without_themes(project: Path) -> None:
    done = biblio(project, "new", "point", *GIVEN, "--lang", "en")
    assert (done.code, done.out) == (0, "dossiers/point.yaml is written. To build: biblio build point\n")
    text = (project / "dossiers" / "point.yaml").read_text(encoding="utf-8")
    assert "lang: en\n" in text
    assert '  - title: "First section"\n' in text
    (project / "dossiers" / "demo.yaml").unlink()
    assert biblio(project, "check", "--select", "D").code == 0
    assert "point" in biblio(project, "build", "--format", "html").out


def test_the_editor_is_told_of_the_schema_where_there_is_one(project: Path) -> None:
    schema = project / "docs" / "schema" / "dossier.schema.json"
    schema.parent.mkdir(parents=True)
    schema.write_text("{}", encoding="utf-8")
    biblio(project, "new", "point", *GIVEN)
    first, *_ = (project / "dossiers" / "point.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=../docs/schema/dossier.schema.json"


def test_nothing_is_ever_written_over(project: Path) -> None:
    before = snapshot(project)
    done = biblio(project, "new", "demo", *GIVEN)
    assert (done.code, done.out) == (2, "")
    assert "erreur E118 dossier-exists: il y a déjà un dossier de ce nom" in done.err
    # A file that came between the question and the answer, or that is no spec, is spared as well.
    (project / "dossiers" / "point.yaml").mkdir()
    assert "E118" in biblio(project, "new", "point", *GIVEN).err
    (project / "dossiers" / "point.yaml").rmdir()
    assert snapshot(project) == before


@pytest.mark.parametrize("slug", ["Été", "../demo", "con", "a b", "-x"])
def test_a_name_that_no_file_should_have(project: Path, slug: str) -> None:
    done = biblio(project, "new", *GIVEN, "--", slug)
    assert done.code == 2
    assert f"erreur D105 unsafe-name: « {slug} » ne peut pas nommer un fichier partout" in done.err


def test_without_a_terminal_what_is_missing_is_named(project: Path) -> None:
    done = biblio(project, "new", "point", "--date", "2025")
    assert done.code == 2
    assert done.err == (
        "erreur E119 missing-answers: il manque des réponses, et il n'y a pas de terminal pour les demander : "
        "--title, --publisher\n"
        "  conseil : ajoutez ces options à la commande\n"
    )
    assert not (project / "dossiers" / "point.yaml").exists()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--date", "2025-13", "D112"),
        ("--kind", "gazette", "D113"),
        ("--theme", "clm", "D209"),
        ("--theme", "xyz", "D208"),
        ("--title", "\x00 \x1b", "D106"),
    ],
)
def test_a_bad_answer_writes_nothing(project: Path, option: str, value: str, code: str) -> None:
    if "\x00" in value:  # which no command line can carry
        answers = Answers(value, "2025", "CRES")
        assert [fault.code for fault in faults_of(Project(project), "point", answers)] == [code]
        return
    done = biblio(project, "new", "point", *GIVEN, option, value)
    assert done.code == 2
    assert f"erreur {code} " in done.err
    assert not (project / "dossiers" / "point.yaml").exists()


def test_at_a_terminal_each_question_is_asked_until_its_answer_is_good(project: Path) -> None:
    answers = ["Le point", "gazette", "newsletter", "clm", "clsm", "demain", "2025-11-03", ""]
    code, text = on_a_terminal(project, answers, "new", "point")
    assert code == 0
    questions = [line.partition(" :")[0] for line in text.splitlines() if " : " in line and "conseil" not in line]
    assert "Genre (selection, bulletin, newsletter, reading-list) [selection]" in questions
    assert "vouliez-vous écrire « clsm » ?" in text
    assert "« demain » n'est pas une date" in text
    assert (project / "dossiers" / "point.yaml").read_text(encoding="utf-8").splitlines()[:6] == [
        "kind: newsletter",
        'title: "Le point"',
        "date: 2025-11-03",
        'publisher: "Centre"',  # the one of the other dossiers, offered and taken
        "lang: fr",
        "themes: [clsm]",
    ]


def test_at_a_terminal_options_are_not_asked_for_again(project: Path) -> None:
    code, text = on_a_terminal(project, ["Le point", ""], "new", "point", *GIVEN[2:])
    assert code == 0
    assert "Titre" in text
    assert "Thèmes" in text
    assert "Date" not in text


def test_leaving_writes_nothing(project: Path) -> None:
    code, text = on_a_terminal(project, ["\x04"], "new", "point")
    assert (code, "interrompu" in text) == (130, True)
    assert not (project / "dossiers" / "point.yaml").exists()


def test_words_that_yaml_would_take_for_something_else_stay_words(project: Path) -> None:
    themes = Project(project).themes.value
    text = spec_text(Answers('null: "été" # \\ {x}', "2025", "no", themes=("null", "2025")), themes, with_schema=False)
    assert 'title: "null: \\"été\\" # \\\\ {x}"\n' in text
    assert 'publisher: "no"\n' in text
    assert 'themes: ["null", "2025"]\n' in text
