"""Word documents: the reference document that pandoc dresses them in, made of a style, and the fields that they have.

Source: ECMA-376 part 1, WordprocessingML: § 17.16.5 (TOC, PAGEREF, PAGE), § 17.3.1 and § 17.7 (paragraphs and styles,
whose elements have an order), § 17.6 (sections). A field that is ``dirty`` is computed anew when Word opens the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from biblio.formats.xml_text import coded
from biblio.outputs.package import packed, parts
from biblio.outputs.pandoc.inlines import Node, node
from biblio.outputs.pandoc.look import DEEPEST, HEADINGS, PARAGRAPHS, Look
from biblio.outputs.pandoc.tree import STYLES, Entry

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LONGEST_NAME = 40  # characters of a bookmark
_OTHER = re.compile(r"[^A-Za-z0-9_]")
_ADDRESS_OF_IMAGE = re.compile(rb' descr="data:[^"]*"')
# A4 with room for notes, in twentieths of a point.
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:footnotePr><w:numRestart w:val="eachSect"/>'
    '</w:footnotePr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
    'w:left="1417" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_FOOTER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


def bookmark(anchor: str) -> str:
    """An anchor as Word names its bookmarks: letters, figures and low lines, forty at most; each its own."""
    name = _OTHER.sub("_", anchor)
    name = name if name[:1].isalpha() else f"a_{name}"
    if name == anchor and len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 9]}_{hashlib.sha256(anchor.encode()).hexdigest()[:8]}"


def without_addresses_of_images(content: bytes) -> bytes:
    """A document whose images are described by their texts alone: pandoc gives each its address too, bytes and all."""
    return _ADDRESS_OF_IMAGE.sub(b"", content)


def contents(title: str, entries: Sequence[Entry]) -> list[Node]:
    """A table of contents: Word's field, whose entries are there before Word has computed any page."""
    shown = [entry for entry in entries if entry.depth <= DEEPEST]
    if not shown:
        return []
    begin = (
        _char("begin", dirty=True)
        + f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{DEEPEST}" \\h \\z \\u </w:instrText></w:r>'
        + _char("separate")
    )
    lines = "".join(_entry(entry, begin if number == 0 else "") for number, entry in enumerate(shown))
    made = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        '</w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="ContentsTitle"/></w:pPr>'
        f"<w:r><w:t>{coded(title)}</w:t></w:r></w:p>{lines}<w:p>{_char('end')}</w:p></w:sdtContent></w:sdt>"
    )
    return [node("RawBlock", ["openxml", made])]


def _entry(entry: Entry, begin: str) -> str:
    words = f'<w:r><w:t xml:space="preserve">{coded(entry.title)}</w:t></w:r><w:r><w:tab/></w:r>{_page(entry.anchor)}'
    link = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{words}</w:hyperlink>'
    return f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.depth}"/></w:pPr>{begin}{link}</w:p>'


def page(anchor: str) -> Node:
    """The page of an anchor, as a field that leads there."""
    return node("RawInline", ["openxml", f'<w:hyperlink w:anchor="{anchor}">{_page(anchor)}</w:hyperlink>'])


def _page(anchor: str) -> str:
    instruction = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {anchor} \\h </w:instrText></w:r>'
    return _char("begin", dirty=True) + instruction + _char("separate") + "<w:r><w:t>…</w:t></w:r>" + _char("end")


def _char(kind: str, *, dirty: bool = False) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{" w:dirty=" + chr(34) + "true" + chr(34) if dirty else ""}/></w:r>'


def reference(default: bytes, look: Look, stamp: datetime) -> bytes:
    """The reference document: pandoc's own, with the fonts and colours of a style, our paragraphs, a folio."""
    package = parts(default)
    styles = package["word/styles.xml"].decode()
    fonts = f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:eastAsia="{look.font}" w:cs="{look.font}"/>'
    styles = re.sub(r"<w:rFonts [^>]*Theme[^>]*/>", fonts, styles)
    styles = re.sub(r'(<w:sz w:val=")24(" />\s*<w:szCs w:val=")24', r"\g<1>21\g<2>21", styles, count=1)
    for name, (size, colour, before, after) in HEADINGS.items():
        styles = _restyled(styles, name, size, getattr(look, colour), before, after)
    styles = re.sub(
        r'(<w:style [^>]*w:styleId="Hyperlink">.*?)<w:color [^>]*/>',
        rf'\1<w:color w:val="{look.accent}"/><w:u w:val="single"/>',
        styles,
        count=1,
        flags=re.DOTALL,
    )
    styles = styles.replace("</w:styles>", "".join(_styles(look)) + "</w:styles>")
    package["word/styles.xml"] = styles.encode()
    document = package["word/document.xml"].decode()
    package["word/document.xml"] = re.sub(r"<w:sectPr>.*?</w:sectPr>", _SECTION, document, flags=re.DOTALL).encode()
    package["word/footer1.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f'{_char("begin")}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{_char("separate")}'
        f"<w:r><w:t>1</w:t></w:r>{_char('end')}</w:p></w:ftr>\n"
    ).encode()
    relations = package["word/_rels/document.xml.rels"].decode()
    relation = f'<Relationship Type="{_FOOTER_RELATION}" Id="rIdFooter" Target="footer1.xml" /></Relationships>'
    package["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", relation).encode()
    types = package["[Content_Types].xml"].decode()
    override = f'<Override PartName="/word/footer1.xml" ContentType="{_FOOTER_TYPE}" /></Types>'
    package["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    return packed(package, stamp)


def _restyled(styles: str, name: str, size: int, colour: str, before: int, after: int) -> str:
    """The styles with one of pandoc's own in our size, colour and spaces; the rest of it as it is."""

    def changed(found: re.Match[str]) -> str:
        style = re.sub(r"<w:(?:sz|szCs|color|jc)\b[^>]*/>", "", found[0])
        style = re.sub(r"<w:spacing [^>]*/>", f'<w:spacing w:before="{before}" w:after="{after}"/>', style, count=1)
        look = f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        if "</w:rPr>" in style:
            return style.replace("</w:rPr>", f"{look}</w:rPr>", 1)
        return style.replace("</w:style>", f"<w:rPr>{look}</w:rPr></w:style>")

    return re.sub(rf'<w:style [^>]*w:styleId="{name}">.*?</w:style>', changed, styles, count=1, flags=re.DOTALL)


def _styles(look: Look) -> Iterator[str]:
    """Our styles, their elements in the order of the schema."""
    for key, (size, colour, before, after, bold, italic, kept) in PARAGRAPHS.items():
        name = STYLES[key]
        paragraph = f'{"<w:keepNext/>" if kept else ""}<w:spacing w:before="{before}" w:after="{after}"/>'
        marks = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
        words = f'<w:color w:val="{getattr(look, colour)}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        yield (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{marks}{words}</w:rPr></w:style>"
        )
    for depth in range(1, DEEPEST + 1):
        yield (
            f'<w:style w:type="paragraph" w:styleId="TOC{depth}"><w:name w:val="toc {depth}"/>'
            '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="39"/><w:unhideWhenUsed/><w:pPr>'
            '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9062"/></w:tabs><w:spacing w:before="0" w:after="60"/>'
            f'<w:ind w:left="{(depth - 1) * 283}" w:right="567"/></w:pPr></w:style>'
        )
