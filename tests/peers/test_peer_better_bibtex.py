"""Names and identifiers against the snapshots of Better BibTeX's parser (test/snapshots of bibtex-parser)."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import yaml
from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.name import Names
from biblio.reference.reference import Reference

# One of the ways that titles may be written; names and identifiers are the same in all.
FOLDER = "sentencecase=off^caseprotection=off"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROLES = ("author", "editor", "translator")
IDENTIFIERS = ("doi", "isbn", "issn", "eprint")


def test_better_bibtex() -> None:
    found: dict[str, tuple[object, object]] = {}
    root = suite("better-bibtex", FOLDER)
    for path in sorted(root.glob("**/*.yaml")):
        if path.stat().st_size > 200_000:
            continue
        for entry in _entries(path):
            typed = entry.get("input", "")
            references = read_bibtex(typed.encode(), path.name).value
            # What stands in another entry is read with that one alone.
            if len(references) == 1 and "crossref" not in typed:
                label = f"{path.name.removesuffix('.yaml')} {entry['key']}"
                pairs = _compared(entry["fields"], references[0])
                found |= {f"{label}::{name}": pair for name, pair in pairs.items()}
    assert len(found) > 2000
    compare("better-bibtex", found)


def _entries(path: Path) -> list[dict[str, Any]]:
    snapshot = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    return (snapshot.get("entries") or []) if isinstance(snapshot, dict) else []


def _compared(fields: dict[str, Any], reference: Reference) -> dict[str, tuple[object, object]]:
    pairs: dict[str, tuple[object, object]] = {}
    for role in ROLES:
        names: Names = getattr(reference, role)
        if isinstance(fields.get(role), list):
            theirs = [_letters(" ".join(map(str, each.values()))) for each in map(_parts, fields[role])]
            ours = [_letters(f"{each.given} {each.full_family} {each.suffix} {each.literal}") for each in names.people]
            pairs[role] = ([each for each in theirs if each != "others"], ours)
    for name in IDENTIFIERS:
        if isinstance(fields.get(name), str):
            pairs[name] = (_letters(fields[name]), _letters(getattr(reference, name)))
    return pairs


def _parts(name: dict[str, Any]) -> dict[str, str]:
    order = ("firstName", "prefix", "lastName", "suffix", "name")
    return {part: name[part] for part in order if isinstance(name.get(part), str)}


def _letters(value: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", value).casefold()))
