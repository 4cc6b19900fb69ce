"""The acronyms of a project: what ``references/sigles.yaml`` says that each stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from biblio.reference.languages import language_tag
from biblio.text.harmless import printable
from biblio.words.faults import Diagnostic, Parsed, diagnose
from biblio.yaml_model.loader import load_leaves

# Two characters or more, with a capital among them: « ARS », « CoDES », « R&D », « 3DS ».
_ACRONYM = re.compile(r"(?=[^A-ZÀ-Ý]*[A-ZÀ-Ý])[^\W_][\w&.’'-]{1,19}")


@dataclass(frozen=True, slots=True)
class DeclaredAcronyms:
    """What acronyms stand for, by language; under the empty one, in any."""

    by_letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_language(self, tag: str) -> Mapping[str, str]:
        """The acronyms of a dossier in a language, in the order of the file; one said in another alone is not there."""
        wanted = (tag, tag.partition("-")[0], "")
        return {
            letters: next(words[each] for each in wanted if each in words)
            for letters, words in self.by_letters.items()
            if not words.keys().isdisjoint(wanted)
        }


def load_acronyms(text: str, path: str) -> Parsed[DeclaredAcronyms]:
    """The acronyms of a file, each with its expansion, or with one for each language.

    What no acronym looks like is reported (D149), and left out. Never raises for what the text holds.
    """
    if not text.strip():
        return Parsed(DeclaredAcronyms())
    loaded = load_leaves(text, path, 2)
    diagnostics: list[Diagnostic] = list(loaded.diagnostics)
    found: dict[str, dict[str, str]] = {}
    for letters, *langs, words in loaded.value:
        lang = language_tag(langs[0].value) if langs else ""
        if not _ACRONYM.fullmatch(letters.value):
            diagnostics.append(diagnose("D149", letters.span, value=letters.value))
        elif langs and not lang:
            diagnostics.append(diagnose("D212", langs[0].span, value=langs[0].value, suggestion="fr"))
        else:
            found.setdefault(letters.value, {})[lang] = printable(words.value).strip()
    return Parsed(DeclaredAcronyms(found), tuple(diagnostics))
