"""What the benchmark runs and what it finds, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bench.measure import Ratio, Run


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to run: rounds on the reference dossier, sizes in pages (about), and rounds on them."""

    rounds: int
    pages: tuple[int, ...]
    size_rounds: int


@dataclass(frozen=True, slots=True)
class Environment:
    """Where it ran; ``load`` is the system's average over the last minute, before anything was measured."""

    date: str
    system: str
    processors: int
    load: float
    python: str
    weasyprint: str


@dataclass(frozen=True, slots=True)
class Sized:
    """The runs on a dossier of some size, of biblio and of WeasyPrint alone."""

    pages: int
    cold: list[Run]
    bare: list[Run]

    def per_page(self, start: Sized) -> list[float]:
        """Seconds of processor time that a page adds to the dossier ``start``, round by round.

        Not by the clock: the sizes of a round run minutes apart, in which a shared machine changes its pace.
        """
        return self._per_page(self.cold, start.cold, start.pages)

    def bare_per_page(self, start: Sized) -> list[float]:
        """The same for WeasyPrint alone."""
        return self._per_page(self.bare, start.bare, start.pages)

    def _per_page(self, runs: list[Run], start: list[Run], pages: int) -> list[float]:
        return [
            (run.processor - least.processor) / (self.pages - pages) for run, least in zip(runs, start, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured. The first of ``sizes`` is a dossier of one notice: what it costs to start."""

    environment: Environment
    reference_pages: int
    runs: dict[str, list[Run]]
    sizes: list[Sized]
    ratios: list[Ratio]


def record(result: Result) -> dict[str, Any]:
    """All of it for programs: every run, in seconds and bytes; every ratio, its target, and ``ok`` or ``over``."""
    ratios = [{**asdict(each), "verdict": each.verdict} for each in result.ratios]
    return {**asdict(result), "ratios": ratios}
