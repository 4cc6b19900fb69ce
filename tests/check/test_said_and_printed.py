"""A message never says of a value that it is not printed, or missing, where the notice shows it."""

from __future__ import annotations

import pytest

from biblio.check.check import check, of_files
from biblio.check.settings import Settings
from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.source import SourceFile
from biblio.reference.types import ENTRY_TYPES, HELPERS, Pattern
from biblio.text.inline import plain

HOSTS = (
    "booktitle",
    "chapter",
    "edition",
    "isbn",
    "issuetitle",
    "journal",
    "maintitle",
    "pages",
    "pagetotal",
    "volume",
)
KINDS = [name for name in ENTRY_TYPES if name not in HELPERS]


def printed(text: str) -> str:
    (reference,) = read_bibtex(text.encode(), "a.bib").value
    return " ".join(plain(line.content) for line in PRESETS["cres"].cite(reference, Options("fr")))


def said(text: str, *codes: str) -> list[str]:
    found = check(of_files([SourceFile("a.bib", text.encode())]), Settings(select=codes))
    return [fault.arguments.get("name", fault.code) for fault in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_has_no_place_is_not_printed(kind: str) -> None:
    for name in HOSTS:
        text = f"@{kind}{{a, title = {{T}}, {name} = {{7777}}, date = {{2020}}}}"
        if name in said(text, "R110"):
            assert "7777" not in printed(text), name


@pytest.mark.parametrize("kind", [name for name in KINDS if ENTRY_TYPES[name].pattern is Pattern.PART])
@pytest.mark.parametrize("host", ["booktitle", "maintitle"])
def test_a_part_whose_host_is_printed_is_not_said_to_have_none(kind: str, host: str) -> None:
    text = f"@{kind}{{a, title = {{T}}, {host} = {{Hôte}}, date = {{2020}}}}"
    assert "Hôte" in printed(text)
    assert said(text, "R107") == []


def test_a_part_of_a_book_is_in_the_book_though_a_journal_is_named() -> None:
    text = "@inproceedings{a, title = {T}, journal = {Revue}, booktitle = {Actes}, date = {2020}}"
    assert "In : Actes" in printed(text).replace("\u00a0", " ")
    assert (said(text, "R110"), said(text, "R118")) == (["journal"], [])


@pytest.mark.parametrize(
    "address", ["url = {https://a.fr/}", "doi = {10.1000/x}", "eprint = {2001.01234}", "pmid = {12}"]
)
def test_a_page_whose_address_is_printed_is_not_said_to_have_none(address: str) -> None:
    text = f"@online{{a, title = {{T}}, {address}}}"
    assert "https://" in printed(text)
    assert said(text, "R109") == []


def test_what_is_still_to_come_is_not_said_to_lack_a_date() -> None:
    text = "@article{a, title = {T}, journal = {J}, pubstate = {forthcoming}}"
    assert "à paraître" in printed(text)
    assert said(text, "R104") == []
