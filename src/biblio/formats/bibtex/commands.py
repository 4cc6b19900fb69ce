"""The LaTeX commands that bibliographies use, and what each of them means in a value.

The characters (letters, accents, signs) are pylatexenc's table, less what is no character: the date of today,
fractions, references. What is added here: the commands that give a value its structure, the spaces, and those
characters that its table lacks or sees otherwise. Sources: LaTeX2e reference manual §§ 4, 23; babel-french manual
§ 1.2; biblatex manual § 4.10.4 (its own commands for bibliographies).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from biblio.text.inline import Emph, Inline, Quoted, Rich, SmallCaps, Strong, Sub, Sup

MAX_DEPTH = 20  # braces, and commands, inside each other

# Commands around one argument.
WRAPPERS: Mapping[str, Callable[[Rich], Inline]] = {
    "emph": Emph,
    "textit": Emph,
    "textsl": Emph,
    "mkbibemph": Emph,
    "mkbibitalic": Emph,
    "textbf": Strong,
    "mkbibbold": Strong,
    "textsc": SmallCaps,
    "bsc": SmallCaps,
    "textsuperscript": Sup,
    "mkbibsuperscript": Sup,
    "up": Sup,
    "fup": Sup,
    "textsubscript": Sub,
    "mkbibsubscript": Sub,
    "enquote": Quoted,
    "textquote": Quoted,
    "mkbibquote": Quoted,
}
# Commands around one argument that change nothing which a notice shows.
TRANSPARENT = frozenset(
    "mbox hbox fbox text textrm textup textmd textnormal textsf textln textlf underline uline nocase NoCaseChange "
    "textlatin textcyrillic autocap bibnamefont bibfnamefont mathrm mkbibnamefamily mkbibnamegiven mkbibnameprefix "
    "mkbibnamesuffix rlap llap clap".split(),
)
# Commands around one argument that is no text: it orders a list, or makes room.
SILENT = frozenset({"noopsort", "SortNoop", "sortas", "vspace", "phantom", "vphantom", "hphantom", "label"})
# Commands around one argument that change its case.
CASES: Mapping[str, Callable[[str], str]] = {
    "MakeUppercase": str.upper,
    "uppercase": str.upper,
    "MakeLowercase": str.lower,
    "lowercase": str.lower,
}
# Commands whose argument belongs at the foot of the page, where a notice has none: it stands in parentheses.
ASIDES = frozenset({"footnote", "thanks"})
# Commands that put brackets around their argument.
BRACKETS = {"mkbibparens": "()", "parentext": "()", "mkbibbrackets": "[]", "brackettext": "[]"}
# Commands that change everything behind them in their group; ``None`` for what a notice does not show.
SWITCHES: Mapping[str, Callable[[Rich], Inline] | None] = {
    "em": Emph,
    "it": Emph,
    "itshape": Emph,
    "sl": Emph,
    "slshape": Emph,
    "bf": Strong,
    "bfseries": Strong,
    "sc": SmallCaps,
    "scshape": SmallCaps,
    **dict.fromkeys(
        "rm rmfamily sf sffamily tt ttfamily md mdseries upshape normalfont small large normalsize relax protect "
        "sloppy fussy raggedright noindent newblock xspace leavevmode displaystyle".split(),
    ),
}
# Ordinals of babel-french, which take no argument.
ORDINALS = {"ier": "er", "iers": "ers", "iere": "re", "ieres": "res", "ieme": "e", "iemes": "es"}

# Commands of babel-french that end with ``\xspace``: a blank typed behind them is one.
# So is one behind a sign that stands between two words, and which belongs in a formula.
_BETWEEN_WORDS = (
    "rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow longleftarrow to times "
    "leq le geq ge leqslant geqslant neq ne approx equiv simeq"
)
KEEP_BLANK = frozenset({"fg", *ORDINALS, *_BETWEEN_WORDS.split()})

# An accent is a combining character behind the first letter of its argument.
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "ocirc": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    # Those of mathematics, which people put on the letters of a text too.
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "mathring": "\u030a",
    "check": "\u030c",
}
# An accent around nothing is the sign by itself.
SPACING = {
    "`": "`",
    "'": "´",
    "^": "^",
    "~": "~",
    "=": "¯",
    "u": "˘",
    ".": "˙",
    '"': "¨",
    "r": "˚",
    "H": "˝",
    "v": "ˇ",
    "c": "¸",
    "k": "˛",
}
DOTLESS = {"ı": "i", "ȷ": "j"}

# TeX's ligatures, the longest first.
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": "\u00a0"}

# The letters of the package textgreek, ``\textbeta``, and those that babel has for Latin ones, ``\textgreek{b}``.
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega"
)
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_LATIN_FOR_GREEK = "abgdezhjiklmnxoprstufqyw"
GREEK_OF_LATIN = str.maketrans(_LATIN_FOR_GREEK + _LATIN_FOR_GREEK.upper() + "c", _GREEK + _GREEK.upper() + "ς")

_SYMBOLS = {
    # Letters.
    **{f"text{name}": letter for name, letter in zip(_GREEK_NAMES.split(), _GREEK, strict=True) if name != "mu"},
    **{f"text{name.capitalize()}": letter.upper() for name, letter in zip(_GREEK_NAMES.split(), _GREEK, strict=True)},
    # Spaces and breaks.
    " ": " ",
    "\t": " ",
    "\n": " ",
    "\\": " ",
    "newline": " ",
    "linebreak": " ",
    "par": " ",
    "space": " ",
    "addspace": " ",
    "quad": " ",
    "qquad": " ",
    "enspace": " ",
    ";": " ",
    ":": " ",
    ">": " ",
    ",": "\u202f",
    "thinspace": "\u202f",
    "addthinspace": "\u202f",
    "nobreakspace": "\u00a0",
    "addnbspace": "\u00a0",
    "!": "",
    "/": "",
    "-": "",
    "@": "",
    "allowbreak": "",
    "nobreakdash": "",
    "aftergroup": "",
    "ignorespaces": "",
    "unskip": "",
    "nobreak": "",
    "smallskip": "",
    # What TeX reserves.
    "%": "%",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textquotedbl": '"',
    "textquotesingle": "'",
    "textasteriskcentered": "*",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "slash": "/",
    "hyphen": "-",
    # Quotation marks.
    "og": "«\u00a0",
    "fg": "\u00a0»",
    "guillemotleft": "«",
    "guillemotright": "»",
    "guillemetleft": "«",
    "guillemetright": "»",
    "flqq": "«",
    "frqq": "»",
    "flq": "‹",
    "frq": "›",
    "glqq": "„",
    "grqq": "“",
    "quotedblbase": "„",
    "quotesinglbase": "‚",
    "guilsinglleft": "‹",
    "guilsinglright": "›",
    "lq": "‘",
    "rq": "’",
    # Letters and signs.
    "no": "n°\u00a0",
    "No": "N°\u00a0",
    "primo": "1°",
    "secundo": "2°",
    "degre": "°",
    "degres": "°",
    "degree": "°",
    "textcelsius": "°C",
    "euro": "€",
    "EUR": "€",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "copyright": "©",
    "texttrademark": "™",
    "textmusicalnote": "♪",
    "dag": "†",
    "ddag": "‡",
    "textellipsis": "…",
    "bibrangedash": "–",
    "psq": " sq.",
    "psqq": " sqq.",
    "pno": "p.\u00a0",
    "ppno": "pp.\u00a0",
    "addcomma": ",",
    "adddot": ".",
    "addcolon": ":",
    "addsemicolon": ";",
    "bibopenparen": "(",
    "bibcloseparen": ")",
    "textdoublebarpipe": "ǂ",
    "textperiodcentered": "·",
    "textbullet": "•",
    "textnumero": "№",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2ε",
    "BibTeX": "BibTeX",
    "XeTeX": "XeTeX",
    "LuaTeX": "LuaTeX",
    "ConTeXt": "ConTeXt",
    "MF": "METAFONT",
}


@cache
def symbols() -> Mapping[str, str]:
    """Every command that stands for characters, by its name. pylatexenc is imported when this is first asked for."""
    from pylatexenc import latex2text

    table = latex2text.get_default_latex_context_db()
    found: dict[str, str] = {}
    for category in ("advanced-symbols", "latex-base"):
        for name, spec in table.d[category]["macros"].items():
            characters = spec.simplify_repl
            if isinstance(characters, str) and characters and "%" not in characters:
                found[name] = characters
    # The library fills this one from the clock.
    found.pop("today", None)
    return {**found, **_SYMBOLS}
