"""Two trees of HTML compared: where the second differs from the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element


class Unkept(Exception):  # noqa: N818  # no error: the whole is laid out
    """What changed cannot be made by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An element that is not as it was: the elements that lead to it from the root, itself the last, in both trees."""

    old: tuple[Element, ...]
    new: tuple[Element, ...]


def differences(old: Element, new: Element) -> Iterator[Difference]:
    """The innermost elements of ``old`` that differ from those of ``new`` by tag, attributes, words or children.

    The words behind an element are its parent's. An element with as many children as before differs by itself alone
    where its tag, attributes and own words do; then its children are not compared.
    """
    yield from differences_under((old,), (new,))


def differences_under(olds: tuple[Element, ...], news: tuple[Element, ...]) -> Iterator[Difference]:
    """The same of elements that other elements lead to."""
    old, new = olds[-1], news[-1]
    if (
        old.tag != new.tag
        or old.text != new.text
        or len(old) != len(new)
        or old.attrib != new.attrib
        or any(one.tail != other.tail for one, other in zip(old, new, strict=True))
    ):
        yield Difference(olds, news)
        return
    for one, other in zip(old, new, strict=True):
        yield from differences_under((*olds, one), (*news, other))


def chain_to(anchor: str, root: Element) -> tuple[Element, ...]:
    """The elements that lead to the one that links call so, itself the last; none where there is none."""
    if root.get("id") == anchor:
        return (root,)
    for child in root:
        if chain := chain_to(anchor, child):
            return (root, *chain)
    return ()


def is_alike(old: Element, new: Element) -> bool:
    """Whether two elements differ in their words alone, so that each rule of a style that holds for one does for both.

    No selector asks for words, but whether there are any (``:empty``, Selectors 4 § 13.2).
    """
    return (
        old.tag == new.tag
        and old.attrib == new.attrib
        and len(old) == len(new)
        and bool(old.text) == bool(new.text)
        and all(
            bool(one.tail) == bool(other.tail) and is_alike(one, other) for one, other in zip(old, new, strict=True)
        )
    )


def take_words(old: Element, new: Element) -> None:
    """Gives the elements of ``old`` the words of ``new``, which is alike."""
    old.text = new.text
    for one, other in zip(old, new, strict=True):
        one.tail = other.tail
        take_words(one, other)


def ends_in_space(chain: tuple[Element, ...]) -> bool:
    """Whether what stands right before the last of these elements, which are blocks, is white space."""
    while len(chain) > 1:
        *_, parent, element = chain
        at = next(index for index, child in enumerate(parent) if child is element)
        before = parent[at - 1].tail if at else parent.text
        if before:
            return before[-1].isspace()
        if at:
            return False
        chain = chain[:-1]
    return False
