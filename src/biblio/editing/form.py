"""Which fields a form has for a reference: those that its type expects first, then the others that it carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biblio.reference.fields import BY_BIBLATEX, FIELDS, Kind
from biblio.reference.types import ALIASES, ENTRY_TYPES, HELPERS, Pattern, entry_type

_BOOK = "author editor title subtitle publisher location series number edition date pagetotal isbn doi url"
_BY_PATTERN: Mapping[Pattern, str] = {
    Pattern.ARTICLE: "author title subtitle journaltitle volume number date pages doi url",
    Pattern.MONOGRAPH: _BOOK,
    Pattern.PART: "author title subtitle booktitle booksubtitle editor publisher location date pages isbn doi url",
    Pattern.LEGAL: "title author journaltitle number date pages url",
    Pattern.WEB: "author title publisher date updated url urldate",
}
_AT_EVENT = "author title eventtitle venue eventdate publisher date url"
_ON_AIR = "author title programme publisher date duration url"
_PROGRAM = "author title publisher version date doi url"
_BY_TYPE: Mapping[str, str] = {
    "report": "author title subtitle publisher location series number date pagetotal isbn doi url",
    "thesis": "author title subtitle type institution date pagetotal url",
    "proceedings": "editor title subtitle eventtitle venue eventdate publisher date pagetotal isbn doi url",
    "inproceedings": "author title booktitle eventtitle venue eventdate editor publisher date pages isbn doi url",
    "periodical": "title issuetitle volume number editor publisher date pagetotal issn url",
    "unpublished": _AT_EVENT,
    "presentation": _AT_EVENT,
    "video": _ON_AIR,
    "movie": _ON_AIR,
    "audio": _ON_AIR,
    "podcast": _ON_AIR,
    "software": _PROGRAM,
    "dataset": _PROGRAM,
    "patent": "author holder title number date url",
}
# The types that are offered first.
USUAL = tuple(
    "article report book incollection proceedings inproceedings thesis online legislation manual booklet periodical "
    "unpublished video podcast game kit exhibition software dataset misc".split()
)
_OF_ALL = "langid keywords audience territory openaccess annotation annotationsource links note internalnote"
_OLD_DATE = ("year", "month", "day")
# Fields that tie entries together or steer programs: not offered, kept where they are.
_OFFERED = tuple(row.biblatex[0] for row in FIELDS if row.variable not in ("imported_from", "presort", "sort_key"))


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its ``name`` as the entry has it, or as it would get it, and its value as typed (``None``: none).

    ``variable`` is empty for a field that biblio does not know, or does not print. ``inherited`` is what stands for it
    in another entry.
    """

    name: str
    kind: Kind
    variable: str = ""
    value: str | None = None
    inherited: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields that the type ``expected``, the ``more`` that the entry has, and the names of those to add."""

    expected: tuple[FormField, ...]
    more: tuple[FormField, ...]
    offered: tuple[str, ...]


def form_of(kind: str, raw: Mapping[str, str], inherited: Mapping[str, str] | None = None) -> Form:
    """The form of a reference of a type with these fields, as typed."""
    taken = dict(inherited or {})
    expected = [field_of(name, raw, taken) for name in _expected(kind, raw)]
    here = {field.name for field in expected}
    more = [field_of(name, raw, taken) for name in raw if name not in here]
    variables = {field.variable for field in (*expected, *more)}
    offered = tuple(name for name in _OFFERED if BY_BIBLATEX[name].variable not in variables)
    return Form(tuple(expected), tuple(more), offered)


def field_of(name: str, raw: Mapping[str, str], inherited: Mapping[str, str] | None = None) -> FormField:
    """One field, by the name that is in ``raw`` or by another name of the same."""
    row = BY_BIBLATEX.get(name)
    if row is None:
        return FormField(name, Kind.LITERAL, "", raw.get(name))
    spelling = name if name in raw else next((each for each in row.biblatex if each in raw), name)
    taken = next((value for each in row.biblatex if (value := (inherited or {}).get(each))), "")
    return FormField(spelling, row.kind, row.variable, raw.get(spelling), taken)


def other_types() -> tuple[str, ...]:
    """The types that are not among the ``USUAL`` ones."""
    return tuple(name for name in ENTRY_TYPES if name not in USUAL and name not in HELPERS)


def _expected(kind: str, raw: Mapping[str, str]) -> Iterator[str]:
    name = ALIASES.get(kind.lower(), kind.lower())
    for each in f"{_BY_TYPE.get(name) or _BY_PATTERN[entry_type(name).pattern]} {_OF_ALL}".split():
        if each == "date" and "date" not in raw and "year" in raw:
            yield from (old for old in _OLD_DATE if old in raw)
        else:
            yield each
