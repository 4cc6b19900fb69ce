"""Files that are known and not read."""

from __future__ import annotations

import pytest

from biblio.importing.files import read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "name", "code", "kind"),
    [
        (b"\x05Moi" + bytes(158), "~$liste.docx", "E195", "~$"),
        (b"PK\x03\x04abc", "projet.ctv6", "E191", "Citavi"),
        (b"<CitaviExchangeData Version='1'><a/></CitaviExchangeData>", "a.xml", "E191", "Citavi"),
        (b"SQLite format 3\0" + bytes(80) + b"TABLE itemCreators TABLE itemDataValues", "z.db", "E191", "Zotero"),
        (b"SQLite format 3\0" + bytes(80) + b"CREATE TABLE DocumentContributors", "m", "E191", "Mendeley"),
        (b"SQLite format 3\0" + bytes(80), "x.sqlite", "E191", "SQLite"),
        (b"\0\1\2\3EndNote", "ma bibliotheque.enl", "E191", "EndNote"),
        (b"@prefix bibo: <http://purl.org/ontology/bibo/> .\n<a> a bibo:Book .", "a.ttl", "E192", "BIBO"),
        (b"@prefix ex: <http://a.example/> .\nex:a ex:b ex:c .", "a.ttl", "E192", "Turtle"),
        (b'<rdf:RDF xmlns:bf="http://id.loc.gov/ontologies/bibframe/"><bf:Work/></rdf:RDF>', "a", "E192", "BIBFRAME"),
        (b'{"@context": "https://schema.org", "@type": "Book", "name": "a"}', "a.json", "E192", "schema.org"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader/></TEI>", "a.xml", "E193", "TEI"),
        (b"<article xmlns:x='y'><front><article-meta/></front></article>", "a.xml", "E193", "JATS"),
        (b"<ead><eadheader/></ead>", "a.xml", "E193", "EAD"),
        (b"<mets:mets xmlns:mets='http://www.loc.gov/METS/'/>", "a.xml", "E193", "METS"),
        (b"<ONIXMessage><Product/></ONIXMessage>", "a.xml", "E193", "ONIX"),
        (b"<!DOCTYPE html><html><body>Dupont, Jean. Le soin. Paris, 2019.</body></html>", "a.html", "E193", "HTML"),
        (b'<record><datafield tag="021A"><subfield code="a">Soin</subfield></datafield></record>', "a", "E216", "PICA"),
        (b'<record xmlns="info:srw/schema/5/picaXML-v1.0"/>', "a.xml", "E216", "PICA"),
        (b"001A $00001:01-01-20\n003@ $0123\n021A $aLe soin", "a.pp", "E216", "PICA"),
        (b"\x1d\x0a\x1e003@ \x1f0123\x1e021A \x1faLe soin\x1e", "a.dat", "E216", "PICA"),
        (b"000000001 LDR   L 00000nam\n000000001 24510 L $$aLe soin", "a.seq", "E216", "Aleph"),
        (b"01175nM2.01200024      h001 2078059-X\x1e331 Le soin\x1e\x1d", "a.dat", "E216", "MAB"),
        (b'<datei><datensatz typ="h"><feld nr="331" ind=" ">Le soin</feld></datensatz></datei>', "a", "E216", "MAB"),
        (b'{"results": [{"id": "https://openalex.org/W1", "type": "article", "title": "a"}]}', "a", "E217", "OpenAlex"),
        (b'{"data": [{"type": "dois", "title": "", "kind": {"type": "book"}}]}', "a", "E217", "DataCite"),
        (b'[{"paperId": "7", "title": "a", "type": "article"}]', "a.json", "E217", "Semantic Scholar"),
        (b'{"@bibjson/record": [{"type": "article", "title": "Le soin"}]}', "a.json", "E217", "BibJSON"),
        (b"<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><title>a</title></rss>", "a.xml", "E193", "Atom / RSS"),
        (b"{\\rtf1\\ansi Dupont}", "a.rtf", "E194", "RTF"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "E194", "Office"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "E194", "Word (.doc)"),
        (b'<style xmlns="http://purl.org/net/xbiblio/csl" class="note"/>', "a.csl", "E195", "CSL"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "E195", "PNG"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "E195", "JPEG"),
    ],
)  # fmt: skip
def test_what_is_known_is_refused_by_its_name(content: bytes, name: str, code: str, kind: str) -> None:
    read = read_file(content, name)
    assert [(fault.code, fault.arguments.get("kind")) for fault in read.diagnostics] == [(code, kind)]
    assert read.value.references == ()


def test_a_page_with_entries_in_it_is_read() -> None:
    page = b"<html><body><pre>\n@book{a, title = {Le soin}}\n</pre></body></html>"
    assert [each.citekey for each in read_file(page, "a.html").value.references] == ["a"]
