"""Whatever is edited and asked, a check that believes its notes finds what a check from nothing finds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project.edited import PIECES, edits
from project.indexed import project_of

from biblio.build import forked
from biblio.check import each, run
from biblio.check.check import check
from biblio.check.finding import Rule
from biblio.check.settings import Settings
from biblio.check.table import REFERENCE, RULES
from biblio.cli.main import main
from biblio.project import index
from biblio.project.index import blocks
from biblio.project.index.catalogue import IndexedCatalogue
from biblio.project.index.facts import seal_of
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic

FAULTY = (
    """\
@article{fautes,
  title = {Etude  du "coeur" (la sante},
  journaltitle = {Sante publique},
  pages = {12--3},
  annotation = {Un texte ,avec des fautes…},
}
""",
    """\
@article{doi-1, title = {Les contrats locaux de santé en quête de sens}, doi = {10.1000/A}, date = {2018},
  author = {Salamero, Emilie and Haute Autorité de santé}, journaltitle = {Santé publique}, keywords = {santé}}
""",
    """\
@article{doi-2, title = {Contrats locaux de sante en quête de sens}, doi = {https://doi.org/10.1000/a},
  date = {2018}, author = {Salamero, Émilie and {Haute Autorité de santé}}, keywords = {Sante, santés}}
""",
    "@book{isbn-1, title = {Un}, isbn = {978-2-07-036822-8}, publisher = {Presses}, ids = {ancienne}}\n",
    "@book{isbn-2, title = {Deux}, isbn = {2-07-036822-X}, publisher = {PRESSES}, url = {https://exemple.fr/a}}\n",
    "@online{url-1, title = {Trois}, url = {http://www.exemple.fr/a/}, langid = {french}, note = {The the end}}\n",
    "@online{url-2, title = {The state of the art and of the world}, url = {https://exemple.fr/a…}}\n",
    "@inbook{part, title = {Un titre en trop}, crossref = {isbn-1}, pages = {pp.81-115}, abstract = { }}\n",
    "% biblio: ignore R306, F1\n@book{tue, title = {Etude tue}, date = {2019/2012}}\n",
)
SILENT = (
    "% biblio: ignore F101, R5\n",
    "% biblio: ignore R\n\n",
    "% biblio: ignore-file F\n",
    "% biblio: ignore ZZZ\n",
)
ASKED = (
    Settings(),
    Settings(),
    Settings(ignore=("F", "R501")),
    Settings(select=("R5", "F4", "R415", "R420")),
    Settings(select=("F301", "F402", "R113", "F101")),
    Settings(select=("F",), ignore=("F2",)),
    Settings(per_file={"references/a.bib": ("R",), "references/z*": ("F", "P")}),
    Settings(accepted=(("doi-2", "doi-1"), ("ancienne", "isbn-2"), ("absente", "url-1"))),
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(index, "SMALL", 0)
    return tmp_path / "cache" / "biblio" / "index"


def from_nothing(root: Path, asked: Settings) -> tuple[Diagnostic, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "SMALL", 10**12)
        return check(Project(root), asked)


def from_notes(root: Path, asked: Settings = ASKED[0]) -> tuple[Diagnostic, ...]:
    project = Project(root)
    found = check(project, asked)
    assert isinstance(project.opened.value.catalogue, IndexedCatalogue)
    return found


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the references that the rules have looked at."""
    seen: list[str] = []

    def look(reference: Reference) -> tuple[()]:
        seen.append(reference.citekey)
        return ()

    rule = Rule("R103", look)
    monkeypatch.setattr(each, "EVERY", each.EVERY._replace(whole=(*each.EVERY.whole, rule)))
    return seen


# --- the same as from nothing ---


@settings(max_examples=60)
@given(
    edits((*PIECES, *FAULTY, *SILENT)),
    st.lists(st.sampled_from(ASKED), min_size=4, max_size=4),
    st.sampled_from([1, 200, 32_768]),
)
def test_whatever_is_edited_and_asked(states: list[Mapping[str, bytes]], asked: list[Settings], block: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", block)
        for state, wanted in zip(states, asked, strict=False):
            root = project_of(Path(folder) / "projet", state).root
            expected = from_nothing(root, wanted)
            assert from_notes(root, wanted) == expected
            assert from_notes(root, wanted) == expected


@settings(max_examples=10)
@given(edits((*PIECES, *FAULTY, *SILENT)), st.sampled_from(ASKED))
def test_side_by_side_the_same_is_found_in_the_same_order(states: list[Mapping[str, bytes]], wanted: Settings) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root = project_of(Path(folder) / "projet", states[0]).root
        expected = from_nothing(root, wanted)
        patch.setattr(each, "LOT", 3)
        patch.setattr(forked, "processors", lambda: 2)
        assert from_nothing(root, wanted) == expected
        assert from_notes(root, wanted) == expected
        assert from_notes(root, wanted) == expected


DOSSIER = """\
title: Essai
date: 2024
publisher: Maison
sections:
  - title: Etude
    references: [fautes, doi-1, isbn-2]
  - title: Le reste
    select: {keyword: santé}
"""


@pytest.mark.parametrize(
    "words",
    [
        *(("--format", form) for form in ("text", "json", "sarif", "github")),
        *(("essai",), ("--select", "F"), ("--ignore", "R5,P"), ("--statistics",), ("--baseline", "connu.json")),
    ],
)
def test_every_output_is_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": "".join(FAULTY).encode()}).root
    (root / "dossiers" / "essai.yaml").write_text(DOSSIER, encoding="utf-8")
    monkeypatch.chdir(root)
    first = run_check(capsys, "--select", "R", "--baseline", "connu.json", "--write-baseline")
    assert first[0] == 0
    said = [run_check(capsys, *words) for _ in range(2)]
    with monkeypatch.context() as patch:
        patch.setattr(index, "SMALL", 10**12)
        expected = run_check(capsys, *words)
    assert "F101" in "".join(expected[1:])
    assert said == [expected, expected]


def run_check(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """How the command ends, and what it says on both streams."""
    with pytest.raises(SystemExit) as stopped:
        main(["check", *words, "--lang", "fr"])
    return int(stopped.value.code or 0), *capsys.readouterr()


@pytest.mark.parametrize("words", [("--fix",), ("--fix", "--unsafe-fixes"), ("--diff",)])
def test_fixes_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    files = {"a.bib": "".join(FAULTY).encode(), "b.bib": FAULTY[0].replace("{fautes", "{encore").encode()}
    one, other = (project_of(tmp_path / name, files).root for name in ("un", "deux"))
    from_notes(one)
    said = run_check(capsys, "-C", str(one), *words)
    with monkeypatch.context() as patch:
        patch.setattr(index, "SMALL", 10**12)
        assert run_check(capsys, "-C", str(other), *words) == said
    contents = [[path.read_bytes() for path in sorted((root / "references").iterdir())] for root in (one, other)]
    assert contents[0] == contents[1]
    assert (contents[0] == [files["a.bib"], files["b.bib"]]) == (words == ("--diff",))


# --- what it saves ---


def entry(number: int, more: str = "") -> str:
    return f"@book{{n-{number}, title = {{Notice {number}}}, publisher = {{Presses}}{more}}}\n"


FILE = "".join(entry(number, ", crossref = {n-3}" if number == 9 else "") for number in range(12))


def test_only_what_has_changed_is_looked_at_again(home: Path, tmp_path: Path, looked_at: list[str]) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    from_notes(root)
    assert looked_at == [f"n-{number}" for number in range(12)]
    looked_at.clear()
    from_notes(root, Settings(ignore=("F",)))
    assert looked_at == []
    project_of(root, {"a.bib": FILE.replace("Notice 5", "Autre").encode()})
    from_notes(root)
    assert looked_at == ["n-5"]
    looked_at.clear()
    project_of(
        root, {"a.bib": f"\n% Plus bas\n\n{FILE.replace('Notice 5', 'Autre').replace('Notice 3', 'Hôte')}".encode()}
    )
    from_notes(root)
    assert looked_at == ["n-3", "n-9"]  # and what leans on it
    [gone] = notes_of(home).execute("SELECT count(*) FROM note WHERE entry NOT IN (SELECT id FROM entry)")
    assert gone == (0,)


def test_who_asks_for_little_does_not_wait_for_the_rest(tmp_path: Path, looked_at: list[str]) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    asked = Settings(select=("R104",))
    assert from_notes(root, asked) == from_nothing(root, asked)
    assert looked_at == []
    from_notes(root)
    looked_at.clear()
    assert from_notes(root, asked) == from_nothing(root, asked)
    assert looked_at == []


def test_an_interrupted_check_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_at: list[str]
) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    monkeypatch.setattr(each, "LOT", 4)
    monkeypatch.setattr(forked, "processors", lambda: 1)
    noted = each._noted

    def interrupted(*given: object) -> object:
        if len(looked_at) == 10:
            raise KeyboardInterrupt
        return noted(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(each, "_noted", interrupted)
        with pytest.raises(KeyboardInterrupt):
            from_notes(root)
    looked_at.clear()
    assert from_notes(root) == from_nothing(root, Settings())
    assert looked_at == ["n-8", "n-9", "n-10", "n-11"]


# --- what is not believed ---


def notes_of(home: Path) -> sqlite3.Connection:
    [path] = home.glob("*.sqlite3")
    return sqlite3.connect(path, isolation_level=None)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE note SET said = replace(said, 'R104', 'R103')",
        "UPDATE note SET said = x'00ff'",
        "UPDATE note SET said = 12",
        "UPDATE note SET seal = NULL",
        "UPDATE note SET entry = entry + 1000",
        "UPDATE note SET (said, seal) = (SELECT said, seal FROM note ORDER BY entry DESC LIMIT 1)",
        "DROP TABLE note",
        "DELETE FROM note WHERE entry % 2",
    ],
)
def test_a_note_that_was_changed_is_not_believed(home: Path, tmp_path: Path, change: str) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    expected = from_notes(root)
    assert {fault.code for fault in expected} >= {"R104"}
    notes_of(home).execute(change)
    assert check(Project(root)) == expected
    assert from_notes(root) == expected


@pytest.mark.parametrize("said", ['[["R104",0,1,1,{}]]\n[]', "", "[]", "[]\n{}", '[["X",0,1,1,{}]]\n[]', "[" * 10_000])
def test_a_note_of_another_shape_is_none(home: Path, tmp_path: Path, said: str) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    expected = from_notes(root)
    with notes_of(home) as connection:
        for number, key in connection.execute("SELECT id, key FROM entry").fetchall():
            connection.execute("UPDATE note SET said = ?, seal = ? WHERE entry = ?", [said, seal_of(key, said), number])
    assert check(Project(root)) == expected
    assert from_notes(root) == expected


def test_a_fault_of_a_rule_is_never_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(reference: Reference) -> tuple[()]:
        if reference.citekey == "n-4":
            raise ZeroDivisionError
        return ()

    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    rules = (Rule("R104", fails), *REFERENCE)
    with monkeypatch.context() as patch:
        patch.setattr(each, "EVERY", each.EVERY._replace(whole=rules))
        patch.setattr(run, "rules_about", lambda about: rules if about == "reference" else ())
        for _ in range(2):
            assert [fault.citekey for fault in from_notes(root) if fault.code == "E121"] == ["n-4"]
    assert from_notes(root) == from_nothing(root, Settings())


def test_the_rules_of_packages_are_asked_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(reference: Reference) -> tuple[()]:
        seen.append(reference.citekey)
        return ()

    root = project_of(tmp_path / "projet", {"a.bib": FILE.encode()}).root
    rule = Rule("R104", look)
    monkeypatch.setattr(RULES, "added", {"X1": rule})
    for _ in range(2):
        seen.clear()
        from_notes(root, Settings(select=("R104",)))
        assert len(seen) == 12


def test_json_of_notes_is_ascii(home: Path, tmp_path: Path) -> None:
    root = project_of(tmp_path / "projet", {"a.bib": "".join(FAULTY).encode()}).root
    from_notes(root)
    for (said,) in notes_of(home).execute("SELECT said FROM note"):
        assert said.isascii()
        assert all(json.loads(line) is not None for line in said.split("\n"))
