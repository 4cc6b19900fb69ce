"""What the tests of programs in Rust say: their string literals, and the values that their assertions compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

# A string in Rust, in quotation marks or raw between hashes.
STRING = r'(?:r#"(?P<{0}_raw>.*?)"#|r"(?P<{0}_r>[^"]*)"|"(?P<{0}>(?:[^"\\]|\\.)*)")'
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9A-Fa-f]+)\}|(?P<end>\n\s*)|(?P<one>.))", re.DOTALL)
_ONE = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def string(match: re.Match[str], name: str) -> str:
    """The value of the string of that name in a match of ``STRING``."""
    raw: str | None = match[f"{name}_raw"] if match[f"{name}_r"] is None else match[f"{name}_r"]
    return raw if raw is not None else _ESCAPE.sub(_unescaped, match[name])


def _unescaped(match: re.Match[str]) -> str:
    if match["code"]:
        return chr(int(match["code"], 16))
    return "" if match["end"] else _ONE.get(match["one"], match["one"])


def cases(source: str) -> Iterator[tuple[str, str]]:
    """The name and the body of each test of a file."""
    heads = list(re.finditer(r"#\[test\]\s*(?:#\[[^\]]*\]\s*|///[^\n]*\n\s*)*fn (\w+)\(\) \{", source))
    for head, after in zip_longest(heads, heads[1:]):
        yield head[1], source[head.end() : after.start() if after else len(source)]


def assertions(body: str) -> Iterator[tuple[int, str]]:
    """Where each ``assert_eq!`` stands, and what is between its parentheses."""
    for match in re.finditer(r"assert_eq!\(", body):
        yield match.start(), body[match.end() : _closing(body, match.end())]


_TOKEN = re.compile(r'r#".*?"#|"(?:[^"\\]|\\.)*"|[()]', re.DOTALL)


def _closing(body: str, start: int) -> int:
    """Where the parenthesis that is open at ``start`` closes."""
    depth = 1
    for token in _TOKEN.finditer(body, start):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if not depth:
            return token.start()
    return len(body)
