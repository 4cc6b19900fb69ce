"""Reads a declared model from YAML: every value with its line and column, every fault in one run.

The nodes that ``yaml.compose`` gives are read as text and the model says what they must be, so that ``no`` stays a
word and ``2020-13-45`` a date to report. Anchors, aliases, merges and duplicate keys are refused (YAML 1.2.2 § 3.2.2,
§ 10.3).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import yaml

from biblio.text.merging import merge_markers
from biblio.text.nearest import CLOSE, MOST_SUGGESTIONS, Suggestions
from biblio.text.positions import Positions
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose
from biblio.words.tables import english_name
from biblio.yaml_model.keys import Located, Placed, attribute_of, keys_of
from biblio.yaml_model.mistakes import (
    Mistake,
    bare_key,
    colon_inside,
    curly,
    cut_at,
    dash_instead,
    is_dashed,
    mistake_of,
    odd_key,
    sign_first,
    touching,
)
from biblio.yaml_model.shapes import Key
from biblio.yaml_model.slug import is_slug, slug_like

ModelT = TypeVar("ModelT", bound=Located)

MAX_DEPTH = 20
MAX_LENGTH = 300_000
# Of one text: a heading stands in the contents, in the outline and in its place.
MAX_TEXT = 5_000

_CONTROLS = frozenset({"Cc", "Cf", "Cs"})
# Characters of format that French and other scripts do use: joiners and the soft hyphen.
_ALLOWED = frozenset("\u00ad\u200c\u200d\n\t")


def load_model(
    text: str,
    path: str,
    model: type[ModelT],
    models: Mapping[str, type[Located]],
    known: Mapping[str, Any] | None = None,
) -> Parsed[ModelT | None]:
    """The object of ``model`` that a YAML text describes; ``None`` when a required key is missing or unreadable.

    ``path`` is the file's name in messages, ``models`` the dataclasses that keys refer to by name, ``known`` the
    values that do not come from the file. Never raises for what the text holds: faults are of the family D1.
    """
    loader = _Loader(text, path, models)
    node = loader.compose(text)
    value = loader.mapping(node, model, known or {}, root=True) if node is not None else None
    return Parsed(value, tuple(loader.diagnostics))


def load_table(
    text: str,
    path: str,
    model: type[ModelT],
    models: Mapping[str, type[Located]],
) -> Parsed[tuple[tuple[Placed, ModelT], ...]]:
    """The objects of ``model`` that a YAML text lists by their slugs, each slug with its place; none when it is empty.

    Never raises for what the text holds: faults are of the family D1.
    """
    loader = _Loader(text, path, models)
    node = loader.compose(text)
    rows = loader.table(node, model) if node is not None else None
    return Parsed(rows or (), tuple(loader.diagnostics))


def load_leaves(text: str, path: str, depth: int) -> Parsed[tuple[tuple[Placed, ...], ...]]:
    """Every text of a YAML file of free keys, ``depth`` of them at most: those that lead to it, then the text itself.

    The blanks at the ends of a text between quotation marks are kept. Faults are of the family D1.
    """
    loader = _Loader(text, path, {})
    node = loader.compose(text)
    leaves = tuple(loader.leaves(node, (), depth)) if node is not None else ()
    return Parsed(leaves, tuple(loader.diagnostics))


# What a YAML text holds when no model says what it must be: every scalar is the text that was typed.
Plain = str | list["Plain"] | dict[str, "Plain"]


def load_plain(text: str, path: str) -> Parsed[Plain | None]:
    """What a YAML text of others holds; ``None``, with a fault of the family D1, when it is not one safe document."""
    loaded = load_nodes(text, path)
    return Parsed(None if loaded.value is None else _plain(loaded.value), loaded.diagnostics)


def _plain(node: yaml.Node) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return str(node.value)


def load_nodes(text: str, path: str) -> Parsed[yaml.Node | None]:
    """The root of the nodes of a YAML text; ``None``, with a fault (D1), when it is not one safe document."""
    loader = _Loader(text, path, {})
    return Parsed(loader.compose(text), tuple(loader.diagnostics))


class _Loader:
    """Walks the nodes of one file and notes its faults."""

    def __init__(self, text: str, path: str, models: Mapping[str, type[Located]]) -> None:
        self.source = text
        self.path = path
        self.models = models
        # YAML ends lines at more characters than editors do (YAML 1.1 § 4.2), so places are counted from offsets.
        self.positions = Positions(text, path)
        self.diagnostics: list[Diagnostic] = []
        self.suggestions = Suggestions()

    def report(self, code: str, span: Span, /, **arguments: object) -> None:
        self.diagnostics.append(diagnose(code, span, **arguments))

    def compose(self, text: str) -> yaml.Node | None:
        """The root node; ``None``, with a report, when the text is not one safe YAML document."""
        if len(text) > MAX_LENGTH:
            self.report("D110", Span(self.path), limit=MAX_LENGTH)
            return None
        markers = merge_markers(text)
        if markers:
            self.diagnostics += (diagnose("P123", self.place(offset, 7)) for offset in markers[:MOST_SUGGESTIONS])
            return None
        if not self.is_plain_structure(text):
            return None
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            span = self.place_of(mark) if mark else Span(self.path)
            if not self.reported(mistake_of(text, error)):
                self.report("D101", span, problem=error.problem or error.context or "")
            return None
        except yaml.reader.ReaderError as error:
            self.report("D101", self.place(error.position), problem=error.reason)
            return None
        if node is None:
            self.report("D102", Span(self.path))
        return node

    def reported(self, mistake: Mistake | None, start: int = 0) -> bool:
        """Reports a mistake of typing whose offset counts from ``start``; ``False`` when there is none."""
        if mistake is None:
            return False
        place = self.place(start + mistake.offset, mistake.length)
        self.diagnostics.append(Diagnostic(mistake.code, place, mistake.arguments))
        return True

    def is_plain_structure(self, text: str) -> bool:
        """Whether the text has neither aliases nor deep nesting, seen from its events before any tree is built."""
        depth = 0
        try:
            for event in yaml.parse(text, Loader=yaml.SafeLoader):
                span = self.place_of(event.start_mark)
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    self.report("D103", span)
                    return False
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > MAX_DEPTH:
                        self.report("D104", span, limit=MAX_DEPTH)
                        return False
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
        except (yaml.YAMLError, RecursionError):
            return True  # compose meets the same fault and reports it
        return True

    def place_of(self, mark: Any) -> Span:
        return self.place(mark.index)

    def place(self, offset: int, length: int = 1) -> Span:
        return self.positions.span(offset, length)

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.index - start.index if end.line == start.line else 1
        return self.place(start.index, max(1, length))

    def lines(self, node: yaml.Node) -> tuple[Span, ...]:
        """The place of each line of a text in a literal block (``|``), from the first that is not blank.

        Empty in every other style, and where lines end at more than the characters that end them here.
        """
        if not isinstance(node, yaml.ScalarNode) or node.style != "|":
            return ()
        header = self.place_of(node.start_mark)
        rows = self.source[node.start_mark.index : node.end_mark.index].split("\n")[1:]
        placed: list[Span] = []
        for number, (row, value) in enumerate(zip(rows, node.value.split("\n"), strict=False), header.line + 1):
            typed = row.removesuffix("\r")
            if not typed.endswith(value):
                return ()
            if placed or value.strip():
                # The text is read without the blanks before it.
                shown = value if placed else value.lstrip()
                placed.append(Span(self.path, number, len(typed) - len(shown) + 1, max(1, len(shown))))
        return tuple(placed)

    def mapping(
        self,
        node: yaml.Node,
        model: type[ModelT],
        known: Mapping[str, Any],
        root: bool = False,
    ) -> ModelT | None:
        """The object of ``model`` that a mapping describes; ``None`` when it is no mapping or says too little.

        A required text that is missing is reported and stands empty, so that the rest is checked in the same run.
        """
        if not isinstance(node, yaml.MappingNode):
            typed = touching(node.value) if isinstance(node, yaml.ScalarNode) and node.style is None else None
            if not self.reported(typed, node.start_mark.index):
                self.report("D106", self.span(node), expected="mapping")
            return None
        declared = keys_of(model)
        values: dict[str, Any] = dict(known)
        spans: dict[str, Span] = {}
        lines: dict[str, tuple[Span, ...]] = {}
        faulty: set[str] = set()
        complete = True
        for key_node, value_node in node.value:
            name = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not name:
                self.report("D106", self.span(key_node), expected="text")
            elif name in spans:
                self.report("D107", self.span(key_node), key=name, first=spans[name].line)
            elif name not in declared:
                faulty.add(self.unknown_key(key_node, name, declared))
            else:
                reported = len(self.diagnostics)
                spans[name] = self.span(value_node)
                if declared[name].shape.value.lined:
                    lines[name] = self.lines(value_node)
                value = declared[name].shape.read(self, value_node, declared[name])
                if value is not None:
                    values[name] = value
                if len(self.diagnostics) > reported:
                    faulty.add(name)
                self.doubt(value_node, declared[name])
        for name, declaration in declared.items():
            if declaration.required and name not in values:
                if name not in spans and name not in faulty:
                    self.report("D111", Span(self.path) if root else self.span(node), key=name)
                if declaration.shape.value.stand_in is not None:
                    values[name] = declaration.shape.value.stand_in
                else:
                    complete = False
        if not complete:
            return None
        given = {attribute_of(name): value for name, value in values.items()}
        return model(span=self.span(node), spans=spans, lines=lines, faulty=frozenset(faulty - {""}), **given)

    def unknown_key(self, node: yaml.Node, name: str, declared: Mapping[str, Key]) -> str:
        """Reports a key that does not stand here; returns the one that was most likely meant, if any."""
        mistake = odd_key(name) if isinstance(node, yaml.ScalarNode) and node.style is None else None
        if self.reported(mistake, node.start_mark.index):
            return bare_key(name)
        suggestion = english_name(name, "keys", declared) or self.suggestions.nearest(name, declared, CLOSE)
        places = "" if suggestion else ", ".join(self.homes.get(name, ()))
        if places:
            self.report("D137", self.span(node), key=name, places=places)
            return ""
        suggestion = suggestion or self.suggestions.nearest(name, declared)
        self.report("D109" if suggestion else "D108", self.span(node), key=name, suggestion=suggestion)
        return suggestion

    @cached_property
    def homes(self) -> Mapping[str, Sequence[str]]:
        """The keys under which each key of the models may stand, by that key."""
        found: dict[str, list[str]] = {}
        for model in self.models.values():
            for holder, key in keys_of(model).items():
                for name in keys_of(self.models[key.of]) if key.of in self.models else ():
                    if holder not in found.setdefault(name, []):
                        found[name].append(holder)
        return found

    def doubt(self, node: yaml.Node, key: Key) -> None:
        """Warns of what YAML reads otherwise than it was most likely meant: a text cut by ``#``, curly quotes."""
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(item, yaml.ScalarNode) or item.style is not None:
                continue
            if curly(item.value):
                self.report("D136", self.span(item))
            # Behind a date or a name, a comment is one.
            cut = cut_at(self.source, item) if key.shape.value.prose else None
            if cut is not None:
                self.report("D135", self.place(cut))

    def leaves(self, node: yaml.Node, keys: tuple[Placed, ...], depth: int) -> Iterator[tuple[Placed, ...]]:
        """The texts under a node, each behind its keys; what has a fault is left out."""
        if not isinstance(node, yaml.MappingNode):
            value = self.text(node) if keys else None
            if value is not None and isinstance(node, yaml.ScalarNode):
                before, after = (
                    " " * (len(node.value) - len(cut)) for cut in (node.value.lstrip(), node.value.rstrip())
                )
                yield (*keys, Placed(before + value + after, self.span(node)))
            elif not keys:
                self.report("D106", self.span(node), expected="mapping")
            return
        if len(keys) == depth:
            self.report("D106", self.span(node), expected="text")
            return
        seen: dict[str, Span] = {}
        for key_node, value_node in node.value:
            name = self.text(key_node)
            if name is None:
                continue
            if name in seen:
                self.report("D107", self.span(key_node), key=name, first=seen[name].line)
                continue
            seen[name] = self.span(key_node)
            yield from self.leaves(value_node, (*keys, Placed(name, seen[name])), depth)

    def table(self, node: yaml.Node, model: type[ModelT]) -> tuple[tuple[Placed, ModelT], ...] | None:
        """The objects of a mapping from slugs; one with a fault in its slug or its value is left out."""
        if not isinstance(node, yaml.MappingNode):
            self.report("D106", self.span(node), expected="mapping")
            return None
        rows: dict[str, tuple[Placed, ModelT]] = {}
        for key_node, value_node in node.value:
            slug = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not is_slug(slug):
                self.report("D105", self.span(key_node), slug=slug, suggestion=slug_like(slug))
            elif slug in rows:
                self.report("D107", self.span(key_node), key=slug, first=rows[slug][0].span.line)
            else:
                value = self.mapping(value_node, model, {})
                if value is not None:
                    rows[slug] = (Placed(slug, self.span(key_node)), value)
        return tuple(rows.values())

    def level(self, node: yaml.Node, model: str) -> Located | None:
        return self.mapping(node, self.models[model], {})

    def level_by_slug(self, node: yaml.Node, model: str) -> tuple[tuple[Placed, Located], ...] | None:
        return self.table(node, self.models[model])

    def items(self, node: yaml.Node, *, alone: bool) -> list[yaml.Node] | None:
        """The items of a list; with ``alone``, a node that is no list is the one item."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if alone:
            return [node]
        first = node.value[0][0] if isinstance(node, yaml.MappingNode) and node.value else node
        if isinstance(first, yaml.ScalarNode) and is_dashed(self.source, first):
            self.report("D132", self.place_of(first.start_mark), sign="-")
        elif not self.is_marked(first):
            self.report("D106", self.span(node), expected="list")
        return None

    def is_marked(self, node: yaml.Node) -> bool:
        """Whether a bullet or a long dash stands before a plain word; it is reported."""
        plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return plain and self.reported(dash_instead(node.value), node.start_mark.index)

    def words(self, node: yaml.Node) -> tuple[Placed, ...] | None:
        """A list of words, each with its place; one word alone is a list of one."""
        items = self.items(node, alone=isinstance(node, yaml.ScalarNode) and not self.is_null(node))
        if items is None:
            return None
        placed = []
        for item in items:
            colon = colon_inside(self.source, item)
            if isinstance(item, yaml.ScalarNode) and is_dashed(self.source, item):
                self.report("D132", self.place_of(item.start_mark), sign="-")
                continue
            if self.is_marked(item):
                continue
            if colon is not None:
                self.report("D133", self.place(colon))
                continue
            text = self.text(item)
            if text is not None:
                placed.append(Placed(text, self.span(item)))
        return tuple(placed)

    def is_null(self, node: yaml.ScalarNode) -> bool:
        return node.tag == "tag:yaml.org,2002:null"

    def text(self, node: yaml.Node) -> str | None:
        """The characters of a scalar, in NFC and without control characters; anything else, or nothing, is a fault."""
        if sign := sign_first(node):
            self.report("D134", self.place_of(node.start_mark), sign=sign)
            return None
        if not isinstance(node, yaml.ScalarNode) or self.is_null(node):
            self.report("D106", self.span(node), expected="text")
            return None
        value = unicodedata.normalize("NFC", node.value).strip()
        if len(value) > MAX_TEXT:
            self.report("D118", self.span(node), limit=MAX_TEXT)
            return None
        clean = "".join(
            character
            for character in value
            if character in _ALLOWED or unicodedata.category(character) not in _CONTROLS
        )
        if clean != value:
            self.report("D114", self.span(node))
        if not clean:
            self.report("D106", self.span(node), expected="text")
        return clean or None
