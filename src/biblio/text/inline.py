"""The inline tree: text with the few kinds of emphasis that a bibliography knows, and functions over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters, open to typography."""

    text: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A run of characters that nothing may change: mathematics, a code, an identifier."""

    text: str


@dataclass(frozen=True, slots=True)
class Emph:
    """Emphasis, set in italic."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong emphasis, set in bold."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Sup:
    """Superscript: ordinals, exponents."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Sub:
    """Subscript."""

    children: Rich


@dataclass(frozen=True, slots=True)
class SmallCaps:
    """Small capitals."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, whose marks the typography of the language around it chooses."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Lang:
    """Text in another language, a BCP 47 tag; its typography is that language's."""

    lang: str
    children: Rich


@dataclass(frozen=True, slots=True)
class Abbr:
    """An acronym, and what it stands for."""

    expansion: str
    children: Rich


@dataclass(frozen=True, slots=True)
class Key:
    """A key of biblatex inside a text; its children say it in the language of no dossier, French."""

    key: str
    children: Rich


@dataclass(frozen=True, slots=True)
class Version:
    """A copy of a page in an archive: the address of the page, that of the copy, and its day (``2021-05-03``)."""

    original: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``href`` is never touched by typography. ``version`` is the copy that is known of what it leads to."""

    href: str
    children: Rich
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph; its children are the space that stands where there are no lines."""

    children: Rich = (Text(" "),)


Leaf = Text | Verbatim
Branch = Emph | Strong | Sup | Sub | SmallCaps | Quoted | Lang | Abbr | Key | Link | Break
Inline = Leaf | Branch
Rich = tuple[Inline, ...]


def text(value: str) -> Rich:
    """The tree of a plain string; the empty string gives the empty tree."""
    return (Text(value),) if value else ()


def plain(rich: Rich) -> str:
    """The characters of a tree, without its structure; quotations keep plain double quotes."""
    return "".join(_plain(node) for node in rich)


def _plain(node: Inline) -> str:
    match node:
        case Text(value) | Verbatim(value):
            return value
        case Quoted(children):
            return f'"{plain(children)}"'
        case _:
            return plain(node.children)


def with_children(node: Branch, children: Rich) -> Branch:
    """The same branch around other children."""
    match node:
        case Lang(lang, _):
            return Lang(lang, children)
        case Abbr(expansion, _):
            return Abbr(expansion, children)
        case Key(key, _):
            return Key(key, children)
        case Link(href, _, version):
            return Link(href, children, version)
        case _:
            return type(node)(children)


def map_text(rich: Rich, change: Callable[[str], Rich]) -> Rich:
    """A tree whose ``Text`` leaves went through ``change``; everything else stands as it was."""
    changed: list[Inline] = []
    for node in rich:
        match node:
            case Text(value):
                changed.extend(change(value))
            case Verbatim():
                changed.append(node)
            case _:
                changed.append(with_children(node, map_text(node.children, change)))
    return tuple(changed)


def join(parts: list[Rich] | tuple[Rich, ...], separator: str) -> Rich:
    """The non-empty parts, with ``separator`` between them."""
    joined: list[Inline] = []
    for part in parts:
        if part:
            if joined:
                joined.append(Text(separator))
            joined.extend(part)
    return merge(tuple(joined))


def merge(rich: Rich) -> Rich:
    """The same tree with neighbouring ``Text`` leaves run together, so that typography sees whole phrases."""
    merged: list[Inline] = []
    for node in rich:
        if isinstance(node, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + node.text)
        else:
            merged.append(node)
    return tuple(merged)
