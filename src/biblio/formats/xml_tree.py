"""XML as a tree of elements with their lines, read without entities of its own and as far as it goes.

A document's own entities are refused (they may grow without end, or name files), and nothing outside it is ever
fetched; those of HTML, which old exports use without declaring them, are read. An ampersand or a « < » that begins
nothing is a character, as who typed it meant, and is told (P309). Where the XML breaks off for another reason, what was
complete before that is kept, with the fault (P304).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.parsers import expat

from biblio.formats.text import decode_bytes
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>\s*")
_DECLARATIONS = re.compile(r"<\?xml[^<>]*\?>|<!DOCTYPE[^<>\[]*>")
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
# What no XML 1.0 document may hold, as it stands and by its number.
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
_FORBIDDEN = re.compile("&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*[0-8]);")
_HTML_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
# What begins no entity and no tag, outside of comments and sections whose text stands as it is.
_AS_IT_STANDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_OPENING = re.compile(r"<!--|<!\[CDATA\[")
_BARE = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]{0,31}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)|<(?![A-Za-z_/!?])")
_MAX_DEPTH = 200


class Element:
    """An element: its name and those of its attributes without their prefixes, its children, and its texts.

    ``head`` is the text before the first child, ``tail`` the text behind the element itself; ``line`` is where it
    begins. An element that the document breaks off in is not ``complete``.
    """

    __slots__ = ("attributes", "children", "complete", "head", "line", "name", "tail")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.children: list[Element] = []
        self.head = self.tail = ""
        self.complete = True

    @property
    def content(self) -> Iterator[Element | str]:
        """The children and the texts inside, in their order."""
        if self.head:
            yield self.head
        for child in self.children:
            yield child
            if child.tail:
                yield child.tail

    @property
    def text(self) -> str:
        """All the text inside, with runs of blanks as one."""
        return " ".join((self.raw_text if self.children else self.head).split())

    @property
    def raw_text(self) -> str:
        """All the text inside, as it stands."""
        return "".join(self._texts()) if self.children else self.head

    def _texts(self) -> Iterator[str]:
        yield self.head
        for child in self.children:
            yield from child._texts()
            yield child.tail

    def every(self, *path: str) -> list[Element]:
        """The elements that a path of names leads to from here."""
        found = [self]
        for name in path:
            found = [child for each in found for child in each.children if child.name == name]
        return found

    def first(self, *path: str) -> Element | None:
        """The first of them, or ``None``."""
        return next(iter(self.every(*path)), None)

    def word(self, *path: str) -> str:
        """The text of the first of them, or of the first that is not empty; else an empty string."""
        for element in self.every(*path):
            if text := element.text:
                return text
        return ""

    def below(self, *names: str) -> Iterator[Element]:
        """The outermost elements of some names, at any depth."""
        for child in self.children:
            if child.name in names:
                yield child
            elif child.children:
                yield from child.below(*names)


def markup(element: Element | None) -> str:
    """An element as text again, its names without prefixes; nothing for none."""
    if element is None:
        return ""
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in element.attributes.items())
    inside = "".join(markup(part) if isinstance(part, Element) else html.escape(part) for part in element.content)
    return f"<{element.name}{attributes}>{inside}</{element.name}>"


class _EntityError(Exception):
    """The document declares an entity."""


class _DepthError(Exception):
    """Its elements stand too deep in each other."""


def read_xml(content: bytes, path: str) -> Parsed[Element]:
    """The tree under an element without a name, as far as the document can be read; faults P304, P305 and P309."""
    text, faults = _text_of(content, path)
    top = Element("", {}, 0)
    try:
        try:
            _parse_all(text, top)
        except expat.ExpatError as error:
            mended, count = _escaped(text)
            if not count:
                raise
            # The lines stay the same.
            faults.append(diagnose("P309", Span(path, error.lineno, error.offset + 1), count=count))
            top = Element("", {}, 0)
            _parse_all(mended, top)
    except expat.ExpatError as error:
        faults.append(diagnose("P304", Span(path, error.lineno, error.offset + 1)))
    except _EntityError:
        faults.append(diagnose("P305", Span(path, 1)))
        return Parsed(Element("", {}, 0), tuple(faults))
    except _DepthError:
        faults.append(diagnose("P304", Span(path, 1)))
    return Parsed(top, tuple(faults))


def _parse_all(text: str, top: Element) -> None:
    """Reads a document, or several one behind the other, as programs put files together, under ``top``."""
    try:
        _parse(text, top)
    except expat.ExpatError as error:
        if expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT] != error.code:
            raise
        whole = Element("", {}, 0)
        try:
            _parse(f"<all>{_DECLARATIONS.sub('', text)}</all>", whole)
        finally:
            top.children = [child for each in whole.children for child in each.children]


def _escaped(text: str) -> tuple[str, int]:
    """A text whose characters that begin nothing are escaped, and how many they were."""
    out: list[str] = []
    count = position = 0
    while position < len(text):
        opening = _OPENING.search(text, position)
        start = opening.start() if opening else len(text)
        escaped, found = _BARE.subn(lambda bare: html.escape(bare[0]), text[position:start])
        end = text.find(_AS_IT_STANDS[opening[0]], start) if opening else start
        position = end if end >= 0 else len(text)
        out += (escaped, text[start:position])
        count += found
    return "".join(out), count


def _text_of(content: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """The characters of a document: in the encoding that it declares if that is true, else in the likeliest."""
    faults: list[Diagnostic] = []
    declared = _DECLARED.match(content)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    text = None
    if name not in ("utf-8", "utf8", "utf-16"):
        try:
            content.decode("utf-8")
            utf_8 = not content.isascii()
        except UnicodeDecodeError:
            utf_8 = False
        try:
            # Declared as another and yet well-formed UTF-8: the declaration is false.
            text = None if utf_8 else content.decode(name)
        except (LookupError, UnicodeDecodeError):
            text = None
    if text is None:
        # C1 controls are marks of non-sorting words here, and no characters of Windows-1252.
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            decoded = decode_bytes(content, path)
            text, faults = decoded.value, list(decoded.diagnostics)
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text.replace("\r\n", "\n").replace("\r", "\n"))
    return _HTML_ENTITY.sub(_entity, _FORBIDDEN.sub("", text).replace("\ufffe", "").replace("\uffff", "")), faults


def _entity(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    return found[0].replace("&", "&amp;") if character == found[0] else html.escape(character)


def _parse(text: str, top: Element) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # The same few names come again and again.
    names: dict[str, str] = {}
    stack, texts = [top], list[str]()
    before: Element | None = None

    def bare(name: str) -> str:
        return names.setdefault(name, name.rpartition(":")[2])

    def place_text() -> None:
        words = texts[0] if len(texts) == 1 else "".join(texts)
        texts.clear()
        if before is None:
            stack[-1].head = words
        else:
            before.tail = words

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal before
        if texts:
            place_text()
        if len(stack) > _MAX_DEPTH:
            raise _DepthError
        if attributes and ":" in "".join(attributes):
            attributes = {bare(key): value for key, value in attributes.items()}
        element = Element(names.get(name) or bare(name), attributes, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)
        before = None

    def end(_: str) -> None:
        nonlocal before
        if texts:
            place_text()
        before = stack.pop()

    def refuse(*_: object) -> None:
        raise _EntityError

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace").translate(None, _CONTROLS), True)
    finally:
        # The parser and what it calls hold each other, and the whole tree with them.
        parser.StartElementHandler = parser.EndElementHandler = parser.EntityDeclHandler = None
        if texts:
            place_text()
        for element in stack[1:]:
            element.complete = False
