"""Steps at the desk that change the spec of a dossier: what is written, and what a form says in the terms of a spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File

from biblio.editing import plain_data
from biblio.editing.spec_files import edited
from biblio.editing.specs import move_section, set_key
from biblio.editing.works import Work
from biblio.editing.yaml_text import Edit
from biblio.editing.yaml_tree import Data, Path, Source, read
from biblio.project.project import Project
from biblio.server.plan import digest_of, path_of
from biblio.server.rows import is_rows, rows_data, rows_said
from biblio.server.spec_values import key_at, typed, value_of
from biblio.words.faults import BiblioError, Parsed, Span, diagnose


def work_of(project: Project, slug: str, digest: str, edit: Edit) -> Work:
    """What an edit of a spec writes; ``digest`` is that of the spec which was looked at, empty for whatever it is now.

    Raises ``BiblioError``: E102, E134 for a spec that has changed meanwhile, and the fault of an edit that is refused.
    """
    file = project.dossier_file(slug)
    if digest and digest != digest_of(file.content):
        raise BiblioError(diagnose("E134", Span(file.path)))
    made = edited(file.content, file.path, slug, edit)
    if made.diagnostics:
        raise BiblioError(made.diagnostics[0])
    assert isinstance(file.place, File)
    return Work(file.path, file.place, file.content, made.value)


def require_path(said: str) -> Path:
    """The path of a section that a form names. Raises ``BiblioError`` (E231) for what is none."""
    path = path_of(said)
    if path is None:
        raise BiblioError(diagnose("E231", place=said[:100]))
    return path


# --- values of keys --------------------------------------------------------------------------------------------------


def setting(path: Path, text: str, before: str, section: Path, title: str, digest: str) -> Edit:
    """Gives a key what is typed, where it still says what it said ``before``, in a section that is still called so.

    Any other key may have changed meanwhile; but nothing, ``digest`` being that of the spec which was looked at, where
    several sections are called so, of which another may stand there by now. Else it is refused (E134).
    """
    key = key_at(path)

    def said(value: Data) -> str:
        return rows_said(value, key) if key and is_rows(key) else typed(value)

    def edit(made: str) -> Parsed[str]:
        source = read(made, "").value
        node = source.find(path) if source else None
        old = node.data if node else None
        new = rows_data(text, old, key) if key and is_rows(key) else value_of(text, key)
        if source is None:
            return set_key(made, path, new)
        heading = source.find((*section, "title"))
        same = said(old) == before.replace("\r\n", "\n").rstrip("\n")
        known = not section or (typed(heading.data if heading else None) == title and _is_told(source, title, digest))
        if not same or not known:
            return Parsed(made, (diagnose("E134", source.span(node.start if node else 0)),))
        return set_key(made, path, new)

    return edit


def _is_told(source: Source, title: str, digest: str) -> bool:
    """Whether a title tells a section from the others, or nothing has changed anyway."""
    called = sum(typed(each.get("title")) == title for each in _sections(source.root.data))
    return (
        called < 2 or not digest or digest in {digest_of(source.text.encode(each)) for each in ("utf-8", "utf-8-sig")}
    )


def _sections(data: Data) -> Iterator[dict[str, Data]]:
    """All that looks like a section in a spec."""
    if isinstance(data, dict):
        listed = data.get("sections")
        for each in (data.get("sitography"), *(listed if isinstance(listed, list) else ())):
            if isinstance(each, dict):
                yield each
                yield from _sections(each)


# --- sections --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A ``section`` that goes into another one, ``within`` before the move, to be its number ``index`` afterwards."""

    section: Path
    within: Path
    index: int


def turned(text: str, section: Path, way: str) -> Move | None:
    """The move of a section ``up``, ``down``, ``in`` to the one before it, or ``out`` behind the one around it."""
    *above, number = section
    if not isinstance(number, int):  # the sitography stays where it is
        return None
    siblings = tuple(above)
    around = siblings[:-1]
    match way:
        case "up" if number:
            return Move(section, around, number - 1)
        case "down" if number + 1 < count_at(text, siblings):
            return Move(section, around, number + 1)
        case "in" if number:
            into = (*siblings, number - 1)
            return Move(section, into, count_at(text, (*into, "sections")))
        case "out" if around:
            place = around[-1]
            return Move(section, around[:-2], place + 1 if isinstance(place, int) else 0)
    return None


def carried(text: str, section: Path, target: Path, where: str) -> Move | None:
    """The move of a section ``before`` or ``after`` another one, or ``into`` it, behind those that are there."""
    if target[: len(section)] == section:
        return None
    number = target[-1]
    if where == "into" or not isinstance(number, int):
        inner = (*target, "sections")
        return Move(section, target, count_at(text, inner) - (section[:-1] == inner))
    index = number + (where == "after")
    if section[:-1] == target[:-1] and isinstance(section[-1], int) and section[-1] < index:
        index -= 1
    return Move(section, target[:-2], index)


def moved_by(text: str, move: Move | None) -> Parsed[str]:
    """The spec after a move."""
    return Parsed(text) if move is None else move_section(text, move.section, move.within, move.index)


def trail(text: str, step: Move | Path | None) -> Mapping[str, str]:
    """Where the sections were before a move, or before the section at a path was removed, by where they are after it.

    Those that are where they were are left out.
    """
    source = read(text, "").value
    if source is None or not step:
        return {}
    marked = _marked(source.root.data, ())
    if isinstance(step, Move):
        after = plain_data.moved(marked, step.section, (*step.within, "sections"), step.index)
    else:
        after = plain_data.without(marked, step)
    return {now: was for now, was in _marks(after, ()) if now != was}


def _marked(data: Data, path: Path) -> Data:
    """The sections of a spec, each saying where it is."""
    held = data if isinstance(data, dict) else {}
    listed = held.get("sections")
    made: dict[str, Data] = {"at": said_path(path)}
    made["sections"] = [
        _marked(each, (*path, "sections", number))
        for number, each in enumerate(listed if isinstance(listed, list) else [])
    ]
    if not path and "sitography" in held:
        made["sitography"] = _marked(held["sitography"], ("sitography",))
    return made


def _marks(data: Data, path: Path) -> Iterator[tuple[str, str]]:
    """Where each section is, and where it says that it was."""
    assert isinstance(data, dict)
    if path:
        yield said_path(path), str(data["at"])
    if "sitography" in data:
        yield from _marks(data["sitography"], ("sitography",))
    listed = data["sections"]
    assert isinstance(listed, list)
    for number, each in enumerate(listed):
        yield from _marks(each, (*path, "sections", number))


def said_path(path: Path) -> str:
    """A path as forms name it."""
    return ".".join(map(str, path))


def count_at(text: str, path: Path) -> int:
    """How many items there are in a list of a spec."""
    source = read(text, "").value
    node = source.find(path) if source else None
    return len(node.data) if node is not None and isinstance(node.data, list) else 0


def titles_of(text: str, paths: Sequence[Path]) -> list[str]:
    """What some sections are called."""
    source = read(text, "").value
    nodes = [source.find((*path, "title")) if source else None for path in paths]
    return [typed(node.data) if node else "" for node in nodes]
