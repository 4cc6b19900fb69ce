"""Names and lists as BibTeX writes them: joined by « and », a name in one of three forms, in braces, or in parts.

Sources: O. Patashnik, *Designing BibTeX Styles*, 1988, § 4 (the three forms: « First von Last », « von Last, First »,
« von Last, Jr, First »); biblatex manual § 3.4 (the extended form ``family=…, given=…``). The particle is the words in
lower case that lead, as biber and JabRef have it: in BibTeX it runs to the last such word, and takes half of « Dupont
de Nemours » along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from biblio.formats.bibtex.latex import decode_plain, in_text, on_one_line
from biblio.reference.name import Name, Names

_AND_OR_BRACE = re.compile(r"[{}]|\sand(?=\s)", re.IGNORECASE)
_AND = re.compile(r"\sand(?=\s)", re.IGNORECASE)
_COMMA_OR_BRACE = re.compile(r"[{},]")
_BLANKS_OR_BRACE = re.compile(r"[{}]|[\s~]+")
_AND_BRACE_OR_QUOTE = re.compile(r"[{}\"]|\sand(?=\s)", re.IGNORECASE)
_COMMA_BRACE_OR_QUOTE = re.compile(r"[{},\"]")
_EXTENDED = re.compile(r"\"?[A-Za-z]+(?:-i)?\s*=(?!=)")
_FAMILY_PART = re.compile(r"\"?(?:family|given|prefix|suffix)\s*=(?!=)")
_QUOTED = re.compile(r"\"\s*(?:family|given|middle|prefix|suffix)\s*=|(?:family|given|middle|prefix|suffix)\s*=\s*\"")
_PARTS = {"family": "family", "given": "given", "middle": "given", "prefix": "particle", "suffix": "suffix"}
# What a name in parts says of itself that is no part (biblatex manual § 3.4; ``nosortothers`` is of the list).
_OPTIONS = frozenset({"id", "gender", "hash", "nosortothers", "useprefix", "sortingnamekeytemplatename"})
_OTHERS = re.compile(
    r"others|\{?al\.?\}?|(?:(?P<last>.*[^\s,])[\s,]+)?(?:\{|\\(?:emph|textit)\{)?et[ ~]al\.?\}?",
    re.IGNORECASE,
)
_LAST_OF_OTHERS = frozenset("sSlL.}")
# « Family, Given » without markup, by far the commonest form.
_SIMPLE = re.compile(r"([^{}\\,~=;\"$]+), *([^{}\\,~=;\"$]+)")

# A command, a sign of TeX's or a formula is one with its argument: no blank, tie or comma in it parts anything.
_GROUP = r"\{(?>(?:[^{}]++|\{(?>(?:[^{}]++|\{[^{}]*+\})*)\})*)\}"
_LETTER = rf"(?:{_GROUP}|\\[ij](?![A-Za-z])\s*+|[^\W\d_])"
_ATOM_OR_BRACE = re.compile(
    rf"(?P<atom>\\[`'^~=.\"]\s*+{_LETTER}"
    rf"|\\(?:[uvHcdbkrt]|textcommabelow|grave|acute|hat|tilde|bar|breve|d?dot|mathring|check)(?![A-Za-z])\s*+{_LETTER}"
    r"|\\(?:o|l|L|O|ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|i|j)\s++(?=[^\W\d_A-Z]|\\[`'^~=.\"])"
    r"|(?<=[^\s{}])\\(?:textquoteright|textquotesingle|textquoteleft|rq|lq)\s++(?=[^\W\d_])"
    rf"|\\[A-Za-z]++\*?\s*+{_GROUP}"
    r"|\\[^A-Za-z\s{}]"
    r"|\$[^$]{1,80}\$)"
    r"|[{}]",
)
# Particles that are typed behind the given name, « Maupassant, Guy de »; those behind the first kind never begin one.
_BEGIN_PARTICLE = frozenset(
    "de d' d’ du des von zu zum zur vom van da das do dos di del della dello dei degli dalla af av ter ten te".split()
)
_IN_PARTICLE = _BEGIN_PARTICLE | frozenset("la le les der den und y 't".split())
_ENDS_IN_PARTICLE = (*(f" {word}" for word in sorted(_IN_PARTICLE)), " La", " Le", " Les", " L'", " L’")
_ARTICLES = frozenset({"La", "Le", "Les", "L'", "L’"})
_COMMAND = re.compile(r"\A\\[A-Za-z]+\*?\s*")
# « d'Ormesson »: the particle is what is elided before a capital.
_ASIDE = re.compile(rf"(?:(?<!\s)\s+)?\\(?:footnote|thanks)(?:\[[^\[\]]*+\])?\s*+{_GROUP}")
# « José Ortega y Gasset », « Antoni Gaudí i Cornet »: what joins two family names is no particle of the second.
_JOINS_FAMILIES = frozenset("y i e".split())
_ELIDED = re.compile(r"(d['’])([^\W\d_a-z].*|[{\\].+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ParsedNames:
    """A list of names, and those among them that are kept whole because their commas or semicolons say nothing."""

    names: Names
    faulty: tuple[str, ...] = ()


_NOBODY = Name()


def split_list(value: str) -> list[str]:
    """The items of a list joined by « and », in any case; braces protect an « and » inside an item."""
    value = on_one_line(value)
    if "\\" in value:
        value = in_text(value).replace("\\ ", " ")
    if "and" not in value and "and" not in value.lower():
        return [value] if value else []
    if '"' in value and _QUOTED.search(value):
        marks = _AND_BRACE_OR_QUOTE
    elif "{" not in value and "}" not in value:
        return [item for item in map(str.strip, _AND.split(f" {value} ")) if item]
    else:
        marks = _AND_OR_BRACE
    # A list may begin or end with « and »: the blanks around it make it like any other.
    return [item for item in map(str.strip, _outside_braces(f" {_whole_group(value)} ", marks)) if item]


def _whole_group(value: str) -> str:
    """Drops the braces around a whole list: ``{{A} and {B}}`` is a list of two, ``{A and B}`` one literal."""
    inner = value[1:-1]
    is_list = inner.startswith("{") and inner.endswith("}") and " and " in inner
    return inner if is_list and _is_group(value) and not _is_group(inner) else value


def _is_group(value: str) -> bool:
    """Whether the brace at the start of a value is closed by the one at its end."""
    if not (value.startswith("{") and value.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"[{}]", value):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end() == len(value)
    return False


def split_names(value: str) -> ParsedNames:
    """The names of a field. A name that cannot be taken apart is kept as a literal and listed as faulty."""
    people: list[Name] = []
    faulty: list[str] = []
    others = False
    items = split_list(value)
    for number, item in enumerate(items, 1):
        if item.endswith(",") and number < len(items) and item.count(",") == 1:
            item = item[:-1].rstrip()  # the comma of English lists: « Paul Leblanc, and Anne Roux »
            if not item:
                continue
        if (
            item[-1] in _LAST_OF_OTHERS
            and item[-6:].lower().rstrip(".}").endswith(("others", "al"))
            and (rest := _OTHERS.fullmatch(item))
        ):
            others = True
            item = rest["last"] or ""
            if not item:
                continue
        name = parse_name(item)
        if name == _NOBODY:  # braces or ties around nothing
            continue
        people.append(name)
        if name.literal and not _is_group(item):
            faulty.append(name.literal)
    return ParsedNames(Names(tuple(people), others), tuple(faulty))


@lru_cache(maxsize=8192)
def parse_name(item: str) -> Name:
    """One name; a literal when it is in braces, or when it cannot be taken apart."""
    simple = _SIMPLE.fullmatch(item)
    if simple:
        family, given = simple[1].strip(), simple[2].strip()
        capital = family[:1].isupper() if " " not in family else all(word[0].isupper() for word in family.split())
        if capital and not (" " in given and given.endswith(_ENDS_IN_PARTICLE)):
            return Name(family, given)
    if _is_group(item):
        # Braces around a name in parts are those of a program that braces every name.
        parts = _extended(item[1:-1]) if _FAMILY_PART.match(item, 1) else None
        return parts if parts and parts.family else Name(literal=decode_plain(item[1:-1]))
    if "\\footnote" in item or "\\thanks" in item:
        rest = _ASIDE.sub("", item)
        # One in another, in another: to look again for each that is left would take no end.
        nested = "\\footnote" in rest or "\\thanks" in rest
        asides = () if nested else tuple(decode_plain(match.group()).strip() for match in _ASIDE.finditer(item))
        name = parse_name(rest) if asides else _NOBODY
        if name != _NOBODY:
            return replace(name, given=" ".join(filter(None, (name.given, *asides))))
    if _EXTENDED.match(item):
        extended = _extended(item)
        if extended is not None:
            return extended
    return _in_three_forms(_with_atoms(item) if "\\" in item or "$" in item else item)


def _in_three_forms(item: str) -> Name:
    pieces = [piece.strip() for piece in _split(item)]
    if len(pieces) > 3 or any(";" in word for piece in pieces for word in _words(piece) if not word.startswith("{")):
        return Name(literal=decode_plain(item))
    suffix = _words(pieces[1]) if len(pieces) == 3 else []
    words = _words(pieces[0])
    if len(pieces) == 1:
        words, behind = _without_brackets(words)
        # The particle begins with the first word in lower case; the last word is always family.
        start = next((index for index, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1)
        start = max(0, start)
        if start and words[start] in _JOINS_FAMILIES:
            start -= 1
        given, (particle, family) = [*words[:start], *behind], _von_last(words[start:])
    else:
        particle, family = _von_last(words)
        given = _words(pieces[-1])
        if not particle:
            # One particle is enough: where it leads, small words behind the given names are theirs.
            given, particle, articles = _given_and_particle(given)
            family = [*articles, *family]
    return Name(_joined(family), _joined(given), _joined(particle), _joined(suffix))


def _with_atoms(text: str) -> str:
    """The text with braces around each command and its argument that has none around it yet."""
    depth = 0

    def wrapped(match: re.Match[str]) -> str:
        nonlocal depth
        token = match.group()
        if match["atom"] is not None:
            return token if depth else f"{{{token}}}"
        depth = depth + 1 if token == "{" else max(0, depth - 1)
        return token

    return _ATOM_OR_BRACE.sub(wrapped, text)


def _joined(words: list[str]) -> str:
    """The characters of some words; each is decoded by itself, so that no command takes the blank behind it along."""
    typed = " ".join(words)
    return decode_plain(typed) if "\\" not in typed else " ".join(filter(None, map(decode_plain, words)))


def _split(item: str) -> list[str]:
    """The parts of a name between its commas outside braces."""
    if "," not in item:
        return [item]
    parts = _outside_braces(item, _COMMA_OR_BRACE)
    # A comma at the very end is a slip of the hand.
    return parts if parts[-1].strip() or len(parts) < 3 else parts[:-1]


def _words(text: str) -> list[str]:
    """The words between blanks and ties outside braces."""
    if "{" not in text:
        return re.split(r"[\s~]+", text.strip(" ~")) if text.strip(" ~") else []
    return [word for word in _outside_braces(text, _BLANKS_OR_BRACE) if word]


def _outside_braces(text: str, marks: re.Pattern[str]) -> list[str]:
    """The pieces between the marks outside braces and quotes; the pattern finds braces too, and quotes that count."""
    pieces, depth, start = [], 0, 0
    quoted = False
    for match in marks.finditer(text):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
        elif token == '"':
            quoted = quoted if depth else not quoted
        elif depth == 0 and not quoted:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _von_last(words: list[str]) -> tuple[list[str], list[str]]:
    """Takes « de La Fontaine » apart; the last word is always family."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]) and not _ELIDED.fullmatch(words[count]):
        count += 1
    particle, family = words[:count], words[count:]
    elided = _ELIDED.fullmatch(family[0]) if family else None
    return ([*particle, elided[1]], [elided[2], *family[1:]]) if elided else (particle, family)


def _given_and_particle(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Takes « Guy de » apart, and « Jean de La », whose article is the family's: given names, particle, article."""
    end = len(words) - 1 if words and words[-1] in _ARTICLES else len(words)
    start = end
    while start > 1 and words[start - 1] in _IN_PARTICLE:
        start -= 1
    if start == end or words[start] not in _BEGIN_PARTICLE or _is_small(words[0]):
        return words, [], []
    return words[:start], words[start:end], words[end:]


def _without_brackets(words: list[str]) -> tuple[list[str], list[str]]:
    """What stands in brackets behind a name is no part of it: « (dir.) », « [CNRS] »."""
    if words and words[-1].endswith((")", "]")):
        start = next((index for index in range(len(words) - 1, 0, -1) if words[index].startswith(("(", "["))), 0)
        if start:
            return words[:start], words[start:]
    return words, []


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter; one in braces has no case, unless they hold a command."""
    if word.startswith("{"):
        if not word.startswith("{\\"):
            return False
        word = _COMMAND.sub("", decode_plain(word))  # one that says nothing, « {\sltt xDVI} », has no case
    elif "\\" in word:
        word = decode_plain(word)
    letter = next((character for character in word if character.isalpha()), "")
    return letter.islower()


def _extended(item: str) -> Name | None:
    """A name in parts; ``None`` when no part of it is one. Options (``useprefix=true``) concern sorting and labels."""
    parts: dict[str, list[str]] = {}
    options = 0
    pieces = _outside_braces(item, _COMMA_BRACE_OR_QUOTE if '"' in item else _COMMA_OR_BRACE)
    for piece in pieces:
        # Quotes stand around a value, or around a whole part, « "given={John R.}" ».
        key, equals, content = piece.strip().removeprefix('"').partition("=")
        word = key.strip().lower().removesuffix("-i")
        part = _PARTS.get(word) if word == key.strip().lower() else None
        if equals and part:
            parts.setdefault(part, []).append(decode_plain(content.strip().strip('"')))
        options += bool(equals) and (word in _PARTS or word in _OPTIONS)
    if not parts:
        return _NOBODY if options == len(pieces) else None
    return Name(**{part: " ".join(values) for part, values in parts.items()})
