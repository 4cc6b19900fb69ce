"""What a source said last of each of its records: a text file of the project, in an order that stays.

It is what a later pull compares with, so that what somebody has corrected since is told from what the source has
changed. Anybody may read it, and keep it with the project's history; without it a pull starts anew, and only
completes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from biblio.online.sources import SourceSettings
from biblio.project.own import SOURCES
from biblio.words.faults import BiblioError, Span, diagnose

_NOT_ASKED = ("most", "key-variable")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one record: the key that it has in the collection, its type, its fields as typed."""

    key: str
    entry_type: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """What one source has said so far, by the names of its records, and from where to ask on."""

    cursor: str = ""
    records: Mapping[str, Said] = field(default_factory=dict)


def path_of(settings: SourceSettings) -> str:
    """The file of a source, in the project."""
    return f"{SOURCES}/{settings.name}.json"


def dumps(settings: SourceSettings, state: State) -> str:
    """The text of the file: records and fields in the order of their names."""
    records = {
        name: {"key": said.key, "type": said.entry_type, "fields": dict(sorted(said.fields.items()))}
        for name, said in sorted(state.records.items())
    }
    value = {"source": _asked(settings), "cursor": state.cursor, "records": records}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def loads(settings: SourceSettings, text: str) -> State:
    """What the file says. Of a source that is asked for something else now, only the records still count.

    Raises ``BiblioError`` (E201) for a file that is none of these.
    """
    path = path_of(settings)
    try:
        value: Any = json.loads(text)
        records = {
            str(name): Said(_text(each["key"]), _text(each["type"]), MappingProxyType(_texts(each["fields"])))
            for name, each in value["records"].items()
        }
        cursor = _text(value["cursor"])
        return State(cursor if value["source"] == _asked(settings) else "", records)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BiblioError(diagnose("E201", Span(path))) from error


def _asked(settings: SourceSettings) -> dict[str, str]:
    """What the source is asked for: with something else, what came before says nothing of what is to come."""
    kept = {name: value for name, value in sorted(settings.settings.items()) if name not in _NOT_ASKED}
    return {"kind": settings.kind, **kept}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(name): _text(each) for name, each in value.items()}
