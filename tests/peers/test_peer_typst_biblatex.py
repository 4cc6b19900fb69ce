"""Names, dates, LaTeX and entries against the tests of typst's reader of biblatex (src/ and tests/ of its crate)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from peers.rust import STRING, assertions, cases, string
from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.date import edtf
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.inline import Rich, plain

Pairs = dict[str, tuple[object, object]]

# What stands in braces is a « verbatim » chunk to them.
_CHUNK = re.compile(
    r"\b(?P<kind>N|V|String::from|Chunk::Normal|Chunk::Verbatim|RawChunk::Normal)\(\s*" + STRING.format("text"),
    re.DOTALL,
)
_STATEMENT = re.compile(r"let (?:mut )?\w+(?:: [\w<>]+)? =(?P<value>.*?);\n", re.DOTALL)
_NAMED = re.compile(
    r"^(?:p|people\d*\[(?P<place>\d+)\])\.(?P<part>name|prefix|given_name|suffix), " + STRING.format("value"), re.DOTALL
)
_PARTS: Mapping[str, Callable[[Name], str]] = {
    "name": lambda name: name.family or name.literal,
    "prefix": lambda name: name.particle,
    "given_name": lambda name: name.given,
    "suffix": lambda name: name.suffix,
}


def test_typst_biblatex() -> None:
    root = suite("typst-biblatex", "Cargo.toml").parent
    found = {
        **_names((root / "src" / "types" / "person.rs").read_text(encoding="utf-8")),
        **_dates((root / "src" / "types" / "date.rs").read_text(encoding="utf-8")),
        **_texts((root / "src" / "resolve.rs").read_text(encoding="utf-8")),
        **_entries((root / "tests" / "valid.rs").read_text(encoding="utf-8"), root),
    }
    assert len(found) > 150
    compare("typst-biblatex", found)


def _chunks(statement: str) -> str:
    """The text that a statement makes chunks of, as a file would have it."""
    pieces = ((match["kind"], string(match, "text")) for match in _CHUNK.finditer(statement))
    return "".join(f"{{{text}}}" if kind in ("V", "Chunk::Verbatim") else text for kind, text in pieces)


def _steps(body: str) -> Iterator[tuple[str, str]]:
    """The texts that a test reads, each with the assertions that follow it."""
    statements = [match for match in _STATEMENT.finditer(body) if _CHUNK.search(match["value"])]
    for match, after in zip_longest(statements, statements[1:]):
        end = after.start() if after else len(body)
        yield _chunks(match["value"]), body[match.end() : end]


def _names(source: str) -> Pairs:
    found: Pairs = {}
    for _, body in cases(source):
        for typed, said in _steps(body):
            people = _one(f"@misc{{k, author = {{{typed}}}}}").author.people
            for _, assertion in assertions(said):
                if match := _NAMED.match(assertion):
                    place = int(match["place"] or 0)
                    ours = _PARTS[match["part"]](people[place]) if place < len(people) else ""
                    label = f"{' '.join(typed.split())} {place}::{match['part']}"
                    found[label] = (string(match, "value"), ours)
    return found


def _dates(source: str) -> Pairs:
    found: Pairs = {}
    for _, body in cases(source):
        for typed, said in _steps(body):
            match = re.search(r"date\.to_chunks\(\), vec!\[d\(N\(" + STRING.format("value"), said)
            if match:
                issued = _one(f"@misc{{k, date = {{{typed}}}}}").issued
                found[f"{typed}::date"] = (string(match, "value"), edtf(issued) if issued else "")
    return found


def _texts(source: str) -> Pairs:
    found: Pairs = {}
    for name, body in cases(source):
        for number, (typed, said) in enumerate(_steps(body)):
            expected = [chunk for _, chunk in assertions(said) if "res[" in chunk]
            # Mathematics stay as typed to them; abbreviations are outside of their text.
            if "M(" not in said and "Abbreviation" not in body and expected:
                asked = re.search(r'parse_field\("(\w*)"', said)
                field = (asked and asked[1]) or "title"
                wanted = "".join(string(match, "text") for each in expected for match in _CHUNK.finditer(each))
                read = getattr(_one(f"@misc{{k, {field} = {{{typed}}}}}"), field)
                found[f"{name} {number}::text"] = (wanted, read if isinstance(read, str) else plain(read))
    return found


_FILE = re.compile(r'(?:contents|raw) = (?:fs::read_to_string\("(?P<path>[^"]+)"\)|r#"(?P<typed>.*?)"#)', re.DOTALL)
_ENTRY = re.compile(r'let (?P<name>\w+) = bibliography\.get(?:_mut)?\("(?P<key>[^"]+)"\)\.unwrap\(\);')
_VALUE = re.compile(
    r'\s*(?:(?P<name>\w+)|bibliography\s*\.get\("(?P<key>[^"]+)"\)\s*\.unwrap\(\))\s*\.(?P<field>\w+)\(\)\s*\.unwrap\(\)'
    r"(?P<first>\[0\](?:\.0\[0\]\.name)?)?\s*(?:\.format_verbatim\(\))?,\s*" + STRING.format("value"),
    re.DOTALL,
)
_FIELDS: Mapping[str, Callable[[Reference], str | Rich]] = {
    "title": lambda reference: reference.title,
    "journal": lambda reference: reference.journal_title,
    "publisher": lambda reference: reference.publisher[0] if reference.publisher else "",
    "location": lambda reference: " and ".join(reference.publisher_place),
    "number": lambda reference: reference.number.value if reference.number else "",
    "editors": lambda reference: reference.editor.people[0].family if reference.editor.people else "",
    "doi": lambda reference: reference.doi,
    "url": lambda reference: reference.url,
    "file": lambda reference: reference.raw.get("file", ""),
}


def _entries(source: str, root: Path) -> Pairs:
    found: Pairs = {}
    for name, body in cases(source):
        sources = list(_FILE.finditer(body))
        for match, after in zip_longest(sources, sources[1:]):
            end = after.start() if after else len(body)
            content = (root / match["path"]).read_bytes() if match["path"] else match["typed"].encode()
            references = {each.citekey: each for each in read_bibtex(content, "cas.bib").value}
            found |= _values(name, body[match.end() : end], references)
    return found


def _values(name: str, body: str, references: Mapping[str, Reference]) -> Pairs:
    found: Pairs = {}
    bound = list(_ENTRY.finditer(body))
    if match := re.search(r"bibliography\.len\(\), (\d+)\)", body):
        found[f"{name}::entries"] = (int(match[1]), len(references))
    if match := re.search(r"bibliography\.keys\(\)\.collect::<Vec<_>>\(\),\s*&\[(.*?)\]", body, re.DOTALL):
        found[f"{name}::keys"] = (re.findall(r'"([^"]*)"', match[1]), list(references))
    for start, assertion in assertions(body):
        # A variable may be bound anew.
        variables = {match["name"]: match["key"] for match in bound if match.start() < start}
        match = _VALUE.match(assertion)
        key = match["key"] or variables.get(match["name"], "") if match else ""
        if match and key in references and match["field"] in _FIELDS:
            ours = _FIELDS[match["field"]](references[key])
            found[f"{key}::{match['field']}"] = (string(match, "value"), ours if isinstance(ours, str) else plain(ours))
    return found


def _one(source: str) -> Reference:
    return read_bibtex(source.encode(), "cas.bib").value[0]
