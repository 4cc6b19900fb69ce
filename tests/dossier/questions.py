"""A small project whose every figure can be counted by hand, and a git repository to keep it in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SLUG = "demo"
BIB = """\
@article{un-2019,
  author = {Exemple, Camille},
  title = {Le contrat expliqué},
  journaltitle = {La Revue},
  date = {2019-03},
  keywords = {cls, logement},
  langid = {french},
  openaccess = {yes},
  annotation = {Ce que le contrat apporte aux communes.},
}

@report{deux-2020,
  title = {Un conseil évalué},
  institution = {Agence},
  date = {2020-05},
  keywords = {clsm},
  langid = {french},
  openaccess = {no},
  annotation = {Un bilan.},
}

@book{trois-2021,
  author = {Model, Sasha},
  title = {Contracts for health},
  publisher = {Press},
  date = {2021},
  keywords = {cls},
  langid = {english},
}

@article{quatre-2021,
  title = {La santé mentale en ville},
  journaltitle = {La Revue},
  date = {2021-06},
  keywords = {clsm},
  langid = {french},
  openaccess = {yes},
}

@report{cinq-sd,
  title = {Un guide sans date},
  institution = {Agence},
  keywords = {CLS},
}

@book{six-2018,
  title = {Se loger},
  publisher = {Press},
  date = {2018},
  keywords = {logement},
  langid = {french},
}
"""
THEMES = """\
cls: {fr: Contrats locaux, en: Local contracts}
sante-mentale:
  fr: Santé mentale
  en: Mental health
  children:
    clsm: {fr: Conseils locaux, en: Local councils}
logement: {fr: Logement, en: Housing}
"""
SPEC = """\
title: "Santé : les contrats"
date: 2022-04
publisher: Centre
themes: [cls, sante-mentale]
sections:
  - title: Contrats
    references: [un-2019, trois-2021]
  - title: Conseils
    sections:
      - title: Bilans
        select: {theme: clsm, issued: 2020}
      - title: À venir
        select: {theme: cls, issued: 2030..}
  - title: Mot de la fin
    intro: À bientôt.
"""


def make(folder: Path) -> Path:
    """The project, in a folder that is made for it."""
    for name, text in ((f"dossiers/{SLUG}.yaml", SPEC), ("references/a.bib", BIB), ("references/themes.yaml", THEMES)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def git(folder: Path, *words: str, date: str = "2022-04-10T12:00:00+00:00") -> str:
    """Runs git as somebody, at some time, whatever the machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {
        **{
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "T"), ("EMAIL", "t@example.org"), ("DATE", date))
        },
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    done = subprocess.run(["git", *words], cwd=folder, env=kept | settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, message: str, date: str) -> str:
    """Commits everything under a folder, and gives the first ten digits of the commit."""
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "-m", message, date=date)
    return git(folder, "rev-parse", "HEAD")[:10]
