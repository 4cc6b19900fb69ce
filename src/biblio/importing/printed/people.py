"""Names as notices print them, taken apart again: « NOM Prénom », « NOM, Prénom », « Nom, P. », « Nom AB ».

Sources: the published dossiers of the CRES (capitals, commas, « (et al.) »), ISO 690:2021 § 5.2, the *Publication
Manual* of the APA (7th edition, § 9.8) and *Citing Medicine* (chapter 1) for what each puts between and inside names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biblio.formats.records import Body
from biblio.reference.body_names import is_kind_of_body, names_a_body

_OTHERS = re.compile(
    r"(?:(?<![\s,;])[\s,;]+)?"
    r"(?:\(\s*et\s+al(?:ii)?\.?\s*\)|\[\s*et\s+al(?:ii)?\.?\s*\]|(?:(?:&|and|et)\s*)?\bet\s+al(?:ii|\.|(?=\s*$))"
    r"|\bet\s+alii\b|\band\s+others\b|\bet\s+autres\b|\(et\s+coll\.?\)|\bet\s+coll\.?|(?:…|\.\.\.)\s*$)[\s,.;]*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:(?<![\s,])[\s,]+)?(?:[(\[]\s*+)?\b"
    r"(?P<role>sous la (?:dir(?:ection|\.)?|coord(?:ination|\.)?)(?: de)?|dir(?:ecteurs?|ection|\.)?"
    r"|coord(?:inateurs?|ination|onn[ée]\w*|\.)?|[ée]ds?\.|[ée]dit(?:eurs?|rices?|ors?)|eds?\b\.?|dirs\.?"
    r"|trad(?:uction|ucteurs?|\.)?|trans(?:lators?|\.))\s*+[)\]]?[\s,.:]*+$",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^(?:sous la (?:direction|coordination|dir\.|coord\.)(?: d[eu'’])?"
    r"|(?:ed(?:ited|\.)|[ée]dité|coordonné|dirigé) (?:by|par))\s*",
    re.IGNORECASE,
)
_INITIAL = r"(?:[^\W\d_a-z][^\W\d_A-Z]?h?\.(?>(?:\s?-\s?[^\W\d_]\.)?))"
_INITIALS = re.compile(
    rf"{_INITIAL}(?:[\s-]*{_INITIAL})*|(?:[^\W\d_a-z](?:[\s.-]+|$)){{1,4}}|[^\W\d_a-z]{{1,3}}|[A-Z]-[A-Z]"
)
_VANCOUVER = re.compile(
    r"(?P<family>(?:(?:d[eu]|de la|del|della|di|da|dos|van|von|der|den|ten|la|le|el|al|St|El|De|Van|Von|La|Le)\s)*"
    r"[^\W\d_](?=[\w'’-]*[^\W\d_A-Z])[\w'’-]++(?: [^\W\d_](?=[\w'’-]*[^\W\d_A-Z])[\w'’-]++)?)"
    r"\s(?P<given>[A-ZÀ-Ý]{1,3}(?:-[A-Z])?)(?:\s(?P<suffix>Jr|Sr|2nd|3rd|II|III))?"
)
_DIRECT = re.compile(rf"(?P<given>{_INITIAL}(?:[\s-]*{_INITIAL})*)\s*(?P<family>[^\W\d_].*)")
_BEFORE_INITIALS = re.compile(rf"(?P<family>[^\W\d_a-z][^\d,;:.()]*?)\s+(?P<given>{_INITIAL}(?:[\s-]*{_INITIAL})*)")
_SUFFIX = re.compile(r"Jr\.?|Sr\.?|I{2,3}|IV")
_AND = re.compile(r"(?:(?:(?<!\s)\s+)?,\s+|(?<!\s)\s+)(?:et|and|&|y|und|e)\s+|(?:(?<!\s)\s+)?&\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*[’'.]?")
_NOBILITY = frozenset({"de", "d", "von", "der", "van", "den", "di", "da", "dos", "del", "della", "ten", "ter", "zu"})
_LOWERED = frozenset({"DE", "D'", "VON", "DER", "ZU"})
_DASHES = re.compile(r"^\s*[-–—_]{2,}[\s.,;:]*$|^\s*[—–]\s*$")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class People:
    """Names as records take them; ``role`` is « editor » or « translator » of those who did not write.

    ``sure`` is the share of the names of whose form there is no doubt; ``same`` says that a dash stands for the names
    of the notice before.
    """

    names: tuple[str, ...] = ()
    role: str = ""
    sure: float = 0
    same: bool = False


def people_of(text: str) -> People:
    """The names that a piece of a notice is made of; those of no known form are kept as they stand, as bodies."""
    text = " ".join(text.split())[:_LONGEST].strip(" ,;:")
    if _DASHES.match(text):
        return People(same=True, sure=1)
    text, others = _OTHERS.subn(" ", text)
    text, role = _role_of(text.strip(" ,;:"))
    names, doubtful = _names(text.strip(" ,;:"))
    if not names:
        return People()
    sure = 1 - doubtful / len(names)
    return People((*names, "others") if others else tuple(names), role, sure)


def ends_in_others(text: str) -> bool | None:
    """Whether « et al. » is the last of a text, ``None`` where there is none: nothing but a role goes on after it."""
    found = _OTHERS.search(text)
    return None if found is None else not re.search(r"[^\W\d_]{2,}", _ROLE.sub("", text[found.end() :]))


def _role_of(text: str) -> tuple[str, str]:
    led = _LED.match(text)
    if led:
        return text[led.end() :], "editor"
    found = _ROLE.search(text)
    if not found or not text[: found.start()].strip():
        return text, ""
    return text[: found.start()], "translator" if found["role"].lower().startswith("tra") else "editor"


def _names(text: str) -> tuple[list[str], int]:
    """The names, and how many of them are of a doubtful form."""
    if not text:
        return [], 0
    if ";" in text:
        parts = [each for part in text.split(";") if part.strip() for each in _one(part.strip())]
        return [name for name, _ in parts], sum(doubt for _, doubt in parts)
    alone = "," not in text and not all(map(_may_be_a_person, _AND.split(text)))
    if alone and names_a_body(text) and not _begins_in_capitals(text):
        return [Body(text)], 0
    tokens = _tokens(text)
    made: list[tuple[str, bool]] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if _is_family(token) and following and _is_given(following, token):
            suffix = tokens[at + 2] if at + 2 < len(tokens) and _SUFFIX.fullmatch(tokens[at + 2]) else ""
            made.append((_person(token, following, suffix), False))
            at += 3 if suffix else 2
            continue
        made += _one(token)
        at += 1
    return [name for name, _ in made], sum(doubt for _, doubt in made)


def _tokens(text: str) -> list[str]:
    """What stands between commas and conjunctions; a conjunction inside the name of a body parts nothing."""
    tokens: list[str] = []
    for piece in re.split(r"\s*,\s*(?:(?:et|and|&)\s+)?", text):
        halves = _AND.split(piece)
        if len(halves) > 1 and not all(map(_may_be_a_person, halves)):
            tokens.append(piece)
        else:
            tokens += halves
    return [_bare(token) for token in tokens if token.strip()]


def _bare(token: str) -> str:
    """A token without the stop of a sentence behind it; the stop of an initial stays."""
    token = token.strip()
    return token[:-1] if re.search(r"[^\W\d_]{3,}\.$", token) and not _SUFFIX.fullmatch(token.split()[-1]) else token


def _may_be_a_person(half: str) -> bool:
    """Whether a half of « A et B » may be somebody: capitals, particles and initials, and no word of a body."""
    words = half.split()
    return (
        0 < len(words) < 6
        and all(word[:1].isupper() or word.lower().rstrip("'’") in _NOBILITY | {"la", "le", "du"} for word in words)
        and not names_a_body(half)
    )


def _one(token: str) -> list[tuple[str, bool]]:
    """One name that stands alone between separators, and whether its form is doubtful."""
    if _YEAR.search(token):
        return [(Body(token), True)]  # nobody's name has a date
    if "," in token:
        family, _, given = (part.strip() for part in token.partition(","))
        return [(_person(family, given), False)]
    bracketed = re.fullmatch(r"(?P<family>[^()]+?)\s*\((?P<given>[^()]+)\)", token)
    if (
        bracketed
        and _may_be_a_person(bracketed["family"])
        and not bracketed["given"].isupper()
        and not names_a_body(token)
    ):
        return [(_person(bracketed["family"], bracketed["given"]), False)]
    words = token.split()
    capitals = _capitals(words)
    if capitals and capitals < len(words) and not names_a_body(token):
        return [(_person(" ".join(words[:capitals]), " ".join(words[capitals:])), False)]
    vancouver = _VANCOUVER.fullmatch(token)
    if vancouver:
        given = ". ".join(vancouver["given"].replace("-", "")) + "."
        return [(_person(vancouver["family"], given, vancouver["suffix"] or ""), False)]
    after = _last_in_capitals(words)
    if after and not names_a_body(token):
        return [(_person(" ".join(words[after:]), " ".join(words[:after])), False)]
    initials = _BEFORE_INITIALS.fullmatch(token)
    if initials and _may_be_a_person(initials["family"]):
        return [(_person(initials["family"], initials["given"]), False)]
    direct = _DIRECT.fullmatch(token)
    if direct and not names_a_body(token):
        return [(_person(direct["family"], direct["given"]), False)]
    if (
        2 <= len(words) <= 4
        and not names_a_body(token)
        and all(word[:1].isupper() or word in _NOBILITY for word in words)
    ):
        start = next((at for at, word in enumerate(words[1:], 1) if word.lower() in _NOBILITY), len(words) - 1)
        return [(_person(" ".join(words[start:]), " ".join(words[:start])), True)]
    if re.search(r"[:;?!…«»“”]|\.\s", token.removeprefix("U.S. ")):
        return [(Body(token), True)]
    body = names_a_body(token) or (words[0].isupper() and len(words) == 1) or is_kind_of_body(words[0])
    return [(Body(token), not body)]


def _is_family(token: str) -> bool:
    """Whether a token may be a family name alone, whose given name is the next one."""
    words = token.split()
    if not words or len(words) > 4 or _INITIALS.fullmatch(token) or token.endswith("."):
        return False
    if names_a_body(token) or any(character.isdigit() or character in "()" for character in token):
        return False
    capitals = _capitals(words)
    if (
        0 < capitals < len(words)
        or _last_in_capitals(words)
        or _VANCOUVER.fullmatch(token)
        or _DIRECT.fullmatch(token)
        or _BEFORE_INITIALS.fullmatch(token)
    ):
        return False
    return all(word[:1].isupper() or word.lower() in _NOBILITY or "'" in word or "’" in word for word in words)


def _is_given(token: str, family: str) -> bool:
    in_capitals = _capitals(family.split()) == len(family.split())
    if _INITIALS.fullmatch(token) and not (in_capitals and len(token) > 2 and token.isalpha()):
        return True
    words = token.split()
    if not words or len(words) > 3 or any(character.isdigit() for character in token):
        return False
    if in_capitals and len(family) > 1:
        # « NOM, Prénom »: what is in capitals again is another family.
        return not _begins_in_capitals(token) and words[0][:1].isupper() and not names_a_body(token)
    initials_too = any(_INITIALS.fullmatch(word) for word in words)
    return (
        len(family.split()) <= 2
        and words[0][:1].isupper()
        and (len(words) == 1 or initials_too or (len(words) == 2 and len(family.split()) == 1))
    )


def _begins_in_capitals(text: str) -> bool:
    return _capitals(text.split()) > 0


def _capitals(words: Sequence[str]) -> int:
    """How many words at the start are a family name in capitals, its particles too; 0 when there is none."""
    count = 0
    strong = False
    for word in words:
        letters = [character for character in word if character.isalpha()]
        upper = sum(character.isupper() for character in letters)
        full = len(letters) > 1 and (upper == len(letters) or re.fullmatch(r"(?:Mc|Mac|[dD]['’])[A-ZÀ-Ý-]{2,}", word))
        if full and not word.endswith("."):
            strong = True
        elif not (word.lower().rstrip("'’") in _NOBILITY | {"la", "le", "du", "des"} and not strong and word.islower()):
            break
        count += 1
    return count if strong else 0


def _last_in_capitals(words: Sequence[str]) -> int:
    """Where a family name in capitals begins that ends a name, « Prénom NOM »; 0 when none does."""
    for at in range(1, len(words)):
        if _capitals(words[at:]) == len(words) - at and all(
            (word[:1].isupper() and not word.isupper()) or "." in word for word in words[:at]
        ):
            return at
    return 0


def _person(family: str, given: str, suffix: str = "") -> str:
    family = " ".join(_cased(word) for word in family.split()) if _begins_in_capitals(family) else family
    given = given.strip(" ,")
    if given.isupper() and len(given) > 3 and "." not in given:
        given = " ".join(_cased(word) for word in given.split())
    return ", ".join(part for part in (family, suffix, given) if part)


def _cased(word: str) -> str:
    """A word of a family name in capitals with the case that it has in running text."""
    if not any(character.isalpha() for character in word) or not word.isupper():
        return word
    if word in _LOWERED:
        return word.lower()
    cased = re.sub(r"[^\W\d_]+", lambda found: found[0][0] + found[0][1:].lower(), word)
    return re.sub(r"^D(?=['’])", "d", cased)
