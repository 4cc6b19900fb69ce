"""Runs pandoc, the citation processor that the extra ``biblio[csl]`` brings, and says which one it is.

What goes in and comes out is made and read in ``citation/pandoc.py``. Source: the manual of pandoc (``--citeproc``,
``--sandbox``, Lua filters).
"""

from __future__ import annotations

import re
from importlib.resources import as_file, files

from biblio.citation.pandoc import ProcessorError, ProcessorMissingError

# What a message of the processor says after its own name: « CiteprocParseError: No citation element present ».
_REASON = re.compile(r"Citeproc\w*: *(.+)")


def run(source: str) -> str:
    """What pandoc makes of a document, both in its JSON: a block for each item in the document's metadata.

    It runs in its sandbox, and reads no file but the program itself. Raises ``ProcessorMissingError``, and
    ``ProcessorError`` for a style that the processor refuses.
    """
    try:
        import pypandoc  # an extra, imported only when a style asks for it
    except ImportError as error:
        raise ProcessorMissingError from error
    with as_file(files(__package__).joinpath("each_alone.lua")) as script:
        try:
            made = pypandoc.convert_text(
                source, "json", format="json", filters=[str(script)], verify_format=False, sandbox=True
            )
        except OSError as error:
            raise ProcessorMissingError from error
        except RuntimeError as error:
            found = _REASON.search(str(error))
            raise ProcessorError(found[1] if found else str(error)) from error
    return str(made)


def version() -> str:
    """Which pandoc ``run`` runs; empty when there is none."""
    try:
        import pypandoc  # as above
    except ImportError:
        return ""
    try:
        return str(pypandoc.get_pandoc_version())
    except OSError:
        return ""
