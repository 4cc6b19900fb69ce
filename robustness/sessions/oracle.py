"""What the files of a session say, by readers that share nothing with the program, and what they must say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

Files = Mapping[str, bytes]
# A dossier as PyYAML reads it, or one of its sections.
Spec = dict[str, Any]


@dataclass(slots=True)
class Entry:
    """An entry as it is typed: its type and its fields, each on one line, and where it stands in its file."""

    kind: str
    fields: dict[str, str]
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)

    @property
    def ids(self) -> list[str]:
        """The keys that led to it before."""
        return words(self.fields.get("ids", ""))


def entries(text: str) -> dict[str, Entry]:
    """The entries of a file, by their keys; each begins a line, as those of these sessions do."""
    found: dict[str, Entry] = {}
    for head in re.finditer(r"^@(\w+)\{([^,\s]+),", text, re.MULTILINE):
        at, fields = head.end(), {}
        while True:
            at = re.compile(r"[\s,]*").match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
            if text[at] == "}":
                break
            name, at = text[at : text.index("=", at)].strip(), text.index("=", at) + 1
            at += len(text[at:]) - len(text[at:].lstrip())
            end = end_of_value(text, at)
            fields[name] = re.sub(r"\s*\n\s*", " ", text[at + 1 : end - 1])
            at = end
        if head[2] in found:
            raise AssertionError(f"{head[2]} is there twice")
        found[head[2]] = Entry(head[1], fields, head.start(), at + 1)
    return found


def end_of_value(text: str, start: int) -> int:
    """Where a value between braces or quotes ends."""
    depth, quoted = 0, text[start] == '"'
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0 and (text[at] == '"' and at > start if quoted else True):
            return at + 1
    raise AssertionError("a value that does not end")


def words(value: str) -> list[str]:
    """What a list of keys or words has."""
    return [each.strip() for each in value.split(",") if each.strip()]


def spec(text: str) -> Spec:
    """A dossier, its lists of keys and of sections without those that are empty."""
    return tidy(yaml.safe_load(text))


def tidy(section: Spec) -> Spec:
    """A dossier or a section without lists that are empty, its keys as words."""
    keys = [str(key) for key in section.get("references") or ()]
    inner = [tidy(each) for each in section.get("sections") or ()]
    rest = {name: value for name, value in section.items() if name not in ("references", "sections")}
    rest["title"] = str(rest.get("title"))  # a number is a title as well
    return rest | ({"references": keys} if keys else {}) | ({"sections": inner} if inner else {})


def sections(spec: Spec, path: str = "") -> Iterator[tuple[str, Spec]]:
    """All the sections of a dossier with their paths, as forms name them."""
    for number, each in enumerate(spec.get("sections", ())):
        here = f"{path}sections.{number}"
        yield here, each
        yield from sections(each, f"{here}.")


def lists(text: str) -> list[list[str]]:
    """The keys that the sections of a dossier list."""
    return [section.get("references", []) for _, section in sections(spec(text))]


def comments(path: str, text: str) -> Counter[str]:
    """The comments of a file, those behind the words of a line of a dossier too: nothing may lose one."""
    sign = re.compile(r"(?:^|\s)(# .*)" if path.endswith(".yaml") else r"^\s*(%.*)")
    return Counter(found[1].strip() for line in text.split("\n") if (found := sign.search(line)))


def line_ends(content: bytes) -> set[bytes]:
    """How the lines of a file end."""
    return set(re.findall(rb"\r\n|\n|\r", content))


@dataclass(slots=True)
class Model:
    """What the files say, or must say: entries by file and key, dossiers by their names."""

    entries: dict[str, dict[str, Entry]]
    specs: dict[str, Spec]

    def path_of(self, key: str) -> str | None:
        """The file of an entry."""
        return next((path for path, found in self.entries.items() if key in found), None)

    def citekeys(self) -> list[str]:
        """The keys of all entries."""
        return [key for found in self.entries.values() for key in found]

    def leading(self, key: str) -> set[str]:
        """The keys of the entries to which a key leads: by itself, or as a former one."""
        folded = key.casefold()
        return {
            own
            for found in self.entries.values()
            for own, entry in found.items()
            if folded in map(str.casefold, (own, *entry.ids))
        }

    def listing(self, *keys: str) -> set[str]:
        """The files of the dossiers that list one of some keys."""
        return {
            f"dossiers/{slug}.yaml"
            for slug, made in self.specs.items()
            if any(not set(keys).isdisjoint(each.get("references", ())) for _, each in sections(made))
        }

    def relist(self, changed: Mapping[str, str]) -> None:
        """Has the lists name other keys, one key after the other, each once; the empty word takes one out."""
        for made in self.specs.values():
            for _, section in sections(made):
                keys = section.get("references", [])
                for old, new in changed.items():
                    keys = _relisted(keys, old, new)
                section["references"] = keys


def _relisted(keys: list[str], old: str, new: str) -> list[str]:
    found: list[str] = []
    is_there = old != new and new in keys
    for key in keys:
        if key != old:
            found.append(key)
        elif new and not is_there:
            found.append(new)
            is_there = True
    return found


def read(files: Files) -> Model:
    """What the files say."""
    texts = {path: content.decode("utf-8") for path, content in files.items()}
    return Model(
        {path: entries(text.replace("\r\n", "\n")) for path, text in texts.items() if path.endswith(".bib")},
        {Path(path).stem: spec(text) for path, text in texts.items() if path.endswith(".yaml")},
    )


def specs_alike(found: Mapping[str, Spec], wanted: Mapping[str, Spec]) -> bool:
    """Whether dossiers say the same."""
    return found == {slug: tidy(deepcopy(each)) for slug, each in wanted.items()}


def unlike(found: Mapping[str, Entry], wanted: Mapping[str, Entry]) -> str:
    """The entries that are not as they must be."""
    return "; ".join(
        f"{key}: {found.get(key)} for {wanted.get(key)}"
        for key in {*found, *wanted}
        if found.get(key) != wanted.get(key)
    )


def stamp(value: str | None) -> str:
    """What a form knows a value by."""
    return "" if value is None else sha256(value.encode()).hexdigest()[:16]


def set_or_drop(fields: dict[str, str], name: str, value: str) -> None:
    """Gives an entry a field; nothing takes it away."""
    if value:
        fields[name] = value
    else:
        fields.pop(name, None)
