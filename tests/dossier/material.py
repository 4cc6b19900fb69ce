"""A small collection with every field that a query looks at, its themes, and what a section of a spec makes of it."""

from __future__ import annotations

from dossier.library import library_of, spec_of
from notation import faults_shown

from biblio.collection.library import Library
from biblio.collection.themes import load_themes
from biblio.dossier.select import SelectedSection, Selection, select

THEMES = load_themes(
    """
territoires:
  fr: Démarches territoriales
  en: Local initiatives
  children:
    cls: {fr: Contrats locaux de santé, en: Local health contracts}
    mentale:
      fr: Santé mentale
      en: Mental health
      children:
        clsm: {fr: Conseils locaux de santé mentale, en: Local mental health councils}
outils: {fr: Outils, en: Tools}
""",
    "references/themes.yaml",
).value

LIBRARY = library_of(
    """
@article{harpet-2019, author = {Harpet, Cyrille and Le Bodo, Yann}, title = {Contrats locaux : où en est-on ?},
  journaltitle = {Environnement risques \\& santé}, date = {2019-03}, langid = {french},
  keywords = {cls, environnement},
  doi = {10.1/a}, openaccess = {no}, audience = {élus; professionnels}, territory = {Marseille}, added = {2019-06-01}}
@report{ars-2018, author = {{ARS Provence-Alpes-Côte d'Azur}}, title = {L'Œuvre commune}, institution = {ARS and CRES},
  date = {2018}, langid = {canadien}, keywords = {CLSM}, openaccess = {yes}, url = {https://www.example.org/},
  audience = {Élus}, territory = {Vaucluse}, dateadded = {2020-01-15T10:00:00Z}}
@report{guide-2020, title = {Un guide d'action}, subtitle = {Méthodes}, entrysubtype = {Guide},
  editor = {Jabot, Françoise},
  publisher = {Presses de l'EHESP}, date = {2020-01-15}, langid = {french}, keywords = {outils},
  annotation = {Pour réduire les inégalités, l’été.

Second paragraphe : cœur de ville.}, openaccess = {Yes}}
@thesis{these-2016, author = {Dupont, Anne}, title = {The Health of Towns}, date = {2015/2017}, langid = {english},
  keywords = {mentale}, abstract = {On equity.}}
@techreport{ancien-1998, title = {Ancien}, date = {199X}, keywords = {environnement}}
@online{page, title = {Une page}, publisher = {CRES}, url = {https://www.example.com/}}
@article{saison-2021, title = {Saisons}, journaltitle = {Santé publique}, date = {2021-21}, langid = {fr}}
@misc{ouvert-2022, title = {Ouvert}, date = {2022/..}, langid = {fr-CA}}
@misc{sans-date-lue, title = {Vers l'an mille}, note = {Une remarque}, date = {}}
""",
)


def fill(body: str, library: Library = LIBRARY) -> tuple[Selection, list[str]]:
    """The selection of a spec without its first three lines, and its faults."""
    spec = spec_of(body)
    selected = select(library, spec, THEMES)
    return selected.value, faults_shown(selected.diagnostics)


def indented(lines: str) -> str:
    """The keys of one section, as a whole body."""
    return "sections:\n  - title: Partie\n" + "".join(f"    {line}\n" for line in lines.splitlines())


def found(query: str) -> set[str]:
    """The citekeys that a query, in YAML on one line, finds; it has no fault but finding nothing."""
    selection, reported = fill(indented(f"select: {query}"))
    assert [line for line in reported if " D213 " not in line] == []
    return {reference.citekey for reference in selection.references}


def keys(section: SelectedSection) -> list[str]:
    """The citekeys under a heading, in their order."""
    return [reference.citekey for reference in section.references]


def headings(section: SelectedSection) -> list[tuple[str, list[str]]]:
    """The headings inside a section, each with what is under it."""
    return [(inner.title, keys(inner)) for inner in section.sections]
