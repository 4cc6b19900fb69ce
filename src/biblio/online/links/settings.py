"""The table ``[links]`` of the file of settings: the archives to ask beside the Internet Archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from biblio.online.addresses import parse_address
from biblio.project.settings import SettingsFile
from biblio.words.faults import BiblioError, diagnose

TABLE = "links"
_ARCHIVES = "archives"
_KEYS = ("name", "timegate", "on-site")


@dataclass(frozen=True, slots=True)
class Timegate:
    """An archive that answers as RFC 7089 has it: its name, and the address that an address is put behind.

    The copies of one that is ``on_site`` are read in its house alone.
    """

    name: str
    address: str
    on_site: bool = False


def timegates(file: SettingsFile) -> tuple[Timegate, ...]:
    """The archives that a file of settings names, in its order.

    Raises ``BiblioError``: C102 for a setting that is not known, C111 for one that is missing or of the wrong form.
    """
    table = file.values.get(TABLE, {})
    if not isinstance(table, dict):
        raise file.unknown(TABLE, ())
    for key in table:
        if key != _ARCHIVES:
            raise file.unknown(key, (_ARCHIVES,))
    rows = table.get(_ARCHIVES, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(file, _ARCHIVES)
    return tuple(_timegate(file, row) for row in rows)


def _timegate(file: SettingsFile, row: Mapping[str, Any]) -> Timegate:
    for key in row:
        if key not in _KEYS:
            raise file.unknown(key, _KEYS)
    name, address, on_site = row.get("name", ""), row.get("timegate", ""), row.get("on-site", False)
    if not isinstance(name, str) or not name.strip() or len(name) > 200 or not name.isprintable():
        raise _wrong(file, "name")
    if not isinstance(on_site, bool):
        raise _wrong(file, "on-site")
    try:
        parse_address(str(address))
    except BiblioError:
        raise _wrong(file, "timegate") from None
    return Timegate(name, str(address), on_site)


def _wrong(file: SettingsFile, key: str) -> BiblioError:
    return BiblioError(diagnose("C111", file.line_of(key), key=key, source=TABLE))
