"""Fonts for the characters that a style's own fonts lack: those of the project, then those that come with biblio.

They are given to a style only when a character asks for them, so that no other dossier gets heavier or changes a byte.
The sheets name them behind the style's own families: a font of the machine is never asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from biblio.outputs.pdf.engine import bundled_fonts, read_font
from biblio.style.style import Sheet, Style
from biblio.words.faults import Diagnostic, diagnose

# Under which the spare fonts are known to the sheets.
PREFIX = "spare/"
# In the order in which they are asked; what a bold one has, its regular one has too.
_BUNDLED = (
    ("NotoSans-Regular.ttf",),  # Greek with its accents, Cyrillic and Latin to their ends
    ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoSansMath-Regular.ttf",),
    ("NotoSansSymbols2-Regular.ttf",),
    ("NotoSansSymbols-Regular.ttf",),
)
_FACE = re.compile(r"(@font-face\s*\{[^}]*\})")
# The fonts that have the scripts for which biblio brings none, by the first word of their characters' names.
_ELSEWHERE = {
    "CJK": "CJK SC",
    "HIRAGANA": "CJK JP",
    "KATAKANA": "CJK JP",
    "HANGUL": "CJK KR",
    "IDEOGRAPHIC": "CJK SC",
    "FULLWIDTH": "CJK SC",
}


def with_fallback(style: Style, words: Mapping[str, str]) -> Style:
    """The style with the spare fonts that have characters of ``words`` which its own fonts lack; itself if none has."""
    wanted = lacking("".join(words.values()), bundled_fonts(style).points)
    chosen = dict(_chosen(style, wanted)) if wanted else {}
    if not chosen:
        return style
    own = bundled_fonts(style).families
    return replace(style, assets={**style.assets, **chosen}, page_sheets=_sheets(style.page_sheets, own, chosen))


def lacking(text: str, points: Collection[int]) -> set[str]:
    """The characters of a text that print something and are not among these code points; none where there are none."""
    if not points:
        return set()
    return {character for character in set(text) if ord(character) not in points and character.isprintable()}


def missing_characters(words: Mapping[str, str], style: Style) -> tuple[Diagnostic, ...]:
    """The characters that no font of the style has (W101), by the place where they stand.

    ``words`` maps a citekey, or the empty string for the dossier's own words, to the text printed there.
    """
    covered = bundled_fonts(style).points
    diagnostics = []
    for citekey, printed in words.items():
        if missing := sorted(lacking(printed, covered)):
            shown = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing[:10])
            font = font_for(missing)
            diagnostics.append(diagnose("W101", None, citekey or None, characters=shown, style=style.name, font=font))
    return tuple(diagnostics)


def font_for(characters: Iterable[str]) -> str:
    """The name of a font that has the script of the first of these characters."""
    character = next(iter(characters), "")
    script = unicodedata.name(character, "").partition(" ")[0].partition("-")[0] if character.isalpha() else ""
    return f"Noto Sans {_ELSEWHERE.get(script, script.title())}".rstrip()


def _chosen(style: Style, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """The spare fonts that have some of the characters, each of which is asked for once."""
    left = set(wanted)
    for faces in _spare(style):
        points = read_font(next(iter(faces.values()))).points
        if any(ord(character) in points for character in left):
            left = {character for character in left if ord(character) not in points}
            yield from faces.items()


def _spare(style: Style) -> Iterator[Mapping[str, bytes]]:
    """The spare fonts in the order in which they are asked, the faces of one family together."""
    for path, content in style.spare_fonts.items():
        yield {f"{PREFIX}{path}": content}
    for names in _BUNDLED:
        yield {f"{PREFIX}{name}": _bundled(name) for name in names}


@cache
def _bundled(name: str) -> bytes:
    return files("biblio.outputs.pdf").joinpath("spare_fonts", name).read_bytes()


def _sheets(sheets: Sequence[Sheet], own: Collection[str], chosen: Mapping[str, bytes]) -> tuple[Sheet, ...]:
    """The sheets with the chosen fonts, which stand behind each of the style's own families. No line is moved."""
    families = {path: _family(content) for path, content in chosen.items()}
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{path}"); font-weight: {_weight(path)}; }}\n'
        for path, family in families.items()
    )
    behind = ", ".join(f'"{family}"' for family in dict.fromkeys(families.values()))
    named = re.compile(rf"([\"'])({'|'.join(map(re.escape, own))})\1") if own else None
    return (Sheet("", faces), *(Sheet(sheet.path, _with_behind(sheet.css, named, behind)) for sheet in sheets))


def _with_behind(css: str, named: re.Pattern[str] | None, behind: str) -> str:
    """A sheet in which families stand behind each one that is named, but for the rules that declare a font."""
    pieces = _FACE.split(css)
    if named is not None:
        pieces[::2] = [named.sub(lambda found: f"{found.group()}, {behind}", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _weight(path: str) -> int:
    return 700 if "Bold" in path else 400


def _family(content: bytes) -> str:
    """The family of a font, as a sheet may name it."""
    return re.sub(r"[^\w .-]", "", min(read_font(content).families, default="")) or "spare"
