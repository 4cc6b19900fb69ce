"""What exports call a document, in the words of their programs, as biblatex types.

Sources: the reference types of EndNote (``%0`` of Refer), of RefWorks (``RT``), of MEDLINE and Ovid (publication
types), of Web of Science (``PT``, ``DT``).
"""

from __future__ import annotations

from biblio.text.collation import fold

_WORDS = {
    "article": "journal article|article|electronic article|magazine article|newspaper article|journal electronic|"
    "abstract|case reports|case report|preprint|review|editorial|letter to the editor|editorial material|"
    "meeting abstract|"
    "journal|magazine|newspaper|early access|article early access|journal paper|article de revue|article de periodique",
    "book": "book|books|monograph|book whole|electronic book|e book|classical work|ancient text|ouvrage|livre|"
    "serial|series",
    "collection": "edited book|book edited",
    "incollection": "book section|book chapter|chapter|electronic book section|book section chapter|chapitre|book part",
    "inproceedings": "conference paper|proceedings paper|conference proceeding|meeting paper|article proceedings paper|"
    "proceedings article|conference",
    "proceedings": "conference proceedings|proceedings|actes",
    "thesis": "thesis|dissertation|dissertation abstract|thesis unpublished|dissertation thesis|these|memoire|"
    "doctoral dissertation|doctoral dissertations|masters theses|academic dissertation|dissertations theses",
    "report": "report|technical report|government document|government report|working paper|discussion paper|rapport|"
    "government or official publication",
    "online": "web page|webpage|website|web site|blog|online database|electronic source|online multimedia|"
    "online discussion forum|internet resource|page web",
    "legislation": "statute|statutes|legislation|laws|laws statutes",
    "legmaterial": "bill|bills|bills resolutions|resolutions|hearing",
    "legadminmaterial": "legal rule or regulation|regulation",
    "jurisdiction": "case|legal case|court decisions|case court decisions",
    "movie": "film or broadcast|motion picture|film",
    "video": "audiovisual material|video audio media|video|dvd|video dvd|multimedia",
    "audio": "audio|sound recording|podcast",
    "music": "music|music score|musical score",
    "image": "figure|chart or table|artwork|art work|graphic|photograph",
    "software": "computer program|software|computer software",
    "dataset": "dataset|data set|aggregated database|data study",
    "patent": "patent|patents",
    "standard": "standard",
    "letter": "personal communication|personal letter|email|interview",
    "unpublished": "unpublished work|unpublished material|presentation|unpublished",
    "manuscript": "manuscript",
    "booklet": "pamphlet|brochure",
    "inreference": "encyclopedia|dictionary|encyclopedia article|dictionary entry|dictionary encyclopedia",
    "misc": "generic|map|equation|grant|catalog|blank|other|unknown",
}
_TYPES = {words: kind for kind, forms in _WORDS.items() for words in forms.split("|")}


def kind_of(words: str) -> str:
    """The biblatex type of a document's name; empty for one that is not known."""
    return _TYPES.get(fold(words), "")
