"""An import that waits for a person's word: what was read, what will become of each record, and what was chosen."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from biblio.check.config import configuration
from biblio.collection.bulk import watched
from biblio.editing.works import Work
from biblio.formats.tabular.column_map import ColumnMapSpec
from biblio.importing.files import read_file
from biblio.importing.imported import Imported
from biblio.importing.plan import Choice, Fate, OnDuplicate, Outcome, Plan, compared, plan
from biblio.importing.readers import Options
from biblio.importing.same import Same
from biblio.importing.settings import key_pattern
from biblio.importing.spec import spec_of
from biblio.importing.thesaurus import Tree
from biblio.importing.write import Prepared, prepare
from biblio.project.new import SCHEMA, require_free
from biblio.project.project import BIBTEX, DOSSIERS, REFERENCES, Project, require_inside
from biblio.project.settings import settings_file
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.report.imports import REFUSING, REFUSING_FILES, faults_of_records
from biblio.server.desk import Desk
from biblio.server.other_files import Corrected, Upload, corrected_of, themes_of
from biblio.text.harmless import printable
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose, in_order
from biblio.yaml_model.slug import slug_like

# Seconds that a page waits for a plan before it shows how far it is; seconds between two words about that.
SHORT, EACH = 0.6, 0.25
# What the screen shows in its own way: a document that is there, what differs, what columns were taken for.
_SHOWN = frozenset({"E127", "E128", "P321", "P322"})
Read = Sequence[tuple[str, Parsed[Imported]]]


class GivenUpError(Exception):
    """Nobody waits any more for what is being made."""


def uploads_of(files: Sequence[tuple[str, bytes]]) -> tuple[Upload, ...]:
    """Files under the names that messages call them by: the last part of each, and a number where two are alike."""
    names: dict[str, int] = {}
    uploads = []
    for given, content in files:
        name = printable(given.replace("\\", "/").rpartition("/")[2]).strip()[:120] or "?"
        names[name] = count = names.get(name, 0) + 1
        uploads.append(Upload(name if count == 1 else f"{count} {name}", content))
    return tuple(uploads)


@dataclass(frozen=True, slots=True)
class Where:
    """The file ``into`` which new references go, or a ``new`` one; whether a ``dossier`` is made, and its ``slug``."""

    into: str
    new: str
    dossier: bool
    slug: str


@dataclass(frozen=True)
class Made:
    """What an import will do to the project of a ``version``."""

    version: int
    read: Read
    plan: Plan
    corrected: Corrected | None = None
    themes: Tree | None = None

    @cached_property
    def faults(self) -> tuple[Diagnostic, ...]:
        """All that is to be said, in order."""
        return in_order([*(fault for _, each in self.read for fault in each.diagnostics), *self.plan.diagnostics])

    @cached_property
    def refused(self) -> Sequence[Diagnostic]:
        """Why files or records gave no reference."""
        refused = (fault for fault in self.faults if fault.code in REFUSING | REFUSING_FILES)
        return [fault for fault in refused if fault.code != "E196" or self.themes is None]

    @cached_property
    def of_records(self) -> Sequence[Sequence[Diagnostic]]:
        """What is to be said of each record."""
        told = faults_of_records(self.plan.outcomes, self.faults)
        return [[fault for fault in each if fault.code not in _SHOWN] for each in told]

    @cached_property
    def of_files(self) -> Sequence[Diagnostic]:
        """What is to be said of no record."""
        said = {id(fault) for each in (*self.of_records, self.refused) for fault in each}
        return [fault for fault in self.faults if id(fault) not in said and fault.code not in _SHOWN | {"E196"}]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many records have each fate; those left out are apart from those that are there already."""
        return {**{name: len(numbers) for name, numbers in self.groups.items()}, "refused": len(self.refused)}

    @cached_property
    def groups(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the records by their headings."""
        groups: dict[str, list[int]] = {"added": [], "known": [], "left": []}
        for number, outcome in enumerate(self.plan.outcomes):
            groups[group_of(outcome)].append(number)
        return groups

    @cached_property
    def added(self) -> Mapping[str, Reference]:
        """The new references by their keys."""
        return {each.citekey: each for each in self.plan.added}

    @cached_property
    def completed(self) -> int:
        """How many references of the collection get something."""
        return sum(len(entries) for entries in self.plan.changed.values())

    def worked_out(self) -> Made:
        """The same, once all that is said of it is worked out: of many records that takes longer than a page may."""
        for name, each in vars(type(self)).items():
            if isinstance(each, cached_property):
                getattr(self, name)
        return self


def group_of(outcome: Outcome) -> str:
    """The heading under which a record is shown, which no choice about it changes but for a new one left out."""
    if outcome.other:
        return "known"
    return "added" if outcome.fate is Fate.ADDED else "left"


@dataclass(eq=False)
class Bringing:
    """Some files, and what their person chose of them so far. The event loop has it, but for what ``_make`` keeps."""

    uploads: tuple[Upload, ...]
    columns: ColumnMapSpec | None = None
    on_duplicate: OnDuplicate = OnDuplicate.SKIP
    choices: dict[int, Choice] = field(default_factory=dict)
    where: Where | None = None
    written: Mapping[str, Any] | None = None  # what is said once it is done
    done: int = 0
    count: int = 0
    _revision: int = 0
    _wanted: tuple[int, int] | None = None
    _making: asyncio.Future[Made] | None = None
    _given_up: threading.Event = field(default_factory=threading.Event)
    _read: tuple[ColumnMapSpec | None, Read] | None = None
    _found: tuple[int, Sequence[Same | None]] | None = None

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(len(each.content) for each in self.uploads)

    def give_up(self) -> None:
        """Stops reading at the next record."""
        self._given_up.set()

    def end(self, written: Mapping[str, Any]) -> None:
        """What was chosen is done: there is something to be said of it, and nothing to be kept."""
        self.written = written
        self.uploads, self._making, self._read, self._found = (), None, None, None

    def choose(self, number: int, choice: Choice | None) -> None:
        """What is done with one record; ``None``: what is done with all."""
        if choice is None:
            self.choices.pop(number, None)
        else:
            self.choices[number] = choice
        self._revision += 1

    def choose_for_all(self, on_duplicate: OnDuplicate) -> None:
        """What is done with all that are there already, whatever was chosen of single ones; the new ones stay so."""
        known = {number for number, same in enumerate(self._found[1]) if same} if self._found else set()
        self.choices = {number: choice for number, choice in self.choices.items() if number not in known}
        self.on_duplicate = on_duplicate
        self._revision += 1

    def read_again(self, columns: ColumnMapSpec) -> None:
        """Says what the columns of tables hold: they are read once more, and what was chosen of records is void."""
        self.columns = columns
        self.choices = {}
        self._revision += 1

    async def made(self, desk: Desk, told: Callable[[int, int], None]) -> Made | None:
        """The plan for the project as it is; ``None`` while it is being made. Raises what its making raises.

        ``told``, in the event loop, hears how far it is, and at last that all is done.
        """
        wanted = desk.version, self._revision
        if self._making is None or wanted != self._wanted:
            self._wanted = wanted
            self.done = self.count = 0
            step = _Steps(self, told)
            making = desk.labour(self._make, wanted[0], self.on_duplicate, dict(self.choices), self.columns, step)
            self._making = asyncio.ensure_future(making)
            self._making.add_done_callback(lambda making: _end(making, told))
        await asyncio.wait({self._making}, timeout=SHORT)
        return self._making.result() if self._making.done() else None

    def _make(
        self,
        project: Project,
        version: int,
        on_duplicate: OnDuplicate,
        choices: Mapping[int, Choice],
        columns: ColumnMapSpec | None,
        step: _Steps,
    ) -> Made:
        """Reads, compares and plans, in the thread of what takes long, as far as that is not done already."""
        if self._read is None or self._read[0] != columns:
            options = Options(columns)
            with watched(step):
                files_read = [(each.name, read_file(each.content, each.name, options)) for each in self.uploads]
            self._read, self._found = (columns, files_read), None
        read = self._read[1]
        settings = settings_file(project.root)
        accepted = configuration(project.root).accepted_pairs
        files = [(name, each.value) for name, each in read]
        library = project.opened.value
        if self._found is None or self._found[0] != version:
            with watched(step):
                self._found = version, compared(library, files, accepted)
        pattern, found = key_pattern(settings), self._found[1]
        made = plan(library, files, on_duplicate, pattern, accepted, step, choices, found)
        uploads = self.uploads
        return Made(version, read, made, corrected_of(project, uploads), themes_of(project, uploads)).worked_out()


def _end(making: asyncio.Future[Made], told: Callable[[int, int], None]) -> None:
    """Tells that all is done; what went wrong is for who asks, and nobody asks for what was given up."""
    if not making.cancelled():
        making.exception()
    told(1, 1)


class _Steps:
    """Tells the event loop how far a thread is, now and then, and ends its work when nobody waits for it."""

    def __init__(self, bringing: Bringing, told: Callable[[int, int], None]) -> None:
        self._bringing = bringing
        self._told = told
        self._loop = asyncio.get_running_loop()
        self._last = 0.0

    def __call__(self, done: int, count: int) -> None:
        if self._bringing._given_up.is_set():
            raise GivenUpError
        now = time.monotonic()
        if now - self._last > EACH:
            self._last = now
            self._loop.call_soon_threadsafe(self._told, done, count)


# --- writing ---------------------------------------------------------------------------------------------------------


def files_of(project: Project) -> Sequence[str]:
    """The files of references that something can be added to."""
    return [file.path for file in project.reference_files]


def suggested(uploads: Sequence[Upload], files: Sequence[str], made: Made) -> Where:
    """Where new references go unless somebody says otherwise: the one file, else one of the upload's name.

    The plan of a printed list becomes a dossier.
    """
    name = uploads[0].name.rpartition(".")[0] or uploads[0].name
    has_outline = any(each.value.outline for _, each in made.read)
    return Where(files[0] if len(files) == 1 else new_file(name, files), "", has_outline, slug_like(name))


def new_file(name: str, files: Sequence[str]) -> str:
    """A file of references by a name that somebody typed, whatever it is, beside those that there are."""
    base = slug_like(name)
    names = (f"{REFERENCES}/{base}{f'-{number}' if number > 1 else ''}{BIBTEX}" for number in range(1, len(files) + 2))
    taken = {file.casefold() for file in files}
    return next(each for each in names if each.casefold() not in taken)


def target_of(project: Project, path: str) -> SourceFile:
    """The file of references that something is added to, empty if it is to be a new one.

    Raises ``BiblioError`` (E228, E133) for one that is none of the collection's, nor could be.
    """
    require_inside(project, REFERENCES)
    known = next((file for file in project.reference_files if file.path == path), None)
    if known is not None:
        return known
    if path != f"{REFERENCES}/{slug_like(path.removeprefix(f'{REFERENCES}/').removesuffix(BIBTEX))}{BIBTEX}":
        raise BiblioError(diagnose("E228", file=path))
    return SourceFile(path, b"", project.root / path)


def prepared_for(project: Project, made: Made, where: Where, lang: str) -> Prepared:
    """What is to be written.

    Raises ``BiblioError`` as ``target_of``, ``prepare`` and ``require_free``.
    """
    target = target_of(project, where.into or new_file(where.new, files_of(project)))
    prepared = prepare(made.plan, project.reference_files, target)
    if not where.dossier:
        return prepared
    slug = slug_like(where.slug)
    place = require_free(project, slug)
    files = [(name, each.value) for name, each in made.read]
    text = spec_of(files, made.plan.keys_of, lang, with_schema=(project.root / SCHEMA).is_file())
    spec = Work(f"{DOSSIERS}/{slug}.yaml", place, None, text.encode())
    return Prepared((*prepared.works, spec), prepared.diagnostics)
