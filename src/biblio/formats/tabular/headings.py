"""What the headings of columns mean, in French and in English, and in the exports of databases and programs.

Sources: the columns of Zotero, Scopus, PubMed, Web of Science, Dimensions, Lens, IEEE Xplore, Google Scholar, Publish
or Perish, HAL, OpenAlex, DSpace, Calibre, Koha and PMB as they write them, and sheets of documentation centres.
``FORMS`` is the table: what a column may be, and the headings that say so, without accents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from biblio.reference.fields import BY_BIBLATEX
from biblio.reference.languages import tag_of
from biblio.text.collation import fold
from biblio.text.figures import number_in

# Those that are not called like a field of an entry are parts of one, or say what the row is.
FORMS: Mapping[str, str] = {
    "entrytype": "document identifier|item type|type document|type publication|publication type|document type|"
    "doc type|type doc|nature doc|nature document|entry type|reference type|type reference|type ressource|"
    "categorie document|"
    "type source|typologie|nature|type notice|bibliography type|type entree|work type|content type|resource type|"
    "type|ty",
    "author": "author full name|auteur|author|createur|creator|auth full name|auteur principal|author name|"
    "authorship author display name|contributor author|auth last name first name|responsabilite|"
    "mention responsabilite|auteur article|auteur ouvrage|auteur document|ecrit par|redacteur|co auteur|coauteur|"
    "autre auteur|second auteur|auteur secondaire|additional author|other author|auteur personne physique|"
    "nom prenom auteur|auteur nom prenom|nom prenom|prenom nom|auteur responsable|authorship|writer|nom|au|a1",
    "author-family": "nom auteur|nom famille|family name|last name|surname|author last name|author family name|"
    "auteur nom|author surname|nom famille auteur|nom",
    "author-given": "prenom auteur|prenom|first name|given name|author first name|author given name|auteur prenom|"
    "forename",
    "author-body": "auteur collectif|collectivite auteur|auteur moral|organisme auteur|corporate author|"
    "group author|auteur collectivite|auteur personne morale|collectivite|collectif auteur|auteur institutionnel",
    "editor": "editor|editeur scientifique|directeur ouvrage|directeur scientifique|sous direction|"
    "direction ouvrage|coordinateur|coordonnateur|coordination|book editor|scientific editor|dir publication|"
    "directeur publication|direction scientifique|directeur|sous dir|secondary author|editeur intellectuel|"
    "coordinateur ouvrage|ed|a2",
    "editor-family": "editor last name|nom directeur",
    "editor-given": "editor first name|prenom directeur",
    "translator": "traducteur|translator|traduit par|traduction",
    "bookauthor": "book author|auteur livre",
    "advisor": "directeur these|directeur recherche|thesis advisor|advisor|contributor advisor|director|"
    "directeur memoire|supervisor",
    "title": "titre|title|titre article|titre document|article title|document title|item title|titre propre|"
    "titre principal|intitule|titre complet|full title|titre notice|titre publication|titre these|titre rapport|"
    "primary title|publication titre|titre chapitre|chapter title|titre contribution|titre communication|"
    "titre memoire|titre livre|titre ouvrage|book title|intitule document|paper title|nom document|work title|"
    "display name|nom titre|titre reference|intitule ouvrage|titre ressource|main title|ouvrage|nom publication|"
    "titre publie|ti|t1",
    "subtitle": "sous titre|subtitle|complement titre|titre complementaire|sub title|suite titre",
    "shorttitle": "short title|titre court|titre abrege",
    "paralleltitle": "titre parallele|titre traduit|translated title|titre original|original title|foreign title|"
    "vernacular title|titre anglai|titre francai|english title|title alternative|autre titre|titre alternatif",
    "journaltitle": "revue|journal|periodique|titre revue|titre periodique|titre journal|nom revue|journal title|"
    "journal name|magazine|source title|publication title|journal book|primary location source display name|"
    "host venue display name|host venue|container title|full journal title|nom periodique|nom journal|"
    "titre magazine|relation ispartof|is part|ispartof|journaltitle|publication name|venue name|revue source",
    "host": "publication|source|secondary title|in|dans|publie dans|titre source|document hote|journal conference|"
    "published in|"
    "support|venue|journal venue|revue ouvrage|revue editeur|titre hote|periodique ouvrage|titre ouvrage revue|"
    "titre revue ouvrage|support publication|source publication|jo|jf|t2",
    "shortjournal": "journal abbreviation|abbreviated source title|journal iso abbreviation|titre abrege revue|"
    "alternate title|abreviation revue|iso abbreviation|journal abbrev|abbreviated journal|abbreviation",
    "booktitle": "titre ouvrage|book title|anthology title|titre acte|proceeding title|titre livre|"
    "titre ouvrage collectif|source anthology title|ouvrage|titre recueil|titre volume|livre|titre ouvrage hote",
    "series": "collection|serie|series title|titre collection|book series title|titre serie|nom collection|"
    "collection title",
    "seriesnumber": "numero collection|series number|serie number|numero dan collection|number in series|"
    "serie index|numero serie",
    "eventtitle": "conference name|conference|colloque|evenement|congre|conference title|meeting name|nom colloque|"
    "titre congre|manifestation|nom conference|titre colloque|titre conference|event|meeting|event name|event title",
    "venue": "lieu conference|lieu colloque|conference location|conference place|event place|lieu congre|"
    "lieu evenement|meeting place|ville conference",
    "eventdate": "date conference|date colloque|conference date|date congre|date evenement|conference start date|"
    "event date|date manifestation",
    "date": "date publication|date parution|publication date|pub date|pubdate|date edition|date issued|issued|"
    "produced date|publication date print|date published|published date|date document|date sortie|date soutenance|"
    "defense date|date diffusion|cover date|published|date depot legal|publie|parution|date annee|annee date|"
    "date mise ligne|publication date online|online date|early access date|date|da|y1",
    "year": "annee|year|annee publication|publication year|annee edition|annee parution|pub year|py|millesime|"
    "year published|publ year|produced date y|publication date y|annee soutenance|published year|an|annee document|"
    "date y|py|yr",
    "month": "mois|month|mois publication",
    "day": "jour|day",
    "urldate": "date consultation|consulte|access date|accessed|date acce|date visite|date visited|retrieved|"
    "consultation|dernier acce|date derniere consultation|visite|accessed date|date retrieved",
    "added": "date added|date ajout|date saisie|date creation|create date|date entree|timestamp|date catalogage|"
    "date creation notice|date time added",
    "volume": "volume|vol|tome|biblio volume|journal volume|numero volume|volume number|t|vl",
    "number": "numero|number|issue|n|no|num|fascicule|livraison|numero revue|journal issue|issue number|"
    "biblio issue|numero fascicule|nr|numero rapport|report number|n revue|numero publication|no revue|"
    "numero parution|is",
    "volumenumber": "volume numero|vol n|vol no|volume issue|tome numero|vol issue|vol num|volume n|numero volume page",
    "volumes": "nombre volume|number volume|nb volume|nbre volume",
    "pages": "page|pagination|p|pp|page range|numero page|article page|n page|page article",
    "pagetotal": "nombre page|nb page|num page|number page|page count|nbre page|numpage|nbr page|total page|"
    "collation|description materielle|importance materielle|pagetotal|nb p|nombre p",
    "firstpage": "page debut|premiere page|page start|start page|first page|begin page|beginning page|"
    "biblio first page|debut page|page depart|p debut|page premiere|sp|bp",
    "lastpage": "page fin|derniere page|page end|end page|last page|biblio last page|ending page|fin page|p fin|ep",
    "eid": "article number|art no|numero article|art|elocation id|article no",
    "edition": "edition|numero edition|mention edition|ed",
    "publisher": "primary location source host organization name|editeur|publisher|maison edition|organisme|"
    "institution|organisme editeur|editeur commercial|universite|etablissement|ecole|school|university|producteur|"
    "publisher name|publishing house|etablissement soutenance|institution soutenance|nom editeur|editeur nom|"
    "organisme producteur|editeur organisme|organization|universite soutenance|editeur publication|commanditaire|"
    "publisher organization|authority institution|edition|pb|pu",
    "location": "lieu edition|lieu publication|lieu|place publication|publisher place|publisher city|ville edition|"
    "ville|place|city|publisher location|place published|lieu publi|ville editeur|lieu soutenance|adresse|cy",
    "doi": "doi|doi id|item doi|numero doi|code doi|lien doi|doi link|doi url|ids doi|digital object identifier|"
    "identifier doi|article doi|do|di",
    "isbn": "isbn|isbn13|isbn 13|isbn10|isbn 10|eisbn|numero isbn|n isbn|code isbn|identifier isbn|isbn papier|"
    "no isbn|isbn book",
    "issn": "issn|journal issn|eissn|journal eissn|numero issn|n issn|issn print|issn online|issn electronique|"
    "code issn|linking issn|identifier issn|primary location source issn l|e issn|print issn|online issn",
    "standardnumber": "isbn issn|issn isbn|ean|ean13|isbn ean|numero normalise|issn isbn eissn|code barre isbn|sn",
    "pmid": "pub med id|pmid|pubmed id|ids pmid|numero pmid",
    "pmcid": "pmcid|pmc id|ids pmcid|pmc",
    "halid": "hal id|identifiant hal|id hal|hal",
    "arxivid": "arxiv id|arxiv",
    "identifier": "identifiant|identifier|identifiant perenne|identifier other",
    "url": "url|lien|link|adresse internet|adresse web|lien internet|lien url|uri|adresse url|lien acce|acce ligne|"
    "article url|landing page url|primary location landing page url|hyperlien|permalien|lien document|url document|"
    "lien web|source linkout|file main|identifier uri|site internet|site web|adresse site|adresse electronique|web|"
    "lien texte integral|url source|external url|source url|url acce|pdf link|lien pdf|pdf|url lien|lien ligne|"
    "lien consultation|lien ver document|lien hypertexte|href|website|page web|consulter|lien article|url article|"
    "best oa location pdf url|primary location pdf url|acce document|acce|adresse|ur",
    "library": "cote|call number|shelfmark|cote rangement|cote document|cote ouvrage|cote exemplaire",
    "langid": "langue|language|langue document|lang|document language|language original document|language iso|"
    "langue publication|langue texte",
    "keywords": "mot cle|keyword|tag|descripteur|sujet|subject|theme|thematique|mot clef|motcle|author keyword|"
    "index keyword|manual tag|automatic tag|indexation|mesh term|mesh|descripteur mot cle|etiquette|mot cle auteur|"
    "matiere|vedette matiere|keyword plus|mot matiere|descripteur thesauru|categorie|rubrique|label|mot cle libre|"
    "ieee term|mot cle matiere|keyword display name|indexation matiere|champ thematique|domaine|field study|"
    "subject keyword|kw|de",
    "territory": "territoire|zone geographique|couverture geographique|lieu etude|territoire etude|region",
    "audience": "public|public vise|public cible|audience|population",
    "abstract": "resume|abstract|abstract note|resume auteur|summary|resume document|description abstract|"
    "description|resume editeur|resume article|synopsi|presentation|contenu|resume indicatif|4e couverture|"
    "quatrieme couverture|comment|ab|n2",
    "annotation": "annotation|analyse|note lecture|resume documentaliste|critique|recension|avi|appreciation|"
    "resume critique|notre avi|compte rendu",
    "annotationsource": "source resume|origine resume|provenance resume",
    "contents": "sommaire|table matiere|table content|toc|table matiere sommaire",
    "note": "note|extra|note generale|information complementaire|complement|note bibliographique|precision",
    "internalnote": "commentaire|remarque|observation|note interne|commentaire interne|note perso|note personnelle|"
    "internal note|user note|commentaire personnel",
    "type": "type these|type diplome|genre|diplome|degree|thesis type|type rapport|grade|type",
    "duration": "duree|running time|duration",
    "version": "version",
    "license": "licence|license|droit|right|condition utilisation",
    "citation": "citation",
    "reference": "reference|reference bibliographique|reference complete|notice bibliographique|notice|citation|"
    "reference apa|citation complete|reference iso 690|citation full|bibliographic reference|full citation|"
    "citation apa|reference biblio",
    "key": "cle|citekey|cle citation|citation key|bibtex key|cite key|cle bibtex|bibtexkey|citationkey",
    # What nobody prints, so that no other column is taken for it.
    "keep": "source id|author id|affiliation|cited by|author with affiliation|funding|citation count|times cited|"
    "key|date modified|first author|title sort|author sort|author l f|series editor|contributor|identifier openalex|"
    "label bibtex|rank|document url|lien image|image|couverture|cover|prix|price|disponibilite|code barre|barcode|"
    "exemplaire|original publication year|citation url|citing url|cite url|query date|file attachment|"
    "link attachment|etat|statut|status|qui|responsable|localisation|section|corresponding author|reference number|"
    "titre site|nom site",
}
# What words are columns of a language, when the rest of the heading is known.
_LANGUAGES: Mapping[str, str] = {
    "fr": "fr", "fre": "fr", "fra": "fr", "francai": "fr", "french": "fr", "vf": "fr",
    "en": "en", "eng": "en", "anglai": "en", "english": "en", "ang": "en",
    "es": "es", "spa": "es", "espagnol": "es", "spanish": "es",
    "de": "de", "ger": "de", "deu": "de", "allemand": "de", "german": "de",
    "it": "it", "ita": "it", "italien": "it", "pt": "pt", "por": "pt", "portugai": "pt",
    "nl": "nl", "ca": "ca", "eu": "eu", "br": "br", "oc": "oc",
}  # fmt: skip
_ORDINALS: Mapping[str, int] = {
    "1er": 1, "1re": 1, "premier": 1, "1st": 1, "first": 1, "2e": 2, "2eme": 2, "deuxieme": 2, "2nd": 2, "3e": 3,
    "3eme": 3, "troisieme": 3, "3rd": 3, "4e": 4, "4eme": 4, "quatrieme": 4, "4th": 4, "5e": 5, "5eme": 5, "5th": 5,
}  # fmt: skip
_EMPTY = frozenset("le la les l du de des d un une the of a an and et or ou s i t x tdate fs dc dcterm dcterms".split())
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_LANGUAGE = re.compile(r"(?P<base>.+?)(?<!\s)\s*+(?:@|\[)\s*+(?P<tag>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)?\s*+\]?")
# How a column is to be filled, behind what it holds.
_MANNER = re.compile(
    r"(?<!\w)(?:transcri(?:t|ption)|translitt[eé]r|transliterat|dans (?:sa|la|leur) langue|en langue|"
    r"sous (?:sa )?forme|normalis[eé]|si (?:connu|disponible|applicable|possible)|"
    r"if (?:known|available|applicable)|obligatoire|facultati|optionnel|requis|required|mandatory|optional|"
    r"in (?:the )?original language|as (?:printed|published)).*",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERED = re.compile(r"(?<=[^\W\d_])(?=\d{1,2}$)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: the fields that it may mean, the likeliest first, its language and its number, from 1."""

    fields: tuple[str, ...] = ()
    language: str = ""
    number: int = 0


@lru_cache(maxsize=4096)
def heading_of(typed: str) -> Heading:
    """What a heading as it is typed says; one that means nothing to us has no fields."""
    if len(typed) > 120:
        return Heading()
    text, language = typed.strip(), ""
    marked = _LANGUAGE.fullmatch(text)
    if marked and ("@" in text or text.endswith("]")):
        text, language = marked["base"], tag_of((marked["tag"] or "").partition("-")[0]) if marked["tag"] else ""
    words, number = _numbered(_words(text))
    for form, found in _readings(words, language):
        if form in _by_form():
            return Heading(_by_form()[form], found, number)
    # « Date (année) », « Titre / Title », « Auteur, transcrit littéralement ».
    shorter = _MANNER.sub("", _BRACKETS.sub(" ", text)).split("/")[0].split("\n")[0].strip(" ,;:*")
    if shorter and shorter != text:
        return heading_of(shorter)
    bare = text.strip().lower().replace("-", "").replace("_", "")
    row = BY_BIBLATEX.get(text.strip().lower()) or BY_BIBLATEX.get(bare)
    return Heading((row.biblatex[0],), language, 0) if row else Heading()


def form_of(typed: str) -> str:
    """A heading in the form in which two of them compare."""
    return " ".join(_words(typed)) or typed.strip().casefold()


@cache
def _by_form() -> Mapping[str, tuple[str, ...]]:
    """The fields that each form may mean, the likeliest first."""
    found: dict[str, list[str]] = {}
    for name, forms in FORMS.items():
        for form in forms.split("|"):
            found.setdefault(" ".join(_words(form)), []).append(name)
    return {form: tuple(dict.fromkeys(names)) for form, names in found.items()}


def _words(text: str) -> list[str]:
    """The words of a heading without accents, articles and plurals."""
    words = fold(_CAMEL.sub(" ", text.replace("º", "°"))).split()
    kept = [word for word in words if word not in _EMPTY] or words
    return [_singular(word) for word in kept]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _numbered(words: list[str]) -> tuple[list[str], int]:
    """The words without the number that says which of several columns it is."""
    if " ".join(words) in _by_form():
        return words, 0
    if words and words[0] in _ORDINALS and len(words) > 1:
        return words[1:], _ORDINALS[words[0]]
    if words and (parts := _NUMBERED.split(words[-1])) and len(parts) == 2 and words[-1] not in _by_form():
        words = [*words[:-1], *parts]
    for place in (len(words) - 1, 1):
        number = number_in(words[place]) if 0 < place < len(words) and len(words[place]) < 3 else None
        if number:
            return [*words[:place], *words[place + 1 :]], number
    return words, 0


def _readings(words: list[str], language: str) -> list[tuple[str, str]]:
    """The forms that the words may be, with a language: all of them, or those beside the name of one."""
    found = [(" ".join(words), language)]
    for name, rest in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        if rest and name[0] in _LANGUAGES:
            # « Résumé en français ».
            rest = rest[:-1] if rest[-1] in ("en", "in") and len(rest) > 1 else rest
            found.append((" ".join(rest), _LANGUAGES[name[0]]))
    return found
