"""The particles of names, by language: which of them fall behind the given name, and which stay with the family name.

A catalogue files « Guy de Maupassant » at M and « Joachim Du Bellay » at D: each language has its usage, and where two
languages share a particle the usage of the first row that has it holds, unless the document is in the other language.

Sources: NF Z44-061 (French: the preposition falls, the article and what is contracted with it stay); IFLA, *Names of
persons: national usages for entry in catalogues*, 4th edition, 1996, for the other languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from biblio.reference.name import Name


@dataclass(frozen=True, slots=True)
class Usage:
    """The particles that fall and those that stay in a language, in lower case and with straight apostrophes."""

    falls: frozenset[str]
    stays: frozenset[str]


def _usage(falls: str, stays: str) -> Usage:
    return Usage(frozenset(falls.split()), frozenset(stays.split()))


# In a name with several particles each goes its own way: « de la » is « de », which falls, and « la », which stays.
USAGES: Mapping[str, Usage] = {
    "fr": _usage("de d'", "du des la le l' les"),
    "de": _usage("von zu und der dem den", "vom zum zur am im"),
    "nl": _usage("van de den der het in op 't ten ter te 's", "ver"),
    "nl-BE": _usage("", "van de den der het in op 't ten ter te 's ver"),
    "es": _usage("de del la las los y", "el"),
    "pt": _usage("da das do dos de e", ""),
    "it": _usage("degli dei", "da dal dalla dalle dall' dallo de del della delle dell' dello di d' la lo li"),
    "en": _usage("", "de du la le van von d'"),
    "sv": _usage("af av von", ""),
    "da": _usage("af av von", ""),
    "ar": _usage("", "al el ben bin ibn abu abou al- el-"),
}
# Where the language of a document does not decide: an article in English does not make Goethe an Englishman.
_OWN_USAGE = ("nl", "es", "pt", "it", "de")

_ELIDED = re.compile(r"(?P<particle>(?:[dl]|dall|dell)['’])(?=\w)(?P<family>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Filed:
    """A name as a catalogue files it: what falls behind the given name, what stays, and the family name."""

    fallen: str
    kept: str
    family: str

    @property
    def entry(self) -> str:
        """What the name is filed at: ``La Fontaine``, ``Maupassant``."""
        return joined(self.kept, self.family)


def joined(particle: str, family: str) -> str:
    """A particle before a name, close to it behind an apostrophe: ``de La Fontaine``, ``d'Ormesson``."""
    separator = "" if particle.endswith(("'", "’", "-")) else " "
    return separator.join(part for part in (particle, family) if part)


# What falls in the order, and is said all the same where the family name stands alone: « Van Gogh » files at G.
_SAID = frozenset("van ten ter te het op 't 's".split())


def csl_particles(name: Name, language: str = "") -> tuple[str, str, str]:
    """The dropping particle, the non-dropping one and the family name, as CSL 1.0.2 parts them (names, appendix IV).

    What falls is dropped: « Ormesson ». A Dutch particle falls in the order alone, which is for the style to do.
    """
    parts = filed(name, language)
    if any(_plain(word) in _SAID for word in parts.fallen.split()):
        return "", " ".join(part for part in (parts.fallen, parts.kept) if part), parts.family
    return parts.fallen, parts.kept, parts.family


@lru_cache(maxsize=8192)
def filed(name: Name, language: str = "") -> Filed:
    """The name taken apart by the usage of its particles; ``language`` is the document's, a BCP 47 tag."""
    words = name.particle.split()
    family = name.family
    if not words or not words[-1].endswith(("'", "’")):
        elided = _ELIDED.fullmatch(family)
        if elided:
            words, family = [*words, elided["particle"]], elided["family"]
    if not words:
        return Filed("", "", family)
    usage = _usage_of([_plain(word) for word in words], language)
    fallen: list[str] = []
    while words and _plain(words[0]) in usage.falls:
        fallen.append(words.pop(0))
    return Filed(" ".join(fallen), " ".join(words), family)


def _usage_of(words: list[str], language: str) -> Usage:
    """The usage by which these particles go: that of the document's language if it knows them, else of the first."""
    primary = language.partition("-")[0]
    asked = [tag for tag in (language, primary) if tag in USAGES and (primary in _OWN_USAGE)]
    for tag in (*asked, *USAGES):
        usage = USAGES[tag]
        if all(word in usage.falls or word in usage.stays for word in words):
            return usage
    return _MIXED


def _plain(word: str) -> str:
    return word.replace("’", "'").lower()


# Particles that no one language has together (« van la »): each goes by the first language that has it.
_MIXED = Usage(
    frozenset().union(*(usage.falls for usage in USAGES.values())) - USAGES["fr"].stays,
    frozenset(),
)
