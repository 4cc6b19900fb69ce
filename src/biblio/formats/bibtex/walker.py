"""Any LaTeX markup to rich text: pylatexenc parses it, this walker maps its tree.

See ``docs/decisions/0003-bibtex-reader.md``. A command that nobody knows stays visible and is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from biblio.formats.bibtex.commands import (
    ACCENTS,
    ASIDES,
    BRACKETS,
    CASES,
    DOTLESS,
    GREEK_OF_LATIN,
    KEEP_BLANK,
    LIGATURES,
    MAX_DEPTH,
    ORDINALS,
    SILENT,
    SPACING,
    SWITCHES,
    TRANSPARENT,
    WRAPPERS,
    symbols,
)
from biblio.formats.bibtex.mathematics import math_text
from biblio.formats.bibtex.verbatim import unescaped
from biblio.reference.languages import WORDS, language_tag
from biblio.text.inline import Inline, Key, Lang, Link, Quoted, Rich, Sup, Text, Verbatim, map_text, merge, plain, text
from biblio.words.tables import term, terms

_MISREAD = re.compile(r"(\\[A-Za-z]++) *+(?=([^\x00-\x7f]))|\\.|%", re.DOTALL)
_VERBATIM = {"url": "{", "nolinkurl": "{", "path": "{", "href": "{{", "hrefurl": "{{"}
# Quantities and chemical formulas, which need no dollars.
_QUANTITIES = {
    **dict.fromkeys(("ce", "ch", "cf", "si", "unit", "num", "ang"), "[{"),
    **dict.fromkeys(("SI", "qty"), "[{{"),
    **dict.fromkeys(("SIrange", "qtyrange"), "[{{{"),
}
_LANGUAGE = "fr"  # that of a dossier that says nothing
_BIBSTRINGS = ("bibstring", "bibcpstring", "bibucpstring", "bibsstring", "biblstring", "biblcpstring")
# polyglossia's commands around a text in another language, « \textgerman »; some are known for something else.
_IN_LANGUAGE = {f"text{word}": tag for word, tag in WORDS.items() if word not in ("latin", "greek")}
_QUOTED_IN = ("foreignquote", "hyphenquote", "foreignlanguage", "textlang")


# Characters that are nothing else to the parser, up to the next that may be: words with one space between.
_NO_MARK = f"[^\\s\\\\%{{}}\\[\\]${re.escape(''.join(sorted(set(''.join(LIGATURES)))))}]+"
_RUN = re.compile(f"{_NO_MARK}(?: {_NO_MARK})*")


class TooDeepError(Exception):
    """Markup is nested deeper than ``MAX_DEPTH``."""


@cache
def _context() -> Any:
    """The commands that take arguments, for the parser; any other command takes none."""
    from pylatexenc import macrospec

    context = macrospec.LatexContextDb()
    one = [
        *WRAPPERS,
        *TRANSPARENT,
        *SILENT,
        *BRACKETS,
        *CASES,
        *_BIBSTRINGS,
        "texttt",
        "ensuremath",
        "hspace",
        "textgreek",
    ]
    context.add_context_category(
        "biblio",
        macros=[
            *(macrospec.MacroSpec(name, "*{") for name in one),
            *(macrospec.MacroSpec(name, "{") for name in ACCENTS),
            *(macrospec.MacroSpec(name, arguments) for name, arguments in _VERBATIM.items()),
            *(macrospec.MacroSpec(name, "*{{") for name in _QUOTED_IN),
            *(macrospec.MacroSpec(name, arguments) for name, arguments in _QUANTITIES.items()),
            *(macrospec.MacroSpec(name, "[{") for name in (*ASIDES, *_IN_LANGUAGE, "color")),
            macrospec.MacroSpec("footnotemark", "["),
            macrospec.MacroSpec("textcolor", "[{{"),
            macrospec.MacroSpec("bibinfo", "{{"),
            macrospec.MacroSpec("texorpdfstring", "{{"),
            macrospec.MacroSpec("verb", args_parser=macrospec.VerbatimArgsParser("verb-macro")),
        ],
        specials=[macrospec.SpecialsSpec(characters) for characters in LIGATURES],
    )
    context.set_unknown_macro_spec(macrospec.MacroSpec(""))
    context.set_unknown_environment_spec(macrospec.EnvironmentSpec(""))
    return context


@cache
def _parser() -> Any:
    """The parser, which takes words in one step where its own way is character by character."""
    from pylatexenc import latexwalker

    class Parser(latexwalker.LatexWalker):  # type: ignore[misc]  # the library has no types
        def get_token(
            self,
            pos: int,
            include_brace_chars: Any = None,
            environments: bool = True,
            **arguments: Any,
        ) -> Any:
            # What asks for an argument without braces wants one character, and says one of these two.
            reads_on = environments and arguments.get("parsing_state") is not None
            run = _RUN.match(self.s, pos) if reads_on else None
            if run is None:
                return super().get_token(pos, include_brace_chars, environments, **arguments)
            return latexwalker.LatexToken("char", run.group(), pos, run.end() - pos, "")

    return Parser


def walk(value: str) -> tuple[Rich, list[str]]:
    """The rich text of a value whose braces are paired, and the names of the commands that were not understood.

    Raises ``TooDeepError``.
    """
    walker = _parser()(_as_tex_sees_it(value), latex_context=_context(), tolerant_parsing=True)
    nodes, _, _ = walker.get_latex_nodes()
    reader = _Reader()
    return reader.nodes(nodes), reader.unknown


def _as_tex_sees_it(value: str) -> str:
    """The value without two misunderstandings.

    « % » in a field is a percent sign far more often than a comment; and the name of a command ends at the first
    character beyond ASCII, be it a letter or a space.
    """
    return value if value.isascii() and "%" not in value else _MISREAD.sub(_as_tex_reads, value)


def _as_tex_reads(match: re.Match[str]) -> str:
    if match[1]:
        # A group ends the name before a no-break space, which is to stay; an accent needs its letter next to it.
        return match[1] + ("{}" if match[2].isspace() else " ")
    return r"\%" if match.group() == "%" else match.group()


class _Reader:
    """Walks the nodes of one value."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.depth = 0

    def nodes(self, nodes: Sequence[Any]) -> Rich:
        self.depth += 1
        # The argument of a command is a list of one group, which has its own list.
        if self.depth > 2 * MAX_DEPTH + 1:
            raise TooDeepError
        rich: list[Inline] = []
        nodes = [node for node in nodes or () if node is not None]
        stranger = False
        for index, node in enumerate(nodes):
            name = getattr(node, "macroname", None)
            if name is not None and name in SWITCHES:
                behind = self.nodes(nodes[index + 1 :])
                switch = SWITCHES[name]
                rich.extend((switch(behind),) if switch and behind else behind)
                break
            if stranger and _is_group(node):
                rich.extend((Text("{"), *self.nodes(node.nodelist), Text("}")))
                continue
            told = len(self.unknown)
            rich.extend(self.node(node))
            # What follows an unknown command are its arguments, which stay visible as such.
            stranger = name is not None and len(self.unknown) > told and name == self.unknown[-1]
        self.depth -= 1
        return merge(tuple(rich))

    def node(self, node: Any) -> Rich:
        match type(node).__name__:
            case "LatexCharsNode":
                return (Text(node.chars),)
            case "LatexGroupNode":
                return self.nodes(node.nodelist)
            case "LatexSpecialsNode":
                return (Text(LIGATURES.get(node.specials_chars, node.specials_chars)),)
            case "LatexMathNode":
                opening, closing = node.delimiters
                typed = node.latex_verbatim()
                return self.formula(typed, typed[len(opening) : len(typed) - len(closing)])
            case "LatexMacroNode":
                return self.macro(node)
            case "LatexEnvironmentNode":
                self.unknown.append("begin")
                return (Verbatim(_without_percents(node.latex_verbatim())),)
            case _:
                return (Verbatim(_without_percents(node.latex_verbatim())),)

    def macro(self, node: Any) -> Rich:
        name = node.macroname
        arguments = _arguments(node)
        if name in ACCENTS:
            return self.accent(node, arguments)
        if name in WRAPPERS:
            inside = self.nodes(arguments)
            return (WRAPPERS[name](inside),) if inside else ()
        if name in TRANSPARENT:
            return self.nodes(arguments)
        if name in BRACKETS:
            return (Text(BRACKETS[name][0]), *self.nodes(arguments), Text(BRACKETS[name][1]))
        if name in CASES:
            return map_text(self.nodes(arguments), lambda characters: text(CASES[name](characters)))
        if name in SILENT:
            return ()
        if name in ORDINALS:
            return (Sup((Text(ORDINALS[name]),)), Text(node.macro_post_space))
        if name in _VERBATIM:
            return self.address(name, arguments)
        found = self.special(name, node, arguments)
        if found is not None:
            return found
        # Behind a command whose name is a word, TeX takes blanks for its end; behind a sign they are blanks.
        space = node.macro_post_space if not name[:1].isalpha() or name in KEEP_BLANK else ""
        characters = symbols().get(name)
        if characters is not None:
            return (Text(characters + space),)
        self.unknown.append(name)
        return (Text(node.latex_verbatim()),)

    def special(self, name: str, node: Any, arguments: list[Any]) -> Rich | None:
        """The few commands that are like no other; ``None`` for any other."""
        match name, arguments:
            case "texttt", _:
                characters = plain(self.nodes(arguments))
                return (Verbatim(characters),) if characters else ()
            case "textgreek", _:
                return (Text(plain(self.nodes(arguments)).translate(GREEK_OF_LATIN)),)
            case "hspace", [argument]:
                return () if "-" in _source(argument) else (Text(" "),)
            case _, [*_, argument] if name in ASIDES:
                return (Text(" ("), *self.nodes([argument]), Text(")"))
            case _, [*_, argument] if name in _IN_LANGUAGE:
                return (Lang(_IN_LANGUAGE[name], self.nodes([argument])),)
            case "color" | "footnotemark", _:
                return ()
            case "ensuremath", [argument]:
                typed = argument.latex_verbatim()
                return self.formula(f"${typed.removeprefix('{').removesuffix('}')}$", typed)
            case _, _ if name in _QUANTITIES:
                return self.formula(node.latex_verbatim(), node.latex_verbatim())
            case "verb", _:
                delimiters = node.nodeargd
                return (Verbatim(_without_percents(getattr(delimiters, "verbatim_text", "") or "")),)
            case "foreignlanguage" | "textlang", [language, argument]:
                tag, inside = language_tag(_source(language)), self.nodes([argument])
                return (Lang(tag, inside),) if tag else inside
            case "foreignquote" | "hyphenquote", [language, argument]:
                tag, inside = language_tag(_source(language)), (Quoted(self.nodes([argument])),)
                return (Lang(tag, inside),) if tag else inside
            case _, [argument] if name in _BIBSTRINGS and f"key.{_source(argument)}" in terms():
                # Which language is for the dossier to say; the fields that are keys stay keys (see ``convert``).
                key = _source(argument)
                word = term(f"key.{key}", _LANGUAGE)
                return (Key(key, (Text(word[:1].upper() + word[1:] if name == "bibcpstring" else word),)),)
            case (("textcolor" | "bibinfo"), [*_, argument]):
                return self.nodes([argument])
            case "texorpdfstring", [argument, _]:
                return self.nodes([argument])
            case _:
                return None

    def formula(self, typed: str, inside: str) -> Rich:
        rich, unknown = formula_text(typed, inside)
        self.unknown += unknown
        return rich

    def address(self, name: str, arguments: list[Any]) -> Rich:
        address = _source(arguments[0]) if arguments else ""
        if not address:
            return ()
        if len(arguments) == 2:
            return (Link(address, self.nodes([arguments[1]]) or (Verbatim(address),)),)
        return (Link(address, (Verbatim(address),)),) if name == "url" else (Verbatim(address),)

    def accent(self, node: Any, arguments: list[Any]) -> Rich:
        told = len(self.unknown)
        letters = plain(self.nodes(arguments))
        if not letters and arguments and node.macroname in SPACING and len(self.unknown) == told:
            return (Text(SPACING[node.macroname]),)
        if not letters or len(self.unknown) > told:
            self.unknown[told:] = self.unknown[told:] or [node.macroname]
            return (Text(_without_percents(node.latex_verbatim())),)
        return (Text(accented(node.macroname, letters)),)


def formula_text(typed: str, inside: str) -> tuple[Rich, list[str]]:
    """The text of a formula; as typed when it has none, with the names of its commands that have none."""
    rich, unknown = math_text(_without_percents(inside))
    return (Verbatim(_without_percents(typed)),) if rich is None else rich, unknown


def accented(accent: str, letters: str) -> str:
    """The letters with an accent on the first one, composed."""
    first = DOTLESS.get(letters[0], letters[0])
    return unicodedata.normalize("NFC", first + ACCENTS[accent] + letters[1:])


def _is_group(node: Any) -> bool:
    return type(node).__name__ == "LatexGroupNode"


def _arguments(node: Any) -> list[Any]:
    """The arguments that are there, without the star of a starred command."""
    found = node.nodeargd.argnlist if node.nodeargd and node.nodeargd.argnlist else ()
    return [
        argument
        for argument in found
        if argument is not None and not (type(argument).__name__ == "LatexCharsNode" and argument.chars == "*")
    ]


def _without_percents(source: str) -> str:
    return source.replace(r"\%", "%")


def _source(node: Any) -> str:
    """The characters of an argument as typed, without its braces: addresses are never decoded."""
    source = node.latex_verbatim()
    return unescaped(source[1:-1] if source.startswith("{") and source.endswith("}") else source)
