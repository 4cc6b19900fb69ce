"""The images of a dossier: files of the project, of a size that readers can load, with texts that stand for them."""

from __future__ import annotations

from biblio.compose.composer import Composer
from biblio.document.picture import Picture, picture_of
from biblio.words.faults import Span, diagnose

MOST_BYTES, MOST_PIXELS = 2_000_000, 25_000_000  # of an image, which every reader of the page has to load
_SHOWN = 60  # characters of a path in a message


def image_of(path: str, said: str, place: Span, composer: Composer) -> Picture | None:
    """The image at a path; ``None`` for one that cannot be printed, which is reported (W131 to W134)."""
    content = composer.images.get(path)
    picture = None if content is None else picture_of(content)
    if content is None:
        fault = diagnose("W132", place, file=path[:_SHOWN])
    elif not said:
        fault = diagnose("W131", place, file=path[:_SHOWN])
    elif picture is None:
        fault = diagnose("W133", place, file=path[:_SHOWN])
    elif len(content) > MOST_BYTES or picture.width * picture.height > MOST_PIXELS:
        most = (MOST_BYTES // 1_000_000, MOST_PIXELS // 1_000_000)
        fault = diagnose("W134", place, file=path[:_SHOWN], megabytes=most[0], megapixels=most[1])
    else:
        return picture
    composer.diagnostics.append(fault)
    return None
