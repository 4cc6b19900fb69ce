"""What tables call a document, in the words of centres, catalogues and databases, as biblatex types.

Sources: the item types of Zotero, CSL, Crossref, OpenAlex, HAL, DSpace and Calibre; what French documentation centres
type. What reference managers call them is in ``drafts/kinds.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from biblio.formats.drafts.kinds import kind_of
from biblio.reference.types import ALIASES, ENTRY_TYPES
from biblio.text.collation import fold

WORDS: Mapping[str, str] = {
    "article": "jour|ejour|mgzn|ieee journals|ieee magazines|ieee early access articles|iet journals|article journal|"
    "journal review article|review article|systematic review|preprint article|art|article scientifique|"
    "article de presse|article de journal|article de periodique en ligne|article de magazine|article dans une revue|"
    "article magazine|article newspaper|journalarticle|news|articles|short survey|note de lecture|review journal|"
    "comment|erratum|data paper|working notes|journals|article in press|articles de revue|periodical article|"
    "numero de periodique article|peer reviewed article|research article|original article|posted content|"
    "compte rendu|recension|magazine periodical",
    "book": "ouv|ouvrages|livres|monographie|monographies|manuel|edited volume|book monograph|ouvrage monographie|"
    "livre imprime|livre numerique|ebook|ouvrage scientifique|roman|essai|bd|bande dessinee|texte imprime|"
    "document imprime|printed text|books monographs",
    "collection": "ouvrage collectif|douv|direction d ouvrage|directions d ouvrage proceedings|edited collection|"
    "ouvrage coll|dir ouvrage|direction d ouvrage proceedings dossier",
    "incollection": "chap|echap|"
    "couv|chapitre d ouvrage|chapitre de livre|part of book|contribution a un ouvrage|chapitres|"
    "reference entry chapter|part of book or chapter of book|article d ouvrage|contribution a ouvrage collectif|"
    "section of a book|bookitem|inbook|extrait d ouvrage",
    "inproceedings": "cpaper|ieee conferences|iet conferences|comm|communication|communication dans un congres|"
    "communication a un colloque|paper conference|conference object|congres|colloque|conference item|poster|"
    "poster de conference|communications|communication orale|poster communication|meeting abstract conference|"
    "article de colloque|communication colloque|article dans des actes|conferenceproceedings|texte de communication|"
    "acte de conference",
    "proceedings": "actes de colloque|actes de congres|acte de colloque|actes de conference|proceedings book|"
    "acte de congres|actes du colloque",
    "thesis": "thes|theses|phd thesis|these de doctorat|memoires|mem|hdr|these d exercice|these d universite|"
    "memoire de master|memoire de recherche|master thesis|doctoral thesis|phdthesis|mastersthesis|thesis phd|"
    "bachelor thesis|master s thesis|these de medecine|these memoire|theses et memoires|memoire de fin d etudes|"
    "memoire d etudes|travail universitaire|habilitation a diriger des recherches|memoire m2|habilitation",
    "report": "rprt|"
    "rapports|rapport d etude|rapport technique|document de travail|techreport|report series|report paper|"
    "etude|etude rapport|rapport etude|rapport officiel|rapport public|rapport de recherche|rapport scientifique|"
    "litterature grise|rapport d activite|rapport institutionnel|evaluation|enquete|research report|policy brief|"
    "white paper|livre blanc|note de synthese|policy paper|expertise",
    "online": "elec|"
    "site web|site internet|site|sites web|post weblog|billet de blog|article de blog|blog post|blogpost|"
    "forum post|post|document electronique en ligne|ressource en ligne|ressource electronique|ressource web|"
    "internet|web|lien|portail|dossier en ligne|dossier web|article web|article en ligne|url|wiki|reseau social",
    "legislation": "loi|decret|arrete|texte officiel|texte legislatif|texte reglementaire|circulaire|instruction|"
    "textes officiels|code|directive|ordonnance|texte juridique|texte de loi|legal|"
    "texte legislatif et reglementaire|texte legislatif ou reglementaire|loi decret",
    "jurisdiction": "jurisprudence|arret|decision de justice",
    "video": "videos|documentaire|videorecording|video recording|dvd video|film documentaire|webinaire|tv broadcast|"
    "emission de television|emission tv|moving image|document audiovisuel|audiovisuel|videogramme|court metrage|"
    "webinar|replay",
    "audio": "emission de radio|radio broadcast|audio recording|enregistrement sonore|son|sound|document sonore|"
    "audiorecording|emission radio|cd audio",
    "image": "image|affiche|photo|photographie|illustration|infographie|still image|carte postale|img|infographic",
    "software": "logiciel|computer programme|application logicielle|code source|software paper|computerprogram",
    "dataset": "jeu de donnees|donnees|base de donnees|data",
    "patent": "brevet",
    "standard": "ieee standards|norme|normes",
    "letter": "lettre|courrier|courriel|correspondance",
    "unpublished": "document non publie|presconf|diaporama|support de cours|speech|discours|lecture|lecon|cours|"
    "intervention|ouvrage non publie|seminaire|undefined|preprint version",
    "manuscript": "manuscrit|archives|archive|document d archives",
    "booklet": "plaquette|depliant|livret|flyer|tract",
    "inreference": "entry encyclopedia|entry dictionary|reference entry|article d encyclopedie|"
    "article de dictionnaire|entree de dictionnaire|entree d encyclopedie|encyclopedie|dictionnaire|entry|"
    "reference work entry|notice de dictionnaire|notice d encyclopedie ou de dictionnaire",
    "misc": "autre|autres|divers|document|carte|other document|autre publication|autre document|note|"
    "manuscript other|paratext|other publication|component|supplementary materials|libguides|peer review|entretien",
    "manual": "guide|guides|guide pratique|mode d emploi|guide methodologique|manual|handbook|"
    "guide d accompagnement|referentiel|recommandations|recommandation|recommandation de bonne pratique|guideline|"
    "fiche pratique",
    "periodical": "revue|numero de revue|periodique|journal issue|numero|bulletin|numero special|numero thematique|"
    "hors serie|issn|publication en serie|numero de periodique|titre de periodique",
    "kit": "mallette|mallette pedagogique|kit pedagogique|coffret",
    "teachingtool": "outil|outil pedagogique|outils|outil d intervention|support pedagogique|outil d animation|"
    "outils pedagogiques",
    "game": "jeu|jeux|jeu de societe|jeu de cartes|serious game",
    "exhibition": "exposition",
    "presentation": "presentation powerpoint",
}
# Names that say more than the type: they are kept as what the document is called.
CALLED = frozenset(
    "rapport d activite|etude|enquete|evaluation|expertise|livre blanc|white paper|policy brief|policy paper|"
    "note de synthese|document de travail|fiche pratique|recommandation|recommandations|referentiel|guideline|"
    "recommandation de bonne pratique|infographie|infographic|affiche|photo|photographie|carte postale|roman|essai|bd|"
    "bande dessinee|manuel|webinaire|webinar|documentaire|film documentaire|court metrage|dvd|emission de radio|"
    "emission de television|emission tv|emission radio|podcast|diaporama|support de cours|cours|seminaire|discours|"
    "plaquette|depliant|livret|flyer|tract|billet de blog|article de blog|circulaire|loi|decret|arrete|instruction|"
    "directive|ordonnance|jurisprudence|arret|entretien|poster|note de lecture|compte rendu|recension|hors serie|"
    "numero special|numero thematique|bulletin|dictionnaire|encyclopedie|carte|preprint|working paper|essai".split("|")
)
_KINDS = {words: kind for kind, forms in WORDS.items() for words in forms.split("|")}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Words that say too little to be the kind of a document that begins with them.
_WEAK = frozenset({"misc", "unpublished", "image"})


@lru_cache(maxsize=1024)
def kind_named(typed: str) -> tuple[str, str]:
    """The biblatex type of a document by what a table calls it, and that name when the type alone would not say it.

    « Rapport d'activité » is a report, called so. Both are empty for an empty cell; the type is for a name that is not
    known.
    """
    flat = " ".join(typed.split()).strip(" .:;")
    if not flat:
        return "", ""
    folded = fold(_CAMEL.sub(" ", flat))
    if kind := _known(folded):
        keeps = folded in CALLED if kind != "thesis" else not _plain_thesis(folded)
        return kind, flat if keeps else ""
    # « Rapport / Étude », « Article ; revue »: the first that is known.
    for part in re.split(r"[/;,|>(]|\s[-–]\s", flat):
        if (kind := _known(fold(part))) and part != flat:
            return kind, flat
    words = folded.split()
    for count in range(len(words) - 1, 0, -1):
        if (kind := _known(" ".join(words[:count]))) and kind not in _WEAK:
            return kind, flat
    return "", flat


def _known(folded: str) -> str:
    """The type that words are called by: ours, those of other programs, or the names of the types themselves."""
    singular = folded.removesuffix("s")
    for name in (folded, singular):
        if kind := _KINDS.get(name) or kind_of(name):
            return kind
        if name in ENTRY_TYPES.own:
            return ALIASES.get(name, name)
    return ""


def _plain_thesis(folded: str) -> bool:
    return folded in ("these", "theses", "thesis", "phd thesis", "phdthesis", "dissertation")
