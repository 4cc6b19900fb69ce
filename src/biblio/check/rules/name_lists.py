"""R4: how the names of a list are joined, and what closes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.check.finding import Finding, found, replace
from biblio.check.rules.typed_names import FAMILY_FIRST, is_initials, items, people
from biblio.check.rules.words import GIVEN_NAMES
from biblio.reference.body_names import is_kind_of_body, names_a_body, words_of
from biblio.reference.reference import Reference

# A whole name without a comma, given name first or last: two words or more that begin with capitals.
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞŒ](?:\.|[\w'’.-]*)"
_WHOLE = re.compile(rf"{_CAPITALISED}(?:[ ~-](?:{_CAPITALISED}|de|du|des|van|von|der|den|la|le|di|da)){{1,5}}")
_CONJUNCTION = re.compile(r"\A(?:\\?&|et)\s+")
_GIVEN_FIRST = re.compile(r"[A-ZÀ-Ý][a-zß-ÿœ]+(?:[ -][A-ZÀ-Ý][a-zß-ÿœ]+)? [A-ZÀ-ÖØ-ÞŒ'’-]{3,}(?: [A-ZÀ-ÖØ-ÞŒ'’-]{3,})*")
_SUFFIX = re.compile(r"(?:[JS]n?r|fils|père|aîné|cadet|[IVX]+|[1-9](?:st|nd|rd|th)|Ph\.? ?D|M\.? ?D)\.?", re.IGNORECASE)
_ET_AL = re.compile(
    r"[\[(]?\s*(?:et\s+(?:al|alii|coll|collab)\b\.?|and\s+al\b\.?|al\.?|et\s+autres|&\s*al\b\.?)\s*[\])]?",
    re.IGNORECASE,
)
ET_AL_BEHIND = re.compile(
    r"(?:[\[(]\s*)?\b(?:et\s+(?:al(?:ii)?|coll|collab)\b\.?|&\s*al\b\.?)\s*+(?:[\])]\s*+)?\Z", re.IGNORECASE
)


def et_al_as_name(reference: Reference) -> Iterator[Finding]:
    """« et al. » is typed as if it were somebody's name."""
    for item in items(reference):
        inner = item.text.strip("{}").strip()
        behind = ET_AL_BEHIND.search(item.text)
        if _ET_AL.fullmatch(inner):
            yield found(item.field, item.start, item.end, replace(item.start, item.end, "others"), name=item.text)
        elif behind and behind.start() and not item.is_body:
            start = item.start + behind.start()
            fix = replace(item.start + len(item.text[: behind.start()].rstrip(", \t\n")), item.end, " and others")
            yield found(item.field, start, item.end, fix, name=behind.group())


def names_joined_by_semicolon(reference: Reference) -> Iterator[Finding]:
    """Names are separated by semicolons, or by bars: « Harpet, Cyrille; Templon, Jérôme », « Anne Roux | Luc Vert »."""
    for item in people(reference):
        for mark in re.finditer(r"(?<!\s)\s*[;|•]\s*(?=\S)", item.text):
            before = item.text[: mark.start()]
            if before.count("{") == before.count("}"):  # a body in braces may have a semicolon of its own
                start, end = item.start + mark.start(), item.start + mark.end()
                yield found(item.field, start, end, replace(start, end, " and "), mark=mark.group().strip())


def names_joined_by_et(reference: Reference) -> Iterator[Finding]:
    """Names are joined by « et » or « & »."""
    for item in people(reference):
        match = re.search(r"(?<!\s)\s+(?:et|\\?&|e|y|und)\s+(?!(?:al|coll|collab)\b)", item.text)
        before, after = (item.text[: match.start()], item.text[match.end() :]) if match else ("", "")
        apart = "," in before and ("," in after or " " in after)
        if match and (apart or is_joined(item.text)) and ";" not in item.text:
            start, end = item.start + match.start(), item.start + match.end()
            yield found(item.field, start, end, replace(start, end, " and "), word=match.group().strip())


def names_joined_by_slash(reference: Reference) -> Iterator[Finding]:
    """Names are listed with slashes between them: « Jean Roux / Anne Vert »."""
    for item in people(reference):
        if "{" in item.text:
            continue
        for mark in re.finditer(r"(?<=\S)\s+/\s+(?=\S)|(?<=\w)/(?=\w)", item.text):
            before, after = item.text[: mark.start()], item.text[mark.end() :]
            # Without blanks a slash may stand inside a name: « Inserm/Université de Nantes ».
            if mark.group().strip() != mark.group() or ("," in before and "," in after):
                start, end = item.start + mark.start(), item.start + mark.end()
                yield found(item.field, start, end, replace(start, end, " and "))


def is_joined(text: str) -> bool:
    """Whether « et » or « & » joins people, each a given name and a family name, and not the words of a body."""
    halves = re.split(r"(?<!\s)\s+(?:et|\\?&|y|und)\s+", text)
    return len(halves) > 1 and all(words_of(half)[:1] and words_of(half)[0].lower() in GIVEN_NAMES for half in halves)


def names_joined_by_comma(reference: Reference) -> Iterator[Finding]:
    """People are listed with commas between them: « Paul Leblanc, Anne Roux, Luc Vert »."""
    for item in people(reference):
        names = named_by_commas(item.text)
        if len(names) > 1:
            right = " and ".join(names)
            yield found(item.field, item.start, item.end, replace(item.start, item.end, right), right=right)


def named_by_commas(text: str) -> list[str]:
    """The people of a list by commas; fewer than two where it may be one name, « Family, Jr, Given »."""
    if re.search(r"[{;|•]|\s/\s", text) or "," not in text:
        return []
    # The last of a list may have both: « Roux, A., Vert, L., & Brun, P. ».
    pieces = [_CONJUNCTION.sub("", piece.strip()) for piece in text.strip(" ,").split(",")]
    if any(not piece or _SUFFIX.fullmatch(piece) for piece in pieces):
        return []
    words = [piece.split() for piece in pieces]
    if is_kind_of_body(words_of(pieces[0])[0] if words_of(pieces[0]) else ""):
        return []
    if all(_WHOLE.fullmatch(piece) and not names_a_body(piece) for piece in pieces):
        given = [each[0].rstrip(".").lower() in GIVEN_NAMES or is_initials(each[0]) for each in words]
        # « Smith J, Doe AB », « Roux J., Vert A. »; « ROUX Jean, VERT Anne », « Jean ROUX, Anne VERT ».
        vancouver = [re.fullmatch(r"[A-ZÀ-Ý]{1,3}|(?:[A-ZÀ-Ý]\.-?){1,3}", each[-1]) is not None for each in words]
        shouted = [bool((match := FAMILY_FIRST.fullmatch(piece)) and match["shouted"]) for piece in pieces]
        shouted_last = [_GIVEN_FIRST.fullmatch(piece) is not None for piece in pieces]
        # « Ada Lovelace, Alan Turing, and Grace Hopper »: the comma before « and » is that of a list.
        listed = len(pieces) > 2 or text.endswith(",")
        if len(pieces) > 1 and (listed or all(given) or any(map(all, (vancouver, shouted, shouted_last)))):
            return pieces
    pairs = [pieces[at : at + 2] for at in range(0, len(pieces), 2)]
    if len(pieces) > 3 and len(pieces) % 2 == 0 and all(_is_given(given) for _, given in pairs):
        return [f"{family}, {given}" for family, given in pairs]
    return []


def _is_given(text: str) -> bool:
    """Whether a piece of a list is a given name: initials, or a name that is known for one."""
    return is_initials(text) or all(part.lower() in GIVEN_NAMES for part in re.split(r"[ -]", text))
