"""How long the rules take, and how many notices the search for duplicates compares, from 5,000 to 50,000 references.

``python -m bench.rules`` prints the figures; ``measure`` gives them.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from biblio.check.rules.duplicates import candidates
from biblio.check.rules.sketch import sketches_of
from biblio.check.run import check_library, check_references
from biblio.check.settings import Settings
from biblio.check.source import SourceText
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.reference import Reference

SIZES = (5_000, 50_000)

_WORDS = """
    santé territoire contrat local soins primaires coordination parcours promotion prévention inégalités ville quartier
    conseil mental atelier évaluation méthode guide démarche collectivité élus usagers participation réseau accès offre
    médecin généraliste hôpital équipe maison pôle projet plan région département commune politique publique action
""".split()
_HEADS, _TAILS = "Mar Dur Pet Ber Rob Ric Lam Gir Mor Fon".split(), "tin and it ger ert ault eau aine".split()
_FAMILIES = [head + tail for head in _HEADS for tail in _TAILS]
_GIVEN = "Marie Julie Sophie Pierre Paul Jean Laure Anne Yann Luc Zoé Hugo Léa Chloé Marc Inès".split()


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured for one size: seconds for single references and for the library, pairs compared, faults."""

    references: int
    single_seconds: float
    library_seconds: float
    comparisons: int
    faults: int

    @property
    def comparisons_by_n_log_n(self) -> float:
        """The pairs compared over n log n: it must not grow."""
        return self.comparisons / (self.references * math.log(self.references))


def entries(count: int, seed: int = 1) -> Iterator[str]:
    """Plausible entries; one in ten is nearly another one, and one in twenty has a few faults."""
    chance = random.Random(seed)
    title = author = ""
    for index in range(count):
        if index % 10 != 9 or not title:
            title = " ".join(chance.choices(_WORDS, k=chance.randint(5, 12))).capitalize()
            author = f"{chance.choice(_FAMILIES)}, {chance.choice(_GIVEN)}"
        shown = title.replace("é", "e", 1) if index % 10 == 9 else title
        words = " ".join(chance.choices(_WORDS, k=60))
        slip = " L'Etat  en oeuvre , etc..." if index % 20 == 0 else ""
        yield (
            f"@article{{n{index},\n  author = {{{author}}},\n  title = {{{shown}}},\n"
            f"  journaltitle = {{Santé publique}},\n"
            f"  date = {{{2000 + index // 10 % 20}}},\n  pages = {{{index}-{index + 9}}},\n"
            f"  url = {{https://exemple.fr/{index}}},\n  langid = {{french}},\n"
            f"  annotation = {{Ce texte présente {words}.{slip}}},\n  annotationsource = {{documentaliste}},\n}}\n"
        )


def library(count: int) -> tuple[tuple[Reference, ...], SourceText]:
    """That many references, read, and the text that they come from."""
    text = "\n".join(entries(count))
    return read_bibtex(text.encode(), "essai.bib").value, SourceText("essai.bib", text)


def measure(sizes: tuple[int, ...] = SIZES) -> list[Figures]:
    """The figures of each size."""
    figures = []
    for size in sizes:
        references, source = library(size)
        sources, settings = {source.path: source}, Settings()
        start = time.process_time()
        faults = sum(1 for _ in check_references(references, sources, settings))
        middle = time.process_time()
        faults += sum(1 for _ in check_library(sketches_of(references), sources, settings))
        end = time.process_time()
        comparisons = sum(1 for _ in candidates(sketches_of(references)))
        figures.append(Figures(size, middle - start, end - middle, comparisons, faults))
    return figures


if __name__ == "__main__":
    for row in measure():
        print(
            f"{row.references:>7} references: {row.single_seconds:6.2f} s one by one, {row.library_seconds:6.2f} s "
            f"together, {row.comparisons:>8} comparisons ({row.comparisons_by_n_log_n:.3f} n log n)",
        )
