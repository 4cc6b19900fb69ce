"""Earlier editions of a dossier: as the repository had it at a revision or before a date, or from a published file.

Git is asked through ``build/git.py`` alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from biblio.build import git
from biblio.build.pipeline import compose_dossier, render
from biblio.dossier.difference import Edition, Item, edition_of, edition_of_references
from biblio.dossier.select import Selection, select
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.formats.text import decode_bytes
from biblio.outputs import read_page as printed
from biblio.outputs.pdf import attachments as attached
from biblio.project.manifest import Manifest, loads, sha256
from biblio.project.project import BIBTEX, DOSSIERS, REFERENCES, THEMES, Project
from biblio.project.read import MAX_FILE, MAX_RECORD, read_bytes
from biblio.text.collation import fold_key, slugify
from biblio.words.faults import BiblioError, Diagnostic, Parsed, Span, diagnose
from biblio.yaml_model.ranges import days_of, is_date

BIBTEX_TYPE = "application/x-bibtex"


@dataclass(frozen=True, slots=True)
class Editions:
    """The two editions to compare, as far as the earlier one is known; ``since`` says in short what that is."""

    old: Edition
    new: Edition
    since: str


def editions(project: Project, selection: Selection, since: str, lang: str) -> Editions:
    """The edition of ``selection``, and the one that ``since`` names: a published file, a date or a revision.

    Raises ``BiblioError`` when there is no such thing (E115), it cannot be had (E113, E114, E116), or a file holds no
    edition that can be read back (E117).
    """
    path = Path(since)
    if _is_file(path):
        return _from_file(project, selection, path, lang)
    new = edition_of(selection, lang)
    commit = _commit(project.root, since, selection.spec.slug)
    with _checked_out(project.root, commit, selection.spec.slug, since) as earlier:
        old = _edition_then(earlier, selection.spec.slug, since, lang, project)
    return Editions(old, new, f"{since} ({commit[:10]})")


def _is_file(path: Path) -> bool:
    """Whether there is something of that name that is no folder: a pipe is refused when it is read."""
    try:
        return path.exists() and not path.is_dir()
    except OSError:  # too long for a name: it may still be a revision
        return False


# --- a published file ------------------------------------------------------------------------------------------------


def _from_file(project: Project, selection: Selection, path: Path, lang: str) -> Editions:
    """The editions as far as the file tells: the references of a PDF, the sections and the notices of a page.

    Raises ``BiblioError`` (E135) for a file that holds, or unpacks to, more than any edition.
    """
    try:
        return _read_file(project, selection, path, lang)
    except (attached.TooMuchError, printed.TooMuchError) as error:
        limits = {"megabytes": attached.MOST // 1_000_000, "files": attached.MOST_FILES, "marks": printed.MOST_ELEMENTS}
        raise BiblioError(diagnose("E135", Span(path.name), **limits)) from error


def _read_file(project: Project, selection: Selection, path: Path, lang: str) -> Editions:
    content = read_bytes(path)
    if content.startswith(attached.SIGNATURE):
        bibtex = attached.attachments(content).get(BIBTEX_TYPE)
    elif path.suffix.lower() == BIBTEX:
        bibtex = content
    elif path.suffix.lower() in (".html", ".htm"):
        return _from_page(project, selection, decode_bytes(content, path.name).value, path.name)
    elif len(content) <= MAX_RECORD and (manifest := loads(decode_bytes(content, path.name).value)) is not None:
        return _from_manifest(project, selection, manifest, path, lang)
    else:
        bibtex = None
    if bibtex is None:
        raise BiblioError(diagnose("E117", Span(path.name)))
    # Both sides are written and read once, so that nothing differs by that alone.
    now = write_bibtex(selection.references).encode()
    old, new = (read_bibtex(each, path.name).value for each in (bibtex, now))
    if not old:
        raise BiblioError(diagnose("E117", Span(path.name)))
    known = edition_of(selection, lang).items
    items = {
        key: replace(item, section=known[key].section, former=known[key].former) if key in known else item
        for key, item in edition_of_references(new, lang).items.items()
    }
    return Editions(edition_of_references(old, lang), Edition(items, None), path.name)


def _from_page(project: Project, selection: Selection, html: str, name: str) -> Editions:
    """Compares two pages: the one published, and the one that would be now."""
    old = _edition_of_page(html, selection)
    if not old.items:
        raise BiblioError(diagnose("E117", Span(name)))
    composed = compose_dossier(project, selection.spec, selection.spec.style)
    if composed.value is None:
        raise BiblioError(composed.diagnostics[0])
    page = render(composed.value, ("html",)).value["html"].decode()
    return Editions(old, _edition_of_page(page, selection), name)


def _edition_of_page(html: str, selection: Selection) -> Edition:
    """The edition of a page. Its anchors are made of citekeys: those of now are told as they are typed."""
    typed = {slugify(f"ref-{reference.citekey}"): reference.citekey for reference in selection.references}
    former = {reference.citekey: tuple(map(fold_key, reference.keys[1:])) for reference in selection.references}
    items: dict[str, Item] = {}
    page = printed.read_page(html)
    for notice in page.notices:
        key = typed.get(notice.anchor, notice.anchor.removeprefix("ref-"))
        title = notice.lines.get("title", "")
        fields = {f"line_{role}": words for role, words in notice.lines.items()}
        items.setdefault(fold_key(key), Item(key, title, notice.path, fields, former.get(key, ())))
    return Edition(items, page.headings)


def _from_manifest(project: Project, selection: Selection, manifest: Manifest, path: Path, lang: str) -> Editions:
    """The edition that a manifest is of: from the outputs beside it, else from the commit that had the same files."""
    slug = selection.spec.slug
    if manifest.dossier != slug:
        raise BiblioError(diagnose("E117", Span(path.name)))
    for name in sorted(manifest.outputs, reverse=True):  # a PDF before a page: it has every field
        output = path.parent / name
        if output.name == name and output.is_file() and sha256(read_bytes(output)) == manifest.outputs[name]:
            return _from_file(project, selection, output, lang)
    commit = _commit_of(project.root, manifest)
    if commit is None:
        raise BiblioError(diagnose("E117", Span(path.name)))
    with _checked_out(project.root, commit, slug, commit[:10]) as earlier:
        old = _edition_then(earlier, slug, commit[:10], lang, project)
    return Editions(old, edition_of(selection, lang), f"{path.name} ({commit[:10]})")


# --- the repository --------------------------------------------------------------------------------------------------


def _edition_then(earlier: Project, slug: str, since: str, lang: str, now: Project) -> Edition:
    """The edition of an earlier state of the project, whose faults are told with the revision before the file.

    The styles are those of the project ``now``.
    """
    if slug not in earlier.slugs:
        raise BiblioError(diagnose("E116", slug=slug, since=since))
    loaded: Parsed[object] = earlier.dossier(slug)
    spec = earlier.dossier(slug).value
    if spec is None:
        raise BiblioError(_then(loaded.diagnostics[0], since))
    selected = select(earlier.opened.value, spec, earlier.themes.value, demoted=now.demotes(spec.style))
    return edition_of(selected.value, lang)


def _then(fault: Diagnostic, since: str) -> Diagnostic:
    return replace(fault, span=replace(fault.span, path=f"{since}:{fault.span.path}")) if fault.span else fault


def _commit(root: Path, since: str, slug: str) -> str:
    """The commit that a revision names, or the last one before a date; a tag or a branch may be called like a date."""
    git.require_repository(root)
    if since.startswith("-") or not since.isprintable():  # never an option, whatever git makes of it
        raise BiblioError(diagnose("E115", since=since))
    if not is_date(since):
        named = git.commit_of(root, since)
        if named is None:
            raise BiblioError(diagnose("E115", since=since))
        return named
    for kind in ("tags", "heads"):
        named = git.commit_of(root, f"refs/{kind}/{since}")
        if named is not None:
            return named
    before = datetime(*days_of(since)[0]).astimezone() - timedelta(seconds=1) if int(since[:4]) >= 1970 else None
    found = git.last_before(root, int(before.timestamp())) if before and before.timestamp() > 0 else None
    if found is None:
        raise BiblioError(diagnose("E116", slug=slug, since=since))
    return found


def _commit_of(root: Path, manifest: Manifest) -> str | None:
    """The last commit whose files are those of a manifest, by their digests."""
    git.require_repository(root)
    wanted = {
        os.fsencode(path): digest
        for path, digest in manifest.inputs.files.items()
        if path.startswith((f"{REFERENCES}/", f"{DOSSIERS}/"))
    }
    digests: dict[str, str] = {}
    for commit in git.commits_of(root, (REFERENCES, DOSSIERS)):
        held = {path: name for path, name in git.files_of(root, commit, (REFERENCES, DOSSIERS)) if path in wanted}
        if held.keys() != wanted.keys():
            continue
        unseen = sorted({name for name in held.values() if name not in digests})
        found = git.contents(root, unseen, MAX_FILE)
        digests |= {name: sha256(content) for name, content in zip(unseen, found, strict=True)}
        if all(digests[held[path]] == digest for path, digest in wanted.items()):
            return commit
    return None


@contextmanager
def _checked_out(root: Path, commit: str, slug: str, since: str) -> Iterator[Project]:
    """What decides a selection, as a commit has it, in a folder that goes when the work is done.

    Raises ``BiblioError`` (E104) for a file whose name this machine cannot have, or has for another one already.
    """
    spec = f"{DOSSIERS}/{slug}.yaml"
    files = [(path, name) for path, name in git.files_of(root, commit, (REFERENCES, spec)) if _decides(path, spec)]
    with TemporaryDirectory(prefix="biblio-") as folder:
        Path(folder, DOSSIERS).mkdir()
        contents = git.contents(root, [name for _, name in files], MAX_FILE)
        for (path, _), content in zip(files, contents, strict=True):
            target = Path(folder, os.fsdecode(path))
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    file.write(content)
            except OSError as error:
                shown = Span(f"{since}:{path.decode(errors='replace')}")
                raise BiblioError(diagnose("E104", shown, reason=error.strerror or str(error))) from error
        yield Project(Path(folder))


def _decides(path: bytes, spec: str) -> bool:
    """Whether a file has a say in the selection of a spec: itself, references and themes; not what leads elsewhere."""
    parts = path.split(b"/")
    if b".." in parts or not parts[0]:
        return False
    themes = f"{REFERENCES}/{THEMES}".encode()
    return path in (os.fsencode(spec), themes) or (parts[0] == REFERENCES.encode() and path.endswith(BIBTEX.encode()))
