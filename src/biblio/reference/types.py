"""The table of entry types: what each is called in biblatex, CSL and RIS, and which citation pattern it follows.

Sources: biblatex manual § 2.1 (its types, aliases and the « unsupported » ones, which are set like ``misc``) and the
packages biblatex-apa and biblatex-software; the resources of French documentation centres, under their names in
English and in French, which biblatex sets like ``misc``; CSL 1.0.2, appendix III; RIS format specification. A row gives
the biblatex name, the pattern by which a notice is built (see ``citation``), the CSL type, the RIS type, and the key of
the label in the table of terms; a row that another package adds brings its own ``labels`` by language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from biblio.plugins import Table, row_of
from biblio.words.tables import term


class Pattern(StrEnum):
    """The families of notices, each with a source line of its own."""

    ARTICLE = "article"
    MONOGRAPH = "monograph"
    PART = "part"
    LEGAL = "legal"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class EntryType:
    """One row of the table."""

    biblatex: str
    pattern: Pattern
    csl: str
    ris: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def label_in(self, lang: str) -> str:
        """What a document of this type is called."""
        return self.labels.get(lang.partition("-")[0]) or self.labels.get("en") or term(f"type.{self.label}", lang)


_ROWS = (
    EntryType("article", Pattern.ARTICLE, "article-journal", "JOUR", "article"),
    EntryType("suppperiodical", Pattern.ARTICLE, "article-journal", "JOUR", "article"),
    EntryType("review", Pattern.ARTICLE, "review", "JOUR", "article"),
    EntryType("periodical", Pattern.ARTICLE, "periodical", "JFULL", "periodical"),
    EntryType("book", Pattern.MONOGRAPH, "book", "BOOK", "book"),
    EntryType("mvbook", Pattern.MONOGRAPH, "book", "BOOK", "book"),
    EntryType("collection", Pattern.MONOGRAPH, "book", "EDBOOK", "book"),
    EntryType("mvcollection", Pattern.MONOGRAPH, "book", "EDBOOK", "book"),
    EntryType("reference", Pattern.MONOGRAPH, "book", "BOOK", "book"),
    EntryType("mvreference", Pattern.MONOGRAPH, "book", "BOOK", "book"),
    EntryType("booklet", Pattern.MONOGRAPH, "pamphlet", "PAMP", "booklet"),
    EntryType("manual", Pattern.MONOGRAPH, "book", "BOOK", "manual"),
    EntryType("report", Pattern.MONOGRAPH, "report", "RPRT", "report"),
    EntryType("techreport", Pattern.MONOGRAPH, "report", "RPRT", "report"),
    EntryType("proceedings", Pattern.MONOGRAPH, "book", "CONF", "proceedings"),
    EntryType("mvproceedings", Pattern.MONOGRAPH, "book", "CONF", "proceedings"),
    EntryType("thesis", Pattern.MONOGRAPH, "thesis", "THES", "thesis"),
    EntryType("phdthesis", Pattern.MONOGRAPH, "thesis", "THES", "thesis"),
    EntryType("mastersthesis", Pattern.MONOGRAPH, "thesis", "THES", "dissertation"),
    EntryType("unpublished", Pattern.MONOGRAPH, "speech", "SLIDE", "unpublished"),
    EntryType("manuscript", Pattern.MONOGRAPH, "manuscript", "MANSCPT", "manuscript"),
    EntryType("podcast", Pattern.MONOGRAPH, "broadcast", "SOUND", "podcast"),
    EntryType("game", Pattern.MONOGRAPH, "document", "GEN", "game"),
    EntryType("jeu", Pattern.MONOGRAPH, "document", "GEN", "game"),
    EntryType("kit", Pattern.MONOGRAPH, "document", "GEN", "kit"),
    EntryType("mallette", Pattern.MONOGRAPH, "document", "GEN", "kit"),
    EntryType("exhibition", Pattern.MONOGRAPH, "event", "GEN", "exhibition"),
    EntryType("exposition", Pattern.MONOGRAPH, "event", "GEN", "exhibition"),
    EntryType("application", Pattern.MONOGRAPH, "software", "COMP", "application"),
    EntryType("teachingtool", Pattern.MONOGRAPH, "document", "GEN", "teaching_tool"),
    EntryType("outil", Pattern.MONOGRAPH, "document", "GEN", "teaching_tool"),
    EntryType("dataset", Pattern.MONOGRAPH, "dataset", "DATA", "dataset"),
    EntryType("software", Pattern.MONOGRAPH, "software", "COMP", "software"),
    EntryType("softwareversion", Pattern.MONOGRAPH, "software", "COMP", "software"),
    EntryType("softwaremodule", Pattern.MONOGRAPH, "software", "COMP", "software"),
    EntryType("codefragment", Pattern.MONOGRAPH, "software", "COMP", "software"),
    EntryType("hardware", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("patent", Pattern.MONOGRAPH, "patent", "PAT", "patent"),
    EntryType("artwork", Pattern.MONOGRAPH, "graphic", "ART", "image"),
    EntryType("image", Pattern.MONOGRAPH, "graphic", "FIGURE", "image"),
    EntryType("audio", Pattern.MONOGRAPH, "song", "SOUND", "audio"),
    EntryType("music", Pattern.MONOGRAPH, "song", "MUSIC", "audio"),
    EntryType("movie", Pattern.MONOGRAPH, "motion_picture", "MPCT", "video"),
    EntryType("video", Pattern.MONOGRAPH, "motion_picture", "VIDEO", "video"),
    EntryType("performance", Pattern.MONOGRAPH, "performance", "GEN", "performance"),
    EntryType("letter", Pattern.MONOGRAPH, "personal_communication", "PCOMM", "letter"),
    EntryType("standard", Pattern.MONOGRAPH, "standard", "STAND", "standard"),
    EntryType("presentation", Pattern.MONOGRAPH, "speech", "SLIDE", "unpublished"),
    EntryType("misc", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("nameonly", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("bibnote", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("set", Pattern.MONOGRAPH, "collection", "GEN", "document"),
    EntryType("xdata", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("customa", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("customb", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("customc", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("customd", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("custome", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("customf", Pattern.MONOGRAPH, "document", "GEN", "document"),
    EntryType("incollection", Pattern.PART, "chapter", "CHAP", "book"),
    EntryType("inbook", Pattern.PART, "chapter", "CHAP", "book"),
    EntryType("bookinbook", Pattern.PART, "chapter", "CHAP", "book"),
    EntryType("suppbook", Pattern.PART, "chapter", "CHAP", "book"),
    EntryType("suppcollection", Pattern.PART, "chapter", "CHAP", "book"),
    EntryType("conference", Pattern.PART, "paper-conference", "CPAPER", "unpublished"),
    EntryType("inproceedings", Pattern.PART, "paper-conference", "CPAPER", "unpublished"),
    EntryType("inreference", Pattern.PART, "entry-encyclopedia", "ENCYC", "book"),
    EntryType("legislation", Pattern.LEGAL, "legislation", "STAT", "legislation"),
    EntryType("legal", Pattern.LEGAL, "treaty", "LEGAL", "legislation"),
    EntryType("jurisdiction", Pattern.LEGAL, "legal_case", "CASE", "legislation"),
    EntryType("commentary", Pattern.LEGAL, "legislation", "LEGAL", "legislation"),
    EntryType("constitution", Pattern.LEGAL, "legislation", "STAT", "legislation"),
    EntryType("legmaterial", Pattern.LEGAL, "bill", "BILL", "legislation"),
    EntryType("legadminmaterial", Pattern.LEGAL, "regulation", "LEGAL", "legislation"),
    EntryType("online", Pattern.WEB, "webpage", "ELEC", "webpage"),
    EntryType("electronic", Pattern.WEB, "webpage", "ELEC", "webpage"),
    EntryType("www", Pattern.WEB, "webpage", "ELEC", "webpage"),
)

# Entries that hold fields for others, group others or are a note: never documents themselves.
HELPERS = frozenset({"bibnote", "set", "xdata"})

# BibTeX's old types and biblatex's own for the same thing (manual § 2.1.2).
ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "www": "online",
}

ENTRY_TYPES: Table[EntryType] = Table(
    "biblio.types", {row.biblatex: row for row in _ROWS}, row_of(EntryType, "biblatex")
)
FALLBACK = ENTRY_TYPES["misc"]


# What a thesis is, by what its type says, the first that fits; the key of its label.
_THESES = (
    (re.compile(r"\bh\.?d\.?r\b|\bhabilitation|habilitationsschrift", re.IGNORECASE), "habilitation"),
    (re.compile(r"\bd\.?e\.?a\b|dipl[ôo]me d['’][ée]tudes approfondies", re.IGNORECASE), "dea"),
    (
        re.compile(
            r"(?i:m[ée]moire|\bmasters?\b|\bmathesis|\bbathesis|\bmaster'?s?thesis|\bma[iî]trise|\blicence\b|bachelor"
            r"|dipl[ôo]me (?:inter)?-?universit|diplomarbeit)|\bD\.?E\.?S\.?S\b|\bD\.?I?\.?U\b|\b[MB]\.?(?:A|[Ss]c)\b",
        ),
        "dissertation",
    ),
    (re.compile(r"th[èe]s[ei]s?|ph\.? ?d|doctora|dissertation|\bcandthesis", re.IGNORECASE), "thesis"),
)


def as_thesis(row: EntryType, genre: str) -> EntryType:
    """The row of a thesis whose type says which kind it is: a dissertation, a DEA, an habilitation, a thesis."""
    label = next((label for form, label in _THESES if form.search(genre)), row.label)
    return row if label == row.label else replace(row, label=label)


def without_event(row: EntryType) -> EntryType:
    """The row of an unpublished work that was presented nowhere: a manuscript; a presentation stays what it is."""
    return replace(row, csl="manuscript", ris="MANSCPT", label="manuscript") if row.biblatex == "unpublished" else row


def entry_type(name: str) -> EntryType:
    """The row of a biblatex entry type, in any case; the row of ``misc`` for an unknown one."""
    return ENTRY_TYPES.get(name.lower(), FALLBACK)
