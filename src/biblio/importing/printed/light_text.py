"""Text with or without light markup (``.txt``, ``.md``) as paragraphs.

The markup is that of CommonMark which printed lists have when they are written so, or converted: headings, bullets and
numbers, emphasis, links and addresses. Where a text is set in lines of one width, as mail and ``pandoc -t plain`` are,
its lines are put together again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from biblio.importing.printed.paragraph import Paragraph, Run, paragraph, tidy
from biblio.importing.printed.people import people_of
from biblio.importing.printed.sources import source_of

_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r"[ \t]{0,3}(=+|-+)[ \t]*")
_BULLET = re.compile(r"[ \t]*([-*+•·▪►‣◦–—])[ \t]+(?=\S)|[ \t]*(•)(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\[\d{1,4}\]|\(\d{1,4}\)|\d{1,3}[.)](?=\s))[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}")
_NOTE = re.compile(r"[ \t]*\[\^([^\]\s]{1,40})\]:[ \t]*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Emphasis, a link, an address in angle brackets, an entity, a note's call: what may stand inside a line.
_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<strong>\*\*\*|\*\*|__(?=\S)|(?<=\S)__)"
    r"|(?P<emph>\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))"
    r"|!?\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,600})\]\((?P<target><[^<>\n]{0,2000}>|(?:[^\s()\\]|\\.|\([^\s()]*\)){0,2000})"
    r"(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
    r"|<(?P<address>(?:https?|mailto|ftp):[^<>\s]{1,2000})>"
    r"|(?P<tag></?(?:br|i|em|b|strong|u|span|sup|sub|a)\b[^<>]{0,200}>)"
    r"|(?P<call>\[\^[^\]\s]{1,40}\])"
    r"|(?P<attributes>\{\.[\w .#=\"-]{1,80}\})"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,12});)",
    re.DOTALL,
)
_MARKED = re.compile(
    r"^#{1,6} \S|\*\*\S[^\n*]*\S\*\*|\]\(https?:|^\* \S|(?<!\w)[*_][^\W_][^\n*_]*[*_](?!\w)|<https?:", re.MULTILINE
)
# An address alone on its line is a line of its own, but behind « Disponible à l'adresse : » and the like.
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+(?:\s\(\S+\))?")
_LEADS_ON = re.compile(r"(?:[:,(<]|\b(?:à|sur|at|from|adresse|doi))$", re.IGNORECASE)
_WIDEST = 130
_NARROWEST = 40


def read_light_text(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, each with the number of its first line."""
    lines = text.expandtabs(4).split("\n") if "\t" not in text else text.split("\n")
    marked = len(_MARKED.findall(text[:200_000])) > 1
    made: list[Paragraph] = []
    for number, line, apart, level, mark, indent in _logical(lines, marked):
        runs = inline(line) if marked else tidy([Run(line)])
        if runs:
            made.append(
                paragraph(runs, number, f"l. {number}", level=level, mark=mark, apart=apart, indent=float(indent))
            )
    return tuple(made)


def _logical(lines: list[str], marked: bool) -> Iterator[tuple[int, str, bool, int, str, int]]:
    """Lines put together where they were broken: number, text, whether blank space is before, level, mark, indent."""
    width = _width(lines)
    pending: list[str] = []
    start, level, mark, indent, apart, blank = 0, 0, "", 0, True, True
    for number, line in enumerate([*lines, ""], 1):
        bare = line.strip()
        if not bare or _RULE.fullmatch(line):
            if pending:
                yield start, " ".join(pending), apart, level, mark, indent
                pending = []
            blank = True
            continue
        underlined = _UNDERLINE.fullmatch(line) if marked and len(pending) == 1 and not blank else None
        if underlined and len(bare) > 2:
            yield start, pending.pop(), apart, 1 if "=" in bare else 2, mark, indent
            continue
        heading = _HEADING.fullmatch(line) if marked else None
        bullet = _BULLET.match(line) or _NUMBER.match(line)
        note = _NOTE.match(line) if marked else None
        if pending and not (heading or bullet or note) and not blank and _was_broken(lines[number - 2], line, width):
            pending.append(bare.removesuffix("\\") if marked else bare)
            continue
        if pending:
            yield start, " ".join(pending), apart, level, mark, indent
        start, apart, blank = number, blank, False
        level = len(heading[1]) if heading else 0
        body = heading[2] if heading else line
        bullet = _BULLET.match(body) or _NUMBER.match(body)
        mark = (bullet[1] or (bullet[2] if bullet.re is _BULLET else "")) if bullet else ""
        body = body[bullet.end() :] if bullet else body[note.end() :] if note else body
        mark = f"[^{note[1]}]" if note else mark
        indent = len(line) - len(line.lstrip())
        pending = [body.strip().removesuffix("\\") if marked else body.strip()]


def _width(lines: list[str]) -> int:
    """The width in which a text is set; 0 when its paragraphs are a line each."""
    lengths = sorted(len(line.rstrip()) for line in lines if " " in line.strip())
    if not lengths or lengths[-1] < _NARROWEST:
        return 0
    # A few lines may stick out: a table, an address with words.
    widest = lengths[-1 - len(lengths) // 200]
    if widest > _WIDEST:
        return 0
    # A line that begins in lower case goes on from the one before, which was then as long as could be.
    inner = [len(line.rstrip()) for line, after in pairwise(lines) if line.strip() and after.strip()[:1].islower()]
    return widest if inner and sum(length > 0.75 * widest for length in inner) * 3 > len(inner) * 2 else 0


def _was_broken(before: str, line: str, width: int) -> bool:
    """Whether a line goes on in the next: its first word would not have had room."""
    if before.endswith(("  ", "\\")) or (_ADDRESS.fullmatch(line.strip()) and not _LEADS_ON.search(before.rstrip())):
        return False
    first = line.strip().split(" ")[0]  # no-break spaces kept its words together
    if not width or len(before.rstrip()) + 1 + len(first) <= width:
        return False
    if not line.strip()[:1].isupper():
        return True
    # Names in capitals, and a whole source under them, are lines of their own however long they are.
    source = source_of(line)
    whole = source is not None and bool(source.pieces) and source.dated
    return not whole and not (before.strip()[:2].isupper() and people_of(before).sure == 1)


def inline(line: str) -> tuple[Run, ...]:
    """The runs of a line with markup; a mark that nothing answers is a character like any other."""
    runs: list[Run] = []
    bold = italic = False
    at = 0
    for match in _INLINE.finditer(line):
        runs.append(Run(line[at : match.start()], bold, italic))
        at = match.end()
        mark = match["strong"] or match["emph"]
        if mark:
            opened = (bold if len(mark) > 1 else italic) or mark in line[at:]
            if not opened:
                runs.append(Run(mark, bold, italic))
            else:
                bold = not bold if len(mark) > 1 else bold
                italic = not italic if len(mark) != 2 else italic
        elif match["label"] is not None:
            target = _ESCAPE.sub(r"\1", match["target"].strip("<>"))
            inside = inline(match["label"]) if match["label"] else ()
            runs += [Run(run.text, run.bold or bold, run.italic or italic, target or "#") for run in inside]
        elif match["address"]:
            address = html.unescape(match["address"])
            runs.append(Run(address.removeprefix("mailto:"), bold, italic, address))
        elif match["tag"]:
            name = match["tag"].strip("</> ").split()[0].lower()
            closing = match["tag"].startswith("</")
            bold = not closing if name in ("b", "strong") else bold
            italic = not closing if name in ("i", "em") else italic
            runs.append(Run(" " if name == "br" else "", bold, italic))
        elif match["escape"]:
            runs.append(Run(match["escape"][1], bold, italic))
        elif match["entity"]:
            runs.append(Run(html.unescape(match["entity"]), bold, italic))
    runs.append(Run(line[at:], bold, italic))
    return tidy(runs)
