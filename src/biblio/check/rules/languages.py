"""Tells in which language a title is written, from its commonest words; says nothing when it cannot be sure."""

from __future__ import annotations

import re

# Words that are common in one of these languages and mean nothing in the others; the words that two of them share
# (« de », « la », « en », « a », « on ») are left out, and so is what French titles borrow.
_WORDS = {
    "fr": "le les des du et un une pour dans sur par au aux ou où est sont avec entre chez vers leur leurs ces cette "
    "ses qui que quelle quels quel comment face à santé soins territoires territoire locaux locale français ainsi "
    "aussi afin après avant aucun autre autres beaucoup cela celui celle ceux chaque dont donc elle elles encore être "
    "il ils lors mais même moins notre nos nous ont plus plusieurs pourquoi quand quelles sans selon sous tous "
    "tout toute toutes très vous votre état études étude école écoles publique nationale régionale enjeux lieux "
    # The same without accents and ligatures, as no other language has them.
    "etat etats etude etudes ecole ecoles egalement etablissement etablissements elu elus etudiant etudiants eleve "
    "eleves equipe equipes etape etapes ile iles oeuvre oeuvres coeur soeur soeurs noeud voeux boeuf moeurs choeur "
    "sante societe developpement departement egalite inegalites hopital medecins partir lorsque jamais toujours",
    "en": "the of and in for to with from among between an is are its their how what by at into through towards "
    "toward health care healthcare study review approach based using public community population communities this that "
    "these those be been was were has have had not can will which we our it as or such than more used use new both "
    "over under about after all also any each most other some they them there when where who why would should via i "
    "his her he she methods method learning theory systems models",
    "es": "el los del y para con por una las su sus salud desde hacia entre según evaluación promoción",
    "de": "der die das und für von im zur zum mit ein eine den dem auf bei über gesundheit",
    "it": "il di della delle dei degli e nel nella per con una gli salute tra",
    "pt": "o os do da dos das e para com uma no na nos nas saúde em",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_FRENCH_LETTER = re.compile("[àâæçéèêëîïôœùûÀÂÆÇÉÈÊËÎÏÔŒÙÛ]")
_FOREIGN_LETTER = re.compile("[ñáíóúìòãõäöüßåøđłčšžćńőűğşıÑÁÍÓÚÌÒÃÕÄÖÜÅØĐŁČŠŽ]")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+")
# What French elides before a vowel, and Italian and Catalan do too: « l'état », « d'une », « qu'il ».
_ELISION = re.compile(r"(?<![^\W\d_])(?:[dlnjc]|qu|jusqu|lorsqu)['’´](?=[a-zàâéèêëîïôœhAÉEIOUH])", re.IGNORECASE)


def language_of(text: str) -> str:
    """The language (``fr``, ``en``, ``es``, ``de``, ``it``, ``pt``) of a text, or the empty string.

    A language is named when two different words of its list occur, and more than twice as many as of any other list.
    """
    (most, language), (second, _) = _hits(text)[:2]
    return language if most >= 2 and most > 2 * second else ""


def looks_french(text: str) -> bool:
    """Whether a text is surely more French than anything else: by its words, or by letters that English lacks."""
    language = language_of(text)
    if language:
        return language == "fr"
    (most, likeliest), (second, _) = _hits(text)[:2]
    if most == second == 0:
        return _FRENCH_LETTER.search(text) is not None and _FOREIGN_LETTER.search(text) is None
    return most > second and likeliest == "fr"


def _hits(text: str) -> list[tuple[int, str]]:
    """How many different words of each list occur, the most first."""
    words = {match.group().casefold() for match in _WORD.finditer(text)}
    elided = {match.group().casefold() for match in _ELISION.finditer(text)}
    hits = {language: len(words & known) for language, known in _SETS.items()}
    hits["fr"] += len(elided)
    return sorted(((count, language) for language, count in hits.items()), reverse=True)
