"""The plan of what is imported: kept as a new dossier when that is wished, else said where a list has one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from biblio.cli.words import say
from biblio.importing.imported import Imported
from biblio.importing.plan import Plan
from biblio.importing.spec import headings_of, outlined, spec_of
from biblio.project.new import SCHEMA, require_free, write_spec
from biblio.project.project import discover
from biblio.words.faults import BiblioError, Parsed, Span, diagnose

Read = Sequence[tuple[str, Parsed[Imported]]]


def spec_place(project: Path, slug: str, into: Path | None, read: Read) -> Path | None:
    """Where the spec of a list goes, ``None`` without a name for it.

    Raises ``BiblioError`` for a bad or taken name (D105, E118), without a file for references (E177), or any (E178).
    """
    if not slug:
        return None
    if into is None:
        raise BiblioError(diagnose("E177", slug=slug))
    path = require_free(discover(project), slug)
    if not any(each.value.references for _, each in read):
        raise BiblioError(diagnose("E178", Span(read[0][0]) if read else None))
    return path


def keep_outlines(path: Path, slug: str, read: Read, plan: Plan, lang: str) -> None:
    """Writes the spec. Raises ``BiblioError`` (E118, E105)."""
    with_schema = (path.parents[1] / SCHEMA).is_file()
    write_spec(path, slug, spec_of(_files(read), plan.keys_of, lang, with_schema=with_schema))


def outlines_in_words(read: Read, plan: Plan, slug: str, lang: str, *, written: bool) -> str:
    """What is said of the plans: where they are, or how many headings there are and how to keep them; or nothing."""
    if slug:
        return say("import_spec", lang, slug=slug) if written else ""
    count = sum(headings_of(outline) for outline, _ in outlined(_files(read), plan.keys_of))
    return say("import_outline", lang, count=count) if count else ""


def _files(read: Read) -> list[tuple[str, Imported]]:
    return [(name, each.value) for name, each in read]
