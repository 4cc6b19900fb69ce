"""A page of the project's folder ``site/``: what stands at its head, in YAML, and its text behind it, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from biblio.words.faults import Diagnostic, Parsed, Span, diagnose
from biblio.words.tables import LANGUAGES
from biblio.yaml_model.keys import Located, Placed, Shape, declare
from biblio.yaml_model.loader import load_model
from biblio.yaml_model.slug import is_slug, slug_like

ENDING = ".md"
RULE = "---"
# What the site itself calls some of its pages.
OWN_NAMES = frozenset({"index", "search", "accessibility", "about", "404"})
HOME = "accueil"  # the page whose text stands at the top of the home page


@dataclass(frozen=True)
class VideoSpec(Located):
    """A video that a page leads to."""

    title: str = declare(
        Shape.TEXT, fr="Le titre de la vidéo.", en="The title of the video.", example="L'enregistrement du webinaire"
    )
    url: str = declare(Shape.TEXT, fr="Son adresse.", en="Its address.", example="https://video.example.org/42")
    length: str = declare(
        Shape.TEXT, default="", fr="Sa durée, en clair.", en="How long it is, in words.", example="1 h 52"
    )
    captions: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Si elle est sous-titrée.",
        en="Whether it has captions.",
        example="true",
    )


@dataclass(frozen=True)
class SupportSpec(Located):
    """A file to take away from a page."""

    title: str = declare(
        Shape.TEXT, fr="Ce que c'est.", en="What it is.", example="Support du CCOMS : santé mentale et CLSM"
    )
    file: str = declare(
        Shape.TEXT,
        fr="Le fichier, dans le dossier `site/` du projet.",
        en="The file, in the folder `site/` of the project.",
        example="site/fichiers/clsm.pdf",
    )
    under: str = declare(
        Shape.TEXT,
        default="",
        fr="L'intertitre du texte sous lequel il se range ; sans cette clé, à la fin.",
        en="The heading of the text under which it stands; without this key at the end.",
        example="Santé mentale et CLSM",
    )


@dataclass(frozen=True)
class PageSpec(Located):
    """What stands at the head of a page."""

    slug: str
    title: str = declare(Shape.TEXT, fr="Le titre.", en="The title.", example="Santé mentale et politique de la ville")
    kind: str = declare(
        Shape.CHOICE,
        default="page",
        choices=("page", "event"),
        fr="Une page, ou le compte rendu d'un rendez-vous (`event`).",
        en="A page, or the report of an event (`event`).",
        example="event",
    )
    date: str = declare(
        Shape.DATE, default="", fr="Le jour du rendez-vous.", en="The day of the event.", example="2023-02-02"
    )
    place: str = declare(Shape.TEXT, default="", fr="Le lieu.", en="The place.", example="En ligne")
    description: str = declare(
        Shape.TEXT,
        default="",
        fr="La page en une ou deux phrases, sous son titre.",
        en="The page in a sentence or two, under its title.",
        example="Le replay, les supports et les ressources documentaires du webinaire.",
    )
    lang: str = declare(
        Shape.CHOICE,
        default="",
        choices=LANGUAGES,
        fr="La langue de la page, si ce n'est pas la première du site.",
        en="The language of the page, when it is not the first of the site.",
        example="en",
    )
    draft: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Un brouillon, qui n'est pas publié.",
        en="A draft, which is not published.",
        example="true",
    )
    themes: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les thèmes dont il est question.",
        en="The themes that it is about.",
        example="[sante-mentale, politique-de-la-ville]",
    )
    videos: tuple[VideoSpec, ...] = declare(
        Shape.OBJECTS,
        of="VideoSpec",
        default=(),
        fr="Les vidéos, qui sont des liens : rien n'est chargé d'ailleurs.",
        en="The videos, which are links: nothing is loaded from elsewhere.",
        example="[{title: L'enregistrement du webinaire, url: https://video.example.org/42, length: 1 h 52}]",
    )
    supports: tuple[SupportSpec, ...] = declare(
        Shape.OBJECTS,
        of="SupportSpec",
        default=(),
        fr="Les fichiers à télécharger ; leur format, leur poids et leurs pages sont dits d'eux-mêmes.",
        en="The files to download; their format, weight and pages are told by themselves.",
        example="[{title: Support du CCOMS, file: site/fichiers/clsm.pdf}]",
    )
    dossiers: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les dossiers à voir aussi, par leur nom.",
        en="The dossiers to see as well, by their names.",
        example="[demarches-territoriales-de-sante]",
    )
    references: tuple[Placed, ...] = declare(
        Shape.CITEKEYS,
        default=(),
        fr="Les notices à voir aussi, par leur clé.",
        en="The notices to see as well, by their keys.",
        example="[cnraclsm-2025-kit]",
    )
    former: tuple[Placed, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les noms que la page a portés, qui y mènent toujours ; le plus ancien en dernier.",
        en="The names that the page has had, which still lead to it; the oldest one last.",
        example="[webinaire-clsm]",
    )


PAGE_MODELS: Mapping[str, type[Located]] = {model.__name__: model for model in (PageSpec, VideoSpec, SupportSpec)}


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as its file has it: its head, its Markdown, and the place of each line of that."""

    spec: PageSpec
    text: str
    places: tuple[Span, ...]


def load_page(text: str, path: str, slug: str) -> Parsed[PageText | None]:
    """The page of a text; ``None``, with its faults (D105, D230, family D1), when there is too little of one."""
    if not is_slug(slug) or slug in OWN_NAMES:
        suggestion = f"{slug_like(slug)}-1" if slug in OWN_NAMES else slug_like(slug)
        return Parsed(None, (diagnose("D105", Span(path), slug=slug, suggestion=suggestion),))
    lines = text.removeprefix("\ufeff").split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == RULE]
    if len(ends) < 2 or ends[0] != 0:
        return Parsed(None, (diagnose("D230", Span(path)),))
    # An empty line in the place of the first rule: what is reported keeps its line.
    head = "\n".join(("", *lines[1 : ends[1]]))
    loaded = load_model(head, path, PageSpec, PAGE_MODELS, {"slug": slug})
    if loaded.value is None:
        return Parsed(None, loaded.diagnostics)
    first = ends[1] + 1
    places = tuple(Span(path, number + 1) for number in range(first, len(lines)))
    return Parsed(PageText(loaded.value, "\n".join(lines[first:]), places), tuple(loaded.diagnostics))


def misplaced(key: str, suggestion: str, span: Span) -> Diagnostic:
    """The fault of naming what is not there (D231, or D232 with what is most likely meant)."""
    if suggestion:
        return diagnose("D232", span, key=key, suggestion=suggestion)
    return diagnose("D231", span, key=key)


def misnamed(former: Iterable[Placed]) -> Iterator[Diagnostic]:
    """The faults (D105) of former names that no page can have had: nothing would lead from them."""
    return (
        diagnose("D105", word.span, slug=word.value, suggestion=slug_like(word.value))
        for word in former
        if not is_slug(word.value)
    )
