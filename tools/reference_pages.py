"""Fills the generated parts of the reference pages, in French, from the tables in the code.

python tools/reference_pages.py [FOLDER]    the pages of docs/reference/, or of another folder

A generated part stands between ``<!-- généré : nom -->`` and ``<!-- fin -->``; the rest of a page is written by hand.
Where a field goes is not in any table: each is put alone in a small reference, which is cited and exported, and the
page says what came out. A row added to a table without the words that it needs here is a ``KeyError``.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from biblio.check.explanation import explain
from biblio.check.table import RULES
from biblio.citation import PRESETS
from biblio.citation.left_out import variables_left_out
from biblio.cli.app import application
from biblio.cli.words import in_language, with_lists
from biblio.collection.themes import THEME_MODELS
from biblio.compose import compose_notice
from biblio.document.tree import Notice, Role
from biblio.dossier.kinds import KINDS as GENRES
from biblio.dossier.query import VARIABLES
from biblio.dossier.spec import MODELS
from biblio.formats import FORMATS, Format
from biblio.formats.bibtex.reader import read_bibtex
from biblio.importing.plan import OnDuplicate
from biblio.outputs.exports import EXPORTS
from biblio.outputs.table import OUTPUTS
from biblio.reference.fields import FIELDS, STEERING, Field, Kind
from biblio.reference.languages import WORDS
from biblio.reference.link import FORMATS as LINK_FORMATS
from biblio.reference.numbering import LABELS
from biblio.reference.pages import UNKNOWN_SPELLINGS
from biblio.reference.particles import USAGES
from biblio.reference.provenance import Source
from biblio.reference.types import ENTRY_TYPES, Pattern
from biblio.site.page_spec import PAGE_MODELS
from biblio.site.settings import SITE_MODELS
from biblio.style.fields import PRINTABLE
from biblio.style.spec import STYLE_MODELS
from biblio.style.style import Style, StyleFiles, load_style
from biblio.text.inline import plain
from biblio.words.tables import document_languages, term, terms
from biblio.yaml_model.keys import Key, attribute_of, keys_of

REGION = re.compile(r"(<!-- généré : (?P<name>[\w-]+)(?: (?P<argument>[\w-]+))? -->\n).*?(<!-- fin -->)", re.DOTALL)


# --- Markdown --------------------------------------------------------------------------------------------------------


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a cell that is empty shows a dash."""
    titles = tuple(header)
    lines = [titles, ("---",) * len(titles), *(tuple(row) for row in rows)]
    return "\n".join("| " + " | ".join((cell or "–").replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(*words: str) -> str:
    """Words as code, between commas."""
    return ", ".join(f"`{word}`" for word in words)


# --- types -----------------------------------------------------------------------------------------------------------


def types(pattern: str) -> str:
    """The types of a pattern, their labels, and their names in the exports."""
    rows = (row for row in ENTRY_TYPES.values() if row.pattern == pattern)
    return table(
        ("Type", "Étiquette", "CSL", "RIS"),
        ((f"`@{row.biblatex}`", term(f"type.{row.label}", "fr"), f"`{row.csl}`", f"`{row.ris}`") for row in rows),
    )


# --- fields ----------------------------------------------------------------------------------------------------------

ABOUT: Mapping[str, str] = {
    "author": "Les auteurs, personnes ou organismes.",
    "author_type": "Le rôle des auteurs, quand ils n'en sont pas au sens propre.",
    "editor": "Les directeurs ; ceux du document hôte pour une partie.",
    "editor_type": "Le rôle des directeurs : compilateur, rédacteur…",
    "editor_a": "D'autres responsables, d'un autre rôle.",
    "editor_a_type": "Leur rôle.",
    "editor_b": "D'autres encore.",
    "editor_b_type": "Leur rôle.",
    "editor_c": "D'autres encore.",
    "editor_c_type": "Leur rôle.",
    "translator": "Les traducteurs.",
    "book_author": "L'auteur du livre dont le document est un chapitre.",
    "holder": "Le titulaire du brevet.",
    "annotator": "L'auteur des notes.",
    "commentator": "L'auteur du commentaire.",
    "introduction": "L'auteur de l'introduction.",
    "foreword": "L'auteur de la préface.",
    "afterword": "L'auteur de la postface.",
    "short_author": "Les auteurs, en abrégé.",
    "short_editor": "Les directeurs, en abrégé.",
    "name_addon": "Un complément du nom d'auteur : un pseudonyme.",
    "title": "Le titre, tel que le document le porte.",
    "subtitle": "Le sous-titre, s'il n'est pas dans le titre.",
    "parallel_title": "Le titre dans une autre langue, si le document en porte deux.",
    "title_addon": "Un complément du titre : Dossier, Affiche, Commentaire…",
    "short_title": "Le titre abrégé.",
    "main_title": "Le titre de l'ensemble dont le document est un tome.",
    "main_subtitle": "Le sous-titre de l'ensemble.",
    "main_title_addon": "Un complément du titre de l'ensemble.",
    "book_title": "Le titre du document hôte.",
    "book_subtitle": "Le sous-titre du document hôte.",
    "book_title_addon": "Un complément du titre du document hôte.",
    "chapter": "Le numéro du chapitre.",
    "event_title": "Le colloque ou la journée.",
    "event_title_addon": "Un complément du nom de la manifestation.",
    "event_place": "Le lieu de la manifestation.",
    "event_date": "La date de la manifestation.",
    "journal_title": "La revue ; le journal officiel pour un texte.",
    "journal_subtitle": "Le sous-titre de la revue.",
    "journal_title_addon": "Un complément du titre de la revue.",
    "short_journal_title": "Le titre abrégé de la revue.",
    "issue_title": "Le titre propre du numéro.",
    "issue_subtitle": "Le sous-titre du numéro.",
    "issue_title_addon": "Un complément du titre du numéro.",
    "collection_title": "La collection.",
    "short_collection_title": "Le titre abrégé de la collection.",
    "sort_name": "Les noms sous lesquels la référence se classe, s'ils diffèrent des auteurs.",
    "sort_title": "Le titre sous lequel elle se classe.",
    "sort_key": "Ce qui tient lieu d'auteurs pour la classer.",
    "presort": "Ce qui la classe avant tout le reste (`mm` pour celles qui ne disent rien).",
    "publisher": "Les éditeurs ; l'organisme pour un rapport ou un site.",
    "publisher_place": "Le lieu d'édition.",
    "how_published": "La façon dont le document est diffusé, quand elle n'est pas courante.",
    "volume": "Le volume ou le tome.",
    "number": "Le numéro ; celui du journal officiel pour un texte.",
    "issue": "Un numéro qui n'est pas un nombre : Hors série…",
    "part": "Le numéro de la partie d'un volume.",
    "number_of_volumes": "Le nombre de volumes.",
    "edition": "L'édition.",
    "version": "La version.",
    "genre": "La nature du document, pour les exports.",
    "status": "L'état : à paraître, soumis…",
    "issued": "La date de parution.",
    "updated": "La date de mise à jour d'une page web.",
    "accessed": "La date de consultation.",
    "page": "Les pages de l'article ou de la partie.",
    "article_number": "Le numéro d'article qui tient lieu de pages.",
    "number_of_pages": "Le nombre de pages du document entier.",
    "original_title": "Le titre de l'œuvre traduite.",
    "original_date": "Sa date.",
    "original_publisher": "Son éditeur.",
    "original_publisher_place": "Le lieu de son édition.",
    "original_language": "Sa langue.",
    "reprint_title": "Le titre d'une réimpression.",
    "doi": "Le DOI, avec ou sans `https://doi.org/`.",
    "isbn": "L'ISBN.",
    "issn": "L'ISSN.",
    "isan": "Le numéro international d'un film.",
    "ismn": "Celui d'une partition.",
    "isrn": "Celui d'un rapport technique.",
    "iswc": "Celui d'une œuvre musicale.",
    "eprint": "L'identifiant dans une archive ouverte.",
    "eprint_type": "L'archive : hal, arxiv…",
    "eprint_class": "La rubrique de l'archive.",
    "pmid": "Le numéro dans PubMed.",
    "pmcid": "Le numéro dans PubMed Central.",
    "url": "L'adresse du document.",
    "links": "D'autres liens, avec libellé, format et poids.",
    "call_number": "La cote, ou ce que dit le catalogue.",
    "holdings": "Où le document est conservé : une ligne par lieu, `Lieu : cote (conditions de prêt)`.",
    "loan_terms": "Les conditions de prêt, si elles sont les mêmes partout.",
    "license": "La licence sous laquelle le document est diffusé.",
    "programme": "L'émission ou la série dont un podcast est un épisode.",
    "duration": "La durée : d'un enregistrement, d'un jeu, d'une animation.",
    "contents": "Ce que contient une mallette, un jeu, un coffret.",
    "annotation_language": "La langue de l'annotation, si ce n'est pas celle du dossier : elle est coupée et lue dans"
    " la sienne (`langid` est la langue du document).",
    "abstract_rights": "Les droits sur le résumé, selon sa provenance.",
    "internal_note": "Une note pour l'équipe : aucune sortie, aucun export ne la porte.",
    "imported_from": "D'où vient une référence importée : le fichier et ce qui y désigne la notice. Rien ne l'imprime.",
    "language": "La langue du document, qui règle la typographie et la voix des lecteurs d'écran.",
    "label": "L'étiquette à imprimer à la place de celle du type.",
    "keyword": "Les mots-clés ; ceux de `themes.yaml` sont des thèmes.",
    "audience": "Les publics.",
    "collections": "Les collections où la référence est classée ailleurs, dans Zotero par exemple.",
    "territory": "Les territoires dont il est question.",
    "open_access": "`yes` si tout le monde peut lire le document librement, `no` sinon.",
    "added": "La date d'entrée dans la collection.",
    "related": "Les clés de références liées.",
    "related_type": "Le lien avec elles.",
    "related_string": "Ce lien, en toutes lettres.",
    "addendum": "Ce qui s'ajoute en fin de notice.",
    "note": "Une remarque, sur une ligne à elle.",
    "abstract": "Le résumé ; il s'imprime s'il n'y a pas d'annotation.",
    "annotation": "L'annotation de la notice.",
    "annotation_source": "D'où vient l'annotation ; s'imprime à la fin, entre crochets.",
}

# Of each kind of value: its name, and an example.
KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.RICH: ("texte", "Mot"),
    Kind.PARAGRAPHS: ("paragraphes", "Mot"),
    Kind.NAMES: ("noms", "Nom, Prénom"),
    Kind.LIST: ("liste", "Mot"),
    Kind.KEYWORDS: ("mots-clés", "mot"),
    Kind.DATE: ("date", "2019"),
    Kind.PAGES: ("pages", "1-2"),
    Kind.EXTENT: ("étendue", "132"),
    Kind.NUMBERING: ("numéro", "18"),
    Kind.LITERAL: ("texte simple", "mot"),
    Kind.LANGUAGE: ("langue", "french"),
    Kind.VERBATIM: ("tel quel", "https://www.example.org/"),
    Kind.LINKS: ("liens", "Mot <https://www.example.org/>"),
    Kind.PROVENANCE: ("provenance", "auteur"),
    Kind.HOLDINGS: ("exemplaires", "Lieu : COTE 12 (prêt)"),
}

SHORT: Mapping[Pattern, str] = {
    Pattern.ARTICLE: "articles",
    Pattern.MONOGRAPH: "documents",
    Pattern.PART: "parties",
    Pattern.LEGAL: "textes officiels",
    Pattern.WEB: "web",
}


def fields() -> str:
    """The table of fields, with where each goes."""
    return table(("Champ", "Ce que c'est", "Forme", "S'imprime", "CSL-JSON", "RIS"), map(_field, FIELDS))


def _field(field: Field) -> tuple[str, ...]:
    csl, ris = exported(field)
    name = f"`{field.biblatex[0]}`" + (" ★" if field.extension else "")
    return name, ABOUT[field.variable], KINDS[field.kind][0], printed(field), code(*csl), code(*ris)


def aliases() -> str:
    """The other spellings of fields."""
    named = (row for row in FIELDS if row.biblatex[1:])
    return table(("Champ", "Autres noms"), ((f"`{row.biblatex[0]}`", code(*row.biblatex[1:])) for row in named))


def left_by_grammar() -> str:
    """What each grammar leaves out by choice."""
    names = {row.variable: row.biblatex[0] for row in FIELDS}
    rows = ((f"`{name}`", code(*sorted(names[each] for each in variables_left_out(name)))) for name in PRESETS)
    return table(("Grammaire", "Champs qu'elle n'imprime pas"), rows)


def particles() -> str:
    """The usage of particles in each language."""
    rows = ((f"`{lang}`", code(*sorted(usage.falls)), code(*sorted(usage.stays))) for lang, usage in USAGES.items())
    return table(("Langue", "Tombent derrière le prénom", "Restent devant le nom"), rows)


def unread() -> str:
    """The fields that are admitted without being read."""
    return code(*sorted(STEERING - {"year", "month"}))


def words() -> str:
    """The closed vocabularies that values are made of."""
    return table(
        ("Forme", "Mots"),
        (
            ("pages, étendue : pagination inconnue", code(*sorted(UNKNOWN_SPELLINGS))),
            ("numéro : étiquettes", code(*LABELS)),
            ("liens : formats", code(*sorted(LINK_FORMATS))),
            ("provenance : sources", code(*Source)),
        ),
    )


def languages() -> str:
    """The words that name a language."""
    tags: dict[str, list[str]] = {}
    for word, tag in WORDS.items():
        tags.setdefault(tag, []).append(word)
    return table(("Langue", "Mots"), ((f"`{tag}`", code(*spellings)) for tag, spellings in tags.items()))


def sample_of(entry_type: str, *present: Field) -> str:
    """A reference of that type with nothing but these fields."""
    typed = "".join(f"  {field.biblatex[0]} = {{{KINDS[field.kind][1]}}},\n" for field in present)
    return f"@{entry_type}{{exemple,\n{typed}}}\n"


def printed(field: Field) -> str:
    """The patterns whose notices change when the field is there, alone or beside a title and an annotation."""
    by_name = {row.variable: row for row in FIELDS}
    settings = [tuple(by_name[name] for name in names) for names in ((), ("title",), ("title", "annotation"))]
    seen = []
    for pattern in Pattern:
        entry_type = next(row.biblatex for row in ENTRY_TYPES.values() if row.pattern is pattern)
        if any(
            words_of(sample_of(entry_type, *others)) != words_of(sample_of(entry_type, *others, field))
            for others in settings
            if field not in others
        ):
            seen.append(SHORT[pattern])
    if not seen and field.biblatex[0] in PRINTABLE:
        return "sur demande"
    return "partout" if len(seen) == len(Pattern) else ", ".join(seen)


def words_of(source: str) -> list[str]:
    """The text of the notice of a biblatex source, in a style that keeps every default."""
    (reference,) = read_bibtex(source.encode(), "exemple.bib").value
    notice: Notice = compose_notice(reference, _default_style(), "fr").value
    return [notice.label, *(plain(line.content) for line in notice.lines)]


# What each field that may be printed on demand says in its example.
ASKED: Mapping[str, str] = {
    "library": "PREV 12.3",
    "holdings": "CRES Marseille : PREV 12.3 (prêt 3 semaines)",
    "loanterms": "sur place",
    "openaccess": "yes",
    "license": "CC BY 4.0",
    "audience": "élus, agents publics",
    "keywords": "contrat local de santé, mobilité",
    "territory": "Occitanie",
    "duration": "45 min",
    "contents": "Un livret\n\n  Douze cartes",
    "urldate": "2024-03-05",
    "isbn": "978-2-07-036822-8",
}


def asked_for() -> str:
    """The fields that are printed where a style or a spec asks for them, and what they then say."""
    rows = []
    for name in PRINTABLE:
        (reference,) = read_bibtex(f"@book{{a, {name} = {{{ASKED[name]}}}}}".encode(), "exemple.bib").value
        notice = compose_notice(reference, _style(f"title: Exemple\nfields: {name}\n"), "fr").value
        (line,) = notice.lines
        rows.append((code(name), f"`{' '.join(ASKED[name].split())}`", plain(line.content), code(f".{line.role}")))
    return table(("Champ", "Typé", "Imprimé", "Classe"), rows)


def _default_style() -> Style:
    return _style("title: Exemple\n")


def _style(spec: str) -> Style:
    style = load_style([StyleFiles("exemple", "style.yaml", spec)]).value
    assert style is not None, "a title is all that a style needs"
    return style


def exported(field: Field) -> tuple[list[str], list[str]]:
    """The names under which the field alone is found again in CSL-JSON and in RIS, over all the types."""
    csl: dict[str, None] = {}
    ris: dict[str, None] = {}
    for entry_type in ENTRY_TYPES:
        sample = sample_of(entry_type, field)
        csl |= dict.fromkeys(_csl_names(json.loads(_written("csl-json", sample))[0]))
        ris |= dict.fromkeys(_ris_tags(_written("ris", sample)))
    return list(csl), list(ris)


def _written(format_name: str, source: str) -> str:
    return FORMATS[format_name].written(read_bibtex(source.encode(), "exemple.bib").value).decode()


def _csl_names(item: Mapping[str, Any]) -> Iterator[str]:
    for name, value in item.items():
        if name == "custom":
            yield from (f"custom.{inner}" for inner in value)
        elif name not in ("id", "type"):
            yield name


def _ris_tags(text: str) -> Iterator[str]:
    return (line[:2] for line in text.splitlines() if line and line[:2] not in ("TY", "ID", "ER"))


# --- YAML files ------------------------------------------------------------------------------------------------------

LEVELS: Mapping[str, str] = {
    "SectionSpec": "[une section](#une-section)",
    "Query": "[une sélection](#une-sélection)",
    "Pin": "[une épingle](#une-épingle)",
    "LinkSpec": "[un lien](#un-lien)",
    "ItemSpec": "[une actualité](#une-actualité)",
    "EventSpec": "[une manifestation](#une-manifestation)",
    "TextSpec": "[un texte](#un-texte)",
    "CoverSpec": "[une couverture](#une-couverture)",
    "ImageSpec": "[une image](#une-image)",
    "EmailSpec": "[un courriel](#un-courriel)",
    "ThemeSpec": "[un thème](#les-thèmes)",
    "AuditSettings": "[un audit](#laudit)",
    "VideoSpec": "[une vidéo](#une-vidéo)",
    "SupportSpec": "[un support](#un-support)",
}


def keys(model_name: str) -> str:
    """The keys of one level of a YAML file."""
    model = {**MODELS, **THEME_MODELS, **STYLE_MODELS, **SITE_MODELS, **PAGE_MODELS}[model_name]
    defaults = {attribute.name: attribute.default for attribute in dataclasses.fields(model)}
    return table(
        ("Clé", "Ce que c'est", "Valeur", "Par défaut", "Exemple"),
        (
            (f"`{name}`", key.about["fr"], _shape(key), _default(key, defaults[attribute_of(name)]), f"`{key.example}`")
            for name, key in keys_of(model).items()
        ),
    )


def _shape(key: Key) -> str:
    if key.choices == tuple(VARIABLES):
        return "[champ](champs.md), ou liste de champs"
    return key.shape.called("fr", LEVELS.get(key.of, "")) + (f" : {code(*key.choices)}" if key.choices else "")


def _default(key: Key, default: object) -> str:
    if key.required:
        return "**obligatoire**"
    if default in ("", (), None):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def example(model_name: str) -> str:
    """A file with every key, made of the example of each."""
    lines = "\n".join(f"{name}: {key.example}" for name, key in keys_of(MODELS[model_name]).items())
    return f"```yaml\n{lines}\n```"


def presets() -> str:
    """The citation grammars."""
    return code(*PRESETS)


def outputs() -> str:
    """What a dossier is rendered as."""
    rows = ((code(row.name), code(row.ending), row.about["fr"], code(*row.kinds)) for row in OUTPUTS.values())
    return table(("Sortie", "Fin du nom", "Ce que c'est", "Genres"), rows)


def formats() -> str:
    """What references are read from and written as."""
    rows = ((code(row.name), code(row.extension), row.about["fr"], *_ways(row)) for row in FORMATS.values())
    return table(("Format", "Fin du nom", "Ce que c'est", "Lu", "Écrit"), rows)


def exports() -> str:
    """What the notices of references are exported as."""
    rows = (
        (code(row.name), code(row.extension), row.about["fr"]) for row in EXPORTS.values() if row.name not in FORMATS
    )
    return table(("Format", "Fin du nom", "Ce que c'est"), rows)


def _ways(row: Format) -> tuple[str, str]:
    return ("oui" if row.read else "", "oui" if row.write else "")


def kinds() -> str:
    """The kinds of dossiers."""
    return table(
        ("Genre", "Ce que c'est", "Style"),
        ((code(row.name), row.about["fr"], code(row.style)) for row in GENRES.values()),
    )


def grammars() -> str:
    """The citation grammars, each with what it follows."""
    return table(("Grammaire", "Ce que c'est"), ((code(row.name), row.about["fr"]) for row in PRESETS.values()))


def added() -> str:
    """The types and the rules that installed packages add; ours have pages of their own."""
    rows = [(code(f"@{row.biblatex}"), row.label_in("fr")) for row in ENTRY_TYPES.added.values()]
    rows += [(code(name), explain(name, "fr").message) for name in RULES.added]
    return table(("Nom", "Ce que c'est"), rows) if rows else "Aucun paquet installé n'en ajoute."


ROLES: Mapping[Role, str] = {
    Role.AUTHORS: "les auteurs",
    Role.TITLE: "le titre",
    Role.SOURCE: "la source",
    Role.EVENT: "la manifestation",
    Role.NOTE: "la remarque",
    Role.ANNOTATION: "un paragraphe de l'annotation",
    Role.TOPICS: "les thèmes, les publics",
    Role.DETAILS: "le contenu, la durée, l'ISBN",
    Role.LINK: "un lien",
    Role.HOLDING: "où le document se trouve, et l'accès",
}


def roles() -> str:
    """The classes of the lines of a notice."""
    return table(("Classe", "Ligne"), ((f"`.{role}`", ROLES[role]) for role in Role))


GROUPS: Mapping[str, str] = {
    "type": "Les types de documents",
    "ordinal": "Les ordinaux",
    "citation": "Les notices",
    "medium": "Les supports",
    "role": "Les rôles, derrière les noms",
    "by": "Les rôles, dans une phrase",
    "key": "Les mots des fichiers BibLaTeX",
    "provenance": "D'où vient l'annotation",
    "dossier": "Le dossier",
    "page": "La page à l'écran",
    "email": "Le courriel",
    "bulletin": "Le bulletin",
    "particulars": "Les champs imprimés sous les notices",
    "texts": "Les textes du dossier",
    "newsletter": "La lettre",
    "edition": "Les numéros",
    "edition_said": "Les éditions, telles que les catalogues les disent",
    "index": "Les index",
    "group": "Les groupes sans valeur",
    "month": "Les mois et les saisons",
    "weekday": "Les jours",
    "date": "Les dates",
}


def printed_words() -> str:
    """Every word that a style may say otherwise, by group, in each language."""
    languages = document_languages()
    parts = []
    for group, title in GROUPS.items():
        rows = (
            (f"`{name}`", *(_shown(values.get(lang, "")) for lang in languages))
            for name, values in terms().items()
            if name.partition(".")[0] == group
        )
        parts += [f"### {title}", table(("Mot", *(f"`{lang}`" for lang in languages)), rows)]
    left = {name.partition(".")[0] for name in terms()} - GROUPS.keys()
    if left:
        raise KeyError(*left)
    return "\n\n".join(parts)


def _shown(word: str) -> str:
    return word.replace("\u00a0", " ").strip()


# --- commands --------------------------------------------------------------------------------------------------------

VALUES: Mapping[Any, str] = {
    str: "texte",
    list[str]: "textes",
    Path: "chemin",
    list[Path]: "chemins",
    int: "nombre",
    OnDuplicate: "mot",
}


def options() -> str:
    """The options that stand before the command."""
    return _options(application("fr"))


def commands() -> str:
    """Every command, with its arguments and options."""
    parts = []
    for name, command in application("fr").commands.items():
        arguments = [each for each in command.params if not each.opts[0].startswith("-")]
        usage = " ".join(["biblio", name, *map(_argument, arguments)])
        parts += [f"## {name}", command.help, f"`{usage}`"]
        if arguments:
            parts.append("\n".join(f"- `{each.name}` : {each.help}" for each in arguments))
        if len(arguments) < len(command.params):
            parts.append(_options(command))
    return "\n\n".join(parts)


def _argument(argument: Any) -> str:
    word = f"{argument.name}…" if argument.nargs == -1 else argument.name
    return word if argument.required else f"[{word}]"


def _options(command: Any) -> str:
    rows = (_option(each) for each in command.params if each.opts[0].startswith("-"))
    return table(("Option", "Ce qu'elle fait", "Par défaut"), rows)


def _option(option: Any) -> tuple[str, str, str]:
    value = "" if option.is_flag else f" *{VALUES[option.type_descriptor.annotation]}*"
    default = "" if option.is_flag or option.default in ("", None) else f"`{option.default}`"
    return ", ".join(f"`{name}`" for name in option.opts) + value, in_language(with_lists(option.help), "fr"), default


# --- pages -----------------------------------------------------------------------------------------------------------

PARTS: Mapping[str, Callable[..., str]] = {
    part.__name__: part
    for part in (
        types,
        fields,
        aliases,
        left_by_grammar,
        asked_for,
        particles,
        unread,
        words,
        languages,
        keys,
        example,
        presets,
        outputs,
        formats,
        exports,
        kinds,
        grammars,
        added,
        roles,
        printed_words,
        options,
        commands,
    )
}


def _filled(region: re.Match[str]) -> str:
    part = PARTS[region["name"]]
    made = part(region["argument"]) if region["argument"] else part()
    return f"{region[1]}\n{made}\n\n{region[4]}"


def main() -> None:
    """Fills every page of the folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs" / "reference"
    for page in sorted(folder.glob("*.md")):
        page.write_text(REGION.sub(_filled, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
