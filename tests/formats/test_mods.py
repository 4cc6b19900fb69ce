"""Records of MODS."""

from __future__ import annotations

from biblio.importing.files import read_file
from biblio.reference.reference import Reference

BOOK = """<mods><titleInfo><nonSort>L'</nonSort><title>œuvre du soin</title>
<subTitle>une histoire</subTitle></titleInfo>
<titleInfo type="translated"><title>The care</title></titleInfo>
<name type="personal"><namePart type="family">Roux</namePart><namePart type="given">Marie</namePart>
<role><roleTerm type="code">aut</roleTerm></role></name>
<name type="personal"><namePart>Durand, Paul, 1950-2010</namePart><role><roleTerm>editor</roleTerm></role></name>
<name type="corporate"><namePart>Santé et territoires</namePart></name>
<originInfo><place><placeTerm type="code">fr</placeTerm></place><place><placeTerm type="text">Paris</placeTerm></place>
<publisher>Dunod</publisher><dateIssued>c2010</dateIssued><dateIssued encoding="marc">2010</dateIssued></originInfo>
<language><languageTerm type="code">fre</languageTerm></language>
<physicalDescription><extent>xii, 345 p. ; 24 cm</extent></physicalDescription>
<subject><topic>Soin</topic><geographic>France</geographic></subject>
<identifier type="isbn">9782070368228 (br.)</identifier><identifier type="doi">10.1234/abc</identifier>
<location><shelfLocator>A 12</shelfLocator></location><accessCondition>libre</accessCondition></mods>"""

ARTICLE = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Un article</title></titleInfo>
<relatedItem type="host"><titleInfo><title>Revue</title></titleInfo><identifier type="issn">1234-5679</identifier>
<part><detail type="volume"><number>3</number></detail><detail type="issue"><number>4</number></detail>
<extent unit="page"><start>12</start><end>15</end></extent><date>mai 2010</date></part></relatedItem></mods>"""


def only(content: str) -> tuple[Reference, list[str]]:
    read = read_file(f"<modsCollection>{content}</modsCollection>".encode(), "a.xml")
    (reference,) = read.value.references
    return reference, [f"{fault.code} {fault.arguments.get('fields')}" for fault in read.diagnostics]


def test_a_book() -> None:
    reference, faults = only(BOOK)
    assert faults == ["P308 accessCondition (1)"]
    assert (reference.entry_type, dict(reference.raw)) == (
        "book",
        {
            "title": "L'œuvre du soin",
            "subtitle": "une histoire",
            "paralleltitle": "The care",
            "author": "Roux, Marie and {Santé et territoires}",
            "editor": "Durand, Paul",
            "location": "Paris",
            "publisher": "Dunod",
            "date": "2010",
            "isbn": "9782070368228",
            "doi": "10.1234/abc",
            "keywords": "Soin -- France",
            "langid": "french",
            "pagetotal": "xii, 345",
            "library": "A 12",
        },
    )


def test_an_article() -> None:
    reference, faults = only(ARTICLE)
    assert not faults
    assert (reference.entry_type, dict(reference.raw)) == (
        "article",
        {
            "title": "Un article",
            "journaltitle": "Revue",
            "issn": "1234-5679",
            "volume": "3",
            "number": "4",
            "pages": "12-15",
            "date": "2010-05",
        },
    )


def test_a_record_without_anything_is_said() -> None:
    read = read_file(b"<modsCollection><mods/></modsCollection>", "a.xml")
    assert [fault.code for fault in read.diagnostics] == ["P303", "E125"]
