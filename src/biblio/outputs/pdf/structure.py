"""The structure tree of a PDF, as WeasyPrint builds it: read, and mended where it follows pages in place of the text.

WeasyPrint tags each page by itself, so that what runs over a page is two elements, and the lines of a link are two
links. Screen readers would announce a list of thirteen notices as four lists, and a paragraph as two. Source:
ISO 32000-1 § 14.7 and § 14.8; ISO 14289-1 § 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

_SAID_ONCE = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"))
_OF_NO_MEANING = frozenset(("/Span", "/NonStruct", "/Div"))


class Structure:
    """The structure tree of one PDF; its elements are pydyf dictionaries."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        root = self.object(pdf.catalog["StructTreeRoot"])
        self.document = self.object(root["K"][0])
        # The parent tree: page numbers to arrays of elements, then numbers of annotations to their elements.
        self.numbers = self.object(root["ParentTree"])["Nums"]
        self.parents = dict(zip(self.numbers[::2], self.numbers[1::2], strict=True))

    def object(self, reference: bytes) -> Any:
        """The object that a reference (``b"12 0 R"``) points at."""
        return self.pdf.objects[int(reference.split()[0])]

    def elements(self) -> Iterator[Any]:
        """Every element below the document, in the order in which they were made."""
        every = (each for each in self.pdf.objects if isinstance(each, dict) and each.get("Type") == "/StructElem")
        return (each for each in every if each is not self.document)

    def element_of(self, annotation: Any) -> Any:
        """The Link element that holds an annotation."""
        return self.object(self.parents[annotation["StructParent"]])

    def ancestors(self, element: Any) -> Iterator[Any]:
        """The elements above one, up to the document."""
        while (element := self.object(element["P"])).get("Type") == "/StructElem":
            yield element

    def merge_link(self, annotation: Any, kept: Any, page: int) -> None:
        """Moves the words of one line of a link to the element of its first line, and takes the other element away.

        Both lines are on ``page``, counted from 0. ``write_parents`` is due once after the last of these.
        """
        element, target = self.element_of(annotation), self.element_of(kept)
        for kid in element["K"]:
            if isinstance(kid, int):
                target["K"].append(kid)
                self.parents[page][kid] = target.reference
            elif (inner := self.object(kid)).get("Type") == "/StructElem":
                target["K"].append(kid)
                inner["P"] = target.reference
            else:
                inner.clear()
        self.object(element["P"])["K"].remove(element.reference)
        element.clear()
        del self.parents[annotation["StructParent"]]

    def write_parents(self) -> None:
        """Puts the parent tree back into the PDF after links were merged."""
        self.numbers[:] = [item for pair in self.parents.items() for item in pair]

    def flatten(self) -> None:
        """Takes the heading out of a heading, and the paragraph out of a paragraph.

        The engine tags the box that it puts around the words of an element, where something drawn stands beside them,
        as the element once more.
        """
        for element in self.elements():
            if element["S"] in _SAID_ONCE and self.object(element["P"]).get("S") == element["S"]:
                element["S"] = "/NonStruct"

    def prune(self) -> None:
        """Takes away the elements of no meaning that nothing is in: what is drawn, or only names a place."""
        for element in reversed(list(self.elements())):
            if element["S"] in _OF_NO_MEANING and not element["K"]:
                above = self.object(element["P"])
                if element.reference in above["K"]:
                    above["K"].remove(element.reference)
                    element.clear()

    def join_pages(self, pages: list[Any]) -> None:
        """Makes one element of each that runs over a page: part, section, list, item, paragraph.

        The boxes of the layout say which: the path of the last box of a page and that of the first of the next share
        the HTML elements that the page break cuts.
        """
        tops = self._tops(len(pages))
        for index in range(1, len(pages)):
            cut = _shared(_path(pages[index - 1], -1), _path(pages[index], 0))
            if cut and tops[index - 1] and tops[index]:
                joined = self._join(tops[index - 1][-1], tops[index][0], cut)
                if joined:
                    self.document["K"].remove(tops[index][0].reference)
                    tops[index][0] = tops[index - 1][-1]

    def _tops(self, pages: int) -> list[list[Any]]:
        """The elements right under the document, by the number of their page."""
        tops: list[list[Any]] = [[] for _ in range(pages)]
        numbers = {reference: number for number, reference in enumerate(self.pdf.page_references)}
        for reference in self.document["K"]:
            element = self.object(reference)
            tops[numbers[element["Pg"]]].append(element)
        return tops

    def _join(self, first: Any, second: Any, cut: list[Element]) -> bool:
        """Moves the children of ``second`` into ``first``, and so on inwards along the elements that the break cuts."""
        depth = sum(2 if element.tag == "li" else 1 for element in cut)
        for level in range(depth):
            if first["S"] != second["S"]:
                return level > 0
            kids = second["K"]
            inner = self._elements(kids)[:1] if level + 1 < depth else []
            last = self._elements(first["K"])[-1:] if inner else []
            joins = bool(inner and last) and inner[0]["S"] == last[0]["S"]
            for kid in kids[1:] if joins else kids:
                first["K"].append(kid)
                if isinstance(kid, bytes) and "P" in self.object(kid):
                    self.object(kid)["P"] = first.reference
            second.clear()
            if not joins:
                return True
            first, second = last[0], inner[0]
        return True

    def _elements(self, kids: list[Any]) -> list[Any]:
        found = [self.object(kid) for kid in kids if isinstance(kid, bytes)]
        return [each for each in found if each.get("Type") == "/StructElem"]

    def unmark_furniture(self, streams: list[Any]) -> None:
        """Marks running heads and page numbers as artifacts, which are not read out (ISO 14289-1 § 7.8).

        WeasyPrint gives them elements that hang from nothing; ``streams`` are the contents of the pages, in order.
        """
        for number, stream in enumerate(streams):
            elements = self.parents[number]
            furniture = {index for index, each in enumerate(elements) if self._is_loose(self.object(each))}
            for index, item in reversed(list(enumerate(stream.stream))):
                if isinstance(item, dict) and item.get("MCID") in furniture:
                    stream.stream[index - 1 : index + 2] = ["/Artifact", b"BMC"]
            if furniture:
                elements[:] = ["null" if index in furniture else each for index, each in enumerate(elements)]

    def _is_loose(self, element: Any) -> bool:
        """Whether one of the elements above does not know the one below it."""
        while element.get("Type") == "/StructElem" and element is not self.document:
            above = self.object(element["P"])
            if element.reference not in above["K"]:
                return True
            element = above
        return False


def _path(page: Any, end: int) -> list[Element]:
    """The HTML elements, from ``body`` inwards, of the boxes at one end of a page: the first (0) or the last (-1)."""
    path: list[Element] = []
    box = page._page_box.children[0]  # the layout has no other door
    while box is not None:
        element = box.element
        if element is not None and element.tag not in ("html", "body") and (not path or path[-1] is not element):
            path.append(element)
        children = [
            child for child in getattr(box, "children", ()) if hasattr(child, "element") and child.is_in_normal_flow()
        ]
        box = children[end] if children else None
    return path


def _shared(last: list[Element], first: list[Element]) -> list[Element]:
    """The elements that both paths begin with, blocks alone: the words of a line stay where they are."""
    shared = []
    for one, other in zip(last, first, strict=False):
        if one is not other or one.tag not in ("main", "section", "div", "ul", "ol", "li", "p", "nav"):
            break
        shared.append(one)
    return shared
