"""The grammar of ``.bib`` files, as patterns.

Source: O. Patashnik, *BibTeXing*, 1988; btparse, the parser of biber; biblatex manual § 2. A value is one piece or
several joined by ``#``; a piece is a group in braces, a quotation, a number or a macro. Between two tokens ``%`` begins
a comment that ends with its line.

Every repetition that could be tried in two ways is possessive (``++``): no text makes a pattern slower than its length.
"""

from __future__ import annotations

import re

from biblio.reference.types import ENTRY_TYPES

# Blanks and comments; the second pattern takes commas along, of which people type too many.
BLANK = re.compile(r"(?>(?:\s++|%[^\n]*+)*)")
BLANK_OR_COMMA = re.compile(r"(?>(?:[\s,]++|%[^\n]*+)*)")

HEAD = re.compile(r"@(?<![\w.\\]@)[ \t]*+(?P<type>[A-Za-z][\w*+.-]*+)\s*+(?P<open>[{(])")

# A key ends at a comma or with its entry; it may hold blanks, brackets and groups (« K{\"o}nig »).
KEY = {
    "{": re.compile(r"\s*+(?P<key>(?>(?:[^,={}\n]++|\{[^{}\n]*+\})*))\s*+(?:(?P<end>,)|(?=\}))"),
    "(": re.compile(r"\s*+(?P<key>(?>(?:[^,={}()\n]++|\{[^{}\n]*+\})*))\s*+(?:(?P<end>,)|(?=\)))"),
}
# What follows a key whose comma is missing: the end of the line or of the file, or a field.
KEY_WITHOUT_COMMA = re.compile(r"\s*+(?P<key>[^\s,={}\"]++)(?=[ \t]*+(?:\n|\Z)|\s++[A-Za-z][\w:.+-]*+\s*+=)")
# What BibTeX takes in a key and LaTeX, or the tools that people move their files to, do not.
ODD_IN_KEY = re.compile(r"[\\%#~@\"{}]|\s")

NAME = re.compile(r"(?P<name>[^\s=,{}\"#%()@]++)\s*+=\s*+")
NAME_WITHOUT_SIGN = re.compile(r"(?P<name>[A-Za-z][\w:.+-]*+)[ \t]*+(?=[{\"])")
# By far the commonest field: one piece, braces at most two deep. Anything else takes the long way. The second group is
# that of a plain value, on one line and without any sign of markup but for ligatures.
COMMON_FIELD = re.compile(
    r"[\s,]*+([^\s=,{}\"#%()@]++)\s*+=\s*+"
    r"(?:\{(?:([^{}\\$~`\t\n\r\f\v\u2028\u2029]*+)\}|((?>(?:[^{}]++|\{[^{}]*+\})*))\})|\"([^\"{}]*+)\"|(\d++))"
    r"(?=\s*+[,})])",
)
PLAIN = 2
BRACE = re.compile(r"[{}]")
QUOTE_OR_BRACE = re.compile(r"[{}\"]")
BARE = re.compile(r"[^\s,{}\"#%()=@]++")

# Where a field begins, when the commas and braces before it cannot be trusted.
FIELD_START = re.compile(
    r"(?<=[\n,])[ \t]*+(?P<name>[A-Za-z][\w:.+-]*+)\s*+=\s*+"
    r"(?=[{\"]|\d++\s*(?:[,})\n]|\Z)|[A-Za-z][\w:.-]*+\s*(?:[,#})\n]|\Z))",
)
# Fields behind the end of their entry: one brace too many closed it.
FIELD_BEHIND = re.compile(r"[\s,}]*+(?P<name>[A-Za-z][\w:.+-]*+)[ \t]*+=\s*+[{\"\d]")
FIELD_NEXT = re.compile(r"[A-Za-z][\w:.+-]*+\s*+=")

# A line that opens an entry but for its ``@`` or its brace: « article{key, », « @article key, ».
COMMAND_WORD = re.compile(r"@[ \t]*(?:comment|preamble|string)(?![A-Za-z])", re.IGNORECASE)
# « @biblio sur les réseaux »: words, and no sign of an entry.
MENTION = re.compile(r"@(?P<word>\w++)(?:[ \t]++[^@{}()=,\"]*+)?")
BROKEN_HEAD = re.compile(
    r"(?:@(?!(?i:comment|preamble|string)\b)(?P<type>[A-Za-z]++)|(?P<bare>[A-Za-z]++)[{(])"
    r"[^\s{}(),=\"]*+[ \t]*+[^\s{}(),=\"]*+,"
)
# Lines of RIS, of MEDLINE and of EndNote's tagged format, and two words of prose.
OTHER_FORMAT = re.compile(r"(?:TY  ?- ?[A-Z]{3,8}\b|PMID- ?\d|%0 [A-Z])")
WORDS = re.compile(r"[^\W\d_]{2}[^\w\n]{1,9}[^\W\d_]{2}")


def is_mention(line: str) -> bool:
    """Whether a line that begins with ``@`` is prose; not so when its first word is a type of entry."""
    match = MENTION.fullmatch(line)
    return match is not None and match["word"].lower() not in ENTRY_TYPES
