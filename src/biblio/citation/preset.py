"""What a preset is: a citation grammar by its name, or the style of a processor as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from biblio.citation.options import Options
from biblio.document.tree import Line, Role
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, Parsed

Cite = Callable[[Reference, Options], tuple[Line, ...]]
CiteAll = Callable[[Sequence[Reference], Options], Parsed[Sequence[tuple[Line, ...]]]]


@dataclass(frozen=True, slots=True)
class Preset:
    """One row of the table of presets: its name in ``style.yaml``, what it follows, and its grammar.

    ``cite_all`` gives the same notices as ``cite``, where many at a time cost little more than one, with what its
    processor could not do; ``faults`` are those of the notices at hand. A preset that ``demotes`` prints the
    particles that fall behind the given name, unless the style says otherwise. ``ignores`` are the keys of a style
    that have no hold on the grammar. ``essential`` are the lines without which a notice would lose its title.
    """

    name: str
    about: Mapping[str, str]
    cite: Cite
    cite_all: CiteAll | None = None
    faults: tuple[Diagnostic, ...] = ()
    demotes: bool = False
    ignores: frozenset[str] = frozenset()
    essential: tuple[Role, ...] = (Role.TITLE,)

    def over(self, references: Sequence[Reference], options: Options) -> Preset:
        """The same preset, which has these references' notices for ``options`` at hand where that saves work."""
        if self.cite_all is None:
            return self
        found = self.cite_all(references, options)
        notices = {reference.citekey: lines for reference, lines in zip(references, found.value, strict=True)}

        def cite(reference: Reference, asked: Options) -> tuple[Line, ...]:
            known = notices.get(reference.citekey) if asked == options else None
            return self.cite(reference, asked) if known is None else known

        return replace(self, cite=cite, faults=found.diagnostics)
