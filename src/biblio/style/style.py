"""A style: its knobs, its sheets and its fonts, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from biblio.citation import Preset, preset_of
from biblio.citation.options import Options
from biblio.citation.processors import NONE, Processors
from biblio.style.email_sheet import read_sheet
from biblio.style.sheet_text import parsable
from biblio.style.spec import STYLE_MODELS, StyleSpec
from biblio.style.words import HouseWords, load_words
from biblio.text.typography import Typography
from biblio.words.faults import Diagnostic, Parsed, diagnose
from biblio.yaml_model.loader import load_model


@dataclass(frozen=True, slots=True)
class StyleFiles:
    """The files of one style's folder.

    ``style.yaml``, ``words.yaml`` and the sheets are text, fonts and the files of citation processors bytes by path.
    """

    name: str
    spec_path: str
    spec: str
    page_css: str = ""
    screen_css: str = ""
    email_css: str = ""
    assets: Mapping[str, bytes] = field(default_factory=dict)
    words: str = ""

    def beside(self, name: str) -> str:
        """The path of another file of the folder, as messages name it."""
        return self.spec_path.removesuffix("style.yaml") + name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet: its text, and the path of its file as messages name it; empty for one that nobody typed."""

    path: str
    css: str


@dataclass(frozen=True, slots=True)
class Style:
    """A style ready for use.

    ``preset`` is the citation grammar that the spec names. ``page_sheets`` dress the PDF, ``screen_css`` the HTML twin
    and ``email_css`` the e-mail; a style that extends another has the sheets of both, one after the other. ``assets``
    are the bytes of the files that the sheets and the spec may name, by their paths in them. ``spare_fonts`` are fonts
    of the project, for characters that those of the style lack. ``words`` are those of the house.
    """

    spec: StyleSpec
    preset: Preset
    page_sheets: tuple[Sheet, ...]
    screen_css: str
    email_css: str = ""
    assets: Mapping[str, bytes] = field(default_factory=dict)
    spare_fonts: Mapping[str, bytes] = field(default_factory=dict)
    words: HouseWords = HouseWords()

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.spec.name

    @property
    def page_css(self) -> str:
        """The sheets of the PDF in one."""
        return "\n".join(sheet.css for sheet in self.page_sheets)

    @property
    def typography(self) -> Typography:
        """The knobs of the typography."""
        return Typography(
            guillemet_space=self.spec.guillemet_space,  # type: ignore[arg-type]  # one of the choices declared
            colon_space=self.spec.colon_space,  # type: ignore[arg-type]  # one of the choices declared
            punctuation_space=self.spec.punctuation_space,  # type: ignore[arg-type]  # one of the choices declared
            range_dash=self.spec.range_dash,  # type: ignore[arg-type]  # one of the choices declared
            ordinal_superscript=self.spec.ordinal_superscript,
        )

    @property
    def demotes(self) -> bool:
        """Whether names are printed, and so filed, with the particles that fall behind the given name."""
        return self.spec.particles == "demoted" if self.spec.particles else self.preset.demotes

    def language(self, tag: str) -> str:
        """The language of a dossier, with the words of the house."""
        return self.words.language(tag)

    def citation_options(self, lang: str) -> Options:
        """The knobs of the citation grammar for a dossier in ``lang``."""
        return Options(
            lang,
            self.spec.et_al_min,
            self.spec.et_al_use_first,
            particles=self.spec.particles,
            roles=self.spec.roles,
            elements=tuple(word.value for word in self.spec.source_elements),
            dates=self.spec.dates,
            capitals=self.spec.name_capitals,
        )


def load_style(chain: Sequence[StyleFiles], processors: Processors = NONE) -> Parsed[Style | None]:
    """The style that a chain of folders makes: the style asked for first, then the one that it extends, and so on.

    Sheets are joined from the last to the first, and a knob that a style leaves alone is that of the style it extends:
    the first one has the last word. ``processors`` run what is set in the styles of others.
    """
    specs = [_load(files) for files in chain]
    diagnostics: list[Diagnostic] = [diagnostic for loaded in specs for diagnostic in loaded.diagnostics]
    spec = specs[0].value
    if spec is None:
        return Parsed(None, tuple(diagnostics))
    for extended in specs[1:]:
        if extended.value is not None:
            left_alone = {
                name: getattr(extended.value, name) for name in extended.value.spans if name not in spec.spans
            }
            spans = {**extended.value.spans, **spec.spans}
            spec = replace(spec, spans=spans, **{**left_alone, "extends": spec.extends})
    assets = {path: content for files in reversed(chain) for path, content in files.assets.items()}
    preset = preset_of(spec.citation, assets, spec.span_of("citation"), processors)
    diagnostics.extend(preset.diagnostics)
    if preset.value is not None:
        missing = [role for role in preset.value.essential if role not in {word.value for word in spec.notice_lines}]
        if spec.notice_lines and missing:
            lines = ", ".join(preset.value.essential)
            diagnostics.append(diagnose("D147", spec.span_of("notice_lines"), lines=lines, citation=spec.citation))
            spec = replace(spec, notice_lines=())
        diagnostics.extend(_without_effect(specs, preset.value))
    words = HouseWords()
    for files in reversed(chain):
        house = load_words(files.words, files.beside("words.yaml"))
        diagnostics.extend(house.diagnostics)
        words = house.value.over(words)
    if preset.value is None:
        return Parsed(None, tuple(diagnostics))
    page_sheets = tuple(
        Sheet(files.beside("page.css"), parsable(files.page_css)) for files in reversed(chain) if files.page_css
    )
    screen_css = "\n".join(files.screen_css for files in reversed(chain) if files.screen_css)
    email_css = "\n".join(files.email_css for files in reversed(chain) if files.email_css)
    for files in chain:
        diagnostics.extend(
            read_sheet(files.email_css, files.beside("email.css")).diagnostics if files.email_css else ()
        )
    made = Style(spec, preset.value, page_sheets, screen_css, email_css, assets, words=words)
    return Parsed(made, tuple(diagnostics))


def _without_effect(specs: Sequence[Parsed[StyleSpec | None]], preset: Preset) -> Iterator[Diagnostic]:
    """The keys that the grammar does not heed (D155), of the style that names it and of those that extend it.

    A style further down was made for another grammar, and is not to be blamed.
    """
    for loaded in specs:
        spec = loaded.value
        if spec is None:
            return
        for key in sorted(preset.ignores & spec.spans.keys()):
            yield diagnose("D155", spec.span_of(key), key=key, citation=preset.name)
        if "citation" in spec.spans:
            return


def citation_of(chain: Sequence[StyleFiles]) -> str:
    """The citation grammar that a chain of folders names; empty when none of them can be read."""
    specs = [loaded for files in chain if (loaded := _load(files).value)]
    return next((spec.citation for spec in specs if "citation" in spec.spans), specs[0].citation if specs else "")


def extends_of(files: StyleFiles) -> str:
    """The name of the style that a folder's style extends; empty when it extends none."""
    spec = _load(files).value
    return spec.extends if spec else ""


def _load(files: StyleFiles) -> Parsed[StyleSpec | None]:
    return _loaded(files.spec, files.spec_path, files.name)


@lru_cache(maxsize=32)  # of a style that others extend, asked of each of them, and of every dossier in one of them
def _loaded(spec: str, path: str, name: str) -> Parsed[StyleSpec | None]:
    return load_model(spec, path, StyleSpec, STYLE_MODELS, {"name": name})
