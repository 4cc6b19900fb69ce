"""Files that make a naive reader slow, big or talkative, each as a function of its size; run by ``test_threats``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

BOMBS: Mapping[str, Callable[[int], str]] = {
    "braces in quotes": lambda n: '@misc{k, title = "' + "{}" * n + '"}',
    "braces in open quotes": lambda n: '@misc{k, title = "' + "{}" * n,
    "joints": lambda n: "@misc{k, title = " + '"x"#' * n + '"y"}',
    "signs": lambda n: "@ " * n,
    "signs alone": lambda n: "@" * n,
    "words behind signs": lambda n: "@a b\n" * n,
    "broken heads": lambda n: "book{k,\n" * n,
    "bare heads": lambda n: "@book{\n" * n,
    "fields without a sign": lambda n: "@a{k,\n" + "t {x},\n" * n + "}",
    "heads on a line": lambda n: "@a{" * n,
    "heads on lines": lambda n: "@a{k,\n" * n,
    "unclosed entries": lambda n: "@a{k, t = {\n" * n,
    "unclosed values": lambda n: "@a{k,\n" + "t = {\n" * n,
    "unclosed quotes": lambda n: "@a{k,\n" + 't = "x" "\n' * n,
    "opening braces": lambda n: "@a{k, t = " + "{" * n,
    "closing braces": lambda n: "@a{k, t = {x}" + "}\n" * n,
    "commas": lambda n: "@a{k, t = {x" + ", " * n,
    "comments on a line": lambda n: "% " + "@a{k, " * n,
    "open comments": lambda n: "@comment{\n" * n,
    "open macros": lambda n: "@string{a = {\n" * n,
    "a long key": lambda n: "@a{" + "k" * n + ", t = {x}}",
    "blanks for a key": lambda n: "@a{" + " " * n + "k" + " " * n,
    "fields on a line": lambda n: "@a{k," + "a=1," * n + "}",
    "heads in a value": lambda n: "@a{k, note = {x.\n" + "@b{c}\nz.\n" * n,
    "names": lambda n: "@a{k, author = {" + "de A, B and " * n + "C}}",
    "commas in a name": lambda n: "@a{k, author = {" + "A, " * n + "}}",
    "words in a name": lambda n: "@a{k, author = {" + "de " * n + "X}}",
    "accents": lambda n: "@a{k, title = {" + r"\'" * n + "}}",
    "dollars": lambda n: "@a{k, title = {" + "$" * n + "}}",
    "mathematics": lambda n: "@a{k, title = {" + "$x" * n + "}}",
    "backslashes": lambda n: "@a{k, title = {" + "\\" * n + "}}",
    "ties": lambda n: "@a{k, title = {" + "~" * n + r"\x}}",
    "unknown commands": lambda n: "@a{k, title = {" + r"\x " * n + "}}",
    "switches": lambda n: "@a{k, title = {" + r"\em " * n + "x}}",
    "pages": lambda n: "@a{k, pages = {" + "1-" * n + "}}",
    "blanks in a link": lambda n: "@a{k, links = {x" + " (" * n + "y}}",
    "commas in an address": lambda n: "@a{k, url = {http://" + " ," * n + "x}}",
    "a number": lambda n: "@a{k, number = {" + "_ " * n + "x}}",
    "a chain of parents": lambda n: "".join(f"@a{{k{i}, crossref = {{k{i + 1}}}}}\n" for i in range(n // 10)),
    "a ring of parents": lambda n: "".join(f"@a{{k{i}, xdata = {{k{(i + 1) % 99}}}}}\n" for i in range(n // 10)),
    "a crowd of parents": lambda n: f"@a{{k, xdata = {{{','.join(f'x{i}' for i in range(n))}}}}}",
    "one key": lambda n: "@a{k,}\n" * n,
    "no key": lambda n: "@a{,}\n" * n,
}


def main(size: int) -> None:
    """Reads, formats and writes every bomb, each named before it goes off."""
    from biblio.formats.bibtex.formatter import format_bibtex
    from biblio.formats.bibtex.reader import read_bibtex
    from biblio.formats.bibtex.writer import write_bibtex

    for name, bomb in BOMBS.items():
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        text = bomb(size)
        write_bibtex(read_bibtex(text.encode(), "bombe.bib").value)
        format_bibtex(text)
    sys.stdout.write("all read\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
