"""A Word document of ours that a colleague has corrected: what it says otherwise than the sources.

Every notice and every heading of such a document has a bookmark (``outputs/pandoc/docx.py``), which Word and
LibreOffice keep while words around it change. What a paragraph is is said by its style. Deletions that are tracked
count as made, and so do insertions. Source: ECMA-376 part 1, § 17.13.6 (bookmarks), § 17.13.5 (revisions).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote

from biblio.document.tree import Document, Notice, Role
from biblio.formats.records import typed
from biblio.formats.xml_tree import Element, read_xml
from biblio.outputs.pandoc.docx import bookmark
from biblio.outputs.pandoc.tree import STYLES
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference
from biblio.text.inline import Leaf, Link, Rich, plain
from biblio.words.faults import BiblioError, Span, diagnose

MOST = 64_000_000  # bytes of a part: some two hundred times the largest of ours
_BODY, _STYLES, _RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_FIELD_OF_LINK = re.compile(r'\bHYPERLINK\s+"([^"]+)"')
_MARK = re.compile(rb'<w:bookmarkStart\b[^<>]*\bw:name="(ref_[^"<>]*)"')
_NO_PACKAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009\u2011]+")
_MARKUP = re.compile(r"[\\{}$]")
_PROVENANCE = re.compile(r"(?:(?<!\s)\s+)?\[[^\[\]]{3,60}\]\Z")


class Kind(StrEnum):
    """What was corrected."""

    TITLE = "title"
    ANNOTATION = "annotation"
    LINE = "line"
    LINK = "link"
    HEADING = "heading"
    MOVED = "moved"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Correction:
    """One difference: of which notice (or heading, by its title), what stood there, and what stands there now.

    ``field`` and ``value`` are what to write into the reference, where that is sure; else they are empty.
    """

    kind: Kind
    key: str
    before: str = ""
    after: str = ""
    field: str = ""
    value: str = ""


@dataclass(slots=True)
class _Seen:
    """A notice as the document has it now: under which heading, its paragraphs by their styles, where links lead."""

    section: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Document:
    """What was read: headings by their anchors, notices by theirs, and paragraphs that belong to neither."""

    headings: dict[str, str] = field(default_factory=dict)
    notices: dict[str, _Seen] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def marks_of(content: bytes) -> frozenset[str]:
    """The bookmarks of a Word document that look like those of our notices; none for what is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body = _part(package, _BODY)
    except (*_NO_PACKAGE, KeyError):
        return frozenset()
    return frozenset(found.decode("utf-8", "replace") for found in _MARK.findall(body))


def corrections(
    content: bytes, path: str, document: Document, references: Mapping[str, Reference]
) -> tuple[Correction, ...]:
    """What a corrected document says otherwise than ``document``, in the order of print.

    ``references`` are those of the dossier by citekey. Raises ``BiblioError`` (E180) for what is no Word document of
    this dossier.
    """
    seen = _read(content, path, document)
    if not seen.notices:
        raise BiblioError(diagnose("E180", Span(path)))
    found = [*_headings(document, seen), *_moves(document, seen)]
    for notice in document.notices:
        if notice.anchor in seen.notices:
            found += _of_notice(notice, seen.notices[notice.anchor], references.get(notice.citekey))
    known = {_folded(plain(rich)) for rich in document.texts}
    found += (Correction(Kind.ADDED, "", "", text) for text in seen.others if _folded(text) not in known)
    return tuple(found)


# --- reading ---------------------------------------------------------------------------------------------------------


def _read(content: bytes, path: str, document: Document) -> _Document:
    body, names, targets = _parts(content, path)
    notices = {bookmark(notice.anchor): notice.anchor for notice in document.notices}
    sections = {bookmark(section.anchor): section.anchor for section in document.sections}
    read = _Document()
    section = anchor = heading = ""
    for element in _walk(body):
        if element.name == "bookmarkStart":
            name = element.attributes.get("name", "")
            if name in notices and notices[name] not in read.notices:
                anchor = notices[name]
                read.notices[anchor] = _Seen(section)
            elif name in sections:
                heading = sections[name]
            continue
        style, text = names.get(_style(element), ""), _text(element)
        if style.lower().startswith("heading"):
            anchor = _begun(anchor, read) if not heading else ""
            if heading and text:
                section, heading = heading, ""
                read.headings[section] = text
            elif text:
                read.others.append(text)
        elif anchor and style.startswith(("Notice", "Event")):
            read.notices[anchor].links += _links(element, targets)
            if text:
                read.notices[anchor].lines.append((style, text))
        else:
            anchor = _begun(anchor, read)
            if text and section:
                read.others.append(text)
    return read


def _begun(anchor: str, read: _Document) -> str:
    """The notice that goes on behind a paragraph of another kind: one that was typed between its mark and its title."""
    return anchor if anchor and not read.notices[anchor].lines else ""


def _parts(content: bytes, path: str) -> tuple[Element, Mapping[str, str], Mapping[str, str]]:
    """The body of the text, the names of styles by their identifiers, and where links lead by theirs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body, styles, relations = (_part(package, name) for name in (_BODY, _STYLES, _RELATIONS))
    except (*_NO_PACKAGE, KeyError) as error:
        raise BiblioError(diagnose("E180", Span(path))) from error
    names = {
        style.attributes.get("styleId", ""): next((each.attributes.get("val", "") for each in style.every("name")), "")
        for style in read_xml(styles, path).value.below("style")
    }
    targets = {
        each.attributes.get("Id", ""): each.attributes.get("Target", "")
        for each in read_xml(relations, path).value.below("Relationship")
    }
    return read_xml(body, path).value, names, targets


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise ValueError(name)
    return content


def _walk(element: Element) -> Iterator[Element]:
    """Bookmarks and paragraphs in their order, a bookmark inside a paragraph before it; the contents are left out."""
    for child in element.children:
        if child.name == "bookmarkStart":
            yield child
        elif child.name == "p":
            yield from (inner for inner in child.below("bookmarkStart"))
            yield child
        elif child.name != "sdt" or not any(True for _ in child.below("docPartGallery")):
            yield from _walk(child)


def _style(paragraph: Element) -> str:
    return next((each.attributes.get("val", "") for each in paragraph.every("pPr", "pStyle")), "Normal")


def _text(element: Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _links(element: Element, targets: Mapping[str, str]) -> Iterator[str]:
    """The addresses that the links of a paragraph lead to, in their order; a link inside the document has none."""
    for child in element.children:
        if child.name == "hyperlink" and (target := targets.get(child.attributes.get("id", ""), "")):
            yield target
        elif child.name == "instrText" and (found := _FIELD_OF_LINK.search(child.raw_text)):
            yield found[1]
        elif child.name not in ("del", "moveFrom", "pPr", "rPr"):
            yield from _links(child, targets)


def _pieces(element: Element) -> Iterator[str]:
    for child in element.children:
        if child.name == "t":
            yield child.raw_text
        elif child.name in ("tab", "br", "cr"):
            yield " "
        elif child.name not in ("del", "moveFrom", "pPr", "rPr"):
            yield from _pieces(child)


# --- comparing -------------------------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    """A text without what typography and word processors change on their own."""
    return _BLANKS.sub(" ", text.replace("’", "'")).strip()


def _headings(document: Document, seen: _Document) -> Iterator[Correction]:
    for section in document.sections:
        before = plain(section.heading)
        after = seen.headings.get(section.anchor)
        if after is None:
            yield Correction(Kind.REMOVED, before, before)
        elif _folded(after) != _folded(before):
            yield Correction(Kind.HEADING, before, before, after)


def _moves(document: Document, seen: _Document) -> Iterator[Correction]:
    """The notices that are gone, that stand under another heading, or before one that they stood behind."""
    homes = {notice.anchor: section for section in document.sections for notice in section.notices}
    order = {anchor: number for number, anchor in enumerate(seen.notices)}
    titles = {section.anchor: plain(section.heading) for section in document.sections}
    kept = _longest_rising([order[each.anchor] for each in document.notices if each.anchor in order])
    for notice in document.notices:
        home = homes[notice.anchor]
        found = seen.notices.get(notice.anchor)
        if found is None:
            yield Correction(Kind.REMOVED, notice.citekey, plain(home.heading))
        elif found.section != home.anchor:
            yield Correction(Kind.MOVED, notice.citekey, plain(home.heading), titles.get(found.section, ""))
        elif order[notice.anchor] not in kept:
            yield Correction(Kind.MOVED, notice.citekey, plain(home.heading), plain(home.heading))


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The most numbers that are in their order as they stand: the others are those that were moved."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = next((place for place, end in enumerate(ends) if end > number), len(ends))
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _of_notice(notice: Notice, seen: _Seen, reference: Reference | None) -> Iterator[Correction]:
    for role in Role:
        before = [plain(line.content) for line in notice.lines if line.role is role]
        styles = _styles_of(role)
        after = [text for style, text in seen.lines if style in styles]
        if list(map(_folded, before)) == list(map(_folded, after)):
            continue
        kind = {Role.TITLE: Kind.TITLE, Role.ANNOTATION: Kind.ANNOTATION}.get(role, Kind.LINE)
        name, value = _written(kind, before, after, reference)
        yield Correction(kind, notice.citekey, "\n".join(before), "\n".join(after), name, value)
    yield from _of_links(notice, seen, reference)


def _of_links(notice: Notice, seen: _Seen, reference: Reference | None) -> Iterator[Correction]:
    """The addresses that links led to and lead to no more, with those that they lead to now."""
    hrefs = [href for line in notice.lines for href in _hrefs(line.content) if not href.startswith("#")]
    printed, found = {_address(href) for href in hrefs}, {_address(href) for href in seen.links}
    before = [href for href in dict.fromkeys(hrefs) if _address(href) not in found]
    after = [href for href in dict.fromkeys(seen.links) if _address(href) not in printed]
    if before or after:
        is_own = reference is not None and len(before) == len(after) == 1 and before[0] == reference.url
        name, value = ("url", after[0]) if is_own and is_safe(after[0]) else ("", "")
        yield Correction(Kind.LINK, notice.citekey, "\n".join(before), "\n".join(after), name, value)


def _hrefs(rich: Rich) -> Iterator[str]:
    for node in rich:
        if isinstance(node, Link):
            yield node.href
        elif not isinstance(node, Leaf):
            yield from _hrefs(node.children)


def _address(href: str) -> str:
    """An address without what word processors change on their own."""
    return unquote(href).rstrip("/")


def _styles_of(role: Role) -> set[str]:
    key = "notice-title" if role is Role.TITLE else role.value
    return {STYLES[name] for name in (key, f"{key}-first") if name in STYLES}


def _written(kind: Kind, before: Sequence[str], after: Sequence[str], reference: Reference | None) -> tuple[str, str]:
    """The field and the value to write; nothing where the field has markup, or says more than what is printed."""
    if reference is None or kind not in (Kind.TITLE, Kind.ANNOTATION):
        return "", ""
    name = "title" if kind is Kind.TITLE else "annotation" if reference.annotation else "abstract"
    raw = reference.raw.get(name, "")
    old = [_folded(text) for text in before]
    new = [_folded(text) for text in after]
    if kind is Kind.ANNOTATION and old and new and (said := _PROVENANCE.search(old[-1])):
        old[-1] = old[-1][: said.start()]
        new[-1] = new[-1].removesuffix(said[0])
    if kind is Kind.TITLE and len(old) == len(new) == 1 and old[0].startswith(title := _folded(raw)):
        # Behind the title, on its line, stand those who made it and the source.
        rest = old[0][len(title) :]
        old, new = [title], [new[0].removesuffix(rest)] if new[0].endswith(rest) else []
    is_printed = [_folded(each) for each in re.split(r"\n[ \t]*\n", raw.strip())] == old
    if not raw or _MARKUP.search(raw) or not is_printed or not any(new):
        return "", ""
    return name, "\n\n".join(typed(text) for text in new if text)
