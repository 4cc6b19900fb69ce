"""What each grammar leaves out by choice: the table says what the grammars do, field by field."""

from __future__ import annotations

import re
from functools import cache

import pytest

from biblio.check.rules.fields import misplaced_field
from biblio.citation import PRESETS, label_of
from biblio.citation.left_out import left_out, variables_left_out
from biblio.citation.options import Options
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.fields import FIELDS, Kind
from biblio.reference.types import ENTRY_TYPES, HELPERS, Pattern

# What serves to keep, to find or to sort a document, and the short forms of what is printed in full.
NOT_OF_THE_DESCRIPTION = frozenset(
    "short_author short_editor short_title short_journal_title short_collection_title call_number holdings loan_terms"
    " language keyword audience collections territory open_access license programme duration contents added related"
    " related_type related_string abstract_rights internal_note annotation_source annotation_language eprint_type"
    " eprint_class sort_name sort_title sort_key presort imported_from".split()
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


# With what a title, a name or a host shows only beside another one.
BESIDE_ANOTHER = re.compile(r".*_(?:type|subtitle|title_addon)")
HOLDING = (
    *SETTINGS[1:3],
    "title = {T}, author = {X, Y}, url = {https://a.fr/}, journaltitle = {J}, booktitle = {B}, volume = {3}",
    "title = {T}, booktitle = {B}, issuetitle = {I}, series = {S}, eventtitle = {E}",
)


@pytest.mark.parametrize("pattern", Pattern)
@pytest.mark.parametrize("grammar", OURS)
def test_what_a_pattern_has_no_place_for_is_said(grammar: str, pattern: Pattern) -> None:
    """Of every field and pattern: it is printed in some document, or left out by the table, or misplaced (R110)."""
    kinds = [name for name, row in ENTRY_TYPES.items() if row.pattern is pattern and name not in HELPERS][:1]
    silent = []
    for field in DESCRIPTIVE:
        name, sample = field.biblatex[0], SAMPLES.get(field.kind, "Mot")
        typed = f"{name} = {{{sample}}}, {BESIDE.get(field.variable, '')}"
        word = sample.partition(",")[0].partition(" <")[0].casefold()
        sources = (
            f"@{kind}{{a, {re.sub(rf'{name} = {{[^}}]*}},?', '', each)}, {typed}}}"
            for kind in kinds
            for each in HOLDING
        )
        if BESIDE_ANOTHER.fullmatch(field.variable) or any(word in printed(grammar, source) for source in sources):
            continue
        (reference,) = read_bibtex(f"@{kinds[0]}{{a, title = {{T}}, {typed}}}".encode(), "a.bib").value
        if field.variable not in left_out(reference, grammar) and not list(misplaced_field(reference)):
            silent.append(field.variable)
    assert silent == []


@pytest.mark.parametrize(("kind", "left"), [("mathesis", []), ("Thèse", []), ("Mémoire de master 2", ["genre"])])
def test_what_the_label_of_a_thesis_says_is_not_left_out(kind: str, left: list[str]) -> None:
    (reference,) = read_bibtex(f"@thesis{{a, title = {{T}}, type = {{{kind}}}}}".encode(), "a.bib").value
    assert list(left_out(reference, "cres")) == left


def test_an_editor_beside_an_author_is_left_out_where_roles_are() -> None:
    (reference,) = read_bibtex(b"@book{a, author = {Un, A}, editor = {Deux, B}, title = {T}}", "a.bib").value
    assert list(left_out(reference, "cres")) == ["editor"]
    assert list(left_out(reference, "cres", roles=True)) == []
    assert list(left_out(reference, "iso690-fr")) == []
    (chapter,) = read_bibtex(b"@incollection{a, author = {Un, A}, editor = {Deux, B}, booktitle = {T}}", "a.bib").value
    assert list(left_out(chapter, "cres")) == []
