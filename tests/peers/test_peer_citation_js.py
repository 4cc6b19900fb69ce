"""Whole entries against citation-js's suite: what its plug-in for biblatex makes of its fixtures, in CSL-JSON."""

from __future__ import annotations

import json
from typing import Any

from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.csl_json import write_csl_json

# What tells an entry, and is each program's own.
_OWN = frozenset({"id", "citation-key", "custom", "note", "type"})


def test_citation_js() -> None:
    found: dict[str, tuple[object, object]] = {}
    for dialect in ("biblatex", "bibtex"):
        content = suite("citation-js", f"{dialect}-input.bib").read_bytes()
        wanted = json.loads(suite("citation-js", f"{dialect}-csl.json").read_text(encoding="utf-8"))
        ours = {item["id"]: item for item in json.loads(write_csl_json(read_bibtex(content, dialect).value))}
        for item in wanted:
            mine = ours[item["id"]]
            found |= {
                f"{dialect} {item['id']}::{name}": (_value(item[name]), _value(mine.get(name)))
                for name in item.keys() - _OWN
            }
    assert len(found) > 150
    compare("citation-js", found)


def _value(value: Any) -> object:
    """A value without what differs in writing alone: figures as text, letters without case, signs and blanks."""
    if isinstance(value, dict):
        # A body by one name is a family name there.
        return {"family" if name == "literal" else name: _value(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_value(each) for each in value]
    return "".join(character for character in str(value or "").casefold() if character.isalnum())
