"""A new style: its folder in ``styles/``, from a few answers, written where there is none yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from biblio.document.tree import PAPERS
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.project.new import scalar
from biblio.project.project import Project, require_inside
from biblio.project.style_folder import STYLES
from biblio.style.contrast import LEAST, colour_of, contrast, readable
from biblio.words.faults import BiblioError, Span, diagnose
from biblio.words.tables import say
from biblio.yaml_model.slug import is_slug, slug_like

COLOUR, PAPER = "#0b5563", "A4"  # those of the answers that say nothing
WHITE = "#ffffff"
DARK_PAPER = "#14191b"  # that of the sheets of ``cres`` at night
FONTS = (".ttf", ".otf")
LOGOS = (".svg", ".png")
MOST = 4_000_000  # bytes of a font or a logo
_DARK = "@media screen and (prefers-color-scheme:dark)"


@dataclass(frozen=True, slots=True)
class StyleAnswers:
    """What a new style is made from: ``fonts`` and ``logo`` are files that are copied into its folder.

    ``family`` is what the fonts call themselves.
    """

    title: str
    colour: str = COLOUR
    base: str = DEFAULT_STYLE
    paper: str = PAPER
    fonts: tuple[Path, ...] = ()
    family: str = ""
    logo: Path | None = None


@dataclass(frozen=True, slots=True)
class NewStyle:
    """What was made: the colours of text on paper and by night, and the contrast of the one that was asked for."""

    name: str
    asked: str
    contrast: float
    colour: str
    dark: str

    @property
    def is_kept(self) -> bool:
        """Whether text may be in the colour that was asked for."""
        return self.contrast >= LEAST


def require_free_style(project: Project, name: str) -> Path:
    """The folder of a new style.

    Raises ``BiblioError`` for a name that no folder should have (D105), or that a style of the project has (E207), and
    for a folder of styles that is a link out of the project (E133).
    """
    if not is_slug(name):
        raise BiblioError(diagnose("D105", slug=name, suggestion=slug_like(name)))
    require_inside(project, STYLES)
    folder = project.root / STYLES / name
    if folder.exists() or folder.is_symlink():
        raise BiblioError(diagnose("E207", Span(f"{STYLES}/{name}")))
    return folder


def create_style(project: Project, name: str, answers: StyleAnswers, lang: str) -> NewStyle:
    """Writes the folder of a new style. Nothing is ever written over (E207).

    Raises ``BiblioError`` for a bad name (D105), an answer that is none (E208) or a file that cannot be read (E104) or
    written (E105).
    """
    folder = require_free_style(project, name)
    colour = colour_of(answers.colour)
    for value, allowed, is_right in (
        (answers.colour, COLOUR, bool(colour)),
        (answers.paper, ", ".join(PAPERS), answers.paper in PAPERS),
        (answers.base, ", ".join(project.style_names), answers.base in project.style_names),
    ):
        if not is_right:
            raise BiblioError(diagnose("E208", value=value, allowed=allowed))
    made = NewStyle(name, colour, contrast(colour, WHITE), readable(colour, WHITE), readable(colour, DARK_PAPER))
    files = dict(_files(answers, made, lang))
    begun = False
    try:
        folder.mkdir(parents=True)
        begun = True
        for path, content in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
    except OSError as error:
        if begun:
            _remove(folder, files)
        raise BiblioError(diagnose("E105", Span(f"{STYLES}/{name}"), reason=error.strerror or str(error))) from error
    return made


def _remove(folder: Path, files: Mapping[str, bytes]) -> None:
    for path in (*(folder / name for name in files), folder / "fonts", folder):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _files(answers: StyleAnswers, made: NewStyle, lang: str) -> Iterator[tuple[str, bytes]]:
    fonts = {f"fonts/{path.name}": read_asset(path, FONTS) for path in answers.fonts}
    logo = f"logo{answers.logo.suffix.lower()}" if answers.logo else ""
    yield from fonts.items()
    if answers.logo:
        yield logo, read_asset(answers.logo, LOGOS)
    about = [f"# {say('new_style_about', lang)}", f"title: {scalar(answers.title)}", f"extends: {answers.base}"]
    paper = [f"paper: {answers.paper}"] if answers.paper != PAPER else []
    yield "style.yaml", "\n".join([*about, *paper, ""]).encode()
    yield "page.css", "\n".join(_page(answers, made, list(fonts), logo, lang)).encode()
    yield "screen.css", "\n".join(_screen(made, lang)).encode()


def read_asset(path: Path, suffixes: tuple[str, ...]) -> bytes:
    """The bytes of a font or a logo.

    Raises ``BiblioError`` for a file of another kind (E208), too large (D117) or unreadable (E104).
    """
    if path.suffix.lower() not in suffixes:
        raise BiblioError(diagnose("E208", value=path.name, allowed=", ".join(suffixes)))
    try:
        if path.stat().st_size > MOST:
            raise BiblioError(diagnose("D117", Span(path.name), limit=MOST // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise BiblioError(diagnose("E104", Span(path.name), reason=error.strerror or str(error))) from error


def _page(answers: StyleAnswers, made: NewStyle, fonts: list[str], logo: str, lang: str) -> Iterator[str]:
    yield f"/* {say('new_style_page', lang)} */"
    yield ""
    family = _quoted(answers.family)
    for path in fonts:
        yield f'@font-face {{ font-family: "{family}"; src: url("{_quoted(path)}"); {_described(path)} }}'
    face = [f'  --face: "{family}";'] if fonts else []
    note = f"/* {made.contrast:.1f}:1 */" if made.is_kept else f"/* {contrast(made.colour, WHITE):.1f}:1 */"
    yield from (":root {", *face, f"  --accent: {made.colour}; {note}", "}", "")
    if logo:
        yield f'.cover {{ background: url("{logo}") no-repeat right 0 top 8pt / auto 18mm; }}'
        yield ""


def _described(path: str) -> str:
    """The weight and the slope that the name of a font's file tells: « Lato-SemiboldItalic.ttf »."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    name = stem.lower()
    weight = "600" if any(word in name for word in ("bold", "gras", "heavy", "black")) else "400"
    is_sloped = stem.endswith("It") or any(word in name for word in ("italic", "italique", "oblique"))
    slope = " font-style: italic;" if is_sloped else ""
    return f"font-weight: {weight};{slope}"


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")


def _screen(made: NewStyle, lang: str) -> Iterator[str]:
    yield f"/* {say('new_style_screen', lang)} */"
    yield ""
    yield f":root {{ --accent: {made.colour}; }}"
    yield f"{_DARK} {{ :root {{ --accent: {made.dark}; }} }}"
    yield ""
