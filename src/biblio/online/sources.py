"""The tables ``[sources.…]`` of the file of settings: where references are pulled from, and under what name.

A key of access is never in the file: the file names the variable of the environment that holds it, or the usual one of
its service is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from biblio.online.addresses import parse_address
from biblio.project.settings import SettingsFile
from biblio.words.faults import BiblioError, diagnose
from biblio.yaml_model.slug import is_slug

TABLE, CONTACT = "sources", "contact"
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
# A project may come from anybody: it cannot have another variable of its user's told to the service.
_VARIABLE = re.compile(r"ZOTERO_[A-Z0-9_]{1,60}")
_WORD = re.compile(r"[^\s<>\"'\\\0-\x1f]{1,300}")


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One source: its name, its kind, its settings as text, and the file of the project that its references go to."""

    name: str
    kind: str
    into: str
    settings: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A setting; empty when it is not there."""
        return self.settings.get(name, "")


@dataclass(frozen=True, slots=True)
class KindSettings:
    """What a kind of source must have and may have."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


# The settings of each kind of source, beside ``kind`` and ``into``.
KINDS: Mapping[str, KindSettings] = MappingProxyType(
    {
        "zotero": KindSettings(("library",), ("collection", "key-variable")),
        "zotero-local": KindSettings((), ("library", "collection", "port")),
        "oai-pmh": KindSettings(("address",), ("set", "prefix")),
        "sru": KindSettings(("address", "query"), ("version", "schema", "most")),
    }
)
_COMMON = ("kind", "into")


def sources(file: SettingsFile) -> tuple[SourceSettings, ...]:
    """The sources that a file of settings names, in its order.

    Raises ``BiblioError``: C102 for a setting that is not known, C111 for one that is missing or of the wrong form.
    """
    table = file.values.get(TABLE, {})
    if not isinstance(table, dict):
        raise file.unknown(TABLE, ())
    return tuple(_source(file, name, value) for name, value in table.items())


def contact(file: SettingsFile) -> str:
    """The address of mail that servers may write to; empty when there is none. Raises ``BiblioError`` (C111)."""
    value = file.values.get(CONTACT, "")
    if value and not (isinstance(value, str) and _MAIL.fullmatch(value)):
        raise _wrong(file, CONTACT, CONTACT)
    return str(value)


def _source(file: SettingsFile, name: str, table: Any) -> SourceSettings:
    if not is_slug(name) or not isinstance(table, dict):
        raise _wrong(file, name, TABLE)
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BiblioError(diagnose("C112", file.line_of(f"{TABLE}.{name}"), source=name, known=", ".join(KINDS)))
    row = KINDS[kind]
    known = (*_COMMON, *row.required, *row.optional)
    settings: dict[str, str] = {}
    for key, value in table.items():
        if key not in known:
            raise file.unknown(key, known)
        text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        if not _FORMS.get(key, _is_text)(text):
            raise _wrong(file, key, name)
        settings[key] = text
    for key in row.required:
        if key not in settings:
            raise _wrong(file, key, name)
    return SourceSettings(name, kind, settings.pop("into", f"references/{name}.bib"), MappingProxyType(settings))


def _wrong(file: SettingsFile, key: str, source: str) -> BiblioError:
    return BiblioError(diagnose("C111", file.line_of(key), key=key, source=source))


def _is_text(value: str) -> bool:
    return bool(value.strip()) and len(value) <= 2000 and value.isprintable()


def _is_address(value: str) -> bool:
    try:
        parse_address(value)
    except BiblioError:
        return False
    return True


def _is_inside(value: str) -> bool:
    """Whether a name is that of a ``.bib`` file under ``references/``."""
    path = PurePosixPath(value)
    return path.suffix == ".bib" and path.parts[:1] == ("references",) and ".." not in path.parts and "\\" not in value


_FORMS: Mapping[str, Callable[[str], bool]] = {
    "into": _is_inside,
    "address": _is_address,
    "library": lambda value: re.fullmatch(r"(?:users|groups)/\d{1,12}", value) is not None,
    "collection": lambda value: re.fullmatch(r"[A-Z0-9]{8}", value) is not None,
    "key-variable": lambda value: _VARIABLE.fullmatch(value) is not None,
    "port": lambda value: value.isdecimal() and 1024 <= int(value[:6]) <= 65535,
    "set": lambda value: _WORD.fullmatch(value) is not None,
    "prefix": lambda value: re.fullmatch(r"[A-Za-z0-9_.!~*'()-]{1,60}", value) is not None,
    "version": lambda value: value in ("1.1", "1.2"),
    "schema": lambda value: _WORD.fullmatch(value) is not None,
    "most": lambda value: value.isdecimal() and int(value[:7]) > 0,
}
