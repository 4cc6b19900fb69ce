"""Sets entries of BibTeX in the styles of pybtex: its own, and those that are installed under its entry point.

A style is a program that a user has installed, as biblio is: it runs here, and what it raises is told, never shown raw.
Source: pybtex's documentation (``pybtex.style.formatting``, *Plugin API*).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import Any

from biblio.citation.bibtex_entry import Entry
from biblio.citation.pybtex import (
    LEFT_OUT,
    LONGEST_REASON,
    NOBODY,
    Failed,
    StyleError,
    TreeBackend,
    UnknownStyleError,
    person_parts,
)
from biblio.text.inline import Rich

GROUP = "pybtex.style.formatting"
# How many fields an entry may lack that a style cannot do without.
_MOST_MISSING = 12
_PEOPLE = ("author", "editor")


def installed() -> tuple[str, ...]:
    """The names of the styles to choose from."""
    return tuple(sorted({each.name for each in entry_points(group=GROUP)}))


def set_in(name: str, entries: Sequence[Entry]) -> list[Rich | Failed]:
    """Each entry by itself in the style ``name``, in the order given.

    Raises ``UnknownStyleError``, and ``StyleError`` for a style that cannot be loaded.
    """
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        style = _load(name)
        return [_set(style, entry) for entry in entries]


def versions(name: str) -> dict[str, str]:
    """Which pybtex, and which package of styles, set what is set in the style ``name``."""
    packages = {"pybtex", *(each.dist.name for each in entry_points(group=GROUP, name=name) if each.dist)}
    return {package: _version(package) for package in sorted(packages)}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _load(name: str) -> Any:
    from pybtex.plugin import PluginNotFound, find_plugin  # takes a while to import, for the styles that ask for it

    try:
        found = find_plugin(GROUP, name)
    except (PluginNotFound, ValueError) as error:  # ValueError: a name that begins with a point
        raise UnknownStyleError(*installed()) from error
    except Exception as error:
        raise StyleError(_reason(error)) from error
    try:
        return found()
    except Exception as error:
        raise StyleError(_reason(error)) from error


def _set(style: Any, entry: Entry) -> Rich | Failed:
    """One entry; what the style cannot do without, and the source does not say, is said to be missing, or left out."""
    from pybtex.database import Person  # as above
    from pybtex.style.template import FieldIsMissing

    made = _entry(style, entry)
    for _ in range(_MOST_MISSING):
        try:
            found: Rich = style.format_entry("1", made).text.render(TreeBackend())
        except FieldIsMissing as error:
            name = error.field_name
            if name in _PEOPLE:
                # A style that takes editors where there are no authors is content with these.
                name = "editor" if "author" in made.persons else "author"
                if name in made.persons:
                    return Failed(_reason(error))
                made.persons[name] = [Person(**NOBODY)]
            elif name in made.fields:
                return Failed(_reason(error))
            else:
                made.fields[name] = entry.missing.get(name, "")
        except Exception as error:  # noqa: BLE001  # a style is a program of others: whatever it raises is told
            return Failed(_reason(error))
        else:
            return found
    return Failed("missing fields")


def _entry(style: Any, entry: Entry) -> Any:
    from pybtex.database import Entry as Made  # as above
    from pybtex.database import Person

    known = (each for each in entry.types if hasattr(style, f"get_{each}_template") or hasattr(style, f"format_{each}"))
    persons = {
        role: [
            *(Person(**person_parts(person)) for person in people),
            *([Person(**LEFT_OUT)] if role in entry.others else []),
        ]
        for role, people in entry.people.items()
    }
    made = Made(next(known, entry.types[-1]), fields=dict(entry.fields), persons=persons)
    made.key = entry.key
    return made


def _reason(error: Exception) -> str:
    """What a style says of its failure, on one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}"[:LONGEST_REASON]
