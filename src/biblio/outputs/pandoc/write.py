"""A composed dossier as the formats that pandoc writes: DOCX, ODT, EPUB, Markdown, plain text, LaTeX.

Sources: the manual of pandoc; EPUB 3.3 and EPUB Accessibility 1.1 (the metadata of accessibility).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from biblio.compose.composed import Composed
from biblio.outputs.package import packed, parts
from biblio.outputs.pandoc import docx, odt
from biblio.outputs.pandoc.inlines import Node, link, node, words
from biblio.outputs.pandoc.look import look_of
from biblio.outputs.pandoc.tree import Entry, Medium, tree
from biblio.project.pandoc import convert
from biblio.text.inline import plain
from biblio.words.faults import Parsed

_EPUB_SHEET = """\
body {{ font-family: "{font}", sans-serif; }}
h1, h2, h3, h4, h5, h6 {{ color: #{accent}; }}
.notice, .item {{ margin: 1.2em 0; }}
img {{ max-width: 100%; }}
.notice p, .item p {{ margin: 0; text-indent: 0; }}
div[data-custom-style="Notice Label"] {{ color: #{accent}; font-weight: bold; }}
div[data-custom-style="Notice Annotation"] p {{ margin: 0.4em 0; }}
"""
_EPUB_SHEET_PLACE = "EPUB/styles/stylesheet1.css"
# The parts of packages that say when a file was made.
_ABOUT = ("docProps/core.xml", "meta.xml", "EPUB/content.opf")
_NO_DATE = b"1970-01-01T00:00:00Z"
_DOCX = Medium(styled=True, cover=True, anchor=docx.bookmark, contents=docx.contents, page=docx.page, pictures=True)
_ODT = Medium(styled=True, cover=True, contents=odt.contents, page=odt.page, marked_inside=True, pictures=True)
_EPUB = Medium(styled=True, cover=False, pictures=True)


def _listed(title: str, entries: Sequence[Entry]) -> list[Node]:
    """Contents as nested lists of links, for texts without pages."""
    return [node("Para", [node("Strong", words(title))]), _nested(list(entries), 1)] if entries else []


def _nested(entries: list[Entry], depth: int) -> Node:
    items: list[list[Node]] = []
    inner: list[Entry] = []
    for entry in entries:
        if entry.depth > depth:
            inner.append(entry)
            continue
        if inner:
            items[-1].append(_nested(inner, depth + 1))
            inner = []
        items.append([node("Plain", [link(f"#{entry.anchor}", words(entry.title))])])
    if inner and items:
        items[-1].append(_nested(inner, depth + 1))
    return node("BulletList", items)


_TEXT = Medium(styled=False, cover=True, top=2, contents=_listed)
_PLAIN = Medium(styled=False, cover=True, top=2, contents=_listed, unmarked=True)
_LATEX = Medium(styled=False, cover=False)


def render_docx(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The Word document, in the fonts and colours of the style."""
    files = {"reference.docx": docx.reference(_default("docx"), look_of(composed), stamp), **_body("openxml")}
    arguments = ("--to=docx", "--standalone", "--reference-doc=reference.docx", "--template=body.xml")
    made = parts(_made(composed, _DOCX, arguments, files, stamp))
    made["word/document.xml"] = docx.without_addresses_of_images(made["word/document.xml"])
    return Parsed(packed(_dated(made, stamp), stamp))


def render_odt(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The OpenDocument text, in the fonts and colours of the style."""
    files = {"reference.odt": odt.reference(_default("odt"), look_of(composed), stamp), **_body("opendocument")}
    arguments = ("--to=odt", "--standalone", "--reference-doc=reference.odt", "--template=body.xml")
    made = parts(_made(composed, _ODT, arguments, files, stamp))
    texts = (figure.said for figure in composed.document.figures)
    made["content.xml"] = odt.with_texts_of_images(odt.with_names(made["content.xml"]), texts)
    return Parsed(packed(_dated(made, stamp), stamp))


def render_epub(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The EPUB 3, which says how accessible it is."""
    look = look_of(composed)
    arguments: tuple[str, ...] = ("--to=epub3", "--standalone", "--toc", "--toc-depth=3", "--split-level=1")
    title = plain(composed.document.contents_title)
    if title:
        arguments = (*arguments, f"--variable=toc-title:{title}")
    made = parts(_made(composed, _EPUB, arguments, {}, stamp, more=_accessibility(composed)))
    # In its sandbox pandoc reads no sheet: ours takes the place of its own.
    made[_EPUB_SHEET_PLACE] = _EPUB_SHEET.format(font=look.font, accent=look.accent).encode()
    return Parsed(packed(_dated(made, stamp), stamp))


def render_markdown(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The text in Markdown, in the dialect that forges and notebooks read."""
    return Parsed(_made(composed, _TEXT, ("--to=gfm", "--wrap=none"), {}, stamp))


def render_text(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The text alone, in short lines; the address of a link stands behind its words."""
    return Parsed(_made(composed, _PLAIN, ("--to=plain", "--columns=72"), {}, stamp))


def render_latex(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """A LaTeX document of its own, with its contents."""
    arguments = ("--to=latex-smart", "--standalone", "--wrap=none", "--variable=papersize:a4", "--toc")
    return Parsed(_made(composed, _LATEX, arguments, {}, stamp))


def _made(
    composed: Composed,
    medium: Medium,
    arguments: Sequence[str],
    files: Mapping[str, bytes],
    stamp: datetime,
    *,
    more: Mapping[str, Node] | None = None,
) -> bytes:
    document = tree(composed.document, medium, stamp.strftime("%Y-%m-%d"))
    document["meta"] |= dict(more or {})
    return convert(json.dumps(document), arguments, files, int(stamp.timestamp()))


def _dated(content: Mapping[str, bytes], stamp: datetime) -> Mapping[str, bytes]:
    """The parts of a package, with the date that the file bears where its sandbox gave pandoc none."""
    date = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    about = {name: content[name].replace(_NO_DATE, date) for name in _ABOUT if name in content}
    return {**content, **about}


@cache
def _default(name: str) -> bytes:
    """Pandoc's own reference document of a format."""
    return convert("", (f"--print-default-data-file=reference.{name}",), {}, 0)


@cache
def _body(form: str) -> Mapping[str, bytes]:
    """Pandoc's own template of a format, as a file, without the lines of the title: the tree has the cover."""
    template = convert("", (f"--print-default-template={form}",), {}, 0)
    return {"body.xml": re.sub(rb"\$if\(title\)\$.*?(?=\$body\$)", b"", template, flags=re.DOTALL)}


def _accessibility(composed: Composed) -> dict[str, Node]:
    """What a reading system asks an EPUB: its identifier, and how it may be read."""
    said, has_images = composed.document.metadata, any(True for _ in composed.document.figures)
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:biblio:{composed.spec.slug}:{said.title}:{said.date}")
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    lists = {
        "accessModes": ["textual", "visual"] if has_images else ["textual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeatures": [*features, "alternativeText"] if has_images else features,
        "accessibilityHazards": ["none"],
    }
    made = {name: node("MetaList", [node("MetaString", value) for value in values]) for name, values in lists.items()}
    return {"identifier": node("MetaString", f"urn:uuid:{identifier}"), **made}
