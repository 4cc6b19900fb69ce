"""What a record adds to a reference that is the same document, and where the two say different things.

Fields that the reference lacks are completed, keywords, notes and links are united, and what is there stays. Values are
compared as they are understood, whatever fields they are typed in: a ``date`` with a ``year`` and a ``month``, say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from biblio.check.rules.addresses import comparable
from biblio.check.rules.sketch import isbns_of
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import ALIASES, write_bibtex
from biblio.formats.records import as_word
from biblio.reference.fields import BOOKKEEPING, BY_BIBLATEX, STEERING, TIES, Kind
from biblio.reference.reference import Reference
from biblio.text.collation import fold, fold_key
from biblio.text.inline import plain

# What joins the texts of two fields that are united, beside keywords.
_JOINTS = {"note": " ; ", "internal_note": "\n\n", "links": "\n", "holdings": "\n", "imported_from": " ; "}
# Variables that say something of another one, and go with it alone.
_GOES_WITH = {
    "author_type": "author",
    "editor_type": "editor",
    "editor_a_type": "editor_a",
    "editor_b_type": "editor_b",
    "editor_c_type": "editor_c",
    "name_addon": "author",
    "eprint_type": "eprint",
    "eprint_class": "eprint",
    "subtitle": "title",
    "title_addon": "title",
    "main_subtitle": "main_title",
    "main_title_addon": "main_title",
    "book_subtitle": "book_title",
    "book_title_addon": "book_title",
    "journal_subtitle": "journal_title",
    "journal_title_addon": "journal_title",
    "annotation_source": "annotation",
    "annotation_language": "annotation",
    "accessed": "url",
}
# What says where a document stands, which is another thing for a document of another family.
_OF_FAMILY = frozenset(
    "journal_title journal_subtitle journal_title_addon short_journal_title issue_title issue_subtitle "
    "issue_title_addon book_title book_subtitle book_title_addon book_author main_title main_subtitle "
    "main_title_addon volume number issue page chapter collection_title event_title event_title_addon".split()
)
_TITLES = (("title", "subtitle"), ("main_title", "main_subtitle"), ("book_title", "book_subtitle"))
OLD_DATE = ("year", "month", "day")
# What ties a record to others of its own file, and what ``ids`` has already.
_OF_ITS_FILE = TIES | {"ids"}
# Fields that steer a program are nobody else's, but for the files that they name.
_NOT_TAKEN = (STEERING | _OF_ITS_FILE) - {"file", "pdf"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two differ, as the reference and as the record have it."""

    field: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What a record brings: fields to add, new values of fields that are there, and what differs, by typed names.

    ``removed`` are fields that say no longer what the record says in another one.
    """

    added: Mapping[str, str]
    changed: Mapping[str, str]
    differences: tuple[Difference, ...] = ()
    removed: frozenset[str] = frozenset()

    @property
    def values(self) -> Mapping[str, str]:
        """The fields as they will be."""
        return {**self.changed, **self.added}

    def turned(self, fields: Collection[str]) -> Merge:
        """The merge with some fields against the default: what differs is taken, what would be brought is left out."""
        if not fields:
            return self
        taken = {each.field: each.other for each in self.differences if each.field in fields and each.kept}
        new = {each.field: each.other for each in self.differences if each.field in fields and not each.kept}
        return Merge(
            {name: value for name, value in self.added.items() if name not in fields} | new,
            {name: value for name, value in self.changed.items() if name not in fields} | taken,
            tuple(each for each in self.differences if each.field not in fields),
            frozenset(OLD_DATE if "date" in taken else ()),
        )


def merge(reference: Reference, record: Reference, key: str = "") -> Merge:
    """What ``record`` brings to ``reference``; ``key`` is the key that leads to the reference from now on."""
    added: dict[str, str] = {}
    changed: dict[str, str] = {}
    differences: list[Difference] = []
    if reference.entry_type != record.entry_type:
        differences.append(Difference("entrytype", reference.entry_type, record.entry_type))
    alien = reference.type.pattern is not record.type.pattern
    said = _as_said(reference, record)

    def put(name: str, value: str) -> None:
        (changed if name in reference.raw else added)[name] = value

    for name, variable, typed in _fields(record):
        if not variable:
            if not reference.raw.get(name, "").strip():
                put(name, typed)
            continue
        mine, its = reference.__dict__.get(variable), record.__dict__.get(variable)
        if not its or variable in said:
            continue
        if not mine:
            base = _GOES_WITH.get(variable)
            if (alien and variable in _OF_FAMILY) or (base and not _agree(base, reference, record)):
                differences.append(Difference(name, "", typed))
            else:
                put(name, typed)
        elif variable in _JOINTS or BY_BIBLATEX[name].kind is Kind.KEYWORDS:
            united = _united(name, variable, reference, record)
            if united:
                changed[name_in(reference, variable, name)] = united
        elif not _same_value(variable, reference, record):
            differences.append(
                Difference(name_in(reference, variable, name), typed_value(reference, variable, name), typed)
            )
    _old_date(reference, record, added, differences)
    ids = _ids(reference, record, key)
    if ids:
        put("ids", ids)
    return Merge(added, changed, tuple(differences))


def merged(reference: Reference, merge: Merge) -> Reference:
    """The reference with what a record brings to it, at its place."""
    if not merge.values:
        return reference
    stays = {name: value for name, value in reference.raw.items() if name not in merge.removed}
    raw = {**stays, **merge.values}
    flat = {**reference.inherited, **raw}
    alone = Reference.of({**reference.__dict__, "raw": flat, "inherited": {}})
    (read,) = read_bibtex(write_bibtex([alone], private=True).encode("utf-8", "replace"), "").value
    kept = {"citekey": reference.citekey, "origin": reference.origin, "raw": raw, "inherited": reference.inherited}
    return Reference.of({**read.__dict__, **kept})


def _fields(record: Reference) -> Iterator[tuple[str, str, str]]:
    """The fields of a record that may be taken: the name that each gets, its variable if it has one, and its value."""
    taken: set[str] = set()
    for typed_name, value in {**record.inherited, **record.raw}.items():
        name = ALIASES.get(typed_name, typed_name)
        row = BY_BIBLATEX.get(name)
        if row is None:
            if name not in _NOT_TAKEN and value.strip() and (name in BOOKKEEPING or "-" in name or name == "file"):
                yield name, "", value
        elif row.variable not in taken and typed_name not in _OF_ITS_FILE:
            taken.add(row.variable)
            yield name, row.variable, value


def _as_said(reference: Reference, record: Reference) -> set[str]:
    """The variables of titles that are one text in the two, however it is parted."""
    said: set[str] = set()
    for title, subtitle in _TITLES:
        texts = [
            fold(f"{plain(each.__dict__.get(title, ()))} {plain(each.__dict__.get(subtitle, ()))}")
            for each in (reference, record)
        ]
        if texts[0] and texts[0] == texts[1]:
            said |= {title, subtitle}
    return said


def _agree(variable: str, reference: Reference, record: Reference) -> bool:
    """Whether a variable that others go with is the same in the two, or comes from the record."""
    return not reference.__dict__.get(variable) or _same_value(variable, reference, record)


def _same_value(variable: str, reference: Reference, record: Reference) -> bool:
    mine, its = reference.__dict__.get(variable), record.__dict__.get(variable)
    match variable:
        case "isbn":
            isbns = set(isbns_of(reference)), set(isbns_of(record))
            return _shown(mine) == _shown(its) or bool(isbns[0] and isbns[0] == isbns[1])
        case "url":
            return comparable(str(mine)) == comparable(str(its))
        case _:
            return bool(mine == its) or _shown(mine).casefold() == _shown(its).casefold()


def _shown(value: Any) -> str:
    """A value as words, to be compared and shown."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, tuple):
        try:
            return " ".join(plain(value).split())
        except AttributeError:
            return " ; ".join(map(_shown, value))
    return str(value)


def name_in(reference: Reference, variable: str, name: str) -> str:
    """The name under which a reference has a variable."""
    everything = (*reference.raw, *reference.inherited)
    names = (each for each in everything if (row := BY_BIBLATEX.get(each)) and row.variable == variable)
    return next(names, name)


def typed_value(reference: Reference, variable: str, name: str) -> str:
    """A variable of a reference as it stands in its file, or in that of the entry that it comes from."""
    everything = {**reference.inherited, **reference.raw}
    if variable == "issued" and not everything.get("date"):
        return "-".join(filter(None, map(everything.get, OLD_DATE)))
    return everything.get(name_in(reference, variable, name), "")


def _united(name: str, variable: str, reference: Reference, record: Reference) -> str:
    """The value of the two together; empty when the record's says nothing new, or the reference's is inherited."""
    here = reference.raw.get(name_in(reference, variable, name), "").strip()
    if not here:
        return ""
    mine, its = reference.__dict__[variable], record.__dict__[variable]
    if BY_BIBLATEX[name].kind is Kind.KEYWORDS:
        known = {fold(word) for word in mine}
        new = [word for word in its if fold(word) not in known]
        joint = "; " if ";" in here and "," not in here else ", "
        return joint.join([here.rstrip(" ,;"), *map(as_word, new)]) if new else ""
    typed = record.raw.get(name_in(record, variable, name), "") or record.inherited.get(name, "")
    if variable in ("links", "holdings"):
        lines = [line.strip() for line in typed.split("\n") if line.strip()]
        new = [line for line in lines if line not in {each.strip() for each in here.split("\n")}]
        return "\n".join([here, *new]) if new else ""
    parts = {fold(part) for part in here.split(_JOINTS[variable])}
    if fold(_shown(its)) in fold(_shown(mine)) or fold(typed) in parts:
        return ""
    return f"{here}{_JOINTS[variable]}{typed.strip()}"


def _old_date(reference: Reference, record: Reference, added: dict[str, str], differences: list[Difference]) -> None:
    """The date of a record that has it in BibTeX's old fields."""
    if not record.issued or "date" in record.raw or "date" in record.inherited:
        return
    typed = {name: record.raw[name] for name in OLD_DATE if name in record.raw}
    if not reference.issued:
        added.update({name: value for name, value in typed.items() if name not in reference.raw})
    elif reference.issued != record.issued:
        differences.append(Difference("date", typed_value(reference, "issued", "date"), "-".join(typed.values())))


def _ids(reference: Reference, record: Reference, key: str) -> str:
    """The former keys of the reference with those of the record; empty when it has them all."""
    keys = dict.fromkeys(filter(None, (key, *record.keys[1:])))
    known = set(map(fold_key, reference.keys))
    new = [each for each in keys if fold_key(each) not in known]
    here = reference.raw.get("ids", "").strip().rstrip(",")
    return ", ".join([*([here] if here else []), *new]) if new else ""
