"""The contents, the page numbers, the outline and the running headers tell where things really are."""

from __future__ import annotations

import re

from outputs.expected import Printed
from outputs.outputs import Output
from outputs.tagged import Element, Place, Run, key, words

from biblio.text.inline import plain
from biblio.words.tables import term


def entries(output: Output) -> list[Element]:
    return output.tagged.root.find("TOCI")


def listed(output: Output) -> tuple[Printed, ...]:
    """The headings that the contents list: all of them, where there are contents."""
    return output.headings if output.composed.document.contents_title else ()


def body(output: Output, page: int) -> list[Run]:
    """What a page prints, but for its running header and its number, in the order of reading."""
    return [run for run in output.tagged.root.runs() if run.page == page]


def leads_to(place: Place, heading: Printed, output: Output) -> bool:
    """Whether the first heading at or under a place, on its page, is this one."""
    under = [each for each in output.headings if each.first.page == place.page and each.first.box.bottom <= place.top]
    return bool(under) and max(under, key=lambda each: each.first.box.bottom) is heading


def test_the_contents_list_every_heading_in_order(output: Output) -> None:
    titles = [key(words(entry.runs("TOC")).rstrip("0123456789 ")) for entry in entries(output)]
    assert titles == [key(heading.text) for heading in listed(output)]


def test_the_contents_are_nested_like_the_headings(output: Output) -> None:
    depths = [sum(each.tag == "TOC" for each in entry.ancestors()) for entry in entries(output)]
    assert depths == [heading.section.level - 1 for heading in listed(output)]


def test_the_numbers_of_the_contents_are_those_printed_where_the_headings_stand(output: Output) -> None:
    shown = [words(entry.runs("TOC", "Link")) for entry in entries(output)]
    assert shown == [folio(output, heading.first.page) for heading in listed(output)]


def test_the_links_of_the_contents_lead_to_their_headings(output: Output) -> None:
    for entry, heading in zip(entries(output), listed(output), strict=True):
        (link,) = entry.annotations("TOC")
        assert link.place is not None
        assert leads_to(link.place, heading, output), heading.text


def test_the_outline_is_that_of_the_headings(output: Output) -> None:
    document = output.composed.document
    front, outline = output.tagged.outline[: -len(output.headings)], output.tagged.outline[-len(output.headings) :]
    assert [key(bookmark.title) for bookmark in outline] == [key(heading.words) for heading in output.headings]
    top = outline[0].level
    assert [bookmark.level - top for bookmark in outline] == [int(each.tag[1]) - 2 for each in output.headings]
    # A style may begin the outline with the dossier's own title, and with that of the contents.
    assert {key(bookmark.title) for bookmark in front} <= {
        key(plain(title)) for title in (document.cover.title, document.contents_title)
    }


def test_the_outline_leads_to_the_headings(output: Output) -> None:
    bookmarks = output.tagged.outline[-len(output.headings) :]
    for bookmark, heading in zip(bookmarks, output.headings, strict=True):
        assert leads_to(bookmark.place, heading, output), heading.text


def folio(output: Output, page: int) -> str:
    """The page number that a page prints, outside its text; empty when it prints none."""
    numbers = [text for run in output.tagged.furniture[page] if re.fullmatch(r"\d+", text := run.text.strip())]
    assert len(numbers) < 2, f"page {page} prints {numbers}"
    return "".join(numbers)


def front_of(output: Output) -> int:
    """How many pages stand before page 1: those of the cover and the contents, where they have pages of their own."""
    return output.headings[0].first.page if output.composed.spec.kind == "selection" else 0


def test_the_reader_s_page_labels_are_the_numbers_printed(output: Output) -> None:
    first = front_of(output)
    pages = range(first, len(output.tagged.labels))
    assert [folio(output, page) for page in pages] == [str(page - first + 1) for page in pages]
    assert list(output.tagged.labels[first:]) == [folio(output, page) for page in pages]


def test_the_cover_and_the_contents_have_no_number(output: Output) -> None:
    front = front_of(output)
    assert [folio(output, page) for page in range(front)] == [""] * front
    assert len(set(output.tagged.labels)) == len(output.tagged.labels)
    if not front:
        return
    cover, *contents = output.tagged.labels[:front]
    names = {"fr": ("Couverture", "Sommaire"), "en": ("Cover", "Contents")}[output.composed.spec.lang]
    assert cover == names[0]
    assert all(label.startswith(names[1]) for label in contents)


def test_the_cover_says_what_the_dossier_is(output: Output) -> None:
    printed = key(words(body(output, 0)))
    cover = output.composed.document.cover
    for said in (cover.event, cover.title, cover.subtitle, cover.date, cover.publisher):
        assert key(plain(said)) in printed


def test_each_part_of_a_selection_begins_a_page(output: Output) -> None:
    """In ``cres``; in ``sobre``, which is for a photocopier, parts run on."""
    parts = [heading for heading in output.headings if heading.section.level == 2]
    assert len(parts) == len(output.composed.document.parts)
    for part in parts if output.composed.style.name == "cres" else ():
        assert body(output, part.first.page)[0] is part.first, part.text
        assert max(body(output, part.first.page), key=lambda run: run.box.top) is part.first, part.text
    assert parts[0].first.page == output.headings[0].first.page
    assert output.tagged.labels[parts[0].first.page] == "1"


def test_running_headers_name_what_is_on_their_page(output: Output) -> None:
    document, spec = output.composed.document, output.composed.spec
    own = {key(words) for words in (spec.title, spec.event, spec.subtitle, spec.publisher)}
    own |= {key(said) for said in (document.cover.running, document.cover.issue, plain(document.contents_title))}
    for page, runs in enumerate(output.tagged.furniture):
        here = [each for each in output.printed if any(run.page == page for run in each.runs)]
        sections = {id(each.section) for each in here}
        current = {
            key(section.running)
            for section in document.sections
            if any(id(inner) in sections for inner in section.walk())
        }
        # The mark of a notice that goes on, which may take several lines.
        labels = {each.notice.label for each in here if each.notice}
        marks = {key(term("dossier.continued", spec.lang).format(label=label)) for label in labels}
        for header in lines(runs):
            for name in re.split(r"\s+[·|›—–/]\s+", header):
                known = key(name) in own | current or name == folio(output, page)
                assert known or any(key(name) in mark for mark in marks), f"page {page}: {header!r}"


def lines(runs: tuple[Run, ...]) -> list[str]:
    """The texts of a page's furniture; what PDFium gives in one piece, or in pieces that touch, is one text."""
    texts: list[list[Run]] = []
    for run in runs:
        last = texts[-1][-1] if texts else None
        if last and abs(last.box.bottom - run.box.bottom) < 4 and 0 <= run.box.left - last.box.right < 6:
            texts[-1].append(run)
        else:
            texts.append([run])
    return [words(each) for each in texts]
