"""Runs pandoc, the citation processor that the extra ``biblio[csl]`` brings, and says which one it is.

What goes in and comes out is made and read in ``citation/pandoc.py``. Source: the manual of pandoc (``--citeproc``,
``--sandbox``, Lua filters).
"""

from __future__ import annotations

import logging
import re
from importlib.resources import as_file, files

from biblio.citation.pandoc import LEAST, ProcessorError, ProcessorMissingError, ProcessorTooOldError

# What a message of the processor says after its own name: « CiteprocParseError: No citation element present ».
_REASON = re.compile(r"Citeproc\w*: *(.+)")


def run(source: str) -> str:
    """What pandoc makes of a document, both in its JSON: a block for each item in the document's metadata.

    It runs in its sandbox, and reads no file but the program itself. Raises ``ProcessorMissingError``,
    ``ProcessorTooOldError`` and, for a style that the processor refuses, ``ProcessorError``.
    """
    program, found = _program()
    if not found:
        raise ProcessorMissingError
    if int(found.partition(".")[0]) < LEAST:
        raise ProcessorTooOldError(program, found)
    import pypandoc  # an extra, imported only when a style asks for it

    with as_file(files(__package__).joinpath("each_alone.lua")) as script:
        try:
            made = pypandoc.convert_text(
                source, "json", format="json", filters=[str(script)], verify_format=False, sandbox=True
            )
        except OSError as error:
            raise ProcessorMissingError from error
        except RuntimeError as error:
            reason = _REASON.search(str(error))
            raise ProcessorError(reason[1] if reason else str(error)) from error
    return str(made)


def version() -> str:
    """Which pandoc ``run`` runs; empty when there is none."""
    return _program()[1]


def _program() -> tuple[str, str]:
    """The pandoc that runs, and its version; both empty when there is none that answers."""
    try:
        import pypandoc  # as above
    except ImportError:
        return "", ""
    logging.getLogger("pypandoc").addHandler(logging.NullHandler())  # or it prints what else it found, with tracebacks
    try:
        return str(pypandoc.get_pandoc_path()), str(pypandoc.get_pandoc_version())
    except (OSError, RuntimeError, ValueError):
        return "", ""
