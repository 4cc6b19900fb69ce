"""Records of other formats against the test cases of Zotero's import translators, one file a format.

The measure is by items: of those that have a title, creators, a date or identifiers, how many have them right here.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from peers.suites import ledger, suite

from biblio.formats.bibtex.dates import month_number
from biblio.importing.files import read_file
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.text.inline import plain

SUITE = "translators"
_CASES = re.compile(r"/\*\* BEGIN TEST CASES \*\*/\s*var testCases = (\[.*?\n\])\s*;?\s*/\*\* END", re.DOTALL)
FILES = (
    "RIS", "MEDLINEnbib", "Endnote XML", "ReferBibIX", "MODS", "MARC", "MARCXML", "PubMed XML", "RefWorks Tagged",
    "RDF", "OVID Tagged", "Web of Science Tagged",
)  # fmt: skip
ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
TITLES = ("title", "caseName", "nameOfAct", "subject")
Item = dict[str, Any]
FIELDS = ("title", "creators", "date", "identifiers")


@pytest.mark.parametrize("name", FILES)
def test_translators(name: str) -> None:
    source = suite(SUITE, f"{name}.js").read_text(encoding="utf-8")
    match = _CASES.search(source)
    assert match is not None
    right, items, wrong = Counter[str](), Counter[str](), dict[str, str]()
    for number, case in enumerate(json.loads(match[1])):
        if case["type"] != "import" or not isinstance(case["items"], list):
            continue
        read = read_file(case["input"].encode(), "cas").value.references
        for place, (item, reference) in enumerate(_paired(case["items"], read)):
            for field in FIELDS:
                wanted = _wanted(item, field)
                if not wanted:
                    continue
                items[field] += 1
                ours = _ours(reference, field, item) if reference else None
                if ours == wanted:
                    right[field] += 1
                else:
                    wrong[f"{name} {number}.{place}::{field}"] = f"wanted {wanted!r}, ours {ours!r}"
    known = ledger(SUITE)
    for field in FIELDS:
        sys.stdout.write(f"{name:22} {field:12} {right[field]:4} of {items[field]:4}\n")
    surprises = [f"{case}: {said}" for case, said in wrong.items() if case not in known]
    assert not surprises, "not in the ledger:\n" + "\n".join(surprises)
    settled = [case for case in known if case.startswith(f"{name} ") and case not in wrong]
    assert not settled, f"in the ledger, and agrees: {settled}"


def _paired(items: list[Item], read: tuple[Reference, ...]) -> Iterator[tuple[Item, Reference | None]]:
    """Each item with the reference of its record: the same in order, or else that of its title."""
    items = [item for item in items if item.get("itemType") not in ("note", "attachment")]
    if len(items) == len(read):
        yield from zip(items, read, strict=True)
        return
    left = list(read)
    for item in items:
        title = _letters(str(item.get("title", item.get("caseName", ""))))
        found = next((each for each in left if _letters(_title(each)) == title), None)
        if found is not None:
            left.remove(found)
        yield item, found


def _wanted(item: dict[str, Any], field: str) -> object:
    if field == "title":
        return _letters(next((str(item[name]) for name in TITLES if item.get(name)), ""))
    if field == "creators":
        return sorted(_letters(f"{each.get('firstName', '')}{each.get('lastName', '')}{each.get('name', '')}")
                      for each in item.get("creators", ()) if each["creatorType"] in ROLES)  # fmt: skip
    if field == "date":
        return _date(str(item.get("date", item.get("issueDate", item.get("dateDecided", item.get("dateEnacted", ""))))))
    return sorted(filter(None, (_letters(part) for name in ("DOI", "ISBN", "ISSN")
                                for part in re.split(r"[;, ]+", str(item.get(name, ""))))))  # fmt: skip


def _ours(reference: Reference, field: str, item: dict[str, Any]) -> object:
    if field == "title":
        ours, wanted = _letters(_title(reference)), _wanted(item, "title")
        return wanted if wanted in (ours, _letters(plain(reference.title))) else ours
    if field == "creators":
        people = [_letters(f"{each.given}{each.full_family}{each.suffix}{each.literal}") for each in _people(reference)]
        return sorted(people)
    if field == "date":
        point = reference.issued.first if reference.issued else None
        if point is None:
            return ""
        month = point.month if point.month < 13 else 0
        ours = "-".join(str(part) for part in (point.year, month, month and point.day) if part)
        # What we have more exactly begins alike.
        wanted = str(_wanted(item, "date"))
        return wanted if ours.startswith(wanted) and wanted else ours
    numbers = " ".join((reference.doi, reference.isbn, reference.issn))
    ours_all = [_letters(part) for part in re.split(r"[;, ]+", numbers)]
    wanted_all = _wanted(item, "identifiers")
    assert isinstance(wanted_all, list)
    return wanted_all if set(wanted_all) <= set(ours_all) else sorted(filter(None, ours_all))


def _people(reference: Reference) -> Iterator[Name]:
    for variable in ROLES.values():
        names: Names = getattr(reference, variable)
        yield from names.people


def _title(reference: Reference) -> str:
    parts = (reference.main_title, reference.title, reference.subtitle)
    return " ".join(plain(part) for part in parts if part)


def _date(typed: str) -> str:
    """Year, month and day of a date that Zotero has as it was typed."""
    match = re.search(r"(?<!\d)(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?!\d)", typed)
    if match is None:
        return ""
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not month:
        words = re.findall(r"[^\W\d_]+\.?", typed)
        month = next((number for word in words if (number := month_number(word)) and number < 13), 0)
        numbers = [int(each) for each in re.findall(r"(?<!\d)\d{1,2}(?!\d)", typed)]
        day = numbers[0] if month and len(numbers) == 1 and numbers[0] < 32 else 0
    return "-".join(str(part) for part in (year, month, day) if part)


def _letters(value: str) -> str:
    value = unicodedata.normalize("NFKD", re.sub(r"</?[a-z][^<>]*>", "", value)).casefold().replace("μ", "µ")
    return "".join(character for character in value if character.isalnum())
