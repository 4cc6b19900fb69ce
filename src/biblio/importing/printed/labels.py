"""The words by which dossiers say what a document is (« Article », « Rapport », « Thèse »), with their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from biblio.reference.types import ENTRY_TYPES
from biblio.text.collation import fold


@dataclass(frozen=True, slots=True)
class Label:
    """A biblatex type, and what its field ``entrysubtype`` says where the type alone would not print the same word."""

    entry_type: str
    subtype: str = ""


# What centres print beside the words of biblio's own table of terms.
_LABELS = {
    "Dossier": "report",
    "Dossier documentaire": "report",
    "Dossier technique": "report",
    "Étude": "report",
    "Enquête": "report",
    "Synthèse": "report",
    "Avis": "report",
    "Rapport d'étude": "report",
    "Rapport de recherche": "report",
    "Document de travail": "report",
    "Recommandations": "report",
    "Livre": "book",
    "Ouvrage collectif": "collection",
    "Bande dessinée": "book",
    "Guide pratique": "manual",
    "Fiche": "booklet",
    "Fiche pratique": "booklet",
    "Fiche action": "booklet",
    "Plaquette": "booklet",
    "Dépliant": "booklet",
    "Numéro de revue": "periodical",
    "Périodique": "periodical",
    "Bulletin": "periodical",
    "Article de revue": "article",
    "Article de périodique": "article",
    "Chapitre": "incollection",
    "Chapitre d'ouvrage": "incollection",
    "Extrait d'ouvrage": "incollection",
    "Intervention": "unpublished",
    "Poster": "unpublished",
    "Diaporama": "unpublished",
    "Acte": "proceedings",
    "Actes de colloque": "proceedings",
    "Colloque": "proceedings",
    "Thèse de doctorat": "thesis",
    "Mémoire": "thesis",
    "Mémoire de master": "thesis",
    "DEA": "thesis",
    "HDR": "thesis",
    "Loi": "legislation",
    "Décret": "legislation",
    "Arrêté": "legislation",
    "Circulaire": "legislation",
    "Texte réglementaire": "legislation",
    "Site": "online",
    "Site web": "online",
    "Site internet": "online",
    "Page internet": "online",
    "Film": "video",
    "DVD": "video",
    "Webinaire": "video",
    "Outil": "outil",
    "Outil d'intervention": "outil",
    "Journal article": "article",
    "Book chapter": "incollection",
    "Proceedings": "proceedings",
    "Study": "report",
}


def label_of(text: str) -> Label | None:
    """What a paragraph that says nothing but a type stands for, in the singular or the plural."""
    text = text.strip(" :.[]()")
    if not text or len(text) > 40:
        return None
    found = _by_word().get(fold(text))
    if found is None:
        return None
    return found


@cache
def _by_word() -> Mapping[str, Label]:
    words: dict[str, Label] = {}
    for name in ENTRY_TYPES:
        row = ENTRY_TYPES[name]
        # Among the types that one word stands for, the first of the table is the plainest.
        for lang in ("fr", "en"):
            words.setdefault(fold(row.label_in(lang)), Label(name))
    words[fold("Mémoire")] = Label("thesis", "Mémoire")
    for word, name in _LABELS.items():
        own = words.get(fold(word))
        words[fold(word)] = own if own and own.subtype == word else Label(name, word)
    for word, label in list(words.items()):
        plural = " ".join(each if each.endswith(("s", "x")) or len(each) < 3 else f"{each}s" for each in word.split())
        words.setdefault(plural, label)
        words.setdefault(f"{word}s", label)
    return MappingProxyType(words)
