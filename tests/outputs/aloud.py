"""A PDF as a screen reader says it: one line an utterance, in the order of the structure (ISO 32000-1 § 14.8, § 14.9).

A heading is told with its level, a list with the number of its items, a link with its description where it has one, and
a passage in another language than the document's with the name of that language.
"""

from __future__ import annotations

from collections.abc import Iterator

from outputs.tagged import HEADINGS, Element, Run, Tagged, words

# What is said as one, with all that is inside.
UTTERED = (*HEADINGS, "P", "Reference", "Lbl", "Caption")


def aloud(tagged: Tagged, lang: str) -> list[str]:
    """What is said of a document in that language, from its first page to its last."""
    return [line for line in _element(tagged.root, lang) if line]


def _element(element: Element, lang: str) -> Iterator[str]:
    if element.tag in ("L", "TOC"):
        items = [kid for kid in element.kids if isinstance(kid, Element)]
        yield f"list of {len(items)}"
    if element.tag in UTTERED:
        kind = f"heading {element.tag[1]}: " if element.tag in HEADINGS else ""
        yield kind + " ".join(_spoken(element, element.lang or lang, lang).split())
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _element(kid, lang)


def _spoken(element: Element, own: str, lang: str) -> str:
    """The words inside an element; a run of another language in brackets, behind its name."""
    told: list[str] = []
    runs: list[Run] = []
    for kid in element.kids:
        if isinstance(kid, Run):
            runs.append(kid)
            continue
        told.append(words(runs))
        runs = []
        if isinstance(kid, Element):
            told.append(_inner(kid, own, lang))
    told.append(words(runs))
    said = " ".join(filter(None, told))
    return f"[{own}: {said}]" if element.lang and own != lang else said


def _inner(element: Element, own: str, lang: str) -> str:
    said = _spoken(element, element.lang or own, lang)
    if element.tag != "Link":
        return said
    links = list(element.annotations())
    return f"link: {links[0].contents if links else said}"
