"""Writes data as YAML in the many ways in which people do, each comment known by the entry it is of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]
WORDS = (
    "jabot-2018-sens", "cls", "2023-04-25", "Santé : un défi", "l'été", "a # b", "", "no", "12", "[a]", "- x", "*x",
    "une phrase assez longue pour être pliée sur deux lignes", "deux\nlignes\n", "deux\n\n  lignes", "a, b}",
    'un "mot"', "é",    " bords ", "~", "«\u00a0oui\u00a0»", "trois\nlignes\nla\n\n",
)  # fmt: skip
KEYS = ("title", "date", "intro", "references", "sections", "été", "clé: un", "no", "a b")
letters = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
words = st.sampled_from(WORDS) | st.text(letters, max_size=12)
data = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=14,
)
# What is not in the texts, as they would have to write it in a way of their own.
values = data | st.just("a\x07\x85\u2028\ufeff\t\U0001f600\r\n") | st.lists(st.booleans() | st.integers())
documents = st.dictionaries(st.sampled_from(KEYS), data, min_size=1, max_size=5)


@dataclass
class Typed:
    """A text in a style; ``owners`` has the path of the entry of each comment, ``blocks`` the paths in blocks."""

    text: str
    owners: dict[str, Path] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)


@st.composite
def typed(draw: st.DrawFn) -> tuple[dict[str, Any], Typed]:
    """Some data and a text that says them."""
    value = draw(documents)
    writer = _Writer(draw(st.randoms(use_true_random=False)))
    lines = [*writer.maybe_blank(), *writer.block(value, (), 0)]
    if writer.chance(4):
        lines.insert(0, "---")
    line_end = writer.random.choice(["\n", "\r\n"])
    text = line_end.join(lines) + line_end * (1 if writer.kept else writer.random.choice([0, 1, 1, 2]))
    writer.typed.text = ("\ufeff" if writer.chance(8) else "") + text
    return value, writer.typed


class _Writer:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.typed = Typed("")
        self.kept = False

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) == 0

    def comment(self, owner: Path) -> str:
        made = f"# c{len(self.typed.owners)}: '{{["
        self.typed.owners[made] = owner
        return made

    def maybe_blank(self) -> list[str]:
        return [""] if self.chance(5) and not self.kept else []

    def block(self, value: Any, path: Path, column: int) -> list[str]:
        """The lines of a list or a mapping that is not empty, each with its indentation."""
        self.typed.blocks.add(path)
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        lines: list[str] = []
        for number, (key, each) in enumerate(pairs):
            inner = (*path, key)
            if number:
                lines += self.maybe_blank()
            if self.chance(5) and (number or path):
                lines.append(" " * column + self.comment(inner))
            lines += self.entry(key, each, inner, column)
        return lines

    def entry(self, key: str | int, value: Any, path: Path, column: int) -> list[str]:
        sign = "-" if isinstance(key, int) else f"{self.inline(key)}:"
        behind = f" {self.comment(path)}" if self.chance(6) else ""
        indent = " " * column
        if isinstance(value, list | dict) and value and not self.chance(3):
            if isinstance(key, int) and not behind and not self.chance(6):
                gap = self.random.choice([1, 1, 1, 3])
                lines = self.block(value, path, column + 1 + gap)
                if lines[0].lstrip().startswith("#") or not lines[0]:
                    return [indent + sign, *lines]
                return [indent + sign + " " * gap + lines[0].lstrip(" "), *lines[1:]]
            step = self.random.choice([1, 2, 2, 4])
            if isinstance(value, list) and not isinstance(key, int) and self.chance(3):
                step = 0
            return [indent + sign + behind, *self.block(value, path, column + step)]
        if isinstance(value, list | dict):
            return [
                f"{indent}{sign} {line}" if not n else line
                for n, line in enumerate(self.flow(value, path, column, behind))
            ]
        if isinstance(value, str) and "\n" in value and self.literal(value) and not self.chance(3):
            chomp = "-" if not value.endswith("\n") else "+" if value.endswith("\n\n") else ""
            self.kept = self.kept or chomp == "+"
            step = self.random.choice([1, 2, 4])
            rows = value.removesuffix("\n").split("\n")
            return [f"{indent}{sign} |{chomp}{behind}", *(indent + " " * step + row if row else "" for row in rows)]
        return [f"{indent}{sign} {self.inline(value)}{behind}"]

    def literal(self, value: str) -> bool:
        return value in WORDS

    def flow(self, value: Any, path: Path, column: int, behind: str) -> list[str]:
        """The lines of a value between brackets, the first without indentation."""
        if not value or not self.chance(3):
            return [self.inline(value) + behind]
        opened, closed = "[]" if isinstance(value, list) else "{}"
        lines = [opened]
        pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
        for number, (key, each) in enumerate(pairs):
            head = "" if isinstance(key, int) else f"{self.inline(key)}: "
            comma = "," if number + 1 < len(pairs) or self.chance(2) else ""
            comment = f" {self.comment((*path, key))}" if self.chance(4) else ""
            lines.append(" " * (column + 3) + head + self.inline(each) + comma + comment)
        return [*lines, " " * (column + 1) + closed + behind]

    def inline(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.inline(k)}: {self.inline(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.inline(each) for each in value) + "]"
        if (
            value.replace("-", "").isalnum()
            and value.isascii()
            and value[0].isalpha()
            and value.lower() not in ("no", "null")
            and self.chance(2)
        ):
            return str(value)
        if value in WORDS and "\n" not in value and self.chance(2):
            return "'" + str(value).replace("'", "''") + "'"
        return str(json.dumps(value, ensure_ascii=False))
