"""Acronyms: declared in the project or found, marked where a reader first meets them, listed, and told when unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, SLUG, project
from outputs.outputs import output_of
from verapdf import verdict_on

from biblio.build.pipeline import compose_dossier
from biblio.collection.acronyms import load_acronyms
from biblio.compose.acronyms import expansions, unexpanded
from biblio.compose.composed import Composed
from biblio.document.tree import Acronyms, Line, Notice, Role
from biblio.text.inline import Abbr, Rich, Text, Verbatim, plain, text
from biblio.words.faults import Diagnostic

REFERENCES = """\
@article{cps, author = {Petit, Luc}, title = {Les compétences psychosociales (CPS) et l'ARS}, journaltitle = {Revue},
  date = {2021}, langid = {french}, annotation = {L'ARS et le CoDES forment aux CPS. L'ARS suit, la DRAAF aussi.}}
@article{ars, title = {Une agence régionale de santé, l'ARS}, journaltitle = {ARS infos}, date = {2020},
  langid = {french}, url = {https://www.example.org/ARS}}
"""
SIGLES = "ARS: agence régionale de santé\nCoDES: {fr: comité départemental, en: county committee}\nXYZ: autre chose\n"
SPEC = "sections: [{title: Un, intro: Le CoDES et le CoDES., references: [cps, ars]}]\n"


def made(folder: Path, spec: str, sigles: str = SIGLES) -> tuple[Composed, tuple[Diagnostic, ...]]:
    where = project(folder, spec, REFERENCES, HEAD)
    (folder / "references/sigles.yaml").write_text(sigles, encoding="utf-8")
    loaded = where.dossier(SLUG)
    assert loaded.value is not None, loaded.diagnostics
    done = compose_dossier(where, loaded.value, loaded.value.style)
    assert done.value is not None, done.diagnostics
    return done.value, done.diagnostics


def marks(rich: Rich) -> list[str]:
    found = []
    for node in rich:
        if isinstance(node, Abbr):
            found.append(f"{plain((node,))}: {node.expansion}")
        elif not isinstance(node, Text | Verbatim):
            found += marks(node.children)
    return found


def marked(done: Composed) -> dict[str, list[str]]:
    return {each.citekey: [m for line in each.lines for m in marks(line.content)] for each in done.document.notices}


def test_a_known_acronym_is_marked_once_a_notice_unless_it_is_spelt_out(tmp_path: Path) -> None:
    done, told = made(tmp_path, SPEC)
    assert told == ()
    assert marked(done) == {"cps": ["ARS: agence régionale de santé", "CoDES: comité départemental"], "ars": []}
    (intro,) = [rich for block in done.document.parts[0].blocks[:1] for rich in block.texts]
    assert marks(intro) == ["CoDES: comité départemental"]


def test_the_text_stays_the_same(tmp_path: Path) -> None:
    done, _ = made(tmp_path, SPEC)
    before, _ = made(tmp_path, SPEC, "")

    def words(each: Composed) -> list[str]:
        return [plain(line.content) for notice in each.document.notices for line in notice.lines]

    assert words(done) == words(before)
    assert marked(before) == {"cps": [], "ars": []}


def test_the_list_has_what_is_declared_and_what_is_found_and_stands(tmp_path: Path) -> None:
    done, told = made(tmp_path, "acronyms: true\n" + SPEC)
    (block,) = done.document.parts[-1].blocks
    assert isinstance(block, Acronyms)
    assert {entry.letters: plain(entry.expansion) for entry in block.entries} == {
        "ARS": "agence régionale de santé",
        "CoDES": "comité départemental",
        "CPS": "compétences psychosociales",
    }
    (fault,) = told
    assert (fault.code, fault.arguments["acronyms"], fault.arguments["count"]) == ("W117", "DRAAF", "1")


def test_the_words_of_another_language_are_not_those_of_the_dossier(tmp_path: Path) -> None:
    done, _ = made(tmp_path, "lang: en\n" + SPEC)
    assert marked(done)["cps"] == ["ARS: agence régionale de santé", "CoDES: county committee"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cls: contrat", ["D149 1:1"]),
        ("A: un", ["D149 1:1"]),
        ("A B: un", ["D149 1:1"]),
        ("ARS: {elfique: un}", ["D212 1:7"]),
        ("ARS: {fr: {de: un}}", ["D106 1:11"]),
        ("ARS: un\\nARS: deux".replace("\\n", "\n"), ["D107 2:1"]),
        ("R&D: recherche\n3DS: loi\nC.N.R.S: centre\n", []),
        ("", []),
    ],
)
def test_what_is_no_acronym_is_told(text: str, expected: list[str]) -> None:
    loaded = load_acronyms(text, "sigles.yaml")
    assert [f"{e.code} {e.span.line}:{e.span.column}" for e in loaded.diagnostics if e.span] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Les compétences psychosociales (CPS) à l'école", {"CPS": "compétences psychosociales"}),
        ("la sociomotricité adaptée (SMA)", {"SMA": "sociomotricité adaptée"}),
        ("Une vie de centre social (CPS)", {}),
        ("Une cité (CPS)", {}),
        ("Le conseil des aînés pour une ville saine (CPS)", {}),
    ],
)
def test_a_word_may_lend_letters_of_its_inside(line: str, expected: dict[str, str]) -> None:
    assert expansions([Notice("a", "a", "", (Line(Role.TITLE, text(line)),))]) == expected


def test_what_stands_in_brackets_is_told_first() -> None:
    lines = ["CPTS, CPTS et CPTS", "Un sigle que rien ne développe (ZZZ)"]
    notices = [Notice("a", "a", "", (Line(Role.TITLE, text(line)),)) for line in lines]
    assert unexpanded(notices, {}) == ["ZZZ", "CPTS"]


def test_the_pdf_and_the_page_tell_what_an_acronym_stands_for(tmp_path: Path) -> None:
    made(tmp_path, SPEC)
    output = output_of(tmp_path, SLUG)
    for profile in ("PDF/UA-1", "PDF/A-3a"):
        assert verdict_on(output.pdf, profile).failures == ()
    told = [(each.expansion, "".join(run.text for run in each.runs()).strip()) for each in output.tagged.root.walk()]
    assert [each for each in told if each[0]] == [
        ("comité départemental", "CoDES"),
        ("agence régionale de santé", "ARS"),
        ("comité départemental", "CoDES"),
    ]
    assert [(node.attributes["title"], node.text) for node in output.twin.root.find("abbr")] == [
        ("comité départemental", "CoDES"),
        ("agence régionale de santé", "ARS"),
        ("comité départemental", "CoDES"),
    ]
