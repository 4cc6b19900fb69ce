"""The texts of a dossier that are no section: the documentalist's own, the licence, and how to cite the dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from biblio.citation.dates import in_words
from biblio.compose.composer import Composer
from biblio.compose.prose import prose
from biblio.document.flow import Paragraph
from biblio.document.tree import Prose, Section
from biblio.dossier.spec import DossierSpec
from biblio.dossier.texts import WRITTEN, TextSpec
from biblio.reference.date import parse_date
from biblio.text.inline import Emph, Link, Rich, Text, join, merge, plain, text
from biblio.words.faults import diagnose
from biblio.words.tables import term

# The licences of Creative Commons by their short names (creativecommons.org): « CC BY-NC-SA 4.0 », « CC0 ».
_COMMONS = re.compile(
    r"CC[ -]?(?:(?P<terms>BY(?:-(?:NC|SA|ND)){0,2})(?:[ -](?P<version>[1-4]\.0))?|(?P<zero>0)(?: 1\.0)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Texts:
    """Makes a part of each text of a spec."""

    spec: DossierSpec
    composer: Composer

    def before(self) -> Iterator[Section]:
        """The texts that stand before the parts."""
        return self.sections("before")

    def after(self) -> Iterator[Section]:
        """The texts that stand behind the parts."""
        return self.sections("after")

    def sections(self, place: str) -> Iterator[Section]:
        """The texts of one place: the first begins a page as the parts do, and the others run on behind it."""
        breaks = self.spec.break_
        for each in self.spec.texts:
            if each.stands == place and self.is_said(each):
                yield self.section(each, breaks)
                breaks = self.spec.break_ or "none"

    def is_said(self, each: TextSpec) -> bool:
        """Whether there is anything under the heading; what is missing is reported (D148)."""
        if each.text or each.kind in WRITTEN or "text" in each.faulty:
            return True
        self.composer.diagnostics.append(diagnose("D148", each.span, kind=each.kind))
        return False

    def section(self, each: TextSpec, breaks: str) -> Section:
        """The part of one text, with the heading of its kind where it has none of its own."""
        words = each.title or term(f"texts.{each.kind}", self.spec.lang)
        title = self.composer.words(words)
        return Section(self.composer.anchor(words), 2, title, (self.block(each),), running=plain(title), breaks=breaks)

    def block(self, each: TextSpec) -> Prose:
        """What stands under the heading."""
        if each.kind == "cite" and not each.text:
            return Prose((Paragraph(self.composer.set(self.citation())),))
        licence = self.licence(each.text) if each.kind == "license" else ()
        if licence:
            return Prose((Paragraph(self.composer.set(licence)),))
        return prose(each.text, each.span_of("text"), self.composer, each.lines_of("text"))

    def licence(self, typed: str) -> Rich:
        """The phrase of a licence of Creative Commons that is known by its name; empty for any other text."""
        known = _COMMONS.fullmatch(typed.strip())
        return self.under(known) if known else ()

    def under(self, licence: re.Match[str]) -> Rich:
        """The phrase that puts the dossier under a licence of Creative Commons, with a link to it."""
        name, address = _commons(licence)
        before, _, after = term("texts.under", self.spec.lang).partition("{license}")
        return merge((Text(before), Link(address, (Text(name),)), Text(after)))

    def rights(self) -> str:
        """The licence in plain words, where a text tells it: for the metadata of a spec that tells no rights."""
        for each in self.spec.texts:
            if each.kind == "license" and each.text:
                if licence := _COMMONS.fullmatch(each.text.strip()):
                    return "{} ({})".format(*_commons(licence))
                # What is wrong with the text is told where it is printed.
                apart = replace(self, composer=replace(self.composer, diagnostics=[]))
                return " ".join(" ".join(map(plain, apart.block(each).texts)).split())
        return ""

    def citation(self) -> Rich:
        """How to cite the dossier, by the elements of ISO 690: who made it, its title, who published it, when."""
        spec, lang = self.spec, self.spec.lang
        date = parse_date(spec.date)
        makers = ", ".join(author.value for author in spec.authors)
        whole = term("citation.colon", lang).join(filter(None, (spec.title, spec.subtitle)))
        title = join([(Emph(text(whole)),), text(self.numbered())], ", ")
        published = ", ".join(filter(None, (spec.publisher, in_words(date, lang) if date else spec.date)))
        sentences = [text(makers), title, text(published)]
        return merge((*join(sentences, ". "), Text(".")))

    def numbered(self) -> str:
        """The number of an issue; one that is given in words stands as typed."""
        edition = self.spec.edition
        if not edition:
            return ""
        return term("texts.number", self.spec.lang).format(edition=edition) if edition[:1].isdecimal() else edition


def _commons(licence: re.Match[str]) -> tuple[str, str]:
    """The name and the address of a licence of Creative Commons."""
    if licence["zero"]:
        return "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"
    terms, version = licence["terms"].upper(), licence["version"] or "4.0"
    return f"CC {terms} {version}", f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
