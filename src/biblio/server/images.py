"""Images that are brought to a project: into its folder of images, under a name that no other has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from biblio.compose.images import usable
from biblio.document.picture import ENDINGS
from biblio.editing.works import Work
from biblio.project.project import IMAGES, Project
from biblio.text.collation import slugify
from biblio.words.faults import BiblioError, Diagnostic


def image_names(project: Project) -> Sequence[str]:
    """The images of a project, as a spec names them."""
    folder = project.root / IMAGES
    if not folder.is_dir():
        return ()
    endings = {*ENDINGS.values(), ".jpeg"}
    found = (path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())
    return sorted(path.relative_to(project.root).as_posix() for path in found)


def brought(project: Project, called: str, content: bytes) -> tuple[str, Sequence[Work]]:
    """How a spec names an image that is brought, and the work of putting it there; none for one that is there.

    Raises ``BiblioError`` (W133, W134) for what cannot be printed.
    """
    picture = usable(content, called, None)
    if isinstance(picture, Diagnostic):
        raise BiblioError(picture)
    stem, ending = slugify(PurePath(called.replace("\\", "/")).stem)[:60] or "image", ENDINGS[picture.media_type]
    number = 1
    while True:
        name = f"{IMAGES}/{stem}{f'-{number}' if number > 1 else ''}{ending}"
        place = project.root / name
        if not place.exists():
            return name, [Work(name, place, None, content)]
        if place.is_file() and place.read_bytes() == content:
            return name, ()
        number += 1
