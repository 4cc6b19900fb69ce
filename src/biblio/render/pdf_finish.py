"""Finishes a PDF before it is written: what the standards and readers ask for and the layout engine leaves out.

- PDF/UA-1 beside PDF/A-3a: the identifier, with the extension schema that PDF/A asks for (ISO 14289-1 § 5; ISO
  19005-3 § 6.6.2.3);
- page labels, so that the reader's page box agrees with the printed number (ISO 32000-1 § 12.4.2);
- one link annotation per link, with a quadrilateral for each of its lines, and a readable description (§ 12.5.6.5, §
  14.9.3);
- the contents tagged as a table of contents (§ 14.8.4.3.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

_PDFA = "http://www.aiim.org/pdfa/ns/"
_PDFUA = "http://www.aiim.org/pdfua/ns/id/"

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


def finisher(root: Element, first_part: str, front_labels: tuple[str, str]) -> Callable[[Any, Any], None]:
    """The function that WeasyPrint calls with its document and its PDF, just before it writes.

    ``root`` is the tree of the page laid out; ``first_part`` the anchor of page 1; ``front_labels`` name the cover
    and the contents.
    """

    def finish(document: Any, pdf: Any) -> None:
        structure = _Structure(pdf)
        _identify(pdf)
        _label_pages(document, pdf, first_part, front_labels)
        links = _merge_links(document, pdf, structure)
        contents = {id(element) for nav in root.iter("nav") for element in nav.iter("a")}
        _tag_contents(structure, (link for element, link in links if id(element) in contents))

    return finish


def _identify(pdf: Any) -> None:
    """Adds the PDF/UA identifier to the metadata, and opens the outline beside the first page."""
    stream = pdf.objects[_number(pdf.catalog["Metadata"])]
    stream.stream = [part.replace(b"</rdf:RDF>", _PDFUA_IDENTIFIER.encode()) for part in stream.stream]
    pdf.catalog["PageMode"] = "/UseOutlines"


def _label_pages(document: Any, pdf: Any, first_part: str, front_labels: tuple[str, str]) -> None:
    front = next((index for index, page in enumerate(document.pages) if first_part in page.anchors), 0)
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


def _merge_links(document: Any, pdf: Any, structure: _Structure) -> list[tuple[Element, Any]]:
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
                structure.merge_link(annotation, first)
                annotation.clear()
            merged.append((elements[identity], first))
    return merged


def _readable(element: Element) -> str:
    """What a screen reader says of a link: its words."""
    return " ".join("".join(element.itertext()).split())


def _corners(rectangle: Iterable[float]) -> list[float]:
    """The corners of a rectangle in the order that readers expect: top left, top right, bottom left, bottom right."""
    x1, y1, x2, y2 = rectangle
    left, right, bottom, top = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    return [left, top, right, top, left, bottom, right, bottom]


def _union(rectangles: list[Any]) -> list[float]:
    xs = [x for rectangle in rectangles for x in (rectangle[0], rectangle[2])]
    ys = [y for rectangle in rectangles for y in (rectangle[1], rectangle[3])]
    return [min(xs), min(ys), max(xs), max(ys)]


def _tag_contents(structure: _Structure, annotations: Iterable[Any]) -> None:
    """Turns the lists that hold the links of the contents into TOC, TOCI and Reference."""
    renamed = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/NonStruct", "/P": "/Reference"}
    for annotation in annotations:
        for ancestor in structure.ancestors(structure.element_of(annotation)):
            ancestor["S"] = renamed.get(ancestor["S"], ancestor["S"])


class _Structure:
    """The structure tree of a PDF, as WeasyPrint built it (ISO 32000-1 § 14.7)."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        # The parent tree: page numbers to arrays of elements, then numbers of annotations to their elements.
        self.numbers = self.object(self.object(pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
        self.parents = dict(zip(self.numbers[::2], self.numbers[1::2], strict=True))

    def object(self, reference: bytes) -> Any:
        """The object that a reference (``b"12 0 R"``) points at."""
        return self.pdf.objects[_number(reference)]

    def element_of(self, annotation: Any) -> Any:
        """The Link element that holds an annotation."""
        return self.object(self.parents[annotation["StructParent"]])

    def ancestors(self, element: Any) -> Iterator[Any]:
        """The elements above one, up to the document."""
        while (element := self.object(element["P"])).get("Type") == "/StructElem":
            yield element

    def merge_link(self, annotation: Any, kept: Any) -> None:
        """Moves the words of one line of a link to the element of its first line, and takes the other element away."""
        key = annotation["StructParent"]
        element, target = self.element_of(annotation), self.element_of(kept)
        for kid in element["K"]:
            if isinstance(kid, int):
                target["K"].append(kid)
            else:
                self.object(kid).clear()
        for parents in self.numbers[1::2]:
            if isinstance(parents, list):
                parents[:] = [target.reference if each == element.reference else each for each in parents]
        self.object(element["P"])["K"].remove(element.reference)
        element.clear()
        index = self.numbers[::2].index(key) * 2
        del self.numbers[index : index + 2]
        del self.parents[key]


def _pages(pdf: Any) -> list[Any]:
    return [pdf.objects[_number(reference)] for reference in pdf.page_references]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
