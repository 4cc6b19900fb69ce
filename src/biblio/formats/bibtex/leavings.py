"""What other programs leave in a field that is not theirs: « Publisher: … », « Cg_type: … », RefWorks' « Book, Whole ».

Sources: Zotero's « Extra » field and what its translators put there, the exports of Better BibTeX, RefWorks, ProQuest,
Scopus, Web of Science, Mendeley, DSpace, Cairn, ADS and DBLP, and what public collections hold of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from biblio.formats.bibtex.dates import noted_date
from biblio.reference.date import edtf, parse_date

# The fields that programs leave such things in.
NOTES = ("note", "annote", "annotation", "addendum", "howpublished", "extra")
# What a program calls a value, without blanks and signs, and the field that it belongs in.
_FIELDS = {
    "publisher": "publisher",
    "backuppublisher": "publisher",
    "place": "location",
    "placepublisher": "publisher",
    "isbn": "isbn",
    "docisbn": "isbn",
    "issn": "issn",
    "doi": "doi",
    "pmid": "pmid",
    "pubmedpmid": "pmid",
    "pubmedid": "pmid",
    "pmcid": "pmcid",
    "numberofpages": "pagetotal",
    "numpages": "pagetotal",
    "pages": "pages",
    "originaldate": "origdate",
    "originaltitle": "origtitle",
    "originalpublisher": "origpublisher",
    "originalpublisherplace": "origlocation",
    "containertitle": "journaltitle",
    "conferencename": "eventtitle",
    "eventtitle": "eventtitle",
    "eventplace": "venue",
    "publisherplace": "location",
    "callnumber": "library",
    "numberofvolumes": "volumes",
    "conferencelocation": "venue",
    "seriestitle": "series",
    "texids": "ids",
    "arxiv": "eprint",
    "arxivid": "eprint",
    "halid": "eprint",
    "jstor": "eprint",
    "number": "number",
    "issue": "number",
    "volume": "volume",
    "edition": "edition",
    "version": "version",
}
_ARCHIVES = {"arxiv": "arxiv", "arxivid": "arxiv", "halid": "hal", "jstor": "jstor"}
# Those that are of no use outside the program.
_OWN = frozenset(
    "cgtype subjectterm bandieraabtest primaryatype atype cairndomain cairnkey cairnid exportdate citedby citationkey "
    "googlebooksid pageversionid dblplastmodified objecttype sourcetype docid pcid publisherxid provjournalcode "
    "accessionnumber zsccnocitationdata zscc tex texeprinttype texkeywords openaccessstatus subjecttermid citekey "
    "journalabbreviation archivelocation librarycatalog rightsstatement mendeleygroups s2id eprint adsbibcode bibcode "
    "adsnote qid oclc lccn gsrank querydate timescited citedreferencecount isidocumentdeliveryno wosuid smashid "
    "publicationtitle readstatus readstatusdate magid correspondenceaddress "
    "titletranslation section type company code medium distributor institution label versionnumber zoteroid coden "
    "documenttype languageoforiginaldocument fundingdetails".split(),
)
# What a person may well begin a note with, and is a program's beside another one only.
_PERHAPS = frozenset(
    "number issue volume edition version section type company code medium distributor institution label".split(),
)
_SURELY_SEVERAL = 3  # of them, which no person types running
_LONGEST_NAME = 60  # characters, with its colon
_COLON = re.compile(
    r"(?:(?<![ \t])[ \t]+)?:[ \t\n]++(?=\S)|(?<=arXiv):(?=\d{4}\.\d)|(?<=\.ids)[ \t]*=[ \t]*(?=\S)", re.IGNORECASE
)
_WORDS_BEFORE = re.compile(r"(?:(?<![^\s;.{])\\?_?[A-Za-z]+(?:\\?[_. -][A-Za-z]+){0,5}\.?)\Z")
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]")
# Values of one form end where it ends, and what follows is of a person's hand again; by field or by name.
_FORMS = {
    "isbn": re.compile(r"(?:97[89][-\s]?)?\d[\d\s-]{7,14}[\dXx]"),
    "issn": re.compile(r"\d{4}-?\d{3}[\dXx](?:\s*,\s*\d{4}-?\d{3}[\dXx])*"),
    "doi": re.compile(r"\S+[^\s.,;]"),
    "pmid": re.compile(r"\d+"),
    "pmcid": re.compile(r"(?:PMC)?\d+"),
    "pagetotal": re.compile(r"\d+"),
    "volumes": re.compile(r"\d+"),
    "pages": re.compile(r"[A-Za-z]?\d+(?:[-\u2013]+[A-Za-z]?\d+)?(?=[\s.;,}]*\Z|[\s.;,]+[A-Z])"),
    "eprint": re.compile(r"[\w./-]*\d"),
    "adsbibcode": re.compile(r"\S{19}"),
}
# ProQuest's notes: names of its own with a dash behind them.
_PROQUEST = re.compile(
    r"(?:(?:Copyright|Last updated|Date (?:revised|completed|created)|SubjectsTermNotLitGenreText|Document feature"
    r"|Number of references|Publication title|CODEN|Name|People|Place|Company) - [^;]*(?:;\s*|\Z))+",
)
# When a page was consulted, in a note of nothing else: « [Online; accessed 3-March-2020] », « Consulté le 3 mai 2020 ».
_ACCESS = re.compile(
    r"[\s{\[(]*+(?P<label>(?:(?:online|en ligne|web)\s*+\]?[\s;,.]*+\[?)?(?:last |date |page |site )?"
    r"(?:accessed|access date|visited|retrieved|consulted|viewed|consultée?|visitée?)(?: on| le| in| en)?)"
    r"\s*+(?::\s*+)?(?P<date>[^\[\]{}():;]{4,30}?)[\s.\])}]*",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_FRENCH_ACCESS = ("consulté", "visité", "en ligne")
_LONGEST_ACCESS = 80
# The class behind an arXiv number: « [cs] », « [cs, stat] ».
_CLASS = re.compile(r"\A\s*\[[\w.-]+(?:, ?[\w.-]+)*\]")
# What is a program's by its form, where a sentence begins: dates of deposit, counts of citations, marks of imports.
_DAY = r"\d{4}-\d{2}-\d{2}"
_SENTENCE = re.compile(
    r"(?:(?<=\A)|(?<=[{\s]))(?:"
    rf"(?:accepted|accessed|available|issued|submitted): ?{_DAY}T[\d:.]+Z"
    r"|cited by(?: \(since \d{4}\))?\s*+(?::\s*+)?\d++(?=[\s.,}]*(?:\Z|;|export))"
    rf"|\d+ citations?(?: \([\w /]+\)| \[{_DAY}\])+"
    # What arXiv has its authors say of their file, in some lines.
    r"|comments?: "
    r"(?=[^{}]{0,400}?\b(?:\d+ (?:pages|figures)|accepted|to appear|camera-ready|published|submitted)\b)[^{}]*"
    r"|from duplicates? \d+ \((?:[^()]|\([^()]*\))*\)"
    r"|<go to isi>\S+|(?:WOS|ISI):[A-Z]?\d{9,}"
    r"|(?:tex|biblatex)\.(?!ids)[a-z]+\s*[:=][^\n;]*"
    r")[.;,]?"
    r"|\A[\s{]*+00\d{3,}+(?=[\s}]*\Z)",
    re.IGNORECASE,
)
# What stands before the first sign of such a sentence, in lower case: to look for the sentence itself costs a tenth of
# the expression. A value without the signs is a person's.
_BEFORE_COLON = ("accepted", "accessed", "available", "issued", "submitted", "wos", "isi", "comment", "comments")
# What programs write where they have nothing to say. A title may be such a word, and « nan » is a language.
_NOTHING = re.compile(
    r"None|null|NULL|undefined|NaN|nan|N/A|n/a(?:\s*-+\s*n/a)?|\[object Object\]|\[?No [Aa]bstract(?: available)?\.?\]?"
    r"|[-\u2010-\u2015]{1,3}|\?{1,4}|\.|\*{1,5}"
)
# What people type for a date that nobody knows, and a journal for the pages of what it has not set yet.
_NOTHING_IN = {
    **dict.fromkeys(
        ("year", "date"),
        re.compile(r"[\[(]?\s*(?:n\.?\s?d\.?|s\.?\s?d\.?|no date|sans date|undated|non daté)\s*[\])]?", re.IGNORECASE),
    ),
    "pages": re.compile(r"no\s*-+\s*no"),
    # Of what Summon and its like do not know the number.
    **dict.fromkeys(("number", "issue", "volume"), re.compile(r"generic", re.IGNORECASE)),
}
_LONGEST_NOTHING = 30
MAY_SAY_NOTHING = frozenset(
    "NnuGg[{ \t\nsSU(-\u2010\u2011\u2012\u2013\u2014\u2015?.*"
)  # of a word for nothing: most values are told by their first character
_WORDS_ALL_THE_SAME = frozenset(
    "title subtitle shorttitle booktitle maintitle langid language series shorthand label presort sortkey".split(),
)
_KINDS_OF_PROGRAMS = frozenset(
    {
        "journal article",
        "journal, electronic",
        "journalarticle",
        "book, whole",
        "book, section",
        "book, edited",
        "book section",
        "magazine article",
        "newspaper article",
        "conference proceedings",
        "dissertation/thesis",
        "dissertation/thesis, unpublished",
        "web page",
        "generic",
        "unpublished material",
        "laws/statutes",
        "case/court decisions",
        "bills/resolutions",
        "video/ dvd",
        "video/dvd",
        "online discussion forum",
        "electronic article",
        "electronic book",
        "monograph",
        "abstract",
        "computer program",
        "jour",
        "rprt",
    },
)


class Leaving(NamedTuple):
    """A value that a program left: its name there, the value, and the field that it belongs in, if any."""

    label: str
    value: str
    field: str

    def __str__(self) -> str:
        value = " ".join(self.value.split())
        return f"{self.label}: {value}".strip() if self.label else value


def leavings_of(value: str) -> tuple[str, tuple[Leaving, ...]]:
    """What a person wrote in a field, and what programs left there; a value that begins otherwise is a person's."""
    if len(value) <= _LONGEST_ACCESS and (access := access_of(value)):
        return "", (access,)
    if len(value) <= _LONGEST_ACCESS and is_kind_of_program(value.strip(" {}")):
        return "", (Leaving("", value.strip(), ""),)
    if " - " in value and _PROQUEST.fullmatch(value.strip()):
        return "", (Leaving("", value.strip(), ""),)
    sentences: tuple[Leaving, ...] = ()
    if _may_have_sentences(value):
        sentences = tuple(Leaving("", match.group().rstrip(" .;,"), "") for match in _SENTENCE.finditer(value))
        if sentences:
            value = _SENTENCE.sub("", value).strip(" ;\n\t")
    if ":" not in value and "=" not in value:
        return value, sentences
    rest, labelled = _labelled(value)
    return rest, (*sentences, *labelled)


def access_of(value: str) -> Leaving | None:
    """When a page was consulted, if a value says nothing else; its date is in EDTF."""
    match = _ACCESS.fullmatch(value)
    if match is None:
        return None
    label, typed = " ".join(match["label"].split()), match["date"].strip()
    figures = _IN_FIGURES.fullmatch(typed)
    if figures:
        day = _day_of(int(figures[1]), int(figures[2]), french=label.lower().startswith(_FRENCH_ACCESS))
        # « 03/01/2020 » is of January or of March: nobody moves it.
        return Leaving(label, f"{figures[3]}-{day}", "urldate") if day else Leaving(label, typed, "")
    date = parse_date(typed) or noted_date(typed)
    return Leaving(label, edtf(date), "urldate") if date else None


def _day_of(first: int, second: int, *, french: bool) -> str:
    """Month and day of two figures, in either order; empty where both orders make a day and French does not decide."""
    if not (0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12):
        return ""
    if french or first > 12:
        return f"{second:02d}-{first:02d}" if second <= 12 else ""
    return f"{first:02d}-{second:02d}" if second > 12 or first == second else ""


def _may_have_sentences(value: str) -> bool:
    if ":" in value:
        if any(value[max(0, at - 9) : at].lower().endswith(_BEFORE_COLON) for at in _places(":", value)):
            return True
        if "tex." in value.lower():
            return True
    elif "=" in value and "tex." in value.lower():
        return True
    if "<" in value and "<go to isi>" in value.lower():
        return True
    if "ited " in value or "ITED " in value or value.lstrip(" {\n\t").startswith("00"):
        return True
    return ("itation" in value or "ITATION" in value or "uplicate" in value or "UPLICATE" in value) and (
        "(" in value or "[" in value
    )


def _places(mark: str, value: str) -> Iterator[int]:
    at = value.find(mark)
    while at >= 0:
        yield at
        at = value.find(mark, at + 1)


def _labelled(value: str) -> tuple[str, tuple[Leaving, ...]]:
    """What is left of a value that begins with the name that a program has for something, and the names with theirs."""
    # A note that begins with no such name is a person's, and is not looked through.
    head = value[:_LONGEST_NAME]
    first = next(_marks(head), None) if ":" in head or "=" in head else None
    if first is None or value[: first.start].strip(" {}\n\t"):
        return value, ()
    marks = list(_marks(value))
    if len(marks) < _SURELY_SEVERAL and all(_folded(mark.label) in _PERHAPS for mark in marks):
        return value, ()
    found: list[Leaving] = []
    rest: list[str] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        typed = value[mark.end : following.start if following else len(value)].strip(" \n\t;{}")
        label = _folded(mark.label)
        field = _FIELDS.get(label, "")
        form = _FORMS.get(field or label) if label != "eprint" else None
        shaped = form.match(typed) if form else None
        if form and shaped is None:
            return value, ()
        if shaped:
            behind = _CLASS.sub("", typed[shaped.end() :]) if field == "eprint" else typed[shaped.end() :]
            rest.append(behind.lstrip(" .;,\n\t"))
            typed = shaped.group()
        found.append(Leaving(mark.label.replace("\\", ""), typed, field))
    return " ".join(filter(None, rest)), tuple(found)


def placed(leavings: Sequence[Leaving], present: Collection[str]) -> dict[str, str]:
    """The values that belong in fields of an entry, by these; none for a field that is ``present``."""
    fields = {each.field: each.value for each in leavings if each.value and each.field and each.field not in present}
    archive = next((_ARCHIVES.get(_folded(each.label)) for each in leavings if each.field == "eprint"), None)
    if archive and "eprint" in fields and not {"eprinttype", "archiveprefix"} & set(present):
        fields["eprinttype"] = archive
    return fields


def says_nothing(name: str, value: str) -> bool:
    """Whether a value is the word that a program writes for none: ``None``, ``null``, ``n/a``."""
    if value[:1] not in MAY_SAY_NOTHING or len(value) > _LONGEST_NOTHING or name in _WORDS_ALL_THE_SAME:
        return False
    stripped = value.strip(" {}\n\t")
    own = _NOTHING_IN.get(name)
    return _NOTHING.fullmatch(stripped) is not None or (own is not None and own.fullmatch(stripped) is not None)


def is_kind_of_program(value: str) -> bool:
    """Whether a ``type`` is the name that a program has for a kind of its own: « Book, Whole »."""
    return " ".join(value.lower().split()) in _KINDS_OF_PROGRAMS


class _Mark(NamedTuple):
    """The name of a value, from where to where it stands with its colon."""

    label: str
    start: int
    end: int


def _marks(value: str) -> Iterator[_Mark]:
    """The names that are known before a colon, each as many words as make one."""
    behind = 0
    for colon in _COLON.finditer(value):
        words = _WORDS_BEFORE.search(value, max(behind, colon.start() - _LONGEST_NAME), colon.start())
        for word in _WORD.finditer(words.group()) if words else ():
            label = words.group()[word.start() :] if words else ""
            if _folded(label) in _FIELDS or _folded(label) in _OWN:
                start = colon.start() - len(label)
                # The sign that some programs put before a name of their own: « _eprint ».
                while start and value[start - 1] in "\\_":
                    start -= 1
                yield _Mark(label, start, colon.end())
                behind = colon.end()
                break


def _folded(label: str) -> str:
    return re.sub(r"[^a-z]", "", label.lower())
