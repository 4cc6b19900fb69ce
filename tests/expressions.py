r"""Finds every regular expression of the package, and texts that its repetitions could be tried on again and again.

An expression costs more than a text is long where a run of characters may be entered from each of its places (``\s*;``,
looked for anywhere), parted in several ways (``\s*;?\s*``), or looked through from many beginnings (``<.*>``). Each
repetition gives such texts: a run of what it repeats, with and without what stands before it, and with an end at which
the whole fails.
"""

from __future__ import annotations

import ast
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import currentframe, getsource
from pkgutil import walk_packages
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import biblio

# How the expressions of a table are used which another module reads.
USED = {
    "biblio.formats.bibtex.grammar": "match",
    "biblio.formats.tagged.ovid": "match",
    "biblio.reference.pages": "fullmatch",
}
WAYS = frozenset({"search", "match", "fullmatch", "sub", "subn", "finditer", "findall", "split"})
_ONE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_MANY = 1_000  # times that something may be repeated, from which on it is any number
_SAMPLE = " \n\t.,;:-–/()[]{}<>&#%$^_~'\"«»aAzé1I0*+=|\\@\u0301x"
_ENDLESS = 10  # seconds of the processor for a text of four thousand characters
_ENDS = ("", "\0", "a")


@dataclass(frozen=True)
class Expression:
    """An expression, where it is written (module and line) and how it is used there."""

    text: str
    flags: int
    places: tuple[tuple[str, int], ...]
    ways: frozenset[str]

    def __str__(self) -> str:
        return f"{', '.join(f'{module}:{line}' for module, line in self.places)}: {self.text}"


@dataclass(frozen=True)
class Run:
    """A text as long as one likes: a head, a unit again and again, an end."""

    head: str
    unit: str
    end: str

    def of(self, length: int) -> str:
        """The text of a length, more or less."""
        return self.head + self.unit * (length // len(self.unit)) + self.end


def expressions(package: ModuleType) -> list[Expression]:
    """The expressions of a package: those that it compiles as it is imported, and those written in a call."""
    places: dict[tuple[str, int], set[tuple[str, int]]] = {}
    ways: dict[tuple[str, int], set[str]] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: int) -> re.Pattern[Any]:
        made: re.Pattern[Any] = compiled(pattern, flags)
        frame = currentframe()
        while frame is not None and frame.f_globals["__name__"] in (__name__, "re"):
            frame = frame.f_back
        module = frame.f_globals["__name__"] if frame else ""
        if frame and module.split(".")[0] == package.__name__ and isinstance(made.pattern, str):
            places.setdefault((made.pattern, made.flags), set()).add((module, frame.f_lineno))
        return made

    re._compile = noted  # type: ignore[attr-defined]
    try:
        modules = [
            import_module(each.name)
            for each in walk_packages(package.__path__, f"{package.__name__}.")
            if not each.name.endswith(".__main__")
        ]
    finally:
        re._compile = compiled  # type: ignore[attr-defined]
    loose = {module.__name__: set(_written(module, places, ways)) for module in modules}
    return [
        Expression(*key, tuple(sorted(where)), frozenset(ways.get(key) or _of_all(loose, where)))
        for key, where in sorted(places.items(), key=lambda item: sorted(item[1]))
    ]


def _of_all(loose: Mapping[str, set[str]], where: set[tuple[str, int]]) -> set[str]:
    """The ways in which a module uses the expressions of its tables; to look anywhere is the usual one."""
    ways = ({USED[module]} if module in USED else loose.get(module) or {"search"} for module, _ in where)
    return set().union(*ways)


def _written(
    module: ModuleType, places: dict[tuple[str, int], set[tuple[str, int]]], ways: dict[tuple[str, int], set[str]]
) -> Iterator[str]:
    """Notes the expressions written in calls of ``re``, and how those with a name are used; yields the other ways."""
    try:
        tree = ast.parse(getsource(module))
    except OSError:  # a package that is a mere folder
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in WAYS or not isinstance(node.ctx, ast.Load):
            continue
        named = getattr(module, node.value.id, None) if isinstance(node.value, ast.Name) else None
        if isinstance(named, re.Pattern):
            ways.setdefault((named.pattern, named.flags), set()).add(node.attr)
        elif named is not re and node.attr != "split":  # that of texts
            yield node.attr
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), way), [ast.Constant(str(text)), *_]) if way in WAYS:
                flags = [
                    each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute) and each.attr.isupper()
                ]
                made = re.compile(text, sum(getattr(re, flag) for flag in set(flags)))
                places.setdefault((made.pattern, made.flags), set()).add((module.__name__, node.lineno))
                ways.setdefault((made.pattern, made.flags), set()).add(way)


def runs(expression: Expression) -> list[Run]:
    """The texts for an expression, each once."""
    found: dict[Run, None] = {}
    for heads, unit in _repeated(list(parser.parse(expression.text, expression.flags)), ("", "")):
        # A run that is no beginning of a text, for what may be taken away from the beginning.
        found[Run("z", unit, "a")] = None
        for head in dict.fromkeys(("", *heads)):
            found.update(dict.fromkeys(Run(head, unit, end) for end in _ENDS))
            if head:
                found.update(dict.fromkeys((Run("", head + unit, "\0"), Run("", head, "\0"))))
        found.update(dict.fromkeys((Run("", f"{unit}a", "\0"), Run("", f" {unit}", "\0"))))
    return list(found)


def _repeated(items: list[Any], heads: tuple[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """What any number of times may stand, each with what stands before it: as little as can be, and some of all."""
    for index, (kind, value) in enumerate(items):
        before = heads[0] + _sample(items[:index], 0), heads[1] + _sample(items[:index], 1)
        if kind in _REPEATS:
            _, most, inner = value
            if most is sre.MAXREPEAT or most >= _MANY:
                alone = len(inner) == 1 and inner[0][0] in _ONE
                units = _characters(*inner[0]) if alone else [_sample(inner, 0), _sample(inner, 1)]
                yield from ((before, unit) for unit in dict.fromkeys(units) if unit)
        for inner in _inside(kind, value):
            yield from _repeated(list(inner), before)


def _inside(kind: Any, value: Any) -> list[Any]:
    """The parts of an item that have items of their own."""
    if kind in _REPEATS:
        return [value[2]]
    if kind is sre.SUBPATTERN:
        return [value[-1]]
    if kind is sre.ATOMIC_GROUP:
        return [value]
    if kind is sre.BRANCH:
        return list(value[1])
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    if kind is sre.GROUPREF_EXISTS:
        return [each for each in value[1:] if each is not None]
    return []


def _sample(items: Any, least: int) -> str:
    """A text that items match, where what may be missing stands ``least`` times."""
    text = ""
    for kind, value in items:
        if kind in _ONE:
            text += next(iter(_characters(kind, value)), "")
        elif kind in _REPEATS:
            text += _sample(value[2], least) * max(value[0], least)
        elif kind not in (sre.ASSERT, sre.ASSERT_NOT) and (inner := _inside(kind, value)):
            text += _sample(inner[0], least)
    return text


def _characters(kind: Any, value: Any) -> list[str]:
    """Characters that an item matches, one of each sort."""
    matches = re.compile(_class(kind, value), re.DOTALL).fullmatch
    members = value if kind is sre.IN else [(kind, value)] if kind is sre.LITERAL else []
    own = [chr(each if one is sre.LITERAL else each[0]) for one, each in members if one in (sre.LITERAL, sre.RANGE)]
    sorts: dict[object, str] = {}
    for character in (*_SAMPLE, *own):
        if matches(character):
            sort = (
                character == "\n"
                if character.isspace()
                else (character.isupper(), character.isalpha(), character.isdigit())
            )
            sorts.setdefault(sort, character)
    return list(sorts.values())[:6]


def _class(kind: Any, value: Any) -> str:
    """An expression for one item."""
    if kind is sre.ANY:
        return r"[^\n]"
    if kind in (sre.LITERAL, sre.NOT_LITERAL):
        return f"[{'^' if kind is sre.NOT_LITERAL else ''}{re.escape(chr(value))}]"
    negated = value[0][0] is sre.NEGATE
    return f"[{'^' if negated else ''}{''.join(_member(*each) for each in value[negated:])}]"


def _member(kind: Any, value: Any) -> str:
    if kind is sre.LITERAL:
        return re.escape(chr(value))
    if kind is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CATEGORIES[value]


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


# --- How an expression grows -----------------------------------------------------------------------------------------


class _EndlessError(Exception):
    """A text that an expression is not done with when its time is out."""


def _no_more(*_: object) -> None:
    raise _EndlessError


def outgrown_by(expression: Expression, longest: int = 0) -> Run | None:
    """The text on which an expression takes a time out of proportion to its length, if one of its own is such.

    Of texts that are never longer than ``longest`` the square is in proportion, and nothing above.
    """
    pattern = re.compile(expression.text, expression.flags)
    ways = [getattr(pattern, way) for way in sorted(expression.ways)]
    before = signal.signal(signal.SIGVTALRM, _no_more)
    try:
        return next((run for run in runs(expression) if _outgrows(ways, run, longest)), None)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _outgrows(ways: list[Callable[..., Any]], run: Run, longest: int) -> bool:
    # Short texts first: what doubles with each character is seen on two dozen of them, and would have no end on more.
    # Eight times as much is 8 in proportion, 64 for the square, 512 above; sixteen times 16 and 256.
    sizes = ((3, 24, 1_000), (50, 400, 250) if longest else (500, 8_000, 100))
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, _ENDLESS)
        for small, large, most in sizes[:1] if 0 < longest < 400 else sizes:
            # A machine that has others to serve is slow at times, and not each time.
            if _seconds(ways, run.of(min(large, 4_000))) > 0.0015 and all(
                _grows(ways, run, small, large) > most for _ in range(4)
            ):
                return True
    except _EndlessError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


def _grows(ways: list[Callable[..., Any]], run: Run, small: int, large: int) -> float:
    """How many times longer the long text takes than the short one."""
    return _least(ways, run.of(large)) / max(_least(ways, run.of(small)), 0.00005)


def _least(ways: list[Callable[..., Any]], text: str) -> float:
    """What a text takes on a machine that does nothing else for once."""
    return min(_seconds(ways, text) for _ in range(3))


def _seconds(ways: list[Callable[..., Any]], text: str) -> float:
    started = time.thread_time()  # that of the process has the coarse ticks of the alarm, once one is set
    for way in ways:
        if way.__name__ in ("sub", "subn"):
            way("", text)
        elif way.__name__ == "finditer":
            for _ in way(text):
                pass
        else:
            way(text)
    return time.thread_time() - started


# Where no text is long, or none is a stranger's: the module and how the expression begins, the most characters that a
# text of it has, and why.
SHORT: Mapping[tuple[str, str], tuple[int, str]] = {
    ("biblio.importing.printed.contents", "(?P<title>.*?"): (
        160,
        "a line that is longer is none of a table of contents",
    ),
    ("biblio.importing.printed.", ""): (
        1_600,
        "a paragraph that is longer is no notice, and its blanks are one by one",
    ),
    ("biblio.importing.refused", r"<article"): (
        64_000,
        "five thousand characters from each, near the beginning of a file",
    ),
    ("biblio.outputs.email_css", r"(\[if "): (2_000, "comments of our own template"),
    ("biblio.outputs.pandoc.docx", "<w:"): (2_000, "marks of pandoc's own document, which no text has"),
    ("biblio.outputs.pandoc.docx", "(<w:"): (2_000, "marks of pandoc's own document, which no text has"),
    ("biblio.project.unread", ""): (255, "names of files"),
}


def _ledger(module: str, text: str) -> tuple[str, str] | None:
    """The line of the ledger for an expression in a module."""
    return next((line for line in SHORT if module.startswith(line[0]) and text.startswith(line[1])), None)


def _longest(expression: Expression) -> int:
    """The length of the longest text that an expression meets; 0 where there is none."""
    lines = [_ledger(module, expression.text) for module, _ in expression.places]
    return max((SHORT[line][0] for line in lines if line), default=0) if all(lines) else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def print_used() -> None:
    """Prints the lines of the ledger that an expression of the package has."""
    for expression in expressions(biblio):
        for module, _ in expression.places:
            _say(ascii(_ledger(module, expression.text)))


def main(share: int, shares: int) -> None:
    """Tries one expression in so many of the package, and prints each before it is tried, and what it outgrows."""
    for expression in expressions(biblio)[share::shares]:
        _say(f"? {str(expression)!a}")
        run = outgrown_by(expression, _longest(expression))
        if run:
            _say(f"! {sorted(expression.ways)} {run!a}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
