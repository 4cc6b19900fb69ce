"""Writes outputs so that each file is the whole old one or the whole new one, whatever happens.

A file is written beside its place under a temporary name, flushed to the disk, then renamed over the old one, which
POSIX makes atomic (rename(2)). One lock a dossier keeps two builds apart, and whoever holds it sweeps the temporary
files of a killed one. A link in the place of an output is replaced, not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from biblio.project.lock import held, held_if_free, nobody_told
from biblio.project.temporary import beside, require_regular, sweep_outputs, write
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose


def publish(outputs: Mapping[str, bytes], folder: Path, slug: str, waiting: Callable[[], None] = nobody_told) -> None:
    """Writes every output of a dossier into ``folder``, which is made if need be; the last one last.

    ``waiting`` is called when another build of the dossier has to end first. Raises ``BiblioError``: E131 when it does
    not end, E105 with the system's reason when the files that were there are all still there, and E132, which names
    them, when some are new already.
    """
    name, placed = "", []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder, slug, waiting):
            sweep_outputs(folder, slug)
            for name in outputs:
                require_regular(folder / name)
            temporaries: dict[str, Path] = {}
            try:
                # All are written before any is renamed: a full disk then costs no output at all.
                for name, content in outputs.items():
                    temporaries[name] = beside(folder, slug)
                    write(temporaries[name], content)
                for name, temporary in temporaries.items():
                    temporary.replace(folder / name)
                    placed.append(name)
            finally:
                for temporary in temporaries.values():
                    with suppress(OSError):
                        temporary.unlink(missing_ok=True)
            _flush_folder(folder)
    except OSError as error:
        if not name and isinstance(error.filename, str):
            name = Path(error.filename).name
        raise BiblioError(_fault(name or folder.name, placed, list(outputs), error)) from error


def _fault(name: str, placed: Sequence[str], names: Sequence[str], error: OSError) -> Diagnostic:
    """What is true after a failure: nothing has changed, or these files are new and those are not."""
    reason = error.strerror or str(error)
    if not placed:
        return diagnose("E105", Span(name), reason=reason)
    left = ", ".join(each for each in names if each not in placed)
    return diagnose("E132", Span(name), reason=reason, placed=", ".join(placed), left=left)


def sweep(folder: Path, slug: str) -> None:
    """Removes the temporary files that a killed build of a dossier has left; leaves those of one at work."""
    with suppress(OSError):
        if any(folder.glob(f".biblio-{slug}.*.tmp")):
            with held_if_free(folder, slug) as ours:
                if ours:
                    sweep_outputs(folder, slug)


def _flush_folder(folder: Path) -> None:
    """Puts the renames on the disk too, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
