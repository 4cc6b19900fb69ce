"""Whole entries against pandoc's reader of biblatex (test/command/biblatex-*.md): its references are CSL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.csl_json import write_csl_json
from biblio.reference.date import edtf
from biblio.reference.reference import Reference

NAMES = ("author", "editor", "translator", "container-author")
TEXTS = (
    "title",
    "container-title",
    "collection-title",
    "publisher",
    "publisher-place",
    "volume",
    "issue",
    "number",
    "page",
    "edition",
    "genre",
    "note",
    "DOI",
    "URL",
    "ISBN",
    "ISSN",
    "status",
    "version",
)
DATES = ("issued", "original-date", "accessed", "event-date")

_TEST = re.compile(r"```\n% pandoc -f biblatex [^\n]*\n(?P<bib>.*?)\n\^D\n---\n(?P<yaml>.*?)\n---\n", re.DOTALL)
_MARKUP = re.compile(r"\]\{[^{}]*\}|\*+|(?<!\\)[_^~\[\]]|\\(?=[^\w\s])|<[^<>]*>|`[^`]*`(?:\{=[^{}]*\})?")


def test_pandoc() -> None:
    folder = suite("pandoc", "biblatex-basic.md").parent
    found: dict[str, tuple[object, object]] = {}
    for path in sorted(folder.glob("biblatex-*.md")):
        for match in _TEST.finditer(path.read_text(encoding="utf-8")):
            wanted = {each["id"]: each for each in yaml.load(match["yaml"], yaml.BaseLoader).get("references", [])}
            references = read_bibtex(match["bib"].encode(), path.name).value
            ours = {each["id"]: each for each in json.loads(write_csl_json(references))}
            dates = {each.citekey: _dates(each) for each in references}
            for key, reference in wanted.items():
                read = {**dict(_fields(ours.get(key, {}))), **dates.get(key, {})}
                for name, value in _fields(reference, _unmarked):
                    found[f"{path.stem} {key}::{name}"] = (value, read.get(name))
    assert len(found) > 900
    compare("pandoc", found)


def _fields(reference: dict[str, Any], unmarked: Callable[[str], str] = str) -> Iterator[tuple[str, object]]:
    """The fields of a CSL reference, in the form that is compared; ``unmarked`` takes the Markdown out of a text."""
    for name in NAMES:
        if name in reference:
            yield name, [_text(unmarked(_name(each))) for each in reference[name]]
    for name in TEXTS:
        if name in reference:
            yield name, _text(unmarked(str(reference[name])))
    for name in DATES:
        if isinstance(reference.get(name), str):
            yield name, reference[name].removesuffix("/").rstrip("~?%").replace("\\", "")


def _name(name: dict[str, str]) -> str:
    """A name in one line: where the particle stands is a matter of style, so it stands before the family name."""
    particle = name.get("dropping-particle", "") or name.get("non-dropping-particle", "")
    parts = (name.get("literal", ""), particle, name.get("family", ""), name.get("given", ""), name.get("suffix", ""))
    return " ".join(filter(None, parts))


def _unmarked(value: str) -> str:
    return _MARKUP.sub("", value)


def _text(value: str) -> str:
    """Characters alone: without tags, case or typography, which pandoc and biblio each have of their own."""
    value = re.sub(r"</?[a-z][^<>]*>", "", value).casefold()
    value = re.sub("[\u2018\u2019\u201c\u201d«»\"']", "'", value).replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(re.sub("[\u2010-\u2015-]+", "-", value).replace(" :", ":").split())


def _dates(reference: Reference) -> dict[str, str]:
    """The dates of a reference in EDTF, as pandoc writes them: without a mark of doubt, an open end left empty."""
    dates = (reference.issued, reference.original_date, reference.accessed, reference.event_date)
    return {name: edtf(date).removesuffix("/..").rstrip("~?%") for name, date in zip(DATES, dates, strict=True) if date}
