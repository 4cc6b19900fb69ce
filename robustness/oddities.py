"""Values that no field expects: nothing in disguise, separators alone, endless numbers, commands cut short."""

from __future__ import annotations

DIGITS = "9" * 5000  # more than Python makes a number of
ODD = (
    # nothing, in many spellings
    *("", " ", "~", "{~}", "{}", "{{}}", r"\ ", r"\relax", "$ $", "\u00a0", "\u200b", "\u00ad", "\ufeff", "\u0301"),
    *("\x00", "\n\n", "«\u00a0»", "''", "``''", '"', "%", "&"),
    # only what stands between things
    *("-", "--", "–", ",", ", ,", ";", ":", "::", ".", "…", "/", "../..", "|", "=", "family=", "family=, given="),
    *("and", "and and", "a and", "and others", "{and}", ", and ,", "et al.", "a et", "l'", "le", "de de, ", "Jr."),
    # numbers that are none, or too long
    *("²", "½", "Ⅳ", "٣", "0", "-1", "1-", "2-1", "12+", "pp.", "[s.d.]", "1(", "f. -", "f° v°"),
    *(DIGITS, f"{DIGITS}-{DIGITS}1", f"jan {DIGITS}", f"{DIGITS}-03", f"n° {DIGITS}", f"xdata=usuel-author-{DIGITS}"),
    # dates
    *("2020/", "2020-13", "2020-00", "2020-02-30", "2020?", "XXXX", "0000", "-0001", "Y-170000002", "T", "mars", "13"),
    *("cop.", "[ca]", "[199-?]", "DL"),
    # addresses
    *("http://", "https:///", "https://[", "https://[::1", "http://a:99999", "https://.", "https://user:pw@", "//a"),
    *("https://xn--", "https://\u2100.example", "mailto:", "javascript:x", "10.", "doi:", "https://a.example/%zz"),
    # LaTeX
    *(r"\url", "\n\\href", r"\href{}", r"\href{https://[}{x}", r"\enquote{}", r"\foreignlanguage{}{}"),
    *(r"\og \fg{}", r"\c{}", r"\'", r"\verb|", r"\begin{}", r"\end{x}", r"\up{}", r"\char", r"\i"),
    *("$", "<i>", "</i>", "&#x110000;"),
    # what rules and links look for
    *("978", "X", "0000-000X", "É.", "J.-", "DUPONT", "english and", "xxxx", "x-y", "[a]", "[", ")", "12 p", "XXe"),
    *("a :: b", "a | https://a.example", "« ", " : ", "x ?", "Ã©", r"\oe", "\x1b[31m", "\u202e", "k, k", "usuel"),
)
