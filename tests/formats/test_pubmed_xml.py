"""Articles and chapters of PubMed in XML."""

from __future__ import annotations

from biblio.importing.files import read_file

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example/pubmed.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123456</PMID>
<Article><Journal><ISSN>1234-5679</ISSN><JournalIssue><Volume>12</Volume><Issue>3</Issue>
<PubDate><MedlineDate>2010 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>Revue de sant&eacute;</Title>
<ISOAbbreviation>Rev Sante</ISOAbbreviation></Journal><ArticleTitle>[The care of <i>all</i>.]</ArticleTitle>
<Pagination><MedlinePgn>132-42</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1234/abc</ELocationID>
<Abstract><AbstractText Label="METHODS">Une enquête.</AbstractText><AbstractText>Fin.</AbstractText></Abstract>
<AuthorList CompleteYN="N"><Author><LastName>Roux</LastName><ForeName>Marie</ForeName></Author>
<Author><CollectiveName>Santé et territoires.</CollectiveName></Author></AuthorList>
<Language>fre</Language><VernacularTitle>Le soin de tous.</VernacularTitle></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Health, Rural</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC99</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""

CHAPTER = """<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>77</PMID>
<Book><Publisher><PublisherName>Dunod</PublisherName><PublisherLocation>Paris</PublisherLocation></Publisher>
<BookTitle>Le livre</BookTitle><PubDate><Year>2011</Year><Month>05</Month></PubDate>
<AuthorList Type="editors"><Author><LastName>Blanc</LastName><ForeName>Anne</ForeName></Author></AuthorList></Book>
<ArticleTitle>Un chapitre</ArticleTitle>
<AuthorList Type="authors"><Author><LastName>Roux</LastName><Initials>M</Initials></Author></AuthorList>
</BookDocument></PubmedBookArticle></PubmedArticleSet>"""


def test_an_article_with_all_that_it_says() -> None:
    read = read_file(ARTICLE.encode(), "a.xml")
    (reference,) = read.value.references
    assert not read.diagnostics
    assert (reference.entry_type, dict(reference.raw)) == (
        "article",
        {
            "pmid": "123456",
            "title": "Le soin de tous",
            "author": "Roux, Marie and {Santé et territoires} and others",
            "pages": "132-142",
            "doi": "10.1234/abc",
            "pmcid": "PMC99",
            "abstract": "METHODS: Une enquête.\n\nFin.",
            "keywords": "{Health, Rural}",
            "langid": "french",
            "journaltitle": "Revue de santé",
            "shortjournal": "Rev Sante",
            "issn": "1234-5679",
            "volume": "12",
            "number": "3",
            "date": "2010-01/2010-02",
        },
    )


def test_a_chapter_of_a_book() -> None:
    (reference,) = read_file(CHAPTER.encode(), "a.xml").value.references
    assert (reference.entry_type, dict(reference.raw)) == (
        "incollection",
        {
            "pmid": "77",
            "title": "Un chapitre",
            "author": "Roux, M",
            "publisher": "Dunod",
            "location": "Paris",
            "date": "2011-05",
            "editor": "Blanc, Anne",
            "booktitle": "Le livre",
        },
    )


def test_an_article_without_anything_is_said_by_its_number() -> None:
    empty = "<PubmedArticleSet><PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>"
    assert [fault.code for fault in read_file(empty.encode(), "a.xml").diagnostics] == ["P303", "E125"]
