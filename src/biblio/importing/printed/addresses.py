"""The links under a notice: paragraphs that are made of addresses, and documents that are named without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from biblio.importing.printed.fragments import ADDRESS, take_identifiers
from biblio.importing.printed.paragraph import Paragraph
from biblio.reference.link import is_safe

# What may stand beside addresses in a paragraph of links and nothing else.
_BESIDE = re.compile(
    r"(?:\b(?:doi|url|lien|liens|en ligne|disponible(?: sur| à l['’]adresse)?|consulter|texte intégral|résumé|abstract"
    r"|et|and|voir"
    r"|télécharger|accès|full text|available (?:at|from)|source|hal|via)\b|[\s:;,.()\[\]<>|/«»•→⇒=>-])*",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"\(\s*(?:résumé|abstract)\s*\)", re.IGNORECASE)
_CUT = re.compile(r"…|\.\.\.$|\[\.\.\.\]$")


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """One link: its address, empty or « # » when it is not known, and its label."""

    url: str
    label: str = ""
    abstract_only: bool = False

    @property
    def line(self) -> str:
        """The link as a line of the field ``links``."""
        address = f"<{self.url}>" if is_safe(self.url) else ""
        label = self.label.replace("<", "‹").replace(">", "›")
        return " ".join(filter(None, (label, address, "(résumé)" if self.abstract_only else "")))


def links_of(paragraph: Paragraph) -> tuple[PrintedLink, ...]:
    """The links of a paragraph that is made of nothing else; none when it says anything of its own."""
    text = paragraph.text
    rest = text
    links: list[PrintedLink] = []
    for run in _linked(paragraph):
        shown = run.label
        rest = rest.replace(shown, " ", 1)
        links.append(run)
    if not links:
        links = [PrintedLink(_address(match[0])) for match in ADDRESS.finditer(text)]
        rest = ADDRESS.sub(" ", text)
        found = take_identifiers(rest, addresses=False)
        if not links and "doi" in found.fields:
            links, rest = [PrintedLink(f"https://doi.org/{found.fields['doi']}")], found.rest
    if not links or not _BESIDE.fullmatch(_ABSTRACT.sub("", rest)):
        return ()
    abstract = bool(_ABSTRACT.search(rest))
    return tuple(
        PrintedLink(each.url, "" if _is_address(each.label) else each.label, each.abstract_only or abstract)
        for each in links
    )


def inline_links(paragraph: Paragraph) -> tuple[PrintedLink, ...]:
    """The links inside a paragraph that says something: words that lead somewhere."""
    return tuple(PrintedLink(link.url, "" if _is_address(link.label) else link.label) for link in _linked(paragraph))


def _linked(paragraph: Paragraph) -> list[PrintedLink]:
    """The runs that lead somewhere, those next to each other with one target in one."""
    links: list[PrintedLink] = []
    before = ""
    for run in paragraph.runs:
        if run.url and run.url == before:
            links[-1] = PrintedLink(run.url, links[-1].label + run.text)
        elif run.url and run.text.strip():
            links.append(PrintedLink(run.url, run.text))
        before = run.url
    return [PrintedLink(_as_shown(link.url, link.label.strip()), link.label.strip()) for link in links]


def _as_shown(url: str, label: str) -> str:
    """The address as it is printed, where a program has only encoded its accents."""
    return label if label != url and unquote(label) == unquote(url) and is_safe(label) else url


def joined(links: Sequence[PrintedLink]) -> list[PrintedLink]:
    """The links of a notice, each once: an address broken over two lines in one, and a cut one without its stub."""
    out: list[PrintedLink] = []
    for link in links:
        last = out[-1] if out else None
        if last and last.url and link.url != last.url and not last.label and link.url.startswith(last.url):
            out[-1] = link  # the address that is broken off there goes on here
        elif link not in out and not (link.url not in ("", "#") and any(link.url == each.url for each in out)):
            out.append(link)
    return out


def is_cut(url: str) -> bool:
    """Whether an address was shortened in print, « https://www.irdes.fr… »."""
    return bool(_CUT.search(url))


def _is_address(text: str) -> bool:
    text = text.strip(" <>;,.()")
    return bool(ADDRESS.fullmatch(text)) or bool(
        re.fullmatch(r"(?:doi\s*+:?\s*+)?10\.\d{4,9}/\S+|[\w.-]+\.[a-z]{2,6}/\S*|\S*[/%?=&_]\S*\.?\S*", text)
    )


def _address(text: str) -> str:
    text = text if is_cut(text) else text.rstrip(".,;:")
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1]
    return f"https://{text}" if text.lower().startswith("www.") else text
