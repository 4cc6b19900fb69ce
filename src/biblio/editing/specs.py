"""What a documentalist does to the spec of a dossier, each on its text: keys, sections, references, citekeys.

A section is named by its path, ``("sections", 0, "sections", 2)`` or ``("sitography",)``. All give the new text, or
with faults the old one: D108 for a key that no dossier has there, and those of ``yaml_text``. What nobody asked about
stays, unknown keys with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.dossier.query import Query
from biblio.dossier.spec import MODELS, DossierSpec
from biblio.editing.yaml_text import Edit, in_turn, insert, move, remove, set_value
from biblio.editing.yaml_tree import Data, Path, Source, read
from biblio.text.collation import fold_key
from biblio.words.faults import Parsed, diagnose
from biblio.yaml_model.keys import Located, keys_of

# The lists that people write in lines, a citekey each; those of a few words stand on one line.
COLUMNS = ("references", "include", "exclude")


def set_key(text: str, path: Path, value: Data, *, file: str = "") -> Parsed[str]:
    """Gives a key of the dossier, of a section or of what is in them a value; ``None`` and no text take it out.

    A cover, say, that is not there yet comes with its first key.
    """
    opened = read(text, file)
    if opened.value is None:
        return Parsed(text, opened.diagnostics)
    source = opened.value
    old = source.find(path)
    if value is None or value == "":
        return remove(text, path, file=file) if old is not None else Parsed(text)
    order = _order(path[:-1])
    if old is None and path[-1] not in order:
        at = source.find(path[:-1]) or source.root
        return Parsed(text, (diagnose("D108", source.span(at.start), key=str(path[-1])),))
    if isinstance(value, str):
        value = _lines(value, in_block=old is not None and old.style in ("|", ">"))
    if len(path) > 1 and isinstance(path[-1], str) and isinstance(path[-2], str) and source.find(path[:-1]) is None:
        return set_key(text, path[:-1], {path[-1]: value}, file=file)
    return set_value(text, path, value, file=file, order=order, columns=COLUMNS)


def add_section(text: str, within: Path, index: int, section: dict[str, Data], *, file: str = "") -> Parsed[str]:
    """Adds a section to another one, or with ``()`` to the dossier, to be its number ``index``."""
    sections = (*within, "sections")
    typed: Data = {
        key: _lines(value, in_block=False) if isinstance(value, str) else value for key, value in section.items()
    }

    def put(made: str) -> Parsed[str]:
        return insert(made, sections, index, typed, file=file, columns=COLUMNS)

    return in_turn(text, (_listed(sections, file), put))


def move_section(text: str, section: Path, within: Path, index: int, *, file: str = "") -> Parsed[str]:
    """Moves a section with all that it holds into another one, or with ``()`` to the dossier itself.

    ``within`` is where that is before the move, ``index`` the number of the section there afterwards.
    """
    return _moved(text, section, (*within, "sections"), index, file)


def remove_section(text: str, section: Path, *, file: str = "") -> Parsed[str]:
    """Takes a section out with all that it holds."""
    return remove(text, section, file=file)


def add_references(text: str, section: Path, citekeys: Sequence[str], index: int, *, file: str = "") -> Parsed[str]:
    """Lists references in a section from number ``index`` on; one that it lists already stays where it is."""
    listed = (*section, "references")

    def put(made: str) -> Parsed[str]:
        there = _citekeys(made, listed, file)
        new = [key for key in dict.fromkeys(citekeys) if key not in there]
        return in_turn(made, [_inserting(listed, index + number, key, file) for number, key in enumerate(new)])

    return in_turn(text, (_listed(listed, file), put))


def remove_reference(text: str, section: Path, citekey: str, *, file: str = "") -> Parsed[str]:
    """Takes a reference out of the list of a section (E231 when it is not in it)."""
    listed = (*section, "references")

    def take(made: str) -> Parsed[str]:
        return remove(made, (*listed, _number(made, listed, citekey, file)), file=file)

    return in_turn(text, (_listed(listed, file), take))


def move_reference(
    text: str, citekey: str, section: Path, targets: Sequence[tuple[Path, int]], *, file: str = ""
) -> Parsed[str]:
    """Moves a reference from a section to another place in it, to another section, or to several at once.

    Each of the ``targets`` is a section and the number of the reference in it afterwards; the first gets what is typed,
    with its comments.
    """
    (first, index), *others = targets
    source = (*section, "references")

    def go(made: str) -> Parsed[str]:
        return _moved(made, (*source, _number(made, source, citekey, file)), (*first, "references"), index, file)

    def also(target: Path, number: int) -> Edit:
        return lambda made: add_references(made, target, [citekey], number, file=file)

    return in_turn(text, (_listed(source, file), go, *(also(target, number) for target, number in others)))


def replace_citekey(text: str, old: str, new: str, *, file: str = "") -> Parsed[str]:
    """Puts a citekey in the place of another one wherever a dossier names it, in whatever capitals.

    That is in lists, pins and queries. A list that has the new one already loses the old one, and one that has the old
    one twice gets the new one once. A pattern of a query (``harpet-*``) stays as it is.
    """
    opened = read(text, file)
    if opened.value is None:
        return Parsed(text, opened.diagnostics)
    is_old, is_new = fold_key(old), fold_key(new)
    edits: list[Edit] = []
    there: set[Path] = set()
    named = [(path, key) for path, key in _named(opened.value.root.data, DossierSpec) if isinstance(key, str)]
    if is_old != is_new:
        there.update(path[:-1] for path, key in named if isinstance(path[-1], int) and fold_key(key) == is_new)
    for path, key in named:
        if fold_key(key) == is_old:
            if path[:-1] in there:
                edits.append(_removing(path, file))
            elif key != new:
                edits.append(_setting(path, new, file))
            if isinstance(path[-1], int):
                there.add(path[:-1])
    return in_turn(text, edits[::-1])


def _named(data: Data, model: type[Located]) -> Iterator[tuple[Path, Data]]:
    """Every citekey that some data name where the model has one, with its path."""
    if not isinstance(data, dict):
        return
    for name, key in keys_of(model).items():
        value = data.get(name)
        several = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for number, each in several:
            path: Path = (name,) if number is None else (name, number)
            if key.of:
                yield from (((*path, *inner), citekey) for inner, citekey in _named(each, MODELS[key.of]))
            elif key.shape.value.citekeys or (model is Query and name == "key"):
                yield path, each


def _order(path: Path) -> tuple[str, ...]:
    """The keys that the model has at a path, in their order; none where it has no such place."""
    model: type[Located] | None = DossierSpec
    for name in (key for key in path if isinstance(key, str)):
        key = keys_of(model).get(name) if model else None
        model = MODELS.get(key.of) if key else None
    return tuple(keys_of(model)) if model else ()


def _lines(value: str, *, in_block: bool) -> str:
    """A text with the line ends of YAML; one of several lines ends its last, as it does where it is typed."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value.rstrip("\n") + "\n" if in_block or "\n" in value else value


def _listed(path: Path, file: str) -> Edit:
    """Makes a list of what is at a path: of nothing, or of one citekey that stands alone."""

    def edit(text: str) -> Parsed[str]:
        source = read(text, file).value
        node = source.find(path) if source else None
        if isinstance(node and node.data, list):
            return Parsed(text)
        value: Data = [node.data] if node is not None and node.data is not None else []
        return set_value(text, path, value, file=file, order=_order(path[:-1]))

    return edit


def _moved(text: str, path: Path, target: Path, index: int, file: str) -> Parsed[str]:
    return in_turn(text, (_listed(target, file), lambda made: move(made, path, target, index, file=file)))


def _citekeys(text: str, path: Path, file: str) -> list[Data]:
    source: Source | None = read(text, file).value
    node = source.find(path) if source else None
    return node.data if node is not None and isinstance(node.data, list) else []


def _number(text: str, path: Path, citekey: str, file: str) -> int:
    """The number of a citekey in a list; that behind the last, where nothing is, when it is not in it."""
    there = _citekeys(text, path, file)
    return there.index(citekey) if citekey in there else len(there)


def _inserting(path: Path, index: int, value: Data, file: str) -> Edit:
    return lambda text: insert(text, path, index, value, file=file)


def _setting(path: Path, value: Data, file: str) -> Edit:
    return lambda text: set_value(text, path, value, file=file)


def _removing(path: Path, file: str) -> Edit:
    return lambda text: remove(text, path, file=file)
