"""The work of the command ``links``: looks at addresses, keeps what was seen as it goes, asks archives for copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from biblio.cli.selected import selected_of
from biblio.collection.cited_links import CitedLink, links_of
from biblio.collection.link_history import FILE, LinkRecord, Sighting, dumps
from biblio.collection.link_verdict import State, is_due, verdict_of
from biblio.dossier.spec_links import spec_links
from biblio.online.links.archives import Archives, is_asked
from biblio.online.links.observe import Observer
from biblio.online.links.run import look_at_all
from biblio.project.overwrite import overwrite
from biblio.project.project import Project
from biblio.words.faults import BiblioError, diagnose

SAVED_EVERY, SAVED_SHARE = 20, 50  # looks, or a part of a long history: an interruption loses no more
MOST_ARCHIVED = 60  # addresses for which archives are asked in one run
Told = Callable[[int, int, str], None]


def cited_links(project: Project, words: Sequence[str], lang: str) -> list[CitedLink]:
    """The addresses of the keys and dossiers that are named; without any, those of the whole project.

    Raises ``BiblioError`` (E206) for a word that is neither.
    """
    library = project.opened.value
    if not words:
        references: list[CitedLink] = [*links_of(each for each in library if each.is_document)]
        return references + [link for slug in project.slugs for link in _of_spec(project, slug)]
    found: list[CitedLink] = []
    for word in words:
        known = library.get(word)
        if known is not None:
            found += links_of((known,))
        elif word in project.slugs:
            found += links_of(selected_of(project, word, lang).value.references)
            found += _of_spec(project, word)
        else:
            raise BiblioError(diagnose("E206", None, word=word))
    return list(dict.fromkeys(found))


def _of_spec(project: Project, slug: str) -> Iterator[CitedLink]:
    spec = project.dossier(slug).value
    return spec_links(spec) if spec else iter(())


@dataclass
class Keeper:
    """The history of a project while it grows; written now and then, in one piece each time."""

    project: Project
    history: dict[str, LinkRecord]
    before: bytes | None
    is_writing: bool = True
    _unsaved: int = field(default=0)

    @classmethod
    def of(cls, project: Project, *, writing: bool) -> Keeper:
        """That of a project. Raises ``BiblioError`` (E241) for a file that is not understood as a whole."""
        known = project.link_history
        if known.diagnostics:
            raise BiblioError(known.diagnostics[0])
        file = project.link_file
        return cls(project, dict(known.value), None if file is None else file.content, writing)

    def add(self, sighting: Sighting) -> None:
        """Takes up one sighting."""
        self.put(sighting.address, self.record(sighting.address).seen(sighting))
        if self._unsaved >= max(SAVED_EVERY, len(self.history) // SAVED_SHARE):
            self.save()

    def put(self, address: str, record: LinkRecord) -> None:
        """Puts a record in the place of the one of an address."""
        self.history[address] = record
        self._unsaved += 1

    def record(self, address: str) -> LinkRecord:
        """What is known of an address."""
        return self.history.get(address, LinkRecord())

    def save(self) -> None:
        """Writes what is not yet written."""
        if not (self._unsaved and self.is_writing):
            return
        after = dumps(self.history).encode()
        if after != self.before:
            overwrite(self.project.root / FILE, after, self.before, self.project.root)
        self.before, self._unsaved = after, 0


@dataclass(frozen=True, slots=True)
class Looked:
    """How many addresses were looked at, and how many wait for another time."""

    count: int
    waiting: int


def look(
    keeper: Keeper, observer: Observer, links: Iterable[CitedLink], days: tuple[str, str], most: int, told: Told
) -> Looked:
    """Looks at the addresses that are due. ``days`` are today, and that since which a look still counts."""
    today, since = days
    every = list(dict.fromkeys(link.asked for link in links))
    due = [each for each in every if is_due(keeper.history.get(each), each, today, since)]
    # What waits longest comes first, where not everything can be looked at.
    due.sort(key=lambda address: keeper.record(address).last)
    looked = 0
    try:
        for number, each in enumerate(look_at_all(observer, due[:most], today), 1):
            told(number, min(most, len(due)), each.address)
            if isinstance(each, Sighting):
                keeper.add(each)
                looked += 1
    finally:
        keeper.save()
    return Looked(looked, len(due) - looked)


def ask_archives(keeper: Keeper, archives: Archives, links: Iterable[CitedLink], since: str, told: Told) -> None:
    """Asks for a copy of each address that is dead and has none; who said that they have none is asked again later."""
    near: dict[str, str] = {}
    for link in links:
        if verdict_of(link.asked, keeper.history.get(link.asked)).state is State.DEAD:
            near[link.asked] = near.get(link.asked, "") or link.accessed
    wanted = [each for each in near if is_asked(keeper.history.get(each), since)][:MOST_ARCHIVED]
    with _saving(keeper):
        for number, address in enumerate(wanted, 1):
            told(number, len(wanted), address)
            record = keeper.record(address)
            answer = archives.copy_of(address, near[address] or verdict_of(address, record).alive)
            if answer.copy is not None:
                keeper.put(address, replace(record, copy=answer.copy, none_on=""))
            elif answer.is_known:
                keeper.put(address, replace(record, none_on=archives.day))


def save_copies(keeper: Keeper, archives: Archives, links: Iterable[CitedLink], most: int, told: Told) -> None:
    """Has copies made of addresses that are alive, of as many at most, one after the other."""
    alive = (
        each.asked for each in links if verdict_of(each.asked, keeper.history.get(each.asked)).state is State.ALIVE
    )
    wanted = [each for each in dict.fromkeys(alive) if _is_unsaved(keeper.record(each))][:most]
    with _saving(keeper):
        for number, address in enumerate(wanted, 1):
            told(number, len(wanted), address)
            answer = archives.save(address)
            if answer.copy is not None:
                keeper.put(address, replace(keeper.record(address), copy=answer.copy, saved=archives.day))


def _is_unsaved(record: LinkRecord) -> bool:
    return record.copy is None and not record.saved


@contextmanager
def _saving(keeper: Keeper) -> Iterator[None]:
    """Saves at the end, however that comes."""
    try:
        yield
    finally:
        keeper.save()
