"""Makes a record of each row of a sheet whose columns are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from biblio.formats.drafts.dates import date_of
from biblio.formats.drafts.draft import Draft, Meaning, cleaned
from biblio.formats.drafts.entry import record_of
from biblio.formats.drafts.named_kinds import kind_named
from biblio.formats.records import Body, Record
from biblio.formats.tabular import cells as cell
from biblio.formats.tabular.columns import Column, Layout
from biblio.formats.tabular.headings import form_of
from biblio.formats.tabular.people import Manner, manner_of, name_of, people_of
from biblio.formats.tabular.sheet import Row, Sheet
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.languages import USUAL_WORDS, tag_of
from biblio.text.figures import number_in
from biblio.words.faults import Diagnostic, Span, diagnose

PREFIX = "table"
# What R writes for want of a value.
NOTHING = "NA"
# What a column is, as the values of tagged formats are meant: where each goes depends on the kind of document.
MEANINGS: Mapping[str, Meaning] = {
    "title": Meaning.TITLE,
    "shorttitle": Meaning.SHORT_TITLE,
    "paralleltitle": Meaning.PARALLEL_TITLE,
    "journaltitle": Meaning.HOST,
    "host": Meaning.HOST,
    "shortjournal": Meaning.HOST_IN_SHORT,
    "booktitle": Meaning.HOST_BOOK,
    "series": Meaning.SERIES,
    "eventtitle": Meaning.EVENT,
    "venue": Meaning.EVENT_PLACE,
    "volume": Meaning.VOLUME,
    "number": Meaning.NUMBER,
    "seriesnumber": Meaning.SERIES_NUMBER,
    "volumes": Meaning.VOLUMES,
    "pages": Meaning.PAGES,
    "firstpage": Meaning.FIRST_PAGE,
    "lastpage": Meaning.LAST_PAGE,
    "pagetotal": Meaning.PAGE_COUNT,
    "eid": Meaning.ARTICLE_NUMBER,
    "edition": Meaning.EDITION,
    "publisher": Meaning.PUBLISHER,
    "location": Meaning.PLACE,
    "doi": Meaning.DOI,
    "isbn": Meaning.STANDARD_NUMBER,
    "issn": Meaning.STANDARD_NUMBER,
    "standardnumber": Meaning.STANDARD_NUMBER,
    "identifier": Meaning.IDENTIFIER,
    "pmid": Meaning.PMID,
    "pmcid": Meaning.PMCID,
    "library": Meaning.CALL_NUMBER,
    "keywords": Meaning.KEYWORDS,
    "abstract": Meaning.ABSTRACT,
    "note": Meaning.NOTE,
    "type": Meaning.GENRE,
    "key": Meaning.KEY,
    "date": Meaning.DATE,
    "year": Meaning.YEAR,
}
# What Zotero's users write in a note for want of a field: « PMID: 123 ».
_IN_NOTES: Mapping[str, Meaning] = {
    "pmid": Meaning.PMID,
    "pmcid": Meaning.PMCID,
    "doi": Meaning.DOI,
    "issn": Meaning.STANDARD_NUMBER,
    "isbn": Meaning.STANDARD_NUMBER,
    "citation key": Meaning.KEY,
}
# What databases put beside the kinds of documents, and no notice prints.
_NO_KINDS = frozenset({"PDF", "HTML", "CITATION", "DOC", "TEXT", "URL"})
_DATES = frozenset({"date", "urldate", "eventdate", "added"})
# What a spreadsheet takes for a date, or for a number of its own, though it is none.
_SPOILT = frozenset({"pages", "number", "volume", "isbn", "issn", "standardnumber", "pagetotal"})
_PARTED = frozenset({"author-family", "author-given", "editor-family", "editor-given"})
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bVan)(?=[A-ZÀ-Þ])")
_LISTS = re.compile(r"[;|\n]")
_SLASH = " / "
_PLACE_AND_HOUSE = re.compile(r"(?P<place>[^\W\d_][\w' ’.-]{1,30}?)\s+:\s+(?P<house>\S.*)")
_HAL_ID = re.compile(r"[a-z]{2,12}-\d{5,9}(?:v\d+)?")
_ARXIV_ID = re.compile(r"(?:arXiv:\s*)?(\d{4}\.\d{4,5}|(?<![a-z-])[a-z-]++/\d{7})", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:^|[,;\s])(?P<kind>isbn|doi|issn|pmid)\s*:\s*(?P<value>[^,;\s]+)", re.IGNORECASE)


@dataclass(slots=True)
class Sheets:
    """What the rows of a sheet have in common: how people and dates are typed in each column, and the kind of all."""

    sheet: Sheet
    layout: Layout
    path: str
    kind: str = ""
    manners: dict[int, Manner] = field(default_factory=dict)
    day_first: dict[int, bool | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    spoilt: list[Diagnostic] = field(default_factory=list)
    # Springer puts nothing between its authors.
    is_glued: bool = False

    def __post_init__(self) -> None:
        french = any(
            re.search(r"[éèêàç]|titre|auteur|ann[ée]e", column.heading.lower()) for column in self.layout.columns
        )
        self.is_glued = any(form_of(column.heading) == "item title" for column in self.layout.columns)
        for column in self.layout.columns:
            values = [row[column.index] for row in self.layout.rows]
            if is_people(column.field):
                self.manners[column.index] = manner_of(filter(None, values), column.separator)
            elif column.field in _DATES:
                self.day_first[column.index] = cell.day_first(values, french=french)


def is_people(field: str) -> bool:
    """Whether a field is of names."""
    row = BY_BIBLATEX.get(field)
    return field in ("advisor", "author-short") or (row is not None and row.kind is Kind.NAMES)


def record_of_row(row: Row, sheets: Sheets) -> Record | None:
    """The record of a row; ``None`` when nothing in it belongs to a reference."""
    draft = Draft("misc", Span(sheets.path, row.number))
    maker = _Maker(draft, row, sheets)
    for column in sheets.layout.columns:
        value = cleaned(cell.bare(row[column.index])) if column.index < len(row.cells) else ""
        if value.strip() and value != NOTHING and column.field != "ignore":
            maker.take(column, value.strip())
    if not maker.found:
        return None
    maker.finish()
    return record_of(draft, PREFIX)


class _Maker:
    """Takes the cells of one row and makes a draft of them."""

    def __init__(self, draft: Draft, row: Row, sheets: Sheets) -> None:
        self.draft, self.row, self.sheets = draft, row, sheets
        self.found = False
        self.kinds: list[str] = []
        # Names with the column that they stand in, for their order.
        self.people: dict[str, list[tuple[int, str]]] = {}
        self.parted: dict[tuple[str, int], dict[str, tuple[int, str]]] = {}
        self.texts: dict[str, list[tuple[str, str, str]]] = {}
        self.when: dict[str, str] = {}
        self.whole = ""

    def take(self, column: Column, value: str) -> None:
        """One cell that is not empty."""
        name = column.field
        if name in _SPOILT and cell.is_spoilt(value):
            place = Span(self.sheets.path, self.row.number, column.index + 1)
            self.sheets.spoilt.append(diagnose("P327", place, value=value, column=column.called))
        link = self.sheets.sheet.links.get((self.row.number, column.index))
        if link and link != value:
            self.draft.add(Meaning.ADDRESS, column.called, link)
        if name == "keep":
            self.draft.keep(column.called, value)
            return
        self.found = True
        if name in _SPECIAL:
            _SPECIAL[name](self, column, value)
        elif name in _PARTED:
            role, part = name.split("-")
            self.parted.setdefault((role, column.number), {})[part] = (column.index, value)
        elif is_people(name):
            self._names(name, column, value)
        elif name in ("title", "abstract"):
            self.texts.setdefault(name, []).append((column.language, column.called, value))
        elif name in _DATES:
            self._dated(name, column, value)
        elif name in MEANINGS:
            self._meant(MEANINGS[name], column, value)
        else:
            self._field(name, column, value)

    def finish(self) -> None:
        """What can be said only once all the cells are known."""
        for (role, _), parts in self.parted.items():
            (place, family), (_, given) = parts.get("family", (0, "")), parts.get("given", (0, ""))
            name = name_of(f"{family}, {given}" if family and given else family or given)
            name = Body(name) if name and not given and "," not in name else name
            self.people.setdefault(role, []).append((place, name))
        if short := self.people.pop("author-short", []):
            self.people.setdefault("author", short)
        for role, names in self.people.items():
            ordered = dict.fromkeys(name for _, name in sorted(names, key=lambda each: (each[1] == "others", each[0])))
            if kept := tuple(filter(None, ordered)):
                self.draft.fields[role] = kept
        if "editora" in self.draft.fields:
            self.draft.fields["editoratype"] = "supervisor"
        self._texts()
        if "month" in self.when and (year := self.draft.first(Meaning.YEAR)):
            month, day = self.when["month"], self.when.get("day", "")
            number, of_month = number_in(month) or 0, number_in(day) or 0
            dated = f"{year[:4]}-{number:02}" if 0 < number < 13 else f"{day} {month} {year}"
            whole = f"{dated}-{of_month:02}" if dated[4:5] == "-" and 0 < of_month < 32 else dated
            self.draft.add(Meaning.DATE, "month", whole)
        if self.whole and Meaning.TITLE not in self.draft.values:
            self.draft.add(Meaning.TITLE, "reference", self.whole)
        elif self.whole:
            self.draft.keep("reference", self.whole)
        self.draft.kind = next(filter(None, self.kinds), "") or self.sheets.kind or self._likeliest()

    def _texts(self) -> None:
        """Titles and abstracts in several languages: the document's own, then French, first; the others beside them."""
        language = self.draft.fields.get("langid", "")
        tag = tag_of(language) if isinstance(language, str) else ""
        order = {tag: 0, "": 1, "fr": 2}
        for name, values in self.texts.items():
            ordered = sorted(values, key=lambda value: order.get(value[0], 3))
            for place, (language, called, value) in enumerate(ordered):
                if name == "title":
                    self.draft.add(Meaning.PARALLEL_TITLE if place else Meaning.TITLE, called, _on_a_line(value))
                elif place and language and language != ordered[0][0]:
                    self.draft.keep(called, cell.paragraphs(value))
                else:
                    self.draft.add(Meaning.ABSTRACT, called, cell.paragraphs(value))

    def _likeliest(self) -> str:
        """The kind of a document that nothing names, by what is said of it."""
        has = self.draft.values.keys()
        if Meaning.HOST_BOOK in has:
            return "incollection"
        if Meaning.EVENT in has:
            return "inproceedings"
        if Meaning.HOST in has or Meaning.HOST_IN_SHORT in has:
            isbn = any(
                value.replace("-", "").startswith(("978", "979")) for value in self.draft.all(Meaning.STANDARD_NUMBER)
            )
            return "incollection" if isbn and Meaning.VOLUME not in has and Meaning.NUMBER not in has else "article"
        if self.draft.fields.get("editora"):
            return "thesis"
        if Meaning.PUBLISHER in has or Meaning.STANDARD_NUMBER in has or Meaning.PAGE_COUNT in has:
            return "book"
        return "online" if Meaning.ADDRESS in has else "misc"

    def _names(self, name: str, column: Column, value: str) -> None:
        if self.sheets.is_glued:
            value = _GLUED.sub("; ", value)
        people = people_of(value, self.sheets.manners.get(column.index, Manner(column.separator)))
        field = "editora" if name == "advisor" else name
        for role, each in people.named:
            self.people.setdefault(role if role and name == "author" else field, []).append((column.index, each))

    def _dated(self, name: str, column: Column, value: str) -> None:
        dated = cell.dated(value, day_before=self.sheets.day_first.get(column.index))
        if name == "date":
            self.draft.add(Meaning.DATE, column.called, dated)
        elif name == "urldate":
            self.draft.add(Meaning.ACCESSED, column.called, dated)
        elif name == "eventdate":
            self.draft.add(Meaning.EVENT_DATE, column.called, dated)
        else:
            self._field(name, column, date_of(dated) or dated)

    def _meant(self, meaning: Meaning, column: Column, value: str) -> None:
        if meaning is Meaning.PUBLISHER:
            placed = _PLACE_AND_HOUSE.fullmatch(value)
            if placed and not any(each.field == "location" for each in self.sheets.layout.columns):
                self.draft.add(Meaning.PLACE, column.called, placed["place"])
                value = placed["house"]
            for each in self._several(column, value):
                self.draft.add(meaning, column.called, each)
        elif meaning is Meaning.KEYWORDS:
            for each in self._several(column, value):
                self.draft.add(meaning, column.called, each)
        elif meaning is Meaning.STANDARD_NUMBER:
            self.draft.add(meaning, column.called, value)
        elif meaning is Meaning.NOTE:
            for named, text in cell.parts_of_note(cell.paragraphs(value)):
                self.draft.add(_IN_NOTES.get(named, meaning), column.called, text)
        else:
            self.draft.add(meaning, column.called, _on_a_line(value))

    def _several(self, column: Column, value: str) -> list[str]:
        parts = value.split(column.separator) if column.separator else _LISTS.split(value)
        if len(parts) == 1 and value.count(_SLASH) > 1:
            parts = value.split(_SLASH)  # one alone may stand in a word of a thesaurus
        return [part for part in map(str.strip, parts) if part]

    def _field(self, name: str, column: Column, value: str) -> None:
        row = BY_BIBLATEX.get(name)
        made: str | Sequence[str] = value
        if row is not None and row.kind is Kind.PARAGRAPHS:
            made = cell.paragraphs(value)
            if isinstance(before := self.draft.fields.get(name), str):
                made = f"{before}\n\n{made}"
            self.draft.fields[name] = made
            return
        if row is not None and row.kind is Kind.KEYWORDS:
            made = tuple(self._several(column, value))
        if self.draft.fields.setdefault(name, made) != made:
            self.draft.keep(column.called, value)

    def _take_kind(self, _: Column, value: str) -> None:
        kind, called = kind_named(value)
        if kind or not self.kinds:
            self.kinds.append(kind)
        if called and kind == "thesis":
            self.draft.fields.setdefault("type", called)
        elif called and len(called) > 1 and called.upper() not in _NO_KINDS:
            self.draft.fields.setdefault("entrysubtype", called)

    def _take_body(self, column: Column, value: str) -> None:
        bodies = ((column.index, Body(each)) for each in self._several(column, value))
        self.people.setdefault("author", []).extend(bodies)

    def _take_part_of_date(self, column: Column, value: str) -> None:
        self.when[column.field] = value

    def _take_year(self, column: Column, value: str) -> None:
        dated = cell.dated(value, day_before=True)
        self.draft.add(Meaning.DATE if len(dated) > 4 and dated[4:5] == "-" else Meaning.YEAR, column.called, dated)

    def _take_url(self, column: Column, value: str) -> None:
        for each in cell.addresses(value):
            self.draft.add(Meaning.ADDRESS, column.called, each)

    def _take_language(self, column: Column, value: str) -> None:
        tag = next((tag for part in re.split(r"[;,|/\n]", value) if (tag := tag_of(part.strip()))), "")
        self._field("langid", column, USUAL_WORDS.get(tag, tag) or value)

    def _take_host(self, column: Column, value: str) -> None:
        for name, text in cell.source_of(_on_a_line(value)).items():
            self.draft.add(MEANINGS[name], column.called, text)

    def _take_numbering(self, column: Column, value: str) -> None:
        for name, text in cell.numbering(value).items():
            self.draft.add(MEANINGS[name], column.called, text)

    def _take_citation(self, column: Column, value: str) -> None:
        said = cell.citation_of(value)
        if not said:
            self.whole = self.whole or value
        for name, text in said.items():
            meaning = Meaning.HOST_IN_SHORT if name == "journal" else MEANINGS[name]
            self.draft.add(meaning, column.called, text)

    def _take_whole(self, column: Column, value: str) -> None:
        if self.whole:
            self.draft.keep(column.called, value)
        self.whole = self.whole or _on_a_line(value)

    def _take_hal(self, column: Column, value: str) -> None:
        found = _HAL_ID.search(value)
        self._eprint(column, value, found[0] if found else "", "hal")

    def _take_arxiv(self, column: Column, value: str) -> None:
        found = _ARXIV_ID.search(value)
        self._eprint(column, value, found[1] if found else "", "arxiv")

    def _eprint(self, column: Column, value: str, number: str, kind: str) -> None:
        if number and "eprint" not in self.draft.fields:
            self.draft.fields["eprint"], self.draft.fields["eprinttype"] = number, kind
        else:
            self.draft.keep(column.called, value)

    def _take_identifier(self, column: Column, value: str) -> None:
        named = list(_PREFIXED.finditer(value))
        meanings = {"doi": Meaning.DOI, "pmid": Meaning.PMID}
        for match in named:
            meaning = meanings.get(match["kind"].lower(), Meaning.STANDARD_NUMBER)
            self.draft.add(meaning, column.called, match["value"])
        if not named:
            for each in self._several(column, value):
                self.draft.add(Meaning.IDENTIFIER, column.called, each)


_SPECIAL: Mapping[str, Callable[[_Maker, Column, str], None]] = {
    "entrytype": _Maker._take_kind,
    "author-body": _Maker._take_body,
    "month": _Maker._take_part_of_date,
    "day": _Maker._take_part_of_date,
    "year": _Maker._take_year,
    "url": _Maker._take_url,
    "langid": _Maker._take_language,
    "host": _Maker._take_host,
    "journaltitle": _Maker._take_host,
    "volumenumber": _Maker._take_numbering,
    "citation": _Maker._take_citation,
    "reference": _Maker._take_whole,
    "halid": _Maker._take_hal,
    "arxivid": _Maker._take_arxiv,
    "identifier": _Maker._take_identifier,
}


def _on_a_line(value: str) -> str:
    return " ".join(value.split())
