"""Steps at the desk that change the spec of a dossier: what is written, and what a form says in the terms of a spec."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as File

from biblio.dossier.spec import MODELS, DossierSpec
from biblio.editing.spec_files import edited
from biblio.editing.specs import move_section, set_key
from biblio.editing.works import Work
from biblio.editing.yaml_text import Edit
from biblio.editing.yaml_tree import Data, Path, read
from biblio.project.project import Project
from biblio.server.plan import digest_of, path_of
from biblio.words.faults import BiblioError, Parsed, Span, diagnose
from biblio.yaml_model.keys import Key, Located, keys_of


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


def key_at(path: Path) -> Key | None:
    """The declaration of the key at a path; ``None`` where the model has none."""
    model: type[Located] | None = DossierSpec
    key = None
    for name in (each for each in path if isinstance(each, str)):
        key = keys_of(model).get(name) if model else None
        model = MODELS.get(key.of) if key else None
    return key


def typed(value: Data) -> str:
    """A value as a form has it: a list in lines."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value).rstrip("\n")


def value_of(text: str, key: Key | None) -> Data:
    """What is typed into a form, as a value of a key; ``None`` for nothing."""
    text = text.replace("\r\n", "\n").strip("\n")
    if not text.strip():
        return None
    control = "text" if key is None else key.shape.value.control
    if control == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if control == "boolean" and text in ("true", "false"):
        return text == "true"
    if control == "number" and text.isascii() and text.isdecimal():
        return int(text)
    return text


def setting(path: Path, text: str, before: str, section: Path, title: str) -> Edit:
    """Gives a key what is typed, where it still says what it said ``before``, in a section that is still called so.

    Any other key may have changed meanwhile. Else it is refused (E134).
    """

    def edit(made: str) -> Parsed[str]:
        source = read(made, "").value
        if source is None:
            return set_key(made, path, value_of(text, key_at(path)))
        node, heading = source.find(path), source.find((*section, "title"))
        same = typed(node.data if node else None) == before.replace("\r\n", "\n").rstrip("\n")
        if not same or (section and typed(heading.data if heading else None) != title):
            return Parsed(made, (diagnose("E134", source.span(node.start if node else 0)),))
        return set_key(made, path, value_of(text, key_at(path)))

    return edit


# --- sections --------------------------------------------------------------------------------------------------------


def turning(section: Path, way: str) -> Edit:
    """Moves a section ``up``, ``down``, ``in`` to the one before it, or ``out`` behind the one around it."""

    def edit(made: str) -> Parsed[str]:
        *above, number = section
        if not isinstance(number, int):  # the sitography stays where it is
            return Parsed(made)
        siblings = tuple(above)
        around = siblings[:-1]
        match way:
            case "up" if number:
                return move_section(made, section, around, number - 1)
            case "down" if number + 1 < count_at(made, siblings):
                return move_section(made, section, around, number + 1)
            case "in" if number:
                into = (*siblings, number - 1)
                return move_section(made, section, into, count_at(made, (*into, "sections")))
            case "out" if around:
                place = around[-1]
                return move_section(made, section, around[:-2], place + 1 if isinstance(place, int) else 0)
        return Parsed(made)

    return edit


def carrying(section: Path, target: Path, where: str) -> Edit:
    """Moves a section ``before`` or ``after`` another one, or ``into`` it, behind those that are there."""

    def edit(made: str) -> Parsed[str]:
        if target[: len(section)] == section:
            return Parsed(made)
        number = target[-1]
        if where == "into" or not isinstance(number, int):
            return move_section(made, section, target, count_at(made, (*target, "sections")))
        index = number + (where == "after")
        if section[:-1] == target[:-1] and isinstance(section[-1], int) and section[-1] < index:
            index -= 1
        return move_section(made, section, target[:-2], index)

    return edit


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
