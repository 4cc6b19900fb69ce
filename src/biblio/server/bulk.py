"""What is done with many references at once, as files to write: a theme, a field, a removal, what catalogues add."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from biblio.collection.themes import Themes
from biblio.editing.entries import EntryChange, changed
from biblio.editing.form import field_of
from biblio.editing.values import as_typed, typed_words, words_of
from biblio.editing.works import Work
from biblio.formats.bibtex.latex import decode_plain
from biblio.formats.records import typed
from biblio.importing.edit import edited
from biblio.online.enrich import Enrichment
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.server.entry import reference_of
from biblio.server.entry import works_of as works_on
from biblio.text.collation import fold
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose

KEYWORDS = "keywords"
# What becomes of a reference: a change of its entry, its removal (``None``), or nothing (``False``).
Deed = Callable[[Reference], EntryChange | bool | None]


def references_of(project: Project, citekeys: Sequence[str]) -> list[Reference]:
    """The references of these keys, in their order. Raises ``BiblioError`` (E109) for a key that none has."""
    return [reference_of(project, citekey) for citekey in dict.fromkeys(citekeys)]


def works_of(project: Project, citekeys: Sequence[str], deed: Deed) -> tuple[list[Work], int]:
    """What a deed writes of all these references, and how many of them it changes.

    Raises ``BiblioError`` as ``changed`` says why not, and E109.
    """
    of_file: dict[str, dict[str, EntryChange | None]] = {}
    for reference in references_of(project, citekeys):
        change = deed(reference)
        if not isinstance(change, bool):
            of_file.setdefault(reference.origin.entry.path, {})[reference.citekey] = change
    works: list[Work] = []
    for file in project.reference_files:
        if file.path in of_file:
            made = changed(file.content, file.path, of_file[file.path])
            if made.diagnostics:
                raise BiblioError(made.diagnostics[0])
            works += works_on(file, made.content)
    return works, sum(map(len, of_file.values()))


def removal(reference: Reference) -> None:
    """The deed that takes references out of their files."""
    del reference


def adding(themes: Themes, word: str) -> Deed:
    """The deed that gives a theme, or another keyword, to references that do not have it."""
    labels = ((slug, label) for slug, row in themes.rows.items() for label in row.labels.values())
    word = next((slug for slug, label in labels if fold(label) == fold(word)), word)
    name = _keyword(themes, word)

    def deed(reference: Reference) -> EntryChange | bool:
        field = field_of(KEYWORDS, reference.raw, reference.inherited)
        before = field.value or field.inherited
        if any(_keyword(themes, each) == name for each in reference.keyword):
            return False
        return EntryChange({field.name: typed_words([*words_of(before), typed(word)], before or None)})

    return deed


def dropping(themes: Themes, word: str) -> Deed:
    """The deed that takes a theme, by whatever name it stands there, or another keyword from references."""
    name = _keyword(themes, word)

    def deed(reference: Reference) -> EntryChange | bool:
        field = field_of(KEYWORDS, reference.raw)
        words = words_of(field.value or "")
        left = [each for each in words if _keyword(themes, decode_plain(each)) != name]
        return len(left) < len(words) and EntryChange({field.name: typed_words(left, field.value)})

    return deed


def setting(name: str, text: str, *, lacking: bool) -> Deed:
    """The deed that gives a field to references, or takes it away where nothing is typed.

    With ``lacking``, those that have it already keep theirs.
    """

    def deed(reference: Reference) -> EntryChange | bool:
        field = field_of(name, reference.raw)
        value = as_typed(field.name, text, field.value)
        if value == field.value or (lacking and field.value):
            return False
        return EntryChange({field.name: value})

    return deed


def _keyword(themes: Themes, word: str) -> str:
    """The theme that a keyword is, else the keyword itself as it compares."""
    return themes.find(word) or f" {fold(word)}"


def completing(
    project: Project, made: Sequence[Enrichment], wanted: Mapping[str, Collection[str]]
) -> tuple[list[Work], list[Diagnostic]]:
    """What is written of that which catalogues add: of each reference the fields wanted; and what cannot be (E129)."""
    works: list[Work] = []
    left: list[Diagnostic] = []
    for file in project.reference_files:
        values = {
            each.reference.citekey: {name: value for name, value in each.values(names).items() if name in names}
            for each in made
            if each.reference.origin.entry.path == file.path and (names := wanted.get(each.reference.citekey, ()))
        }
        if values:
            after = edited(file.content, file.path, values)
            works += works_on(file, after.content)
            left += (
                diagnose("E129", Span(file.path), key, field=name, key=key, value=values[key][name])
                for key, name in after.left
            )
    return works, left
