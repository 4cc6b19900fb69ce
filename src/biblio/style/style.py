"""A style: its knobs, its sheets and its fonts, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from biblio.citation import PRESETS
from biblio.citation.options import Options
from biblio.diagnostics import Diagnostic, Parsed, diagnose
from biblio.style.spec import STYLE_MODELS, StyleSpec
from biblio.typography import Typography
from biblio.yaml_model.loader import load_model


@dataclass(frozen=True, slots=True)
class StyleFiles:
    """The files of one style's folder: ``style.yaml`` and the sheets as text, the others (fonts) as bytes by path."""

    name: str
    spec_path: str
    spec: str
    page_css: str = ""
    screen_css: str = ""
    assets: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Style:
    """A style ready for use.

    ``page_css`` dresses the PDF and ``screen_css`` the HTML twin; a style that extends another has both sheets of both,
    one after the other. ``assets`` are the bytes of the files that the sheets may name, by their paths in them.
    """

    spec: StyleSpec
    page_css: str
    screen_css: str
    assets: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.spec.name

    @property
    def typography(self) -> Typography:
        """The knobs of the typography."""
        return Typography(
            guillemet_space=self.spec.guillemet_space,  # type: ignore[arg-type]  # one of the choices declared
            range_dash=self.spec.range_dash,  # type: ignore[arg-type]  # one of the choices declared
            ordinal_superscript=self.spec.ordinal_superscript,
        )

    def citation_options(self, lang: str) -> Options:
        """The knobs of the citation grammar for a dossier in ``lang``."""
        return Options(lang, self.spec.et_al_min, self.spec.et_al_use_first)


def load_style(chain: Sequence[StyleFiles]) -> Parsed[Style | None]:
    """The style that a chain of folders makes: the style asked for first, then the one that it extends, and so on.

    Sheets are joined from the last to the first, and a knob that a style leaves alone is that of the style it extends:
    the first one has the last word.
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
    if spec.citation not in PRESETS:
        allowed = ", ".join(PRESETS)
        diagnostics.append(diagnose("D113", spec.span_of("citation"), value=spec.citation, allowed=allowed))
        return Parsed(None, tuple(diagnostics))
    assets = {path: content for files in reversed(chain) for path, content in files.assets.items()}
    page_css = "\n".join(files.page_css for files in reversed(chain) if files.page_css)
    screen_css = "\n".join(files.screen_css for files in reversed(chain) if files.screen_css)
    return Parsed(Style(spec, page_css, screen_css, assets), tuple(diagnostics))


def extends_of(files: StyleFiles) -> str:
    """The name of the style that a folder's style extends; empty when it extends none."""
    spec = _load(files).value
    return spec.extends if spec else ""


def _load(files: StyleFiles) -> Parsed[StyleSpec | None]:
    return load_model(files.spec, files.spec_path, StyleSpec, STYLE_MODELS, {"name": files.name})
