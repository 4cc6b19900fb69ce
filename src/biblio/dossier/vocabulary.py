"""The words that queries may name: themes, types, languages. One that nothing bears is a fault, with the nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from biblio.collection.library import Library
from biblio.collection.themes import Themes
from biblio.dossier.conditions import type_names
from biblio.dossier.query import Query
from biblio.reference.languages import WORDS, tag_of
from biblio.reference.types import ENTRY_TYPES
from biblio.text.collation import fold
from biblio.text.nearest import Suggestions
from biblio.words.faults import Diagnostic, diagnose
from biblio.words.tables import LANGUAGES
from biblio.yaml_model.keys import Placed


class Vocabulary:
    """The words of the themes, and those of the references, which are asked for when a word is in no table."""

    def __init__(self, themes: Themes, library: Library) -> None:
        self.themes = themes
        self.library = library
        self.suggestions = Suggestions()

    @cached_property
    def _keywords(self) -> dict[str, str]:
        """The keywords as typed, by their folded form."""
        return {fold(word): word for words in self.library.keywords() for word in words}

    def _is_keyword(self, folded: str) -> bool:
        known = self.library.has_keyword(folded)
        return folded in self._keywords if known is None else known

    @cached_property
    def _types(self) -> dict[str, str]:
        """The names and labels of types, by their folded form."""
        labels = [row.label_in(lang) for row in ENTRY_TYPES.values() for lang in LANGUAGES]
        return {fold(word): word for word in (*ENTRY_TYPES, *labels)}

    @cached_property
    def _own_types(self) -> dict[str, str]:
        """The same for the labels that references give themselves, and types that no table has."""
        pairs = set(self.library.kinds())
        own = {label for _, label in pairs if label}
        return {word: word for pair in pairs for word in type_names(*pair)} | {fold(word): word for word in own}

    def faults_of(self, query: Query) -> Iterator[Diagnostic]:
        """The faults of the words of a query and of those inside it."""
        yield from self.faults_of_themes(query.theme)
        yield from self.faults_of_types(query.type)
        for word in query.language:
            if not tag_of(word.value):
                suggestion = self.suggestions.nearest(word.value.lower(), WORDS)
                yield diagnose("D212", word.span, value=word.value, suggestion=suggestion or "fr")
        for inner in query.inner:
            yield from self.faults_of(inner)

    def faults_of_themes(self, words: Sequence[Placed]) -> Iterator[Diagnostic]:
        """The words that are neither themes nor keywords (D208, or D209 with the nearest)."""
        for word in words:
            if self.themes.find(word.value) or self._is_keyword(fold(word.value)):
                continue
            suggestion = self._by_label(word.value) or self.suggestions.nearest(
                word.value, (*self.themes.slugs, *self._keywords.values())
            )
            if suggestion:
                yield diagnose("D209", word.span, theme=word.value, suggestion=suggestion)
            else:
                yield diagnose("D208", word.span, theme=word.value)

    def _by_label(self, value: str) -> str:
        """The theme that is called so in some language."""
        labels = {fold(label): slug for slug, row in self.themes.rows.items() for label in row.labels.values()}
        return labels.get(fold(value), "")

    def faults_of_types(self, words: Sequence[Placed]) -> Iterator[Diagnostic]:
        """The words that no type goes by (D210, or D211 with the nearest)."""
        for word in words:
            folded = fold(word.value)
            if folded in self._types or folded in self._own_types:
                continue
            known = {**self._own_types, **self._types}
            suggestion = self.suggestions.nearest(folded, known)
            if suggestion:
                yield diagnose("D211", word.span, type=word.value, suggestion=known[suggestion])
            else:
                yield diagnose("D210", word.span, type=word.value)
