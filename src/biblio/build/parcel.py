"""Values as bytes for another process of the same program: what is large stands apart, under its hash.

Fonts, images and finished files are the large parts of what travels, and many dossiers share them: each goes once to a
machine. Whoever opens a parcel compares every part with its hash, and then believes it: a parcel is opened by the same
program, and may come from nobody else (``docs/security.md``).
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any

from biblio.citation import PRESETS
from biblio.citation.preset import Preset
from biblio.project.manifest import sha256
from biblio.reference.reference import Reference

LARGE = 4_096  # bytes from which a part stands apart


@dataclass(frozen=True, slots=True)
class Parcel:
    """``body`` is a value, whose SHA-256 is ``digest`` and in which each of ``parts`` stands by its own SHA-256."""

    body: bytes
    digest: str
    parts: Mapping[str, bytes]


def pack(value: object) -> Parcel:
    """A value of biblio's own types as a parcel."""
    written = BytesIO()
    packer = _Packer(written)
    packer.dump(value)
    body = written.getvalue()
    return Parcel(body, sha256(body), packer.parts)


def unpack(parcel: Parcel) -> Any:
    """The value of a parcel. Raises ``ValueError`` when anything in it is not what its hash says."""
    if sha256(parcel.body) != parcel.digest or any(sha256(part) != name for name, part in parcel.parts.items()):
        raise ValueError("damaged on the way")
    return _Unpacker(BytesIO(parcel.body), parcel.parts).load()


class _Packer(pickle.Pickler):
    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, protocol=5)
        self.parts: dict[str, bytes] = {}

    def persistent_id(self, value: object) -> str | None:
        if type(value) is not bytes or len(value) < LARGE:
            return None
        name = sha256(value)
        self.parts[name] = value
        return name

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        if isinstance(value, Preset):
            return _preset, (value.name, value.demotes)
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: BytesIO, parts: Mapping[str, bytes]) -> None:
        super().__init__(file)
        self._parts = parts

    def persistent_load(self, name: str) -> bytes:
        return self._parts[name]


def _read_only(arguments: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(arguments)


def _preset(name: str, demotes: bool) -> Preset:
    """The citation grammar of that name. A processor's stays where it has run: a composed dossier has its notices."""
    return PRESETS.get(name) or Preset(name, {}, _cites_no_more, demotes=demotes)


def _cites_no_more(reference: Reference, options: object) -> Any:
    raise ValueError(f"{reference.citekey}: the processor of this style is where the dossier was composed")
