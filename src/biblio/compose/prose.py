"""The documentalist's own texts: Markdown becomes paragraphs and lists, with emphasis and links.

CommonMark (spec.commonmark.org, 0.31) read by markdown-it. A dossier knows five of its constructs: paragraphs,
emphasis, strong emphasis, lists and links to http, https and mailto. The rest, headings, images, code, quotations,
rules and HTML, is printed as it was typed, and reported: nothing that was written is lost, and nothing becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from biblio.compose.composer import Composer, with_links
from biblio.diagnostics import Span, diagnose
from biblio.document import Flow, Listing, Paragraph, Prose
from biblio.model.link import is_safe
from biblio.richtext import Emph, Inline, Link, Rich, Strong, Text, Verbatim, merge, plain, text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SHOWN = 60  # as many characters of what cannot be set are quoted in a message


def prose(value: str, span: Span, composer: Composer) -> Prose:
    """The text of a Markdown source, typeset. What it cannot say is reported at ``span`` (W111, W112)."""
    if not value.strip():
        return Prose(())
    reader = _Reader(value.split("\n"), span, composer)
    return Prose(tuple(reader.flow(_parser().parse(value))))


@cache
def _parser() -> MarkdownIt:
    # Only when there is a text to read: the commands that read none start faster.
    from markdown_it import MarkdownIt

    # Link definitions on lines of their own would vanish when nothing refers to them.
    parser = MarkdownIt("commonmark").disable("reference")
    # Every address is looked at here: one that may not be a link is printed, and said to be.
    parser.validateLink = _any_address  # type: ignore[method-assign]
    return parser


def _any_address(url: str) -> bool:
    return True


class _Reader:
    """Makes the pieces of one text from its tokens."""

    def __init__(self, lines: Sequence[str], span: Span, composer: Composer) -> None:
        self.lines = lines
        self.span = span
        self.composer = composer

    # --- paragraphs and lists ---------------------------------------------------------------------------------------

    def flow(self, tokens: Sequence[Token]) -> Iterator[Flow]:
        for first, inside in _elements(tokens):
            if first.type == "paragraph_open":
                yield Paragraph(self.composer.set(self.inline(inside[0].children or ())))
            elif first.type in ("bullet_list_open", "ordered_list_open"):
                items = tuple(tuple(self.flow(item)) for _, item in _elements(inside))
                start = int(first.attrs.get("start", 1)) if first.type == "ordered_list_open" else 0
                yield Listing(items, start)
            else:
                begin, end = first.map or (0, 0)
                typed = " ".join(" ".join(self.lines[begin:end]).split())
                yield Paragraph(self.composer.words(self.unsupported(typed)))

    # --- what stands in a line --------------------------------------------------------------------------------------

    def inline(self, tokens: Sequence[Token]) -> Rich:
        rich: list[Inline] = []
        for first, inside in _elements(tokens):
            match first.type:
                case "text":
                    rich += with_links(first.content)
                case "softbreak" | "hardbreak":
                    rich.append(Text(" "))
                case "em_open":
                    rich.append(Emph(self.inline(inside)))
                case "strong_open":
                    rich.append(Strong(self.inline(inside)))
                case "link_open":
                    rich += self.link(first, inside)
                case "image":
                    rich.append(Text(self.unsupported(f"![{first.content}]({first.attrs.get('src', '')})")))
                case _:
                    rich.append(Text(self.unsupported(f"{first.markup}{first.content}{first.markup}")))
        return merge(tuple(rich))

    def link(self, token: Token, inside: Sequence[Token]) -> Rich:
        url = str(token.attrs.get("href", ""))
        if token.info == "auto":
            words: Rich = (Verbatim("".join(each.content for each in inside)),)
        else:
            words = text(plain(self.inline(inside)))
        if is_safe(url) and words:
            return (Link(url, words),)
        self.composer.diagnostics.append(diagnose("W112", self.span, url=url[:_SHOWN]))
        return words if token.info == "auto" else (*words, Text(" ("), Verbatim(url), Text(")"))

    def unsupported(self, typed: str) -> str:
        """Reports what was typed, and gives it back to be printed."""
        shown = typed if len(typed) <= _SHOWN else typed[: _SHOWN - 1] + "…"
        self.composer.diagnostics.append(diagnose("W111", self.span, text=shown))
        return typed


def _elements(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each token of the outermost level, with those up to the one that closes it."""
    position = 0
    while position < len(tokens):
        end = position
        depth: int = tokens[position].nesting
        while depth > 0:
            end += 1
            depth += tokens[end].nesting
        yield tokens[position], tokens[position + 1 : end]
        position = end + 1
