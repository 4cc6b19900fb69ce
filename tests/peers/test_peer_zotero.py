"""Names and texts against Zotero's importer (the test cases at the end of translators/BibTeX.js)."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.name import Names
from biblio.reference.reference import Reference
from biblio.text.inline import plain

_CASES = re.compile(r"/\*\* BEGIN TEST CASES \*\*/\s*var testCases = (\[.*?\n\])\s*;?\s*/\*\* END", re.DOTALL)
# The roles of Zotero's creators, and the variable that has their names.
ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
TEXTS = {"title": "title", "publicationTitle": "journal_title", "bookTitle": "book_title", "DOI": "doi", "url": "url",
         "ISBN": "isbn", "ISSN": "issn", "edition": "edition"}  # fmt: skip


def test_zotero() -> None:
    source = suite("zotero", "BibTeX.js").read_text(encoding="utf-8")
    match = _CASES.search(source)
    assert match is not None
    found: dict[str, tuple[object, object]] = {}
    for number, case in enumerate(json.loads(match[1])):
        if case["type"] != "import" or not isinstance(case["items"], list):
            continue
        ours = {each.citekey: each for each in read_bibtex(case["input"].encode(), "zotero.bib").value}
        for item in case["items"]:
            reference = ours.get(item.get("itemID", ""))
            if reference is not None:
                label = f"{number} {reference.citekey}"
                found |= {f"{label}::{name}": pair for name, pair in _compared(item, reference).items()}
    assert len(found) > 80
    compare("zotero", found)


def _compared(item: dict[str, Any], reference: Reference) -> dict[str, tuple[object, object]]:
    pairs: dict[str, tuple[object, object]] = {}
    for role, variable in ROLES.items():
        creators = [each for each in item["creators"] if each["creatorType"] == role]
        if creators:
            names: Names = getattr(reference, variable)
            people = [_text(f"{each.given} {each.full_family} {each.suffix} {each.literal}") for each in names.people]
            pairs[role] = ([_text(f"{each.get('firstName', '')} {each['lastName']}") for each in creators], people)
    for name, variable in TEXTS.items():
        if item.get(name):
            value = getattr(reference, variable)
            if variable == "title" and reference.subtitle:
                value = (*value, *reference.subtitle)
            pairs[name] = (_text(item[name]), _text(value if isinstance(value, str) else plain(value)))
    return pairs


def _text(value: str) -> str:
    """Letters and figures alone: tags, case, quotation marks, dashes and commas are each program's own."""
    value = unicodedata.normalize("NFC", re.sub(r"</?[a-z][^<>]*>", "", value)).casefold().replace("μ", "µ")
    return "".join(character for character in value if character.isalnum())
