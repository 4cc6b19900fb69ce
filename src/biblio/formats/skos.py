"""Reads SKOS, the form in which thesauri travel: concepts with their labels by language and what they stand under.

Sources: SKOS Reference, W3C, 2009; RDF 1.1 XML Syntax § 2 (typed nodes, ``rdf:about``, ``rdf:resource``); JSON-LD 1.1
§ 3.1 and § 9.5, expanded or with the usual prefix; Turtle. MeSH is read in the SKOS that its translators publish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from biblio.formats.text import decode_bytes
from biblio.formats.turtle import Broken, statements
from biblio.formats.xml_tree import Element, read_xml
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LOOKS = re.compile(rb"http://www\.w3\.org/2004/02/skos/core#|\bskos:(?:Concept|prefLabel)\b")
_TURTLE = re.compile(rb"^\s*(?:@prefix|PREFIX)\s+[\w.-]*:\s*<", re.MULTILINE)
_TYPES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# What says under what a concept stands, and what stands under it.
_UP = ("broader", "broaderGeneric", "broaderTransitive")
_DOWN = ("narrower", "narrowerGeneric", "hasTopConcept")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its address, its label and its other labels in each language, the concepts above it, its line."""

    address: str
    labels: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    line: int = 1


def looks_like_skos(content: bytes) -> bool:
    """Whether a file names SKOS."""
    return _LOOKS.search(content[:200_000]) is not None


def read_skos(content: bytes, path: str) -> Parsed[tuple[Concept, ...]]:
    """The concepts of a file in RDF/XML, JSON-LD or Turtle, in its order. Never raises for what the file holds."""
    if _TURTLE.search(content[:200_000]):
        return _of_turtle(content, path)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _of_json(content, path)
    tree = read_xml(content, path)
    return Parsed(_concepts(_of_element(each) for each in _nodes(tree.value)), tree.diagnostics)


@dataclass(slots=True)
class _Node:
    """What a file says of one address, so far."""

    address: str
    line: int
    is_concept: bool = False
    labels: list[tuple[str, str, str]] = field(default_factory=list)
    up: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)


def _concepts(nodes: Iterable[_Node]) -> tuple[Concept, ...]:
    """The concepts of some nodes: what is said of one address in several places belongs together."""
    known: dict[str, _Node] = {}
    for node in nodes:
        first = known.setdefault(node.address, node)
        if first is not node:
            first.is_concept |= node.is_concept
            first.labels += node.labels
            first.up += node.up
            first.down += node.down
    above: dict[str, list[str]] = {}
    for node in known.values():
        if node.is_concept:
            above.setdefault(node.address, []).extend(node.up)
            for each in node.down:
                above.setdefault(each, []).append(node.address)
    return tuple(_concept(node, above[node.address]) for node in known.values() if node.is_concept)


def _concept(node: _Node, above: Iterable[str]) -> Concept:
    labels: dict[str, str] = {}
    others: dict[str, dict[str, None]] = {}
    for kind, lang, text in node.labels:
        if kind == "prefLabel" and lang not in labels:
            labels[lang] = text
        else:
            others.setdefault(lang, {})[text] = None
    others = {lang: {text: None for text in texts if text != labels.get(lang)} for lang, texts in others.items()}
    listed = {lang: tuple(texts) for lang, texts in others.items() if texts}
    return Concept(node.address, labels, listed, tuple(dict.fromkeys(above)), node.line)


def _language(tag: str) -> str:
    return tag.lower().partition("-")[0]


# --- RDF/XML ----------------------------------------------------------------------------------------------------------


def _nodes(top: Element) -> Iterator[Element]:
    """The elements that are nodes: those with an address, at any depth."""
    for child in top.children:
        if "about" in child.attributes or child.name == "Concept":
            yield child
        yield from _nodes(child)


def _of_element(element: Element) -> _Node:
    node = _Node(element.attributes.get("about") or f"_:{element.line}", element.line)
    types = (each.attributes.get("resource", "") for each in element.every("type"))
    node.is_concept = element.name == "Concept" or any(each.endswith("#Concept") for each in types)
    for child in element.children:
        if child.name in ("prefLabel", "altLabel") and child.text:
            node.labels.append((child.name, _language(child.attributes.get("lang", "")), child.text))
        elif child.name in (*_UP, *_DOWN):
            # The concept is named, or stands inside.
            named = [
                child.attributes.get("resource", ""),
                *(each.attributes.get("about", "") for each in child.children),
            ]
            (node.up if child.name in _UP else node.down).extend(filter(None, named))
    return node


# --- Turtle -----------------------------------------------------------------------------------------------------------


def _of_turtle(content: bytes, path: str) -> Parsed[tuple[Concept, ...]]:
    decoded = decode_bytes(content, path)
    faults: list[Diagnostic] = list(decoded.diagnostics)
    nodes: list[_Node] = []
    for found in statements(decoded.value):
        if isinstance(found, Broken):
            faults.append(diagnose("P304", Span(path, found.line)))
            continue
        says = found.says.removeprefix(_SKOS)
        node = _Node(found.subject, found.line, found.says == _TYPES and found.value == f"{_SKOS}Concept")
        if says in ("prefLabel", "altLabel") and found.is_text and (text := " ".join(found.value.split())):
            node.labels.append((says, _language(found.lang), text))
        elif says in (*_UP, *_DOWN) and not found.is_text:
            (node.up if says in _UP else node.down).append(found.value)
        nodes.append(node)
    return Parsed(_concepts(nodes), tuple(faults))


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


def _of_json(content: bytes, path: str) -> Parsed[tuple[Concept, ...]]:
    decoded = decode_bytes(content, path)
    faults: list[Diagnostic] = list(decoded.diagnostics)
    try:
        value = json.loads(decoded.value.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        place = Span(path, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        return Parsed((), (*faults, diagnose("P304", place)))
    graph = value.get("@graph", [value]) if isinstance(value, dict) else value
    nodes = (_of_object(each) for each in graph if isinstance(each, dict)) if isinstance(graph, list) else ()
    return Parsed(_concepts(nodes), tuple(faults))


def _of_object(item: Mapping[str, Any]) -> _Node:
    named = {_bare(name): value for name, value in item.items()}
    node = _Node(str(named.get("@id") or named.get("id") or named.get("uri") or f"_:{id(item)}"), 1)
    node.is_concept = any(_bare(str(each)) == "Concept" for each in _listed(named.get("@type", named.get("type"))))
    for kind in ("prefLabel", "altLabel"):
        for each in _listed(named.get(kind)):
            node.labels += ((kind, lang, text) for lang, text in _texts(each) if text)
    for names, into in ((_UP, node.up), (_DOWN, node.down)):
        for each in (each for name in names for each in _listed(named.get(name))):
            address = each.get("@id", each.get("id", each.get("uri", ""))) if isinstance(each, dict) else each
            if isinstance(address, str) and address:
                into.append(address)
    return node


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """The texts of a label with their languages: a text, a value with its language, or texts by language."""
    if isinstance(value, str):
        yield "", " ".join(value.split())
    elif isinstance(value, dict) and isinstance(value.get("@value", value.get("value")), str):
        lang = str(value.get("@language", value.get("lang", "")))
        yield _language(lang), " ".join(str(value.get("@value", value.get("value"))).split())
    elif isinstance(value, dict):
        for lang, texts in value.items():
            yield from ((_language(lang), " ".join(each.split())) for each in _listed(texts) if isinstance(each, str))


def _bare(name: str) -> str:
    return name.removeprefix(_SKOS).removeprefix("skos:")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
