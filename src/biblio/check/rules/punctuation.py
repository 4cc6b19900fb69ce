"""F2: what is typed between the words, and characters that should not be there. Each rule sees one passage of text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from biblio.check.finding import Change, Finding, Fix, found, replace
from biblio.check.rules.languages import looks_french
from biblio.check.rules.words import AFTER_PREPOSITION, is_elided
from biblio.formats.text import beyond_ascii

_QUOTE = re.compile('"')
# A pair as prose has it: opened behind a blank or a bracket, closed before a blank or a stop; not the sign of inches.
_PAIR = re.compile(r"""(?<![^\s(\[—–-])"[^"«»]*(?<![\s\d])"(?![^\s.,;:!?)\]…—–-])""")
_LOOSE_PAIR = re.compile(r"""(?<![^\s(\[])" [^"«»]* "(?![^\s.,;:!?)\]])""")
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[\w»)’'])[ \u00a0\u202f]+(?P<mark>,|\.(?![\w.]))")
_NO_SPACE_AFTER = re.compile(r"(?<=[a-zà-ÿ]{2}),(?=[A-Za-zÀ-ÿ]{2})")
_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ÿ])[´`‘′ʼ](?=[A-Za-zÀ-ÿ])")
_POSSESSIVE = re.compile(r"(?:s|t|hui)\b")
_CLOSED = re.compile(r"[^‘`'’\n]{1,60}['’](?![A-Za-zÀ-ÿ])")
_NUMERO = re.compile(r"(?<!\w)(?P<letter>[nN])º")
_BRACKET = re.compile(r"[()\[\]]")
_ITEM = re.compile(r"(?:(?<=\A)|(?<=[\s:;]))(?:[a-z]|\d{1,2}|[ivx]{1,4}) ?\)")
# A half-open interval, « [0, 2π) », and a face, « ;-) ».
_NO_BRACKETS = re.compile(
    r"(?:\[|(?P<open>[(\]]))[^()\[\]\s,;]{1,15}[,;] ?[^()\[\]\s,;]{1,15}(?(open)[\]\[]|\))|(?<!\w)[:;]-?[()]"
)
_ETC = re.compile(r"(?<!\w)etc ?(?:\.{2,}|\.?…)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|div|em|font|h[1-6]|i|li|ol|p|span|strong|sub|sup|ul)(?:\s[^<>\n]{0,200})?/?>", re.IGNORECASE
)
# Zero-width and direction marks, the soft hyphen, the byte order mark inside a text, controls.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\x01-\x08\x0b\x0c\x0e-\x1f\x7f]+"
)
# The first bytes of two and three byte characters of UTF-8, read as Windows-1252, with what may follow them.
_MOJIBAKE = re.compile(
    "(?:[ÂÃÄÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2})+"
)
# The « Ã » of an « à » whose second half, a no-break space, has become an ordinary one or is lost: alone as a word, or
# at the end of one in small letters, where no language has it. A space that stands for it before another goes with it.
_LOST_A = re.compile(
    r"""
    (?:(?<!\w) | (?P<inner>(?<=[a-zß-ÿ])))
    Ã (?=[\s~]|\Z) (?:[ \u00a0\u202f~](?=[\s~,.)\]…]))?
    (?=[\s~]*(?P<next>(?:l['’])?\w*))
    """,
    re.VERBOSE,
)
_NEVER_AFTER_A = frozenset("a au aux de des du en est et ont ou par que qui sont sur".split())
_LATEX = str.maketrans({character: f"\\{character}" for character in "&%$#_"})


def straight_quotes(text: str) -> Iterator[Finding]:
    """Straight double quotes stand where French sets « »."""
    quotes = [match.start() for match in _QUOTE.finditer(text)]
    # Quotes that do not come in clear pairs are reported, and left to the documentalist.
    clear = len(quotes) % 2 == 0 and all(
        _PAIR.match(text, first) or _LOOSE_PAIR.match(text, first) for first in quotes[::2]
    )
    for index in range(0, len(quotes), 2):
        first = quotes[index]
        if not clear:
            yield found("", first, first + 1)
            continue
        last = quotes[index + 1]
        inside = text[first + 1 : last]
        opening = "«" if inside[:1].isspace() else "« "
        closing = "»" if inside[-1:].isspace() else " »"
        fix = Fix((Change(first, first + 1, opening), Change(last, last + 1, closing)))
        yield found("", first, last + 1, fix)


def double_space(text: str) -> Iterator[Finding]:
    """Two spaces or more follow each other inside a line."""
    for match in _SPACES.finditer(text):
        yield found("", match.start(), match.end(), replace(*match.span(), " "))


def space_before_comma(text: str) -> Iterator[Finding]:
    """A comma or a full stop stands apart from the word before it."""
    for match in _SPACE_BEFORE.finditer(text):
        yield found("", match.start(), match.end(), replace(match.start(), match.start("mark"), ""), mark=match["mark"])


def no_space_after_comma(text: str) -> Iterator[Finding]:
    """A comma touches the word behind it."""
    for match in _NO_SPACE_AFTER.finditer(text):
        yield found("", match.start(), match.end(), replace(*match.span(), ", "))


def odd_apostrophe(text: str) -> Iterator[Finding]:
    """An accent or an opening quote stands for an apostrophe: « l´hôpital », « l`hôpital »."""
    for match in _APOSTROPHE.finditer(text):
        # « sant´e »: the accent of the letter behind it, which F313 puts there.
        if match.group() == "´" and text[match.end()] in "eE" and not is_elided(text, match.start()):
            continue
        # « V′cu », « Ol′ga »: a prime is of mathematics or of a transcription, but where an apostrophe is due.
        if match.group() == "′" and not is_elided(text, match.start()) and not _POSSESSIVE.match(text, match.end()):
            continue
        # « available‘free’ »: an opening quote that has its closing one lacks its space, and is no apostrophe.
        if match.group() in "‘`" and _CLOSED.match(text, match.end()):
            continue
        yield found("", match.start(), match.end(), replace(*match.span(), "'"), mark=match.group())


def wrong_degree_sign(text: str) -> Iterator[Finding]:
    """« nº » is typed with the Spanish ordinal sign º, not with the degree sign of French keyboards, °."""
    for match in _NUMERO.finditer(text):
        yield found("", match.start(), match.end(), replace(match.end() - 1, match.end(), "°"))


def unbalanced_quotes(text: str) -> Iterator[Finding]:
    """A « is not closed, or a » closes nothing."""
    opened: list[int] = []
    for match in re.finditer("[«»]", text):
        if match.group() == "«":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            yield found("", match.start(), match.end(), mark="»")
    for start in opened:
        yield found("", start, start + 1, mark="«")


def unbalanced_brackets(text: str) -> Iterator[Finding]:
    """A bracket is not closed, or closes nothing."""
    items = {match.end() - 1 for match in _ITEM.finditer(text)}
    text = _NO_BRACKETS.sub(lambda match: "_" * len(match.group()), text)
    opened: list[re.Match[str]] = []
    for match in _BRACKET.finditer(text):
        if match.group() in "([":
            opened.append(match)
        elif opened and opened[-1].group() == {")": "(", "]": "["}[match.group()]:
            opened.pop()
        elif match.start() not in items:
            yield found("", match.start(), match.end(), mark=match.group())
    for match in opened:
        yield found("", match.start(), match.end(), mark=match.group())


def etc_with_ellipsis(text: str) -> Iterator[Finding]:
    """« etc. » is followed by an ellipsis."""
    for match in _ETC.finditer(text):
        yield found("", match.start(), match.end(), replace(*match.span(), "etc."), word=match.group())


def mojibake(text: str) -> Iterator[Finding]:
    """Accented letters have turned into two characters each: « santÃ© », « lâ€™accÃ¨s »."""
    candidates = list(_LOST_A.finditer(text)) if "Ã" in text else []
    french = bool(candidates) and looks_french(_MOJIBAKE.sub(_decoded, text).replace("Ã", "à"))
    lost = {match.start(): match for match in candidates if _was_a(match, french=french)}
    for match in _MOJIBAKE.finditer(text):
        right = _decoded(match)
        if right != match.group() and match.start() not in lost:
            yield found("", match.start(), match.end(), replace(*match.span(), right), word=match.group(), right=right)
    for match in lost.values():
        yield found("", match.start(), match.end(), replace(*match.span(), "à"), word="Ã", right="à")


def _was_a(match: re.Match[str], *, french: bool) -> bool:
    """Whether the words around « Ã » make it sure that it was the French « à »."""
    following = match["next"].lower()
    if match["inner"] is not None:
        return french
    if following in AFTER_PREPOSITION or following[:2] in ("l'", "l’"):
        return True
    return french and following != "" and following not in _NEVER_AFTER_A


def _decoded(match: re.Match[str]) -> str:
    """What a wrongly decoded passage was; the passage itself when it was nothing."""
    try:
        return b"".join(_byte(character) for character in match.group()).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return match.group()


def _byte(character: str) -> bytes:
    """The byte that a wrongly read character was; Windows-1252 shows five of them as controls."""
    return bytes([ord(character)]) if "\x80" <= character <= "\x9f" else character.encode("cp1252")


def html_entity(text: str) -> Iterator[Finding]:
    """A character is written as HTML writes it: « &amp; », « &eacute; »."""
    for match in _ENTITY.finditer(text):
        right = html.unescape(match.group()).replace("\u00a0", "~")
        if len(right) == 1 and right.isprintable() and right not in "{}\\^":
            typed = right.translate(_LATEX)
            yield found("", match.start(), match.end(), replace(*match.span(), typed), word=match.group(), right=right)


def html_tag(text: str) -> Iterator[Finding]:
    """A tag of HTML stands in the text: ``<i>``, ``<br/>``."""
    for match in _TAG.finditer(text):
        yield found("", match.start(), match.end(), word=match.group())


def invisible_character(text: str) -> Iterator[Finding]:
    """A character that shows nothing stands in the text: a soft hyphen, a zero-width space, a direction mark."""
    for match in _INVISIBLE.finditer(text):
        names = ", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(match.group()))
        yield found("", match.start(), match.end(), replace(*match.span(), ""), characters=names)


def accent_apart(text: str) -> Iterator[Finding]:
    """Accents are typed as characters of their own, behind their letters (Unicode form NFD)."""
    if not re.search("[\u0300-\u036f]", beyond_ascii(text)):  # a whole file: most have none
        return
    for match in re.finditer("[^\\W\\d_][\u0300-\u036f]+", text):
        right = unicodedata.normalize("NFC", match.group())
        if right != match.group():
            yield found("", match.start(), match.end(), replace(*match.span(), right), word=match.group())
