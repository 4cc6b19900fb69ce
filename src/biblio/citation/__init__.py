"""The citation grammar: a reference becomes the lines of a notice, by the preset that the style names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from biblio.citation import csl
from biblio.citation.bulletin import cite as cite_bulletin
from biblio.citation.cres import cite as cite_cres
from biblio.citation.iso690 import cite as cite_iso690
from biblio.citation.iso690_note import cite as cite_iso690_note
from biblio.citation.labels import label_of as label_of
from biblio.citation.options import Options
from biblio.citation.pandoc import Run, no_processor
from biblio.citation.reading_list import cite as cite_reading_list
from biblio.document.tree import Line
from biblio.plugins import Table, row_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span, diagnose

Cite = Callable[[Reference, Options], tuple[Line, ...]]
CiteAll = Callable[[Sequence[Reference], Options], Sequence[tuple[Line, ...]]]


@dataclass(frozen=True, slots=True)
class Preset:
    """One row of the table of presets: its name in ``style.yaml``, what it follows, and its grammar.

    ``cite_all`` gives the same notices as ``cite``, where many at a time cost little more than one.
    """

    name: str
    about: str
    cite: Cite
    cite_all: CiteAll | None = None

    def over(self, references: Sequence[Reference], options: Options) -> Preset:
        """The same preset, which has these references' notices for ``options`` at hand where that saves work."""
        if self.cite_all is None:
            return self
        notices = {
            reference.citekey: lines
            for reference, lines in zip(references, self.cite_all(references, options), strict=True)
        }

        def cite(reference: Reference, asked: Options) -> tuple[Line, ...]:
            known = notices.get(reference.citekey) if asked == options else None
            return self.cite(reference, asked) if known is None else known

        return replace(self, cite=cite)


_OWN = (
    Preset("cres", "Notices of the CRES Provence-Alpes-Côte d'Azur: type, authors, title, source", cite_cres),
    Preset("iso690-fr", "ISO 690:2021, name and date, with the punctuation of French libraries", cite_iso690),
    Preset("iso690-note-fr", "ISO 690:2021, running notes: one paragraph, without annotation", cite_iso690_note),
    Preset("reading-list", "Reading lists: title / authors, date in words. Extent", cite_reading_list),
    Preset("bulletin", "Monitoring bulletins: source, title, summary, extent, a link that names it", cite_bulletin),
)

PRESETS: Table[Preset] = Table("biblio.presets", {preset.name: preset for preset in _OWN}, row_of(Preset))
DEFAULT_PRESET = _OWN[0].name


def preset_of(citation: str, assets: Mapping[str, bytes], span: Span, run: Run = no_processor) -> Parsed[Preset | None]:
    """The preset that ``citation`` names in a style whose files are ``assets``, or the fault at ``span``.

    It is a row of the table, or ``csl:FILE.csl`` for a CSL style among those files; ``run`` runs its processor.
    """
    if citation in PRESETS:
        return Parsed(PRESETS[citation])
    if not is_csl(citation):
        allowed = ", ".join((*PRESETS, f"{csl.PREFIX}FILE{csl.SUFFIX}"))
        return Parsed(None, (diagnose("D113", span, value=citation, allowed=allowed),))
    name = citation.removeprefix(csl.PREFIX)
    loaded = csl.load(name, assets.get(name), span, run)
    return Parsed(_csl_preset(citation, loaded.value, run) if loaded.value else None, loaded.diagnostics)


def is_csl(citation: str) -> bool:
    """Whether a citation is to be in a CSL style."""
    return citation.startswith(csl.PREFIX) and citation.endswith(csl.SUFFIX)


def _csl_preset(name: str, style: bytes, run: Run) -> Preset:
    def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
        return csl.cite_all(style, run, (reference,), options)[0]

    return Preset(name, "A CSL style", cite, partial(csl.cite_all, style, run))
