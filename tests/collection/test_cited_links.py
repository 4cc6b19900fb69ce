"""The addresses of references, each with the place where it was typed."""

from __future__ import annotations

import pytest

from biblio.collection.cited_links import can_be_asked, links_of
from biblio.formats.bibtex.reader import read_bibtex

TEXT = r"""@article{a,
  title = {A},
  url = {https://a.example/page#p3},
  doi = {10.1684/ers.2019.1277},
  eprint = {hal-01234567}, eprinttype = {hal}, pmid = {31452104},
  links = {
    Le guide <https://a.example/guide.pdf> (pdf)
    Le même <https://a.example/page#p3>
    <mailto:doc@example.org>
    Coupé <https://a.example/tronqué…>
  },
  note = {Voir \url{https://a.example/note} et \href{https://a.example/mots}{les mots}},
  urldate = {2021-05-03}
}
@online{b, title = {B}, url = {https://doi.org/10.1684/ers.2019.1277}, doi = {10.1684/ers.2019.1277},
  urldate = {2021-05}}
@online{c, title = {C}, url = {javascript:alert(1)}, urldate = {2021-21}}
"""


def test_every_address_is_found_once_where_it_was_typed() -> None:
    found = list(links_of(read_bibtex(TEXT.encode(), "a.bib").value))
    assert [(each.citekey, each.address, each.field, each.span.line) for each in found] == [
        ("a", "https://a.example/page#p3", "url", 3),
        ("a", "https://doi.org/10.1684/ers.2019.1277", "doi", 4),
        ("a", "https://hal.science/hal-01234567", "eprint", 5),
        ("a", "https://pubmed.ncbi.nlm.nih.gov/31452104/", "pmid", 5),
        ("a", "https://a.example/guide.pdf", "links", 6),
        ("a", "https://a.example/note", "note", 12),
        ("a", "https://a.example/mots", "note", 12),
        ("b", "https://doi.org/10.1684/ers.2019.1277", "url", 15),
    ]
    assert {(each.citekey, each.accessed) for each in found} == {("a", "2021-05-03"), ("b", "2021-05")}
    assert (found[0].asked, found[0].fragment) == ("https://a.example/page", "#p3")


@pytest.mark.parametrize(
    "address",
    [
        "mailto:a@b.example",
        "ftp://a.example/",
        "https://a.example/a b",
        "https://u:p@a.example/",
        "https://a.example/...",
        "",
    ],
)
def test_what_is_no_whole_address_of_the_web_is_not_asked(address: str) -> None:
    assert not can_be_asked(address)
