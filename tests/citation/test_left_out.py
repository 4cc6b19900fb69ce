"""What each grammar leaves out by choice: the table says what the grammars do, field by field."""

from __future__ import annotations

from functools import cache

import pytest

from biblio.citation import PRESETS, label_of
from biblio.citation.left_out import left_out, variables_left_out
from biblio.citation.options import Options
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.fields import FIELDS, Kind

# What serves to keep, to find or to sort a document, and the short forms of what is printed in full.
NOT_OF_THE_DESCRIPTION = frozenset(
    "short_author short_editor short_title short_journal_title short_collection_title call_number holdings loan_terms"
    " language keyword audience territory open_access license programme duration contents added related related_type"
    " related_string abstract_rights internal_note annotation_source eprint_type eprint_class sort_name sort_title"
    " sort_key presort".split()
)
SAMPLES = {
    Kind.NAMES: "Nom, Prénom",
    Kind.DATE: "2019",
    Kind.PAGES: "1-2",
    Kind.EXTENT: "132",
    Kind.NUMBERING: "18",
    Kind.VERBATIM: "hal-01234567",
    Kind.LINKS: "Mot <https://www.example.org/>",
}
TYPES = ("article", "book", "incollection", "legislation", "online", "periodical", "unpublished")
# Fields that show another one only where it is there.
SETTINGS = (
    "",
    "title = {T}",
    "title = {T}, volume = {3}",
    "title = {T}, eventtitle = {E}, journaltitle = {J}, issuetitle = {I}",
)
# What each type of a role belongs to, and the day of a visit.
BESIDE = {"accessed": "url = {https://a.fr/}"} | {
    f"{role}_type": f"{role.replace('_', '')} = {{Nom, Prénom}}"
    for role in ("author", "editor", "editor_a", "editor_b", "editor_c")
}
DESCRIPTIVE = [field for field in FIELDS if field.variable not in NOT_OF_THE_DESCRIPTION]
OURS = ("cres", "iso690-fr", "iso690-note-fr", "reading-list", "bulletin")


@cache
def printed(grammar: str, source: str) -> str:
    (reference,) = read_bibtex(source.encode(), "a.bib").value
    lines = PRESETS[grammar].cite(reference, Options())
    return " ".join((label_of(reference, "fr"), *(repr(line.content) for line in lines))).casefold()


@pytest.mark.parametrize("grammar", OURS)
def test_the_table_says_what_the_grammar_never_prints(grammar: str) -> None:
    never = set()
    for field in DESCRIPTIVE:
        sample = f"{field.biblatex[0]} = {{{SAMPLES.get(field.kind, 'Mot')}}}"
        pairs = ((kind, f"{beside}, {BESIDE.get(field.variable, '')}") for kind in TYPES for beside in SETTINGS)
        word = SAMPLES.get(field.kind, "Mot").partition(",")[0].partition(" <")[0].casefold()
        if not any(word in printed(grammar, f"@{kind}{{a, {beside}, {sample}}}") for kind, beside in pairs):
            never.add(field.variable)
    roles = {f"{name}_type" for name in never if f"{name}_type" in BESIDE}
    assert (never - roles) ^ variables_left_out(grammar) == set()


def test_an_editor_beside_an_author_is_left_out_where_roles_are() -> None:
    (reference,) = read_bibtex(b"@book{a, author = {Un, A}, editor = {Deux, B}, title = {T}}", "a.bib").value
    assert list(left_out(reference, "cres")) == ["editor"]
    assert list(left_out(reference, "cres", roles=True)) == []
    assert list(left_out(reference, "iso690-fr")) == []
    (chapter,) = read_bibtex(b"@incollection{a, author = {Un, A}, editor = {Deux, B}, booktitle = {T}}", "a.bib").value
    assert list(left_out(chapter, "cres")) == []
