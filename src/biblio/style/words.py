"""The words of a house: what its ``words.yaml`` prints in the place of biblio's own terms."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from biblio.reference.languages import language_tag
from biblio.text.nearest import Suggestions
from biblio.words.faults import Diagnostic, Parsed, diagnose
from biblio.words.language import Language
from biblio.words.tables import terms
from biblio.yaml_model.keys import Placed
from biblio.yaml_model.loader import load_leaves


@dataclass(frozen=True, slots=True)
class HouseWords:
    """Terms by their names, then by language; under the empty one, in any."""

    by_name: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def over(self, others: HouseWords) -> HouseWords:
        """These words, with those of the style that theirs extends where they say nothing."""
        names = {**others.by_name, **self.by_name}
        return HouseWords(
            {name: {**others.by_name.get(name, {}), **self.by_name.get(name, {})} for name in names},
        )

    def language(self, tag: str) -> str:
        """The language of a dossier as the house writes it; the words of a country come before those of a language."""
        found = {
            name: next(words[each] for each in (tag, tag.partition("-")[0], "") if each in words)
            for name, words in self.by_name.items()
            if not {tag, tag.partition("-")[0], ""}.isdisjoint(words)
        }
        return Language(tag, found) if found else tag


def load_words(text: str, path: str) -> Parsed[HouseWords]:
    """The words of a file: groups of terms (``terms.toml``), each one text for all languages, or one for each.

    What is no term is reported (D145), and so is a text without the placeholders of the term (D146); neither is used.
    """
    if not text.strip():
        return Parsed(HouseWords())
    loaded = load_leaves(text, path, 3)
    diagnostics = list(loaded.diagnostics)
    suggestions = Suggestions()
    found: dict[str, dict[str, str]] = {}
    for group, *keys, value in loaded.value:
        name = f"{group.value}.{keys[0].value}" if keys else group.value
        lang = language_tag(keys[1].value) if keys[1:] else ""
        fault = _fault(name, [group, *keys], value, suggestions)
        if fault:
            diagnostics.append(fault)
        elif keys[1:] and not lang:
            diagnostics.append(diagnose("D212", keys[1].span, value=keys[1].value, suggestion="fr"))
        else:
            found.setdefault(name, {})[lang] = value.value
    return Parsed(HouseWords(found), tuple(diagnostics))


def _fault(name: str, keys: list[Placed], value: Placed, suggestions: Suggestions) -> Diagnostic | None:
    if name not in terms():
        close = suggestions.nearest(name, terms()) or "–"
        return diagnose("D145", keys[min(1, len(keys) - 1)].span, term=name, suggestion=close)
    wanted = sorted(placeholders(terms()[name]["fr"]) or ())
    if placeholders(value.value) != set(wanted):
        shown = " ".join(f"{{{each}}}" for each in wanted)
        return diagnose("D146", value.span, term=name, placeholders=shown)
    return None


def placeholders(sentence: str) -> set[str] | None:
    """The names between braces; ``None`` where they are not names alone."""
    try:
        fields = list(_fields(sentence))
    except ValueError:
        return None
    return {name for name, _, _ in fields} if all(not form and not change for _, form, change in fields) else None


def _fields(sentence: str) -> Iterator[tuple[str, str, str]]:
    for _, name, form, change in string.Formatter().parse(sentence):
        if name is not None:
            yield name, form or "", change or ""
