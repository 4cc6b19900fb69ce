"""The commands of mathematics by what they stand for: characters, spaces, alphabets, accents, nothing.

Sources: LaTeX2e reference manual § 16; amsmath, amssymb and upgreek user's guides; Unicode's letterlike symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from biblio.formats.bibtex.commands import symbols
from biblio.text.inline import Emph, Inline, Rich, SmallCaps, Strong, Sub, Sup

SYMBOLS = {
    "Re": "ℜ",
    "Im": "ℑ",
    "Box": "□",
    "Diamond": "◇",
    "ang": "°",
    "angstrom": "Å",
    "bigcirc": "◯",
    "bowtie": "⋈",
    "celsius": "°C",
    "colon": ":",
    "checkmark": "✓",
    "complement": "∁",
    "coloneqq": "≔",
    "degree": "°",
    "degreeCelsius": "°C",
    "dagger": "†",
    "dag": "†",
    "ddagger": "‡",
    "ddag": "‡",
    "diamond": "⋄",
    "Doteq": "≑",
    "emptyset": "∅",
    "gets": "←",
    "hslash": "ℏ",
    "imath": "ı",
    "jmath": "ȷ",
    "iff": "⟺",
    "implies": "⟹",
    "impliedby": "⟸",
    "land": "∧",
    "lor": "∨",
    "lbrack": "[",
    "rbrack": "]",
    "lbrace": "{",
    "rbrace": "}",
    "lvert": "|",
    "rvert": "|",
    "vert": "|",
    "lVert": "‖",
    "rVert": "‖",
    "Vert": "‖",
    "|": "‖",
    "lgroup": "(",
    "rgroup": ")",
    "ldotp": ".",
    "cdotp": "·",
    "dotsb": "⋯",
    "dotsc": "…",
    "dotsm": "⋯",
    "dotsi": "⋯",
    "dotso": "…",
    "micro": "µ",
    "upmu": "µ",
    "mho": "℧",
    "neg": "¬",
    "lnot": "¬",
    "ne": "≠",
    "ohm": "Ω",
    "owns": "∋",
    "percent": "%",
    "permil": "‰",
    "perthousand": "‰",
    "prime": "′",
    "square": "□",
    "surd": "√",
    "textmu": "µ",
    "tm": "™",
    "top": "⊤",
    "triangle": "△",
    "varnothing": "∅",
    "vartriangle": "△",
    "smallint": "∫",
    "iint": "∬",
    "iiint": "∭",
    "oint": "∮",
    "lesssim": "≲",
    "gtrsim": "≳",
    "lessapprox": "⪅",
    "gtrapprox": "⪆",
    "leqslant": "⩽",
    "geqslant": "⩾",
    "approxeq": "≊",
    "rightleftharpoons": "⇌",
    "leftrightarrows": "⇆",
    "rightleftarrows": "⇄",
    "longleftrightarrow": "⟷",
    "longmapsto": "⟼",
    "nearrow": "↗",
    "searrow": "↘",
    "nwarrow": "↖",
    "swarrow": "↙",
    "updownarrow": "↕",
    "hookrightarrow": "↪",
    "hookleftarrow": "↩",
    "circledast": "⊛",
    "ell": "ℓ",
    "lambdabar": "ƛ",
    "bot": "⊥",
    "models": "⊨",
    "vdash": "⊢",
    "dashv": "⊣",
    "nexists": "∄",
    "nmid": "∤",
    "nparallel": "∦",
    "setminus": "∖",
    "smallsetminus": "∖",
    "sharp": "♯",
    "flat": "♭",
    "natural": "♮",
    "clubsuit": "♣",
    "diamondsuit": "♢",
    "heartsuit": "♡",
    "spadesuit": "♠",
    "male": "♂",
    "female": "♀",
    "mars": "♂",
    "venus": "♀",
}
# Letters that a package sets upright (upgreek), and capitals that TeX spells like Latin ones.
UPRIGHT = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda nu xi pi rho sigma tau phi chi psi omega"
LATIN_CAPITALS = {
    "Alpha": "Α",
    "Beta": "Β",
    "Epsilon": "Ε",
    "Zeta": "Ζ",
    "Eta": "Η",
    "Iota": "Ι",
    "Kappa": "Κ",
    "Mu": "Μ",
    "Nu": "Ν",
    "Omicron": "Ο",
    "Rho": "Ρ",
    "Tau": "Τ",
    "Chi": "Χ",
    "omicron": "ο",
}
# Names of functions, which stand upright and apart from what follows.
FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max "
    "min Pr sec sin sinh sup tan tanh argmin argmax erf sgn diag tr rank polylog poly bmod mod".split(),
)
# Commands that change the size, the room or the height of what follows, and nothing that a text shows.
NOTHING = frozenset(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm limits nolimits "
    "displaystyle textstyle scriptstyle scriptscriptstyle rm it sf tt bf cal mathstrut strut relax nonumber notag "
    "boldmath unboldmath protect null ! / normalfont upshape".split(),
)
SPACES = {
    ",": "\u202f",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "quad": " ",
    "qquad": " ",
    "enspace": " ",
    "~": "\u00a0",
    "thinspace": "\u202f",
    "space": " ",
    "nobreakspace": "\u00a0",
    "enskip": " ",
    "\\": " ",
}
SAME = frozenset(
    "mathrm text textrm textnormal textup mathup mathnormal mathsf textsf mathtt texttt mathit textit mathsc mbox hbox "
    "fbox operatorname operatorname* mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner ensuremath "
    "underline textmd emph textsl boxed smash".split(),
)
KEEP_BLANKS = frozenset("text textrm textnormal textup textsf texttt textit textbf mbox hbox fbox emph textsc".split())
WRAPPERS: Mapping[str, Callable[[Rich], Inline]] = {
    "mathbf": Strong,
    "textbf": Strong,
    "boldsymbol": Strong,
    "bm": Strong,
    "pmb": Strong,
    "mathbit": Strong,
    "mathbfit": Strong,
    "textsc": SmallCaps,
    "textsuperscript": Sup,
    "textsubscript": Sub,
    "emph": Emph,
}
SKIPPED = frozenset(
    {"phantom", "hphantom", "vphantom", "hspace", "hspace*", "vspace", "label", "kern", "mkern", "rule"}
)
ALPHABETS = {
    "mathbb": "DOUBLE-STRUCK",
    "Bbb": "DOUBLE-STRUCK",
    "mathbbm": "DOUBLE-STRUCK",
    "mathds": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "mathscr": "SCRIPT",
    "mathfrak": "FRAKTUR",
}
# The letters that Unicode had before it had the alphabets.
EARLY = {
    "DOUBLE-STRUCK": {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"},
    "SCRIPT": {
        "B": "ℬ",
        "E": "ℰ",
        "F": "ℱ",
        "H": "ℋ",
        "I": "ℐ",
        "L": "ℒ",
        "M": "ℳ",
        "R": "ℛ",
        "e": "ℯ",
        "g": "ℊ",
        "o": "ℴ",
    },
    "FRAKTUR": {"C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"},
}
ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "vec": "\u20d7",
    "overrightarrow": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "dddot": "\u20db",
    "acute": "\u0301",
    "grave": "\u0300",
    "check": "\u030c",
    "breve": "\u0306",
    "mathring": "\u030a",
    "not": "\u0338",
    "cancel": "\u0338",
    "slashed": "\u0338",
}
LONG_ACCENTS = frozenset({"overline", "bar", "widetilde", "tilde", "widehat", "hat"})


@cache
def command_characters() -> Mapping[str, str]:
    """The characters of every command that stands for some, by its name without the backslash."""
    table = {**symbols(), **SYMBOLS, **LATIN_CAPITALS}
    table.update({f"up{name}": table[name] for name in UPRIGHT.split()})
    table.update({f"text{name}": table[name] for name in UPRIGHT.split()})
    table.update({f"var{name}": table[name] for name in ("Gamma", "Delta", "Theta", "Lambda", "Sigma", "Omega")})
    return table
