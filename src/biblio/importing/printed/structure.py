"""A printed list by its parts: title, headings, notices under each, sitography; the contents and indexes left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from biblio.importing.printed.addresses import links_of
from biblio.importing.printed.contents import Contents, contents_of, is_contents_title, is_index_title
from biblio.importing.printed.fragments import DATE, date_in
from biblio.importing.printed.labels import Label, label_of
from biblio.importing.printed.notice import Notice
from biblio.importing.printed.paragraph import Paragraph
from biblio.importing.printed.people import people_of
from biblio.importing.printed.sources import is_updated, legal_fields, source_of
from biblio.text.collation import fold

_SITOGRAPHY = re.compile(
    r"(?:\d+[.)]?\s*)?(?:sitographie|webographie|sites? (?:internet|web|utiles?)|liens utiles|useful links|websites)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:journées?|colloques?|s[ée]minaires?|rencontres?|forums?|congr[èe]s|webinaires?|conf[ée]rences?|formations?|ateliers?|assises)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"pour en savoir plus,? (?:consultez|contactez)|for more|document réalisé par|dossier réalisé par", re.IGNORECASE
)
_TITLED = re.compile(r"[«“\"]\s*+(.+?)(?<!\s)\s*+[»”\"]")
# A link that only leads on from the page before it.
_MORE = re.compile(
    r"(?:pour )?en savoir plus|télécharger|voir|lire|consulter|accéder|read more|download|see", re.IGNORECASE
)
# A list has labels when so many paragraphs are nothing but one.
_FEWEST_LABELS = 2
_LONGEST_HEADING = 200
_DEEPEST = 6


@dataclass(slots=True)
class Part:
    """A heading with what stands right under it."""

    title: str
    level: int
    notices: list[Notice] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    web: bool = False


@dataclass(slots=True)
class Structure:
    """A list of notices: what its first page says, and its parts in their order; a list without headings has one."""

    parts: list[Part]
    title: str = ""
    subtitle: str = ""
    event: str = ""
    date: str = ""
    publisher: str = ""
    closing: str = ""
    labelled: bool = False


def structure_of(paragraphs: Sequence[Paragraph], is_notice: Callable[[Paragraph], bool]) -> Structure:
    """The parts of a document; ``is_notice`` says whether a paragraph is a whole notice of some other grammar."""
    contents = contents_of(paragraphs)
    labelled = sum(each is not None for each in _labels(paragraphs, is_notice)) >= _FEWEST_LABELS
    body = list(paragraphs[contents.end :])
    front = list(paragraphs[: contents.start]) if contents.end else []
    if not front:
        front, body = _front(body, is_notice)
    made = Structure([], labelled=labelled)
    _read_front(made, front)
    _Walk(made, contents, is_notice).over(body)
    return made


def _front(body: list[Paragraph], is_notice: Callable[[Paragraph], bool]) -> tuple[list[Paragraph], list[Paragraph]]:
    """What stands before the list where no table of contents parts them: a title, and a few short lines at most."""
    count = 0
    until = next((at for at, each in enumerate(body[1:8], 1) if each.level or label_of(each.text)), 0)
    for index, each in enumerate(body[:12]):
        if label_of(each.text) or is_notice(each) or links_of(each) or _SITOGRAPHY.fullmatch(each.text):
            break
        if count and index < until and len(each.text) < _LONGEST_HEADING and not each.level:
            count = index + 1
            continue
        if index and (each.level > 1 or (each.level == 1 and any(other.level == 1 for other in body[:index]))):
            break
        if not (each.level == 1 or (index == 0 and (each.bold or each.level)) or (count and _is_of_front(each))):
            break
        count = index + 1
    return body[:count], body[count:]


def _is_of_front(each: Paragraph) -> bool:
    """Whether a short line under a title says when or at what the list was made."""
    dated = len(each.text) < 40 and bool(date_in(each.text))
    return dated or (len(each.text) < 90 and not each.bold and _EVENT.search(each.text) is not None)


def _read_front(made: Structure, front: Sequence[Paragraph]) -> None:
    """The title, the event, the subtitle and the date of a first page."""
    rest = [each for each in front if each.text and not is_contents_title(each.text)]
    for each in list(rest):
        found = re.search(DATE, each.text, re.IGNORECASE)
        if not found or made.date or len(each.text) > 90 or not date_in(found[0]):
            continue
        after = each.text[found.end() :].strip(" ,·–-|")
        if not each.text[: found.start()].strip(" ,") or len(found[0]) * 3 > len(each.text):
            made.date, made.publisher = date_in(found[0]), after
            rest.remove(each)
    if not rest:
        return
    largest = max(rest, key=lambda each: (each.size, -(each.level or 9), each.bold, not _EVENT.match(each.text)))
    first = rest.index(largest)
    lines = [largest]
    while first + len(lines) < len(rest) and rest[first + len(lines)].size == largest.size and largest.size:
        lines.append(rest[first + len(lines)])
    title = " ".join(each.text for each in lines)
    quoted = _TITLED.fullmatch(title)
    made.title = quoted[1] if quoted else title
    for each in rest:
        if each in lines:
            continue
        if _EVENT.search(each.text) and not made.event and len(each.text) < 100:
            made.event = each.text
        elif not made.subtitle and len(each.text) < 200:
            made.subtitle = each.text


def _labels(paragraphs: Sequence[Paragraph], is_notice: Callable[[Paragraph], bool]) -> list[Label | None]:
    """The label that each paragraph is; one over a whole notice or over another label is a heading (« Guides »)."""
    found = [label_of(each.text) for each in paragraphs]
    places = [index for index in range(len(found) - 1) if found[index] is not None]
    over = [index for index in places if is_notice(paragraphs[index + 1])]
    headings = over if len(over) * 2 > len(places) else []
    for index in places:
        if found[index + 1] is not None or index in headings:
            found[index] = None
    return found


class _Walk:
    """Goes through the paragraphs once, opening a part at each heading and a notice at each beginning of one."""

    def __init__(self, made: Structure, contents: Contents, is_notice: Callable[[Paragraph], bool]) -> None:
        self.made = made
        self.contents = contents
        self.is_notice = is_notice
        self.part = Part("", 1)
        self.lines: list[Paragraph] = []
        self.label: Label | None = None
        self.signatures: dict[tuple[object, ...], int] = {}
        self.opened = False
        self.entry = 0
        self.body: Sequence[Paragraph] = ()
        self.at_label: list[Label | None] = []
        self.title_size: float | None = None
        self.by_markup = False
        self.styled = True
        self.levels: list[int] = []
        self.sizes: list[float] = []
        self.twins: dict[str, tuple[float, int]] = {}
        self.bold_pages = False

    def over(self, body: Sequence[Paragraph]) -> None:
        """Reads them all."""
        self.body = body
        self.at_label = _labels(body, self.is_notice) if self.made.labelled else [None] * len(body)
        announced = [each for each in body if self.contents.find(each.text) is not None]
        marked = {fold(each.text) for each in announced if each.level}
        # Where every heading that is announced has its level in the text, that is the true one.
        self.by_markup = not any(each.size for each in body) and all(fold(each.text) in marked for each in announced)
        self.bold_pages = any(each.bold and not each.mark for each in body)
        self.levels = sorted({each.level for each in body if each.level and not each.bold})
        self.sizes = sorted({each.size for each in body if each.size and each.bold}, reverse=True)
        self.styled = any(each.bold or each.level or each.size for each in body)
        for each in body:
            size, level = self.twins.get(fold(each.text), (0.0, 0))
            self.twins[fold(each.text)] = max(size, each.size), max(level, each.level)
        for index, each in enumerate(body):
            if is_index_title(each.text) and (each.bold or each.level or each.size) and index > len(body) // 2:
                break
            if _CLOSING.match(each.text):
                self.close()
                self.made.closing = each.text
                continue
            label = self.at_label[index]
            if label is not None and not each.mark:
                self.close()
                self.label = label
                continue
            if self._is_heading(index, each):
                self.close()
                self._open(index, each)
                continue
            if self.made.closing and not self.lines and self.label is None and self.opened:
                self.made.closing += " " + each.text
                continue
            self._take(each)
        self.close()
        if not self.opened:
            self.made.parts.append(self.part)

    def close(self) -> None:
        """Ends the notice that is open."""
        if self.lines or self.label:
            if not self.part.title and not self.opened:
                self.made.parts.append(self.part)
                self.opened = True
            if self.lines:
                heading = self.part.title if self.part.web and not self.part.notices else ""
                self.part.notices.append(Notice(tuple(self.lines), self.label, heading, self.part.web))
        self.lines, self.label = [], None

    def _open(self, index: int, each: Paragraph) -> None:
        signature = (bool(each.mark), each.level, each.size, each.bold) if each.size or not each.mark else (True,)
        entry = self.contents.find(each.text, self.entry)
        announced = self.contents.entries[entry][1] if entry is not None else 0
        self.entry = entry + 1 if entry is not None else self.entry
        before = self.part
        if announced and not self.by_markup:
            level = announced
            self.signatures.setdefault(signature, level)
        elif signature in self.signatures and not self.by_markup:
            level = self.signatures[signature]
        else:
            level = self._level(each)
            if self.part.web and self.part.title and not (each.level or each.size):
                level = max(level, 2)
        empty = self.opened and not before.notices and not before.texts and before.title
        if empty and not announced and level <= before.level and index and self.body[index - 1].text == before.title:
            level = min(before.level + 1, _DEEPEST)
        web = _SITOGRAPHY.fullmatch(each.text) is not None
        if not web and level > 1:
            above = next((part for part in reversed(self.made.parts) if part.level < level), None)
            web = above is not None and above.web
        if not announced and before.web and self.contents.names(each.text) and not self.by_markup:
            level, web = 2, True
        self.part = Part(each.text.rstrip(" :"), level, web=web)
        self.made.parts.append(self.part)
        self.opened = True

    def _level(self, each: Paragraph) -> int:
        """The level of a heading that no table of contents announces: by its size, or by that of its markup."""
        if each.level and not each.size:
            return min(len([level for level in self.levels if level < each.level]) + 1, 6)
        if each.size:
            return min(self.sizes.index(each.size) + 1, 6) if each.size in self.sizes else 2
        return 2 if self.contents.entries else 1

    def _is_heading(self, index: int, each: Paragraph) -> bool:
        text = each.text
        if len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)) or links_of(each):
            return False
        if self.label is not None and not self.lines:
            return False  # a title right under its label
        if self.contents.find(text) is not None and not self._is_twin(each):
            return True
        if _SITOGRAPHY.fullmatch(text) and (each.level or each.bold or each.size or (each.apart and not self.styled)):
            return True
        if self.made.labelled and not self.part.web:
            return self._before_label(index, each)
        strong = each.level > 0 or each.bold
        if self.part.web:
            if (each.mark and each.bold) or (not self.styled and self._before_label(index, each)):
                return True
            if each.level and (each.mark or not each.bold):
                return True
            if strong and self.contents.entries and self.contents.names(text) and not self._is_twin(each):
                return True
            return strong and each.size > 0 and each.size > self._title_size()
        if self.is_notice(each):
            return False
        if each.level:
            return True
        following = self.body[index + 1] if index + 1 < len(self.body) else None
        if following is not None and each.apart and not each.mark and len(text) < 80 and self.is_notice(following):
            return not any(map(str.isdigit, text)) and text[-1] not in ".;,"
        return (each.bold or each.size > self._title_size() > 0 or text.endswith(":") or text.isupper()) and (
            following is not None
            and len(text) < 120
            and not each.mark
            and not text.endswith(".")
            and (each.bold or text.isupper() or self.is_notice(following))
        )

    def _is_twin(self, each: Paragraph) -> bool:
        """Whether this is the title of a notice called as its section is: the heading stands elsewhere, or above."""
        folded = fold(each.text)
        if folded == fold(self.part.title) and not self.lines and not self.part.notices:
            return True
        size, level = self.twins.get(folded, (0.0, 0))
        return size > each.size > 0 or level > 0 == each.level

    def _before_label(self, index: int, each: Paragraph) -> bool:
        """In a list with labels: whether only headings stand between here and the next label."""
        strong = each.level > 0 or each.bold or (each.size > 0 and each.size > self._title_size())
        if not (strong or self._may_be_plain_heading(each)):
            return False
        at = index + 1
        while at < len(self.body) and at < index + 5:
            if self.at_label[at] is not None:
                return True
            other = self.body[at]
            if not (other.level or other.bold or self._may_be_plain_heading(other)) or links_of(other):
                return False
            at += 1
        return False

    def _may_be_plain_heading(self, each: Paragraph) -> bool:
        """In a text without bold, levels and sizes: whether a line that stands apart may be a heading."""
        if self.styled or not each.apart or each.mark or not 2 < len(each.text) < 90 or each.text[-1] in ".;,:)]?!":
            return (
                each.text.endswith(")") and not self.styled and each.apart and len(each.text) < 90 and "(" in each.text
            )
        return not links_of(each) and source_of(each.text) is None and people_of(each.text).sure < 1

    def _title_size(self) -> float:
        """The size in which most titles of notices are set: that of bold which is commonest; 0 where none is known."""
        if self.title_size is None:
            sizes = [each.size for each in self.body if each.size and each.bold and label_of(each.text) is None]
            self.title_size = max(set(sizes), key=sizes.count) if sizes else 0.0
        return self.title_size

    def _take(self, each: Paragraph) -> None:
        """One paragraph that is no heading: it opens a notice, or goes on with the one that is open."""
        if self.label is not None:
            self.lines.append(each)
        elif self.part.web:
            if self.lines and self._begins_page(each):
                self.close()
            self.lines.append(each)
        elif self.made.labelled and not self.is_notice(each):
            if self.lines:
                self.lines.append(each)
            elif self.opened:
                self.part.texts.append(each.text)
        elif self.is_notice(each) or (self.lines and self._is_another(each)):
            self.close()
            self.lines.append(each)
        elif self.lines:
            self.lines.append(each)
        elif people_of(each.text).sure == 1 or each.bold:
            self.lines.append(each)  # the first line of a notice in several
        else:
            self.part.texts.append(each.text)

    def _is_another(self, each: Paragraph) -> bool:
        """Whether a paragraph that is no notice as a whole begins another one all the same: as those around begin."""
        if self.lines[0].mark or each.mark:
            return bool(each.mark) and (not self.lines[0].mark or each.mark.isalnum() == self.lines[0].mark.isalnum())
        if self.is_notice(self.lines[0]):
            return False
        done = any(source_of(line.text) is not None or links_of(line) for line in self.lines)
        return done and (each.bold or (each.text[:2].isupper() and people_of(each.text).sure == 1))

    def _begins_page(self, each: Paragraph) -> bool:
        """Whether a paragraph of a sitography begins the next page: by its manner, or as links ended the last one."""
        strong = (each.bold or each.level > 0 or any(run.bold for run in each.runs[:1])) and not each.mark
        if strong:
            return True
        if each.mark:
            return False
        links = links_of(each)
        if links and not each.size:
            return links[0].url == "#" and bool(links[0].label) and not _MORE.match(links[0].label)
        if links:
            return False
        has_links = any(links_of(line) for line in self.lines)
        if is_updated(each.text) and (each.italic or len(each.text) < 120):
            held = any(line.italic or is_updated(line.text) for line in self.lines)
            return held or len(self.lines) > 2
        if not has_links or each.size or self.bold_pages:
            return False
        prose = len(each.text) > 160
        legal = legal_fields(each.text) or (source_of(each.text) is not None)
        return not (prose or legal or each.italic or each.text.startswith("(")) and fold(each.text) != ""
