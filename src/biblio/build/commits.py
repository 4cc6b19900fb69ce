"""Commits a project's own files to the repository that it stands in, and says which of them are not committed yet.

As in ``build/git.py``, nothing is run that the repository names: no hook, filter, signature program or editor. Contents
go in by git's plumbing as they are, through an index of our own: what somebody else has staged is not taken along.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from biblio.build import git
from biblio.project.own import belongs, has_settings, own_files
from biblio.project.read import MAX_FILE, read_bytes
from biblio.project.settings import SHARED_FILE
from biblio.words.faults import BiblioError, diagnose

_REGULAR = "100644"


@dataclass(frozen=True, slots=True)
class Person:
    """Who commits."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that is not as the last commit has it; ``content`` is ``None`` for one that is gone."""

    path: str
    content: bytes | None


def pending(root: Path) -> tuple[Pending, ...]:
    """The project's files that are not as the last commit has them. Raises ``BiblioError`` (C101, E113, E114, E104)."""
    held = _held(root)
    here = dict(_here(root, held))
    form = git.answer(root, "rev-parse", "--show-object-format")
    changed = (Pending(path, content) for path, content in here.items() if held.get(path) != _blob(content, form))
    gone = (Pending(path, None) for path in held if path not in here)
    return tuple(sorted((*changed, *gone), key=lambda each: each.path))


def person(root: Path) -> Person:
    """Who git takes the user for; empty where it does not know."""
    return Person(*(git.setting(root, name) for name in ("user.name", "user.email")))


def commit(root: Path, message: str, by: Person) -> str:
    """Commits what is pending, and gives the name of the commit; empty when nothing is.

    Raises ``BiblioError``: E113 and E114 as git answers, E233 while a merge is under way, or when somebody else commits
    at the same time.
    """
    files = pending(root)
    if not files:
        return ""
    if git.commit_of(root, "MERGE_HEAD"):
        raise BiblioError(diagnose("E233", reason="MERGE_HEAD"))
    top = Path(git.answer(root, "rev-parse", "--show-toplevel"))
    prefix = os.fsencode(git.answer(root, "rev-parse", "--show-prefix"))
    parent = git.commit_of(root, "HEAD")
    rows = b"".join(_row(root, prefix, file) for file in files)
    roles = ("AUTHOR", "COMMITTER")
    who = {f"GIT_{role}_{part}": said for role in roles for part, said in (("NAME", by.name), ("EMAIL", by.mail))}
    with TemporaryDirectory(prefix="biblio-") as folder:
        own = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        if parent:
            git.answer(top, "read-tree", parent, more=own)
        git.answer(top, "update-index", "-z", "--index-info", given=rows, more=own)
        tree = git.answer(top, "write-tree", more=own)
    ancestry = ["-p", parent] if parent else []
    made = git.answer(top, "commit-tree", tree, *ancestry, "-F", "-", given=f"{message.strip()}\n".encode(), more=who)
    git.answer(top, "update-ref", "-m", "commit (biblio)", "HEAD", made, parent or "0" * len(made), more=who)
    git.answer(top, "update-index", "-z", "--index-info", given=rows)
    return made


def _held(root: Path) -> Mapping[str, str]:
    """The project's files of the last commit, with the names of their contents; none where there is no commit yet."""
    if git.commit_of(root, "HEAD") is None:
        git.require_repository(root)
        return {}
    held = {os.fsdecode(path): name for path, name in git.files_of(root, "HEAD", ())}
    held = {path: name for path, name in held.items() if belongs(path)}
    if SHARED_FILE in held and not _had_settings(root, held[SHARED_FILE]):
        del held[SHARED_FILE]
    return held


def _had_settings(root: Path, name: str) -> bool:
    with suppress(BiblioError):  # what was no TOML then is no reason to save nothing now
        return any(map(has_settings, git.contents(root, [name], MAX_FILE)))
    return False


def _here(root: Path, held: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The project's files that git does not ignore, and their contents; links are left alone.

    A ``pyproject.toml`` that has lost biblio's settings since the last commit is one of them still.
    """
    found = dict(own_files(root))
    if SHARED_FILE in held and (root / SHARED_FILE).is_file():
        found[SHARED_FILE] = root / SHARED_FILE
    found = {name: path for name, path in found.items() if not path.is_symlink()}
    ignored = set(git.ignored(root, list(found)))
    unix = git.setting(root, "core.autocrlf") in ("true", "input")
    for name, path in found.items():
        if name not in ignored:
            content = read_bytes(path, name, MAX_FILE)
            yield name, content.replace(b"\r\n", b"\n") if unix else content


def _blob(content: bytes, form: str) -> str:
    """The name that git gives a content."""
    return hashlib.new(form or "sha1", b"blob %d\0" % len(content) + content).hexdigest()


def _row(root: Path, prefix: bytes, file: Pending) -> bytes:
    """What an index is told of a file."""
    path = prefix + os.fsencode(file.path)
    if file.content is None:
        return b"0 %s\t%s\0" % (b"0" * 40, path)
    name = git.answer(root, "hash-object", "-w", "--no-filters", "--stdin", given=file.content)
    return b"%s %s\t%s\0" % (_REGULAR.encode(), name.encode(), path)
