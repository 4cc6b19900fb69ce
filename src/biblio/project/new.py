"""A new dossier: its spec as text, from a few answers, written where there is none yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from biblio.collection.themes import Themes
from biblio.dossier.loader import load_dossier
from biblio.dossier.spec import DossierSpec
from biblio.dossier.vocabulary import Vocabulary
from biblio.project.project import DOSSIERS, Project, require_inside
from biblio.text.harmless import printable
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose
from biblio.words.tables import say
from biblio.yaml_model.slug import is_slug, slug_like

# What YAML takes for nothing, or for yes or no (YAML 1.1 types null and bool).
_TAKEN = frozenset("null true false yes no on off y n".split())
KIND, LANG = DossierSpec.kind, DossierSpec.lang  # those of a spec that says nothing
SCHEMA = "docs/schema/dossier.schema.json"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new spec is made from; ``themes`` are slugs of themes or keywords, a section for each."""

    title: str
    date: str
    publisher: str
    kind: str = KIND
    themes: tuple[str, ...] = ()
    lang: str = LANG


def require_free(project: Project, slug: str) -> Path:
    """The place of a new spec.

    Raises ``BiblioError`` for a name that no file should have (D105), or taken (E118), and for a folder of dossiers
    that is a link out of the project (E133).
    """
    if not is_slug(slug):
        raise BiblioError(diagnose("D105", slug=slug, suggestion=slug_like(slug)))
    if slug in project.slugs:
        raise BiblioError(diagnose("E118", Span(f"{DOSSIERS}/{slug}.yaml")))
    require_inside(project, DOSSIERS)
    return project.root / DOSSIERS / f"{slug}.yaml"


def faults_of(project: Project, slug: str, answers: Answers) -> Sequence[Diagnostic]:
    """What is wrong with some answers, without a place: the faults of the spec that they would give."""
    text = spec_text(answers, project.themes.value, with_schema=False)
    loaded = load_dossier(text, f"{slug}.yaml", slug)
    found = list(loaded.diagnostics)
    if loaded.value is not None:
        vocabulary = Vocabulary(project.themes.value, project.opened.value)
        found += vocabulary.faults_of_themes(loaded.value.themes)
    return [replace(fault, span=None) for fault in found]


def create(project: Project, slug: str, answers: Answers) -> Path:
    """Writes the spec of a new dossier, and returns its file. Nothing is ever written over (E118).

    Raises ``BiblioError`` for a bad name (D105), bad answers (their fault) or a file that cannot be written (E105).
    """
    path = require_free(project, slug)
    faults = faults_of(project, slug, answers)
    if faults:
        raise BiblioError(faults[0])
    write_spec(path, slug, spec_text(answers, project.themes.value, with_schema=(project.root / SCHEMA).is_file()))
    return path


def write_spec(path: Path, slug: str, text: str) -> None:
    """Writes a spec where there is none yet. Raises ``BiblioError`` if there is (E118), or if it cannot be (E105)."""
    shown = Span(f"{DOSSIERS}/{slug}.yaml")
    begun = False
    try:
        with path.open("xb") as file:
            begun = True
            file.write(text.encode())
    except FileExistsError as error:
        raise BiblioError(diagnose("E118", shown)) from error
    except OSError as error:
        if begun:
            with suppress(OSError):
                path.unlink()
        raise BiblioError(diagnose("E105", shown, reason=error.strerror or str(error))) from error


def spec_text(answers: Answers, themes: Themes, *, with_schema: bool) -> str:
    """The spec in YAML: what was answered, and a section for each theme, or one to begin with."""
    lang = answers.lang
    lines = [f"# yaml-language-server: $schema=../{SCHEMA}"] if with_schema else []
    lines += [
        f"kind: {scalar(answers.kind)}",
        f"title: {scalar(answers.title)}",
        f"date: {scalar(answers.date)}",
        f"publisher: {scalar(answers.publisher)}",
        f"lang: {lang}",
    ]
    if answers.themes:
        lines += [f"themes: [{', '.join(map(scalar, answers.themes))}]"]
    lines += ["", f"# {say('new_about_sections', lang)}", "sections:"]
    for theme in answers.themes:
        label = themes.label(themes.find(theme) or theme, lang)
        lines += [f"  - title: {scalar(label)}", "    select:", f"      theme: {scalar(theme)}"]
        lines += ["    sort: [-date, title]"]
    if not answers.themes:
        lines += [
            f"  - title: {scalar(say('new_section', lang))}",
            f"    intro: {scalar(say('new_intro', lang))}",
            f"    # {say('new_about_references', lang)}",
        ]
    return "\n".join(lines) + "\n"


def split_words(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are typed, several to an answer, parted by commas; each once."""
    return tuple(dict.fromkeys(word.strip() for each in words for word in each.split(",") if word.strip()))


def scalar(value: str) -> str:
    """A text as YAML: bare when it is a word that nothing could take for something else, else between quotes."""
    value = printable(value).strip()
    if is_slug(value) and not value.isdecimal() and value not in _TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)
