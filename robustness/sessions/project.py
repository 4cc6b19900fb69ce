"""The project of a session: three files of references and two dossiers, with comments and layouts of their own."""

from __future__ import annotations

from pathlib import Path

SLUGS = ("essai", "autre")
BIBS = tuple(f"references/{file}.bib" for file in "abc")
TYPES = ("article", "report", "book", "misc")


def make(root: Path) -> None:
    """Makes the project."""
    for name in ("references", "dossiers"):
        (root / name).mkdir(parents=True)
    for number, file in enumerate("abc"):
        lines = [f"% Fichier {file}, à la main\n\n"]
        for count in range(4):
            key = f"{file}{count}-2020"
            tie = f"  related  = {{a{count}-2020, b{3 - count}-2020}},\n" if file == "c" else ""
            lines.append(
                f"% avant {key}\n@article{{{key},\n  author = {{Nom{number}, Prénom}},\n"
                f'  title    = {{Titre {key}}},\n\tjournaltitle="Revue {file}",\n  date = {{20{10 + count}}},\n'
                f"  doi = {{10.1000/{file}{count}}},\n{tie}"
                f"  zotero-x = {{tel quel {key}}}{',' if count % 2 else ''}\n}}\n\n"
            )
        text = "".join(lines)
        content = text.replace("\n", "\r\n") if file == "c" else text  # as Windows ends lines
        (root / f"references/{file}.bib").write_bytes(content.encode())
    for slug in SLUGS:
        (root / f"dossiers/{slug}.yaml").write_text(
            f"# le dossier {slug}\ntitle: Dossier {slug}\ndate: 2024-01-01\n\npublisher: 'La maison'  # entre quotes\n"
            "sections:\n  # la première\n  - title: Un\n    references:\n      - a0-2020  # d'abord\n      - b1-2020\n"
            '  - title: "Deux"\n    sort: title\n    references: [c2-2020, a3-2020]\n',
            encoding="utf-8",
        )
