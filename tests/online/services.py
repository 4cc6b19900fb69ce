"""What the services of references answer, in miniature: written after their documentation, of invented documents."""

from __future__ import annotations

import json

from online.servers import Asked, Given

CROSSREF = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "indexed": {"date-parts": [[2024, 1, 3]], "timestamp": 1704240000000},
        "reference-count": 12,
        "publisher": "JLE",
        "issue": "2",
        "license": [{"URL": "https://example.org/licence", "content-version": "vor"}],
        "DOI": "10.1684/ERS.2019.1277",
        "type": "journal-article",
        "created": {"date-parts": [[2019, 3, 2]]},
        "page": "135-147",
        "title": ["Contrats locaux de sant&eacute; : quelle place pour les <i>territoires</i> ?"],
        "subtitle": [],
        "prefix": "10.1684",
        "volume": "18",
        "author": [
            {"given": "Cyrille", "family": "Harpet", "sequence": "first", "affiliation": [{"name": "EHESP"}]},
            {"name": "Réseau des villes-santé", "sequence": "additional"},
        ],
        "container-title": ["Environnement, risques & santé"],
        "language": "fr",
        "abstract": "<jats:title>Résumé</jats:title><jats:p>Parmi les <jats:italic>outils</jats:italic>.</jats:p>"
        "<jats:p>Un second alinéa.</jats:p>",
        "issued": {"date-parts": [[2019, 3]]},
        "ISSN": ["1635-0421", "1952-3398"],
        "URL": "https://doi.org/10.1684/ers.2019.1277",
        "score": 1.0,
    },
}
DATACITE = {
    "type": "dataset",
    "id": "https://doi.org/10.5281/zenodo.1234",
    "author": [{"family": "Durand", "given": "Anne"}],
    "issued": {"date-parts": [["2021", "5", "7"]]},
    "DOI": "10.5281/ZENODO.1234",
    "publisher": "Zenodo",
    "title": "Données sur les contrats locaux de santé",
    "version": "1.2",
}
UNIMARC = """<record xmlns="info:lc/xmlns/marcxchange-v2" type="Bibliographic">
<leader>00000cam a2200000 i 4500</leader>
<controlfield tag="001">FRBNF450000000000000</controlfield>
<datafield tag="010" ind1=" " ind2=" "><subfield code="a">978-2-07-036822-8</subfield></datafield>
<datafield tag="101" ind1="0" ind2=" "><subfield code="a">fre</subfield></datafield>
<datafield tag="200" ind1="1" ind2=" "><subfield code="a">Le soin en ville</subfield>
<subfield code="e">enquêtes</subfield>
<subfield code="f">Anne Durand</subfield></datafield>
<datafield tag="214" ind1=" " ind2="0"><subfield code="a">Rennes</subfield>
<subfield code="c">Presses de l'EHESP</subfield>
<subfield code="d">2019</subfield></datafield>
<datafield tag="215" ind1=" " ind2=" "><subfield code="a">1 vol. (246 p.)</subfield></datafield>
<datafield tag="700" ind1=" " ind2="1"><subfield code="a">Durand</subfield><subfield code="b">Anne</subfield>
<subfield code="4">070</subfield></datafield>
</record>"""


def sru(*records: str, count: int | None = None, following: int = 0) -> str:
    """An answer of SRU with some records."""
    inside = "".join(
        f"<srw:record><srw:recordSchema>unimarcxchange</srw:recordSchema><srw:recordPacking>xml</srw:recordPacking>"
        f"<srw:recordData>{record}</srw:recordData><srw:recordPosition>{place}</srw:recordPosition></srw:record>"
        for place, record in enumerate(records, 1)
    )
    next_one = f"<srw:nextRecordPosition>{following}</srw:nextRecordPosition>" if following else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<srw:searchRetrieveResponse xmlns:srw="http://www.loc.gov/zing/srw/"><srw:version>1.2</srw:version>'
        f"<srw:numberOfRecords>{len(records) if count is None else count}</srw:numberOfRecords>"
        f"<srw:records>{inside}</srw:records>{next_one}</srw:searchRetrieveResponse>"
    )


OPEN_LIBRARY = {
    "ISBN:9780140449136": {
        "url": "https://openlibrary.org/books/OL1M/Care",
        "title": "Care in towns",
        "subtitle": "an inquiry",
        "authors": [{"url": "https://openlibrary.org/authors/OL1A", "name": "Mary Jane Doe"}],
        "number_of_pages": 212,
        "identifiers": {"isbn_13": ["9780140449136"], "openlibrary": ["OL1M"]},
        "publishers": [{"name": "Penguin"}],
        "publish_places": [{"name": "London"}],
        "publish_date": "June 17, 2003",
    }
}
PUBMED = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "https://dtd.nlm.nih.gov/pubmed.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">31452104</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0995-3914</ISSN><JournalIssue CitedMedium="Print">
<Volume>31</Volume><Issue>3</Issue><PubDate><Year>2019</Year><Month>Jun</Month></PubDate></JournalIssue>
<Title>Santé publique</Title></Journal><ArticleTitle>Health in towns.</ArticleTitle>
<Pagination><MedlinePgn>123-31</MedlinePgn></Pagination>
<AuthorList CompleteYN="Y">
<Author ValidYN="Y"><LastName>Durand</LastName><ForeName>Anne</ForeName></Author></AuthorList>
<Language>eng</Language></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
HAL = """@article{durand:hal-01234567,
  TITLE = {{La sant{\\'e} en ville}},
  AUTHOR = {Durand, Anne and Petit, Louis},
  URL = {https://hal.science/hal-01234567},
  JOURNAL = {{Espace et soci{\\'e}t{\\'e}s}},
  YEAR = {2020},
  MONTH = May,
  HAL_ID = {hal-01234567},
  HAL_VERSION = {v1},
}
"""
ARXIV = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">ArXiv Query</title>
<entry><id>http://arxiv.org/abs/1706.03762v7</id><published>2017-06-12T17:57:34Z</published>
<title>Care is all
  you need</title><summary>  We propose a town.  </summary><author><name>Anne Durand</name></author>
<author><name>Louis Petit</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/care</arxiv:doi>
<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL"/></entry></feed>"""
# What arXiv says of a number that it does not have.
NO_ARXIV = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#incorrect_id</id>
<title>Error</title><summary>incorrect id format</summary></entry></feed>"""
PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Contrats locaux | Revue</title>
<meta name="citation_title" content="Contrats locaux &amp; santé">
<meta name="citation_author" content="Harpet, Cyrille"><meta name="citation_author" content="Rose Fonteneau">
<meta name="citation_publication_date" content="2019/03/01"><meta name="citation_journal_title" content="La Revue">
<meta name="citation_volume" content="18"><meta name="citation_issue" content="2"><meta name="citation_firstpage"
 content="135"><meta name="citation_lastpage" content="147">
<meta name="citation_doi" content="doi:10.1684/ers.2019.1277">
<meta name="DC.description" content="Parmi les outils."></head><body><script>alert(1)</script></body></html>"""


def services(asked: Asked) -> Given:
    """All the services, each at its host; what they do not have is answered as they do."""
    address = asked.address
    for start, known, given in (
        ("api.crossref.org/works/", "10.1684%2Fers.2019.1277", Given(json.dumps(CROSSREF), "application/json")),
        ("api.datacite.org/dois/", "10.5281/zenodo.1234", Given(json.dumps(DATACITE), asked.headers.get("Accept", ""))),
        ("catalogue.bnf.fr/api/SRU?", "9782070368228", Given(sru(UNIMARC), "text/xml")),
        ("openlibrary.org/api/books?", "9780140449136", Given(json.dumps(OPEN_LIBRARY), "application/json")),
        ("eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?", "31452104", Given(PUBMED, "text/xml")),
        ("api.archives-ouvertes.fr/search/?", "hal-01234567", Given(HAL, "text/plain")),
        ("export.arxiv.org/api/query?", "1706.03762", Given(ARXIV, "application/atom+xml")),
        ("revue.example/", "article", Given(PAGE, "text/html; charset=utf-8")),
    ):
        if address.startswith(start) and known in address:
            return given
    nothing = {
        "catalogue.bnf.fr": Given(sru(), "text/xml"),
        "www.sudoc.abes.fr": Given(sru(), "text/xml"),
        "openlibrary.org": Given("{}", "application/json"),
        "eutils.ncbi.nlm.nih.gov": Given("<PubmedArticleSet></PubmedArticleSet>", "text/xml"),
        "api.archives-ouvertes.fr": Given("", "text/plain"),
        "export.arxiv.org": Given(NO_ARXIV, "application/atom+xml"),
    }
    return nothing.get(asked.host, Given("not found", status=404))
