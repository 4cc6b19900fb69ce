"""The cover: the words of the dossier, and what its spec puts beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from biblio.citation.dates import in_words
from biblio.citation.titles import capitalised
from biblio.compose.composer import Composer, with_links
from biblio.compose.images import image_of
from biblio.compose.running import running
from biblio.compose.texts import Texts
from biblio.document.flow import Figure
from biblio.document.tree import Cover
from biblio.dossier.cover import CoverSpec, ImageSpec
from biblio.dossier.spec import DossierSpec
from biblio.reference.date import parse_date
from biblio.style.contrast import LEAST, colour_of, contrast, readable
from biblio.text.inline import Rich, Text, merge, plain
from biblio.words.faults import diagnose
from biblio.words.tables import term

PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class CoverMaker:
    """Makes the cover of a spec, whose subtitle has the number of the edition in it."""

    spec: DossierSpec
    composer: Composer

    def cover(self, subtitle: str) -> Cover:
        """The words, and the rest where the spec has any."""
        spec, words = self.spec, self.composer.words
        date = parse_date(spec.date)
        printed = capitalised(in_words(date, spec.lang)) if date else spec.date
        beside = spec.cover or CoverSpec(spec.span, {})
        return Cover(
            words(spec.event),
            words(spec.title),
            words(subtitle),
            words(printed),
            words(spec.publisher),
            running=self.running(spec.title, spec.short_title),
            issue=self.running(subtitle),
            logo=self.figure(beside.logo),
            image=self.figure(beside.image),
            partners=tuple(self.figures(beside.partners)),
            colour=self.colour(beside),
            cite=self.cite() if beside.cite else (),
            license=self.license(beside.license),
            contact=self.composer.set(with_links(beside.contact)),
        )

    def running(self, title: str, short: str = "") -> str:
        """What a running head says of a title."""
        return running(plain(self.composer.words(title)), plain(self.composer.words(short)))

    def figure(self, image: ImageSpec | None) -> Figure | None:
        """An image that can be printed; ``None`` for none, or for one that is reported."""
        if image is None or not (image.file and image.alt):
            return None  # a key that is missing is reported where the spec is read
        picture = image_of(image.file, image.alt, image.span_of("file"), self.composer)
        said = " ".join(image.alt.split())
        return Figure(picture, said, self.composer.set(with_links(image.credit))) if picture else None

    def figures(self, images: Iterable[ImageSpec]) -> Iterable[Figure]:
        """Those of several images that can be printed."""
        return (made for image in images if (made := self.figure(image)))

    def colour(self, beside: CoverSpec) -> str:
        """The colour as ``#7a1f3d``; one too pale for text on paper is darkened, and reported (W141)."""
        colour = colour_of(beside.colour)
        if not colour or contrast(colour, PAPER) >= LEAST:
            return colour
        darker = readable(colour, PAPER)
        figures = {"contrast": f"{contrast(colour, PAPER):.1f}", "least": f"{LEAST:g}"}
        fault = diagnose("W141", beside.span_of("colour"), colour=colour, darker=darker, **figures)
        self.composer.diagnostics.append(fault)
        return darker

    def cite(self) -> Rich:
        """How to cite the dossier, in a sentence."""
        before, _, after = term("texts.to_cite", self.spec.lang).partition("{citation}")
        return self.composer.set(merge((Text(before), *Texts(self.spec, self.composer).citation(), Text(after))))

    def license(self, typed: str) -> Rich:
        """The licence: the phrase and the link of one that is known by its name, else what was typed."""
        known = Texts(self.spec, self.composer).licence(typed)
        return self.composer.set(known or with_links(typed))
