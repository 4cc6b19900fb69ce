"""Who is asked about an identifier, what reference is made of the answer, and what is said when there is none."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from online.servers import Asked, Given, client_of, serving
from online.services import PAGE, services

from biblio.formats.bibtex.writer import write_bibtex
from biblio.online.identifiers import identifiers_in
from biblio.online.lookups import LookedUp, identifiers_of, look_up
from biblio.reference.reference import Reference


def looked_up(
    text: str, answering: Callable[[Asked], Given | None] = services, *, offline: bool = False
) -> tuple[LookedUp, list[str]]:
    (identifier,) = identifiers_in(text).identifiers
    with serving(answering) as served:
        found = look_up(identifier, client_of(served, offline=offline))
    return found, [each.host for each in served.asked]


def fields(reference: Reference) -> dict[str, str]:
    return {"type": reference.entry_type, **reference.raw}


KNOWN = {
    "10.1684/ers.2019.1277": (
        "Crossref",
        ["api.crossref.org"],
        {
            "type": "article",
            "author": "Harpet, Cyrille and {Réseau des villes-santé}",
            "title": "Contrats locaux de santé : quelle place pour les \\emph{territoires} ?",
            "journaltitle": "Environnement, risques \\& santé",
            "publisher": "JLE",
            "volume": "18",
            "number": "2",
            "date": "2019-03",
            "pages": "135-147",
            "doi": "10.1684/ers.2019.1277",
            "issn": "1635-0421",
            "langid": "fr",
            "abstract": "Parmi les \\emph{outils}.\n\nUn second alinéa.",
        },
    ),
    "10.5281/zenodo.1234": (
        "DataCite",
        ["api.crossref.org", "api.datacite.org"],
        {
            "type": "dataset",
            "author": "Durand, Anne",
            "title": "Données sur les contrats locaux de santé",
            "publisher": "Zenodo",
            "version": "1.2",
            "date": "2021-05-07",
            "doi": "10.5281/zenodo.1234",
        },
    ),
    "ISBN 978-2-07-036822-8": (
        "BnF",
        ["catalogue.bnf.fr"],
        {
            "type": "book",
            "author": "Durand, Anne",
            "title": "Le soin en ville",
            "subtitle": "enquêtes",
            "publisher": "Presses de l'EHESP",
            "location": "Rennes",
            "date": "2019",
            "pagetotal": "246",
            "isbn": "978-2-07-036822-8",
            "langid": "french",
        },
    ),
    "9780140449136": (
        "Open Library",
        ["catalogue.bnf.fr", "www.sudoc.abes.fr", "openlibrary.org"],
        {
            "type": "book",
            "author": "Doe, Mary Jane",
            "title": "Care in towns",
            "subtitle": "an inquiry",
            "publisher": "Penguin",
            "location": "London",
            "date": "2003-06-17",
            "pagetotal": "212",
            "isbn": "9780140449136",
        },
    ),
    "PMID 31452104": (
        "PubMed",
        ["eutils.ncbi.nlm.nih.gov"],
        {
            "type": "article",
            "author": "Durand, Anne",
            "title": "Health in towns",
            "journaltitle": "Santé publique",
            "volume": "31",
            "number": "3",
            "date": "2019-06",
            "pages": "123-131",
            "issn": "0995-3914",
            "pmid": "31452104",
            "langid": "english",
        },
    ),
    "hal-01234567": (
        "HAL",
        ["api.archives-ouvertes.fr"],
        {
            "type": "article",
            "author": "Durand, Anne and Petit, Louis",
            "title": "{La sant{\\'e} en ville}",
            "journal": "{Espace et soci{\\'e}t{\\'e}s}",
            "year": "2020",
            "month": "5",
            "eprint": "hal-01234567",
            "eprinttype": "hal",
            "url": "https://hal.science/hal-01234567",
        },
    ),
    "arXiv:1706.03762": (
        "arXiv",
        ["export.arxiv.org"],
        {
            "type": "online",
            "author": "Durand, Anne and Petit, Louis",
            "title": "Care is all you need",
            "date": "2017-06-12",
            "doi": "10.1000/care",
            "eprint": "1706.03762",
            "eprinttype": "arxiv",
            "eprintclass": "cs.CL",
            "url": "https://arxiv.org/abs/1706.03762",
            "langid": "english",
            "abstract": "We propose a town.",
        },
    ),
    "https://revue.example/article": (
        "revue.example",
        ["revue.example"],
        {
            "type": "article",
            "author": "Harpet, Cyrille and Fonteneau, Rose",
            "title": "Contrats locaux \\& santé",
            "journaltitle": "La Revue",
            "volume": "18",
            "number": "2",
            "date": "2019-03-01",
            "pages": "135-147",
            "doi": "10.1684/ers.2019.1277",
            "url": "https://revue.example/article",
            "langid": "fr",
            "abstract": "Parmi les outils.",
        },
    ),
}


@pytest.mark.parametrize("text", KNOWN)
def test_an_identifier_leads_to_a_reference(text: str) -> None:
    source, asked, expected = KNOWN[text]
    found, hosts = looked_up(text)
    assert (found.source, hosts, found.diagnostics) == (source, asked, ())
    assert found.reference is not None
    got = fields(found.reference)
    got.pop("bibsource", None)
    assert got == expected


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("10.9999/none", "Crossref, DataCite, doi.org"),
        ("9782848743202", "BnF, Sudoc, Open Library"),
        ("PMID 999", "PubMed"),
        ("hal-09999999", "HAL"),
        ("arXiv:9999.99999", "arXiv"),
    ],
)
def test_what_nobody_has_is_said_with_those_who_were_asked(text: str, asked: str) -> None:
    found, _ = looked_up(text)
    assert found.reference is None
    (fault,) = found.diagnostics
    assert (fault.code, fault.arguments["asked"]) == ("E161", asked)


def test_who_does_not_answer_is_passed_over_and_named_if_nobody_has_it() -> None:
    def answer(asked: Asked) -> Given:
        return Given(status=503, headers={"Retry-After": "9999"}) if "crossref" in asked.host else services(asked)

    assert looked_up("10.5281/zenodo.1234", answer)[0].source == "DataCite"
    found, _ = looked_up("10.9999/none", answer)
    assert [(fault.code, fault.arguments.get("host")) for fault in found.diagnostics] == [
        ("E161", None),
        ("E159", "api.crossref.org"),
    ]


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", "{}", '{"message": {}}', '{"title": 3}', "[" * 100_000, "<html>Sorry</html>", "\0\xff"],
    ids=lambda body: ascii(body[:20]),
)
@pytest.mark.parametrize("text", [text for text in KNOWN if "revue" not in text])
def test_an_answer_that_is_none_is_no_reference(text: str, body: str) -> None:
    found, _ = looked_up(text, lambda _: Given(body, "application/json"))
    assert found.reference is None
    assert found.diagnostics[0].code == "E161"


@pytest.mark.parametrize(
    "work",
    [
        {"title": ["T"], "author": [None, 3, {"family": 3}, {"given": "Anne"}], "issued": {"date-parts": [[None]]}},
        {"title": ["T"], "author": {"family": "D"}, "issued": [], "ISBN": {}, "event": "x", "institution": [3]},
        {"title": ["T"], "issued": {"date-parts": "2019"}, "abstract": 3, "container-title": [3, "J"], "type": []},
        {"title": ["T"], "issued": {"date-parts": [[2019, 13, 45], [0], "x"]}, "page": ["1"], "volume": {}},
    ],
)
def test_an_odd_answer_gives_what_can_be_read(work: object) -> None:
    found, _ = looked_up("10.1000/a", lambda _: Given(json.dumps({"message": work}), "application/json"))
    assert found.reference is not None
    assert (found.reference.raw["title"], found.reference.raw["doi"]) == ("T", "10.1000/a")


def test_nothing_that_is_answered_gets_out_of_its_field() -> None:
    title = "T}, author = {Intrus}\n@book{autre, title = {Intrus}}\n% \\input{/etc/passwd}"
    found, _ = looked_up("10.1000/a", lambda _: Given(json.dumps({"message": {"title": [title]}})))
    assert found.reference is not None
    assert set(found.reference.raw) == {"title", "doi"}
    assert "\n@" not in write_bibtex([found.reference])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(b"%PDF-1.7 ...", "application/pdf"), "E164"),
        (Given(b"\n%PDF-1.7 ...", "text/html"), "E164"),
        (Given(b"\x89PNG", "image/png"), "E165"),
        (Given("{}", "application/json"), "E165"),
        (Given("<html><body><p>Rien</p></body></html>", "text/html"), "E166"),
        (Given("", "text/html"), "E166"),
        (Given("gone", status=410), "E163"),
        (Given(b"<html>" + b" " * 9_000_000, "text/html"), "E155"),
        (Given(status=302, headers={"Location": "http://127.0.0.1:8080/"}), "E152"),
    ],
)
def test_what_is_no_page_is_refused_in_words(given: Given, code: str) -> None:
    (identifier,) = identifiers_in("https://revue.example/x").identifiers
    with serving(lambda _: given) as served:
        client = client_of(served)
        resolve = client.resolve
        assert resolve is not None
        client.resolve = lambda host, port: (host,) if host == "127.0.0.1" else resolve(host, port)
        found = look_up(identifier, client)
    assert found.reference is None
    assert [fault.code for fault in found.diagnostics] == [code]


def test_the_address_of_a_page_is_the_one_that_was_sent_on_to() -> None:
    def answer(asked: Asked) -> Given:
        if asked.target == "/court":
            return Given(status=301, headers={"Location": "/article"})
        return Given(PAGE, "text/html")

    found, _ = looked_up("https://revue.example/court", answer)
    assert found.reference is not None
    assert found.reference.url == "https://revue.example/article"


def test_offline_nothing_is_asked() -> None:
    found, hosts = looked_up("10.1684/ers.2019.1277", offline=True)
    assert hosts == []
    assert [fault.code for fault in found.diagnostics] == ["E161", "E160", "E160", "E160"]


def test_what_is_typed_is_told_apart_before_anybody_is_asked() -> None:
    found = identifiers_of(
        ["10.1000/a et 10.1000/B", "https://doi.org/10.1000/b", "rien", "ISBN 978-2-07-036822-9", " "]
    )
    assert list(map(str, found.value)) == ["DOI 10.1000/a", "DOI 10.1000/b"]
    assert [(fault.code, fault.arguments["text"]) for fault in found.diagnostics] == [
        ("E162", "rien"),
        ("E162", "978-2-07-036822-9"),
        ("E162", ""),
    ]
