"""A dossier of some ten pages that is edited at random, as one edits: a word, a title, an entry, a section, a style."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

SLUG = "marcher"
WORDS = (
    "la santé du territoire et des habitants se construit avec les acteurs locaux autour de projets partagés".split()
)
KNOBS = ("", "qr_codes: links", "et_al_use_first: 1\net_al_min: 2")


@dataclass(frozen=True)
class Entry:
    """A reference, as its fields are typed."""

    key: str
    title: str
    annotation: str
    keyword: str = ""


@dataclass(frozen=True)
class Edited:
    """The dossier as it stands: entries, sections of keys by their titles, texts, and what its style says."""

    entries: tuple[Entry, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    title: str = "Marcher"
    intro: str = "Un **texte** d’ouverture.\n\n- un\n- deux"
    knob: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def written(self, root: Path) -> None:
        """Writes the project into a folder."""
        for name, text in self.files().items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")

    def files(self) -> dict[str, str]:
        """The files of the project by their names."""
        return {
            "references/a.bib": "\n\n".join(map(_entry, self.entries)) + "\n",
            f"dossiers/{SLUG}.yaml": self._spec(),
            "styles/maison/style.yaml": f"title: Maison\nextends: cres\n{self.knob}\n",
            "styles/maison/page.css": self.more.get("css", ""),
        }

    def _spec(self) -> str:
        half = len(self.sections) // 2
        return "\n".join(
            (
                f"title: {self.title}",
                "publisher: Le centre",
                "date: 2024-06-01",
                "lang: fr",
                "style: maison",
                "texts:\n  - title: Avant-propos\n    text: |\n" + textwrap.indent(self.intro, "      "),
                "sections:",
                *(
                    f"  - title: {part}\n    sections:\n"
                    + "\n".join(
                        f"      - {{title: {title}, references: [{', '.join(keys)}]}}" for title, keys in sections
                    )
                    for part, sections in (("Lire", self.sections[:half]), ("Voir", self.sections[half:]))
                ),
                "  - title: Trouvées\n    select: {keyword: sport}",
                "indexes: [people]",
                "",
            )
        )


def _entry(entry: Entry) -> str:
    keyword = f", keywords = {{{entry.keyword}}}" if entry.keyword else ""
    return (
        f"@article{{{entry.key}, author = {{Roux, {entry.key.title()} and Petit, Anne}}, title = {{{entry.title}}},\n"
        f"  journaltitle = {{La Revue}}, date = {{2021}}, pages = {{3-9}}, url = {{https://a.example/{entry.key}}},\n"
        f"  annotation = {{{entry.annotation}}}, annotationsource = {{éditeur}}{keyword}}}"
    )


def sentence(random: Random, words: int) -> str:
    """So many words, a full stop behind them."""
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize() + "."


def beginning(random: Random) -> Edited:
    """A dossier of twenty-four entries in four sections, and of those that a query finds."""

    def entry(number: int) -> Entry:
        keyword = "sport" if number % 6 == 0 else ""
        return Entry(f"e{number}", sentence(random, 8), sentence(random, random.randint(10, 90)), keyword)

    entries = tuple(map(entry, range(24)))
    keys = [entry.key for entry in entries if not entry.keyword]
    return Edited(entries, tuple((f"Section {n}", tuple(keys[n * 5 : n * 5 + 5])) for n in range(4)))


def _with_entry(edited: Edited, random: Random, change: Callable[[Entry], Entry]) -> Edited:
    at = random.randrange(len(edited.entries))
    entries = list(edited.entries)
    entries[at] = change(entries[at])
    return replace(edited, entries=tuple(entries))


def _with_section(edited: Edited, random: Random, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Edited:
    at = random.randrange(len(edited.sections))
    sections = list(edited.sections)
    title, keys = sections[at]
    sections[at] = title, change(keys)
    return replace(edited, sections=tuple(sections))


def _added(edited: Edited, random: Random) -> Edited:
    new = Entry(f"n{random.randrange(10**6)}", sentence(random, 6), sentence(random, 30))
    edited = replace(edited, entries=(*edited.entries, new))
    return _with_section(edited, random, lambda keys: (*keys[:1], new.key, *keys[1:]))


def _moved(edited: Edited, random: Random) -> Edited:
    sections = list(edited.sections)
    random.shuffle(sections)
    return replace(edited, sections=tuple(sections))


def _renamed(edited: Edited, random: Random) -> Edited:
    sections = list(edited.sections)
    at = random.randrange(len(sections))
    sections[at] = f"Thème {random.randrange(100)}", sections[at][1]
    return replace(edited, sections=tuple(sections))


Edit = Callable[[Edited, Random], Edited]

EDITS: Mapping[str, Edit] = {
    "a word more": lambda edited, random: _with_entry(
        edited, random, lambda entry: replace(entry, annotation=entry.annotation + " Ajout.")
    ),
    "another annotation": lambda edited, random: _with_entry(
        edited, random, lambda entry: replace(entry, annotation=sentence(random, random.randint(1, 150)))
    ),
    "words in italics": lambda edited, random: _with_entry(
        edited, random, lambda entry: replace(entry, annotation=entry.annotation + r" Un \emph{mot} penché.")
    ),
    "a longer title": lambda edited, random: _with_entry(
        edited, random, lambda entry: replace(entry, title=f"{entry.title[:-1]} {sentence(random, 25)}")
    ),
    "a query finds more": lambda edited, random: _with_entry(
        edited, random, lambda entry: replace(entry, keyword="" if entry.keyword else "sport")
    ),
    "an entry more": _added,
    "an entry less": lambda edited, random: _with_section(
        edited, random, lambda keys: keys[1:] if len(keys) > 1 else keys
    ),
    "sections moved": _moved,
    "a heading": _renamed,
    "the title": lambda edited, random: replace(edited, title=f"Marcher {random.randrange(1000)}"),
    "a text": lambda edited, random: replace(edited, intro=f"{sentence(random, 60)}\n\n- un\n- {random.randrange(9)}"),
    "another script": lambda edited, random: _with_entry(
        edited, random, lambda entry: replace(entry, annotation=entry.annotation + " שלום.")
    ),
    "a sheet": lambda edited, random: replace(
        edited, more={"css": f".title {{ color: #{random.randrange(100, 999)} }}\n"}
    ),
    "a knob": lambda edited, random: replace(edited, knob=random.choice(KNOBS)),
}
