"""The words that biblio says and prints: faults and the interface, and the terms of a dossier.

TOML tables beside this file; in the first ones, each entry has a value in French and one in English:

- ``faults.toml``: the codes, names and severities of faults, their messages, hints and documentation;
- ``interface.toml``: what the command line says; ``desk.toml``: what the desk says; ``site.toml``: what
  the pages of the site say;
- ``terms.toml``: what a dossier prints of its own accord (labels of types, months, « In : », « à jour en » …), and
  ``terms.LANGUAGE.toml`` the same in one more language;
- ``messages.LANGUAGE.toml``: sentences of the first two in one more language; what it leaves out is said in English;
- ``french_names.toml``: French words that are typed for the names of keys, fields and types.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from biblio.plugins import Table
from biblio.words.language import Language

LANGUAGES = ("fr", "en")  # those in which every sentence is
_TERMS = re.compile(r"terms\.([a-z]{2,3})\.toml")
_MESSAGES = re.compile(r"messages\.([a-z]{2,3})\.toml")


class Severity(StrEnum):
    """How grave a fault is: an error fails a check, a warning fails a strict one, a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table of faults.

    ``message`` and ``hint``, with their placeholders, and ``why`` are by language; ``example`` is faulty on purpose.
    """

    code: str
    name: str
    severity: Severity
    message: Mapping[str, str]
    hint: Mapping[str, str]
    why: Mapping[str, str]
    example: str = ""


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("biblio.words").joinpath(name).read_text(encoding="utf-8"))


@cache
def faults() -> Table[Fault]:
    """Every fault by its code, in the order of the table; then those of rules that installed packages add."""
    own = {}
    for code, row in _table("faults.toml").items():
        message, hint, why = (
            _with_more(row.get(part, {}), "faults", code, part) for part in ("message", "hint", "why")
        )
        own[code] = Fault(code, row["name"], Severity(row["severity"]), message, hint, why, row.get("example", ""))
    return Table("biblio.rules", own, _fault_of)


def _fault_of(rule: object) -> tuple[str, Fault] | None:
    fault = getattr(rule, "fault", None)
    return (fault.code, fault) if isinstance(fault, Fault) else None


@cache
def interface() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the command line, by its name and its language."""
    return _sentences("interface")


@cache
def desk() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the desk, by its name and its language."""
    return _sentences("desk")


@cache
def site() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the site, by its name and its language."""
    return _sentences("site")


def _sentences(name: str) -> Mapping[str, Mapping[str, str]]:
    own = {each: values for each, values in _table(f"{name}.toml").items() if isinstance(values, dict)}
    return {each: _with_more(values, name, each) for each, values in own.items()}


def _with_more(values: Mapping[str, str], *place: str) -> Mapping[str, str]:
    """A sentence by its languages, with those of the files of messages, which have it at this place or have it not."""
    found = dict(values)
    for lang, table in _more(_MESSAGES).items():
        value: Any = table
        for name in place:
            value = value.get(name, {})
        if value and values:
            found[lang] = value
    return found


@cache
def library_words() -> Sequence[Mapping[str, str]]:
    """The words of the library that parses arguments: patterns over its English (``en``), and other languages."""
    rows: Sequence[Mapping[str, str]] = _table("interface.toml")["library"]
    return rows


@cache
def reasons() -> Sequence[Mapping[str, str]]:
    """The reasons that the system and the YAML parser give: patterns over their English, and other languages."""
    rows: Sequence[Mapping[str, str]] = _table("interface.toml")["reason"]
    return rows


@cache
def french_names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The names that French words are typed for, by the table (``keys``, ``fields``, ``types``) and the bare word."""
    return _table("french_names.toml")


def english_name(typed: str, table: str, known: Container[str]) -> str:
    """The name in ``known`` that a French word, or a name in other capitals, stands for; the empty string for none."""
    lower = typed.strip().lower()
    if lower in known:
        return lower
    bare = "".join(each for each in unicodedata.normalize("NFD", lower) if each.isalnum())
    return next((name for name in french_names()[table].get(bare, ()) if name in known), "")


def translated(text: str, lang: str, rows: Sequence[Mapping[str, str]]) -> str:
    """An English text of a library in ``lang``; what the rows do not know stays in English."""
    for row in rows if lang != "en" else ():
        text = re.sub(row["en"], row[lang], text, flags=re.MULTILINE) if lang in row else text
    return text


@cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """Every printed term, by its name (``type.article``, ``month.1``) and its language."""
    found: dict[str, dict[str, str]] = {
        f"{group}.{name}": dict(values)
        for group, entries in _table("terms.toml").items()
        for name, values in entries.items()
    }
    for lang, table in _more(_TERMS).items():
        for group, entries in table.items():
            for name, value in entries.items():
                found.setdefault(f"{group}.{name}", {})[lang] = value
    return found


@cache
def document_languages() -> tuple[str, ...]:
    """The languages that a dossier may be in: those of the program, and one for each table of terms beside theirs."""
    return (*LANGUAGES, *_more(_TERMS))


@cache
def message_languages() -> tuple[str, ...]:
    """The languages that biblio speaks itself: the two that have every sentence, and one for each file of messages."""
    return (*LANGUAGES, *_more(_MESSAGES))


@cache
def _more(pattern: re.Pattern[str]) -> Mapping[str, Mapping[str, Any]]:
    """The tables of further languages, by the language that the name of their file tells."""
    names = sorted(each.name for each in files("biblio.words").iterdir())
    return {match[1]: _table(name) for name in names if (match := pattern.fullmatch(name))}


def worded(values: Mapping[str, str], lang: str) -> str:
    """One sentence of a table in a language, else in English; empty where there is none."""
    return values.get(lang) or values.get("en", "")


def term(name: str, lang: str) -> str:
    """A printed term: in the words of the house whose ``Language`` it is, else of ``lang`` (BCP 47), else in English.

    An unknown name is a bug and raises ``KeyError``.
    """
    if isinstance(lang, Language) and name in lang.words:
        return lang.words[name]
    values = terms()[name]
    return values.get(lang.partition("-")[0], values["en"])


def say(name: str, lang: str, /, **arguments: object) -> str:
    """A sentence of the interface with its placeholders filled. An unknown name is a bug and raises ``KeyError``."""
    return worded(interface()[name], lang).format(**arguments)
