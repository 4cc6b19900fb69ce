"""Files of a project that are there and are not read, and what each of them most likely is."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from biblio.project.read import read_plainly
from biblio.text.collation import slugify
from biblio.words.faults import Diagnostic, Span, diagnose

# A shared folder's second version of a file, by the words of Dropbox, Box, Nextcloud, ownCloud, Seafile, pCloud,
# iCloud, Synology and Syncthing; the four that git mergetool compares; what copying a file onto its own folder gives.
_COPY = re.compile(
    r"(?:(?P<stem>.+?)(?: ?[(\[][^)\]]*(?:conflit|conflict|konflikt)[^)\]]*[)\]]|_[^.]*_conflict"
    r"|[_-]conflict-\d{8}-\d{6}|\.sync-conflict-\d{8}-\d{6}[^.]*|\.conflict"
    r"|[._](?:backup|base|local|remote)[._]\d+"
    r"| - (?:copie|copy)(?: \(\d+\))?| (?:copie|copy)(?: \d+)?| ?\(\d+\))|(?:copie de|copy of) (?P<copied>.+))"
    r"(?P<ending>\.\w+)",
    re.IGNORECASE,
)
# What editors, merges and patches leave behind.
_BACKUP = re.compile(
    r"#(?P<saved>.+)#"
    r"|(?P<stem>.+?)(?:~|\.(?:orig|bak|old|rej|save?|swp|mine|merge-(?:left|right)\.r\d+|r\d+))",
    re.IGNORECASE,
)
# What reference managers and databases export, which is to be imported.
_EXPORTS = frozenset(
    ".ris .csv .tsv .nbib .enw .ciw .enl .xml .json .jsonl .mrc .marc .cff .rdf .xlsx .xls .ods .docx .odt".split()
)
_LIKE_BIB = re.compile(rb"^[ \t]*@[A-Za-z]+[ \t]*\{", re.MULTILINE)
_LIKE_EXPORT = re.compile(rb"^(?:TY  - |PMID- |%0 )", re.MULTILINE)
MOST_LOOKED_AT = 4_000_000  # bytes of a file that is looked into for what it is, or for a key


def copy_of(path: Path | str) -> str:
    """The name of the file that a conflict copy or a backup is a copy of; empty when it is none.

    A file of references or a spec is a copy only beside its original: nobody else says what is in it.
    """
    folder, name = os.path.split(path)
    backup = _BACKUP.fullmatch(name)
    if backup:
        return str(backup["stem"] or backup["saved"])
    copied = _COPY.fullmatch(name)
    original = (copied["stem"] or copied["copied"]) + copied["ending"] if copied else ""
    return original if original and os.path.lexists(Path(folder, original)) else ""


def unread_references(paths: Iterable[tuple[Path, str]]) -> Iterator[Diagnostic]:
    """The faults (P126 to P128) of files beside those of references; each path comes with its name in messages."""
    for path, shown in paths:
        name, lower = path.name, path.name.lower()
        if name.startswith(".") or not path.is_file() or name == "themes.yaml":
            continue
        if original := copy_of(path):
            yield diagnose("P128", Span(shown), original=original)
        elif name.endswith(".bib"):
            continue
        elif lower.endswith((".bib", ".bibtex", ".bib.txt", ".bibtex.txt")):
            yield diagnose("P126", Span(shown), name=re.split(r"\.bib", name, flags=re.IGNORECASE)[0] + ".bib")
        elif lower in ("themes.yaml", "themes.yml", "themes.yaml.txt", "themes.yml.txt", "thèmes.yaml"):
            yield diagnose("P126", Span(shown), name="themes.yaml")
        elif path.suffix.lower() in _EXPORTS or (path.suffix.lower() in (".txt", "") and _holds_references(path)):
            stem = slugify(path.stem) or "importees"
            yield diagnose("P127", Span(shown), command=shlex.quote(shown), stem=stem)


def unread_dossiers(paths: Iterable[tuple[Path, str]], folder: Path) -> Iterator[Diagnostic]:
    """The faults of files in ``dossiers/`` that are no spec: named otherwise (D126), a copy (P128), too deep (D141)."""
    for path, shown in paths:
        name = path.name
        if name.startswith(".") or not path.is_file():
            continue
        lower = name.lower()
        if original := copy_of(path):
            if ".y" in original.lower():
                yield diagnose("P128", Span(shown), original=original)
        elif lower.endswith((".yml", ".yaml.txt", ".yml.txt")) or (lower.endswith(".yaml") and path.suffix != ".yaml"):
            yield diagnose("D126", Span(shown), name=name.split(".")[0] + ".yaml")
        elif path.suffix == ".yaml" and path.parent != folder:
            yield diagnose("D141", Span(shown), name=name)


def holder_of(key: str, paths: Iterable[Path]) -> Path | None:
    """The first of these files that holds a citekey, as a word of its own."""
    word = re.compile(rb"(?<![\w-])" + re.escape(os.fsencode(key)) + rb"(?![\w-])")
    return next((path for path in paths if word.search(_start_of(path))), None)


def _holds_references(path: Path) -> bool:
    start = _start_of(path)
    return _LIKE_BIB.search(start) is not None or _LIKE_EXPORT.search(start) is not None


def _start_of(path: Path) -> bytes:
    try:
        return read_plainly(path, MOST_LOOKED_AT)
    except OSError:
        return b""
