"""A dossier with everything in it: what points to another page tells the page where the thing is, and leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from compose.material import printed
from outputs.outputs import Output
from outputs.tagged import Element, key, words
from verapdf import validate

from biblio.document.tree import Index, SeeAlso
from biblio.text.inline import plain

pytestmark = pytest.mark.xdist_group("java")

WORDS = "Une phrase qui se répète pour remplir la page, et qui ne dit rien de plus que la précédente. " * 12


def references() -> str:
    """Forty references of long annotations, by three authors, in two journals."""
    return "\n".join(
        f"@article{{a{number}, author = {{Nom{number % 3}, Anne}}, "
        f"title = {{Titre numéro {number} d'un contrat local (CL)}}, "
        f"journaltitle = {{Revue {number % 2}}}, date = {{2020-01}}, langid = {{french}}, "
        f"keywords = {{{'cls' if number % 4 else 'sante-mentale'}}}, annotation = {{{WORDS}}}}}"
        for number in range(40)
    )


SPEC = """\
numbering: true
indexes: [people, journals, themes]
acronyms: true
whats_new: 2020-01-01
sections:
  - title: Premiers
    counts: true
    intro: |
      Un texte avec une liste :

      3. un ;
      4. [deux](https://www.example.org/).
    links: [{label: Le site, url: "https://www.example.org/site", details: pdf}]
    select: {theme: cls}
  - title: Seconds
    select: {author: Nom1}
    agenda: [{title: Un jour, date: 2025-11-27, start: "14:30", place: Marseille}]
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Output:
    spec = SPEC.replace("Un texte", WORDS)
    return printed(tmp_path_factory.mktemp("tout"), spec, references())


def page_of(output: Output, anchor: str) -> str:
    """The number printed on the page where a notice begins, read from the page itself."""
    first = next(each for each in output.printed if each.notice and each.notice.anchor == anchor)
    (folio,) = [
        text for run in output.tagged.furniture[first.first.page] if re.fullmatch(r"\d+", text := run.text.strip())
    ]
    return folio


def test_see_also_tells_the_page_and_leads_there(everything: Output) -> None:
    (block,) = [
        block
        for section in everything.composed.document.sections
        for block in section.blocks
        if isinstance(block, SeeAlso)
    ]
    lines = [each for each in everything.printed if each.points and each.section.anchor == "seconds"]
    assert len(lines) == len(block.entries) > 5
    for line, entry in zip(lines, block.entries, strict=True):
        assert words(line.runs) == f"{plain(entry.title)}, p. {page_of(everything, entry.anchor)}"
        (link,) = (each for element in line.elements for each in element.annotations())
        target = next(each for each in everything.printed if each.notice and each.notice.anchor == entry.anchor)
        assert link.place is not None
        assert link.place.page == target.first.page
        assert key(link.contents) == key(plain(entry.title))


def index_lines(output: Output) -> Iterator[tuple[str, Element]]:
    """The lines of the indexes, by their anchor, and the paragraph that prints each of them."""
    for each in output.printed:
        if each.section.anchor.startswith("index-") and not each.is_heading:
            yield each.section.anchor, each.elements[0]


def ranges(folios: list[str]) -> list[list[str]]:
    """Page numbers as an index prints them, first and last: three that follow each other, or more, become a range."""
    numbers = [int(folio) for folio in folios]
    runs = [
        [str(number) for _, number in run] for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0])
    ]
    return [word for run in runs for word in ([[run[0], run[-1]]] if len(run) > 2 else [[each] for each in run])]


def test_indexes_tell_each_page_once_and_lead_there(everything: Output) -> None:
    document = everything.composed.document
    entries = [
        entry
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Index)
        for entry in block.entries
    ]
    lines = list(index_lines(everything))
    assert len(lines) == len(entries) == 3 + 2 + 2
    for (_, paragraph), entry in zip(lines, entries, strict=True):
        seen = [page_of(everything, mention.anchor) for mention in entry.mentions]
        told = list(dict.fromkeys(seen))
        assert len(told) < len(seen)
        printed = ranges(told)
        assert words(paragraph.runs()) == f"{plain(entry.label)}, {', '.join(map('-'.join, printed))}"
        links = list(paragraph.annotations())
        assert [link.contents for link in links] == [
            f"pages {'-'.join(pages)}" if len(pages) > 1 else f"page {pages[0]}" for pages in printed
        ]
        assert [everything.tagged.labels[link.place.page] for link in links if link.place] == [
            pages[0] for pages in printed
        ]


def test_the_twin_names_what_the_index_leads_to(everything: Output) -> None:
    entries = [node for node in everything.twin.root.find("li") if node.attributes.get("class") == "index-entry"]
    anchors = {node.attributes.get("id"): node for node in everything.twin.root.walk()}
    for entry in entries:
        for link in entry.find("a"):
            target = anchors[link.attributes["href"].removeprefix("#")]
            assert key(link.text) in key(target.text)
    assert everything.twin.faults == ()


def test_the_news_tell_their_pages_behind_the_contents(everything: Output) -> None:
    tables = everything.tagged.root.find("TOC")
    contents, news = [toc for toc in tables if all(each.tag != "TOC" for each in toc.ancestors())]
    assert key(words(contents.find("TOCI")[0].runs())) == "1premiers(30)1"
    document = everything.composed.document
    told = [key(words(entry.runs())) for entry in news.find("TOCI")]
    assert told == [key(plain(each.title)) + page_of(everything, each.anchor) for each in document.news]
    assert len(told) == len(list(document.notices))
    assert [each.text for each in everything.printed].count("Nouveau") == len(told)


def test_headings_and_outline_have_their_numbers(everything: Output) -> None:
    outline = [" ".join(bookmark.title.split()) for bookmark in everything.tagged.outline]
    assert outline[-7:] == ["1 Premiers", "2 Seconds", "Sigles", "Index", "Personnes", "Revues", "Thèmes"]


@pytest.mark.parametrize("profile", ["PDF/UA-1", "PDF/A-3a"])
def test_it_conforms(everything: Output, profile: str) -> None:
    verdict = validate(everything.pdf, profile)  # type: ignore[arg-type]  # one of its two profiles
    assert verdict.failures == ()
    assert verdict.compliant


def test_a_dossier_with_indexes_is_the_same_every_time(everything: Output, tmp_path: Path) -> None:
    assert printed(tmp_path, SPEC.replace("Un texte", WORDS), references()).pdf == everything.pdf
