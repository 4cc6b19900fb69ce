r"""Addresses and identifiers: what programs and people escape in them is undone, and no character of theirs is lost.

biblatex takes these fields as they stand (manual § 2.2.2, verbatim), BibTeX's styles typeset them; so exporters write
``{\_}`` and ``{\textless}`` where the document has ``_`` and ``<``.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

from biblio.formats.bibtex.commands import ACCENTS
from biblio.formats.bibtex.layout import in_one_piece

_GROUP = r"\{((?>(?:[^{}]++|\{(?>(?:[^{}]++|\{[^{}]*+\})*)\})*))\}"
_ADDRESS_COMMAND = re.compile(
    rf"\\(?:url|path|nolinkurl|doi|texttt|textnormal|mbox|ensuremath|href\s*{_GROUP}(?=\s*\{{))\s*{_GROUP}"
)
_HREF = re.compile(rf"\\(?:href|hrefurl)\s*{_GROUP}(?:\s*{_GROUP})?")
_WORDS = {
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "backslash": "\\",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "lt": "<",
    "gt": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textquotesingle": "'",
    "textquoteright": "'",
    "textquotedbl": '"',
    "textasciigrave": "`",
    "textdollar": "$",
    "textpercent": "%",
    "textampersand": "&",
    "textnumbersign": "#",
    "texthyphen": "-",
    "textendash": "-",
    "slash": "/",
    "sim": "~",
    "tilde": "~",
    "textcolon": ":",
    **dict.fromkeys("allowbreak protect string break linebreak nolinebreak relax detokenize urldef hskip".split(), ""),
}
# Where a line may break, as people tell TeX.
_BREAK = re.compile(r"\\(?:hspace|hskip|kern|penalty)\*?\s*(?:\{[^{}]*\}|-?\d+(?:pt|em|ex|mm|cm|sp)?(?![A-Za-z\d]))\s?")
# « $_{1}$ »: an index of mathematics that was none.
_INDEX = re.compile(r"(?<!\\)\$\s*+([_^])\s*+(?:\{\s*+)?([\w.-]++)\s*+(?:\}\s*+)?\$")
# A line end as some programs write it between two numbers, « 1530-6992 (Electronic)\textbackslash{}r1530-6984 ».
LINE_END = re.compile(r"(?:\\textbackslash(?:\{\}|\s)?|\{\\textbackslash\}|\$\\backslash\$|\\)[rn](?=\d|\Z)")
_DASHES = re.compile(r"-{2,}|[\u2010-\u2015\u2212]")
_TOKEN = re.compile(
    # A sign of mathematics, as some programs write them: « $\sim$ », « $_$ », « $<$ ».
    r"\$\s*+\{?\\?(?P<sign>[_^<>~|&#%+=/-]|(?:sim|tilde|backslash|lt|gt|_)(?![A-Za-z]))\s*+(?:\{\s*+\})?\}?\s*+\$"
    r"|\\string\s*(?P<next>\\?.)"
    r"|\\char\s*`?\\?(?P<code>\d{1,3}(?!\d)|[^\w\s])\s?"
    r"|\\(?P<tie>[~^])(?:\{\s*\}|(?![{]))"
    r"|\\(?P<accent>[`'^~\"=.]|[cvukrH](?![A-Za-z]))\s*(?:\{(?P<a>[^\W\d_])\}|(?P<b>[^\W\d_]))"
    r"|\\(?P<word>[A-Za-z]++)\s*(?:\{\s*\})?"
    r"|\\(?P<soft>[-/,;!@ ])"
    r"|\\(?P<escaped>[^A-Za-z\s])",
    re.DOTALL,
)
# Braces around one character, or none, say nothing; nor do those around what was a command.
_COMMAND_GROUP = re.compile(r"(?<!\\)\{\s*+((?:[^{}\\]|\\[^{}])*?\\(?:[A-Za-z]+|[^{}A-Za-z]))\s*+\}")
_ESCAPED_TWICE = re.compile(r"\\(?=[_&%#~])")
# Those that an address is written with in HTML; others could be parameters of it.
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{2,4}|#x[0-9A-Fa-f]{2,4});")
_BRACE = re.compile(r"[{}]")
_PIECE = re.compile(r"[{}]|[^{}]+")
_OPEN, _CLOSE = "\ue000", "\ue001"
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_ONE_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*+(?::\s*+)?(?=10\.)|doi:)\s*", re.IGNORECASE)
# « URL: https://… »
LABEL = re.compile(r"\A(?:URL|URI|Lien|Link)\s*:\s*(?=(?:https?|ftp)://)", re.IGNORECASE)
_SEVERAL = re.compile(r"(?<![\s,;])[\s,;]++(?=(?:https?|ftp)://)")


def unescaped(value: str) -> str:
    """The characters of a value without outer braces and escapes; blanks stay, a brace that was escaped stays too."""
    return _unescaped(value).replace(_OPEN, "{").replace(_CLOSE, "}").strip()


def _unescaped(value: str) -> str:
    """The same, with signs of their own for the braces that were escaped."""
    value = _without_outer_braces(value.strip())
    if "&" in value:
        value = _ENTITY.sub(lambda match: unescape(match.group()), value)
    if "\\" not in value and "$" not in value:
        return _without_lone_groups(value)
    value = _INDEX.sub(r"\1\2", _BREAK.sub("", _HREF.sub(r"\1", value)))
    value = _without_outer_braces(_ADDRESS_COMMAND.sub(lambda match: match[2], value).strip())
    value = _TOKEN.sub(_character, _COMMAND_GROUP.sub(r"\1{}", value) if "{" in value else value)
    # What was escaped twice: no address has a backslash before these.
    value = _without_lone_groups(_ESCAPED_TWICE.sub("", value))
    return _ENTITY.sub(lambda match: unescape(match.group()), value) if "&" in value else value


def _without_lone_groups(value: str) -> str:
    """Takes the braces from around one character or none, and then from around what those groups have left."""
    if "{" not in value:
        return value
    pieces: list[str] = []
    opened: list[int] = []
    for piece in _PIECE.findall(value):
        if piece == "}" and opened:
            start = opened.pop()
            if sum(map(len, pieces[start + 1 : start + 3])) <= 1:  # every piece has one character or more
                del pieces[start]
                continue
        elif piece == "{":
            opened.append(len(pieces))
        pieces.append(piece)
    return "".join(pieces)


def _character(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "sign":
        return _WORDS.get(match["sign"], match["sign"])
    if kind == "next":
        return match["next"].removeprefix("\\")
    if kind == "code":
        return chr(int(match["code"])) if match["code"].isdigit() else match["code"]
    if kind in ("a", "b"):
        if match["accent"] == "~" and kind == "b":
            return f"~{match['b']}"
        return unicodedata.normalize("NFC", match[kind] + ACCENTS[match["accent"]])
    if kind == "word":
        return _WORDS.get(match["word"], match.group())
    if kind == "soft":
        return " " if match["soft"] == " " else ""
    token = match[kind or 0]
    return {"{": _OPEN, "}": _CLOSE}.get(token, token)


def link_line(line: str) -> str:
    r"""A line of ``links`` whose commands are undone: ``\href{address}{label}`` becomes ``label <address>``."""
    match = _HREF.fullmatch(line.strip()) if "\\href" in line else None
    return f"{match[2] or ''} <{match[1]}>" if match else line


def _without_outer_braces(value: str) -> str:
    """Takes away the pairs of braces around the whole value, and the blanks inside each."""
    if not (value.startswith("{") and value.endswith("}")):
        return value
    # Every pair is found once: to walk the value for each of thousands of them takes no end.
    closing: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(value):
        if brace.group() == "{":
            opened.append(brace.start())
        elif opened:
            closing[opened.pop()] = brace.end()
    start, end = 0, len(value)
    while closing.get(start) == end:
        start, end = start + 1, end - 1
        while start < end and value[start].isspace():
            start += 1
        while start < end and value[end - 1].isspace():
            end -= 1
    return value[start:end]


def doi(value: str) -> str:
    """A DOI without resolver and label, one that was copied from an address decoded; what a line end parts is one."""
    if "[pii]" in value or "[doi]" in value:
        # What MEDLINE has in one place: « 10.1038/nsb877 nsb877 [pii] ».
        value = next((word for word in value.split() if _ONE_DOI.fullmatch(word)), value)
    value = _unescaped(in_one_piece(value)).replace("{", "").replace("}", "")
    value = value.replace(_OPEN, "{").replace(_CLOSE, "}").strip()
    value = _DOI_PREFIX.sub("", value, count=1)
    decoded = unquote(value) if _ENCODED.search(value) else value
    # What is encoded may be no text: « %00 », half a character.
    return decoded if decoded.isprintable() and "\ufffd" not in decoded else value


def numbers(value: str) -> str:
    """The numbers of ``isbn`` or ``issn`` on one line: hyphens of TeX are hyphens, a written line end parts two."""
    value = " ".join(unescaped(" ".join(LINE_END.sub("; ", value).split())).split())
    return _DASHES.sub("-", value).rstrip(" ;")


def addresses(value: str) -> list[str]:
    """The addresses of a field, its blanks and braces as they stand; what a line end parts is one."""
    value = unescaped(in_one_piece(value))
    if (value[:1], value[-1:]) in (("<", ">"), ('"', '"'), ("“", "”"), ("«", "»")):
        value = value[1:-1].strip()
    value = LABEL.sub("", value)
    if not any(map(str.isspace, value)) and ";" not in value and "," not in value:
        return [value]
    return [address.strip() for address in _SEVERAL.split(value)]
