"""What arXiv says of its articles, in Atom.

Source: arXiv API User's Manual, § 3.3 (the fields of an entry).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.records import Record, references_of
from biblio.formats.xml_tree import Element, read_xml
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span

_IDENTIFIER = re.compile(r"/abs/(.+?)(?:v\d+)?\Z")


def read_arxiv(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The articles of an answer; none for an entry that says that there is an error."""
    tree = read_xml(content, path)
    records = [record for entry in tree.value.below("entry") if (record := _record(entry, path))]
    read = references_of(records)
    return Parsed(read.value, (*tree.diagnostics, *read.diagnostics))


def _record(entry: Element, path: str) -> Record | None:
    identifier = _IDENTIFIER.search(entry.word("id"))
    if identifier is None:
        return None
    category = entry.first("primary_category")
    fields: dict[str, str | Sequence[str]] = {
        "author": [_name(each.word("name")) for each in entry.every("author")],
        "title": entry.word("title"),
        "date": entry.word("published")[:10],
        "eprint": identifier[1],
        "eprinttype": "arxiv",
        "eprintclass": category.attributes.get("term", "") if category else "",
        "doi": entry.word("doi"),
        "abstract": entry.word("summary"),
        "note": " ; ".join(filter(None, (entry.word("journal_ref"), entry.word("comment")))),
        "url": f"https://arxiv.org/abs/{identifier[1]}",
        "langid": "english",
    }
    return Record("online", "", {name: value for name, value in fields.items() if value}, Span(path, entry.line))


def _name(name: str) -> str:
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name
