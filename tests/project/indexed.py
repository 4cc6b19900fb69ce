"""Projects whose files are few and indexed all the same, and the same library read from nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from biblio.collection.library import Library
from biblio.collection.themes import Themes
from biblio.dossier.conditions import Setting
from biblio.dossier.loader import load_query
from biblio.dossier.match import compile_query
from biblio.dossier.vocabulary import Vocabulary
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

QUERIES = (
    "{author: harpet, issued: 2000..2012, text: contrats, type: article}",
    "{keyword: [santé, Ψυχή]}",
    "{theme: cls}",
    "{has: [date, keywords], lacks: abstract}",
    "{text: ψυχ}",
    "{text: [l'eau, sante]}",
    "{title: [cont, zz]}",
    "{key: ['clé-1*', 'a?i*', '[ab]*', '*s']}",
    "{any: [{language: fr}, {publisher: cres}], none: {journal: santé publique}}",
    "{since: 2010, until: 2015}",
    "{type: [livre, Rapport]}",
    "{placed: false, open_access: true}",
)


def project_of(folder: Path, files: Mapping[str, bytes]) -> Project:
    """A project in a folder, whose files of references are these and no others."""
    (folder / "dossiers").mkdir(parents=True, exist_ok=True)
    (folder / "references").mkdir(exist_ok=True)
    for path in (folder / "references").iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / "references" / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    return Project(folder)


def from_nothing(project: Project) -> Parsed[Library]:
    """The library of a project, read without its index."""
    contents = [
        (path.read_bytes(), f"references/{path.name}") for path in sorted((project.root / "references").glob("*.bib"))
    ]
    opened = open_library(open_files(contents))
    return Parsed(opened.value, (*opened.diagnostics, *opened.value.faults()))


def said(library: Parsed[Library], queries: Iterable[str] = QUERIES) -> dict[str, Any]:
    """All that a library says."""
    value = library.value
    # What an index narrows down is asked before there are any references at hand.
    answers = {query: asked(value, query) for query in queries}
    references = list(value)
    return {
        "answers": answers,
        "keys": list(value.citekeys),
        "count": len(value),
        "references": references,
        "places": [_places(each) for each in references],
        "faults": list(library.diagnostics),
        "of each": [value.faults_of(key) for key in value.citekeys],
        "former": {key: sorted(value.former_keys(key)) for key in value.citekeys},
        "begun": [list(value.citekeys_begun(beginning)) for beginning in ("", "c", "clé-1", "zzz")],
        "keywords": {word for words in value.keywords() for word in words},
        "kinds": set(value.kinds()),
        "led to": {key: value.get(key) for key in ("alias", "autre nom", "CLÉ-1", "hote", "x", "absente")},
    }


def asked(library: Library, query: str) -> tuple[list[str], list[str]]:
    """What a query finds, and the codes of the faults of its words."""
    loaded = load_query(query, "q").value
    assert loaded is not None
    codes = [fault.code for fault in Vocabulary(Themes(), library).faults_of(loaded)]
    matcher = compile_query(loaded, Setting(Themes(), former=library.former_keys))
    return [each.citekey for each in matcher.found_in(library)], codes


def _places(reference: Reference) -> Any:
    return reference.origin.entry, dict(reference.origin.fields), dict(reference.raw), dict(reference.inherited)
