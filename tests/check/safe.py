"""The safe fixes, and what each may change in print: nothing, the signs around the letters, or what its rule says."""

from __future__ import annotations

import re
import unicodedata

from biblio.check.finding import Safety
from biblio.check.table import RULES

SAFE = sorted(code for code, rule in RULES.items() if rule.safety in (Safety.SAFE, Safety.TRANSCRIBED))
# What a rule says that it changes in print; of all other codes the notice is the same to the letter.
LETTERS = frozenset(
    # Accents, ligatures, blanks, signs, quotes and hyphens: the letters without accents and the digits stay.
    "F101 F102 F104 F201 F202 F203 F204 F205 F208 F209 F213 F214 R209 R315 R316 R317 R322".split()
)
SAID = frozenset(
    # F103, F107, F109: another spelling; F206: º is a letter, ° is none; F210, F211: what was badly decoded; F302: the
    # provenance gets its own form; R204, R208, R318, R320: a label is taken out; R308, R310: a date is read at last;
    # R404, R406: people are told apart.
    "F103 F107 F109 F206 F210 F211 F302 R204 R208 R308 R310 R318 R320 R404 R406".split()
)


def letters(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"pp?\b|[\W_]|[\u0300-\u036f]", "", bare)
