"""Mends the faults of a rule in the files of references, of one reference or of all of them, as the rule proposes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from biblio.check.check import fix
from biblio.check.config import configuration
from biblio.editing.silence import silenced
from biblio.editing.works import Work
from biblio.formats.text import decode_bytes
from biblio.project.project import Project
from biblio.server.entry import entry_of, works_of
from biblio.text.collation import fold_key
from biblio.words.faults import BiblioError, Span, diagnose


@dataclass(frozen=True, slots=True)
class Mended:
    """Some lines of a file as they are, and as they would be; ``line`` is the first of them."""

    path: str
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def mended(project: Project, code: str, citekey: str = "") -> tuple[Work, ...]:
    """The works that mend all faults of a rule, or those of one reference.

    Raises ``BiblioError`` (E109) for a key that no reference has.
    """
    settings = replace(configuration(project.root), select=(code,))
    files, keys = project.reference_files, None
    if citekey:
        files, keys = (entry_of(project, citekey).file,), frozenset({fold_key(citekey)})
    fixed = ((file, fix(file, settings, unsafe=True, citekeys=keys).content) for file in files)
    return tuple(work for file, content in fixed for work in works_of(file, content))


def lines_of(works: Sequence[Work]) -> Iterator[Mended]:
    """The lines that works change, in their order."""
    for work in works:
        before, after = (
            decode_bytes(content or b"", work.path).value.splitlines() for content in (work.before, work.after)
        )
        for kind, start, end, first, last in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                yield Mended(work.path, start + 1, tuple(before[start:end]), tuple(after[first:last]))


def silence(project: Project, code: str, citekey: str, reason: str) -> tuple[Work, ...]:
    """The works by which ``check`` says nothing any more of a fault of a reference.

    Raises ``BiblioError``: E109 for a key that no reference has, E226 where the file cannot hold the reason.
    """
    entry = entry_of(project, citekey)
    content = silenced(entry.file.content, entry.reference, code, reason)
    if content is None:
        characters = "".join(dict.fromkeys(each for each in reason if not each.isascii()))
        raise BiblioError(diagnose("E226", Span(entry.file.path), characters=characters))
    return tuple(works_of(entry.file, content))
