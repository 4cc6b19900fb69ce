"""OpenDocument texts: the reference document that pandoc dresses them in, made of a style, and their fields.

Source: OpenDocument 1.3 part 3, § 8.3 (table of contents), § 7.7.6 (references to bookmarks), § 16 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from biblio.formats.xml_text import coded
from biblio.outputs.package import packed, parts
from biblio.outputs.pandoc.inlines import Node, node
from biblio.outputs.pandoc.look import DEEPEST, HEADINGS, PARAGRAPHS, Look
from biblio.outputs.pandoc.tree import STYLES, Entry

_FRAME_ENDS = b"</draw:frame>"
_SHOWN = re.compile(rb'text:style-name="[^"]* [^"]*"')


def contents(title: str, entries: Sequence[Entry]) -> list[Node]:
    """A table of contents with its entries, each of which leads to its place and asks for its page."""
    shown = [entry for entry in entries if entry.depth <= DEEPEST]
    if not shown:
        return []
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{depth}" text:style-name="Contents_20_{depth}">'
        "<text:index-entry-link-start/><text:index-entry-chapter/><text:index-entry-text/>"
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
        for depth in range(1, DEEPEST + 1)
    )
    lines = "".join(
        f'<text:p text:style-name="Contents_20_{entry.depth}"><text:a xlink:type="simple" xlink:href="#{entry.anchor}">'
        f"{coded(entry.title)}</text:a><text:tab/>{_page(entry.anchor)}</text:p>"
        for entry in shown
    )
    made = (
        '<text:table-of-content text:name="contents" text:protected="false"><text:table-of-content-source '
        f'text:outline-level="{DEEPEST}"><text:index-title-template text:style-name="Contents_20_Title">{coded(title)}'
        f"</text:index-title-template>{templates}</text:table-of-content-source><text:index-body>"
        f'<text:index-title text:name="contents-title"><text:p text:style-name="Contents_20_Title">{coded(title)}'
        f"</text:p></text:index-title>{lines}</text:index-body></text:table-of-content>"
    )
    return [node("RawBlock", ["opendocument", made])]


def page(anchor: str) -> Node:
    """The page of an anchor, as a field."""
    return node(
        "RawInline", ["opendocument", f'<text:a xlink:type="simple" xlink:href="#{anchor}">{_page(anchor)}</text:a>']
    )


def _page(anchor: str) -> str:
    return f'<text:bookmark-ref text:reference-format="page" text:ref-name="{anchor}">…</text:bookmark-ref>'


def reference(default: bytes, look: Look, stamp: datetime) -> bytes:
    """The reference document: pandoc's own, on A4, with the font and colours of a style and our paragraphs."""
    package = parts(default)
    styles = package["styles.xml"].decode()
    face = f'<style:font-face style:name="{look.font}" svg:font-family="\'{look.font}\'" style:font-pitch="variable"/>'
    styles = styles.replace("</office:font-face-decls>", face + "</office:font-face-decls>", 1)
    styles = re.sub(r'style:font-name="(?:Times New Roman|Arial)"', f'style:font-name="{look.font}"', styles)
    styles = re.sub(
        r'fo:page-width="[^"]*"\s+fo:page-height="[^"]*"', 'fo:page-width="21cm" fo:page-height="29.7cm"', styles
    )
    styles = re.sub(r'fo:margin-(top|bottom|left|right)="1in"', r'fo:margin-\1="2.5cm"', styles)
    for key, (size, colour, before, after) in HEADINGS.items():
        name = re.sub(r"(\d)", r"_20_\1", key)
        if f'style:name="{name}"' not in styles:
            missing = f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard"/>'
            styles = styles.replace("</office:styles>", missing + "</office:styles>", 1)
        styles = _restyled(styles, name, size, getattr(look, colour), before, after)
    styles = styles.replace("</office:styles>", "".join(_styles(look)) + "</office:styles>", 1)
    package["styles.xml"] = styles.encode()
    return packed(package, stamp)


def with_names(content: bytes) -> bytes:
    """A text whose paragraphs name our styles as a file does, blanks in code: pandoc writes what is shown."""
    return _SHOWN.sub(lambda found: found[0].replace(b" ", b"_20_"), content)


def with_texts_of_images(content: bytes, texts: Iterable[str]) -> bytes:
    """A text whose images have theirs, in order, which pandoc leaves out (OpenDocument 1.3 part 3 § 10.21.1)."""
    before, *frames = content.split(_FRAME_ENDS)
    titles = (f"<svg:title>{coded(text)}</svg:title>".encode() for text in texts)
    return before + b"".join(title + _FRAME_ENDS + frame for title, frame in zip(titles, frames, strict=True))


def _restyled(styles: str, name: str, size: int, colour: str, before: int, after: int) -> str:
    """The styles with one of pandoc's own in our size, colour and spaces."""
    look = (
        f'<style:paragraph-properties fo:margin-top="{before / 20:g}pt" fo:margin-bottom="{after / 20:g}pt" '
        f'fo:keep-with-next="always"/><style:text-properties fo:font-size="{size / 2:g}pt" fo:color="#{colour}" '
        'fo:font-weight="bold"/>'
    )

    def changed(found: re.Match[str]) -> str:
        return f"{found[1]}>{look}</style:style>"

    whole = rf'(<style:style style:name="{name}"[^>]*?)(?:/>|>.*?</style:style>)'
    return re.sub(whole, changed, styles, count=1, flags=re.DOTALL)


def _styles(look: Look) -> Iterator[str]:
    """Our styles."""
    for key, (size, colour, before, after, bold, italic, kept) in PARAGRAPHS.items():
        name = STYLES[key]
        together = ' fo:keep-with-next="always"' if kept else ""
        weight = ' fo:font-weight="bold"' if bold else ""
        slant = ' fo:font-style="italic"' if italic else ""
        yield (
            f'<style:style style:name="{name.replace(" ", "_20_")}" style:display-name="{name}" '
            'style:family="paragraph" style:parent-style-name="Standard">'
            f'<style:paragraph-properties fo:margin-top="{before / 20:g}pt" '
            f'fo:margin-bottom="{after / 20:g}pt"{together}/>'
            f'<style:text-properties fo:font-size="{size / 2:g}pt" fo:color="#{getattr(look, colour)}"{weight}{slant}/>'
            "</style:style>"
        )
    for depth in range(1, DEEPEST + 1):
        yield (
            f'<style:style style:name="Contents_20_{depth}" style:display-name="Contents {depth}" '
            'style:family="paragraph" style:parent-style-name="Standard">'
            f'<style:paragraph-properties fo:margin-left="{(depth - 1) * 0.5:g}cm" fo:margin-bottom="3pt">'
            '<style:tab-stops><style:tab-stop style:position="16cm" style:type="right" style:leader-style="dotted" '
            'style:leader-text="."/></style:tab-stops></style:paragraph-properties></style:style>'
        )
