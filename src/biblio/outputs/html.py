"""A document as HTML: the source of the PDF, the accessible twin that is read on a screen, and the e-mail."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Literal

from markupsafe import Markup

from biblio import __version__
from biblio.document.picture import Picture
from biblio.document.tree import Document
from biblio.dossier.kinds import KINDS
from biblio.outputs.email_css import inlined
from biblio.outputs.facets import facets
from biblio.outputs.link_words import is_bare, link_words
from biblio.outputs.qr import qr_code
from biblio.outputs.take_away import TakeAway
from biblio.outputs.template import template
from biblio.reference.languages import is_right_to_left
from biblio.reference.link import is_safe
from biblio.style.style import Style
from biblio.text.hold import held
from biblio.text.inline import (
    Abbr,
    Break,
    Emph,
    Inline,
    Key,
    Lang,
    Link,
    Quoted,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    Version,
    plain,
)
from biblio.words.tables import term

Medium = Literal["page", "screen", "site"]


def render_html(
    document: Document, style: Style, medium: Medium, stamp: datetime, carried: TakeAway | None = None
) -> str:
    """The whole page, in one string.

    For ``page`` it has no style sheet, which the PDF renderer adds; for ``screen`` the style's sheet stands inside,
    so that the file is read anywhere, with what is ``carried``. ``stamp``, in UTC, dates it. Every text is escaped; no
    text becomes markup.
    """
    script = find_script() if carried and carried.references else ""
    return _rendered(
        KINDS[document.kind].template,
        document,
        style=style.name,
        screen_css=_inside_style(style.screen_css) if medium == "screen" else "",
        medium=medium,
        carried=carried,
        facets=facets(document, carried) if carried else (),
        script=Markup(script),  # our own, and none of it is from a dossier
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        paper=document.paper.lower(),
        stamp=stamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def inside(picture: Picture) -> str:
    """The address of an image that stands in the page itself."""
    return picture.inline


def render_email(document: Document, style: Style, address: Callable[[Picture], str] = inside) -> str:
    """The e-mail of a kind that has a template for it: tables, with the style's ``email.css`` on each element.

    ``address`` tells where mail readers find an image.
    """
    page = _rendered(KINDS[document.kind].email, document, mailing=document.mailing, address=address)
    return inlined(page, style.email_css)


def _rendered(name: str, document: Document, **values: object) -> str:
    lang = document.metadata.lang
    filters = {
        "rich": rich_html,
        "plain": plain,
        "linked": linked_html,
        "direction": direction,
        "qr_code": qr_code,
        "link_words": link_words,
        "held": held if values.get("medium") == "page" else _as_it_is,
    }
    page: str = template(name, **filters).render(
        document=document,
        version=__version__,
        right_to_left=is_right_to_left(lang),
        term=lambda word: term(word, lang),
        **values,
    )
    return page


def _as_it_is(rich: Rich) -> Rich:
    return rich


def _inside_style(css: str) -> Markup:
    """A style sheet inside ``<style>``, where ``</`` alone could end it (HTML Living Standard § 13.2.5.14)."""
    return Markup(css.replace("</", "<\\/"))  # a sheet of a style, with its only way out closed


@cache
def find_script() -> str:
    """The script of the page, by which it is searched."""
    return files("biblio.outputs").joinpath("templates", "find.js").read_text(encoding="utf-8")


def rich_html(rich: Rich) -> Markup:
    """The markup of an inline tree."""
    return Markup("").join(_inline(node) for node in rich)


def linked_html(rich: Rich, title: Rich, medium: Medium = "screen") -> Markup:
    """The markup of a line of links, each address of which says in words where it leads.

    On a screen the words come with the address that is seen, which those who speak to their browser say (WCAG 2.5.3);
    in the PDF they are the description of the link.
    """
    return Markup("").join(
        _link(node, _said(node, title, medium)) if isinstance(node, Link) else _inline(node) for node in rich
    )


def _said(link: Link, title: Rich, medium: Medium) -> str:
    if not is_bare(link):
        return ""
    words, shown = link_words(link.href, title), plain(link.children)
    if words == shown:
        return ""
    return words if medium == "page" else f"{words}, {shown}"


def direction(rich: Rich) -> Markup:
    """The attribute of a line that is written from right to left as a whole, and so begins at the right."""
    return Markup(' dir="rtl"') if rich and all(map(_is_right_to_left, rich)) else Markup("")


def _is_right_to_left(node: Inline) -> bool:
    match node:
        case Lang(lang, _):
            return is_right_to_left(lang)
        case Text(value):
            return not any(map(str.isalnum, value))
        case Emph(children) | Strong(children) | Key(_, children):
            return all(map(_is_right_to_left, children))
        case _:
            return False


def _inline(node: Inline) -> Markup:
    match node:
        case Text(value):
            return Markup("{}").format(value)
        case Verbatim(value):
            return Markup('<span class="verbatim">{}</span>').format(value)
        case Emph(children):
            return Markup("<em>{}</em>").format(rich_html(children))
        case Strong(children):
            return Markup("<strong>{}</strong>").format(rich_html(children))
        case Sup(children):
            return Markup("<sup>{}</sup>").format(rich_html(children))
        case Sub(children):
            return Markup("<sub>{}</sub>").format(rich_html(children))
        case SmallCaps(children):
            return Markup('<span class="small-caps">{}</span>').format(rich_html(children))
        case Quoted(children):
            return Markup("<q>{}</q>").format(rich_html(children))
        case Lang(lang, children):
            direction = Markup(' dir="rtl"') if is_right_to_left(lang) else ""
            return Markup('<span lang="{}"{}>{}</span>').format(lang, direction, rich_html(children))
        case Abbr(expansion, children):
            return Markup('<abbr title="{}">{}</abbr>').format(expansion, rich_html(children))
        case Key(_, children):
            return rich_html(children)
        case Break():
            return Markup("<br>")
        case Link():
            return _link(node)


def _link(link: Link, said: str = "") -> Markup:
    """A link holds characters alone: PDF/UA readers lose the link of an element inside ``<a>`` (veraPDF 7.18.5-1)."""
    if not is_safe(link.href):
        return rich_html(link.children)
    bare = Markup(' class="bare"') if is_bare(link) else ""
    label = Markup(' aria-label="{}"').format(said) if said else ""
    version = _version(link.version) if link.version else ""
    return Markup('<a{} href="{}"{}{}>{}</a>').format(bare, link.href, label, version, plain(link.children))


def _version(version: Version) -> Markup:
    """The attributes of a robust link, by which programs find the copy. Source: robustlinks.mementoweb.org/spec."""
    return Markup(' data-originalurl="{}" data-versionurl="{}" data-versiondate="{}"').format(
        version.original, version.url, version.date
    )
