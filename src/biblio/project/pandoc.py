"""Runs pandoc, which the extra ``biblio[csl]`` brings, as citation processor and as writer, and says which one it is.

What goes in and comes out is made and read in ``citation/pandoc.py`` and ``outputs/pandoc/``. Source: the manual of
pandoc (``--citeproc``, ``--sandbox``, Lua filters).
"""

from __future__ import annotations

import logging
import re
import subprocess
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from biblio.citation.pandoc import LEAST, ProcessorError, ProcessorMissingError, ProcessorTooOldError
from biblio.words.faults import BiblioError, diagnose

LONGEST = 300  # seconds: twenty thousand notices take a tenth of it

# What a message of the processor says after its own name: « CiteprocParseError: No citation element present ».
_REASON = re.compile(r"Citeproc\w{0,60}: *(.+)")


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


def convert(tree: str, arguments: Sequence[str], files: Mapping[str, bytes], moment: int) -> bytes:
    """What pandoc writes of a document in its JSON, dated ``moment`` (seconds of Unix time).

    ``arguments`` are those of the format, and may name ``files``, which stand beside it. It runs in its sandbox,
    without the user's environment. Raises ``BiblioError``: E139 when there is no pandoc, E140 with what it says when it
    fails.
    """
    program, found = _program()
    if not found:
        raise BiblioError(diagnose("E139"))
    with TemporaryDirectory(prefix="biblio-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            done = subprocess.run(
                [program, "--from=json", "--sandbox", "--quiet", *arguments, "--output=-"],
                input=tree.encode("utf-8", "replace"),
                capture_output=True,
                check=False,
                cwd=folder,
                env={"SOURCE_DATE_EPOCH": str(moment), "HOME": folder, "LANG": "C.UTF-8"},
                timeout=LONGEST,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BiblioError(diagnose("E140", reason=str(getattr(error, "strerror", "") or error))) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise BiblioError(diagnose("E140", reason=reason))
    return done.stdout


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
