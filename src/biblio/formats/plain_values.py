"""The value of a field as plain text, the same in every format that has no structure for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from biblio.reference.bodies import joined_again
from biblio.reference.date import edtf
from biblio.reference.fields import Kind
from biblio.reference.link import DocumentLink
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent
from biblio.reference.provenance import Provenance
from biblio.text.inline import Rich, plain


def plain_value(kind: Kind, value: Any) -> str:
    """The value of a field of that kind as somebody would type it; several names or words with semicolons."""
    return _CONVERTERS[kind](value) if value else ""


def whole_title(title: Rich, subtitle: Rich) -> str:
    """A title with its subtitle, parted as ISBD does, the same in every language."""
    return " : ".join(filter(None, (plain(title), plain(subtitle))))


def plain_name(name: Name) -> str:
    """``Family, Suffix, Given``, as BibTeX files have it; a body as it stands."""
    return name.literal or ", ".join(filter(None, (name.full_family, name.suffix, name.given)))


def natural_name(name: Name) -> str:
    """``Given Family Suffix``, as on a title page; a body as it stands."""
    return name.literal or " ".join(filter(None, (name.given, name.full_family, name.suffix)))


def paragraphs(value: Sequence[Rich]) -> str:
    """Paragraphs with a blank line between them."""
    return "\n\n".join(map(plain, value))


def bare_number(number: Numbering | None) -> str:
    """A number with its supplement and without its label (*vol.*, *tome*), which readers bring along."""
    return " ".join(filter(None, (number.value, number.supplement))) if number else ""


def _names(names: Names) -> str:
    return "; ".join([*map(plain_name, names.people), *(["et al."] if names.others else [])])


def _numbering(number: Numbering) -> str:
    return " ".join(filter(None, (number.label, number.value, number.supplement)))


def _extent(extent: Extent) -> str:
    return "np" if extent.unknown else extent.count


def _link(link: DocumentLink) -> str:
    details = ", ".join(filter(None, (link.format, link.size, "résumé" if link.abstract_only else "")))
    parts = (link.label, f"<{link.url}>" if link.url else "", f"({details})" if details else "")
    return " ".join(filter(None, parts))


def _provenance(provenance: Provenance) -> str:
    words = ("extrait" if provenance.extract else "", "d'après" if provenance.adapted else "", provenance.source.value)
    return " ".join(filter(None, words))


_CONVERTERS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.RICH: plain,
    Kind.PARAGRAPHS: paragraphs,
    Kind.NAMES: _names,
    Kind.LIST: lambda values: "; ".join(joined_again(values)),
    Kind.KEYWORDS: "; ".join,
    Kind.DATE: edtf,
    Kind.PAGES: str,
    Kind.EXTENT: _extent,
    Kind.NUMBERING: _numbering,
    Kind.LITERAL: str,
    Kind.LANGUAGE: str,
    Kind.VERBATIM: str,
    Kind.LINKS: lambda links: "\n".join(map(_link, links)),
    Kind.PROVENANCE: _provenance,
    Kind.HOLDINGS: lambda holdings: "\n".join(map(str, holdings)),
}
