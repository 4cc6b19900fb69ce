"""A printed list as references and a plan: its parts, then each notice by the grammar that fits it best."""

from __future__ import annotations

from collections.abc import Sequence

from biblio.formats.records import Record, references_of
from biblio.importing.imported import Heading, Imported, Outline
from biblio.importing.printed.addresses import links_of
from biblio.importing.printed.cres import read_cres
from biblio.importing.printed.notice import Notice, Reading, Setting
from biblio.importing.printed.paragraph import Paragraph
from biblio.importing.printed.sources import source_of
from biblio.importing.printed.structure import Part, Structure, structure_of
from biblio.text.collation import fold
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose


def read_printed(paragraphs: Sequence[Paragraph], path: str, name: str) -> Parsed[Imported]:
    """The references of a list and its plan; ``name`` is that of the format, ``path`` the file's in messages."""
    structure = structure_of(paragraphs, is_notice)
    setting = Setting(_bodies(structure), _link_size(paragraphs))
    records: list[Record] = []
    faults: list[Diagnostic] = []
    numbers: list[list[int]] = []
    for part in structure.parts:
        numbers.append([])
        for notice in part.notices:
            reading = read_cres(notice, setting)
            numbers[-1].append(len(records))
            records.append(_record(notice, reading, path, faults))
    read = references_of(records)
    return Parsed(Imported(read.value, name, _outline(structure, numbers)), (*faults, *read.diagnostics))


def is_notice(each: Paragraph) -> bool:
    """Whether a paragraph is a whole notice, with authors, title and source in one."""
    return source_of(each.text) is not None and len(each.text) > 400


def _record(notice: Notice, reading: Reading, path: str, faults: list[Diagnostic]) -> Record:
    first = notice.paragraphs[0]
    span = Span(path, first.number)
    if reading.left or reading.share < 0.5:
        kept = " ".join(reading.left) if reading.left else " ".join(each.text for each in notice.paragraphs)
        reading.put({"note": kept})
        faults.append(diagnose("P341", span, where=first.where, text=kept[:120]))
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
    tops = _headings(list(zip(structure.parts, numbers, strict=True)))
    sitography = next((heading for part, heading in tops if part.web), None)
    return Outline(
        structure.title,
        structure.subtitle,
        structure.date,
        structure.publisher,
        sitography,
        tuple(heading for part, heading in tops if heading is not sitography),
    )


def _headings(parts: list[tuple[Part, Sequence[int]]]) -> list[tuple[Part, Heading]]:
    made: list[tuple[Part, Heading]] = []
    at = 0
    while at < len(parts):
        part, numbers = parts[at]
        end = at + 1
        while end < len(parts) and parts[end][0].level > part.level:
            end += 1
        below = tuple(heading for _, heading in _headings(parts[at + 1 : end]))
        made.append((part, Heading(part.title, "\n\n".join(part.texts), tuple(numbers), below)))
        at = end
    return made
