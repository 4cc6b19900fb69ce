"""CITATION.cff, read."""

from __future__ import annotations

import pytest

from biblio.importing.files import format_of, read_file
from biblio.reference.date import edtf
from biblio.text.inline import plain

FILE = """cff-version: 1.2.0
message: Citez ce logiciel
title: Outil du soin
version: 2.0.1
doi: 10.1000/outil
date-released: 2019-03-05
license: MIT
repository-code: https://code.example/outil
keywords: [soin, enfant]
authors:
  - family-names: Beauvoir
    name-particle: de
    given-names: Anne
    orcid: https://orcid.example/1
  - name: Centre and Rameau
preferred-citation:
  type: article
  title: Un outil
  journal: Revue des soins
  volume: 4
  start: 12
  end: 19
  year: 2018
  month: 7
  authors:
    - family-names: Un
      given-names: Paul
references:
  - type: book
    title: Le soin
    publisher:
      name: Presses
    year: 2001
"""


def test_the_work_then_what_it_wants_cited_then_its_references() -> None:
    row = format_of(FILE.encode(), "x.txt")
    assert row is not None
    assert row.name == "cff"
    found = read_file(FILE.encode(), "CITATION.cff")
    assert found.diagnostics == ()
    tool, article, book = found.value.references
    assert [(each.entry_type, plain(each.title)) for each in found.value.references] == [
        ("software", "Outil du soin"),
        ("article", "Un outil"),
        ("book", "Le soin"),
    ]
    assert [name.literal or name.full_family for name in tool.author.people] == ["de Beauvoir", "Centre and Rameau"]
    assert (tool.doi, tool.version, tool.license, tool.url, tool.keyword) == (
        "10.1000/outil",
        "2.0.1",
        "MIT",
        "https://code.example/outil",
        ("soin", "enfant"),
    )
    assert [edtf(each.issued) for each in found.value.references if each.issued] == ["2019-03-05", "2018-07", "2001"]
    assert (plain(article.journal_title), str(article.page), book.publisher) == (
        "Revue des soins",
        "12-19",
        ("Presses",),
    )
    assert tool.raw["cff-authors"] == "Beauvoir (orcid: https://orcid.example/1)"
    assert article.origin.entry.line == 16


@pytest.mark.parametrize("text", ["cff-version: [", "cff-version: 1\n  a: b: c", "- cff\ncff-version: 1"])
def test_yaml_that_is_none_is_told(text: str) -> None:
    found = read_file(text.encode(), "CITATION.cff")
    assert found.value.references == ()
    assert found.diagnostics
