"""The linter finds every kind of fault of the dossier as first published, and none in the project's own references."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from check.original_dossier import (
    AUTHOR,
    CAPITALS,
    CUT_ADDRESSES,
    HEADINGS,
    LIGATURES,
    LONE_LETTER,
    ORDINALS,
    PAGES,
    PLAIN_HTTP,
    PROVENANCES,
    QUOTES,
    REGION,
)

from biblio.check.check import check, fix, of_files, of_project
from biblio.check.config import configuration
from biblio.check.settings import Settings
from biblio.project.project import Project
from biblio.project.source import SourceFile
from biblio.words.faults import Diagnostic

ROOT = Path(__file__).parents[2]


def checked(entries: list[str], *codes: str) -> tuple[Diagnostic, ...]:
    """What those codes find in some entries, each of which has a citekey of its own."""
    text = "\n".join(f"@misc{{n{index},\n  {entry}\n}}" for index, entry in enumerate(entries))
    return check(of_files([SourceFile("dossier.bib", text.encode())]), Settings(select=codes))


def counted(entries: list[str], *codes: str) -> Counter[str]:
    return Counter(diagnostic.code for diagnostic in checked(entries, *codes))


def escaped(text: str) -> str:
    return text.replace("&", "\\&")


def test_addresses_cut_short() -> None:
    assert len(CUT_ADDRESSES) == 4
    assert counted([f"url = {{{url}}}," for url in CUT_ADDRESSES + PLAIN_HTTP], "R211") == {"R211": 4}


def test_addresses_in_http() -> None:
    assert len(PLAIN_HTTP) == 36
    assert counted([f"url = {{{url}}}," for url in CUT_ADDRESSES + PLAIN_HTTP], "R212") == {"R212": 36}


def test_pages() -> None:
    found = checked([f"pages = {{{pages}}}," for pages in PAGES], "R3")
    assert [diagnostic.code for diagnostic in found] == list(PAGES.values())


def test_unaccented_capitals() -> None:
    entries = [f"title = {{{escaped(title)}}}," for title in CAPITALS]
    found = Counter(diagnostic.citekey for diagnostic in checked(entries, "F101"))
    assert found == {f"n{index}": number for index, number in enumerate(CAPITALS.values())}


def test_ligatures() -> None:
    assert len(LIGATURES) == 10
    assert counted([f"annotation = {{{text}}}," for text in LIGATURES], "F102") == {"F102": 10}


def test_ordinals() -> None:
    assert counted([f"title = {{{title}}}," for title in ORDINALS], "F103") == {"F103": 7}


def test_typed_provenances() -> None:
    found = checked([f"annotation = {{Ce document présente les contrats. {text}}}," for text in PROVENANCES], "F302")
    assert [diagnostic.arguments["text"] for diagnostic in found] == list(PROVENANCES)


def test_straight_quotes() -> None:
    assert counted([f"title = {{{title}}}," for title in QUOTES], "F201") == {"F201": 2}


def test_a_lone_letter() -> None:
    (found,) = checked([f"institution = {{{LONE_LETTER}}},"], "F106")
    assert found.arguments["letter"] == "e"
    assert found.span
    assert LONE_LETTER[found.span.column - len("  institution = {") - 1] == "e"


def test_an_odd_accent_in_a_name() -> None:
    (found,) = checked([f"author = {{{AUTHOR} and Paille, Quentin}},"], "R408")
    assert found.arguments["letter"] == "Ó"


def test_a_region_without_its_hyphens() -> None:
    assert counted([f"title = {{{REGION}}},"], "F1") == {"F101": 1, "F104": 1}


def test_two_groups_of_the_same_name(tmp_path: Path) -> None:
    sections = "".join(f"  - title: {title}\n    references: [n{i}]\n" for i, title in enumerate(HEADINGS))
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "references").mkdir()
    (tmp_path / "dossiers" / "essai.yaml").write_text(
        f"title: Essai\ndate: 2023\npublisher: CRES\nsections:\n{sections}", encoding="utf-8"
    )
    references = "".join(f"@online{{n{i}, title = {{Page {i}}}}}\n" for i in range(len(HEADINGS)))
    (tmp_path / "references" / "essai.bib").write_text(references, encoding="utf-8")
    assert [found.code for found in check(Project(tmp_path), Settings(select=("D3",)))] == ["D301"]


def test_the_fixes_mend_what_can_be_mended() -> None:
    fields = [f"title = {{{escaped(title)}}}," for title in (*CAPITALS, *ORDINALS, *QUOTES, REGION)]
    fields += [f"annotation = {{{text}}}," for text in LIGATURES]
    fields += [f"pages = {{{pages}}}," for pages in PAGES]
    fields += [f"url = {{{url}}}," for url in PLAIN_HTTP]
    text = "\n".join(f"@misc{{n{index},\n  {entry}\n}}" for index, entry in enumerate(fields))
    codes = ("F1", "F2", "R2", "R3")
    mended = fix(SourceFile("dossier.bib", text.encode()), Settings(select=codes), unsafe=True).content
    assert check(of_files([SourceFile("dossier.bib", mended)]), Settings(select=codes)) == ()


def test_nothing_is_found_in_the_references_of_the_project() -> None:
    project = Project(ROOT)
    # What a grammar leaves out by choice is told, and is nothing to mend.
    assert {fault.code for fault in check(of_project(project), configuration(ROOT))} <= {"F310"}


def test_nothing_needs_fixing_in_the_references_of_the_project() -> None:
    for file in Project(ROOT).reference_files:
        assert fix(file, Settings(), unsafe=True).content == file.content
