"""The list of acronyms: those that the notices spell out themselves.

The measure, over titles and annotations: an acronym is two to eight capitals, or capitals and figures that begin with
one. It is spelt out where it stands in brackets behind words (« contrat local de santé (CLS) »), or where words stand
in brackets behind it (« CLS (contrat local de santé) »), and its letters are the initials of these words, all of them
and in their order. Small words (de, la, pour …) may lend their initial or not; a word in capitals lends all its
letters; accents and case do not count. What is spelt out in several ways is listed by the most frequent one, and an
acronym that no notice spells out is not listed: a guess would be worse.
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
    """The acronyms that stand in these notices and in no list, the most frequent first; Roman numerals are none.

    A line that is all in capitals tells nothing of what is an acronym in it.
    """
    counted: Counter[str] = Counter()
    for notice in notices:
        for line in notice.lines:
            printed = plain(line.content)
            if line.role in _ROLES and not printed.isupper():
                counted.update(match.group() for match in _ALONE.finditer(printed))
    return [letters for letters, _ in counted.most_common() if letters not in known and not _ROMAN.fullmatch(letters)]


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
    for index in range(len(words) - 1, -1, -1):
        if _is_small(words[index].group()):
            continue  # no name begins with one
        if _spells(letters, [each.group() for each in words[index:]]):
            return phrase[words[index].start() :].strip()
    return ""


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
