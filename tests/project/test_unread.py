"""Files that are there and are not read are said, for what they are; and a key that one of them holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from biblio.check.check import check, of_paths
from biblio.project.project import Project
from biblio.report.text import message_of

SPEC = "title: Titre\ndate: 2023\npublisher: CRES\nsections:\n  - {title: A, references: [martin-2019, autre-2020]}\n"
ENTRY = "@book{martin-2019,\n  title = {Un},\n}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("dossiers", "references"):
        (tmp_path / name).mkdir()
    (tmp_path / "dossiers" / "cas.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "references" / "a.bib").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def told(project: Path, name: str, text: str = "") -> list[str]:
    """The codes and arguments that a file of this name has, with the faults of its key in the spec."""
    path = project / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text or ENTRY.replace("martin-2019", "autre-2020"), encoding="utf-8")
    faults = [each for each in check(Project(project)) if each.span and each.code[:2] in ("P1", "D1", "D2", "P2")]
    return [" ".join([each.code, *each.arguments.values()]) for each in faults]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PLUS.BIB", "P126 PLUS.bib"),
        ("plus.bib.txt", "P126 plus.bib"),
        ("plus.ris", "P127 references/plus.ris plus"),
        ("plus.csv", "P127 references/plus.csv plus"),
        ("export.txt", "P127 references/export.txt export"),
        ("a (conflit de Anne).bib", "P128 a.bib"),
        ("a (Anne's conflicted copy 2023-04-25).bib", "P128 a.bib"),
        ("a.sync-conflict-20230425-101112-ABCDEFG.bib", "P128 a.bib"),
        ("a.bib~", "P128 a.bib"),
        ("a~", "P128 a"),
        ("a.bib.orig", "P128 a.bib"),
        ("a.bib.sav", "P128 a.bib"),
        ("a.bib.mine", "P128 a.bib"),
        ("a.bib.merge-left.r12", "P128 a.bib"),
        ("#a.bib#", "P128 a.bib"),
        ("a_conflict-20230425-101112.bib", "P128 a.bib"),
        ("a_PC-ANNE_Apr-25-1011-2023_Conflict.bib", "P128 a.bib"),
        ("a [conflicted].bib", "P128 a.bib"),
        ("a (In Konflikt stehende Kopie von Anne 2023-04-25).bib", "P128 a.bib"),
        ("a_LOCAL_1234.bib", "P128 a.bib"),
        ("a.REMOTE.1234.bib", "P128 a.bib"),
        ("a - Copie.bib", "P128 a.bib"),
        ("a - Copie (2).bib", "P128 a.bib"),
        ("a copie.bib", "P128 a.bib"),
        ("Copie de a.bib", "P128 a.bib"),
        ("a (1).bib", "P128 a.bib"),
    ],
)
def test_a_file_beside_the_references(project: Path, name: str, expected: str) -> None:
    assert told(project, f"references/{name}") == [f"D218 autre-2020 references/{name}", expected]


@pytest.mark.parametrize(
    "name", ["guerres (conflits armés).bib", "revues (2).bib", "copie de lettres.bib", "b - Copie.bib", "z-conflit.bib"]
)
def test_a_file_whose_original_is_not_there_is_no_copy(project: Path, name: str) -> None:
    assert told(project, f"references/{name}") == []
    assert Project(project).library.value.citekeys == ("martin-2019", "autre-2020")


def test_notes_and_documents_beside_the_references_are_left_alone(project: Path) -> None:
    assert told(project, "references/LISEZMOI.txt", "Des notes.\n") == ["D201 autre-2020"]
    assert told(project, "references/martin-2019.pdf", "%PDF") == ["D201 autre-2020"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cas (conflit de Anne).yaml", "P128 cas.yaml"),
        ("cas.yaml~", "P128 cas.yaml"),
        ("cas - Copie.yaml", "P128 cas.yaml"),
        ("cas_BASE_1234.yaml", "P128 cas.yaml"),
        ("autre.YAML", "D126 autre.yaml"),
        ("2023/autre.yaml", "D141 autre.yaml"),
    ],
)
def test_a_file_beside_the_dossiers(project: Path, name: str, expected: str) -> None:
    assert sorted(told(project, f"dossiers/{name}", SPEC)) == sorted(["D201 autre-2020", expected])
    assert Project(project).slugs == ("cas",)


def test_a_folder_that_is_checked_says_it_too(project: Path) -> None:
    (project / "references" / "plus.ris").write_text("TY  - BOOK\nER  - \n", encoding="utf-8")
    assert "P127" in [each.code for each in check(of_paths([project / "references"]))]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Mes références, par ordre alphabétique\n\n" + ENTRY, "P125", 1),
        (ENTRY + "Voici une notice collée sans son type\n", "P125", 4),
        (ENTRY + "TY  - JOUR\nAU  - Martin\nER  - \n", "P124", 4),
    ],
)
def test_what_is_outside_all_entries(project: Path, text: str, code: str, line: int) -> None:
    (project / "references" / "a.bib").write_text(text, encoding="utf-8")
    faults = [each for each in check(Project(project)) if each.code == code]
    assert [each.span.line for each in faults if each.span] == [line]
    assert message_of(faults[0], "fr") != message_of(faults[0], "en")


@pytest.mark.parametrize("text", ["% Une remarque\n", "\n\n", ENTRY, "@comment{Une remarque assez longue}\n"])
def test_what_is_a_remark_is_none(project: Path, text: str) -> None:
    (project / "references" / "a.bib").write_text(text + ENTRY.replace("2019", "2018"), encoding="utf-8")
    assert [each.code for each in check(Project(project)) if each.code in ("P124", "P125")] == []
