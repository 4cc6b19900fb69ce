"""Makes the pages of the rules, docs/reference/regles.md and docs/regles/, from the rules and the table of faults.

Run it after a change of either: ``python tools/rules_pages.py``. A test compares the pages with what it would make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from biblio.check.explanation import Explanation, explain, explain_all
from biblio.check.finding import Safety
from biblio.words.tables import say

ROOT = Path(__file__).resolve().parents[1]
INDEX = "docs/reference/regles.md"
FOLDER = "docs/regles"

FAMILIES: Mapping[str, str] = {
    "E": "La machine et la commande",
    "C": "La configuration de la vérification",
    "P": "La lecture des fichiers",
    "R1": "Les champs de chaque type",
    "R2": "Les identifiants et les adresses",
    "R3": "Les dates et les pages",
    "R4": "Les noms",
    "R5": "Les doublons",
    "F1": "L'orthographe française",
    "F2": "La saisie",
    "F3": "La notice",
    "F4": "L'unité de la collection",
    "D": "Les dossiers",
    "S": "Les feuilles de style",
    "W": "Le rendu",
    "L": "Les liens (`biblio links`)",
}
_FIXES = {
    Safety.NONE: "–",
    Safety.SAFE: "`--fix`",
    Safety.TRANSCRIBED: "`--fix` ; dans les titres, `--fix --unsafe-fixes`",
    Safety.UNSAFE: "`--fix --unsafe-fixes`",
}

_INTRODUCTION = """\
<!-- Page faite par tools/rules_pages.py : ne pas la modifier à la main. -->

# Les règles de `biblio check`

`biblio` signale les fautes ci-dessous. Un message dit où (fichier, ligne, colonne), la gravité, le code, ce qui ne va
pas, et souvent que faire ; `biblio explain CODE` dit ce qu'est la faute et pourquoi elle compte, `biblio explain` les
liste toutes.

- Une **erreur** empêche de construire le dossier concerné, ou arrête la commande.
- Un **avertissement** n'empêche rien, sauf avec `--strict`.
- Une **note** n'empêche rien.

« … » tient la place de ce que vous avez tapé.

## Choisir les règles

Les codes s'écrivent en entier (`F101`) ou par leur début (`F1`, `F`). Le plus long l'emporte ; à longueur égale,
`ignore`. Les réglages sont dans `biblio.toml`, à la racine du projet, ou dans `pyproject.toml` sous `[tool.biblio]` :

```toml
select = ["R", "F"]
ignore = ["F107"]
accepted-duplicates = [["harpet-2019-contrats", "harpet-2019-annexe"]]
baseline = "biblio-baseline.json"

[per-file-ignores]
"references/anciens/*.bib" = ["F", "R212"]
```

Sur la ligne de commande, `--select` remplace ces choix et `--ignore` s'y ajoute.

Dans un fichier, `% biblio: ignore R201, F1` au-dessus d'une entrée vaut pour elle ; en tête de fichier, suivi d'une
ligne vide, pour tout le fichier, comme `% biblio: ignore-file R201` où qu'il soit.

`biblio check --write-baseline` note les fautes d'une vieille collection ; `--baseline FICHIER` ne signale ensuite que
les nouvelles.

## Corriger

`biblio check --fix` ne fait que les corrections sûres ; `--unsafe-fixes` y ajoute celles qui demandent une relecture,
et l'orthographe de ce qui est transcrit du document. `--diff` montre les changements ; sans `--fix`, rien n'est écrit.
Rien d'autre ne change dans le fichier, pas même son encodage ou ses fins de ligne, et une correction qui changerait le
sens d'un autre champ n'est pas faite.

## Les champs obligatoires

Ce sont ceux du manuel de biblatex (§ 2.1), adoucis selon l'usage des centres de documentation : un rapport n'a souvent
pas d'auteur, un texte officiel pas d'éditeur, une page web pas de date, et le lieu d'édition n'est jamais demandé. Un
ouvrage ou un rapport a un titre, une date, et quelqu'un qui en répond : auteur, directeur, éditeur ou organisme. Une
entrée qui hérite d'une autre (`crossref`, `xdata`) n'est pas regardée.

## Les doublons

Deux notices ont le même DOI, le même ISBN ou la même adresse, ou presque le même titre. La mesure : le coefficient de
Sørensen-Dice des trigrammes des deux titres, sans accents, capitales ni ponctuation, d'au moins 0,85, avec les mêmes
nombres et les mêmes mots longs, à une faute près ; l'année et le premier auteur s'accordent quand les deux notices les
ont. Les paires qui sont bien deux documents vont dans `accepted-duplicates`. Chaque notice n'est comparée qu'à ses
voisines dans trois ordres de tri : le nombre de comparaisons croît comme celui des notices.

## Les codes de sortie

0 : rien à signaler, ou seulement des notes et des avertissements ; 1 : des erreurs, ou avec `--strict` des
avertissements ; 2 : la commande n'a pas pu s'exécuter.
"""


def pages() -> Mapping[str, str]:
    """Every page by its path from the root of the project."""
    made = {f"{FOLDER}/{explained.fault.code}.md": _page(explained) for explained in explain_all("fr")}
    return {INDEX: _index(), **made}


def _index() -> str:
    parts = [_INTRODUCTION]
    rows = list(explain_all("fr"))
    for family, title in FAMILIES.items():
        codes = [row for row in rows if row.fault.code.startswith(family)]
        parts.append(
            f"\n## {family} : {title}\n\n| code | nom | gravité | message | correction |\n|---|---|---|---|---|\n"
        )
        parts += map(_row, codes)
    return "".join(parts)


def _row(explained: Explanation) -> str:
    fault = explained.fault
    name = fault.name if explained.default else f"{fault.name} (sur demande)"
    message = explained.message.replace("|", "\\|")
    severity = say(f"severity_{fault.severity}", "fr")
    link = f"[{fault.code}](../regles/{fault.code}.md)"
    return f"| {link} | {name} | {severity} | {message} | {_FIXES[explained.safety]} |\n"


def _page(explained: Explanation) -> str:
    fault = explained.fault
    parts = [
        "<!-- Page faite par tools/rules_pages.py : ne pas la modifier à la main. -->",
        f"# {fault.code} {fault.name}",
        f"Gravité : {say(f'severity_{fault.severity}', 'fr')}.",
        *_words(explained, "Message : ", "Conseil : "),
    ]
    if explained.example:
        parts += ["Exemple de la faute :", f"```\n{explained.example}\n```"]
    if explained.safety is not Safety.NONE:
        parts.append(say(f"fix_{explained.safety}", "fr"))
    if not explained.default:
        parts.append(say("rule_on_request", "fr", code=fault.code))
    parts += ["## In English", *_words(explain(fault.code, "en"), "Message: ", "Hint: ")]
    parts.append("[Toutes les règles](../reference/regles.md)")
    return "\n\n".join(parts) + "\n"


def _words(explained: Explanation, message: str, hint: str) -> Iterator[str]:
    yield message + explained.message
    if explained.hint:
        yield hint + explained.hint
    yield from explained.paragraphs


def main() -> None:
    """Writes the pages, and takes out those of codes that are no more."""
    made = pages()
    for path in (ROOT / FOLDER).glob("*.md"):
        if f"{FOLDER}/{path.name}" not in made:
            path.unlink()
    for name, text in made.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(made)} pages")


if __name__ == "__main__":
    main()
