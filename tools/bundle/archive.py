"""Packs a folder into an archive that says nothing of who made it, nor when: the same files give the same bytes."""

from __future__ import annotations

import gzip
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path


def pack(folder: Path, archive: Path, moment: int) -> Path:
    """Packs ``folder``, whose files then bear the date ``moment``, as ``archive`` with its ending; where it is."""
    archive.parent.mkdir(exist_ok=True)
    if sys.platform == "win32":
        return _zip(folder, archive.with_name(archive.name + ".zip"), moment)
    return _tar(folder, archive.with_name(archive.name + ".tar.gz"), moment)


def _tar(folder: Path, archive: Path, moment: int) -> Path:
    def nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = moment
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        tar.add(folder, folder.name, filter=nobodys)  # which takes the files of a folder by their names, in order
    return archive


def _zip(folder: Path, archive: Path, moment: int) -> Path:
    date = datetime.fromtimestamp(moment, UTC).timetuple()[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder.parent).as_posix()
                packed.writestr(zipfile.ZipInfo(name, date), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return archive
