"""Reads Dublin Core: the fifteen elements and their refinements, as archives and catalogues give them by OAI and SRU.

Sources: DCMI Metadata Terms; OAI-PMH 2.0, ``oai_dc``; the vocabularies of OpenAIRE, in which archives say what a
document is and where else it stands (``info:eu-repo/semantics/…``); PRISM 3.0, the elements that publishers put beside
them in their feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from biblio.formats.drafts.names import people
from biblio.formats.records import Record, marked, references_of
from biblio.formats.xml_tree import Element, read_xml
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

Value = str | Sequence[str]

# What holds the elements of one document.
_HOLDERS = ("dc", "oaidc", "qualifieddc", "record", "srw_dc", "simpledc")
_ELEMENTS = frozenset("title creator subject description publisher contributor date type identifier source".split())
# Without such a holder: whatever has a title and one of these right inside, as items of feeds have.
_BESIDE_A_TITLE = frozenset("creator contributor publicationName identifier publisher".split())
_ITEMS = ("item", "entry")
_TYPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words), kind)
    for words, kind in (
        (r"thes[ei]s|thèse|dissertation|mémoire|hdr", "thesis"),
        (r"conference|proceedings|communication|congrès|actes", "inproceedings"),
        (r"bookpart|book ?section|chapter|chapitre|part of book", "incollection"),
        (r"journal|article|review|recension|compte rendu", "article"),
        (r"report|rapport|working ?paper|technical", "report"),
        (r"dataset|data", "dataset"),
        (r"moving ?image|video|vidéo|film", "video"),
        (r"sound|audio", "audio"),
        (r"image|photograph|map|carte", "image"),
        (r"software|logiciel", "software"),
        (r"website|web ?page|blog", "online"),
        (r"periodical|périodique|serial", "periodical"),
        (r"book|livre|ouvrage|monograph", "book"),
        (r"preprint|eprint", "unpublished"),
    )
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+){0,9}/[^\s\"<>]+")
_ISBN = re.compile(r"\b(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dXx]\b")
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b")
_HAL = re.compile(r"(?:hal[a-z]*|tel|dumas|inserm|cea|inria|ineris|pasteur|sic|medihal)-\d{7,9}(?:v\d+)?")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_PAGES = re.compile(r"\bp{1,2}\.? ?(\d+ ?[-–] ?\d+|\d+)(?!\d)", re.IGNORECASE)
_VOLUME = re.compile(r"\bvol(?:ume|\.)? ?(\d+)", re.IGNORECASE)
_ISSUE = re.compile(r"\b(?:n[°o]\.?|no\.|numéro|issue) ?(\d+(?:[-/]\d+)?)", re.IGNORECASE)
_VOLUME_ISSUE = re.compile(r", (\d+) \((\d+(?:-\d+)?)\)")
_EXTENT = re.compile(r"(?<!\d)(\d++) ?(?:p\.|pages?\b)", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(rb"<(?:\w+:)?(?:title|identifier|creator)[\s>]")
# An answer of OAI whose namespaces were taken out on its way.
_WITHOUT_NAMESPACE = re.compile(rb"<metadata>\s*<(?:oai_)?dc[\s>]")
# What archives name as the publisher of all that they hold.
_ARCHIVES = ("CCSD", "HAL CCSD", "HAL")
_VOCABULARY = "info:eu-repo/semantics/"


def looks_like_dublin_core(content: bytes) -> bool:
    """Whether a file holds records of Dublin Core in XML."""
    start = content[:200_000].replace(b"\0", b"")
    # A description in RDF speaks of many things in these words.
    if b"RDF" in start or _SAYS_SOMETHING.search(start) is None:
        return False
    return b"purl.org/dc/" in start or _WITHOUT_NAMESPACE.search(start) is not None


def read_dublin_core(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file, alone or in an answer of OAI or SRU. Never raises for what the file holds.

    A record without anything is said (P303).
    """
    tree = read_xml(content, path)
    faults: list[Diagnostic] = [*tree.diagnostics]
    records: list[Record] = []
    for number, holder in enumerate(_holders(tree.value), 1):
        fields = _fields(holder)
        kind = str(fields.pop("kind"))
        said = {name: value for name, value in fields.items() if value}
        if not said:
            faults.append(diagnose("P303", Span(path, holder.line), number=number))
            continue
        records.append(Record(kind, "", said, Span(path, holder.line), number=number))
    read = references_of(records)
    return Parsed(read.value, (*faults, *read.diagnostics))


def _holders(top: Element) -> list[Element]:
    """The elements that hold those of one document right inside."""
    found: list[Element] = []
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element.name.lower() in _HOLDERS and any(child.name in _ELEMENTS for child in element.children):
            found.append(element)
        else:
            waiting += reversed(list(element.children))
    return found or _innermost(top)


def _innermost(top: Element) -> list[Element]:
    """The elements that have a title and say more of the document, and hold no such element."""
    found: list[Element] = []
    waiting = [top]
    while waiting:
        element = waiting.pop()
        names = {child.name for child in element.children}
        if "title" in names and names & _BESIDE_A_TITLE and not any(each.name in _ITEMS for each in element.children):
            found.append(element)
        else:
            waiting += reversed(element.children)
    return found


def _fields(record: Element) -> dict[str, Value]:
    def texts(*names: str) -> list[str]:
        return list(dict.fromkeys(each.text for name in names for each in record.every(name) if each.text))

    def first(*names: str) -> str:
        return next(iter(texts(*names)), "")

    kind = _kind(texts("type"))
    titles = list(record.every("title"))
    languages = [each.attributes.get("lang", "") for each in titles[:2]]
    other = titles[1].text if len(languages) == 2 and all(languages) and languages[0] != languages[1] else ""
    sources = [each for each in texts("source", "isPartOf", "bibliographicCitation") if not each.startswith("http")]
    fields: dict[str, Value] = {
        "kind": kind,
        "title": marked(first("title")),
        "titleaddon": " ; ".join(texts("title", "alternative")[1 + bool(other) :]),
        "paralleltitle": other,
        "author": [name for each in record.every("creator") for name in _people(each)],
        # Beside people, archives name the laboratories that these belong to.
        "editora": [name for each in record.every("contributor") if "," in each.text for name in _people(each)],
        "affiliation": " ; ".join(name for name in texts("contributor") if "," not in name),
        "publisher": [name for each in record.every("publisher") if (name := _name(each)) not in _ARCHIVES],
        "date": _issued(texts("issued", "date", "created", "available")),
        "langid": first("language"),
        # Archives also say here whom a document is for: what is longest tells what is in it.
        "abstract": "\n\n".join(texts("abstract")) or max(texts("description"), key=len, default=""),
        "contents": "\n\n".join(texts("tableOfContents")),
        "keywords": [word for each in texts("subject") if (word := _subject(each))],
        "audience": texts("audience"),
        "license": next((each for each in texts("license", "rights") if not each.startswith(_VOCABULARY)), ""),
    }
    if any(each.lower().endswith("openaccess") for each in texts("rights", "accessRights")):
        fields["openaccess"] = "yes"
    if fields["editora"]:
        fields["editoratype"] = "collaborator"
    if kind == "thesis":
        fields["institution"] = fields.pop("publisher")
    extent = next((match for each in texts("extent", "format") if (match := _EXTENT.search(each))), None)
    fields["pagetotal"] = extent[1] if extent else ""
    identifiers = [*texts("identifier"), *(f"doi:{each}" for each in texts("doi") if each.startswith("10."))]
    _identify(identifiers, texts("relation", "hasVersion", "isVersionOf"), sources, fields)
    _host(sources, kind, fields)
    if journal := first("publicationName"):
        _of_publisher(record, journal, fields)
    return fields


def _of_publisher(record: Element, journal: str, fields: dict[str, Value]) -> None:
    """What PRISM says of where an article stands."""
    if fields["kind"] in ("misc", "book") and not record.word("isbn"):
        fields["kind"] = "article"
    fields["journaltitle" if fields["kind"] == "article" else "booktitle"] = journal
    first, last = record.word("startingPage"), record.word("endingPage")
    pages = record.word("pageRange") or (f"{first}-{last}" if last and last != first else first)
    for name, value in (
        ("volume", record.word("volume")),
        ("number", record.word("number") or record.word("issueIdentifier")),
        ("pages", pages),
        ("issn", record.word("issn") or record.word("eIssn")),
        ("isbn", record.word("isbn")),
        ("date", _issued([record.word("coverDate"), record.word("publicationDate")])),
        ("url", record.word("url") or record.word("link")),
    ):
        if value and not fields.get(name):
            fields[name] = value


def _kind(types: Sequence[str]) -> str:
    words = [each.removeprefix(_VOCABULARY).rpartition("/")[2].lower() for each in types]
    for word in sorted(words, key=lambda word: word in ("text", "other")):
        for form, kind in _TYPES:
            if form.search(word):
                return kind
    return "misc" if not types else "book" if "text" in words and len(words) == 1 else "misc"


def _people(element: Element) -> Iterator[str]:
    """The people of an element as files have them: « Family, Given »; dates, roles and numbers behind them are cut."""
    name = re.sub(r"[\[(][^\[\]()]*+[\])]\s*+\.?\Z|,\s*\d{4}(?:-\d{0,4})?\.?\Z", "", _name(element)).strip()
    return people(name, initials=True, given_first=True)


def _name(element: Element) -> str:
    """A name, which some archives have in an element of its own, beside those of identifiers."""
    return element.word("name") or element.text


def _issued(dates: Sequence[str]) -> str:
    """The first date; of a list of archives, in which the day of deposit may stand first, the shortest form of it."""
    found = [match[0] for each in dates if (match := _DATE.match(each))]
    return next((each for each in found if len(each) < 10), found[0] if found else "")


def _subject(text: str) -> str:
    """A subject, but for the codes of classifications in brackets before it."""
    text = re.sub(r"\A\[[A-Z0-9._-]+\]\s*", "", text)
    return "" if text.startswith(("info:", "http")) else text


def _identify(
    identifiers: Sequence[str], relations: Sequence[str], sources: Sequence[str], fields: dict[str, Value]
) -> None:
    addresses = []
    for each in (*identifiers, *relations, *sources):
        if (doi := _DOI.search(each)) and ("doi" in each.lower() or each.startswith("10.")):
            fields.setdefault("doi", doi[0].rstrip(".,;").lower())
        elif each.upper().startswith(("ISBN", "URN:ISBN")) and (isbn := _ISBN.search(each)):
            fields.setdefault("isbn", isbn[0])
        elif "issn" in each.lower() and (issn := _ISSN.search(each)):
            fields.setdefault("issn", issn[0])
        elif each in identifiers and _HAL.fullmatch(each):
            fields["eprint"], fields["eprinttype"] = each.partition("v")[0], "hal"
        elif each in identifiers and each.startswith(("http://", "https://")):
            addresses.append(each)
    # The page comes before the file that it leads to.
    fields["url"] = next(
        (each for each in addresses if not each.endswith((".pdf", "/document"))), "".join(addresses[:1])
    )


def _host(sources: Sequence[str], kind: str, fields: dict[str, Value]) -> None:
    """Where the document stands: « Espace et sociétés, 2019, 18 (2), pp.135-147 »."""
    named = [each for each in sources if not re.match(r"(?:e?issn|e?isbn|doi|urn|info)\b", each, re.IGNORECASE)]
    # The title alone, then the same with all the rest: « Espaces et sociétés », « Espaces et sociétés, 2019, … ».
    source = max(named, key=len, default="")
    place = {"article": "journaltitle", "incollection": "booktitle", "inproceedings": "booktitle"}.get(kind)
    if not source or place is None:
        return
    title = re.split(
        r"(?:(?<!\s)\s+)?[,;]\s*+(?=\d|vol|n[°o]|t\.|pp?\.)|(?<!\s)\s+ISSN|\.\s+https?:",
        source,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    fields[place] = title.strip(" .,;")
    rest = source[len(title) :]
    if both := _VOLUME_ISSUE.search(rest):
        fields["volume"], fields["number"] = both[1], both[2]
    for name, form in (("volume", _VOLUME), ("number", _ISSUE), ("pages", _PAGES)):
        if name not in fields and (match := form.search(rest)):
            fields[name] = match[1].replace(" ", "").replace("–", "-")
