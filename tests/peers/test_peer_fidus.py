"""Names and texts against Fidus Writer's reader (biblatex-csl-converter, test/fixtures/import/bib)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import Any

from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.fields import BY_BIBLATEX
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.inline import plain

NAMES = frozenset({"author", "editor", "translator"})
TEXTS = frozenset("title subtitle journaltitle booktitle series doi url note eprint isbn issn".split())


def test_fidus() -> None:
    folder = suite("fidus", "import/bib")
    found: dict[str, tuple[object, object]] = {}
    for path in sorted(folder.glob("*.json")):
        source = path.with_suffix(".bib")
        entries = json.loads(path.read_text(encoding="utf-8")) if source.exists() else {}
        read = read_bibtex(source.read_bytes(), source.name).value if source.exists() else ()
        twice = Counter(each.citekey for each in read)
        ours = {each.citekey: each for each in read if twice[each.citekey] == 1}
        for entry in entries.get("entries", entries).values():
            reference = ours.get(entry.get("entry_key", ""))
            for name, value in entry["fields"].items() if reference else ():
                if reference and name in NAMES | TEXTS:
                    case = " ".join(f"{path.stem} {reference.citekey}".split())
                    found[f"{case}::{name}"] = _wanted(name, value), _ours(name, reference)
    assert len(found) > 500
    compare("fidus", found)


def _wanted(name: str, value: Any) -> object:
    if name not in NAMES:
        return _text(_characters(value))
    return [_name(*(_characters(each.get(part, [])) for part in ("given", "prefix", "family", "suffix", "literal")))
            for each in value if _characters(each.get("literal", [])) != "others"]  # fmt: skip


def _ours(name: str, reference: Reference) -> object:
    value = getattr(reference, BY_BIBLATEX[name].variable)
    if name not in NAMES:
        return _text(value if isinstance(value, str) else plain(value))
    people: tuple[Name, ...] = value.people
    return [_name(each.given, each.particle, each.family, each.suffix, each.literal) for each in people]


def _characters(value: Any) -> str:
    """The characters of a rich text, a list of nodes."""
    if isinstance(value, list):
        return "".join(map(_characters, value))
    if isinstance(value, dict):
        variable = value.get("attrs", {}).get("variable", "")
        return str(value.get("text", variable)) + _characters(value.get("content", []))
    return str(value)


def _name(given: str, particle: str, family: str, suffix: str, literal: str) -> str:
    """A name in one line, where a particle that braces keep with the family name is no difference."""
    return " | ".join(map(_text, (given, f"{particle} {family or literal}", suffix)))


def _text(value: str) -> str:
    """Characters alone: quotation marks and dashes are typography, a resolver's address is no part of a DOI."""
    value = re.sub("[\u2018\u2019\u201c\u201d«»\"']", "", unicodedata.normalize("NFC", value)).replace("μ", "µ")
    value = value.replace("\u00a0", " ").replace("\u202f", " ").removeprefix("https://doi.org/")
    return " ".join(re.sub("[\u2013\u2014-]+", "-", value).casefold().split())
