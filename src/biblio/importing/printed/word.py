"""A document of Word (``.docx``) as paragraphs, with its heading styles, hyperlinks, notes and field codes.

Source: ECMA-376, part 1, § 17 (WordprocessingML). Deleted text is left out, inserted text is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from biblio.formats.xml_tree import Element, read_xml
from biblio.importing.printed.field_codes import is_bibliography, items_in, items_of_data
from biblio.importing.printed.package import BadPackageError, members, names_in
from biblio.importing.printed.paragraph import Paragraph, Run, paragraph
from biblio.importing.printed.written import Written
from biblio.text.figures import number_in
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

_DOCUMENT = "word/document.xml"
_MEMBERS = (
    *(_DOCUMENT, "word/styles.xml", "word/_rels/document.xml.rels", "docProps/custom.xml"),
    *("word/footnotes.xml", "word/endnotes.xml", "word/_rels/footnotes.xml.rels", "word/_rels/endnotes.xml.rels"),
)
_HEADING = re.compile(r"(?:heading|titre|überschrift|título)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm|table des matières)\s*(\d)", re.IGNORECASE)
_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\l\s+)?\"(?P<url>[^\"]*)\"", re.IGNORECASE)
_OFF = frozenset({"0", "false", "none", "off"})
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "instrText"})


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says: whether it is a heading's and of which level, or an entry's of the contents, bold, italic."""

    level: int = 0
    contents: int = 0
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its code so far, and whether its result has begun."""

    code: str = ""
    shown: bool = False


@dataclass(slots=True)
class _Story:
    """One story of the document as it is read: runs of the paragraph that is open, and the fields that are."""

    styles: Mapping[str, _Style]
    targets: Mapping[str, str]
    runs: list[Run] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    items: list[Mapping[str, Any]] = field(default_factory=list)
    broken: list[list[Run]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the innermost hyperlink field leads to."""
        for each in reversed(self.fields):
            match = _HYPERLINK.match(each.code)
            if match and each.shown:
                return match["url"]
        return ""

    @property
    def hidden(self) -> bool:
        """Whether what comes is the code of a field, or a list that a plug-in makes."""
        return any(not each.shown or is_bibliography(each.code) for each in self.fields)


def looks_like_docx(content: bytes) -> bool:
    """Whether the bytes are of a document of Word."""
    return _DOCUMENT in names_in(content)


def read_docx(content: bytes, path: str) -> Parsed[Written]:
    """The paragraphs, notes and items of a document, with faults: it cannot be opened (P342), its XML breaks off."""
    try:
        found = members(content, _MEMBERS)
    except BadPackageError:
        return Parsed(Written(), (diagnose("P342", Span(path)),))
    faults: list[Diagnostic] = []
    tree = read_xml(found.get(_DOCUMENT, b""), path)
    faults += tree.diagnostics
    styles = _styles(read_xml(found["word/styles.xml"], path).value) if "word/styles.xml" in found else {}
    story = _Story(styles, _targets(found.get("word/_rels/document.xml.rels", b""), path))
    body = tree.value.first("document", "body") or tree.value
    paragraphs = _paragraphs(body, story, "§ ")
    notes: list[Paragraph] = []
    items = story.items
    for name in ("footnotes", "endnotes"):
        if f"word/{name}.xml" not in found:
            continue
        of_notes = read_xml(found[f"word/{name}.xml"], path)
        faults += of_notes.diagnostics
        targets = _targets(found.get(f"word/_rels/{name}.xml.rels", b""), path)
        for note in of_notes.value.below("footnote", "endnote"):
            if note.attributes.get("type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            inside = _Story(styles, targets)
            number = note.attributes.get("id", "")
            runs = [run for each in _paragraphs(note, inside, "") for run in (*each.runs, Run(" "))]
            items += inside.items
            if runs:
                notes.append(paragraph(runs, len(paragraphs) + len(notes) + 1, f"note {number}"))
    items += _of_properties(found.get("docProps/custom.xml", b""), path)
    return Parsed(Written(tuple(paragraphs), tuple(notes), tuple(items)), tuple(faults))


def _styles(tree: Element) -> dict[str, _Style]:
    elements = {each.attributes.get("styleId", ""): each for each in tree.below("style")}
    made: dict[str, _Style] = {}

    def style_of(name: str, depth: int) -> _Style:
        if name in made:
            return made[name]
        element = elements.get(name)
        if element is None or depth > 20:
            return _Style()
        based = element.first("basedOn")
        base = style_of(based.attributes.get("val", ""), depth + 1) if based else _Style()
        title = next((each.attributes.get("val", "") for each in element.every("name")), "")
        heading, contents = _HEADING.match(title), _CONTENTS.match(title)
        outline = element.first("pPr", "outlineLvl")
        level = base.level
        if heading:
            level = int(heading[1])
        elif outline is not None and (below := number_in(outline.attributes.get("val", ""))) is not None:
            level = below + 1 if below < 9 else 0
        elif title.lower() in ("title", "titre"):
            level = 1
        properties = element.first("rPr")
        made[name] = _Style(
            level,
            int(contents[1]) if contents else 0,
            _toggled(properties, "b", base.bold),
            _toggled(properties, "i", base.italic),
        )
        return made[name]

    for name in elements:
        style_of(name, 0)
    return made


def _toggled(properties: Element | None, name: str, otherwise: bool) -> bool:
    element = properties.first(name) if properties is not None else None
    return otherwise if element is None else element.attributes.get("val", "1").lower() not in _OFF


def _targets(content: bytes, path: str) -> dict[str, str]:
    """The addresses of the relations that lead out of the document."""
    if not content:
        return {}
    relations = read_xml(content, path).value.below("Relationship")
    return {
        each.attributes.get("Id", ""): each.attributes.get("Target", "")
        for each in relations
        if each.attributes.get("TargetMode") == "External"
    }


def _paragraphs(body: Element, story: _Story, sign: str) -> list[Paragraph]:
    made: list[Paragraph] = []
    for number, element in enumerate(_elements(body), 1):
        story.runs, story.broken = [], []
        _walk(element, story, _Style(), "")
        properties = element.first("pPr")
        style = _style(properties, story)
        listed = properties is not None and properties.first("numPr") is not None
        for index, runs in enumerate([*story.broken, story.runs]):
            each = paragraph(
                _in_style(runs, style),
                len(made) + 1,
                f"{sign}{number}",
                level=style.level,
                mark="•" if listed and not style.level and not index else "",
                apart=not index,
                indent=12.0 * style.contents,
            )
            if each.text:
                made.append(each)
    return made


def _elements(body: Element) -> Iterator[Element]:
    """The paragraphs in their order, those in tables, frames and content controls too."""
    for child in body.children:
        if child.name == "p":
            yield child
        elif child.name not in _LEFT_OUT:
            yield from _elements(child)


def _style(properties: Element | None, story: _Story) -> _Style:
    if properties is None:
        return _Style()
    named = properties.first("pStyle")
    style = story.styles.get(named.attributes.get("val", ""), _Style()) if named else _Style()
    outline = properties.first("outlineLvl")
    level = number_in(outline.attributes.get("val", "")) if outline else None
    return replace(style, level=level + 1) if level is not None and level < 9 else style


def _in_style(runs: list[Run], style: _Style) -> list[Run]:
    """The runs with what the style of their paragraph adds; a heading's own boldness says nothing."""
    if style.level:
        return [replace(run, bold=False) for run in runs]
    return [replace(run, bold=run.bold or style.bold, italic=run.italic or style.italic) for run in runs]


def _walk(element: Element, story: _Story, manner: _Style, url: str) -> None:
    """Reads what stands in a paragraph, into the runs of the story."""
    for child in element.children:
        name = child.name
        if name == "r":
            _run(child, story, url)
        elif name == "hyperlink":
            _walk(child, story, manner, story.targets.get(child.attributes.get("id", ""), url))
        elif name == "fldSimple":
            code = child.attributes.get("instr", "")
            story.items += items_in(code)
            match = _HYPERLINK.match(code)
            if not is_bibliography(code):
                _walk(child, story, manner, match["url"] if match else url)
        elif name == "sdt":
            tag = child.first("sdtPr", "tag")
            code = tag.attributes.get("val", "") if tag else ""
            story.items += items_in(code)
            if not is_bibliography(code):
                _walk(child, story, manner, url)
        elif name not in _LEFT_OUT and name != "p":
            _walk(child, story, manner, url)


def _run(element: Element, story: _Story, url: str) -> None:
    properties = element.first("rPr")
    named = properties.first("rStyle") if properties is not None else None
    style = story.styles.get(named.attributes.get("val", ""), _Style()) if named else _Style()
    bold, italic = _toggled(properties, "b", style.bold), _toggled(properties, "i", style.italic)
    if properties is not None and _toggled(properties, "vanish", otherwise=False):
        return
    capitals = _toggled(properties, "caps", otherwise=False)
    for child in element.children:
        if child.name == "fldChar":
            story.items += items_of_data(child.word("fldData"))
            _field(child.attributes.get("fldCharType", ""), story)
        elif child.name == "instrText" and story.fields:
            story.fields[-1].code += child.raw_text
        elif story.hidden:
            continue
        elif child.name == "t":
            text = child.raw_text.upper() if capitals else child.raw_text
            story.runs.append(Run(text, bold, italic, url or story.url))
        elif child.name in ("tab", "ptab"):
            story.runs.append(Run(" ", bold, italic))
        elif child.name in ("br", "cr") and child.attributes.get("type", "textWrapping") == "textWrapping":
            story.broken.append(story.runs)
            story.runs = []
        elif child.name == "noBreakHyphen":
            story.runs.append(Run("-", bold, italic, url))


def _field(kind: str, story: _Story) -> None:
    if kind == "begin":
        story.fields.append(_Field())
    elif kind == "separate" and story.fields:
        story.fields[-1].shown = True
        story.items += items_in(story.fields[-1].code)
    elif kind == "end" and story.fields:
        ended = story.fields.pop()
        if not ended.shown:
            story.items += items_in(ended.code)


def _of_properties(content: bytes, path: str) -> list[Mapping[str, Any]]:
    """The items that Zotero keeps in properties of the document, each code in pieces under numbered names."""
    if not content:
        return []
    codes: dict[str, dict[int, str]] = {}
    for each in read_xml(content, path).value.below("property"):
        match = re.fullmatch(r"(ZOTERO_BREF_\w+?)_(\d{1,9})", each.attributes.get("name", ""))
        if match:
            codes.setdefault(match[1], {})[int(match[2])] = each.raw_text
    whole = ("".join(text for _, text in sorted(pieces.items())) for pieces in codes.values())
    return [item for code in whole for item in items_in(code)]
