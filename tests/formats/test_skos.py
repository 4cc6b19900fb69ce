"""Thesauri in SKOS: their concepts, with labels, other labels and what they stand under."""

from __future__ import annotations

import pytest

from biblio.formats.skos import Concept, looks_like_skos, read_skos
from biblio.importing.files import read_file

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:ConceptScheme rdf:about="http://t.example/"><skos:prefLabel xml:lang="fr">Thésaurus</skos:prefLabel>
    <skos:hasTopConcept rdf:resource="http://t.example/1"/></skos:ConceptScheme>
  <skos:Concept rdf:about="http://t.example/1">
    <skos:prefLabel xml:lang="fr">Santé publique</skos:prefLabel>
    <skos:prefLabel xml:lang="en">Public health</skos:prefLabel>
    <skos:altLabel xml:lang="fr">Santé  des populations</skos:altLabel>
    <skos:narrower rdf:resource="http://t.example/2"/>
  </skos:Concept>
  <rdf:Description rdf:about="http://t.example/2">
    <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
    <skos:prefLabel xml:lang="fr-FR">Prévention</skos:prefLabel>
  </rdf:Description>
  <skos:Concept rdf:about="http://t.example/3"><skos:prefLabel>Vaccins</skos:prefLabel>
    <skos:broader><skos:Concept rdf:about="http://t.example/2"/></skos:broader></skos:Concept>
</rdf:RDF>"""
JSON = """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@graph": [
  {"@id": "http://t.example/1", "@type": "skos:Concept",
   "skos:prefLabel": [{"@language": "fr", "@value": "Santé publique"}, {"@language": "en", "@value": "Public health"}],
   "skos:altLabel": {"@language": "fr", "@value": "Santé des populations"},
   "skos:narrower": {"@id": "http://t.example/2"}},
  {"@id": "http://t.example/2", "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
   "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@language": "fr-FR", "@value": "Prévention"}]},
  {"id": "http://t.example/3", "type": "Concept", "prefLabel": "Vaccins", "broader": ["http://t.example/2"]}]}"""
TURTLE = r"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <http://t.example/> .
PREFIX : <http://t.example/>
# Le thésaurus
<> a skos:ConceptScheme ; skos:prefLabel "Thésaurus"@fr ; skos:hasTopConcept :1 .
:1 a skos:Concept ;
  skos:prefLabel "Santé publique"@fr, "Public health"@en ;
  skos:altLabel '''Sant\u00e9
    des populations'''@fr ;
  skos:note [ skos:prefLabel "autre chose" ; a skos:Concept ] ;
  skos:narrower <2> .
<2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> ;
  skos:prefLabel "Prévention"@fr-FR ; skos:notation "1.2"^^skos:code .
:3 a skos:Concept; skos:prefLabel "Vaccins" ; skos:broader :2 .
"""


@pytest.mark.parametrize(
    "content", [TURTLE.encode(), RDF.encode(), JSON.encode(), b"\xef\xbb\xbf" + JSON.encode(), RDF.encode("utf-16")]
)
def test_the_concepts_of_a_thesaurus(content: bytes) -> None:
    read = read_skos(content, "t.rdf")
    assert read.diagnostics == ()
    assert [(each.address[-1], dict(each.labels), dict(each.others), each.broader) for each in read.value] == [
        ("1", {"fr": "Santé publique", "en": "Public health"}, {"fr": ("Santé des populations",)}, ()),
        ("2", {"fr": "Prévention"}, {}, ("http://t.example/1",)),
        ("3", {"": "Vaccins"}, {}, ("http://t.example/2",)),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (TURTLE.encode() + b'<4> a skos:Concept ; skos:prefLabel "Soin', "P304"),
        (TURTLE.encode() + b"<4> a skos:Concept", "P304"),
        (b"<rdf:RDF><skos:Concept rdf:about='a'>", "P304"),
        (b'{"@graph": [', "P304"),
        (b"[[[[", "P304"),
    ],
)
def test_a_broken_thesaurus_is_told_and_read_as_far_as_it_goes(content: bytes, code: str) -> None:
    assert [each.code for each in read_skos(content, "t").diagnostics] == [code]


@pytest.mark.parametrize(
    "content", [b"[1, null]", b'{"@graph": 3}', b"<a/>", b"rien", b'[{"type": [{}], "broader": {}}]']
)
def test_what_holds_no_concept_gives_none(content: bytes) -> None:
    assert read_skos(content, "t").value == ()


def test_a_thesaurus_among_references_is_said_to_be_one() -> None:
    assert looks_like_skos(RDF.encode())
    (fault,) = read_file(RDF.encode(), "t.rdf").diagnostics
    assert (fault.code, fault.arguments["file"]) == ("E196", "t.rdf")
    assert Concept("a").labels == {}
