"""The images of a dossier: files of the project, of a size that readers can load, with texts that stand for them."""

from __future__ import annotations

from biblio.compose.composer import Composer
from biblio.document.picture import Picture, picture_of
from biblio.words.faults import Diagnostic, Span, diagnose

MOST_BYTES, MOST_PIXELS = 2_000_000, 25_000_000  # of an image, which every reader of the page has to load
_SHOWN = 60  # characters of a path in a message


def image_of(path: str, said: str, place: Span, composer: Composer) -> Picture | None:
    """The image at a path; ``None`` for one that cannot be printed, which is reported (W131 to W134)."""
    content = composer.images.get(path)
    if content is None:
        fault = diagnose("W132", place, file=path[:_SHOWN])
    elif not said:
        fault = diagnose("W131", place, file=path[:_SHOWN])
    else:
        picture = usable(content, path, place)
        if isinstance(picture, Picture):
            return picture
        fault = picture
    composer.diagnostics.append(fault)
    return None


def usable(content: bytes, path: str, place: Span | None) -> Picture | Diagnostic:
    """The image that the bytes of a file are, or what keeps it from being printed (W133, W134)."""
    picture = picture_of(content)
    if picture is None:
        return diagnose("W133", place, file=path[:_SHOWN])
    if len(content) > MOST_BYTES or picture.width * picture.height > MOST_PIXELS:
        most = (MOST_BYTES // 1_000_000, MOST_PIXELS // 1_000_000)
        return diagnose("W134", place, file=path[:_SHOWN], megabytes=most[0], megapixels=most[1])
    return picture
