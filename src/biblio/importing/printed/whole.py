"""A notice in one paragraph, before any grammar: what is taken out of it first, and what is in italic or in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from biblio.importing.printed.addresses import inline_links, is_cut
from biblio.importing.printed.fragments import YEAR, take_identifiers
from biblio.importing.printed.paragraph import Paragraph
from biblio.reference.link import is_safe

_ONLINE = re.compile(
    r"\s*[\[(]\s*(?:en ligne|online|internet|page web|site web|web page|ressource en ligne)\s*[\])]\s*(?=[.,:;]?)",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"[«“]\s*+(?P<one>[^«»“”]{4,400}?)(?<!\s)\s*+[»”]|(?<!\w)\"(?P<two>[^\"]{4,400})\"(?!\w)"
    r"|(?<=[\s(])['‘](?P<three>[^\s'‘][^‘]{3,300}?)['’](?=[,.]\s)"
)
_SERIES = re.compile(r"\bcoll(?:ection|\.)?\s*+:?\s*+\Z", re.IGNORECASE)
_ANY_DATE = re.compile(rf"(?<!\d){YEAR}(?!\d)|\b(?:s\.\s?d\.|n\.\s?d\.)|sous presse|in press|à paraître", re.IGNORECASE)
# What a link says when it says nothing of the document.
_ON_LINE = re.compile(
    r"(?:lire|consulter|voir|accéder|accès|télécharger|texte intégral|en ligne|lien|pdf|disponible|ici|read|full text"
    r"|download|link|view|open)\b",
    re.IGNORECASE,
)
_SHORTEST = 25
_LONGEST = 1_600


@dataclass(slots=True)
class Whole:
    """A notice in one piece: its ``text`` without addresses and identifiers, which are in ``fields``.

    ``italics`` are its phrases in italic, in their order; ``quoted`` the first one in quotation marks, which stands at
    ``quoted_at`` of the text, marks included.
    """

    text: str
    fields: dict[str, str] = field(default_factory=dict)
    italics: tuple[str, ...] = ()
    quoted: str = ""
    quoted_at: tuple[int, int] = (0, 0)
    online: bool = False


def _is_series(text: str, place: int) -> bool:
    """Whether what stands at a place of a text is the name of a series, by the word before it."""
    return _SERIES.search(text[max(0, place - 14) : place]) is not None


def whole_of(paragraph: Paragraph) -> Whole:
    """The paragraph as a notice in one piece."""
    printed = paragraph.text
    links = inline_links(paragraph)
    for link in links:
        if _ON_LINE.match(link.label) and len(link.label) < 60:
            printed = printed.replace(link.label, " ")
    found = take_identifiers(printed)
    fields = found.fields
    for link in links:
        if is_safe(link.url) and not is_cut(link.url) and "url" not in fields and "doi.org/" not in link.url:
            fields["url"] = link.url
        elif (doi := re.fullmatch(r"https?://(?:dx\.)?doi\.org/(10\..+)", link.url)) is not None:
            fields.setdefault("doi", doi[1])
    bare, count = _ONLINE.subn("", found.rest)
    text = re.sub(r"\s+([.,;])", r"\1", " ".join(bare.split()))
    text = re.sub(r"(?:\s*[.,;:])*\s*([.,;:])$", r"\1", text).strip(" ,;:")
    italics = () if paragraph.italic else tuple(_italics(paragraph, text))
    # « coll. « Repères » » is no title.
    quoted = next((each for each in _QUOTED.finditer(text) if not _is_series(text, each.start())), None)
    return Whole(
        text,
        fields,
        italics,
        (quoted["one"] or quoted["two"] or quoted["three"]).strip(" ,.") if quoted else "",
        quoted.span() if quoted else (0, 0),
        bool(count) or "urldate" in fields,
    )


def may_be_a_notice(paragraph: Paragraph) -> bool:
    """Whether a paragraph has the measures of a notice: not too long, and with a date or an identifier."""
    text = paragraph.text
    if not _SHORTEST <= len(text) <= _LONGEST:
        return False
    return _ANY_DATE.search(text) is not None or "doi" in text.lower() or "http" in text


def _italics(paragraph: Paragraph, text: str) -> list[str]:
    phrases: list[str] = []
    for run in paragraph.runs:
        phrase = " ".join(run.text.split()).strip(" ,.;:()")
        if run.italic and sum(map(str.isalpha, phrase)) > 2 and phrase in text and phrase.lower() not in _NO_TITLES:
            phrases.append(phrase)
    return phrases


# Words that style guides set in italic wherever they stand.
_NO_TITLES = frozenset(
    {"et al", "et al.", "in", "ibid", "ibid.", "op. cit.", "op. cit", "et", "and", "dans", "vol.", "idem"}
)
