"""French typography: the rules, in the order in which they are applied, for each country that has spaces of its own.

``VARIETIES`` has a row a country, and ``rules_of`` makes its table of rules, which is their documentation too: each has
a name, what it does, its source and an example. They set spaces, quotation marks, apostrophes, page ranges and the
ellipsis, and raise the endings of ordinals; letters and figures stay as they were typed, since a transcribed title is
data.

Where a pattern can begin with a character rather than with a look behind, it does: the search is several times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biblio.text.typography.line import MASK, QUOTATION_OPENS, Edit
from biblio.text.typography.options import SPACES as SPACE_NAMES
from biblio.text.typography.options import Typography
from biblio.text.typography.quotes import STRAIGHT, Marks, apostrophes, quotations, single_quotations
from biblio.text.typography.rule import GAP, NBSP, NNBSP, Rule, spaces, spaces_before, swaps

LEXIQUE = "Lexique des règles typographiques en usage à l'Imprimerie nationale"
CSL = "CSL, locales-fr-FR"
DOSSIER = "usage of the dossiers"
OQLF = "Office québécois de la langue française, Le français au bureau"
ROMAND = "Guide du typographe (Lausanne)"

FIGURES = frozenset("0123456789")
ROMAN = frozenset("IVX")

# What stands before a number: abbreviations that end with a full stop, and words.
ABBREVIATIONS = "pp pl t vol art chap fig tab col livr sect no nos".split()
WORDS = "no nos tome tomes volume volumes chapitre article annexe".split()

# What stands after a number. The signs are set apart even where nobody typed a space.
UNITS = (
    "k€ M€ Md€ euros ko Ko Mo Go To octets km km² km2 m m² m2 m³ m3 cm mm ha kg g mg °C h min"
    " an ans mois jour jours semaine semaines habitant habitants hab. million millions milliard milliards"
).split()
SIGNS = "%‰€£"

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " janv. févr. avr. juil. sept. oct. nov. déc."
).split()

# The word joiner has no width and forbids a break. A dash allows one after it; so does a hyphen, but not between
# figures (Unicode Standard Annex 14, rule LB25).
JOINER = "\u2060"
DASHES = {"hyphen": "-", "en-dash": "–"}

_ENDS_A_WORD = frozenset(")]}»”’…°" + SIGNS + MASK)
_CLOSES = frozenset(")]}»”’\"'…,.")


def _one_of(words: list[str]) -> str:
    """A pattern of any of the words, whole."""
    return rf"(?:{'|'.join(map(re.escape, words))})(?![\w²³'’])"


@dataclass(frozen=True, slots=True)
class Variety:
    """The spaces of one country, which a style may set otherwise: before « : », before « ; ! ? », inside guillemets."""

    source: str = LEXIQUE
    colon: str = NBSP
    high: str = NNBSP
    guillemets: str = NBSP

    def before_colon(self, options: Typography) -> str:
        """The space before a colon."""
        return SPACE_NAMES.get(options.colon_space, self.colon)

    def before_high(self, options: Typography) -> str:
        """The space before ``;``, ``!`` and ``?``."""
        return SPACE_NAMES.get(options.punctuation_space, self.high)

    def in_guillemets(self, options: Typography) -> str:
        """The space inside « »."""
        return SPACE_NAMES.get(options.guillemet_space, self.guillemets)


# Belgium sets as France does.
VARIETIES: Mapping[str, Variety] = {
    "fr": Variety(),
    "fr-FR": Variety(),
    "fr-BE": Variety(),
    "fr-CA": Variety(OQLF, high=""),
    "fr-CH": Variety(ROMAND, colon=NNBSP, guillemets=NNBSP),
}


def _no_break(options: Typography) -> str:
    return NBSP


def _ends_phrase(before: str, after: str) -> bool:
    """Whether a mark between two characters ends a phrase and lacks its space: ``échanges?``, not ``?id=3``."""
    return (before.isalnum() or before in _ENDS_A_WORD) and (not after or after.isspace() or after in _CLOSES)


def _follows_text(before: str, after: str) -> bool:
    return bool(before) and not before.isspace()


# A year beside a number is no thousand: the first group has one to three figures, and no other number touches the
# whole, but a year before it.
_THOUSANDS = re.compile(rf"[1-9](?<![\d.,].)(?:(?<!\d{GAP}.)|(?<=\d\d\d\d{GAP}.))\d?\d?(?:{GAP}\d\d\d)+(?!{GAP}?\d)")
_GAP = re.compile(GAP)


def _thousands(view: str, options: Typography) -> Iterator[Edit]:
    for number in _THOUSANDS.finditer(view):
        for gap in _GAP.finditer(view, *number.span()):
            if gap[0] != NNBSP:
                yield Edit(*gap.span(), NNBSP)


# A dash with a space on both sides stands between phrases, not between pages.
_FOLIO = r"(?:[A-Za-z]?\d{1,9}[rv]?|[ivxlc]+|[IVXLC]+)(?!\w)"
_DASH = rf"(?:{GAP}*[-\u2010-\u2013]{JOINER}?|[-\u2010-\u2013]{GAP}+)"
_PAGES = re.compile(
    rf"(?<!\w)(?:[pP]p?|[fF]f|f|[pP]l)\.{GAP}*(?P<pages>{_FOLIO}(?:{_DASH}{_FOLIO})?(?:,{GAP}?{_FOLIO}(?:{_DASH}{_FOLIO})?)*)"
)
_RANGE = re.compile(rf"(?<!\w)({_FOLIO})({_DASH})({_FOLIO})")


def _page_ranges(view: str, options: Typography) -> Iterator[Edit]:
    dash = DASHES[options.range_dash]
    for pages in _PAGES.finditer(view):
        for match in _RANGE.finditer(view, *pages.span("pages")):
            first, typed, last = match.groups()
            figures = first.isdigit() and last.isdigit()
            if figures and int(first) >= int(last):
                continue  # a date after the pages: 2019-03
            new = dash if figures and dash == "-" else dash + JOINER
            if typed != new:
                yield Edit(*match.span(2), new)


# 1er, 1re; 2e, 3es; 2nd, 2nde; Ier, Ire; XXIe. The words Ce, De and Le are no Roman numbers, and 1e is no ordinal.
_ORDINAL = re.compile(
    r"""
    (?<![\w.,])(?:
        1(ers?|res?) | 2(nde?s?) | (?!1e)\d+(es?)
        | I(ers?|res?) | (?=[VX]|[IL][IVX])L?X{0,3}(?:IX|IV|V?I{0,3})(es?)
    )(?!\w)
    """,
    re.VERBOSE,
)


def _ordinals(view: str, options: Typography) -> Iterator[Edit]:
    if options.ordinal_superscript:
        for match in _ORDINAL.finditer(view):
            ending = match.lastindex or 0
            yield Edit(*match.span(ending), match[ending], raised=True)


_DOUBLE_ANGLES = re.compile(rf"(<<){GAP}*[^<>\s](?:[^<>]*[^<>\s])?{GAP}*(>>)")


def _double_angles(view: str, options: Typography) -> Iterator[Edit]:
    for match in _DOUBLE_ANGLES.finditer(view):
        yield Edit(*match.span(1), "«")
        yield Edit(*match.span(2), "»")


def rules_of(variety: Variety) -> tuple[Rule, ...]:
    """The rules of a variety of French, in the order in which they are applied."""
    colon, high, inside = variety.colon, variety.high, variety.guillemets
    return (
        Rule(
            "ellipsis",
            "three full stops become …; two or four stay",
            LEXIQUE,
            ("modes de vie...), social", "modes de vie…), social"),
            frozenset("."),
            swaps(r"(?<!\.)\.\.\.(?!\.)", "…"),
        ),
        Rule(
            "quotations",
            "straight double marks become « », and “ ” inside a quotation",
            CSL,
            ('la loi "3DS" et "Aller vers"', f"la loi «{inside}3DS{inside}» et «{inside}Aller vers{inside}»"),
            frozenset(STRAIGHT + QUOTATION_OPENS),
            quotations(Marks(("«", "»"), ("“", "”"))),
        ),
        Rule(
            "double-angles",
            "<< and >> become « », as in the fonts of French LaTeX",
            "babel-french manual § 1.2",
            ("le <<panier de soins>>", f"le «{inside}panier de soins{inside}»"),
            frozenset("<"),
            _double_angles,
        ),
        Rule(
            "single-quotations",
            "straight single marks become ‘ ’",
            CSL,
            ("le 'aller vers' en santé", "le ‘aller vers’ en santé"),
            frozenset("'"),
            single_quotations,
        ),
        Rule(
            "apostrophe",
            "' becomes ’ in a word, and stays after a figure, as the sign of feet or minutes",
            LEXIQUE,
            ("l'accès aujourd'hui, en 5'", "l’accès aujourd’hui, en 5'"),
            frozenset("'"),
            apostrophes,
        ),
        Rule(
            "opening-guillemet",
            "a no-break space after «, narrow in Switzerland and by knob",
            f"{variety.source}; {CSL}",
            ("«Démarches» et « Villes »", f"«{inside}Démarches{inside}» et «{inside}Villes{inside}»"),
            frozenset("«"),
            spaces(rf"«({GAP}*)(?=\S)", variety.in_guillemets),
        ),
        Rule(
            "closing-guillemet",
            "a no-break space before », narrow in Switzerland and by knob",
            f"{variety.source}; {CSL}",
            ("« expérimental ».", f"«{inside}expérimental{inside}»."),
            frozenset("»"),
            spaces_before("»", variety.in_guillemets, _follows_text),
        ),
        Rule(
            "colon",
            "a no-break space before : even where none was typed after a word, but not in 14:30 or 3:1",
            variety.source,
            ("Villes : fabriques. Enjeux: 3:1, 14:30", f"Villes{colon}: fabriques. Enjeux{colon}: 3:1, 14:30"),
            frozenset(":"),
            spaces_before(":", variety.before_colon, _ends_phrase),
        ),
        Rule(
            "high-punctuation",
            "a narrow no-break space, none in Canada, before ; ! ? or a run of them, even where none was typed",
            variety.source,
            ("pratiques? Soins ; enfin ?!", f"pratiques{high}? Soins{high}; enfin{high}?!"),
            frozenset(";!?"),
            spaces_before("[;!?]+", variety.before_high, _ends_phrase),
        ),
        Rule(
            "number-sign",
            "a no-break space after n° before a number, even where none was typed",
            LEXIQUE,
            ("LOI n°2009-879, ADSP, n° 118", "LOI n°\u00a02009-879, ADSP, n°\u00a0118"),
            frozenset("°º"),
            spaces(rf"(?<!\w)[nN]s?[°º]({GAP}*)(?=[A-Za-z]?\d)", _no_break),
        ),
        Rule(
            "abbreviation",
            "a no-break space after p., vol., art. … before a number, even where none was typed; not in 132 p. 24 cm",
            LEXIQUE,
            (
                "vol. 34, pp. 231-241, p.12, f. 12v, t. II",
                "vol.\u00a034, pp.\u00a0231-241, p.\u00a012, f.\u00a012v, t.\u00a0II",
            ),
            frozenset("."),
            spaces(
                rf"""
                (?<![\w.])(?:(?:(?<!\d{GAP})|(?<=\d\d\d\d{GAP}))[pP]|[fF]f|f|(?i:{"|".join(ABBREVIATIONS)}))\.
                (?:({GAP}*)(?=\d)|({GAP}+)(?=[A-Za-z]\d|(?:[IVX]+|[IVXLC]{{2,}}|[ivx]+)(?![\w'’])))
                """,
                _no_break,
            ),
        ),
        Rule(
            "numbered-word",
            "a no-break space after tome, volume, article … before a number",
            LEXIQUE,
            ("Tome I, tome 144, article L1434-17", "Tome\u00a0I, tome\u00a0144, article\u00a0L1434-17"),
            FIGURES | ROMAN,
            spaces(
                rf"(?<!\w)(?i:{'|'.join(WORDS)})({GAP}+)(?=[A-Z]?\d|(?:[IVX]+|[IVXLC]{{2,}})(?![\w'’]))",
                _no_break,
            ),
        ),
        Rule(
            "missing-data",
            "no-break spaces in s. d., s. l., s. n. and s. p.",
            CSL,
            ("s. l., s. d.", "s.\u00a0l., s.\u00a0d."),
            frozenset("."),
            spaces(rf"(?<![\w.])[sS]\.({GAP}+)(?=[dlnp]\.)", _no_break),
        ),
        Rule(
            "title",
            "a no-break space after M., Mme, Dr, Pr before a name",
            LEXIQUE,
            (
                "Rapport de M. Philippe Vigier et du Dr Martin",
                "Rapport de M.\u00a0Philippe Vigier et du Dr\u00a0Martin",
            ),
            frozenset("MDP"),
            spaces(rf"\b(?:MM?\.|(?:Mmes?|Mlles?|Drs?|Prs?)\.?)({GAP}+)(?=[A-ZÀ-ÖØ-ÞŒ])", _no_break),
        ),
        Rule(
            "sign",
            "a no-break space between a number and % ‰ € £, even where none was typed",
            LEXIQUE,
            ("près de 6 % de 15€", "près de 6\u00a0% de 15\u00a0€"),
            frozenset(SIGNS),
            spaces(rf"\d({GAP}*)(?=[{SIGNS}](?!\w))", _no_break),
        ),
        Rule(
            "unit",
            "a no-break space between a number and its unit, of a short table",
            LEXIQUE,
            ("(pdf, 1,67 Mo), 10 ans, 3,8 millions", "(pdf, 1,67\u00a0Mo), 10\u00a0ans, 3,8\u00a0millions"),
            FIGURES,
            spaces(rf"\d({GAP}+)(?={_one_of(UNITS)})", _no_break),
        ),
        Rule(
            "extent",
            "a no-break space between a number of pages and p.; 2019 p. 12 is a year and a page",
            LEXIQUE,
            ("2016, 132 p., 1206 p.", "2016, 132\u00a0p., 1206\u00a0p."),
            FIGURES,
            spaces(rf"\d(?:(?<!\d\d\d\d)({GAP}+)(?=p\.(?!\w))|({GAP}+)(?=p\.(?!{GAP}*\w)))", _no_break),
        ),
        Rule(
            "hour",
            "a no-break space in 14 h 30",
            LEXIQUE,
            ("de 14 h 30 à 16h", "de 14\u00a0h\u00a030 à 16h"),
            frozenset("h"),
            spaces(rf"\d{GAP}+h({GAP}+)(?=[0-5]\d(?!\d))", _no_break),
        ),
        Rule(
            "day",
            "a no-break space between the day and the month",
            LEXIQUE,
            ("24 juillet 2019, 28 et 29 mars", "24\u00a0juillet 2019, 28 et 29\u00a0mars"),
            FIGURES,
            spaces(rf"(?:1er|\d(?<!\d\d\d))({GAP}+)(?=(?i:{_one_of(MONTHS)}))", _no_break),
        ),
        Rule(
            "thousands",
            "a narrow no-break space between groups of three figures; a year before a number is no group",
            LEXIQUE,
            ("3 800 000 euros, en 2019 120 personnes", "3\u202f800\u202f000\u00a0euros, en 2019 120 personnes"),
            FIGURES,
            _thousands,
        ),
        Rule(
            "page-range",
            "a hyphen, or a dash by knob, in a page range: no space in it, and no break",
            DOSSIER,
            ("pp. 277- 295, p. 8–17", "pp.\u00a0277-295, p.\u00a08-17"),
            FIGURES | frozenset("ivx") | ROMAN,
            _page_ranges,
        ),
        Rule(
            "ordinal",
            "the ending of 1er, 2e, XXIe is raised, by knob; a faulty 2ème stays",
            LEXIQUE,
            ("1er janvier, XXIe siècle, 2ème", "1er\u00a0janvier, XXIe siècle, 2ème"),
            FIGURES | ROMAN,
            _ordinals,
        ),
    )


RULES: Mapping[str, tuple[Rule, ...]] = {name: rules_of(variety) for name, variety in VARIETIES.items()}
