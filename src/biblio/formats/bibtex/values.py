"""Reads the value of a field: pieces joined by ``#``, each of them delimited, a number or a macro."""

from __future__ import annotations

from collections.abc import Callable

from biblio.formats.bibtex.grammar import BARE, BLANK, BRACE, QUOTE_OR_BRACE
from biblio.formats.bibtex.macros import Macros, OverBudgetError


class SyntaxFault(Exception):  # noqa: N818  # a fault of the file, not of the program
    """A fault inside one entry: its code, and the offset at which it shows."""

    def __init__(self, code: str, offset: int, **arguments: str) -> None:
        super().__init__(code)
        self.code, self.offset, self.arguments = code, offset, arguments


def without_unpaired(value: str) -> str:
    """The value without the braces that have no partner; escaped ones count like any other, as they do for BibTeX."""
    opened: list[int] = []
    unpaired: set[int] = set()
    for match in BRACE.finditer(value):
        if match.group() == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            unpaired.add(match.start())
    unpaired.update(opened)
    return "".join(each for offset, each in enumerate(value) if offset not in unpaired) if unpaired else value


class ValueReader:
    """Reads values of ``text``. An undefined macro is kept as the word that it is and told to ``undefined``."""

    def __init__(self, text: str, macros: Macros, undefined: Callable[[int, str], None]) -> None:
        self.text = text
        self.macros = macros
        self.undefined = undefined

    def value(self, position: int, limit: int) -> tuple[str, int, int]:
        """The value at ``position``, the offset of its first character, and the offset behind it.

        Raises ``SyntaxFault`` when there is none, or none that ends before ``limit``.
        """
        text = self.text
        pieces: list[str] = []
        offsets: list[int] = []
        macro = ""
        while True:
            position = BLANK.match(text, position, limit).end()  # type: ignore[union-attr]  # it matches anything
            if position < limit and text[position] == "{":
                offset, end = position + 1, self.closing_brace(position + 1, limit)
                pieces.append(text[offset : end - 1])
            elif position < limit and text[position] == '"':
                offset, end = position + 1, self.closing_quote(position + 1, limit)
                pieces.append(text[offset : end - 1])
            else:
                bare = BARE.match(text, position, limit)
                if bare is None:
                    raise SyntaxFault("P104", position)
                offset, end, macro = position, bare.end(), bare.group()
                pieces.append(self.expand(macro, position))
            offsets.append(offset)
            after = BLANK.match(text, end, limit).end()  # type: ignore[union-attr]
            if after >= limit or text[after] != "#":
                if len(pieces) == 1:
                    return (macro and self.macros.month(macro)) or pieces[0], offset, end
                return "".join(pieces), offsets[0], end
            position = after + 1

    def expand(self, word: str, offset: int) -> str:
        """The value of a bare word: a number is one, a macro has one."""
        if word.isdigit():
            return word
        try:
            value = self.macros.expand(word)
        except OverBudgetError:
            raise SyntaxFault("P108", offset, macro=word) from None
        if value is None:
            self.undefined(offset, word)
            return word
        return value

    def closing_brace(self, position: int, limit: int) -> int:
        """The offset behind the brace that closes the one just before ``position``."""
        depth = 1
        for match in BRACE.finditer(self.text, position, limit):
            depth += 1 if match.group() == "{" else -1
            if depth == 0:
                return match.end()
        raise SyntaxFault("P102", position - 1)

    def closing_quote(self, position: int, limit: int) -> int:
        """The offset behind the quote that ends a value; quotes inside braces are characters."""
        depth = 0
        for match in QUOTE_OR_BRACE.finditer(self.text, position, limit):
            character = match.group()
            if character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0:
                return match.end()
        raise SyntaxFault("P102", position - 1)
