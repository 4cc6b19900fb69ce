"""Zotero's RDF."""

from __future__ import annotations

from biblio.importing.files import read_file

HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:vcard="http://nwalsh.com/rdf/vCard#"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">"""
ITEMS = """<bib:Article rdf:about="http://zotero.org/groups/1/items/A"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/><bib:authors><rdf:Seq><rdf:li><foaf:Person>
<foaf:surname>Dupont</foaf:surname><foaf:givenName>Jean</foaf:givenName></foaf:Person></rdf:li><rdf:li><foaf:Person>
<foaf:surname>HAS</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors><dc:title>Le soin</dc:title>
<dc:subject>soin</dc:subject><dc:subject><z:AutomaticTag><rdf:value>santé</rdf:value></z:AutomaticTag></dc:subject>
<dc:date>2019-03-05</dc:date><bib:pages>12-15</bib:pages><z:language>fr</z:language>
<dc:identifier>DOI 10.1234/x</dc:identifier><dc:identifier><dcterms:URI><rdf:value>https://a.example/</rdf:value>
</dcterms:URI></dc:identifier><z:humeur>bonne</z:humeur></bib:Article>
<bib:Journal rdf:about="urn:issn:1234-5679"><prism:volume>12</prism:volume><dc:title>Prescrire</dc:title>
<prism:number>4</prism:number><dc:identifier>ISSN 1234-5679</dc:identifier></bib:Journal>
<bib:BookSection rdf:about="#item_2"><z:itemType>bookSection</z:itemType><dcterms:isPartOf><bib:Book>
<dc:identifier>ISBN 978-2-07-036822-8</dc:identifier><dc:title>Le livre</dc:title></bib:Book></dcterms:isPartOf>
<dc:publisher><foaf:Organization><vcard:adr><vcard:Address><vcard:locality>Paris</vcard:locality></vcard:Address></vcard:adr>
<foaf:name>Dunod</foaf:name></foaf:Organization></dc:publisher><dc:title>Un chapitre</dc:title><dc:date>2010</dc:date>
</bib:BookSection><z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType><dc:title>x.pdf</dc:title>
</z:Attachment></rdf:RDF>"""


def test_items_with_their_hosts_inside_and_beside() -> None:
    read = read_file((HEAD + ITEMS).encode(), "a.rdf")
    assert (read.value.format, read.diagnostics) == ("zotero-rdf", ())
    assert [(each.entry_type, dict(each.raw)) for each in read.value.references] == [
        (
            "article",
            {
                "author": "Dupont, Jean and {HAS}",
                "title": "Le soin",
                "journaltitle": "Prescrire",
                "date": "2019-03-05",
                "volume": "12",
                "number": "4",
                "pages": "12-15",
                "doi": "10.1234/x",
                "issn": "1234-5679",
                "url": "https://a.example/",
                "langid": "french",
                "keywords": "soin, santé",
                "zotero-humeur": "bonne",
            },
        ),
        (
            "incollection",
            {
                "title": "Un chapitre",
                "booktitle": "Le livre",
                "date": "2010",
                "isbn": "978-2-07-036822-8",
                "publisher": "Dunod",
                "location": "Paris",
            },
        ),
    ]


def test_notes_are_for_who_made_them_and_collections_are_kept() -> None:
    items = """<bib:Book rdf:about="#item_1"><z:itemType>book</z:itemType><dc:title>Le soin</dc:title>
    <dcterms:isReferencedBy rdf:resource="#item_8"/><dcterms:isReferencedBy rdf:resource="#item_9"/></bib:Book>
    <bib:Memo rdf:about="#item_8"><rdf:value>&lt;div data-schema-version="8"&gt;&lt;p&gt;Pour le
    &lt;strong&gt;plan&lt;/strong&gt; régional.&lt;/p&gt;&lt;p&gt;Lu.&lt;/p&gt;&lt;/div&gt;</rdf:value></bib:Memo>
    <bib:Memo rdf:about="#item_9"><rdf:value>À rendre.</rdf:value></bib:Memo>
    <z:Collection rdf:about="#collection_1"><dc:title>Soin</dc:title><dcterms:hasPart rdf:resource="#item_1"/>
    </z:Collection><z:Collection rdf:about="#collection_2"><dc:title>Ville</dc:title>
    <dcterms:hasPart rdf:resource="#item_1"/></z:Collection></rdf:RDF>"""
    (reference,) = read_file((HEAD + items).encode(), "a.rdf").value.references
    assert reference.raw["internalnote"] == "Pour le plan régional.\n\nLu.\n\nÀ rendre."
    assert reference.collections == ("Soin", "Ville")
