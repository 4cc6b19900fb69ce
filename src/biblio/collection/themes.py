"""The themes of a collection: ``references/themes.yaml``, a tree of slugs with their labels in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from biblio.text.collation import slugify
from biblio.words.faults import Diagnostic, Parsed, diagnose
from biblio.yaml_model.keys import Located, Placed, Shape, declare
from biblio.yaml_model.loader import load_table


@dataclass(frozen=True)
class ThemeSpec(Located):
    """A theme as the file has it, under its slug."""

    fr: str = declare(
        Shape.TEXT,
        fr="L'intitulé en français.",
        en="The label in French.",
        example="Contrats locaux de santé",
    )
    en: str = declare(
        Shape.TEXT,
        fr="L'intitulé en anglais.",
        en="The label in English.",
        example="Local health contracts",
    )
    also: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Ses autres noms : un mot-clé ou une sélection qui en a un est de ce thème.",
        en="Its other names: a keyword or a query that has one is of this theme.",
        example="[CLS, contrats de santé]",
    )
    children: tuple[tuple[Placed, ThemeSpec], ...] = declare(
        Shape.TABLE,
        of="ThemeSpec",
        default=(),
        fr="Les thèmes que celui-ci contient.",
        en="The themes inside this one.",
        example="{clsm: {fr: Conseils locaux de santé mentale, en: Local mental health councils}}",
    )


THEME_MODELS: Mapping[str, type[Located]] = {"ThemeSpec": ThemeSpec}


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme in its place: ``parent`` is the slug of the one around it, empty at the top."""

    slug: str
    labels: Mapping[str, str]
    parent: str = ""
    children: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes by their slugs, each one before those inside it. A keyword that is no theme is simply a keyword.

    ``names`` are the other names of themes, as slugs, with the theme that each leads to.
    """

    rows: Mapping[str, Theme] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs, in the order of the file."""
        return tuple(self.rows)

    def find(self, word: str) -> str:
        """The slug that a keyword is, or is another name of, whatever its case and accents; empty when it is none."""
        if word in self.rows:
            return word
        slug = slugify(word)
        return slug if slug in self.rows else self.names.get(slug, "")

    def called(self, slug: str) -> tuple[str, ...]:
        """The keywords that are this theme: its slug, a label that its slug is made of, and its other names."""
        row = self.rows.get(slug)
        if row is None:
            return (slug,)
        return (slug, *(label for label in row.labels.values() if slugify(label) == slug), *row.also)

    def descendants(self, slug: str) -> tuple[str, ...]:
        """The theme and all those inside it, in the order of the file; an unknown one alone."""
        if slug not in self.rows:
            return (slug,)
        return (slug, *(each for child in self.rows[slug].children for each in self.descendants(child)))

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """The themes around this one, the nearest first."""
        row = self.rows.get(slug)
        return (row.parent, *self.ancestors(row.parent)) if row and row.parent else ()

    def label(self, slug: str, lang: str) -> str:
        """What a theme is called; an unknown one by its slug."""
        row = self.rows.get(slug)
        return row.labels.get(lang.partition("-")[0], row.labels["fr"]) if row else slug


class _Node(NamedTuple):
    """A theme of the file on its way into the table, and the slugs around it, the nearest first."""

    slug: Placed
    spec: ThemeSpec
    around: tuple[str, ...]


def load_themes(text: str, path: str) -> Parsed[Themes]:
    """The themes of a file. ``path`` is its name in messages. Never raises for what the text holds.

    A slug that comes a second time is reported and left out: D220, or D221 when it stands inside itself.
    """
    loaded = load_table(text, path, ThemeSpec, THEME_MODELS)
    diagnostics: list[Diagnostic] = list(loaded.diagnostics)
    kept: dict[str, _Node] = {}
    children: dict[str, list[str]] = {}
    for node in _walk(loaded.value, ()):
        slug, parent = node.slug.value, node.around[0] if node.around else ""
        first = kept.get(slug)
        if slug in node.around:
            diagnostics.append(diagnose("D221", node.slug.span, theme=slug))
        elif first is not None:
            diagnostics.append(diagnose("D220", node.slug.span, theme=slug, first=first.slug.span.line))
        else:
            kept[slug] = node
            children.setdefault(parent, []).append(slug)
    rows = {
        slug: Theme(
            slug,
            {"fr": node.spec.fr, "en": node.spec.en},
            node.around[0] if node.around else "",
            tuple(children.get(slug, ())),
            tuple(name.value for name in node.spec.also),
        )
        for slug, node in kept.items()
    }
    names: dict[str, str] = {}
    for slug, node in kept.items():
        for name in node.spec.also:
            names.setdefault(slugify(name.value), slug)
    return Parsed(Themes(rows, names), tuple(diagnostics))


def _walk(level: tuple[tuple[Placed, ThemeSpec], ...], around: tuple[str, ...]) -> Iterator[_Node]:
    for slug, spec in level:
        yield _Node(slug, spec, around)
        yield from _walk(spec.children, (slug.value, *around))
