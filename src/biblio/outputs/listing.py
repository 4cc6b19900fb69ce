"""References as the notices that a dossier prints: in Markdown, as the text of an e-mail, as a page with COinS."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from markupsafe import Markup

from biblio import __version__
from biblio.document.tree import Line, Notice, Role
from biblio.formats.text import without_controls
from biblio.outputs.coins import CLASS, coins
from biblio.outputs.html import rich_html
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference
from biblio.text.inline import Emph, Inline, Link, Quoted, Rich, Strong, Text, Verbatim, plain, text
from biblio.words.tables import term

WIDTH = 72  # columns: what mail programs leave as it is, with room for the marks of a few answers (RFC 3676 § 4.1)

# What Markdown takes for its own, in the dialects of CommonMark and pandoc; at the head of a line also lists and rules.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~^$&@!'\"])")
_AT_THE_HEAD = re.compile(r"\A(\d+)([.)])|\A([-+=:])")
# What a mail program may take for its own at the head of a line (RFC 3676 § 4.4).
_STUFFED = re.compile(r"\A(?:From |>|-- \Z)")


def _label(notice: Notice) -> tuple[Line, ...]:
    """The type that a notice begins with, as a line of its own."""
    return (Line(Role.NOTE, text(notice.label)),) if notice.label else ()


# --- Markdown --------------------------------------------------------------------------------------------------------


def markdown(notices: Sequence[Notice]) -> str:
    """A list with an item for each notice; the annotation has paragraphs of its own."""
    return "\n".join(map(_markdown_item, notices))


def _markdown_item(notice: Notice) -> str:
    paragraphs: list[list[str]] = []
    before: Role | None = None
    for line in (*_label(notice), *notice.lines):
        written = _markdown_rich(line.content)
        if before is None or Role.ANNOTATION in (line.role, before):
            paragraphs.append([written])
        else:
            paragraphs[-1].append(written)
        before = line.role
    blocks = ["\\\n  ".join(lines) for lines in paragraphs] or [""]
    return "- " + "\n\n  ".join(blocks) + "\n"


def _markdown_rich(rich: Rich, *, inside: bool = False) -> str:
    written = "".join(map(_markdown_inline, rich))
    return written if inside else _AT_THE_HEAD.sub(_escaped_head, written)


def _escaped_head(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _markdown_inline(node: Inline) -> str:
    match node:
        case Text(value) | Verbatim(value):
            return _MARKS.sub(r"\\\1", _in_a_line(value))
        case Emph(children):
            return _around("*", children)
        case Strong(children):
            return _around("**", children)
        case Quoted(children):
            return '\\"' + _markdown_rich(children, inside=True) + '\\"'
        case Link(href, children) if is_safe(href):
            address = href.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
            return (
                f"<{address}>" if plain(children) == href else f"[{_markdown_rich(children, inside=True)}](<{address}>)"
            )
        case _:
            return _markdown_rich(node.children, inside=True)


def _around(mark: str, children: Rich) -> str:
    """Words between marks, the blanks at their ends outside, where the marks hold."""
    written = _markdown_rich(children, inside=True)
    words = written.strip()
    if not words:
        return written
    head, tail = written[: len(written) - len(written.lstrip())], written[len(written.rstrip()) :]
    return f"{head}{mark}{words}{mark}{tail}"


def _in_a_line(value: str) -> str:
    return " ".join(without_controls(value).splitlines())


# --- the plain text of an e-mail -------------------------------------------------------------------------------------


def email_text(notices: Sequence[Notice]) -> str:
    """The notices in short lines, a blank line between them; an address stands whole, so that it can be followed."""
    return "\n".join("".join(f"{line}\n" for line in _email_lines(notice)) for notice in notices)


def _email_lines(notice: Notice) -> list[str]:
    written = [_email_rich(line.content) for line in (*_label(notice), *notice.lines)]
    lines = [line for each in written if each for line in _folded(_in_a_line(each))]
    return [f" {line}" if _STUFFED.match(line) else line for line in lines]


def _folded(value: str) -> list[str]:
    return textwrap.wrap(value, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]


def _email_rich(rich: Rich) -> str:
    return "".join(map(_email_inline, rich))


def _email_inline(node: Inline) -> str:
    match node:
        case Text(value) | Verbatim(value):
            return value
        case Quoted(children):
            return f'"{_email_rich(children)}"'
        case Link(href, children) if is_safe(href) and (words := _email_rich(children)) != href:
            return f"{words} <{href}>"
        case _:
            return _email_rich(node.children)


# --- a page ----------------------------------------------------------------------------------------------------------


def page(notices: Sequence[Notice], references: Sequence[Reference], lang: str) -> str:
    """A page with a list of notices, each with what Zotero and link resolvers read of its reference."""
    title = term("dossier.list", lang)
    items = Markup("").join(map(_page_item, notices, references))
    return Markup(
        '<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="biblio {version}">\n'
        "<title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<ul>\n{items}</ul>\n</main>\n</body>\n</html>\n"
    ).format(lang=lang, version=__version__, title=title, items=items)


def _page_item(notice: Notice, reference: Reference) -> Markup:
    lines = Markup("").join(
        Markup('<p class="{}">{}</p>\n').format(line.role.value, rich_html(line.content))
        for line in (*_label(notice), *notice.lines)
    )
    said = coins(reference)
    span = Markup('<span class="{}" title="{}"></span>').format(CLASS, said) if said else ""
    return Markup('<li id="{}">\n{}{}\n</li>\n').format(notice.anchor, lines, span)
