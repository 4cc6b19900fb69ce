"""A safe fix leaves the printed notice as it was, but for what its rule says: proved on every case."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from check.cases import FOLDER, read_case
from check.safe import LETTERS, SAFE, SAID, letters
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.check.check import fix
from biblio.check.settings import Settings
from biblio.compose import compose_notice
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.style.style import Style, StyleFiles, load_style
from biblio.text.inline import plain

_LOADED = load_style([StyleFiles("essai", "style.yaml", "title: Essai\n")]).value
assert _LOADED is not None
STYLE: Style = _LOADED


def printed(references: Sequence[Reference]) -> list[str]:
    notices = [compose_notice(reference, STYLE, "fr").value for reference in references]
    return ["\n".join([notice.label, *(plain(line.content) for line in notice.lines)]) for notice in notices]


def both(text: str, code: str) -> tuple[list[str], list[str]]:
    file = SourceFile("essai.bib", text.encode())
    after = fix(file, Settings(select=(code,)), unsafe=False).content
    return printed(read_bibtex(file.content, "essai.bib").value), printed(read_bibtex(after, "essai.bib").value)


@pytest.mark.parametrize("code", [code for code in SAFE if code not in SAID])
def test_a_safe_fix_keeps_the_notice(code: str) -> None:
    case = read_case(FOLDER / f"{code}.txt")
    before, after = both(next(iter(case.files.values())), code)
    if code in LETTERS:
        before, after = [*map(letters, before)], [*map(letters, after)]
    assert after == before


ENGLISH = st.lists(
    st.sampled_from(
        'Finite Element Methods Elements Edition "quoted" A language for the 2nd Evaluation of Economies, health :'
        " connection Emergence Editorial oedema foetus Mr Smith".split()
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(title=ENGLISH, abstract=ENGLISH)
@settings(max_examples=60, deadline=None)
def test_no_french_is_written_into_what_its_language_says_is_english(title: str, abstract: str) -> None:
    text = f"@article{{a, title = {{The {title} of the}}, abstract = {{The {abstract} of the}}, langid = {{english}}}}"
    mended = fix(SourceFile("essai.bib", text.encode()), Settings(), unsafe=True).content.decode()
    assert not re.search("[«»éÉœàÀ]", mended)


@pytest.mark.parametrize(
    "field",
    [
        "title = {Finite Element Methods}, abstract = {Moving Finite Elements I.}",
        'title = {Virtual Economies}, abstract = {A "stochastic delta rule" for us}',
        "title = {Emergence}, note = {Energie und Umwelt}",
        "title = {Evaluation 2nd Edition}, abstract = {Elements A partial Ecology}",
        'title = {Evaluaciones "locales"}, note = {A todos}',
    ],
)
def test_no_french_is_written_into_what_does_not_look_french(field: str) -> None:
    text = f"@article{{a, author = {{Roux, Anne}}, {field}, journal = {{J. Comput.}}, date = {{2020}}}}"
    mended = fix(SourceFile("essai.bib", text.encode()), Settings(select=("F1", "F2")), unsafe=True).content.decode()
    assert mended == text
