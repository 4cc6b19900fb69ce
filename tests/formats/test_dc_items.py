"""Reading Dublin Core, as archives and catalogues give it."""

from __future__ import annotations

import pytest

from biblio.formats.dc_items import looks_like_dublin_core, read_dublin_core
from biblio.importing.files import format_of

# After the records of HAL: a laboratory as contributor, the journal twice, whom it is for before what it says.
OF_AN_ARCHIVE = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><metadata>
<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:publisher>HAL CCSD</dc:publisher>
<dc:title xml:lang="fr">La santé en ville</dc:title><dc:title xml:lang="en">Health in towns</dc:title>
<dc:creator>Durand, Anne</dc:creator><dc:creator>Petit, Louis</dc:creator>
<dc:contributor>Laboratoire Ville</dc:contributor>
<dc:description>International audience</dc:description>
<dc:source>ISSN: 0014-0481</dc:source><dc:source>Revue de la ville</dc:source>
<dc:source>Revue de la ville, 2019, 18 (2), pp.135-147</dc:source>
<dc:identifier>hal-01234567</dc:identifier><dc:identifier>https://hal.science/hal-01234567</dc:identifier>
<dc:identifier>https://hal.science/hal-01234567/document</dc:identifier>
<dc:relation>info:eu-repo/semantics/altIdentifier/doi/10.5555/ville.135</dc:relation>
<dc:language>fr</dc:language><dc:subject>santé urbaine</dc:subject><dc:subject>[SHS.GEO]Geography</dc:subject>
<dc:type>info:eu-repo/semantics/article</dc:type><dc:type>Journal articles</dc:type>
<dc:description xml:lang="fr">Ce que la ville fait à la santé, et la santé à la ville.</dc:description>
<dc:date>2019-06-15</dc:date><dc:rights>info:eu-repo/semantics/OpenAccess</dc:rights>
</dc></metadata></record></ListRecords></OAI-PMH>"""
OF_A_PUBLISHER = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Soigner la ville</dc:title>
<dc:creator>Réseau des villes</dc:creator>
<dc:contributor>Petit, Louis</dc:contributor><dc:publisher>Presses du Port</dc:publisher><dc:date>2018</dc:date>
<dc:date>2018-05-02</dc:date><dc:type>info:eu-repo/semantics/book</dc:type><dc:format>132 p.</dc:format>
<dc:identifier>urn:doi:10.5555/port.1234</dc:identifier><dc:identifier>urn:isbn:978-2-07-036822-8</dc:identifier>
<dc:identifier>https://books.example.org/port/1234</dc:identifier></oai_dc:dc>"""


def fields(content: str) -> dict[str, str]:
    read = read_dublin_core(content.encode(), "a.xml")
    assert read.diagnostics == ()
    (reference,) = read.value
    return {"type": reference.entry_type, **reference.raw}


def test_an_archive_says_where_an_article_stands() -> None:
    assert fields(OF_AN_ARCHIVE) == {
        "type": "article",
        "title": "La santé en ville",
        "paralleltitle": "Health in towns",
        "author": "Durand, Anne and Petit, Louis",
        "affiliation": "Laboratoire Ville",
        "journaltitle": "Revue de la ville",
        "volume": "18",
        "number": "2",
        "pages": "135-147",
        "date": "2019-06-15",
        "issn": "0014-0481",
        "doi": "10.5555/ville.135",
        "eprint": "hal-01234567",
        "eprinttype": "hal",
        "url": "https://hal.science/hal-01234567",
        "langid": "fr",
        "keywords": "santé urbaine, Geography",
        "abstract": "Ce que la ville fait à la santé, et la santé à la ville.",
        "openaccess": "yes",
    }


def test_a_publisher_says_what_a_book_is() -> None:
    assert fields(OF_A_PUBLISHER) == {
        "type": "book",
        "title": "Soigner la ville",
        "author": "{Réseau des villes}",
        "editora": "Petit, Louis",
        "editoratype": "collaborator",
        "publisher": "Presses du Port",
        "date": "2018",
        "pagetotal": "132",
        "doi": "10.5555/port.1234",
        "isbn": "978-2-07-036822-8",
        "url": "https://books.example.org/port/1234",
    }


@pytest.mark.parametrize("content", [OF_AN_ARCHIVE, OF_A_PUBLISHER])
def test_a_file_of_it_is_known_by_its_content(content: str) -> None:
    row = format_of(content.encode(), "a.txt")
    assert row is not None
    assert row.name == "dublin-core"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<dc>",
        b'<rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></rdf:RDF>',
        b'<html xmlns:dc="http://purl.org/dc/elements/1.1/"><head><meta name="dc:title"/></head></html>',
    ],
)
def test_what_only_borrows_its_words_is_something_else(content: bytes) -> None:
    assert not looks_like_dublin_core(content)


def test_a_record_without_anything_is_said_with_its_number() -> None:
    record = '<dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></dc>'
    read = read_dublin_core(f"<x>{record.format('A')}{record.format(' ')}</x>".encode(), "a.xml")
    assert [reference.raw["title"] for reference in read.value] == ["A"]
    assert [(fault.code, fault.arguments["number"]) for fault in read.diagnostics] == [("P303", "2")]


@pytest.mark.parametrize(
    "content", [b"<dc>" * 300, b"<!DOCTYPE a [<!ENTITY b 'c'>]><dc><title>&b;</title></dc>", b"\xff\xfe<dc"]
)
def test_hostile_xml_gives_no_reference(content: bytes) -> None:
    assert read_dublin_core(content, "a.xml").value == ()


def test_an_answer_without_its_namespaces_is_known_all_the_same() -> None:
    content = (
        b"<OAI-PMH><ListRecords><record><metadata><dc><title>Un fonds</title><creator>Roux, Marie</creator>"
        b"</dc></metadata></record></ListRecords></OAI-PMH>"
    )
    assert looks_like_dublin_core(content)
    assert fields(content.decode())["title"] == "Un fonds"


IN_A_FEED = """<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<channel><title>Revue du port : derniers articles</title><dc:publisher>Presses du Port</dc:publisher>
<item><title>Les quais de l'eau H&lt;sub&gt;2&lt;/sub&gt;O</title><link>https://port.example/1</link>
<dc:creator>Anne Durand</dc:creator><dc:creator>Petit LB</dc:creator>
<prism:publicationName>Revue du port</prism:publicationName><prism:volume>12</prism:volume>
<prism:issueIdentifier>3</prism:issueIdentifier><prism:startingPage>4</prism:startingPage>
<prism:endingPage>9</prism:endingPage><prism:coverDate>2021-05-01</prism:coverDate>
<prism:doi>10.5555/port.12</prism:doi><prism:issn>1234-5679</prism:issn></item></channel></rss>"""


def test_an_item_of_a_feed_says_where_an_article_stands() -> None:
    assert fields(IN_A_FEED) == {
        "type": "article",
        "title": r"Les quais de l'eau H\textsubscript{2}O",
        "author": "Durand, Anne and Petit, LB",
        "journaltitle": "Revue du port",
        "volume": "12",
        "number": "3",
        "pages": "4-9",
        "date": "2021-05-01",
        "doi": "10.5555/port.12",
        "issn": "1234-5679",
        "url": "https://port.example/1",
    }


def test_a_wrapper_of_one_archive_and_names_beside_their_numbers() -> None:
    wrapped = (
        '<rioxx xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Le port</dc:title><dc:creator><name>Petit, Louis'
        "</name><id>https://orcid.org/0000-0000-0000-0001</id></dc:creator></rioxx>"
    )
    assert fields(wrapped) == {"type": "misc", "title": "Le port", "author": "Petit, Louis"}
