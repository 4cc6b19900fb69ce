"""What the screen of a dossier shows: its sections as a tree, with their notices in short and how these came there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from biblio.citation import label_of
from biblio.collection.facets import full_name
from biblio.dossier.section import SectionSpec
from biblio.dossier.select import How, Placement, SelectedSection, Selection
from biblio.dossier.spec import DossierSpec
from biblio.editing.yaml_tree import Data, Path, Source, read
from biblio.formats.text import decode_bytes
from biblio.project.project import Project
from biblio.project.selection import selection_of
from biblio.reference.reference import Reference
from biblio.server.told import Told, told
from biblio.text.collation import slugify
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic

MOST = 100  # notices of a section that are shown unless all are asked for
MOST_NAMED = 2  # people of a notice in short
PATH = re.compile(r"(?:(?:sitography|sections\.\d{1,4})(?:\.sections\.\d{1,4})*)?")
UNKNOWN, SEE_ALSO, CUT = "unknown", "see_also", "cut"  # beside the words of ``How``


@dataclass(frozen=True, slots=True)
class Short:
    """A reference in short: who, what, when, and the label of its type."""

    citekey: str
    people: str
    title: str
    year: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference in a section. ``typed`` is its key as the spec has it.

    ``how`` is a word of ``How``, or says why it does not print; ``notice`` is empty for a key that no reference has,
    ``group`` the heading of its group.
    """

    typed: str
    how: str
    notice: Short | None = None
    pinned: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its ``path`` in the spec, its anchor in the pages, what the spec says of it (``data``), its entries.

    ``more`` entries are not shown. ``by_hand``: its order is that of its list. ``last``: no section follows it.
    """

    path: str
    anchor: str
    title: str
    spec: SectionSpec
    data: dict[str, Data]
    entries: tuple[Entry, ...]
    more: int
    count: int
    by_hand: bool
    last: bool
    parts: tuple[Part, ...]
    faults: tuple[Told, ...] = ()

    @property
    def depth(self) -> int:
        """How many sections stand around it."""
        return (self.path.count(".") + (self.path.startswith("sections") or 2)) // 2 - 1

    @property
    def grouped(self) -> Sequence[tuple[str, Sequence[Entry]]]:
        """The entries under the headings of their groups; one group without a heading where there are none."""
        groups = groupby(self.entries, attrgetter("group"))
        return [(name, tuple(entries)) for name, entries in groups] or [("", ())]

    def walk(self) -> Iterator[Part]:
        """This section and all those inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Plan:
    """A dossier; ``spec`` is ``None``, and ``lines`` are those of its file, where it cannot be read or edited."""

    slug: str
    digest: str
    spec: DossierSpec | None
    data: dict[str, Data] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    faults: tuple[Told, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[Part, ...]:
        """All the sections, in the order of print."""
        return tuple(each for part in self.parts for each in part.walk())


def digest_of(content: bytes) -> str:
    """What a state of a spec is told from others by."""
    return hashlib.sha256(content).hexdigest()[:20]


def path_of(said: str) -> Path | None:
    """The path that a form names, ``sections.0.sections.2``; ``None`` for what is none."""
    if not PATH.fullmatch(said):
        return None
    return tuple(int(key) if key.isdecimal() else key for key in said.split(".")) if said else ()


def plan_of(project: Project, slug: str, lang: str, whole: str = "") -> Plan:
    """The plan of a dossier, ``whole`` being the path of a section of which all is shown.

    Raises ``BiblioError`` (E102) when there is none of that name.
    """
    file = project.dossier_file(slug)
    text = decode_bytes(file.content, file.path)
    source = read(text.value, file.path).value
    loaded = project.dossier(slug)
    digest = digest_of(file.content)
    data = source.root.data if source else None
    if source is None or loaded.value is None or not isinstance(data, dict) or not _are_alike(data, loaded.value):
        return Plan(slug, digest, None, faults=_faults(loaded.diagnostics, lang), lines=tuple(text.value.split("\n")))
    spec = loaded.value
    selected = selection_of(project, spec)
    faults = [*loaded.diagnostics, *project.with_holders(selected.diagnostics)]
    return _Planner(source, spec, selected.value, faults, lang, whole).plan(slug, digest)


def short(reference: Reference, lang: str) -> Short:
    """A reference in short."""
    names = reference.author or reference.editor
    people = ", ".join(full_name(name) for name in names.people[:MOST_NAMED])
    more = len(names.people) > MOST_NAMED or names.others
    first = reference.issued.first if reference.issued else None
    return Short(
        reference.citekey,
        f"{people} (et al.)" if people and more else people,
        plain(reference.title),
        str(first.year) if first else "",
        label_of(reference, lang),
    )


def _are_alike(data: Any, level: Any) -> bool:
    """Whether every section of the file is one of the spec, so that their numbers are the same."""
    listed = data.get("sections") or []
    if not isinstance(listed, list) or len(listed) != len(level.sections):
        return False
    pairs = list(zip(listed, level.sections, strict=True))
    if isinstance(level, DossierSpec) and ("sitography" in data or level.sitography):
        pairs.append((data.get("sitography"), level.sitography))
    return all(isinstance(inner, dict) and section and _are_alike(inner, section) for inner, section in pairs)


def _faults(faults: Sequence[Diagnostic], lang: str) -> tuple[Told, ...]:
    return tuple(told(each, lang) for each in faults)


class _Planner:
    """Goes through a selection and its spec together, in the order of print."""

    def __init__(
        self, source: Source, spec: DossierSpec, selection: Selection, faults: list[Diagnostic], lang: str, whole: str
    ) -> None:
        self.source = source
        self.spec = spec
        self.selection = selection
        self.faults = faults
        self.lang = lang
        self.whole = whole
        self.anchors: set[str] = set()

    def plan(self, slug: str, digest: str) -> Plan:
        parts = []
        filled = list(self.selection.parts)
        if self.spec.sitography:
            parts.append(self.part(filled.pop(0), self.spec.sitography, ("sitography",), last=True))
        for number, section in enumerate(self.spec.sections):
            last = number == len(self.spec.sections) - 1
            parts.append(self.part(filled[number], section, ("sections", number), last=last))
        data = self.source.root.data
        assert isinstance(data, dict)
        return Plan(slug, digest, self.spec, data, tuple(parts), _faults(self.faults, self.lang))

    def part(self, filled: SelectedSection, section: SectionSpec, path: Path, *, last: bool) -> Part:
        anchor = self.anchor(section.title)
        groups = [inner for inner in filled.sections if inner.spec is None]
        children = [inner for inner in filled.sections if inner.spec is not None]
        for group in groups:
            self.anchor(group.title)
        by_hand = not (section.sort or section.group_by or section.pin)
        entries = list(self.entries(filled, groups, section))
        if by_hand:
            typed = [word.value for word in (*section.references, *section.include)]
            entries.sort(key=lambda entry: typed.index(entry.typed) if entry.typed in typed else len(typed))
        said = ".".join(map(str, path))
        shown = entries if said == self.whole else entries[:MOST]
        parts = tuple(
            self.part(inner, spec, (*path, "sections", number), last=number == len(children) - 1)
            for number, (inner, spec) in enumerate(zip(children, section.sections, strict=True))
        )
        node = self.source.find(path)
        assert node is not None
        assert isinstance(node.data, dict)
        faults = self.faults_within(self.source.line_of(node.start) + 1, self.source.line_of(node.end) + 1)
        return Part(
            said, anchor, section.title, section, node.data, tuple(shown), len(entries) - len(shown), filled.count,
            by_hand, last, parts, faults,
        )  # fmt: skip

    def anchor(self, title: str) -> str:
        """The anchor that the heading has in the pages, but where notices and texts have taken it."""
        slug = slugify(title) or "section"
        unique, number = slug, 2
        while unique in self.anchors:
            unique, number = f"{slug}-{number}", number + 1
        self.anchors.add(unique)
        return unique

    def faults_within(self, first: int, last: int) -> tuple[Told, ...]:
        """The faults between two lines, which no section inside has taken; they are told there alone."""
        file = self.source.file
        within = [
            each for each in self.faults if each.span and each.span.path == file and first <= each.span.line <= last
        ]
        self.faults = [each for each in self.faults if each not in within]
        return _faults(within, self.lang)

    def entries(
        self, filled: SelectedSection, groups: Sequence[SelectedSection], section: SectionSpec
    ) -> Iterator[Entry]:
        typed = {word.span: word.value for word in (*section.references, *section.include)}
        seen = set()
        listed: list[tuple[str, str, Sequence[Placement]]] = [("", "", filled.placements)]
        listed += [("", group.title, group.placements) for group in groups]
        listed += [(SEE_ALSO, "", filled.see_also), (CUT, "", filled.cut)]
        for instead, group, placements in listed:
            for each in placements:
                by_query = each.reason.how is How.SELECTED
                key = each.reference.citekey if by_query else typed.get(each.reason.span, each.reference.citekey)
                seen.add(key)
                how = instead or each.reason.how.value
                yield Entry(key, how, short(each.reference, self.lang), each.pin is not None, group)
        excluded = {word.value for word in section.exclude}
        for key in dict.fromkeys(typed.values()):
            if key not in seen and key not in excluded:
                yield Entry(key, UNKNOWN)
