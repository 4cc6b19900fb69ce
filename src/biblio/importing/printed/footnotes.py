"""References in footnotes: several to a note, behind « Voir » or « Cf. », and mentions of what was cited before.

« op. cit. », « ibid. », « art. cit. » name a document that an earlier note has in full: they bring no reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from biblio.importing.printed.grammars import is_notice
from biblio.importing.printed.notice import Notice
from biblio.importing.printed.paragraph import Paragraph

_PARTING = re.compile(
    r"\s*;\s+(?=[^\W\d_a-z«“\"]|[—–_-]{2,}|voir\b|cf\b|see\b)"
    r"|(?<=[.)])\s+(?=(?:Voir|Cf\.|Voir aussi|See|V\.)\s)"
)
_LEADING = re.compile(
    r"(?:\[?\d{1,3}[\].)]?\s+)?"
    r"(?:(?:sur ce point|pour plus de détails|à ce sujet|notamment|par exemple|e\.g\.|i\.e\.)[\s,:]*)*"
    r"(?:(?:voir|cf\.?|v\.|see|vid\.?)"
    r"(?:\s+(?:aussi|également|par exemple|notamment|also|for example|e\.g\.))*[\s,:]+)?",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"\b(?:op\.?\s?cit|loc\.?\s?cit|art(?:icle)?\.?\s(?:cit|préc)|ouvr\.?\s?cit|préc(?:ité|\.)|ibid(?:em)?|idem|supra|infra)\b"
    r"|^id\.",
    re.IGNORECASE,
)


def notices_of_notes(notes: Sequence[Paragraph]) -> Iterator[Notice]:
    """The references that notes have in full, each as a notice of its own."""
    for note in notes:
        for piece in _pieces(note):
            if not _MENTION.search(piece.text) and is_notice(piece):
                yield Notice((piece,))


def _pieces(note: Paragraph) -> Iterator[Paragraph]:
    """A note by its references; a semicolon that only parts authors, dates or pages parts no references."""
    text = note.text
    starts = [0, *(match.end() for match in _PARTING.finditer(text))]
    ends = [*(match.start() for match in _PARTING.finditer(text)), len(text)]
    parts = [_piece(note, start, end) for start, end in zip(starts, ends, strict=True)]
    known = sum(is_notice(part) or bool(_MENTION.search(part.text)) for part in parts)
    if len(parts) > 1 and known < len(parts):
        whole = _piece(note, 0, len(text))
        # Authors parted by semicolons: the note is one reference.
        if known < 2 and is_notice(whole):
            yield whole
            return
    yield from parts


def _piece(note: Paragraph, start: int, end: int) -> Paragraph:
    leading = _LEADING.match(note.text, start, end)
    first = leading.end() if leading else start
    return Paragraph(note.cut(first, end), note.number, note.where)
