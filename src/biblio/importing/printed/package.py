"""The members of a document that is a ZIP file (``.docx``, ``.odt``), within bounds: no bomb is unfolded."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

# Bytes of one member, and how many times its packed size; texts of documents are packed ten to thirty times.
_LARGEST = 48_000_000
_HIGHEST_RATIO = 400
_ALWAYS_READ = 1_000_000
_MOST_MEMBERS = 10_000


class BadPackageError(Exception):
    """The file is no ZIP file, is encrypted, or would unfold beyond measure."""


def names_in(content: bytes) -> frozenset[str]:
    """The names of the members; empty for what is no ZIP file."""
    if not content.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return frozenset(package.namelist()[:_MOST_MEMBERS])
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def members(content: bytes, wanted: Iterable[str]) -> dict[str, bytes]:
    """The members of some names that are there. Raises ``BadPackageError``."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in wanted:
                try:
                    entry = package.getinfo(name)
                except KeyError:
                    continue
                found[name] = _read(package, entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise BadPackageError from error
    return found


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A member, read no further than it says it is long."""
    if entry.file_size > _LARGEST or entry.file_size > max(_ALWAYS_READ, _HIGHEST_RATIO * max(1, entry.compress_size)):
        raise BadPackageError
    with package.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise BadPackageError
    return content
