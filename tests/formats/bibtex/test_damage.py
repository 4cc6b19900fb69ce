"""One sign too many or too few costs at most the entry in which it stands."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from formats.bibtex.strategies import SIGNS
from formats.samples import HOUSE_FILES

from biblio.formats.bibtex.splitter import split
from biblio.formats.bibtex.syntax import Positions, RawEntry

MUTANTS = 1000  # of each layout
ALLOWED = 1 / 1000  # of the mutants may cost another entry

Said = tuple[str, str, tuple[tuple[str, str], ...]]


def said(entry: RawEntry) -> Said:
    return entry.type, entry.key, tuple((field.name, field.value) for field in entry.fields)


def thirty() -> list[str]:
    """The first thirty entries of the house that are no trouble to lay out anew."""
    texts = [path.read_text(encoding="utf-8") for path in HOUSE_FILES]
    found = []
    for text in texts:
        entries = split(text, Positions(text, "")).entries
        found += [text[entry.offset : entry.end] for entry in entries if entry.whole]
    return [entry for entry in found if "(" not in entry.split("\n")[0]][:30]


def on_one_line(entry: str) -> str:
    return " ".join(entry.split())


def quoted(entry: str) -> str:
    lines = entry.split("\n")
    return "\n".join(
        line.replace("= {", '= "', 1)[:-2] + '",' if line.endswith("},") and line.count("{") == 1 else line
        for line in lines
    )


LAYOUTS = {
    "house": "\n\n".join(thirty()) + "\n",
    "one entry a line": "\n".join(map(on_one_line, thirty())) + "\n",
    "quoted": "\n\n".join(map(quoted, thirty())) + "\n",
    "all on one line": "".join(map(on_one_line, thirty())) + "\n",
}


@dataclass(frozen=True)
class Mutant:
    """A text with one sign inserted or deleted, and where."""

    text: str
    offset: int


def mutant(text: str, chance: random.Random) -> Mutant:
    offset = chance.randrange(len(text))
    if chance.random() < 0.5:
        return Mutant(text[:offset] + chance.choice(SIGNS) + text[offset:], offset)
    offset = next((at for at in range(offset, len(text)) if text[at] in SIGNS), text.index("@"))
    return Mutant(text[:offset] + text[offset + 1 :], offset)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_fault_costs_its_own_entry_alone(layout: str) -> None:
    text = LAYOUTS[layout]
    whole = split(text, Positions(text, "essai.bib")).entries
    assert len(whole) == 30
    chance = random.Random(layout)
    beyond, unsaid = [], []
    for _ in range(MUTANTS):
        changed = mutant(text, chance)
        found = split(changed.text, Positions(changed.text, "essai.bib"))
        got = {said(entry) for entry in found.entries}
        # An edit between two entries belongs to the one behind it.
        own = {entry.key for entry in whole if entry.offset <= changed.offset <= entry.end}
        missing = {entry.key for entry in whole if said(entry) not in got}
        if missing - own:
            beyond.append((changed.offset, sorted(missing - own)))
        keys = {entry.key for entry in found.entries}
        if own - keys and not found.diagnostics and len(found.entries) < len(whole):
            unsaid.append((changed.offset, sorted(own - keys)))
    assert len(beyond) <= MUTANTS * ALLOWED, beyond
    assert unsaid == []


def test_one_brace_in_five_thousand_entries() -> None:
    entries = [f"@book{{clé-{number},\n  title = {{Titre {number}}},\n  year = 2019,\n}}\n" for number in range(5000)]
    entries[1234] = entries[1234].replace("{Titre", "{{Titre")
    text = "\n".join(entries)
    found = split(text, Positions(text, "essai.bib"))
    assert len(found.entries) == 5000
    assert [(fault.code, fault.citekey) for fault in found.diagnostics] == [("P102", "clé-1234")]
    assert found.diagnostics[0].span
    assert found.diagnostics[0].span.line == text[: text.index("{{Titre")].count("\n") + 1
    assert [field.value for field in found.entries[1234].fields] == ["Titre 1234", "2019"]
