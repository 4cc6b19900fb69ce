"""Entries against the tests of hayagriva's reading of biblatex (src/interop.rs of its crate)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from peers.rust import STRING, assertions, cases, string
from peers.suites import compare, suite

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.csl_json import write_csl_json
from biblio.reference.reference import Reference
from biblio.text.inline import plain

_SOURCE = re.compile(r"from_biblatex_str\(\s*(?://[^\n]*\n\s*)?" + STRING.format("text"), re.DOTALL)
_ENTRY = re.compile(
    r'let (?P<name>\w+) = (?:entries|lib|bib)\.get\("(?P<key>[^"]+)"\)\.unwrap\(\)'
    r"(?:\.(?P<asked>\w+)\(\)\.unwrap\(\))?;"
)
_ASKED = re.compile(r'(?:(?:entries|lib|bib)\s*\.get\("(?P<key>[^"]+)"\)|\b(?P<name>\w+)\b)(?=(?P<calls>[^"]*))')
_LITERAL = re.compile(STRING.format("value"), re.DOTALL)


def _pmid(reference: Reference) -> str:
    return reference.pmid or (reference.eprint if reference.eprint_type == "pubmed" else "")


def _genre(reference: Reference) -> str:
    return str(json.loads(write_csl_json([reference]))[0].get("genre", ""))


_ANSWERS: Mapping[str, Callable[[Reference], str]] = {
    "pmid": _pmid,
    "keyed_serial_number": _pmid,
    "genre": _genre,
    "title": lambda reference: plain(reference.title),
    "authors": lambda reference: " ".join((reference.author.people[0].given, reference.author.people[0].family)),
    "chapter": lambda reference: reference.chapter,
    "language": lambda reference: reference.language,
    "affiliated_with_role": lambda reference: reference.editor_a.people[0].given if reference.editor_a.people else "",
}


# The parents of an entry are what holds it, whose volume a volume is.
_OF_PARENTS: Mapping[str, Callable[[Reference], str]] = {
    "title": lambda reference: plain(reference.container_title),
    "volume": lambda reference: reference.volume.value if reference.volume else "",
}


def test_hayagriva() -> None:
    source = suite("typst-hayagriva", "interop.rs").read_text(encoding="utf-8")
    found: dict[str, tuple[object, object]] = {}
    for _, body in cases(source):
        match = _SOURCE.search(body)
        if match is None:
            continue
        references = {each.citekey: each for each in read_bibtex(string(match, "text").encode(), "cas.bib").value}
        keys = {each["name"]: (each["key"], each["asked"] or "") for each in _ENTRY.finditer(body)}
        for _, assertion in assertions(body[match.end() :]):
            found |= _compared(assertion, references, keys)
    assert len(found) > 10
    compare("hayagriva", found)


def _compared(
    assertion: str, references: Mapping[str, Reference], keys: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[object, object]]:
    """The value that an assertion names and ours, when it asks one of the things that we have too."""
    number = re.search(r"Typed\((\d+)i32", assertion)
    for asked in _ASKED.finditer(assertion):
        key, before = (asked["key"], "") if asked["key"] else keys.get(asked["name"], ("", ""))
        calls = [*([before] if before else []), *re.findall(r"[.|] ?(\w+)\b", asked["calls"])]
        answers = _OF_PARENTS if "parents" in calls else _ANSWERS
        name = next((each for each in calls if each in answers), "")
        if key in references and name:
            outside = assertion[: asked.start()] + assertion[asked.end() :] if asked["key"] else assertion
            literal = _LITERAL.search(outside)
            if number or literal:
                wanted = number[1] if number else string(literal, "value") if literal else ""
                label = f"{key}::{'parents ' if answers is _OF_PARENTS else ''}{name}"
                return {label: (wanted.lower(), answers[name](references[key]).lower())}
    return {}
