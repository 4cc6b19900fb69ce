"""A printed list as references and a plan: its parts, then each notice by the grammar that fits it best."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.records import Record, references_of
from biblio.importing.imported import Heading, Imported, Outline
from biblio.importing.printed.addresses import links_of
from biblio.importing.printed.cres import put_after, read_cres
from biblio.importing.printed.field_codes import each_once, record_of_item
from biblio.importing.printed.footnotes import notices_of_notes
from biblio.importing.printed.grammars import ENOUGH, is_notice, read_whole
from biblio.importing.printed.notice import Notice, Reading, Setting
from biblio.importing.printed.paragraph import Paragraph
from biblio.importing.printed.structure import Part, Structure, structure_of
from biblio.importing.printed.written import Written
from biblio.text.collation import fold
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose


def read_printed(written: Written, path: str, name: str) -> Parsed[Imported]:
    """The references of a list and its plan; ``name`` is that of the format, ``path`` the file's in messages.

    The items of field codes come first, as they are the surest; then what is printed, then what is in notes.
    """
    paragraphs = written.paragraphs
    structure = structure_of(paragraphs, is_notice)
    in_notes = Part("", 1, list(notices_of_notes(written.notes)))
    if in_notes.notices:
        structure.parts.append(in_notes)
    setting = Setting(_bodies(structure), _link_size(paragraphs))
    items = each_once(written.items)
    records = [record_of_item(item, Span(path, number)) for number, item in enumerate(items, 1)]
    faults: list[Diagnostic] = []
    numbers: list[list[int]] = []
    makers: tuple[str, str | Sequence[str]] | None = None
    for part in structure.parts:
        numbers.append([])
        readings = [(notice, _reading(notice, setting)) for notice in part.notices]
        if not any(reading.share for _, reading in readings):
            continue  # under this heading stands prose
        for notice, reading in readings:
            if reading.fields.pop("same", "") and makers:
                reading.put(dict([makers]))
            makers = next(
                ((name, reading.fields[name]) for name in ("author", "editor") if name in reading.fields), makers
            )
            numbers[-1].append(len(records))
            records.append(_record(notice, reading, path, faults))
    read = references_of(records)
    if items:
        # The list that the plug-in made of them stood under a heading that is empty now.
        under = next((index for index, part in enumerate(structure.parts) if _LIST.search(part.title)), None)
        if under is None:
            structure.parts.append(Part("", 1))
            numbers.append([])
            under = len(numbers) - 1
        numbers[under] = [*range(len(items)), *numbers[under]]
    return Parsed(Imported(read.value, name, _outline(structure, numbers)), (*faults, *read.diagnostics))


_LIST = re.compile(r"bibliograph|r[ée]f[ée]rences|works cited|literature|sources", re.IGNORECASE)


def _reading(notice: Notice, setting: Setting) -> Reading:
    """A notice by the grammar that its first paragraph is of; what follows that is its annotation and its links."""
    if notice.web and notice.label is None and len(notice.paragraphs) == 1:
        # A page in one paragraph, with its address inside.
        page = read_whole(notice.paragraphs[0])
        if page.share >= _A_PAGE and {"title", "url"} <= page.fields.keys():
            return page
    if notice.label is not None or notice.web:
        return read_cres(notice, setting)
    first, *others = notice.paragraphs
    reading = read_whole(first)
    if reading.share < ENOUGH:
        by_lines = read_cres(notice, setting) if others else Reading()
        if by_lines.share >= 1 and by_lines.fields.get("author"):
            return by_lines
        # What is not understood is kept as it stands.
        reading = Reading("misc", {name: value for name, value in reading.fields.items() if name in _SURE})
        reading.left.append(first.text)
    put_after(reading, others, notice, setting)
    return reading


# From this share on a paragraph under a heading of pages is one; its date may be that on which it was looked at alone.
_A_PAGE = 0.55
# What is right in a notice that is not understood.
_SURE = frozenset({"doi", "url", "isbn", "issn", "pmid", "pmcid", "eprint", "eprinttype"})


def _record(notice: Notice, reading: Reading, path: str, faults: list[Diagnostic]) -> Record:
    first = notice.paragraphs[0]
    span = Span(path, first.number)
    if reading.left:
        kept = ". ".join(reading.left)
        reading.put({"note": kept})
        faults.append(diagnose("P341", span, where=first.where, text=kept if len(kept) < 120 else f"{kept[:119]}…"))
    return Record(reading.entry_type, "", reading.fields, span)


def _bodies(structure: Structure) -> frozenset[str]:
    """The names of bodies with a comma that the list says as the title of a page or as an author, folded."""
    names = set()
    for part in structure.parts:
        for notice in part.notices:
            for each in notice.paragraphs[:2]:
                if "," in each.text and len(each.text) < 90 and part.web:
                    names.add(fold(each.text.partition("(")[0]))
    return frozenset(names)


def _link_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of most links, where no long text is set in it: then a short line in it is a link without an address."""
    sizes = [each.size for each in paragraphs if each.size and links_of(each)]
    size = max(set(sizes), key=sizes.count, default=0.0)
    return 0.0 if any(each.size == size and len(each.text) > 200 for each in paragraphs if not links_of(each)) else size


def _outline(structure: Structure, numbers: Sequence[Sequence[int]]) -> Outline:
    """The plan of the list: its parts as headings in each other."""
    tops = [
        (part, heading)
        for part, heading in _headings(list(zip(structure.parts, numbers, strict=True)))
        if _holds(heading)
    ]
    sitography = next((heading for part, heading in tops if part.web), None)
    return Outline(
        structure.title,
        structure.subtitle,
        structure.date,
        structure.publisher,
        sitography,
        tuple(heading for part, heading in tops if heading is not sitography),
        structure.event,
        structure.closing,
    )


def _holds(heading: Heading) -> bool:
    """Whether a reference stands under a heading: in a report, most of them have none."""
    return bool(heading.references) or any(map(_holds, heading.headings))


def _headings(parts: list[tuple[Part, Sequence[int]]]) -> list[tuple[Part, Heading]]:
    made: list[tuple[Part, Heading]] = []
    at = 0
    while at < len(parts):
        part, numbers = parts[at]
        end = at + 1
        while end < len(parts) and parts[end][0].level > part.level:
            end += 1
        below = tuple(heading for _, heading in _headings(parts[at + 1 : end]) if _holds(heading))
        made.append((part, Heading(part.title, "\n\n".join(part.texts), tuple(numbers), below)))
        at = end
    return made
