"""The themes of a thesaurus brought into ``references/themes.yaml``: what ``biblio import --themes`` does."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from biblio.cli.console import say_json, say_out, tell
from biblio.cli.quoting import show
from biblio.cli.words import say
from biblio.editing.works import Work, write
from biblio.formats.skos import Concept, read_skos
from biblio.importing.thesaurus import as_yaml, tree_of, under, with_themes
from biblio.project.project import REFERENCES, THEMES, discover
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose


def import_themes(
    folder: Path,
    contents: Sequence[tuple[str, bytes]],
    lang: str,
    *,
    tops: Sequence[str],
    dry_run: bool,
    json_output: bool,
    quiet: bool,
) -> None:
    """Adds the concepts of some files that are no themes yet; of a dry run the themes are printed.

    With ``tops``, addresses or labels, those concepts alone and what stands below them. Raises ``BiblioError``: E197
    for a file without a concept, E218 for a top that there is not, E198 for more than a file of themes may hold, E171
    for a file of themes that nothing can be added to.
    """
    project = discover(folder)
    concepts: list[Concept] = []
    diagnostics: list[Diagnostic] = list(project.themes.diagnostics)
    for name, content in contents:
        read = read_skos(content, name)
        if not read.value:
            raise BiblioError(diagnose("E197", Span(name)))
        concepts += read.value
        diagnostics += read.diagnostics
    if tops:
        chosen = under(concepts, tops)
        if chosen.diagnostics:
            raise BiblioError(chosen.diagnostics[0])
        concepts = list(chosen.value)
    tree = tree_of(concepts, project.themes.value)
    text = as_yaml(tree)
    file, shown = project.theme_file, f"{REFERENCES}/{THEMES}"
    place = project.root / REFERENCES / THEMES
    before = file.content if file else b""
    after = with_themes(before, shown, tree, project.themes.value)
    is_writing = bool(text) and not dry_run
    if is_writing:
        write([Work(shown, place, before if os.path.lexists(place) else None, after)], project.root)
    show(diagnostics, project, lang)
    counts = {"added": tree.count, "known": tree.known, "unnamed": tree.unnamed}
    if json_output:
        slugs = [branch.slug for top in tree.branches for branch in top.walk()]
        say_json({"into": shown, "dry_run": not is_writing, "counts": counts, "themes": slugs})
    elif dry_run:
        say_out(text, end="")
    if not quiet:
        tell(say("import_themes", lang, **counts) + "\n")
