"""Finishes a PDF before it is written: what the standards and readers ask for and the layout engine leaves out.

- PDF/UA-1 beside PDF/A-3a: the identifier, with the extension schema that PDF/A asks for (ISO 14289-1 § 5; ISO
  19005-3 § 6.6.2.3), and in the same metadata the language and the rights;
- page labels, so that the reader's page box agrees with the printed number (ISO 32000-1 § 12.4.2);
- one link annotation per link, with a quadrilateral for each of its lines, and a readable description (§ 12.5.6.5, §
  14.9.3);
- the contents tagged as a table of contents (§ 14.8.4.3.4);
- the place of each figure, in the measures of the page (§ 14.8.5.4.3), and QR codes read out behind their notices;
- the language of what is in another than the dossier's (§ 14.9.2), and what acronyms stand for (§ 14.9.5);
- what the heads of tables head (§ 14.8.5.7);
- soft hyphens where lines divide words, so that a text that is copied or searched is whole (§ 14.9.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

from biblio.outputs.pdf.boxes import Made, made
from biblio.outputs.pdf.packing import pack
from biblio.outputs.pdf.structure import Structure

_PDFA = "http://www.aiim.org/pdfa/ns/"
_PDFUA = "http://www.aiim.org/pdfua/ns/id/"

POINTS = 0.75  # of a pixel (CSS Values and Units 4 § 6.2)
# What the engine writes where it divides a word, and hardly anybody types.
HYPHEN = "\u2010"
# A piece of text that is shown (ISO 32000-1 § 9.4.3), its last glyph apart.
_LAST_GLYPH = re.compile(rb"(?P<before>\[.*<[0-9a-f]*)(?P<glyph>[0-9a-f]{4})>[^<>]*\] TJ", re.DOTALL)

_PDFUA_IDENTIFIER = f"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="{_PDFUA}" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="{_PDFA}extension/" \
xmlns:pdfaSchema="{_PDFA}schema#" xmlns:pdfaProperty="{_PDFA}property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:namespaceURI>{_PDFUA}</pdfaSchema:namespaceURI>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


_DUBLIN_CORE = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:{name}><rdf:{array}><rdf:li{attribute}>{value}</rdf:li></rdf:{array}></dc:{name}>
</rdf:Description>
"""


def finisher(
    root: Element,
    first_part: str,
    front_labels: tuple[str, str],
    media_types: Mapping[str, str],
) -> Callable[[Any, Any], None]:
    """The function that WeasyPrint calls with its document and its PDF, just before it writes.

    ``root`` is the tree of the page laid out; ``first_part`` the anchor of page 1; ``front_labels`` name the cover
    and the contents.
    """

    def finish(document: Any, pdf: Any) -> None:
        structure = Structure(pdf)
        streams = [pdf.objects[_number(page["Contents"])] for page in _pages(pdf)]
        boxes = list(made(document.pages, structure.elements()))
        _tell_languages(boxes, root.get("lang", ""))
        _expand_acronyms(boxes)
        _tell_scopes(boxes)
        _soften_hyphens(boxes, streams, pdf)
        structure.unmark_furniture(streams)
        structure.flatten()
        structure.join_pages(document.pages)
        _place_figures(boxes, _pages(pdf), structure)
        rights = [each.get("content", "") for each in root.iter("meta") if each.get("name") == "dcterms.rights"]
        _identify(pdf, root.get("lang", ""), *rights)
        _describe_attachments(pdf, media_types)
        _label_pages(document, pdf, first_part, front_labels)
        links = _merge_links(document, pdf, structure)
        contents = {id(element) for nav in root.iter("nav") for element in nav.iter("a")}
        _tag_contents(structure, (link for element, link in links if id(element) in contents))
        structure.prune()
        pack(pdf)

    return finish


def _tell_languages(boxes: Iterable[Made], lang: str) -> None:
    """Gives each element whose words are in another language than the document's the name of that language."""
    for each in boxes:
        own = None if each.box.element is None else each.box.element.get("lang")
        if each.element is not None and own and own != lang:
            each.element["Lang"] = pydyf.String(own)


def _place_figures(boxes: Iterable[Made], pages: list[Any], structure: Structure) -> None:
    """Says where figures stand in points from the foot of their page; the engine says it in its own pixels.

    A QR code, drawn beside the head of its notice, is read out behind what can be read without it.
    """
    for each in boxes:
        if each.element is None or each.element.get("S") != "/Figure":
            continue
        left, top, right, bottom = (float(number) * POINTS for number in each.element["A"]["BBox"])
        height = pages[each.page]["MediaBox"][3]
        each.element["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))
        if each.box.element.get("class") == "qr":
            line = structure.object(each.element["P"])
            notice = structure.object(line["P"])["K"]
            notice.remove(line.reference)
            notice.append(line.reference)


def _expand_acronyms(boxes: Iterable[Made]) -> None:
    """Gives each acronym what it stands for, which a screen reader may say in its place."""
    for each in boxes:
        if each.element is not None and each.box.element is not None and each.box.element.tag == "abbr":
            each.element["E"] = pydyf.String(each.box.element.get("title"))


def _tell_scopes(boxes: Iterable[Made]) -> None:
    """Gives each head of a table what it heads, a column or a row (ISO 32000-1 § 14.8.5.7)."""
    for each in boxes:
        if each.element is not None and each.element["S"] == "/TH":
            each.element["A"]["Scope"] = "/Row" if each.box.element.get("scope") == "row" else "/Column"


def _soften_hyphens(boxes: Iterable[Made], streams: list[Any], pdf: Any) -> None:
    """Lets the hyphens at which the engine divided words stand for soft ones; those that were typed stay as they are.

    The fonts draw both with one glyph, which thus stands for the hyphen that is typed.
    """
    divided = {
        (each.page, each.content)
        for each in boxes
        if each.content is not None and each.box.text[-1:] == HYPHEN and not _is_typed(each.box.element)
    }
    for page, stream in enumerate(streams):
        contents = [
            index
            for index, item in enumerate(stream.stream)
            if isinstance(item, dict) and (page, item.get("MCID")) in divided
        ]
        for begin in reversed(contents):
            end = stream.stream.index(b"EMC", begin)
            for at in range(end - 1, begin, -1):
                item = stream.stream[at]
                if isinstance(item, bytes) and (shown := _LAST_GLYPH.fullmatch(item)):
                    before, glyph = shown.group("before", "glyph")
                    stream.stream[at : at + 1] = [
                        before + b">] TJ",
                        "/Span",
                        pydyf.Dictionary({"ActualText": pydyf.String("\u00ad")}),
                        b"BDC",
                        b"[<" + glyph + b">] TJ",
                        b"EMC",
                    ]
                    break
    if divided:
        typed, printed = (f"<{ord(each):04x}>".encode() for each in ("-", HYPHEN))
        for each in pdf.objects:
            if isinstance(each, pydyf.Stream) and b"begincmap" in each.stream:
                each.stream = [
                    line[: -len(printed)] + typed if line.endswith(b" " + printed) else line for line in each.stream
                ]


def _is_typed(element: Element | None) -> bool:
    """Whether the words of an element have this hyphen of their own, so that one at the end of a line may be typed."""
    return element is not None and any(HYPHEN in words for words in element.itertext())


def _identify(pdf: Any, lang: str, rights: str = "") -> None:
    """Adds the PDF/UA identifier to the metadata, and opens the outline beside the first page.

    The language and the rights too, which the engine leaves out of the metadata (Dublin Core; XMP Specification Part 1
    § 8.4: the language in a bag, the rights in the languages that they are told in).
    """
    told = _PDFUA_IDENTIFIER.removesuffix("</rdf:RDF>")
    if lang:
        told += _DUBLIN_CORE.format(name="language", array="Bag", attribute="", value=escape(lang, quote=False))
    if rights:
        told += _DUBLIN_CORE.format(
            name="rights", array="Alt", attribute=' xml:lang="x-default"', value=escape(rights, quote=False)
        )
    stream = pdf.objects[_number(pdf.catalog["Metadata"])]
    stream.stream = [part.replace(b"</rdf:RDF>", f"{told}</rdf:RDF>".encode()) for part in stream.stream]
    pdf.catalog["PageMode"] = "/UseOutlines"


def _describe_attachments(pdf: Any, media_types: Mapping[str, str]) -> None:
    """Gives each attachment the media type that we know it has, and names it once among the associated files.

    WeasyPrint asks the machine's table of media types, which is not the same everywhere.
    """
    files = dict.fromkeys(pdf.catalog.get("AF", ()))
    for reference in files:
        specification = pdf.objects[_number(reference)]
        name = specification["UF"].string
        if name in media_types:
            stream = pdf.objects[_number(specification["EF"]["F"])]
            stream.extra["Subtype"] = "/" + "".join(
                character if character.isalnum() else f"#{ord(character):02x}" for character in media_types[name]
            )
    if files:
        pdf.catalog["AF"] = pydyf.Array(files)


def _label_pages(document: Any, pdf: Any, first_part: str, front_labels: tuple[str, str]) -> None:
    front = front_pages(document.pages, first_part)
    cover, contents = front_labels
    labels: list[tuple[int, dict[str, Any]]] = []
    if front > 0:
        labels.append((0, {"P": pydyf.String(cover)}))
    if front == 2:
        labels.append((1, {"P": pydyf.String(contents)}))
    elif front > 2:
        labels.append((1, {"P": pydyf.String(f"{contents} "), "S": "/D"}))
    labels.append((front, {"S": "/D", "St": 1}))
    numbers = pydyf.Array([item for index, label in labels for item in (index, pydyf.Dictionary(label))])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def front_pages(pages: list[Any], first_part: str) -> int:
    """How many pages stand before page 1, on which ``first_part`` begins.

    None where the first page of all is laid out as that one is (``page`` in the style's sheet): its cover and contents
    are then no pages of their own, and the numbers begin with them.
    """
    first = next((index for index, page in enumerate(pages) if first_part in page.anchors), 0)
    return 0 if _name_of(pages[first]) == _name_of(pages[0]) else first


def _name_of(page: Any) -> str:
    return str(page._page_box.page_type.name)  # the layout has no other door


def _merge_links(document: Any, pdf: Any, structure: Structure) -> list[tuple[Element, Any]]:
    """Gives each link one annotation a page, whatever the lines it runs over; returns elements and annotations."""
    merged: list[tuple[Element, Any]] = []
    for page, pdf_page in zip(document.pages, _pages(pdf), strict=True):
        by_element: dict[int, list[Any]] = {}
        elements: dict[int, Element] = {}
        for kind, _, _, box in page.links:
            if kind in ("internal", "external") and box.link_annotation:
                by_element.setdefault(id(box.element), []).append(box.link_annotation)
                elements[id(box.element)] = box.element
        for identity, (first, *others) in by_element.items():
            first["Contents"] = pydyf.String(_readable(elements[identity]))
            if others:
                first["QuadPoints"] = pydyf.Array(
                    [point for annotation in (first, *others) for point in _corners(annotation["Rect"])],
                )
                first["Rect"] = pydyf.Array(_union([annotation["Rect"] for annotation in (first, *others)]))
            for annotation in others:
                pdf_page["Annots"].remove(annotation.reference)
                structure.merge_link(annotation, first, pdf_page["StructParents"])
                annotation.clear()
            merged.append((elements[identity], first))
    structure.write_parents()
    return merged


def _readable(element: Element) -> str:
    """What a screen reader says of a link: its words, or those given for it where they are only a number."""
    return element.get("aria-label") or " ".join("".join(element.itertext()).split())


def _corners(rectangle: Iterable[float]) -> list[float]:
    """The corners of a rectangle in the order that readers expect: top left, top right, bottom left, bottom right."""
    x1, y1, x2, y2 = rectangle
    left, right, bottom, top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    return [left, top, right, top, left, bottom, right, bottom]


def _union(rectangles: list[Any]) -> list[float]:
    xs = [x for rectangle in rectangles for x in (rectangle[0], rectangle[2])]
    ys = [y for rectangle in rectangles for y in (rectangle[1], rectangle[3])]
    return [min(xs), min(ys), max(xs), max(ys)]


def _tag_contents(structure: Structure, annotations: Iterable[Any]) -> None:
    """Turns the lists that hold the links of the contents into TOC, TOCI and Reference."""
    renamed = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/NonStruct", "/P": "/Reference"}
    for annotation in annotations:
        for ancestor in structure.ancestors(structure.element_of(annotation)):
            ancestor["S"] = renamed.get(ancestor["S"], ancestor["S"])


def _pages(pdf: Any) -> list[Any]:
    return [pdf.objects[_number(reference)] for reference in pdf.page_references]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
