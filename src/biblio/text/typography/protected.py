"""What typography never touches in running text: addresses, identifiers, times and ratios, found by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An address runs to the next space or quotation mark; the punctuation after it belongs to the sentence.
_TAIL = r"[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?'‘’…)\]}]"

_ADDRESS = rf"""
    \b(?:
        (?:https?|ftps?)://                             # https://www.irdes.fr/a?b
        | www\.                                         # www.irdes.fr
        | (?:doi|hdl|ark|urn|mailto):                   # doi:10.4000/rfst.569
        | 10\.\d{{4,9}}/                                # 10.4000/rfst.569
    ){_TAIL}
    | (?<![\w.-])(?:[\w-]++\.)+[a-z]{{2,}}/{_TAIL}      # cres-paca.org/thematiques
    | (?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+         # documentation@cres-paca.org
"""
_FIGURES = r"""
    (?<![\w,.])(?:
        \d{1,2}(?::[0-5]\d){1,2}                        # 14:30, 14:30:05
        | \d{1,2}h[0-5]\d                               # 14h30
        | \d+:\d+                                       # 3:1
    )(?!\w|[ \u00a0\u202f\u2009]\d{3}(?!\d))            # but in a scale, 1:25 000, the thousands are to be set
    | &\#?\w+;                                          # &amp;, a character reference left by a catalogue
"""

_IS_ADDRESS = re.compile(_ADDRESS, re.IGNORECASE | re.VERBOSE)
_PROTECTED = re.compile(_ADDRESS + "|" + _FIGURES, re.IGNORECASE | re.VERBOSE)
# Each of the shapes above holds one of these: most short texts hold none, and are free after one quick search.
_HINT = re.compile(r"[/@&]|\d[:h]\d|www\.|(?:doi|hdl|ark|urn|mailto):", re.IGNORECASE)


def split(text: str) -> Iterator[tuple[str, bool]]:
    """The runs of a text in order, each with whether it is protected; joined, they are the text."""
    end = 0
    for match in _PROTECTED.finditer(text) if _HINT.search(text) else ():
        start, stop = match.span()
        if start > end:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if end < len(text):
        yield text[end:], False


def is_address(text: str) -> bool:
    """Whether a text is an address and nothing else: a URL (cut ones too), a DOI, an e-mail address."""
    text = text.strip()
    return bool(_IS_ADDRESS.match(text)) and not any(character.isspace() for character in text)
