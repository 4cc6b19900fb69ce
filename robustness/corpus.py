"""The files that are read: the repository's own, hostile ones made on the spot, and those of a folder given."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Small files with one oddity each. Real ones of the kind are found in libraries that many programs have written to.
HOSTILE: Mapping[str, str] = {
    "nothing": "",
    "blanks": "\n\n   \n",
    "one sign": "@",
    "no key": "@book{title = {Un}, date = {2020}}\n",
    "key alone": "@book{un}\n@book{deux,}\n@book{trois, }\n",
    "brackets": "@book(un, title = {A (b) c})\n@book(deux, title = {B})\n",
    "one line": "@book{un, title={A}, date={2020}} @book{deux, title={B}} @book{trois, title={C}}\n",
    "no comma": "@book{un,\n  title = {A}\n  date = {2020}\n}\n@book{deux,\n  title = {B},\n}\n",
    "open brace": "@book{un,\n  title = {A {b},\n}\n\n@book{deux,\n  title = {B},\n}\n",
    "open quote": '@book{un,\n  title = "A,\n}\n\n@book{deux,\n  title = {B},\n}\n',
    "brace too many": "@book{un,\n  title = {A}},\n  date = {2020},\n}\n\n@book{deux,\n  title = {B},\n}\n",
    "not closed": "@book{un,\n  title = {A},\n\n@book{deux,\n  title = {B},\n}\n",
    "cut": "@book{un,\n  title = {A},\n}\n\n@book{deux,\n  tit",
    "macros": '@string{rev = "Revue"}\n@article{un, journal = rev # " fran" # {ç} # inconnu, month = jan # "~1"}\n',
    "comments": '% @book{un, title={A}}\n@comment{@book{deux, title={B}}}\n@preamble{"x"}\n@book{trois, title={C}}\n',
    "percent inside": "@book{un,\n  % title = {A},\n  title = {50 % de B}, % fin\n}\n",
    "same key": "@book{un, title={A}}\n@book{UN, title={B}}\n@book{e\u0301, title={C}}\n@book{\u00e9, title={D}}\n",
    "same field": "@book{un, title={A}, title={B}, TITLE={C}}\n",
    "latex": (
        "@book{un, title={\\'Etat {\\oe}uvre \\\"{u} \\c{c}a \\ss{} \\textbf{g} "
        "\\emph{i \\textit{j}} $x^2_3$ \\& \\% \\_}}\n"
    ),
    "latex cut": (
        "@book{un, title={fin \\}}\n@book{deux, title={\\'}}\n@book{trois, "
        "title={\\emph{}}\n@book{quatre, title={$x}}\n"
    ),
    "backslash last": "@book{un, title={A\\\\}}\n@book{deux, title={B\\ }}\n",
    "names": "@book{un, author={and and A and, and B, C, D, E and {X and Y} and others and de la Fontaine, Jean}}\n",
    "dates": (
        "@book{un, date={2020-13-45}}\n@book{deux, date={/}, urldate={../..}}\n@book{trois, year={MMXX}, month={foo}}\n"
    ),
    "pages": "@book{un, pages={a--b---c}, pagetotal={np.}}\n@book{deux, pages={--}, number={}, volume={vol. }}\n",
    "crossref": (
        "@book{un, crossref={un}}\n@book{deux, crossref={trois}}\n@book{trois, crossref={deux}, xdata={trois}}\n"
    ),
    "odd types": "@{un, title={A}}\n@123{deux, title={B}}\n@livre-rare{trois, title={C}}\n@BOOK{quatre, title={D}}\n",
    "mail": "contact: jean@example.org\n@book{un, note={jean@example.org}, title={A @book{x, y}}}\n",
    "carriage returns": "@book{un,\r  title = {A},\r}\r\r@book{deux,\r  title = {B},\r}\r",
    "windows": "@book{un,\r\n  title = {A},\r\n}\r\n",
    "nulls": "@book{un,\0 title = {A\0B},}\n",
    "marks": "\ufeff@book{un, title={A\ufeffB\u200bC\u202ed\u2028e\u0085f\x0bg\x1ch}}\n\u2028@book{deux, title={B}}\n",
    "equals": "@book{un, title == {A}, = {B}, date}\n@book{deux, title = }\n@book{trois, = = =}\n",
    "signs": '@book{un, title = {A} # , date = # {2020} #}\n@book{deux, title = "a""b" {c}}\n',
}
# Bytes that no text gives.
HOSTILE_BYTES: Mapping[str, bytes] = {
    "latin-1": "@book{un,\n  title = {Été à l'œuvre},\n}\n".encode("cp1252"),
    "utf-16": "@book{un,\n  title = {Été},\n}\n".encode("utf-16"),
    "utf-16 cut": "@book{un,\n  title = {Été},\n}\n".encode("utf-16")[:-1],
    "utf-32": "@book{un,\n  title = {Été},\n}\n".encode("utf-32"),
    "surrogate": b"@book{un, title = {a\xed\xa0\x80b}}\n",
    "bytes": bytes(range(256)) * 4,
}


def own_files() -> dict[str, bytes]:
    """The references of the repository."""
    return {path.name: path.read_bytes() for path in sorted((ROOT / "references").glob("*.bib"))}


def hostile_files() -> dict[str, bytes]:
    """The hostile files."""
    return {f"{name}.bib": text.encode() for name, text in HOSTILE.items()} | {
        f"{name}.bib": content for name, content in HOSTILE_BYTES.items()
    }


def all_files(more: Path | None) -> dict[str, bytes]:
    """Every file to read; ``more`` is a folder whose ``.bib`` files are added."""
    added = {path.name: path.read_bytes() for path in sorted(more.rglob("*.bib"))} if more else {}
    return {**own_files(), **hostile_files(), **added}


def entries_of(files: Mapping[str, bytes]) -> list[str]:
    """The entries of well-formed files, as typed: each one begins at the start of a line with ``@``."""
    return [
        f"@{piece.rstrip()}\n"
        for content in files.values()
        for piece in f"\n{content.decode()}".split("\n@")[1:]
        if not piece.lower().startswith(("comment", "string", "preamble"))
    ]


def small_file(entries: list[str], chance: random.Random) -> list[str]:
    """A few different entries, drawn to make a file that is quick to read."""
    return chance.sample(entries, chance.randint(3, 5))
