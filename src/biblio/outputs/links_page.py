"""The page of the links of a project, for those who look after them: what died, what moved, what is doubtful."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from biblio import __version__
from biblio.citation.dates import in_words
from biblio.collection.cited_links import CitedLink
from biblio.collection.link_history import Copy
from biblio.collection.link_verdict import State, Verdict
from biblio.outputs.template import template
from biblio.reference.date import parse_date
from biblio.reference.reference import Reference
from biblio.text.inline import plain, text
from biblio.text.typography import Typography, typeset
from biblio.words.tables import say

NAME = "links.report.html"  # no dossier can have an output of that name
# What the page lists, in its order; what is well is only counted.
LISTED = ("dead", "moved", "doubtful", "https", "unseen")


@dataclass(frozen=True, slots=True)
class CitedOnPage:
    """Where an address stands: the title of the reference, its language where it is another one, and the place."""

    title: str
    language: str
    place: str


@dataclass(frozen=True, slots=True)
class LinkOnPage:
    """An address, where it stands, and what is said of it; ``copy`` are words, with an address unless read on site."""

    address: str
    cited: tuple[CitedOnPage, ...]
    said: str
    target: str = ""
    target_words: str = ""
    copy: str = ""
    copy_address: str = ""
    copy_date: str = ""


@dataclass(frozen=True, slots=True)
class SectionOnPage:
    """The links of one state."""

    name: str
    title: str
    about: str
    links: tuple[LinkOnPage, ...]


def render_links(
    links: Sequence[CitedLink],
    verdicts: Mapping[str, Verdict],
    references: Mapping[str, Reference],
    day: str,
    lang: str,
) -> str:
    """The whole page, in one string, of a day. Every text is escaped; no text becomes markup."""
    writer = _Writer(links, verdicts, references, lang)
    sheet = _sheet()
    page: str = template("links.html.j2").render(
        lang=lang,
        title=writer.say("page_title", date=writer.day(day)),
        sums=[*writer.sums()],
        sections=[*writer.sections()],
        made_by=writer.say("made_by", version=__version__),
        sheet=Markup(sheet),  # a sheet of ours
        digest=base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode(),
    )
    return page


@dataclass(frozen=True, slots=True)
class _Writer:
    """The words of a page in its language."""

    links: Sequence[CitedLink]
    verdicts: Mapping[str, Verdict]
    references: Mapping[str, Reference]
    lang: str

    def set(self, words: str) -> str:
        """A text with the typography of the page's language."""
        return plain(typeset(text(words), self.lang, Typography(ordinal_superscript=False)))

    def say(self, name: str, /, **arguments: object) -> str:
        return self.set(say(f"links_{name}", self.lang, **arguments))

    def day(self, value: str) -> str:
        """A day in words."""
        date = parse_date(value)
        return in_words(date, self.lang) if date else value

    def sums(self) -> Iterator[tuple[str, str]]:
        counted = Counter(each.state for each in self.verdicts.values())
        for state in State:
            yield str(state), self.say(f"count_{state}", count=counted[state])

    def sections(self) -> Iterator[SectionOnPage]:
        cited: dict[str, list[CitedLink]] = {}
        for link in self.links:
            cited.setdefault(link.asked, []).append(link)
        listed: dict[str, list[LinkOnPage]] = {}
        for address, verdict in self.verdicts.items():
            state = "https" if verdict.state is State.ALIVE and verdict.secure else str(verdict.state)
            listed.setdefault(state, []).append(self.listed(verdict, cited[address]))
        for name in LISTED:
            if found := listed.get(name):
                title = self.say(f"section_{name}", count=len(found))
                yield SectionOnPage(name, title, self.say(f"about_{name}"), tuple(found))

    def listed(self, verdict: Verdict, cited: Sequence[CitedLink]) -> LinkOnPage:
        copy = verdict.copy if verdict.state is State.DEAD else None
        return LinkOnPage(
            cited[0].address,
            tuple(map(self.cited, cited)),
            self.said(verdict),
            self.target(verdict),
            self.say("now_at"),
            self.copied(copy) if copy else "",
            copy.url if copy and not copy.on_site else "",
            copy.date if copy else "",
        )

    def cited(self, link: CitedLink) -> CitedOnPage:
        reference = self.references.get(link.citekey)
        if reference is None:
            return CitedOnPage("", "", link.span.where)
        language = reference.language or self.lang
        title = plain(typeset(reference.title, language, Typography(ordinal_superscript=False)))
        return CitedOnPage(title, "" if language == self.lang else language, link.citekey)

    def said(self, verdict: Verdict) -> str:
        """What is thought, since when and why; when it last answered, and when it was looked at."""
        if verdict.state is State.UNSEEN:
            return self.say("said_unseen")
        cause = say(f"link_cause_{verdict.cause}", self.lang)
        status = f", HTTP {verdict.status}" if verdict.status else ""
        days = {"since": self.day(verdict.since), "looked": self.day(verdict.looked)}
        words = self.say(f"said_{verdict.state}", cause=cause, status=status, **days)
        if verdict.alive and verdict.state in (State.DEAD, State.DOUBTFUL):
            words += " " + self.say("last_alive", date=self.day(verdict.alive))
        return words

    def target(self, verdict: Verdict) -> str:
        if verdict.state is State.MOVED:
            return verdict.target
        return verdict.secure if verdict.state is State.ALIVE else ""

    def copied(self, copy: Copy) -> str:
        name = "copy_on_site" if copy.on_site else "copy_archived"
        return self.say(name, date=self.day(copy.date), archive=copy.archive)


@cache
def _sheet() -> str:
    return files("biblio.outputs").joinpath("templates", "links.css").read_text(encoding="utf-8")
