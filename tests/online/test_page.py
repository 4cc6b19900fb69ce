"""What is read from the pages of publishers, repositories, newspapers and public bodies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import outgrows

from biblio.online.page import read_page

ADDRESS = "https://site.example/page"


def read(head: str, attributes: str = ' lang="fr"') -> dict[str, str]:
    content = f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>…</body></html>".encode()
    references = read_page(content, ADDRESS, "2026-05-07").value
    if not references:
        return {}
    (reference,) = references
    got = {"type": reference.entry_type, **reference.raw}
    if got.pop("url") != ADDRESS:
        pytest.fail("another address")
    return got


PAGES = {
    "nothing but a title": (
        "<title>\n Territoires  &amp; sant&eacute; </title>",
        {"type": "online", "title": "Territoires \\& santé", "langid": "fr", "urldate": "2026-05-07"},
    ),
    "Open Graph": (
        """<meta property="og:title" content="Un plan pour la ville"><meta property="og:site_name" content="Le Journal">
        <meta property="article:published_time" content="2024-02-03T10:00:00+01:00">
        <meta name="author" content="Anne Durand">
        <meta property="og:description" content="En bref."><title>Un plan | Le Journal</title>""",
        {
            "type": "online",
            "title": "Un plan pour la ville",
            "author": "Durand, Anne",
            "organization": "Le Journal",
            "date": "2024-02-03",
            "abstract": "En bref.",
            "langid": "fr",
            "urldate": "2026-05-07",
        },
    ),
    "JSON-LD of a newspaper": (
        """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "WebPage", "name": "P"},
        {"@type": ["NewsArticle"], "headline": "La ville d'en face", "datePublished": "2024-02-03T08:00Z",
        "author": [{"@type": "Person", "name": "Anne Durand"}, {"@type": "Organization", "name": "Agence du Nord"}],
        "publisher": {"@type": "Organization", "name": "Le Journal"}, "inLanguage": "fr-FR"}]}</script>""",
        {
            "type": "online",
            "title": "La ville d'en face",
            "author": "Durand, Anne and {Agence du Nord}",
            "organization": "Le Journal",
            "date": "2024-02-03",
            "langid": "fr-FR",
            "urldate": "2026-05-07",
        },
    ),
    "JSON-LD of a report": (
        """<script type='application/ld+json'>[{"@type": "Report", "name": "Santé des villes",
        "author": {"givenName": "Anne", "familyName": "Durand", "@type": "Person"},
        "datePublished": "2021", "publisher": "Observatoire",
        "identifier": {"@type": "PropertyValue", "value": "https://doi.org/10.1000/xyz"}}]</script>""",
        {
            "type": "report",
            "title": "Santé des villes",
            "author": "Durand, Anne",
            "date": "2021",
            "publisher": "Observatoire",
            "doi": "10.1000/xyz",
            "langid": "fr",
        },
    ),
    "Dublin Core": (
        """<meta name="DC.title" content="Villes"><meta name="DC.creator" content="Durand, Anne ; Petit, Louis">
        <meta name="DCTERMS.issued" content="2018-05"><meta name="DC.publisher" content="Éditions du Port">
        <meta name="DC.subject" content="ville, santé"><meta name="DC.identifier" content="doi:10.1000/ABC">
        <meta name="DC.language" content="fr"><title>x</title>""",
        {
            "type": "online",
            "title": "Villes",
            "author": "Durand, Anne and Petit, Louis",
            "date": "2018-05",
            "publisher": "Éditions du Port",
            "keywords": "ville, santé",
            "doi": "10.1000/abc",
            "langid": "fr",
            "urldate": "2026-05-07",
        },
    ),
    "a thesis": (
        """<meta name="citation_title" content="Soigner"><meta name="citation_author" content="Durand, Anne">
        <meta name="citation_dissertation_institution" content="Université de Rennes">
        <meta name="citation_date" content="12/11/2020">""",
        {
            "type": "thesis",
            "title": "Soigner",
            "author": "Durand, Anne",
            "institution": "Université de Rennes",
            "date": "2020-11-12",
            "langid": "fr",
        },
    ),
    "COinS of a catalogue": (
        """<title>Catalogue</title><span class="Z3988" title="ctx_ver=Z39.88-2004&amp;
rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&amp;rft.genre=article&amp;rft.atitle=Soigner+la+ville&amp;rft.jtitle=Revue&amp;rft.aulast=Durand&amp;rft.aufirst=Anne&amp;
rft.date=2019-03&amp;rft.volume=18&amp;rft.issue=2&amp;rft.spage=135&amp;rft.epage=147&amp;
rft_id=info%3Adoi%2F10.1000%2Fabc"></span>""".replace("\n", ""),
        {
            "type": "article",
            "title": "Soigner la ville",
            "author": "Durand, Anne",
            "journaltitle": "Revue",
            "volume": "18",
            "number": "2",
            "date": "2019-03",
            "pages": "135-147",
            "doi": "10.1000/abc",
            "langid": "fr",
        },
    ),
    "COinS of a body's report": (
        """<span class="Z3988" title="rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;rft.genre=report&amp;
rft.btitle=La%20ville&amp;rft.aucorp=Cour%20des%20comptes&amp;rft.publisher=La%20Doc&amp;rft.date=2021">""".replace(
            "\n", ""
        ),
        {
            "type": "report",
            "title": "La ville",
            "author": "{Cour des comptes}",
            "publisher": "La Doc",
            "date": "2021",
            "langid": "fr",
        },
    ),
    "COinS without end": (
        '<span class="Z3988" title="rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;rft.btitle=La%20ville&amp;'
        + "a=b&amp;" * 600
        + '">',
        {"type": "book", "title": "La ville", "langid": "fr"},
    ),
    "several COinS are those of a list": (
        "<title>Résultats</title>" + '<span class="Z3988" title="rft.title=A"></span>' * 2,
        {"type": "online", "title": "Résultats", "langid": "fr", "urldate": "2026-05-07"},
    ),
    "a comment says nothing": (
        '<!-- <meta name="citation_title" content="Ancien"> --><title>Nouveau</title>',
        {"type": "online", "title": "Nouveau", "langid": "fr", "urldate": "2026-05-07"},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_shows(name: str) -> None:
    head, expected = PAGES[name]
    assert read(head) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "no-such"])
def test_a_page_is_read_in_its_encoding(encoding: str) -> None:
    real = "utf-8" if encoding == "no-such" else encoding
    content = f'<html><head><meta charset="{encoding}"><title>Santé</title></head></html>'.encode(real)
    (reference,) = read_page(content, ADDRESS, "2026-05-07").value
    assert reference.raw["title"] == "Santé"


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 50_000,
        '{"@type": 3}',
        '{"@graph": {"@graph": [[[]]]}}',
        '{"@type": "Article", "author": [[1]]}',
        "null",
    ],
)
def test_an_odd_script_is_passed_over(script: str) -> None:
    assert read(f'<script type="application/ld+json">{script}</script><title>T</title>')["title"] == "T"


def test_a_page_that_is_made_in_the_browser_says_nothing() -> None:
    assert read("<script src=app.js></script>") == {}


LONG: dict[str, Callable[[int], str]] = {
    "open tags": lambda n: "<meta " * n,
    "open quotes": lambda n: "<meta '" * n,
    "both quotes": lambda n: "<meta \"'" * n,
    "one long quote": lambda n: '<meta "' + "x" * 8 * n,
    "attributes": lambda n: "<meta" + ' a="b"' * n + ">",
    "blanks": lambda n: "<meta" + " " * 8 * n + "<",
    "comments": lambda n: "<!--" * n,
    "titles": lambda n: "<title>" * n,
    "scripts": lambda n: "<script type=ld+json>" * n,
    "equals": lambda n: "<meta " + "a=" * n + ">",
    "coins": lambda n: '<span class="Z3988" title="' + "a=b&" * n + '">',
    "names": lambda n: '<meta name="author" content="' + "A B;" * n + '">',
}


@pytest.mark.parametrize("name", LONG)
def test_a_hostile_page_takes_no_longer_than_its_length(name: str) -> None:
    assert not outgrows(lambda count: read_page(LONG[name](count).encode(), ADDRESS, "2026-05-07"), 5_000)
