"""LaTeX markup in values: a kept library parses it, this walker maps its tree to rich text.

pylatexenc (see ``docs/decisions/0003-bibtex-reader.md``) knows the commands and the accents; here is only what each
of the constructs of a bibliography means. An unknown command stays visible and is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from biblio.richtext import (
    Emph,
    Inline,
    Link,
    Quoted,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    map_text,
    merge,
    plain,
    text,
)

# Markup begins with one of these; any other value is plain text and never meets the parser.
_MARKUP = re.compile(r"[\\{}$~]|--|``|''")
_SPACES = re.compile(r"[ \t\n\r]+")
MAX_DEPTH = 20

_WRAPPERS: dict[str, Callable[[Rich], Inline]] = {
    "emph": Emph,
    "textit": Emph,
    "mkbibemph": Emph,
    "textsl": Emph,
    "textbf": Strong,
    "mkbibbold": Strong,
    "textsc": SmallCaps,
    "textsuperscript": Sup,
    "mkbibsuperscript": Sup,
    "up": Sup,
    "textsubscript": Sub,
    "enquote": Quoted,
    "mkbibquote": Quoted,
}
# Old BibTeX's way to the same end: a group that opens with the switch.
_SWITCHES: dict[str, Callable[[Rich], Inline]] = {
    **dict.fromkeys(("em", "it", "itshape", "sl"), Emph),
    **dict.fromkeys(("bf", "bfseries"), Strong),
    **dict.fromkeys(("sc", "scshape"), SmallCaps),
}
# The endings that babel's French raises (babel-french manual § 1.3).
_ORDINALS = {"ier": "er", "iere": "re", "ieme": "e", "iers": "ers", "ieres": "res", "iemes": "es"}
_TRANSPARENT = frozenset(
    {"mbox", "text", "textrm", "textup", "textmd", "textnormal", "relax", "textsf", "textln", "protect"}
)
_SPACING = {
    " ": " ",
    "\n": " ",
    "\\": " ",
    "/": "",
    ",": "\u202f",
    "quad": " ",
    "qquad": " ",
    "thinspace": "\u202f",
    "nobreakspace": "\u00a0",
}
_SYMBOLS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotedbl": '"',
    "og": "«\u00a0",
    "fg": "\u00a0»",
    "guillemotleft": "«",
    "guillemotright": "»",
    "no": "n°\u00a0",
    "No": "N°\u00a0",
    "euro": "€",
    "pounds": "£",
    "copyright": "©",
    "S": "§",
    "P": "¶",
    "degre": "°",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
}
# In the library's table of characters these stand for something else: a file, a page, the day's date.
_NO_CHARACTERS = frozenset({"input", "include", "today"})
_CHARACTER_TABLES = ("latex-base", "advanced-symbols")
# The library skips what follows a « % », which in a field is a typed percent sign far more often than a comment.
_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_FINAL_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\$")
# « \og » and « \fg » bring their own space, and a command that stands for a space may be followed by one.
_SPACE_TOO_MANY = re.compile("(?<=«\u00a0) +| +(?=\u00a0»| )")
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))


@dataclass(slots=True)
class Decoded:
    """Rich text, and the names of the commands that were not understood."""

    rich: Rich
    unknown: list[str] = field(default_factory=list)
    too_deep: bool = False


def decode(value: str) -> Decoded:
    """Rich text of a LaTeX value, in NFC, its runs of blanks folded. Never raises."""
    value = unicodedata.normalize("NFC", _SPACES.sub(" ", value.strip()))
    if not _MARKUP.search(value):
        return Decoded((Text(value),) if value else ())
    if _depth(value) > MAX_DEPTH:
        return Decoded((Text(re.sub(r"[{}]", "", value)),), too_deep=True)
    return _Walker().run(value)


def decode_plain(value: str) -> str:
    """The characters of a LaTeX value, for fields that have no markup of their own: names, places, numbers."""
    return plain(decode(value).rich)


def _depth(value: str) -> int:
    """The deepest nesting of braces."""
    depth = deepest = 0
    for character in value:
        if character == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "}":
            depth -= 1
    return deepest


@cache
def _contexts() -> tuple[Any, Any]:
    """pylatexenc's tables of commands, for parsing and for characters, with ours added. Imported when first needed."""
    from pylatexenc import latex2text, latexwalker, macrospec

    parsing = latexwalker.get_default_latex_context_db()
    parsing.add_context_category(
        "biblio",
        prepend=True,
        macros=[
            *(macrospec.MacroSpec(name, "{") for name in _WRAPPERS),
            macrospec.MacroSpec("url", "{"),
            macrospec.MacroSpec("href", "{{"),
            *(macrospec.MacroSpec(name, "") for name in (*_SYMBOLS, *_SPACING, *_ORDINALS)),
        ],
    )
    characters = latex2text.get_default_latex_context_db().filter_context(keep_categories=_CHARACTER_TABLES)
    # Inside the argument of an accent, where only the library looks, they are nothing.
    nothing = [latex2text.MacroTextSpec(name, discard=True) for name in sorted(_NO_CHARACTERS)]
    characters.add_context_category("biblio", prepend=True, macros=nothing)
    return parsing, characters


class _Walker:
    """Walks pylatexenc's nodes of one value."""

    def __init__(self) -> None:
        self.unknown: list[str] = []

    def run(self, value: str) -> Decoded:
        from pylatexenc import latexwalker

        if _FINAL_BACKSLASH.search(value):
            # It escapes nothing, and breaks every LaTeX parser.
            before = self.run(value[:-1])
            return Decoded(merge((*before.rich, Text("\\"))), [*before.unknown, ""])
        parsing, _ = _contexts()
        source = _PERCENT.sub(r"\1\%", value)
        try:
            walker = latexwalker.LatexWalker(source, latex_context=parsing, tolerant_parsing=True)
            nodes, _, _ = walker.get_latex_nodes()
        except Exception:  # noqa: BLE001  # tolerant parsing still fails on some hostile values; the text stays visible
            return Decoded((Text(value),), ["…"])
        rich = map_text(merge(self.nodes(nodes)), lambda words: text(_SPACE_TOO_MANY.sub("", words)))
        return Decoded(rich, self.unknown)

    def nodes(self, nodes: list[Any]) -> Rich:
        rich: list[Inline] = []
        in_unknown = False
        for node in nodes or ():
            if node is None:
                continue
            kind = type(node).__name__
            if in_unknown and kind == "LatexGroupNode":
                rich += [Text("{"), *self.nodes(node.nodelist), Text("}")]
                continue
            rich.extend(self.node(node))
            in_unknown = kind == "LatexMacroNode" and self.unknown[-1:] == [node.macroname]
        return tuple(rich)

    def node(self, node: Any) -> Rich:
        match type(node).__name__:
            case "LatexCharsNode":
                return (Text(_ligatures(node.chars)),)
            case "LatexGroupNode":
                return self.group(node.nodelist)
            case "LatexSpecialsNode":
                return (Text(_special(node.specials_chars)),)
            case "LatexMathNode":
                return self.math(node)
            case "LatexMacroNode":
                return self.macro(node)
            case _:
                self.unknown.append("begin")
                return (Verbatim(node.latex_verbatim()),)

    def group(self, nodes: list[Any]) -> Rich:
        switch = _SWITCHES.get(getattr(nodes[0], "macroname", "")) if nodes else None
        return (switch(merge(self.nodes(nodes[1:]))),) if switch else self.nodes(nodes)

    def math(self, node: Any) -> Rich:
        source = node.latex_verbatim()
        ordinal = re.fullmatch(r"\$\s*\^\s*(?:\{\s*(?:\\(?:text|mathrm|rm)\s*)?\{?(\w+)\}?\s*\}|(\w))\s*\$", source)
        if ordinal:
            return (Sup((Text(ordinal[1] or ordinal[2]),)),)
        return (Verbatim(source),)

    def macro(self, node: Any) -> Rich:
        name = node.macroname
        arguments = [argument for argument in (node.nodeargd.argnlist if node.nodeargd else ()) if argument is not None]
        after = (Text(" "),) if node.macro_post_space and not arguments and name in _SPACING else ()
        if name in _WRAPPERS:
            inside = merge(self.nodes(arguments))
            return (_WRAPPERS[name](inside),) if inside else ()
        if name in _ORDINALS:
            return (Sup(text(_ORDINALS[name])), *text(node.macro_post_space))
        if name in _SYMBOLS:
            return (Text(_SYMBOLS[name] + (node.macro_post_space if name == "fg" else "")),)
        if name in _SPACING:
            return (Text(_SPACING[name]), *after)
        if name in _TRANSPARENT:
            return self.nodes(arguments)
        if name == "url":
            address = _source(arguments[0]) if arguments else ""
            return (Link(address, (Verbatim(address),)),)
        if name == "href" and len(arguments) == 2:
            return (Link(_source(arguments[0]), merge(self.nodes([arguments[1]]))),)
        return self.character(node)

    def character(self, node: Any) -> Rich:
        """An accent or a letter by the library's table; a command that it does not know stays visible."""
        from pylatexenc import latex2text

        _, characters = _contexts()
        spec = characters.get_macro_spec(node.macroname)
        if spec is None or not spec.macroname or node.macroname in _NO_CHARACTERS:
            return self.unknown_command(node)
        converter = latex2text.LatexNodes2Text(latex_context=characters, strict_latex_spaces=True)
        try:
            decoded = converter.nodelist_to_text([node])
        except Exception:  # noqa: BLE001  # the library fails on some commands without their arguments
            return self.unknown_command(node)
        return (
            Text(
                unicodedata.normalize("NFC", decoded) + (node.macro_post_space if node.macroname in "&%$#_{}" else "")
            ),
        )

    def unknown_command(self, node: Any) -> Rich:
        self.unknown.append(node.macroname)
        return (Text(node.latex_verbatim()),)


def _source(node: Any) -> str:
    """The characters of an argument as typed, without its braces: addresses are never decoded."""
    source = node.latex_verbatim()
    source = source[1:-1] if source.startswith("{") and source.endswith("}") else source
    return re.sub(r"\\([%#&_~{}])", r"\1", source)


def _ligatures(characters: str) -> str:
    for typed, printed in _LIGATURES:
        characters = characters.replace(typed, printed)
    return characters


def _special(characters: str) -> str:
    return {"~": "\u00a0", "``": "“", "''": "”", "--": "–", "---": "—", "&": "&"}.get(characters, characters)
