"""A dossier of odd material of every kind, written where tests keep what they make: what no design sees coming."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from kept import FOLDER
from pictures import png

SLUG = "epreuve"

_WORDS = (
    "Les contrats locaux de santé réunissent autour d'un territoire les communes, l'agence régionale et les soignants "
    "; chacun y apporte son diagnostic, ses moyens et ses habitudes. Anticonstitutionnellement, la commission "
    "interdépartementale d'hospitalisation psychiatrique n'a pas été consultée (n° 12, pp. 4-7). "
)
_FAMILIES = "Abgrall Bénard Cœurdevey Dupont-Aignant Etxeberria Ferrandiz Guillou Haberer Izarn Jouvenot".split()
_GIVEN = "Anne Bérénice Clément Diane Émile Fleur".split()
LONG_WORD = "Hospitalouniversitairointerdépartementalisation"
LONG_ADDRESS = (
    "https://www.example.org/" + "wp-content/uploads/sites/12/2023/11/" * 4 + "rapport" * 20 + ".pdf?id=1&lang=fr"
)
LONG_TITLE = (
    "Évaluation du dispositif d'appui à la coordination des parcours de santé complexes dans sept régions " * 4
)[:400]


def _people(count: int) -> str:
    return " and ".join(f"{_FAMILIES[n % 10]}{n // 10 or ''}, {_GIVEN[n % 6]}" for n in range(count))


def _entry(kind: str, key: str, **fields: str) -> str:
    told = {"langid": "french", "date": "2023-04-25", "added": "2023-04-01", **fields}
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in told.items()) + "}\n"


def _references() -> str:
    annotation = (_WORDS * 40)[:11_500].rsplit(" ", 1)[0] + "."
    topics = ", ".join(f"mot-clé de plusieurs mots numéro {n}" for n in range(30))
    entries = [
        _entry("article", "soixante", author=_people(60), title="Soixante auteurs", journaltitle="Revue", number="3",
               pages="12-25", url="https://www.example.org/soixante"),
        _entry("report", "etiquette", author="{Réseau}", institution="Réseau", title="Une étiquette de trois lignes",
               entrysubtype="Communication à un congrès international francophone"),
        _entry("report", "insecable", author="Izarn, Anne", institution=LONG_WORD * 2, title=f"{LONG_WORD} {LONG_WORD}",
               entrysubtype=LONG_WORD, keywords=topics, audience="élus, agents publics, professionnels, étudiants"),
        _entry("book", "long", author="{Agence nationale d'appui à la performance des établissements de santé}",
               publisher="Agence nationale d'appui à la performance des établissements de santé et médico-sociaux",
               title=LONG_TITLE, pagetotal="1204", annotation=_WORDS),
        _entry("article", "hebreu", author="לוי, דן", langid="hebrew", title="שלום עולם: מדריך לבריאות הציבור בעיר",
               journaltitle="הרפואה", url="https://www.example.org/hebrew"),
        _entry("article", "arabe", author="العربي, ليلى", langid="arabic", title="الصحة العامة في المدينة",
               journaltitle="مجلة", url="https://www.example.org/arabe"),
        _entry("online", "adresse", title="Une longue adresse", url=LONG_ADDRESS, note="Une note."),
        _entry("article", "doi", author="Guillou, Émile", title="A title in English, with a hyphenated well-being",
               langid="english", journaltitle="Health", doi="10.1000/" + "a-long-suffix." * 8 + "1", pages="1"),
        _entry("report", "trois-pages", author="Haberer, Fleur", institution="Sénat", title="Trois pages d'annotation",
               annotation=annotation, url="https://www.example.org/trois"),
        _entry("misc", "nu", title="Nu"),
    ]  # fmt: skip
    entries += [
        _entry("article", f"index-{n}", author=f"{_FAMILIES[n % 10]}, {_GIVEN[n % 6]} and {{Organisme {n}}}",
               title=f"Référence {n} de l'index, dont le titre se termine par un mot court, à {'abcdefgh'[: n % 8]}",
               journaltitle=f"Revue {n} des sciences de la prévention et de l'éducation pour la santé des populations",
               pages=f"{n}-{n + 3}", annotation=_WORDS if n % 3 else "", keywords=f"thème {n}",
               url=f"https://www.example.org/{n}")
        for n in range(14)
    ]  # fmt: skip
    return "\n".join(entries)


def _spec(paper: str) -> dict[str, object]:
    long = "Communautés professionnelles territoriales de santé, dispositifs d'appui et équipes de soins primaires en"
    text = (
        f"{_WORDS}\n\n1. premier\n2. deuxième, avec un [lien]({LONG_ADDRESS})\n   - une liste dans la liste\n   - et "
        f"sa suite\n\n{_WORDS}"
    )
    events = [
        {"title": f"Journée d'échanges {n} : {long} Provence-Alpes-Côte d'Azur", "date": f"2023-11-2{n}",
         "start": "9:30", "end": "16:30",
         "place": "Marseille, faculté des sciences médicales et paramédicales de la Timone, amphi 2",
         "text": _WORDS, "url": LONG_ADDRESS}
        for n in range(3)
    ]  # fmt: skip
    keys = ["soixante", "etiquette", "insecable", "long", "hebreu", "arabe", "adresse", "doi", "trois-pages", "nu"]
    return {
        "title": "Épreuve : une sélection de matière singulière, de toute sorte et de toute longueur, pour les pages",
        "subtitle": f"{long} Provence-Alpes-Côte d'Azur et ailleurs",
        "event": "Journée d'échanges régionale des acteurs de la promotion de la santé et de la prévention",
        "date": "2023-04-25",
        "paper": paper,
        "publisher": "Comité régional d'éducation pour la santé Provence-Alpes-Côte d'Azur",
        "whats_new": "2023-01-01",
        "indexes": ["people", "bodies", "journals"],
        "acronyms": True,
        "qr_codes": "links",
        "cover": {
            "logo": {"file": "images/logo.png", "alt": "Comité régional"},
            "partners": [
                {"file": f"images/{name}.png", "alt": f"Partenaire : {name}"} for name in ("large", "haut", "logo")
            ],
            "image": {"file": "images/haut.png", "alt": "Une image", "credit": f"Photographie : {_people(3)}"},
            "colour": "#7a1f3d",
            "cite": True,
            "license": "CC BY-NC-SA 4.0",
            "contact": f"Centre de documentation, doc@example.org, 04 00 00 00 00, {LONG_ADDRESS}",
        },
        "sitography": {"title": f"Sitographie des {long} Occitanie", "references": ["adresse", "hebreu"]},
        "sections": [
            {
                "title": f"{long} Provence-Alpes-Côte d'Azur, en Corse et dans les territoires d'outre-mer",
                "intro": text,
                "links": [{"label": long, "url": LONG_ADDRESS, "details": "pdf, 1,67 Mo"}],
                "sections": [
                    {
                        "title": f"{long} Auvergne et Rhône-Alpes : des origines à l'an",
                        "references": keys,
                        "sections": [
                            {
                                "title": f"{long} Normandie",
                                "references": ["index-0", "long"],
                                "sections": [{"title": "Cinquième niveau", "references": ["index-1"]}],
                            }
                        ],
                    },
                    {"title": "Suite", "references": [f"index-{n}" for n in range(2, 14)]},
                ],
            },
            {
                "title": "Agenda",
                "agenda": events,
                "items": [{"title": LONG_TITLE, "text": _WORDS, "url": LONG_ADDRESS}],
            },
            {"title": "Une seule notice", "references": ["index-0"]},
        ],
        "closing": f"Pour en savoir plus, consultez {LONG_ADDRESS}",
    }


@cache
def stress_project(paper: str = "A4") -> Path:
    """The folder of the project, with the one dossier ``SLUG`` on this paper."""
    folder = FOLDER / f"stress-{paper}"
    files = {
        f"dossiers/{SLUG}.yaml": json.dumps(_spec(paper), ensure_ascii=False, indent=1),  # JSON is YAML
        "references/epreuve.bib": _references(),
    }
    images = {"logo": png(300, 100), "large": png(900, 60), "haut": png(60, 400)}
    contents = {name: text.encode() for name, text in files.items()}
    contents |= {f"images/{name}.png": content for name, content in images.items()}
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            whole = path.with_suffix(".part")
            whole.write_bytes(content)
            whole.replace(path)
    return folder
