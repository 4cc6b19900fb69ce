"""What composing needs at every level: the knobs, the typography, the anchors already given, the faults found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from biblio.citation import Preset
from biblio.citation.limits import MOST_CHARACTERS, fit
from biblio.citation.options import Options
from biblio.citation.titles import full_title
from biblio.collection.themes import Themes
from biblio.document.tree import Line, Notice, Role
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference
from biblio.style.style import Style
from biblio.text.collation import slugify
from biblio.text.inline import Inline, Link, Rich, Text, Verbatim, text
from biblio.text.typography import typeset
from biblio.words.faults import Diagnostic, diagnose

# What has an anchor of its own in every document: the contents, and the list of what is new.
RESERVED = ("contents", "new")

_ADDRESS = re.compile(
    r"(?P<web>https?://[^\s<>«»]*[^\s<>«».,;:!?)\]])|(?<![\w.+-])[\w+-][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)

LONGEST_LABEL = 100
# The fields in which a role's text is typed, for messages.
_TYPED: Mapping[Role, tuple[str, ...]] = {
    Role.AUTHORS: ("author", "editor"),
    Role.TITLE: ("title", "subtitle"),
    Role.SOURCE: ("journaltitle", "booktitle", "publisher"),
    Role.EVENT: ("eventtitle", "venue"),
    Role.NOTE: ("note",),
    Role.ANNOTATION: ("annotation", "abstract"),
    Role.LINK: ("links", "url"),
}


@dataclass(slots=True)
class Composer:
    """Sets words and makes notices. ``first`` has the notice of each reference, by citekey: the first one.

    ``fields`` are printed beside the description. ``images`` are those that texts may show, by their paths.
    """

    options: Options
    preset: Preset
    style: Style
    themes: Themes
    taken: set[str] = field(default_factory=lambda: set(RESERVED))
    first: dict[str, Notice] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    fields: tuple[str, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)

    def set(self, rich: Rich) -> Rich:
        """The same text with its typography."""
        return typeset(rich, self.options.lang, self.style.typography)

    def words(self, value: str) -> Rich:
        """A plain text with its typography."""
        return self.set(text(value))

    def anchor(self, wanted: str) -> str:
        """An anchor that no other place of the document has."""
        slug = slugify(wanted) or "section"
        unique, number = slug, 2
        while unique in self.taken:
            unique, number = f"{slug}-{number}", number + 1
        self.taken.add(unique)
        return unique

    def notice(self, reference: Reference, label: str = "", beside: tuple[Line, ...] = (), new: str = "") -> Notice:
        """A notice with its tags; the lines ``beside`` stand before its links, and where it is held behind them."""
        cited = self.fitted(reference)
        held = tuple(line for line in beside if line.role is Role.HOLDING)
        about = tuple(line for line in beside if line.role is not Role.HOLDING)
        lines = tuple(
            line
            if line.role is Role.LINK and _is_bare(line.content)
            else replace(line, content=self.set(line.content), printed=self.set(line.printed))
            for line in self.arranged((*_before_links(cited), *fit(about).lines, *_links(cited), *fit(held).lines))
        )
        return Notice(self.anchor(f"ref-{reference.citekey}"), reference.citekey, label[:LONGEST_LABEL], lines, new)

    def fitted(self, reference: Reference) -> tuple[Line, ...]:
        """The lines of a notice, cut where they are beyond all measure (W105)."""
        found = fit(self.preset.cite(reference, self.options))
        self.diagnostics += (
            diagnose("W105", reference.origin.of(*_TYPED.get(role, ())), reference.citekey, limit=MOST_CHARACTERS)
            for role in sorted(found.cut)
        )
        return found.lines

    def arranged(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines that the style wants, in its order; all of them, in that of the grammar, where it names none."""
        wanted = [word.value for word in self.style.spec.notice_lines]
        return tuple(line for role in wanted for line in lines if line.role == role) if wanted else lines

    def title_of(self, reference: Reference) -> Rich:
        """What a reference is called where it is only pointed to: its title, else its citekey."""
        title = full_title(reference, self.options) or text(reference.citekey)
        return self.set(fit((Line(Role.TITLE, title),)).lines[0].content)

    def label_of(self, word: str) -> str:
        """What a keyword is called: the label of the theme that it is, else the word as it was typed."""
        slug = self.themes.find(word)
        return self.themes.label(slug, self.options.lang) if slug else word


def with_links(value: str) -> Rich:
    """A plain text whose addresses, of the web or of mail, are links."""
    rich: list[Inline] = []
    position = 0
    for match in _ADDRESS.finditer(value):
        address = match.group()
        rich.extend(text(value[position : match.start()]))
        href = address if match["web"] else f"mailto:{address}"
        rich.append(Link(href, (Verbatim(address),)) if is_safe(href) else Text(address))
        position = match.end()
    return (*rich, *text(value[position:]))


def _is_bare(content: Iterable[Inline]) -> bool:
    """Whether a line is an address alone, printed as it is: the words of other links are set like any."""
    return all(isinstance(node, Link) and all(isinstance(each, Verbatim) for each in node.children) for node in content)


def _before_links(lines: tuple[Line, ...]) -> Iterator[Line]:
    return (line for line in lines if line.role is not Role.LINK)


def _links(lines: tuple[Line, ...]) -> Iterator[Line]:
    return (line for line in lines if line.role is Role.LINK)
