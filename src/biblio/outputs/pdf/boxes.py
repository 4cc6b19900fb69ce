"""Which element of the structure tree each box of the layout became.

WeasyPrint makes the tree from the boxes and keeps no trace of which made which; but it makes the elements in the order
in which it walks through the boxes, and this module walks behind it (``weasyprint.pdf.tags``). What the elements of the
page say, their language above all, can then be said in the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LIST_ITEMS = ("li", "dt", "dd")


@dataclass(frozen=True, slots=True)
class Made:
    """A box and what it became: a structure element, or for a box of text the number of its marked content."""

    box: Any
    page: int
    element: Any = None
    content: int | None = None


def made(pages: list[Any], structure_elements: Iterator[Any]) -> Iterator[Made]:
    """The boxes of some pages with the elements that WeasyPrint made of them, in the order of making.

    ``structure_elements`` are those of the PDF without the document's own, by their numbers. The tree must be as it was
    made.
    """
    for number, page in enumerate(pages):
        yield from _inside(page._page_box, "/Document", number, structure_elements)  # the layout has no other door


def _inside(box: Any, above: str, page: int, elements: Iterator[Any]) -> Iterator[Made]:
    box = getattr(box, "_box", box)  # what stands for a box that is placed absolutely
    kind = type(box).__name__
    tag = None if box.element is None else box.element_tag
    if kind in ("PageBox", "MarginBox") or (tag in ("html", "body") and kind != "LineBox"):
        for child in box.children:
            yield from _inside(child, above, page, elements)
        return
    if tag in _LIST_ITEMS and above not in ("/LI", "/LBody") and _has_no_bullet(box):
        above = next(elements)["S"]  # the item around its body
    element = next(elements)
    yield Made(box, page, element)
    direct = iter([kid for kid in element["K"] if isinstance(kid, int)])
    if tag == "table" and box.is_table_wrapper and (table := box.get_wrapped_table()):
        children = [each for child in box.children for each in (child.children if child is table else [child])]
    else:
        children = list(box.children)
    for child in children:
        for inner in child.children if type(child).__name__ == "LineBox" else [child]:
            if type(inner).__name__ != "TextBox":
                yield from _inside(inner, element["S"], page, elements)
            elif element["S"] == "/Link":
                yield Made(inner, page, content=next(direct))
            else:
                yield Made(inner, page, content=next(elements)["K"][0])


def _has_no_bullet(box: Any) -> bool:
    return box.element_tag != "li" or "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
