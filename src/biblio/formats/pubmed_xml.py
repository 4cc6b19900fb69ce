"""PubMed's XML as references: articles, and chapters and books of the NCBI Bookshelf.

Source: NLM, PubMed DTD and MEDLINE/PubMed XML element descriptions. ``TAKEN`` is the table of what each element
becomes; the others say something of the record, of money or of indexing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.records import Body, Record, month_number, references_of
from biblio.formats.xml_tree import Element, read_xml
from biblio.reference.languages import USUAL_WORDS, language_tag
from biblio.reference.reference import Reference
from biblio.text.figures import number_in
from biblio.words.faults import Parsed, Span, diagnose

TAKEN = {
    "PMID": "pmid",
    "ArticleTitle": "title (VernacularTitle when that is in brackets)",
    "BookTitle": "booktitle (title of a book)",
    "AuthorList": "author (editor with Type editors)",
    "Journal": "journaltitle shortjournal issn volume number date",
    "Pagination": "pages",
    "ELocationID": "doi eid",
    "ArticleIdList": "doi pmcid",
    "Abstract": "abstract",
    "OtherAbstract": "abstract (without one)",
    "KeywordList": "keywords",
    "MeshHeadingList": "keywords",
    "Language": "langid",
    "PublicationTypeList": "entrysubtype (review)",
    "Publisher": "publisher location",
    "Isbn": "isbn",
    "CollectionTitle": "series",
    "Edition": "edition",
}
_ARTICLES = ("PubmedArticle", "MedlineCitation", "PubmedBookArticle")
# « 2008 Jan-Feb », « 1998-1999 », « 2010 Spring »: dates that have no parts.
_PRINTED = re.compile(
    r"(?P<year>\d{4})(?:\s*-\s*(?P<end>\d{4}))?(?:\s+(?P<month>[^\W\d_]+)(?:\s*-\s*(?P<last>[^\W\d_]+))?)?"
)
Value = str | Sequence[str]


def looks_like_pubmed_xml(content: bytes) -> bool:
    """Whether a file holds articles of PubMed in XML."""
    return re.search(rb"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)[\s>]", content[:200_000]) is not None


def read_pubmed_xml(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file. Never raises for what the file holds; an article without anything is said (P303)."""
    tree = read_xml(content, path)
    faults = list(tree.diagnostics)
    records: list[Record] = []
    for number, article in enumerate(tree.value.below(*_ARTICLES), 1):
        span = Span(path, article.line)
        kind, fields = _fields(article)
        if fields:
            records.append(Record(kind, "", fields, span, str(fields.get("pmid", "")), number))
        else:
            faults.append(diagnose("P303", span, number=number))
    read = references_of(records)
    return Parsed(read.value, (*faults, *read.diagnostics))


def _fields(article: Element) -> tuple[str, dict[str, Value]]:
    citation = next(article.below("MedlineCitation", "BookDocument"), article)
    inside = citation.first("Article") or citation
    fields: dict[str, Value] = {"pmid": citation.word("PMID"), "title": _title(inside)}
    for name in ("author", "editor"):
        fields[name] = [who for people in inside.every("AuthorList") if _is(people, name) for who in _people(people)]
    pagination = inside.first("Pagination")
    if pagination is not None:
        pages = pagination.word("MedlinePgn") or "-".join(
            filter(None, (pagination.word("StartPage"), pagination.word("EndPage")))
        )
        fields["pages"] = _pages(pages)
    for identifier in (*inside.every("ELocationID"), *article.below("ArticleId")):
        kind = identifier.attributes.get("EIdType") or identifier.attributes.get("IdType") or ""
        name = {"doi": "doi", "pii": "eid", "pmc": "pmcid", "pmcid": "pmcid"}.get(kind, "")
        if name and identifier.attributes.get("ValidYN") != "N" and not fields.get(name):
            fields[name] = identifier.text
    if fields.get("pages"):
        fields.pop("eid", None)
    own = inside.first("Abstract") or citation.first("Abstract") or citation.first("OtherAbstract")
    fields["abstract"] = "\n\n".join(_abstract(own)) if own is not None else ""
    words = [each.text for each in citation.below("Keyword")]
    words += [each.text for each in citation.below("DescriptorName")]
    fields["keywords"] = tuple(dict.fromkeys(filter(None, words)))
    tag = language_tag(inside.word("Language")[:3])
    fields["langid"] = "" if tag in ("und", "mul") else USUAL_WORDS.get(tag, tag)
    book = inside.first("Book")
    kind = _of_book(inside, book, fields) if book is not None else _of_journal(inside, fields)
    return kind, {name: value for name, value in fields.items() if value}


def _is(people: Element, name: str) -> bool:
    return (people.attributes.get("Type") == "editors") == (name == "editor")


def _title(inside: Element) -> str:
    title = inside.word("ArticleTitle")
    vernacular = inside.word("VernacularTitle")
    # A title in brackets is NLM's translation; the work's own stands beside it.
    if not title or (title.startswith("[") and title.rstrip(".").endswith("]")):
        title = vernacular or title.rstrip(".")[1:-1]
    return _without_stop(title)


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _people(people: Element) -> list[str]:
    names: list[str] = []
    for author in people.every("Author"):
        family, given = author.word("LastName"), author.word("ForeName") or author.word("Initials")
        suffix = author.word("Suffix")
        if family:
            names.append(", ".join(filter(None, (family, suffix, given))) if given else Body(family))
        elif author.word("CollectiveName"):
            names.append(Body(_without_stop(author.word("CollectiveName"))))
    if people.attributes.get("CompleteYN") == "N" and names:
        names.append("others")
    return names


def _pages(pages: str) -> str:
    """« 132-42 » is « 132-142 »: MEDLINE leaves out the figures that the last page shares with the first."""
    found = re.fullmatch(r"(\d+)-(\d+)", pages)
    if found and len(found[2]) < len(found[1]):
        return f"{found[1]}-{found[1][: -len(found[2])]}{found[2]}"
    return pages


def _abstract(abstract: Element) -> list[str]:
    """The paragraphs, each with the label that it has, « METHODS »."""
    texts = []
    for part in abstract.every("AbstractText"):
        label = part.attributes.get("Label", "")
        if part.text:
            texts.append(f"{label}: {part.text}" if label and label != "UNLABELLED" else part.text)
    return texts or ([abstract.text] if abstract.text else [])


def _of_journal(inside: Element, fields: dict[str, Value]) -> str:
    journal = inside.first("Journal")
    if journal is None:
        return "misc"
    fields["journaltitle"] = journal.word("Title") or journal.word("ISOAbbreviation")
    fields["shortjournal"] = journal.word("ISOAbbreviation")
    fields["issn"] = journal.word("ISSN")
    issue = journal.first("JournalIssue")
    if issue is not None:
        fields["volume"], fields["number"] = issue.word("Volume"), issue.word("Issue")
        fields["date"] = _date(issue.first("PubDate"))
    fields["date"] = fields.get("date") or _date(inside.first("ArticleDate"))
    return "article"


def _of_book(inside: Element, book: Element, fields: dict[str, Value]) -> str:
    title = _without_stop(book.word("BookTitle"))
    fields["publisher"], fields["location"] = (
        book.word("Publisher", "PublisherName"),
        book.word("Publisher", "PublisherLocation"),
    )
    fields["isbn"], fields["series"], fields["edition"] = (
        book.word("Isbn"),
        book.word("CollectionTitle"),
        book.word("Edition"),
    )
    fields["date"] = _date(book.first("PubDate")) or _date(inside.first("ContributionDate"))
    for name in ("author", "editor"):
        people = [who for each in book.every("AuthorList") if _is(each, name) for who in _people(each)]
        fields[name] = fields.get(name) or people
    if not fields["title"]:
        fields["title"] = title
        return "book"
    fields["booktitle"] = title
    return "incollection"


def _date(date: Element | None) -> str:
    """A date in parts, « 2008, Feb », or as it is printed (MedlineDate, « 2008 Jan-Feb »); empty for none."""
    if date is None:
        return ""
    year, month, day = date.word("Year"), date.word("Month"), date.word("Day")
    if not year:
        printed = date.word("MedlineDate")
        found = _PRINTED.match(printed)
        if found is None:
            return printed
        if found["end"]:
            return f"{found['year']}/{found['end']}"
        year, month = found["year"], found["month"] or ""
        first, last = month_number(month), month_number(found["last"] or "")
        if first is not None and last is not None and first < last < 13:
            return f"{year}-{first:02}/{year}-{last:02}"
    number = month_number(month or date.word("Season"))
    if number is None:
        return year
    of_month = number_in(day)
    return f"{year}-{number:02}-{of_month:02}" if of_month is not None and number < 13 else f"{year}-{number:02}"
