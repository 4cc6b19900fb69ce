"""The list of acronyms: those that the notices spell out themselves.

The measure, over titles and annotations: an acronym is two to eight capitals, or capitals and figures that begin with
one. It is spelt out where it stands in brackets behind words (« contrat local de santé (CLS) »), or where words stand
in brackets behind it (« CLS (contrat local de santé) »), and its letters are the initials of these words, all of them
and in their order. Small words (de, la, pour …) may lend their initial or not; a word in capitals lends all its
letters; accents and case do not count. Where that gives nothing for letters in brackets, a word may lend letters of its
inside behind its initial, as in « compétences psychosociales (CPS) », as long as each word that counts lends its
initial. What is spelt out in several ways is listed by the most frequent one, and an acronym that no notice spells out
and that the project does not declare is not listed: a guess would be worse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from biblio.document.tree import Line, Notice, Role
from biblio.text.collation import collate, fold
from biblio.text.inline import plain

# The words of a name that an acronym may pass over.
SMALL = frozenset(
    "a au aux avec d dans de des du en et l la le les ou par pour sur un une of the for and in on to".split()
)

_ACRONYM = r"[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,7}"
_ALONE = re.compile(rf"(?<![\w-]){_ACRONYM}(?![\w-])")
_ROMAN = re.compile(r"[IVXLC]+")
_BEHIND = re.compile(rf"\(({_ACRONYM})\)")
_BEFORE = re.compile(rf"\b({_ACRONYM})\s*\(([^()]{{3,160}})\)")
_WORD = re.compile(r"[^\W_]+")
# Where a phrase begins: no name runs over these.
_STOPS = re.compile(r"[.;:!?()\[\]«»\"“”]|,\s|\s[-–—]\s")
_ROLES = (Role.TITLE, Role.ANNOTATION)


def expansions(notices: Iterable[Notice]) -> dict[str, str]:
    """The acronyms that these notices spell out, in the order of a dictionary, and what they stand for."""
    found: dict[str, Counter[str]] = {}
    for notice in notices:
        for line in notice.lines:
            for letters, words in _in_line(line):
                found.setdefault(letters, Counter())[words] += 1
    # Counter.most_common keeps the first of equals first.
    return {letters: found[letters].most_common(1)[0][0] for letters in sorted(found, key=collate)}


def unexpanded(notices: Iterable[Notice], known: Container[str]) -> list[str]:
    """The acronyms that stand in these notices and in no list; Roman numerals are none.

    First those that stand in brackets, where a notice most likely spells them out; then the most frequent. A line that
    is all in capitals tells nothing of what is an acronym in it.
    """
    counted: Counter[str] = Counter()
    bracketed: Counter[str] = Counter()
    for printed in _lines(notices):
        counted.update(match.group() for match in _ALONE.finditer(printed))
        bracketed.update(match[1] for match in _BEHIND.finditer(printed))
    left = [letters for letters in counted if letters not in known and not _ROMAN.fullmatch(letters)]
    return sorted(left, key=lambda letters: (-bracketed[letters], -counted[letters]))


def standing(notices: Iterable[Notice], known: Iterable[str]) -> set[str]:
    """Those of the known acronyms that stand in these notices."""
    wanted = pattern_of(known)
    return {match.group() for printed in _lines(notices) for match in wanted.finditer(printed)} if wanted else set()


def pattern_of(acronyms: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of these acronyms as a whole word, the longest first; ``None`` without any."""
    ordered = sorted(acronyms, key=lambda letters: (-len(letters), letters))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])") if ordered else None


def _lines(notices: Iterable[Notice]) -> Iterator[str]:
    for notice in notices:
        for line in notice.lines:
            printed = plain(line.content)
            if line.role in _ROLES and not printed.isupper():
                yield printed


def _in_line(line: Line) -> Iterator[tuple[str, str]]:
    if line.role not in _ROLES:
        return
    printed = plain(line.content)
    for match in _BEHIND.finditer(printed):
        before = _STOPS.split(printed[: match.start()].rstrip())[-1]
        if words := _spelt_at_the_end(match[1], before):
            yield match[1], words
    for match in _BEFORE.finditer(printed):
        words = match[2].strip()
        if _spells(match[1], [each.group() for each in _WORD.finditer(words)]):
            yield match[1], words


def _spelt_at_the_end(letters: str, phrase: str) -> str:
    """The last words of a phrase that spell the acronym, as few as can be; empty when none do."""
    words = list(_WORD.finditer(phrase))
    for spells in (_spells, _spells_inside):
        for index in range(len(words) - 1, -1, -1):
            if _is_small(words[index].group()):
                continue  # no name begins with one
            if spells(letters, [each.group() for each in words[index:]]):
                return phrase[words[index].start() :].strip()
    return ""


def _spells_inside(letters: str, words: list[str]) -> bool:
    """Whether every word that counts lends its initial, and may lend letters behind it: compétences psychosociales."""
    wanted = fold(letters)
    reached = {0}
    for word in words:
        folded = fold(word)
        if _is_small(word):
            continue
        reached = {end for at in reached if wanted[at : at + 1] == folded[:1] for end in _lent(wanted, at, folded)}
    return bool(words) and len(wanted) in reached and sum(not _is_small(word) for word in words) > 1


def _lent(wanted: str, at: int, word: str) -> Iterator[int]:
    """How far a word may lead from ``at``: by its initial, then by letters of it in their order."""
    place = 0
    for end in range(at, len(wanted)):
        place = word.find(wanted[end], place) + 1
        if not place:
            return
        yield end + 1


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the initials of the words are the letters: every word counts, but for small ones."""
    wanted = fold(letters)
    reached = {0}  # how many letters the words so far may have spelt
    for word in words:
        folded = fold(word)
        following = {at + 1 for at in reached if folded[:1] and wanted[at : at + 1] == folded[:1]}
        if len(word) > 1 and word.isupper():
            following |= {at + len(folded) for at in reached if wanted.startswith(folded, at)}
        reached = following | (reached if _is_small(word) else set())
    return bool(words) and len(wanted) in reached and len(words) > 1


def _is_small(word: str) -> bool:
    return fold(word) in SMALL
